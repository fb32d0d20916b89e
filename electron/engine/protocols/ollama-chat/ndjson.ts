/** Streams of one JSON object a line, as Ollama sends them: cut on bytes, so a cut inside a character does no harm. https://github.com/ndjson/ndjson-spec */
import { Failure } from '../../../../shared/failure.ts'
import type { FrameSplitter, StreamFrame } from '../protocol.ts'
import { EVENT_LIMIT_BYTES } from '../sse.ts'

const LF = 10
const NOTHING = Buffer.alloc(0)

export class NdjsonSplitter implements FrameSplitter {
  /** Pieces of the line that is not complete yet; joined once, when it is. */
  #pieces: Uint8Array[] = []
  #held = 0

  push(chunk: Uint8Array): readonly StreamFrame[] {
    const lastEnd = chunk.lastIndexOf(LF)
    if (lastEnd < 0) {
      this.#hold(chunk)
      return []
    }
    const bytes = Buffer.concat([...this.#pieces, chunk.subarray(0, lastEnd + 1)])
    this.#pieces = []
    this.#held = 0
    this.#hold(chunk.subarray(lastEnd + 1))
    const frames: StreamFrame[] = []
    for (let start = 0; start < bytes.length; ) {
      const end = bytes.indexOf(LF, start) + 1
      frames.push(frameOf(bytes.subarray(start, end)))
      start = end
    }
    return frames
  }

  /** A last line without its line feed counts. */
  end(): StreamFrame | undefined {
    const rest = Buffer.concat([...this.#pieces, NOTHING])
    this.#pieces = []
    this.#held = 0
    return rest.length === 0 ? undefined : frameOf(rest)
  }

  #hold(piece: Uint8Array): void {
    if (piece.length === 0) return
    this.#held += piece.length
    if (this.#held > EVENT_LIMIT_BYTES) throw new Failure('upstream-unreadable', 'The provider sent a single streamed line of more than 16 MiB.')
    this.#pieces.push(piece)
  }
}

function frameOf(wire: Buffer): StreamFrame {
  const data = wire.toString('utf8').trim()
  return { wire, event: data === '' ? undefined : { event: '', data } }
}

/** One object as a line. */
export function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}
