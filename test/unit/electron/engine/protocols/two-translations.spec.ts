/** Whatever a model says survives a translation into any other dialect and back, in whatever pieces it comes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costOf } from '../../../../../electron/engine/ledger/cost.ts'
import type { ProtocolCodec } from '../../../../../electron/engine/protocols/protocol.ts'
import { type ChatEvent, type Finish, type Tokens, totalInput, totalOutput } from '../../../../../shared/chat.ts'
import type { Prices } from '../../../../../shared/routing.ts'
import { CONTEXT, checkStream, clientFormats, formatOf, readStream, readWhole, writeStream } from '../../../../support/formats.ts'
import { argumentsOf, meaningOf } from '../../../../support/meaning.ts'
import { load, RECORDINGS_PRESENT, recordings } from '../../../../support/recordings.ts'

const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 })
const names = fc.stringMatching(/^[a-z][a-z_]{0,11}$/)
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 2 }, fc.constant(null), fc.boolean(), fc.integer(), words, fc.array(tie('value'), { maxLength: 2 })),
}))
const inputs = fc.dictionary(
  words.filter((key) => key !== '__proto__'),
  json,
  { maxKeys: 3 },
)
const calls = fc.uniqueArray(
  fc.record({ id: fc.stringMatching(/^call_[a-z0-9]{6}$/), name: names, input: inputs, cuts: fc.array(fc.nat(60), { maxLength: 3 }) }),
  { selector: ({ id }) => id, maxLength: 4 },
)
/** What comes next: a piece of text or of reasoning, or the next piece of one of the calls. */
const steps = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('text-delta' as const), text: words }),
    fc.record({ type: fc.constant('reasoning-delta' as const), text: words }),
    fc.record({ type: fc.constant('call' as const), which: fc.nat(3) }),
  ),
  { maxLength: 16 },
)
const counts = fc.nat(100_000)
const tokens: fc.Arbitrary<Tokens> = fc.record(
  { input: counts, output: counts, cacheRead: counts, cacheWrite5m: counts, reasoning: counts },
  { requiredKeys: ['input', 'output'] },
)
const finishes = fc.constantFrom<Finish>('stop', 'length', 'content-filter')

/** An answer in any order that a model may tell it in: calls begin in their order and may then grow side by side. */
const answers = fc.tuple(calls, steps, tokens, finishes).map(([made, order, used, ending]) => {
  const events: ChatEvent[] = [{ type: 'response-start', id: 'answer-1', model: 'some-model' }]
  const waiting = made.map(({ id, name, input, cuts }, index) => {
    const text = JSON.stringify(input)
    const places = [...new Set(cuts.map((cut) => cut % text.length))].sort((a, b) => a - b)
    const pieces = [...places, text.length].map((end, at) => text.slice(places[at - 1] ?? 0, end)).filter((piece) => piece !== '')
    const queue: ChatEvent[] = [
      { type: 'tool-call-start', index, id, name },
      ...pieces.map((piece): ChatEvent => ({ type: 'tool-call-delta', index, arguments: piece })),
      { type: 'tool-call-end', index },
    ]
    return queue
  })
  let begun = 0
  const advance = (which: number): void => {
    const index = Math.min(which, begun, waiting.length - 1)
    const next = waiting[index]?.shift()
    if (next?.type === 'tool-call-start') begun++
    if (next !== undefined) events.push(next)
  }
  for (const step of order) {
    if (step.type === 'call') advance(step.which)
    else events.push(step)
  }
  for (const [index, rest] of waiting.entries()) while (rest.length > 0) advance(index)
  const reason: Finish = made.length > 0 && ending === 'stop' ? 'tool-calls' : ending
  events.push({ type: 'usage', tokens: used }, { type: 'finish', reason, raw: reason })
  return events
})

/** What a format has no word for, so that nobody can expect to hear it back. */
const UNSAYABLE: Readonly<Record<string, (event: ChatEvent) => boolean>> = {
  // no reason for an answer that a filter stopped
  'cohere-v2': (event) => event.type === 'finish' && event.reason === 'content-filter',
  // that neither, and a count of nothing is left out
  'ollama-chat': (event) =>
    (event.type === 'finish' && event.reason === 'content-filter') ||
    (event.type === 'usage' && (totalInput(event.tokens) === 0 || totalOutput(event.tokens) === 0)),
}

function sayableIn(...formats: readonly ProtocolCodec[]): fc.Arbitrary<ChatEvent[]> {
  return answers.filter((events) => !formats.some(({ id }) => events.some((event) => UNSAYABLE[id]?.(event) === true)))
}

