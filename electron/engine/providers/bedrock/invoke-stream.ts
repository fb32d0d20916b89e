/**
 * Streams of InvokeModel for Claude: Anthropic's own events, each as base64 in a message of AWS's event stream. They are framed anew as the
 * server-sent events that Anthropic would have sent, so that an Anthropic client can be handed them as they are.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html
 */
import type { JsonValue } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { statusOfException } from '../../protocols/bedrock-converse/failure.ts'
import { EventStreamSplitter, EXCEPTION } from '../../protocols/event-stream.ts'
import { isObject, parseJson, textOf } from '../../protocols/json.ts'
import type { FrameSplitter, SseEvent, StreamFrame } from '../../protocols/protocol.ts'
import { sse } from '../../protocols/sse.ts'

export class InvokeStreamSplitter implements FrameSplitter {
  readonly #messages = new EventStreamSplitter()

  push(chunk: Uint8Array): readonly StreamFrame[] {
    const events = this.#messages.push(chunk).map(({ event }) => event && anthropicEvent(event))
    const texts = events.map((event) => (event === undefined ? '' : sse(event.data, event.event)))
    const wire = Buffer.from(texts.join(''))
    let end = 0
    return events.map((event, index) => {
      const start = end
      end += Buffer.byteLength(texts[index] ?? '')
      return { wire: wire.subarray(start, end), event }
    })
  }

  end(): undefined {
    this.#messages.end()
  }
}

/** undefined for messages that are no piece of the answer. @throws Failure 'upstream-unreadable' */
function anthropicEvent({ event, data }: SseEvent): SseEvent | undefined {
  const payload = parseJson(data)
  if (event.startsWith(EXCEPTION)) return errorEvent(event.slice(EXCEPTION.length), isObject(payload) ? textOf(payload.message) : undefined)
  if (event !== 'chunk') return undefined
  const bytes = isObject(payload) ? textOf(payload.bytes) : undefined
  if (bytes === undefined) throw new Failure('upstream-unreadable', 'The provider sent a piece of its stream without content.')
  const text = Buffer.from(bytes, 'base64').toString('utf8')
  const inner = parseJson(text)
  const type = isObject(inner) ? textOf(inner.type) : undefined
  if (type === undefined) throw new Failure('upstream-unreadable', 'The provider sent a streamed event without a type.')
  return { event: type, data: text }
}

const ANTHROPIC_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  403: 'permission_error',
  404: 'not_found_error',
  408: 'timeout_error',
  429: 'rate_limit_error',
  503: 'overloaded_error',
}

function errorEvent(exception: string, message: string | undefined): SseEvent {
  const type = ANTHROPIC_TYPES[statusOfException(exception) ?? 500] ?? 'api_error'
  const value: JsonValue = { type: 'error', error: { type, message: message ?? `Amazon Bedrock broke off: ${exception}` } }
  return { event: 'error', data: JSON.stringify(value) }
}
