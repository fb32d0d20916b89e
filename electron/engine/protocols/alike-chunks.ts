import type { ChatEvent, JsonValue } from '../../../shared/chat.ts'
import { parseJson } from './json.ts'

/** Some providers put something new into every chunk: they are given up after so many. */
const MOST_MISSES = 3
/** Stands in for a text while its place is proven. */
const PROBE = 'switchyard looks where this stands'
/** Anything that stands for itself in JSON. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not stand in a string
const PLAIN = /^[^"\\\u0000-\u001f]*$/

/**
 * Chunks of a streamed answer differ from one to the next in one text alone; id, model and all the rest are said again each time. Once it is known where
 * that text stands, the next chunk is compared with the last one and not parsed, which costs a tenth. Nothing is guessed: the place is proven by reading a
 * chunk with another text in that place, and what differs by one letter elsewhere, or has an escape in its text, is parsed as ever.
 */
export class AlikeChunks {
  /** Up to the quote that opens the text, and from the one that closes it. */
  #before: string | undefined
  #after = ''
  #misses = 0

  /** The text of a chunk that says nothing else that is new; undefined: it has to be parsed. */
  textOf(data: string): string | undefined {
    if (this.#before === undefined || !this.#isAlike(data, this.#before)) return undefined
    this.#misses = 0
    const text = data.slice(this.#before.length, data.length - this.#after.length)
    return PLAIN.test(text) ? text : undefined
  }

  /** @param data a chunk that was read as nothing but `text` @param textOf what a chunk like it would be read as */
  learn(data: string, text: string, textOf: (chunk: JsonValue | undefined) => string | undefined): void {
    if (this.#misses >= MOST_MISSES || text === PROBE || (this.#before !== undefined && this.#isAlike(data, this.#before))) return
    this.#misses++
    const written = JSON.stringify(text)
    const start = data.lastIndexOf(written)
    if (start < 0) return
    const before = data.slice(0, start + 1)
    const after = data.slice(start + written.length - 1)
    if (textOf(parseJson(before + PROBE + after)) !== PROBE) return
    // as texts of their own: what is cut out of another is slow to compare, and keeps it in memory
    this.#before = Buffer.from(before).toString()
    this.#after = Buffer.from(after).toString()
  }

  /** What came between may have changed what the same chunk means. */
  forget(): void {
    this.#before = undefined
  }

  #isAlike(data: string, before: string): boolean {
    return data.length >= before.length + this.#after.length && data.startsWith(before) && data.endsWith(this.#after)
  }
}

/** Of events that are nothing but a piece of text; undefined for all others. */
export function onlyText(events: readonly ChatEvent[]): string | undefined {
  const [only] = events
  return events.length === 1 && only?.type === 'text-delta' && only.logprobs === undefined ? only.text : undefined
}
