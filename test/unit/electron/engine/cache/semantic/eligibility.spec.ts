import { describe, expect, it } from 'vitest'
import { semanticQuestion } from '../../../../../../electron/engine/cache/semantic/eligibility.ts'
import type { ChatView, Message } from '../../../../../../shared/chat.ts'
import { reasonInEnglish } from '../../../../../../shared/messages/cache-reasons.ts'

const user = (text: string): Message => ({ role: 'user', parts: [{ type: 'text', text }] })
const assistant = (text: string): Message => ({ role: 'assistant', parts: [{ type: 'text', text }] })
const view = (messages: readonly Message[], over: Partial<ChatView> = {}): ChatView => ({
  model: 'm',
  messages,
  stream: false,
  wantsUsage: false,
  tools: [],
  needs: new Set(),
  unmodelled: {},
  routing: { fallbackModels: [], requireParameters: false },
  ...over,
})
const EARLIER = [user('What is Rust?'), assistant('A language.')]

describe('a question for the semantic tier', () => {
  it('is the last user turn', () => {
    expect(semanticQuestion(view([{ role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] }, user('What is a mutex?')]))).toEqual({
      is: 'eligible',
      question: 'What is a mutex?',
    })
    expect(semanticQuestion(view([...EARLIER, user('How does Rust compare with Zig?')])).is).toBe('eligible')
  })

  it.each<[string, ChatView, string]>([
    ['an assistant’s turn at the end', view(EARLIER), 'the last turn is not the user’s'],
    ['tools', view([user('What is a mutex?')], { tools: [{ name: 'search' }] }), 'offers tools'],
    [
      'a tool loop',
      view([user('Hi'), { role: 'assistant', parts: [{ type: 'tool-call', id: '1', name: 'f', arguments: '' }] }, user('And?')]),
      'stands in a tool loop',
    ],
    ['an image', view([{ role: 'user', parts: [{ type: 'image', media: { kind: 'url', url: 'x' } }] }]), 'has attachments'],
    ['a high temperature', view([user('What is a mutex?')], { temperature: 0.9 }), 'temperature above 0.3'],
    ['several answers', view([user('What is a mutex?')], { unmodelled: { n: 2 } }), 'asks for several answers'],
    ['a long conversation', view([...EARLIER, ...EARLIER, ...EARLIER, user('What is a mutex?')]), 'more than 4 earlier turns'],
    ['a long prompt', view([user('word '.repeat(500))]), 'longer than 2000 characters'],
    ['a block of code', view([user(`Explain \`\`\`${'x = 1\n'.repeat(100)}\`\`\``)]), 'holds a block of code'],
    ['code without fences', view([user('function f() {\n  return 1;\n}\nconst a = f();')]), 'holds a block of code'],
    ['weather', view([user('What is the weather in Rome?')]), 'asks for something that changes with time: weather'],
    ['today', view([user('What should I cook today?')]), 'asks for something that changes with time: today'],
    ['a price that moves', view([user('What is the price of gold?')]), 'asks for something that changes with time: price of gold'],
    ['novelty', view([user('Give me another one')]), 'asks for something new each time: another'],
    ['chance', view([user('Pick a random number')]), 'asks for something new each time: random'],
    ['a joke', view([user('Tell me a joke about cats')]), 'asks for something new each time: joke'],
    ['a turn that leans on earlier ones', view([...EARLIER, user('How do I install it on Linux?')]), 'refers to earlier turns: it'],
    ['a turn that is no question by itself', view([...EARLIER, user('Yes, do')]), 'too short to stand for itself within a conversation'],
    ['nothing', view([user(' ')]), 'is empty'],
  ])('is not taken from %s', (_what, request, why) => {
    const eligibility = semanticQuestion(request)
    expect(eligibility.is === 'excluded' && reasonInEnglish(eligibility.why)).toBe(why)
  })
})
