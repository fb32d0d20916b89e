import { expect, it } from 'vitest'
import { filesOutOfSystem } from '../../../../../electron/engine/protocols/system-files.ts'
import type { ChatView, Message, Part } from '../../../../../shared/chat.ts'

const text = (said: string): Part => ({ type: 'text', text: said })
const image: Part = { type: 'image', media: { kind: 'url', url: 'https://example.org/cat.png' } }
const result: Part = { type: 'tool-result', callId: 'a', parts: [text('r')], isError: false }
const viewOf = (messages: readonly Message[]): ChatView => ({
  ...{ model: 'm', messages, tools: [], stream: false, wantsUsage: false, needs: new Set(), unmodelled: {} },
  routing: { fallbackModels: [], requireParameters: false },
})
const told = ({ messages }: ChatView): string[] =>
  messages.map(({ role, parts }) => `${role}: ${parts.map((part) => (part.type === 'text' ? part.text : part.type)).join(' | ')}`)
const system: Message = { role: 'system', parts: [text('S'), image] }

it.each<[string, readonly Message[], readonly string[]]>([
  ['before the user’s words', [system, { role: 'user', parts: [text('u')] }], ['system: S', 'user: image | u']],
  [
    'of instructions that are nothing else',
    [
      { role: 'system', parts: [image] },
      { role: 'user', parts: [text('u')] },
    ],
    ['user: image | u'],
  ],
  ['in a turn of their own before an assistant’s', [system, { role: 'assistant', parts: [text('a')] }], ['system: S', 'user: image', 'assistant: a']],
  ['at the end', [system], ['system: S', 'user: image']],
  ['behind the results of calls', [system, { role: 'user', parts: [result, text('u')] }], ['system: S', 'user: tool-result | u | image']],
  [
    'not between a call and its result',
    [system, { role: 'tool', parts: [result] }, { role: 'tool', parts: [result] }, { role: 'user', parts: [text('u')] }],
    ['system: S', 'tool: tool-result', 'tool: tool-result', 'user: image | u'],
  ],
])('pictures of instructions go to the user’s side: %s', (_what, messages, expected) => {
  expect(told(filesOutOfSystem(viewOf(messages), 'anthropic-messages'))).toEqual(expected)
})

it('they stay where the format takes them, and a view without them stays the very same', () => {
  const [pictured, plain] = [
    viewOf([system]),
    viewOf([
      { role: 'system', parts: [text('S')] },
      { role: 'user', parts: [image] },
    ]),
  ]
  expect(filesOutOfSystem(pictured, 'openai-responses')).toBe(pictured)
  expect(filesOutOfSystem(plain, 'gemini')).toBe(plain)
})
