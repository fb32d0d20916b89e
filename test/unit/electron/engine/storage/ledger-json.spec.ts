import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readExchange, writeExchange } from '../../../../../electron/engine/storage/ledger-json.ts'
import type { Need } from '../../../../../shared/chat.ts'
import type { Exchange } from '../../../../../shared/ledger.ts'
import type { Said } from '../../../../../shared/messages/message.ts'
import type { Candidate, RoutePlan } from '../../../../../shared/routing.ts'
import { exchangeOf } from '../../../../support/ledger-rows.ts'

/** Whole characters, for what a provider or a client sends is UTF-8. Few of them, so that two texts often have some in common. */
const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\u0000', 'é', '😀', '😁', '\u{1f9d1}\u200d'), maxLength: 12 })
const anything = fc.string({ unit: 'grapheme', maxLength: 40 })

const exchange: fc.Arbitrary<Exchange> = fc
  .record({
    requestBody: fc.oneof(text, anything),
    sentBody: fc.option(fc.oneof(text, anything), { nil: undefined }),
    sentTo: fc.option(anything, { nil: undefined }),
    requestHeaders: fc.dictionary(fc.constantFrom('user-agent', 'x-title'), anything),
    plan: fc.constantFrom(undefined, exchangeOf('a').plan),
    answer: fc.option(
      fc.record({
        text: fc.oneof(text, anything),
        reasoning: text,
        toolCalls: fc.array(fc.record({ id: anything, name: anything, arguments: text }), { maxLength: 2 }),
      }),
      { nil: undefined },
    ),
    told: fc.option(fc.record({ headers: fc.dictionary(fc.constantFrom('content-type'), anything), text }), { nil: undefined }),
    dropped: fc.array(anything, { maxLength: 2 }),
    truncated: fc.subarray(['requestBody', 'sentBody', 'answer', 'response'] as const),
  })
  .map(({ told, ...rest }) => ({ id: 'a', ...rest, ...(told !== undefined && { response: told }) }))

/** As the database gives back what it was given. */
const stored = (written: string): string => Buffer.from(written, 'utf8').toString('utf8')

describe('an exchange', () => {
  it('comes back from its text as it was', () => {
    const comesBack = (kept: Exchange): void => {
      expect(readExchange('a', stored(writeExchange(kept)))).toEqual(kept)
    }
    fc.assert(fc.property(exchange, comesBack), { numRuns: 2_000 })
  })

  it('keeps of what was sent only what differs from what came in', () => {
    const body = (model: string): string => JSON.stringify({ model, messages: [{ role: 'user', content: 'A long question. '.repeat(1_000) }] })
    const kept = exchangeOf('a', { requestBody: body('openai/gpt-5-mini'), sentBody: body('gpt-5-mini') })
    expect(writeExchange(kept).length).toBeLessThan(body('gpt-5-mini').length * 1.1)
    expect(readExchange('a', writeExchange(kept))).toEqual(kept)
  })

  it('cuts no character apart where two texts part within it', () => {
    // both begin with the same half of a surrogate pair, and end with the same half of one
    const kept = exchangeOf('a', { requestBody: 'x😀y\u{1f600}z', sentBody: 'x😁y\u{10200}z' })
    expect(readExchange('a', stored(writeExchange(kept)))).toEqual(kept)
  })

  it('is read as older versions wrote it, in one line of JSON', () => {
    const kept = exchangeOf('a')
    const plan = kept.plan && {
      ...kept.plan,
      candidates: kept.plan.candidates.map((each) => ({ ...each, endpoint: { ...each.endpoint, can: ['tools', 'vision'] } })),
    }
    expect(readExchange('a', JSON.stringify({ ...kept, plan }))).toEqual(kept)
  })

  it('keeps of each plan what it says, also where the one before it was nearly the same', () => {
    const { plan } = exchangeOf('a')
    const [first] = plan?.candidates ?? []
    if (plan === undefined || first === undefined) throw new Error('the sample has a plan')
    const message = fc.constantFrom<Said>('pinned', { code: 'pinned', fallbacks: 0 }, { code: 'pinned', fallbacks: 1 })
    const candidate = fc.record({
      credential: fc.constantFrom('key-1', 'key-2'),
      why: message,
      more: fc.constantFrom<Pick<Candidate, 'after' | 'score'>>(
        {},
        {},
        { after: ['error' as const] },
        { score: { standing: 'well' as const, price: 1, firstEventMs: 2, tokensPerSecond: 3 } },
      ),
    })
    const plans: fc.Arbitrary<RoutePlan> = fc
      .record({
        requested: fc.constantFrom('one', 'other'),
        decidedBy: message,
        passedOver: fc.constantFrom([], [], [{ endpoint: 'openai/gpt-5', why: 'no key' }]),
        candidates: fc
          .array(candidate, { minLength: 1, maxLength: 2 })
          .map((all) => all.map(({ credential, why, more }) => ({ endpoint: first.endpoint, credential, why, ...more }))),
        session: fc.constantFrom(undefined, undefined, 'a', 'b'),
      })
      .map(({ session, ...rest }) => ({ ...rest, ...(session !== undefined && { session }) }))
    const comesBack = (kept: RoutePlan): void => {
      expect(readExchange('a', writeExchange(exchangeOf('a', { plan: kept }))).plan).toEqual(kept)
    }
    fc.assert(fc.property(plans, comesBack), { numRuns: 5_000 })
  })

  it('writes an endpoint that has changed anew', () => {
    const before = exchangeOf('a')
    const [first] = before.plan?.candidates ?? []
    if (before.plan === undefined || first === undefined) throw new Error('the sample has a plan')
    writeExchange(before)
    const endpoint = { ...first.endpoint, name: 'Renamed', can: new Set<Need>(['vision']) }
    const after = { ...before, plan: { ...before.plan, candidates: [{ ...first, endpoint }] } }
    expect(readExchange('a', writeExchange(after))).toEqual(after)
  })
})
