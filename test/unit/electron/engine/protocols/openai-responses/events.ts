/** What a list of events amounts to, for comparisons. */
import { openaiResponses } from '../../../../../../electron/engine/protocols/openai-responses/openai-responses.ts'
import { SseSplitter } from '../../../../../../electron/engine/protocols/sse.ts'
import type { ChatEvent, JsonObject, Tokens } from '../../../../../../shared/chat.ts'
import { cut } from '../../../../../support/recordings.ts'

export interface Meaning {
  readonly text: string
  readonly refusal: string
  readonly reasoning: string
  readonly calls: readonly { readonly name: string; readonly id: string; readonly arguments: string }[]
  readonly finish: Extract<ChatEvent, { type: 'finish' }> | undefined
  readonly tokens: Tokens | undefined
  readonly signatures: readonly Extract<ChatEvent, { type: 'reasoning-signature' }>[]
  readonly others: readonly JsonObject[]
  readonly error: Extract<ChatEvent, { type: 'error' }> | undefined
}

export function meaningOf(events: readonly ChatEvent[]): Meaning {
  const joined = (type: 'text-delta' | 'refusal-delta' | 'reasoning-delta'): string => events.map((event) => (event.type === type ? event.text : '')).join('')
  return {
    text: joined('text-delta'),
    refusal: joined('refusal-delta'),
    reasoning: joined('reasoning-delta'),
    calls: events.flatMap((event) => {
      if (event.type !== 'tool-call-start') return []
      const text = events.map((other) => (other.type === 'tool-call-delta' && other.index === event.index ? other.arguments : '')).join('')
      return [{ name: event.name, id: event.id, arguments: text }]
    }),
    finish: events.find((event) => event.type === 'finish'),
    tokens: events.findLast((event) => event.type === 'usage')?.tokens,
    signatures: events.filter((event) => event.type === 'reasoning-signature'),
    others: events.flatMap((event) => (event.type === 'opaque' ? [event.value] : [])),
    error: events.find((event) => event.type === 'error'),
  }
}

/** The events of a stream, read in pieces of `size` bytes. */
export function readStream(bytes: Uint8Array, size = Number.POSITIVE_INFINITY): ChatEvent[] {
  const splitter = new SseSplitter()
  const reader = openaiResponses.reader()
  const frames = cut(bytes, size).flatMap((piece) => splitter.push(piece))
  const last = splitter.end()
  if (last !== undefined) frames.push(last)
  return [...frames.flatMap((frame) => (frame.event === undefined ? [] : reader.read(frame.event))), ...reader.end()]
}

export const CONTEXT = { requestId: 'r1', model: 'asked/for', createdAt: 1_700_000_000, wantsUsage: true }

/** The stream of these events, complete. */
export function write(events: readonly ChatEvent[], tools: Parameters<typeof openaiResponses.writer>[0]['tools'] = []): string {
  const writer = openaiResponses.writer({ ...CONTEXT, tools })
  return events.map((event) => writer.write(event)).join('') + writer.end()
}