function substance(events: readonly ChatEvent[]): unknown {
  const { text, reasoning, calls: told, finish, tokens: used } = meaningOf(events)
  return {
    text,
    reasoning,
    calls: told.map((call) => ({ id: call.id, name: call.name, arguments: argumentsOf(call) })),
    finish,
    input: totalInput(used ?? {}),
    output: totalOutput(used ?? {}),
  }
}

const streamed = (format: ProtocolCodec, events: readonly ChatEvent[], size: number): readonly ChatEvent[] => {
  const stream = writeStream(format, events)
  checkStream(format.id, stream)
  return readStream(format, Buffer.from(stream), size)
}
const whole = (format: ProtocolCodec, events: readonly ChatEvent[]): readonly ChatEvent[] =>
  readWhole(format, Buffer.from(JSON.stringify(format.writeWhole(events, CONTEXT))))

const pairs = clientFormats.flatMap((a) => clientFormats.map((b) => ({ name: `${a.id} -> ${b.id} -> ${a.id}`, a, b })))

describe.each(pairs)('$name', ({ a, b }) => {
  it('keeps every interleaving of text, reasoning and calls, streamed in any pieces', () => {
    fc.assert(
      fc.property(sayableIn(a, b), fc.constantFrom(1, 7, Number.POSITIVE_INFINITY), (events, size) => {
        const back = [a, b, a].reduce<readonly ChatEvent[]>((told, format) => streamed(format, told, size), events)
        expect(substance(back)).toEqual(substance(events))
      }),
      { numRuns: 60 },
    )
  })

  it('keeps them in answers that come whole', () => {
    fc.assert(
      fc.property(sayableIn(a, b), (events) => {
        const back = [a, b, a].reduce<readonly ChatEvent[]>((told, format) => whole(format, told), events)
        expect(substance(back)).toEqual(substance(events))
      }),
      { numRuns: 60 },
    )
  })
})

const PRICES: Prices = {
  asOf: '2026-01-01',
  source: 'made up for this test',
  microUsdPerMillion: { input: 3_000_000, cacheRead: 300_000, cacheWrite5m: 3_750_000, cacheWrite1h: 6_000_000, output: 15_000_000 },
}

describe.runIf(RECORDINGS_PRESENT)('the tokens of recorded answers', () => {
  const apis = [
    ...['openai-chat', 'openai-responses', 'openai-completions', 'anthropic-messages', 'gemini-generate'],
    ...['bedrock-converse', 'bedrock-invoke-anthropic', 'cohere-v2-chat', 'ollama-chat', 'ollama-generate'],
  ]
  const known = apis.flatMap((api) => {
    const format = formatOf(api)
    return format === undefined ? [] : recordings(api, (line) => line.status === 200).map((line) => ({ format, recording: load(line) }))
  })
  const read = known.map(({ format, recording }) => ({
    format,
    recording,
    events: recording.response.endsWith('.json') ? readWhole(format, recording.body) : readStream(format, recording.body),
  }))

  it("add up to the provider's own totals, bucket by bucket", () => {
    let compared = 0
    for (const { recording, events } of read) {
      const { usage } = recording.expected
      const used = meaningOf(events).tokens
      if (usage === undefined || used === undefined) continue
      compared++
      for (const [bucket, count] of Object.entries(used)) expect(count, `${recording.id} ${bucket}`).toBeGreaterThanOrEqual(0)
      expect(totalInput(used) ?? 0, recording.id).toBe(usage.prompt_tokens ?? 0)
      if (usage.upstream_total === undefined) expect(totalOutput(used) ?? 0, recording.id).toBe(usage.completion_tokens ?? 0)
      else expect((totalInput(used) ?? 0) + (totalOutput(used) ?? 0), recording.id).toBe(usage.upstream_total)
    }
    expect(compared).toBeGreaterThan(300)
  })

  it('cost the same however the answer came', () => {
    let compared = 0
    for (const { format, recording, events } of read) {
      const own = clientFormats.find(({ id }) => id === format.id)
      const { finish, error, tokens: used } = meaningOf(events)
      if (own === undefined || used === undefined || finish === undefined || finish === 'error' || error !== undefined) continue
      compared++
      const price = costOf(used, PRICES)
      expect(costOf(meaningOf(whole(own, events)).tokens ?? {}, PRICES), `${recording.id}, whole`).toEqual(price)
      const stream = readStream(own, Buffer.from(writeStream(own, events)))
      expect(costOf(meaningOf(stream).tokens ?? {}, PRICES), `${recording.id}, streamed`).toEqual(price)
    }
    expect(compared).toBeGreaterThan(300)
  })
})
