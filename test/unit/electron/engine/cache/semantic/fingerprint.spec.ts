import { describe, expect, it } from 'vitest'
import { fingerprintOf, modelFamily } from '../../../../../../electron/engine/cache/semantic/fingerprint.ts'
import type { ChatView, Message } from '../../../../../../shared/chat.ts'

const text = (role: Message['role'], words: string): Message => ({ role, parts: [{ type: 'text', text: words }] })
const BASE: ChatView = {
  model: 'alias',
  messages: [text('system', 'Be brief.'), text('user', 'Hi'), text('assistant', 'Hello'), text('user', 'What is a mutex?')],
  stream: false,
  wantsUsage: false,
  temperature: 0,
  tools: [],
  needs: new Set(),
  unmodelled: { b: 1, a: { d: 1, c: 2 } },
  routing: { fallbackModels: [], requireParameters: false },
}
const print = (over: Partial<ChatView> = {}, model = 'openai/gpt-4o'): string => fingerprintOf({ ...BASE, ...over }, model)

describe('the compatibility fingerprint', () => {
  it.each<[string, Partial<ChatView>]>([
    ['the words of the last turn', { messages: [...BASE.messages.slice(0, -1), text('user', 'What is a semaphore?')] }],
    ['the alias that was asked for', { model: 'other' }],
    ['streaming', { stream: true, wantsUsage: true }],
    ['the order of unknown fields', { unmodelled: { a: { c: 2, d: 1 }, b: 1 } }],
    [
      'marks of a prompt cache',
      { messages: [{ role: 'system', parts: [{ type: 'text', text: 'Be brief.', cache: { ttl: '5m' } }] }, ...BASE.messages.slice(1)] },
    ],
  ])('does not change with %s', (_what, over) => {
    expect(print(over)).toBe(print())
  })

  it.each<[string, Partial<ChatView>]>([
    ['the system prompt', { messages: [text('system', 'Be long.'), ...BASE.messages.slice(1)] }],
    ['an earlier turn', { messages: [BASE.messages[0] as Message, text('user', 'Hey'), ...BASE.messages.slice(2)] }],
    ['fewer turns', { messages: BASE.messages.slice(-1) }],
    ['temperature', { temperature: 0.1 }],
    ['an unset temperature', { temperature: undefined as unknown as number }],
    ['top_p', { topP: 0.5 }],
    ['seed', { seed: 1 }],
    ['stop words', { stop: ['x'] }],
    ['the longest answer', { maxOutputTokens: 5 }],
    ['reasoning', { reasoning: { effort: 'high' } }],
    ['the answer’s format', { output: { type: 'json-object' } }],
    ['tools', { tools: [{ name: 'f' }] }],
    ['tool choice', { toolChoice: { type: 'none' } }],
    ['a field that nobody knows', { unmodelled: { a: { c: 2, d: 1 }, b: 2 } }],
  ])('changes with %s', (_what, over) => {
    expect(print(over)).not.toBe(print())
  })

  it('keeps models apart, and snapshots too unless families are asked for', () => {
    expect(print({}, 'openai/gpt-4o-mini')).not.toBe(print())
    expect(print({}, 'openai/gpt-4o-2024-08-06')).not.toBe(print())
    expect(fingerprintOf(BASE, 'openai/gpt-4o-2024-08-06', { model: 'family' })).toBe(fingerprintOf(BASE, 'azure/gpt-4o', { model: 'family' }))
    expect(fingerprintOf(BASE, 'openai/gpt-4o-mini', { model: 'family' })).not.toBe(fingerprintOf(BASE, 'openai/gpt-4o', { model: 'family' }))
  })

  it.each([
    ['anthropic/claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
    ['vertex/claude-sonnet-4-5@20250929', 'claude-sonnet-4-5'],
    ['openrouter/meta-llama/llama-3.3-70b-instruct:free', 'llama-3.3-70b-instruct'],
    ['google/gemini-2.5-flash', 'gemini-2.5-flash'],
    ['mistral/mistral-large-latest', 'mistral-large'],
  ])('takes %s for a %s', (model, family) => {
    expect(modelFamily(model)).toBe(family)
  })
})
