/** What an answer amounts to, whatever the sizes of its pieces. */

import { anthropicMessages } from '../../../../../../electron/engine/protocols/anthropic-messages/anthropic-messages.ts'
import { SseSplitter } from '../../../../../../electron/engine/protocols/sse.ts'
import type { ChatEvent, Tokens } from '../../../../../../shared/chat.ts'

export function readStream(pieces: Iterable<Uint8Array>): readonly ChatEvent[] {
  const splitter = new SseSplitter()
  const reader = anthropicMessages.reader()
  const events: ChatEvent[] = []
  for (const piece of pieces) for (const frame of splitter.push(piece)) if (frame.event !== undefined) events.push(...reader.read(frame.event))
  const last = splitter.end()?.event
  if (last !== undefined) events.push(...reader.read(last))
  return [...events, ...reader.end()]
}

export function readText(stream: string): readonly ChatEvent[] {
  return readStream([new TextEncoder().encode(stream)])
}

export interface Meaning {
  text: string
  reasoning: string
  refusal: string
  readonly toolCalls: { id: string; name: string; arguments: string; ended: boolean }[]
  readonly signatures: { signature?: string; redacted?: string; format: string }[]
  readonly opaque: string[]
  tokens: Tokens
  finish: string | undefined
  raw: string | undefined
  id: string | undefined
  model: string | undefined
}

export function meaningOf(events: readonly ChatEvent[]): Meaning {
  const meaning: Meaning = {
    text: '',
    reasoning: '',
    refusal: '',
    toolCalls: [],
    signatures: [],
    opaque: [],
    tokens: {},
    finish: undefined,
    raw: undefined,
    id: undefined,
    model: undefined,
  }
  for (const event of events) {
    switch (event.type) {
      case 'response-start':
        meaning.id = event.id
        meaning.model = event.model
        break
      case 'text-delta':
        meaning.text += event.text
        break
      case 'refusal-delta':
        meaning.refusal += event.text
        break
      case 'reasoning-delta':
        meaning.reasoning += event.text
        break
      case 'reasoning-signature': {
        const { type: _type, ...signature } = event
        meaning.signatures.push(signature)
        break
      }
      case 'tool-call-start':
        meaning.toolCalls[event.index] = { id: event.id, name: event.name, arguments: '', ended: false }
        break
      case 'tool-call-delta':
        callOf(meaning, event.index).arguments += event.arguments
        break
      case 'tool-call-end':
        callOf(meaning, event.index).ended = true
        break
      case 'opaque':
        meaning.opaque.push(JSON.stringify(event.value))
        break
      case 'usage':
        meaning.tokens = event.tokens
        break
      case 'finish':
        meaning.finish = event.reason
        meaning.raw = event.raw
        break
      case 'error':
        throw new Error(`in band: ${event.message}`)
    }
  }
  return meaning
}

function callOf(meaning: Meaning, index: number): Meaning['toolCalls'][number] {
  const call = meaning.toolCalls[index]
  if (call === undefined) throw new Error(`tool call ${index} was never begun`)
  return call
}
