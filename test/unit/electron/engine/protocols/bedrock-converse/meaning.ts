/** Reads bytes of a Converse stream and tells what an answer amounts to, whatever the sizes of its pieces. */
import { bedrockConverse } from '../../../../../../electron/engine/protocols/bedrock-converse/bedrock-converse.ts'
import type { FrameSplitter, UpstreamFormat } from '../../../../../../electron/engine/protocols/protocol.ts'
import { SseSplitter } from '../../../../../../electron/engine/protocols/sse.ts'
import type { ChatEvent } from '../../../../../../shared/chat.ts'

export function readStream(pieces: Iterable<Uint8Array>, format: UpstreamFormat = bedrockConverse, framing?: FrameSplitter): readonly ChatEvent[] {
  const splitter = framing ?? format.splitter?.() ?? new SseSplitter()
  const reader = format.reader()
  const events: ChatEvent[] = []
  for (const piece of pieces) for (const frame of splitter.push(piece)) if (frame.event !== undefined) events.push(...reader.read(frame.event))
  const last = splitter.end()?.event
  if (last !== undefined) events.push(...reader.read(last))
  return [...events, ...reader.end()]
}
