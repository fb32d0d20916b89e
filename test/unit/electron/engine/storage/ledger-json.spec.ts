import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readExchange, writeExchange } from '../../../../../electron/engine/storage/ledger-json.ts'
import type { Need } from '../../../../../shared/chat.ts'
import type { Exchange } from '../../../../../shared/ledger.ts'
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
