import type { ChatEvent, Tokens, UsageExtras } from '../../../shared/chat.ts'
import type { AnswerRecord } from '../../../shared/ledger.ts'
import { estimateText } from './estimate.ts'

const NO_CALLS: AnswerRecord['toolCalls'] = []
/** Enough of a text to tell how many characters make a token in it. */
const SAMPLE_CHARACTERS = 4_000

/** Gathers what an answer said, deltas merged, up to a number of characters, for whoever looks at it later; what it used, and how it ended. */
export class AnswerSummary {
  tokens: Tokens = {}
  extras: UsageExtras | undefined
  finish: Extract<ChatEvent, { type: 'finish' }> | undefined
  error: Extract<ChatEvent, { type: 'error' }> | undefined
  #text = ''
  #reasoning = ''
  /** undefined: there are none, as in most answers. */
  #calls: { id: string; name: string; arguments: string }[] | undefined
  #room: number
  #truncated = false
  /** Characters that came since the provider last told what it had used. */
  #uncounted = 0
  #written = false

  constructor(limitCharacters: number) {
    this.#room = limitCharacters
  }

  add(event: ChatEvent): void {
    switch (event.type) {
      case 'text-delta':
      case 'refusal-delta':
        this.#text += this.#fit(event.text)
        return
      case 'reasoning-delta':
        this.#reasoning += this.#fit(event.text)
        return
      case 'tool-call-start':
        this.#calls ??= []
        this.#calls[event.index] = { id: event.id, name: event.name, arguments: '' }
        return
      case 'tool-call-delta': {
        const call = this.#calls?.[event.index]
        if (call !== undefined) call.arguments += this.#fit(event.arguments)
        return
      }
      case 'usage':
        this.extras = event.extras ?? this.extras
        // some servers put zeros where they did not count
        if (this.#written && isAllZero(event.tokens)) return
        this.#uncounted = 0
        this.tokens = event.tokens
        return
      case 'finish':
        this.finish = event
        return
      case 'error':
        this.error = event
        return
      default:
    }
  }

  #fit(text: string): string {
    this.#written ||= text !== ''
    this.#uncounted += text.length
    if (text.length <= this.#room) {
      this.#room -= text.length
      return text
    }
    this.#truncated = true
    const fitting = text.slice(0, this.#room)
    this.#room = 0
    return fitting
  }

  /** About how many tokens came since the provider last told what it had used. */
  get uncountedTokens(): number {
    if (this.#uncounted === 0) return 0
    // what is not kept is taken to be like what is; where nothing is, like English
    const sample = `${this.#text}${this.#reasoning}${this.#calls?.map((call) => call?.arguments ?? '').join('') ?? ''}`.slice(0, SAMPLE_CHARACTERS) || 'text'
    return Math.ceil((this.#uncounted * estimateText(sample)) / sample.length)
  }

  get truncated(): boolean {
    return this.#truncated
  }

  get record(): AnswerRecord {
    // an index that was skipped leaves a hole
    return { text: this.#text, reasoning: this.#reasoning, toolCalls: this.#calls?.filter((call) => call !== undefined) ?? NO_CALLS }
  }
}

function isAllZero(tokens: Tokens): boolean {
  return Object.values(tokens).every((count) => count === 0)
}
