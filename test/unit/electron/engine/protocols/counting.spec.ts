import { describe, expect, it } from 'vitest'
import { COUNTING, restOf } from '../../../../../electron/engine/protocols/counting.ts'
import { type Tokens, totalInput, totalOutput } from '../../../../../shared/chat.ts'
import { formatOf, readStream, readWhole } from '../../../../support/formats.ts'
import { load, RECORDINGS_PRESENT, recordings } from '../../../../support/recordings.ts'

type Counted = keyof typeof COUNTING

/** The recordings' names for the formats. */
const APIS: Readonly<Record<Counted, string>> = {
  ...{ 'openai-chat': 'openai-chat', 'openai-responses': 'openai-responses', 'anthropic-messages': 'anthropic-messages' },
  ...{ gemini: 'gemini-generate', 'bedrock-converse': 'bedrock-converse', 'cohere-v2': 'cohere-v2-chat' },
}

/** Asked for here, so that the output says what is left out where there are none. */
const answered = new Map((Object.keys(COUNTING) as Counted[]).map((name) => [name, recordings(APIS[name], ({ status }) => status === 200)]))

it('takes out what stands inside and leaves alone what stands beside', () => {
  expect(restOf(100, 'inside', 30, undefined, 20)).toBe(50)
  expect(restOf(100, 'beside', 30, undefined, 20)).toBe(100)
  expect(restOf(10, 'inside', 30)).toBeLessThan(0)
})

it('names the page that says so for each format', () => {
  for (const [format, { source }] of Object.entries(COUNTING)) expect(source, format).toMatch(/^https:\/\//)
})

/** The totals of a recording's independent reader, which knows nothing of our table. */
describe.skipIf(!RECORDINGS_PRESENT)('recorded answers add up by the table', () => {
  it.each(Object.keys(COUNTING) as Counted[])('%s', (name) => {
    const format = formatOf(APIS[name])
    if (format === undefined) throw new Error(`nothing reads ${APIS[name]}`)
    const told = { cached: 0, reasoning: 0 }
    for (const line of answered.get(name) ?? []) {
      const { body, expected } = load(line)
      const { prompt_tokens: prompt, completion_tokens: completion, cached_tokens: cached = 0, reasoning_tokens: reasoning = 0 } = expected.usage ?? {}
      if (cached === 0 && reasoning === 0) continue
      const usage = (line.streaming ? readStream(format, body) : readWhole(format, body)).findLast((event) => event.type === 'usage')
      const tokens: Tokens = usage?.type === 'usage' ? usage.tokens : {}
      // what a recording's reader could not make sense of is looked at elsewhere
      if (cached > 0 && cached === tokens.cacheRead) {
        told.cached++
        expect(totalInput(tokens), `${line.id}: input`).toBe(prompt)
      }
      if (reasoning > 0 && reasoning === tokens.reasoning) {
        told.reasoning++
        expect(totalOutput(tokens), `${line.id}: output`).toBe(completion)
      }
    }
    expect(told.cached + told.reasoning, 'compared').toBeGreaterThan(0)
    console.info(`${name}: ${told.cached} recorded answers with cached input, ${told.reasoning} with reasoning`)
  })
})
