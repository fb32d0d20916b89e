import { describe, expect, it } from 'vitest'
import { ReasoningStore, type Whose } from '../../../../../electron/engine/attempt/reasoning-store.ts'
import type { ChatEvent, ChatView, Message, Part } from '../../../../../shared/chat.ts'

const WHOSE: Whose = { format: 'anthropic-messages', caller: 'me' }
const GEMINI: Whose = { format: 'gemini', caller: 'me' }
const question: Message = { role: 'user', parts: [{ type: 'text', text: 'Is it cold?' }] }
const finish: ChatEvent = { type: 'finish', reason: 'stop', raw: 'end_turn' }

function view(...messages: readonly Message[]): ChatView {
  return {
    model: 'm',
    messages,
    stream: true,
    wantsUsage: false,
    tools: [],
    needs: new Set(),
    unmodelled: {},
    routing: { fallbackModels: [], requireParameters: false },
  }
}
const assistant = (...parts: readonly Part[]): Message => ({ role: 'assistant', parts })
const text = (said: string): Part => ({ type: 'text', text: said })
const call = (id: string): Part => ({ type: 'tool-call', id, name: 'look', arguments: '{}' })
const calling = (id: string, signature?: string): ChatEvent => ({
  type: 'tool-call-start',
  index: 0,
  id,
  name: 'look',
  ...(signature !== undefined && { signature }),
})
const thought = (said: string, signature: string): readonly ChatEvent[] => [
  { type: 'reasoning-delta', text: said.slice(0, 2) },
  { type: 'reasoning-delta', text: said.slice(2) },
  { type: 'reasoning-signature', signature, format: 'anthropic-messages' },
]
const block = (said: string, signature: string): Part => ({ type: 'reasoning', text: said, signature, format: 'anthropic-messages' })

function storeWith(events: readonly ChatEvent[], whose = WHOSE, asked = view(question)): ReasoningStore {
  const store = new ReasoningStore()
  const watch = store.watcher(asked, whose)
  // one by one, as they come
  for (const event of events) watch([event])
  return store
}
function partsOf(store: ReasoningStore, turn: Message, whose = WHOSE): readonly Part[] | undefined {
  return store.restored(view(question, turn), whose).messages[1]?.parts
}

describe('the reasoning store', () => {
  it('puts thinking back before the call that it led to', () => {
    const store = storeWith([...thought('Look outside.', 'sig'), calling('c1'), finish])
    expect(partsOf(store, assistant(call('c1')))).toEqual([block('Look outside.', 'sig'), call('c1')])
  })

  it('puts it back in front of plain text after the same question', () => {
    const store = storeWith([...thought('Winter.', 'sig'), { type: 'text-delta', text: 'Yes' }, { type: 'text-delta', text: '.\n' }, finish])
    expect(partsOf(store, assistant(text('Yes.')))).toEqual([block('Winter.', 'sig'), text('Yes.')])
    const otherQuestion = view({ role: 'user', parts: [text('Is it late?')] }, assistant(text('Yes.')))
    expect(store.restored(otherQuestion, WHOSE)).toBe(otherQuestion)
  })

  it('keeps the order of thinking, text and calls', () => {
    const store = storeWith([
      ...thought('One.', 'a'),
      { type: 'text-delta', text: 'Hm.' },
      ...thought('Two.', 'b'),
      calling('c1'),
      ...thought('Three.', 'c'),
      finish,
    ])
    expect(partsOf(store, assistant(text('Hm.'), call('c1')))).toEqual([block('One.', 'a'), text('Hm.'), block('Two.', 'b'), call('c1'), block('Three.', 'c')])
  })

  it('takes the place of the same reasoning without its proof', () => {
    const store = storeWith([...thought('Look.', 'sig'), calling('c1'), finish])
    const unproven: Part = { type: 'reasoning', text: 'Look.', format: 'openai-chat' }
    expect(partsOf(store, assistant(unproven, call('c1')))).toEqual([block('Look.', 'sig'), call('c1')])
  })

  it('leaves alone what a client has kept', () => {
    const store = storeWith([...thought('Look.', 'sig'), calling('c1'), finish])
    const kept = view(question, assistant(block('Look.', 'sig'), call('c1')))
    expect(store.restored(kept, WHOSE)).toBe(kept)
  })

  it('keeps encrypted blocks and marks on calls and on texts', () => {
    const redacted = storeWith([{ type: 'reasoning-signature', redacted: 'secret', format: 'anthropic-messages' }, calling('c1'), finish])
    expect(partsOf(redacted, assistant(call('c1')))?.[0]).toEqual({ type: 'reasoning', text: '', redacted: 'secret', format: 'anthropic-messages' })
    const marked = storeWith([calling('c1', 'mark'), finish], GEMINI)
    expect(partsOf(marked, assistant(call('c1')), GEMINI)).toEqual([{ ...call('c1'), signature: 'mark' }])
    const onText = storeWith([{ type: 'text-delta', text: 'Yes.' }, { type: 'reasoning-signature', signature: 'mark', format: 'gemini' }, finish], GEMINI)
    expect(partsOf(onText, assistant(text('Yes.')), GEMINI)).toEqual([
      text('Yes.'),
      { type: 'opaque', protocol: 'gemini', value: { thoughtSignature: 'mark' } },
    ])
  })

  it('gives nothing to another caller, to another format, or of an answer that never finished', () => {
    const events = [...thought('Look.', 'sig'), calling('c1')]
    const store = storeWith([...events, finish])
    expect(partsOf(store, assistant(call('c1')), { ...WHOSE, caller: 'you' })).toEqual([call('c1')])
    expect(partsOf(store, assistant(call('c1')), GEMINI)).toEqual([call('c1')])
    expect(storeWith(events).size.answers).toBe(0)
  })

  it('keeps nothing of answers without opaque reasoning', () => {
    const store = storeWith([{ type: 'reasoning-delta', text: 'Hm.' }, { type: 'text-delta', text: 'Yes.' }, calling('c1'), finish])
    expect(store.size).toEqual({ answers: 0, bytes: 0 })
  })

  it('holds at most so many answers and bytes, and lets the one go that was needed longest ago', () => {
    const store = new ReasoningStore({ answers: 3, bytes: 4_000 })
    const add = (id: string, size = 10): void => store.watcher(view(question), WHOSE)([...thought('x'.repeat(size), 'sig'), calling(id), finish])
    const holds = (id: string): boolean => partsOf(store, assistant(call(id)))?.length === 2
    for (const id of ['a', 'b', 'c']) add(id)
    expect(holds('a')).toBe(true)
    add('d')
    expect(['a', 'b', 'c', 'd'].filter(holds)).toEqual(['a', 'c', 'd'])
    add('large', 1_000)
    expect(holds('large')).toBe(true)
    expect(store.size.bytes).toBeLessThanOrEqual(4_000)
    add('too large', 3_000)
    expect(holds('too large')).toBe(false)
    expect(holds('large')).toBe(true)
    for (let count = 0; count < 50; count++) add('same')
    expect(store.size.answers).toBeLessThanOrEqual(3)
  })
})
