/**
 * What a model needs back of its own reasoning: signatures, encrypted blocks, Gemini's marks on calls. Providers refuse a turn without them, or think
 * it all through again, and clients of other dialects often have no place to keep them. So they are kept here for a while and put back where a client
 * has dropped them, unchanged and only for the format they came in. Memory only, bounded by number and size; relays never come here.
 */
import { createHash } from 'node:crypto'
import type { ChatEvent, ChatView, Message, Part, Protocol } from '../../../shared/chat.ts'

/** A conversation's next turn comes within minutes; these outlast many of them at once. */
const MOST_ANSWERS = 2_000
const MOST_BYTES = 32 * 1024 * 1024

export interface Whose {
  /** The format of the endpoint that reasoned. */
  readonly format: Protocol
  /** Nobody is given what was thought for somebody else. */
  readonly caller: string
}

interface Kept {
  readonly opening: readonly Part[]
  readonly beforeCall: ReadonlyMap<string, readonly Part[]>
  readonly closing: readonly Part[]
  /** By call. */
  readonly signatures: ReadonlyMap<string, string>
  readonly keys: readonly string[]
  readonly bytes: number
}

export class ReasoningStore {
  readonly #limits: { readonly answers: number; readonly bytes: number }
  readonly #byKey = new Map<string, Kept>()
  /** The one that was needed last stands last. */
  readonly #answers = new Set<Kept>()
  #bytes = 0

  constructor(limits: { readonly answers: number; readonly bytes: number } = { answers: MOST_ANSWERS, bytes: MOST_BYTES }) {
    this.#limits = limits
  }

