/** What is kept of an answer: its meaning, not its bytes, so that it can be given again in any dialect, streamed or whole. */
import type { ChatEvent, Tokens } from '../../../shared/chat.ts'
import type { Ms } from '../../../shared/ids.ts'

export interface KeptAnswer {
  readonly events: readonly ChatEvent[]
  /** From its first content to its end, as it was made. */
  readonly streamedMs: Ms
}

/**
 * Neighbouring deltas of one kind as one, counts told once and before the end, and without the provider's id: each time an answer is given it is another
 * answer to its client, and clients go on from answers by their id.
 */
export class AnswerGatherer {
  readonly #events: ChatEvent[] = []
  #tokens: Tokens | undefined
  #finish: Extract<ChatEvent, { type: 'finish' }> | undefined
  #failed = false
  /** Characters of everything so far. */
  size = 0

  add(event: ChatEvent): void {
    switch (event.type) {
      case 'response-start': {
        const { id: _id, ...start } = event
        this.#events.push(start)
        return
      }
      case 'usage':
        this.#tokens = event.tokens
        return
      case 'finish':
        this.#finish = event
        return
      case 'error':
        this.#failed = true
        return
      default:
        this.#append(event)
    }
  }

  #append(event: ChatEvent): void {
    const last = this.#events.at(-1)
    const merged = last === undefined ? undefined : joined(last, event)
    if (merged === undefined) this.#events.push(event)
    else this.#events[this.#events.length - 1] = merged
    this.size += sizeOf(event)
  }

  get tokens(): Tokens | undefined {
    return this.#tokens
  }

  get events(): readonly ChatEvent[] {
    return [
      ...this.#events,
      ...(this.#tokens === undefined ? [] : [{ type: 'usage', tokens: this.#tokens } as const]),
      ...(this.#finish === undefined ? [] : [this.#finish]),
    ]
  }

  /** Why this answer is not to be given again; undefined when it may be. */
  whyNot(tools: 'never' | 'no-calls' | 'all'): string | undefined {
    if (this.#failed) return 'it failed'
    const finish = this.#finish
    if (finish === undefined) return 'it is incomplete'
    if (finish.reason === 'length') return 'it was cut off at its length limit'
    if (finish.reason === 'content-filter') return 'a content filter stopped it'
    if (finish.reason === 'error') return 'it failed'
    // the client is to send it back, and then it goes on
    if (finish.raw === 'pause_turn') return 'it was only a pause'
    let hasText = false
    const calls = new Map<number, string>()
    for (const event of this.#events) {
      if (event.type === 'refusal-delta') return 'the model refused'
      if (event.type === 'text-delta' && event.text.trim() !== '') hasText = true
      if (event.type === 'tool-call-start') calls.set(event.index, '')
      if (event.type === 'tool-call-delta') calls.set(event.index, (calls.get(event.index) ?? '') + event.arguments)
    }
    if (calls.size > 0 && tools !== 'all') return 'it calls tools'
    if (calls.size > 0 && ![...calls.values()].every(isJson)) return 'the arguments of a call are no JSON'
    if (!hasText && calls.size === 0) return 'it is empty'
    return undefined
  }

  /** Its text alone, for the search. */
  get text(): string {
    return textOf(this.#events)
  }
}

export function textOf(events: readonly ChatEvent[]): string {
  return events.map((event) => (event.type === 'text-delta' ? event.text : event.type === 'tool-call-start' ? `[${event.name}]` : '')).join('')
}

function joined(last: ChatEvent, next: ChatEvent): ChatEvent | undefined {
  if (last.type === 'text-delta' && next.type === 'text-delta') return { ...last, text: last.text + next.text }
  if (last.type === 'reasoning-delta' && next.type === 'reasoning-delta') return { ...last, text: last.text + next.text }
  if (last.type === 'refusal-delta' && next.type === 'refusal-delta') return { ...last, text: last.text + next.text }
  if (last.type === 'tool-call-delta' && next.type === 'tool-call-delta' && last.index === next.index)
    return { ...last, arguments: last.arguments + next.arguments }
  return undefined
}

function sizeOf(event: ChatEvent): number {
  if (event.type === 'text-delta' || event.type === 'reasoning-delta' || event.type === 'refusal-delta') return event.text.length
  if (event.type === 'tool-call-delta') return event.arguments.length
  return event.type === 'opaque' ? JSON.stringify(event.value).length : 50
}

function isJson(text: string): boolean {
  try {
    if (text !== '') JSON.parse(text)
    return true
  } catch {
    return false
  }
}
