import { expect, it } from 'vitest'
import { Account } from '../../../../../electron/engine/ledger/account.ts'
import type { AccountStages } from '../../../../../electron/engine/ledger/account-stages.ts'
import type { Tokens } from '../../../../../shared/chat.ts'
import { Failure } from '../../../../../shared/failure.ts'

function account(): Account {
  const stages: AccountStages = {
    ledger: {
      open: (request) => ({ request, place: undefined, isWritten: false }),
      close: () => undefined,
      active: () => [],
      flush: async () => {},
      stop: async () => {},
    },
    now: () => 0,
    newId: () => 'gen-1',
    capture: () => ({ what: 'none', limitBytes: 0 }),
    price: () => ({ cost: undefined, pricesAsOf: undefined }),
    settled: () => undefined,
    routed: () => undefined,
  }
  return new Account(stages, { dialect: 'openai-chat', source: 'proxy', headers: {}, body: new Uint8Array(0) })
}
const GONE = new Failure('cancelled', { code: 'caller-gone' })

it('tells once how each answer ended, also of those that were held when the request did', () => {
  const told: [string, string | undefined, Tokens][] = []
  const request = account()
  const holding = (name: string): ReturnType<Account['holdAnswer']> => {
    request.whenClosed((failure, tokens) => told.push([name, failure?.kind, tokens]))
    return request.holdAnswer()
  }
  holding('set aside').setAside('not good', { output: 3 }, undefined)
  const held = holding('held')
  void request.fail(GONE, 499)
  held.accept()
  void request.fail(GONE, 499)
  expect(told).toEqual([
    ['set aside', undefined, { output: 3 }],
    ['held', 'cancelled', {}],
  ])
})

it('tells of the answer that was accepted when the request ends', () => {
  const told: (string | undefined)[] = []
  const request = account()
  request.whenClosed((failure) => told.push(failure?.kind))
  request.holdAnswer().accept()
  expect(told).toEqual([])
  void request.succeed(200)
  expect(told).toEqual([undefined])
})
