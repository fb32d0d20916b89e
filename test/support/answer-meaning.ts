/** What events amount to, and streams of any format read at any cut: for specs that hold formats to their recordings. */

import type { ProtocolCodec } from '../../electron/engine/protocols/protocol.ts'
import { SseSplitter } from '../../electron/engine/protocols/sse.ts'
import { type ChatEvent, type Tokens, totalInput, totalOutput } from '../../shared/chat.ts'
import { cut, type Recording } from './recordings.ts'

export interface Meaning {
  readonly text: string
  readonly reasoning: string
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: unknown }[]
  readonly finish: Extract<ChatEvent, { type: 'finish' }> | undefined
  readonly tokens: Tokens | undefined
  readonly opaque: number
}

export function meaningOf(events: readonly ChatEvent[]): Meaning {
  const text = (type: 'text-delta' | 'reasoning-delta'): string => events.map((event) => (event.type === type ? event.text : '')).join('')
  const calls = events.flatMap((event) => {
    if (event.type !== 'tool-call-start') return []
    const written = events.map((other) => (other.type === 'tool-call-delta' && other.index === event.index ? other.arguments : '')).join('')
    return [{ id: event.id, name: event.name, arguments: written === '' ? {} : (JSON.parse(written) as unknown) }]
  })
  return {
    text: text('text-delta'),
    reasoning: text('reasoning-delta'),
    calls,
    finish: events.find((event) => event.type === 'finish'),
    tokens: events.findLast((event) => event.type === 'usage')?.tokens,
    opaque: events.filter((event) => event.type === 'opaque').length,
  }
}

export const openAiCounts = (tokens: Tokens | undefined): Record<string, number | undefined> => ({
  prompt: totalInput(tokens ?? {}),
  completion: totalOutput(tokens ?? {}),
  cached: tokens?.cacheRead ?? 0,
})

/** @throws when the bytes beside the events are not those that came in */
export function readStream(codec: ProtocolCodec, bytes: Uint8Array, size = Number.POSITIVE_INFINITY): readonly ChatEvent[] {
  const splitter = codec.splitter?.() ?? new SseSplitter()
  const reader = codec.reader()
  const frames = cut(bytes, size).flatMap((piece) => [...splitter.push(piece)])
  const last = splitter.end()
  if (last !== undefined) frames.push(last)
  if (!Buffer.concat(frames.map((frame) => frame.wire)).equals(bytes)) throw new Error('the splitter has changed bytes')
  return [...frames.flatMap((frame) => (frame.event === undefined ? [] : reader.read(frame.event))), ...reader.end()]
}

export function isStream({ response }: { readonly response: string }): boolean {
  return /\.(?:sse|ndjson)$/.test(response)
}

export function eventsOf(codec: ProtocolCodec, recording: Recording): readonly ChatEvent[] {
  if (isStream(recording)) return readStream(codec, recording.body)
  return codec.readWhole(JSON.parse(recording.body.toString('utf8')))
}
