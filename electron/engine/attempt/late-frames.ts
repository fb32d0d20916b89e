import type { ChatEvent } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { AnswerReader, StreamFrame } from '../protocols/protocol.ts'
import type { Frame } from '../request.ts'

/** Frames whose events are read when somebody asks for those of one: all that have gathered by then in a row. */
export class LateFrames {
  readonly #reader: AnswerReader
  #waiting: LateFrame[] = []
  #failure: Failure | undefined

  constructor(reader: AnswerReader) {
    this.#reader = reader
  }

  /** @param frames those that lie in `wire` */
  hold(wire: Uint8Array, frames: readonly StreamFrame[]): Frame {
    const late = new LateFrame(wire, frames, this)
    this.#waiting.push(late)
    return late
  }

  /** To be called before the reader reads anything else. @throws Failure 'upstream-unreadable' */
  read(): void {
    this.gather()
    if (this.#failure !== undefined) throw this.#failure
  }

  /** @internal Behind a frame that cannot be read there are no events. */
  gather(): void {
    const waiting = this.#waiting
    if (waiting.length === 0) return
    this.#waiting = []
    for (const late of waiting) this.#failure ??= late.read(this.#reader)
  }
}

class LateFrame implements Frame {
  readonly wire: Uint8Array
  readonly mayWait = true
  readonly #frames: readonly StreamFrame[]
  readonly #among: LateFrames
  #events: readonly ChatEvent[] | Failure | undefined

  constructor(wire: Uint8Array, frames: readonly StreamFrame[], among: LateFrames) {
    this.wire = wire
    this.#frames = frames
    this.#among = among
  }

  /** @throws Failure 'upstream-unreadable' */
  get events(): readonly ChatEvent[] {
    if (this.#events === undefined) this.#among.gather()
    if (this.#events instanceof Failure) throw this.#events
    return this.#events ?? []
  }

  /** What is wrong with it; undefined: nothing. */
  read(reader: AnswerReader): Failure | undefined {
    try {
      const [only, another] = this.#frames
      const read = ({ event }: StreamFrame): readonly ChatEvent[] => (event === undefined ? [] : reader.read(event))
      this.#events = only !== undefined && another === undefined ? read(only) : this.#frames.flatMap(read)
      return undefined
    } catch (thrown) {
      const failure = Failure.from(thrown)
      this.#events = failure
      return failure
    }
  }
}
