import { describe, expect, it } from 'vitest'
import type { ChatEvent } from '../../../../../../shared/chat.ts'
import { checkResponsesStream } from '../../../../../support/responses-grammar.ts'
import { write } from '../openai-responses/events.ts'

const events: readonly ChatEvent[] = [
  { type: 'response-start', model: 'm' },
  { type: 'reasoning-delta', text: 'Hm.' },
  { type: 'text-delta', text: 'Hello' },
  { type: 'tool-call-start', index: 0, id: 'call_1', name: 'lookup' },
  { type: 'tool-call-delta', index: 0, arguments: '{"a":1}' },
  { type: 'tool-call-end', index: 0 },
  { type: 'usage', tokens: { input: 3, output: 4 } },
  { type: 'finish', reason: 'tool-calls', raw: 'x' },
]
const stream = write(events)

describe('the checker of Responses streams', () => {
  it('accepts a good stream', () => {
    expect(checkResponsesStream(stream).length).toBeGreaterThan(15)
  })

  it.each([
    ['a missing event', (text: string) => text.replace(/event: response\.in_progress\n.*\n\n/, '')],
    ['a doubled event', (text: string) => text.replace(/(event: response\.output_text\.delta\n.*\n\n)/, '$1$1')],
    ['an end that says something else', (text: string) => text.replace('"text":"Hello"', '"text":"Hullo"')],
    ['arguments that differ at the end', (text: string) => text.replace('"arguments":"{\\"a\\":1}"', '"arguments":"{}"')],
    ['a name unlike the type', (text: string) => text.replace('event: response.created', 'event: response.opened')],
    ['a number out of order', (text: string) => text.replace('"sequence_number":4', '"sequence_number":5')],
    ['a stream cut short', (text: string) => text.slice(0, text.indexOf('event: response.completed'))],
    ['counts that do not add up', (text: string) => text.replace('"total_tokens":7', '"total_tokens":8')],
    ['an item that is missing at the end', (text: string) => text.replace(/"output":\[\{.*?\},\{"id":"msg/, '"output":[{"id":"msg')],
  ])('refuses %s', (_what, spoil) => {
    const spoilt = spoil(stream)
    expect(spoilt).not.toBe(stream)
    expect(() => checkResponsesStream(spoilt)).toThrow(/event|stream/)
  })
})
