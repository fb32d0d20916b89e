import { gemini } from '../../../../../../electron/engine/protocols/gemini/gemini.ts'
import type { SseEvent } from '../../../../../../electron/engine/protocols/protocol.ts'
import { SseSplitter } from '../../../../../../electron/engine/protocols/sse.ts'
import { type ChatEvent, type Tokens, totalInput, totalOutput } from '../../../../../../shared/chat.ts'
import { cut } from '../../../../../support/recordings.ts'

export interface Meaning {
  readonly text: string
  readonly reasoning: string
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: string; readonly signature: string | undefined }[]
  readonly signatures: readonly string[]
  readonly opaque: readonly unknown[]
  readonly finish: string | undefined
  readonly raw: string | undefined
  readonly tokens: Tokens | undefined
}

/** What an answer's events say when all is told. */
export function meaningOf(events: readonly ChatEvent[]): Meaning {
  const texts = { text: '', reasoning: '' }
  const calls: { id: string; name: string; arguments: string; signature: string | undefined }[] = []
  const signatures: string[] = []
  const opaque: unknown[] = []
  let tokens: Tokens | undefined
  let finish: (ChatEvent & { type: 'finish' }) | undefined
  for (const event of events) {
    if (event.type === 'text-delta') texts.text += event.text
    else if (event.type === 'reasoning-delta') texts.reasoning += event.text
    else if (event.type === 'reasoning-signature') signatures.push(event.signature ?? '')
    else if (event.type === 'tool-call-start') calls[event.index] = { id: event.id, name: event.name, arguments: '', signature: event.signature }
    else if (event.type === 'tool-call-delta') (calls[event.index] as { arguments: string }).arguments += event.arguments
    else if (event.type === 'opaque') opaque.push(event.value)
    else if (event.type === 'usage') tokens = event.tokens
    else if (event.type === 'finish') finish = event
  }
  return { ...texts, calls, signatures, opaque, finish: finish?.reason, raw: finish?.raw, tokens }
}

/** Tokens in OpenAI's terms, as expected.json of the recordings has them. */
export function openAiUsage(tokens: Tokens | undefined): { prompt: number | undefined; completion: number | undefined } {
  return { prompt: totalInput(tokens ?? {}), completion: totalOutput(tokens ?? {}) }
}

/** All events of a stream that arrives in pieces of `size` bytes. */
export function readStream(bytes: Uint8Array, size: number): ChatEvent[] {
  const splitter = new SseSplitter()
  const reader = gemini.reader()
  const events: ChatEvent[] = []
  const read = (event: SseEvent | undefined): void => {
    if (event !== undefined) events.push(...reader.read(event))
  }
  for (const piece of cut(bytes, size)) for (const frame of splitter.push(piece)) read(frame.event)
  read(splitter.end()?.event)
  events.push(...reader.end())
  return events
}
