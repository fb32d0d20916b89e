/**
 * Every recorded answer of every format means what its independent reader found in it, and reads alike however its bytes are cut. What is particular
 * to a format stands in its own folder.
 */
import { describe, expect, it } from 'vitest'
import { readAnswer } from '../../../../reports/check-recording.ts'
import { type Format, formatOf } from '../../../../support/formats.ts'
import { load, RECORDINGS_PRESENT, recordings } from '../../../../support/recordings.ts'

const APIS = [
  ...['openai-chat', 'openai-responses', 'openai-completions', 'anthropic-messages', 'gemini-generate'],
  ...['bedrock-converse', 'bedrock-invoke-anthropic', 'cohere-v2-chat', 'ollama-chat', 'ollama-generate'],
]

describe.runIf(RECORDINGS_PRESENT).each(APIS)('recorded answers of %s', (api) => {
  const cases = recordings(api, ({ status }) => status < 400)

  it.each(cases)('mean what their client had to get: $id', (line) => {
    const { events, problems } = readAnswer(load(line), formatOf(api) as Format)
    expect(problems).toEqual([])
    const open = new Set<number>()
    for (const event of events ?? []) {
      if (event.type === 'tool-call-start') open.add(event.index)
      else if (event.type === 'tool-call-end') open.delete(event.index)
    }
    // a call that is not ended must not look complete
    const finish = events?.find((event) => event.type === 'finish')
    if (finish?.type === 'finish' && finish.reason !== 'length') expect(open.size).toBe(0)
  })
})
