/**
 * Stop sequences for models that take none, or fewer: the answer ends here where the model would have been stopped. The model writes on meanwhile and
 * is paid for it, which is why such a `stop` still counts as altered.
 */
import type { ChatEvent, JsonObject, TokenLogprob } from '../../../shared/chat.ts'
import type { AnswerReader, SseEvent, UpstreamFormat } from './protocol.ts'

export function cuttingAt(format: UpstreamFormat, sequences: readonly string[]): UpstreamFormat {
  return {
    ...format,
    reader: () => new CuttingReader(format.reader(), sequences),
    readWhole: (body: JsonObject) => {
      const cutter = new Cutter(sequences)
      return [...cutter.add(format.readWhole(body)), ...cutter.end()]
    },
  }
}

class CuttingReader implements AnswerReader {
  readonly #reader: AnswerReader
  readonly #cutter: Cutter

  constructor(reader: AnswerReader, sequences: readonly string[]) {
    this.#reader = reader
    this.#cutter = new Cutter(sequences)
  }

  get usageOnly(): boolean {
    return this.#reader.usageOnly
  }

  read(event: SseEvent): readonly ChatEvent[] {
    return this.#cutter.add(this.#reader.read(event))
  }

  end(): readonly ChatEvent[] {
    return [...this.#cutter.add(this.#reader.end()), ...this.#cutter.end()]
  }
}

class Cutter {
  readonly #sequences: readonly string[]
  /** The end of the text so far, as long as it may be the beginning of a sequence. */
  #held = ''
  /** Of tokens that have not been told yet. */
  #logprobs: TokenLogprob[] = []
  #cutAt: string | undefined
  #finishTold = false
  /** Calls that began before the cut; what follows of them is part of the answer. */
  readonly #calls = new Set<number>()

  constructor(sequences: readonly string[]) {
    this.#sequences = sequences.filter((sequence) => sequence !== '')
  }

  add(events: readonly ChatEvent[]): readonly ChatEvent[] {
    return events.flatMap((event) => this.#take(event))
  }

  end(): readonly ChatEvent[] {
    return this.#release()
  }

  #take(event: ChatEvent): readonly ChatEvent[] {
    if (event.type === 'usage' || event.type === 'response-start') return [event]
    if (this.#cutAt !== undefined) return this.#afterCut(event, this.#cutAt)
    if (event.type === 'text-delta') {
      this.#logprobs.push(...(event.logprobs ?? []))
      return this.#text(event.text)
    }
    if (event.type === 'tool-call-start') this.#calls.add(event.index)
    return [...this.#release(), event]
  }

  #text(piece: string): readonly ChatEvent[] {
    const text = this.#held + piece
    let place = -1
    let completeAt = Number.POSITIVE_INFINITY
    for (const sequence of this.#sequences) {
      const found = text.indexOf(sequence)
      const completes = found + sequence.length
      // a model is stopped by the sequence that is complete first, wherever others began
      if (found < 0 || completes > completeAt || (completes === completeAt && found >= place)) continue
      place = found
      completeAt = completes
      this.#cutAt = sequence
    }
    const end = place >= 0 ? place : text.length - this.#heldBack(text)
    this.#held = place >= 0 ? '' : text.slice(end)
    return end === 0 ? [] : [this.#delta(text.slice(0, end))]
  }

  /** How many characters at the end of `text` a sequence begins with. */
  #heldBack(text: string): number {
    let most = 0
    for (const sequence of this.#sequences) {
      for (let length = Math.min(sequence.length - 1, text.length); length > most; length--) {
        if (text.endsWith(sequence.slice(0, length))) most = length
      }
    }
    return most
  }

  #afterCut(event: ChatEvent, stopSequence: string): readonly ChatEvent[] {
    switch (event.type) {
      case 'tool-call-delta':
      case 'tool-call-end':
        return this.#calls.has(event.index) ? [event] : []
      case 'finish':
      case 'error':
        if (this.#finishTold) return []
        this.#finishTold = true
        return [{ type: 'finish', reason: 'stop', raw: 'stop_sequence', stopSequence }]
      default:
        return []
    }
  }

  #release(): readonly ChatEvent[] {
    const text = this.#held
    this.#held = ''
    return text === '' && this.#logprobs.length === 0 ? [] : [this.#delta(text)]
  }

  #delta(text: string): ChatEvent {
    const logprobs = this.#logprobs
    this.#logprobs = []
    return { type: 'text-delta', text, ...(logprobs.length > 0 && { logprobs }) }
  }
}
