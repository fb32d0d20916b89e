import type { ChatEvent, JsonObject } from '../../../shared/chat.ts'
import { Failure, type FailureKind } from '../../../shared/failure.ts'
import type { AnswerReader, FrameSplitter, StreamFrame, UpstreamFormat } from '../protocols/protocol.ts'
import type { Frame } from '../request.ts'
import type { Deadline } from './deadline.ts'

const NOTHING = new Uint8Array(0)
const NO_EVENTS: readonly ChatEvent[] = []

/** What happens to a connection may happen after all of an answer has come over it: servers drop it then, or forget it. */
const AFTER_THE_END: ReadonlySet<FailureKind> = new Set(['stream-broken', 'timeout'])
/** The last event of each format that has one. A reason to finish alone may be told before the last piece. */
const LAST_EVENT = /^\s*\[DONE\]\s*$|"type": ?"(?:message_stop|response\.(?:completed|incomplete))"|"done": ?true/

const OVER: IteratorResult<Frame> = { done: true, value: undefined }

/**
 * A streamed answer as frames, one for each piece that arrives, under its deadline. `hideUsage` keeps token counts that only we asked for from the
 * client. Leaving early closes the connection to the provider. Not a generator, for those cost as much for each piece as reading it.
 */
export class StreamFrames implements AsyncIterableIterator<Frame> {
  readonly #pieces: AsyncIterator<Uint8Array>
  readonly #splitter: FrameSplitter
  readonly #reader: AnswerReader
  readonly #hideUsage: boolean
  readonly #deadline: Deadline
  /** Of the piece that came last, where it gave more than one. */
  #ready: Frame[] = []
  /** Of the event that came last. */
  #lastData = ''
  /** To be thrown once what came before it has gone out. */
  #unreadable: { readonly thrown: unknown } | undefined
  #phase: 'listening' | 'closing' | 'over' = 'listening'

  constructor(body: AsyncIterable<Uint8Array>, splitter: FrameSplitter, codec: UpstreamFormat, hideUsage: boolean, deadline: Deadline) {
    this.#pieces = body[Symbol.asyncIterator]()
    this.#splitter = splitter
    this.#reader = codec.reader()
    this.#hideUsage = hideUsage
    this.#deadline = deadline
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<Frame>> {
    try {
      while (!this.#isOver) {
        const frame = this.#ready.length > 0 ? this.#ready.shift() : this.#phase === 'listening' ? this.#taken(await this.#listen()) : this.#closing()
        if (frame !== undefined) return { done: false, value: frame }
      }
      return OVER
    } catch (thrown) {
      const failure = this.#deadline.explain(thrown)
      await this.return()
      const last = AFTER_THE_END.has(failure.kind) ? this.#complete() : undefined
      if (last === undefined) throw failure
      return last.length > 0 ? { done: false, value: { wire: NOTHING, events: last } } : OVER
    }
  }

  async return(): Promise<IteratorResult<Frame>> {
    const wasListening = this.#phase === 'listening'
    this.#end()
    if (wasListening) await this.#pieces.return?.()
    return OVER
  }

  #listen(): Promise<IteratorResult<Uint8Array>> {
    if (this.#unreadable !== undefined) throw this.#unreadable.thrown
    this.#deadline.listening()
    return this.#pieces.next()
  }

  #taken(piece: IteratorResult<Uint8Array>): Frame | undefined {
    if (piece.done === true) {
      this.#phase = 'closing'
      const last = this.#splitter.end()
      return last && this.#whole(last)
    }
    this.#deadline.handingOver()
    const frames = this.#splitter.push(piece.value)
    const [first] = frames
    if (first === undefined) return undefined
    if (frames.length > 1) return this.#several(frames, first)
    const frame = this.#whole(first)
    return frame.wire.length > 0 || frame.events.length > 0 ? frame : undefined
  }

  #whole({ wire, event }: StreamFrame): Frame {
    const events = event === undefined ? NO_EVENTS : this.#reader.read(event)
    if (event !== undefined) this.#lastData = event.data
    return { wire: this.#isHidden(event) ? NOTHING : wire, events }
  }

  #isHidden(event: StreamFrame['event']): boolean {
    return this.#hideUsage && event !== undefined && this.#reader.usageOnly
  }

  /** Frames of one push lie side by side in one buffer: what is sent on is one view of it, but for what is hidden. */
  #several(frames: readonly StreamFrame[], first: StreamFrame): Frame | undefined {
    const { buffer } = first.wire
    let events: readonly ChatEvent[] = NO_EVENTS
    let start = first.wire.byteOffset
    let end = start
    const give = (): void => {
      if (end > start || events.length > 0) this.#ready.push({ wire: new Uint8Array(buffer, start, end - start), events })
    }
    for (const { wire, event } of frames) {
      try {
        if (event !== undefined) {
          events = joined(events, this.#reader.read(event))
          this.#lastData = event.data
        }
      } catch (thrown) {
        // what came before it is good and goes out first
        this.#unreadable = { thrown }
        break
      }
      const after = wire.byteOffset + wire.byteLength
      if (this.#isHidden(event)) {
        give()
        events = NO_EVENTS
        start = after
      }
      end = after
    }
    give()
    return this.#ready.shift()
  }

  /** The last events of an answer whose end has been told; undefined where it has not, and more was to come. */
  #complete(): readonly ChatEvent[] | undefined {
    if (!LAST_EVENT.test(this.#lastData)) return undefined
    try {
      return this.#reader.end()
    } catch {
      return undefined
    }
  }

  /** What the reader makes of the end of the stream. */
  #closing(): Frame | undefined {
    const events = this.#reader.end()
    this.#end()
    return events.length > 0 ? { wire: NOTHING, events } : undefined
  }

  get #isOver(): boolean {
    return this.#phase === 'over'
  }

  #end(): void {
    this.#phase = 'over'
    this.#deadline.done()
  }
}

function joined(some: readonly ChatEvent[], more: readonly ChatEvent[]): readonly ChatEvent[] {
  if (some.length === 0) return more
  return more.length === 0 ? some : [...some, ...more]
}

/** An answer that comes in one piece, as one frame. @throws Failure 'upstream-unreadable' when it is not JSON of this format. */
export function wholeFrame(wire: Buffer, codec: UpstreamFormat): Frame {
  let parsed: unknown
  try {
    parsed = JSON.parse(wire.toString('utf8'))
  } catch (cause) {
    throw new Failure('upstream-unreadable', { code: 'answer-not-json' }, { cause })
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Failure('upstream-unreadable', { code: 'answer-no-object' })
  return { wire, events: codec.readWhole(parsed as JsonObject) }
}
