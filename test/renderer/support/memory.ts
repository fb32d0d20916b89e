/** The renderer's client over the fake engine in this very process: the whole contract, no network. */
import { vi } from 'vitest'
import type { Api } from '../../../shared/api/api.ts'
import { kinds } from '../../../shared/api/kinds.ts'
import { clientOf, type Transport } from '../../../shared/contract.ts'
import { type FakeEngine, type FakeOptions, fakeEngine } from '../../support/fake-api.ts'

let engine: FakeEngine = fakeEngine({ pace: 0 })
let through: Transport | undefined

/** Every body sent since the last reset, by route. */
export const sent: { readonly route: string; readonly body: string }[] = []

const BASE = 'http://memory/api/'

export const client = clientOf<Api>(
  kinds,
  async (request) => {
    sent.push({ route: request.url.slice(BASE.length), body: await request.clone().text() })
    return (through ?? engine.fetch)(request)
  },
  BASE,
)

/** A fresh engine behind the same client. */
export function reset(options: FakeOptions = {}): FakeEngine {
  engine.close()
  engine = fakeEngine({ pace: 0, ...options })
  through = undefined
  sent.length = 0
  return engine
}

/** Puts something between client and engine; `undefined` takes it away again. */
export function intercept(transport: ((request: Request, pass: Transport) => Promise<Response>) | undefined): void {
  const pass: Transport = (request) => engine.fetch(request)
  through = transport === undefined ? undefined : (request) => transport(request, pass)
}

/** Waits for a condition; long enough for a machine that is busy with other things. */
export function until(check: () => void): Promise<void> {
  return vi.waitFor(check, 15_000)
}
