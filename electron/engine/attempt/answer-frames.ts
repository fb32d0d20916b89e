import type { ChatEvent, JsonObject } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { FrameSplitter, StreamFrame, UpstreamFormat } from '../protocols/protocol.ts'
import type { Frame } from '../request.ts'
import type { Deadline } from './deadline.ts'

const NOTHING = new Uint8Array(0)

/**
 * A streamed answer as frames, one for each piece that arrives, under its deadline. `hideUsage` keeps token counts that only we asked for from the
 * client. Leaving early closes the connection to the provider. All in one generator, for another one round it costs as much as reading a frame.
 */
export async function* streamFrames(
  body: AsyncIterable<Uint8Array>,
  splitter: FrameSplitter,
  codec: UpstreamFormat,
  hideUsage: boolean,
  deadline: Deadline,
): AsyncGenerator<Frame> {
  const reader = codec.reader()
  const read = (frame: StreamFrame): { events: readonly ChatEvent[]; hidden: boolean } => {
    if (frame.event === undefined) return { events: [], hidden: false }
    const events = reader.read(frame.event)
    return { events, hidden: hideUsage && reader.usageOnly }
  }
  try {
    for await (const chunk of body) {
      deadline.handingOver()
      const frames = splitter.push(chunk)
      const [first] = frames
      if (first === undefined) {
        deadline.listening()
        continue
      }
      let events: readonly ChatEvent[] = []
      // frames of one push lie side by side in one buffer: what is sent on is one view of it
      let start = first.wire.byteOffset
      let end = start
      let unreadable: unknown
      for (const frame of frames) {
        let piece: ReturnType<typeof read>
        try {
          piece = read(frame)
        } catch (thrown) {
          // what came before it is good and goes out first
          unreadable = thrown
          break
        }
        events = joined(events, piece.events)
        const after = frame.wire.byteOffset + frame.wire.byteLength
        if (piece.hidden) {
          if (end > start || events.length > 0) yield { wire: new Uint8Array(first.wire.buffer, start, end - start), events }
          events = []
          start = after
        }
        end = after
      }
      if (end > start || events.length > 0) yield { wire: new Uint8Array(first.wire.buffer, start, end - start), events }
      if (unreadable !== undefined) throw unreadable
      deadline.listening()
    }
    const last = splitter.end()
    if (last !== undefined) {
      const { events, hidden } = read(last)
      yield { wire: hidden ? NOTHING : last.wire, events }
    }
    const closing = reader.end()
    if (closing.length > 0) yield { wire: NOTHING, events: closing }
  } catch (thrown) {
    throw deadline.explain(thrown)
  } finally {
    deadline.done()
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