  get size(): { readonly answers: number; readonly bytes: number } {
    return { answers: this.#answers.size, bytes: this.#bytes }
  }

  /** Watches the answer to `view`, and keeps what of its reasoning is opaque once it has finished. */
  watcher(view: ChatView, whose: Whose): (events: readonly ChatEvent[]) => void {
    const gathering = new Gathering()
    return (events) => {
      for (const event of events) {
        if (event.type === 'finish') this.#keep(gathering, questionBefore(view.messages, view.messages.length), whose)
        else gathering.add(event)
      }
    }
  }

  /** The conversation with the reasoning that its client has dropped; the same object when nothing is missing. */
  restored(view: ChatView, whose: Whose): ChatView {
    if (this.#answers.size === 0) return view
    let hasChanged = false
    const messages = view.messages.map((message, place) => {
      if (message.role !== 'assistant') return message
      const kept = this.#find(message, () => questionBefore(view.messages, place), whose)
      const whole = kept === undefined ? message : withReasoning(message, kept)
      hasChanged ||= whole !== message
      return whole
    })
    return hasChanged ? { ...view, messages } : view
  }

  #find(message: Message, question: () => string, whose: Whose): Kept | undefined {
    const calls = message.parts.filter((part) => part.type === 'tool-call')
    const kept =
      calls.length > 0
        ? calls.map((call) => this.#byKey.get(callKey(call.id, call.name, whose))).find((found) => found !== undefined)
        : this.#byKey.get(textKey(textOf(message.parts), question(), whose))
    if (kept === undefined) return undefined
    this.#answers.delete(kept)
    this.#answers.add(kept)
    return kept
  }

  #keep(gathering: Gathering, question: string, whose: Whose): void {
    const found = gathering.result()
    if (found === undefined) return
    const { calls, text, ...parts } = found
    const keys = calls.length > 0 ? calls.map((call) => callKey(call.id, call.name, whose)) : [textKey(text, question, whose)]
    // text in memory takes up to two bytes a character
    const bytes = 2 * JSON.stringify([parts.opening, [...parts.beforeCall], parts.closing, [...parts.signatures], keys]).length
    if (bytes > this.#limits.bytes) return
    const kept: Kept = { ...parts, keys, bytes }
    for (const key of keys) {
      const before = this.#byKey.get(key)
      if (before !== undefined) this.#forget(before)
    }
    for (const key of keys) this.#byKey.set(key, kept)
    this.#answers.add(kept)
    this.#bytes += bytes
    for (const oldest of this.#answers) {
      if (this.#answers.size <= this.#limits.answers && this.#bytes <= this.#limits.bytes) break
      this.#forget(oldest)
    }
  }

  #forget(kept: Kept): void {
    if (!this.#answers.delete(kept)) return
    this.#bytes -= kept.bytes
    for (const key of kept.keys) if (this.#byKey.get(key) === kept) this.#byKey.delete(key)
  }
}

/** The opaque parts of one answer and where they stood among its texts and calls. */
class Gathering {
  readonly #opening: Part[] = []
  readonly #beforeCall = new Map<string, readonly Part[]>()
  readonly #signatures = new Map<string, string>()
  readonly #calls: { readonly id: string; readonly name: string }[] = []
  /** Since the last text or call. */
  #recent: Part[] = []
  /** Reasoning that nothing has sealed yet. */
  #thought = ''
  #text = ''
  #isAfterText = false

  add(event: ChatEvent): void {
    switch (event.type) {
      case 'reasoning-delta':
        this.#thought += event.text
        return
      case 'reasoning-signature':
        this.#recent.push(this.#sealed(event))
        this.#thought = ''
        return
      case 'opaque':
        if (event.value.reasoning_details !== undefined) this.#recent.push(event)
        return
      case 'text-delta':
        if (event.text === '') return
        if (this.#text === '' && this.#calls.length === 0) this.#opening.push(...this.#recent.splice(0))
        this.#text += event.text
        this.#isAfterText = true
        this.#thought = ''
        return
      case 'tool-call-start':
        if (this.#text === '' && this.#calls.length === 0) this.#opening.push(...this.#recent.splice(0))
        else if (this.#recent.length > 0) this.#beforeCall.set(event.id, this.#recent.splice(0))
        this.#calls.push(event)
        if (event.signature !== undefined) this.#signatures.set(event.id, event.signature)
        this.#isAfterText = false
        this.#thought = ''
    }
  }

  #sealed(event: Extract<ChatEvent, { type: 'reasoning-signature' }>): Part {
    const { signature, redacted, format } = event
    // Gemini's mark on a text belongs to that very part
    if (format === 'gemini' && signature !== undefined && this.#thought === '' && this.#isAfterText)
      return { type: 'opaque', protocol: 'gemini', value: { thoughtSignature: signature } }
    return { type: 'reasoning', text: this.#thought, format, ...(signature !== undefined && { signature }), ...(redacted !== undefined && { redacted }) }
  }

  /** undefined when there is nothing that would have to go back. */
  result(): (Omit<Kept, 'keys' | 'bytes'> & { readonly calls: readonly { readonly id: string; readonly name: string }[]; readonly text: string }) | undefined {
    const parts = { opening: this.#opening, beforeCall: this.#beforeCall, closing: this.#recent, signatures: this.#signatures }
    const isEmpty = parts.opening.length + parts.beforeCall.size + parts.closing.length + parts.signatures.size === 0
    return isEmpty ? undefined : { ...parts, calls: this.#calls, text: this.#text }
  }
}

function withReasoning(message: Message, kept: Kept): Message {
  const lacksMark = (part: Part): boolean => part.type === 'tool-call' && part.signature === undefined && kept.signatures.has(part.id)
  const lacksParts = !message.parts.some(isOpaqueReasoning) && kept.opening.length + kept.beforeCall.size + kept.closing.length > 0
  if (!lacksParts && !message.parts.some(lacksMark)) return message
  const marked = message.parts.map((part): Part => {
    const signature = part.type === 'tool-call' ? kept.signatures.get(part.id) : undefined
    return part.type === 'tool-call' && part.signature === undefined && signature !== undefined ? { ...part, signature } : part
  })
  if (!lacksParts) return { ...message, parts: marked }
  // what the client did keep of the reasoning is the same text without what proves it
  const said = marked.filter((part) => part.type !== 'reasoning')
  const inPlace = said.flatMap((part) => [...((part.type === 'tool-call' && kept.beforeCall.get(part.id)) || []), part])
  return { ...message, parts: [...kept.opening, ...inPlace, ...kept.closing] }
}

function isOpaqueReasoning(part: Part): boolean {
  if (part.type === 'reasoning') return part.signature !== undefined || part.redacted !== undefined
  return part.type === 'opaque' && (part.value.thoughtSignature !== undefined || part.value.reasoning_details !== undefined)
}

function callKey(id: string, name: string, { format, caller }: Whose): string {
  return ['call', caller, format, id, name].join('\u0000')
}

/** A short text such as "Yes." ends many conversations, so the question counts too. */
function textKey(text: string, question: string, { format, caller }: Whose): string {
  return createHash('sha256').update(['text', caller, format, question, text.trim()].join('\u0000')).digest('base64')
}

/** What was said to the model between its turn before `place` and that at `place`. Instructions are left out: clients put the time of day in them. */
function questionBefore(messages: readonly Message[], place: number): string {
  const said: string[] = []
  for (let at = place - 1; at >= 0; at--) {
    const message = messages[at]
    if (message === undefined || message.role === 'assistant') break
    if (message.role !== 'system') said.unshift(textOf(message.parts))
  }
  return said.join('\n').trim()
}

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : part.type === 'tool-result' ? textOf(part.parts) : '')).join('')
}
