/** The body that goes to an endpoint: the client's own bytes where both speak the same format, otherwise written anew from the view. */
import type { ChatView, Protocol } from '../../../shared/chat.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import { type Marks, markedFields, withMarks } from '../protocols/automatic-marks.ts'
import { upstreamFormats } from '../protocols/codecs.ts'
import type { AddressedPart, UpstreamFormat, WriteTarget, WrittenRequest } from '../protocols/protocol.ts'
import { patchTopLevel } from '../protocols/relay-body.ts'
import type { Adaptation, ProviderDefinition } from '../providers/define.ts'
import type { ChatRequest, Incoming } from '../request.ts'
import { providerHeaders } from './headers.ts'
import { addressed, asIfFetched } from './media-bytes.ts'

export interface WrittenBody {
  readonly bytes: Uint8Array
  /** Names of the request fields that the endpoint's format could not carry. */
  readonly dropped: readonly string[]
  /** See `WrittenRequest`. */
  readonly toolNames?: ReadonlyMap<string, string>
  readonly cutAt?: readonly string[]
}

/** The endpoint with the format that it takes this request in. */
export function spoken(endpoint: Endpoint, provider: ProviderDefinition, { view, wire }: ChatRequest): Endpoint {
  const protocol = provider.protocolFor?.({ upstreamModel: endpoint.upstreamModel, view, dialect: wire.codec.id })
  return protocol === undefined || protocol === endpoint.protocol ? endpoint : { ...endpoint, protocol }
}

export function targetOf({ view }: ChatRequest, endpoint: Endpoint): WriteTarget {
  return { provider: endpoint.provider, upstreamModel: endpoint.upstreamModel, stream: view.stream, outputLimit: endpoint.limits.output }
}

const UNCHANGED: Adaptation = { edits: {}, dropped: [] }

/** What a provider changes in every body of its format, given the headers it would be sent with. */
export function adaptationFor(provider: ProviderDefinition, client: Incoming['headers']): Adaptation {
  return provider.adapt?.(providerHeaders(provider, undefined, client)) ?? UNCHANGED
}

/**
 * @param marks for the provider's prompt cache, to be set beside what the client has sent
 * @throws Failure 'bad-request' when the endpoint's format has no way to say this at all
 */
export function writeBody(request: ChatRequest, endpoint: Endpoint, adaptation: Adaptation, marks?: Marks): WrittenBody {
  const format = upstreamFormats[endpoint.protocol]
  const { edits, dropped: refused = [] } = adaptation
  if (request.wire.codec.id === format.id) {
    const relay = format.relayEdits(request.view, targetOf(request, endpoint), request.wire.body)
    const marked = marks && markedFields({ ...request.wire.body, ...relay.fields }, format.id, marks)
    return { bytes: patchTopLevel(request.wire.bytes, { ...relay.fields, ...marked, ...edits }), dropped: both(relay.dropped, refused) }
  }
  const { body, dropped, ...restoring } = translate(marks?.on === 'blocks' ? { ...request, view: withMarks(request.view, marks) } : request, endpoint)
  const whole = marks?.on === 'whole-prompt' ? markedFields({}, format.id, marks) : undefined
  return { ...restoring, bytes: Buffer.from(JSON.stringify({ ...body, ...whole, ...edits })), dropped: both(dropped, refused) }
}

/** The same body without a top-level field that a provider has refused. */
export function withoutField(written: WrittenBody, field: string): WrittenBody {
  return { ...written, bytes: patchTopLevel(written.bytes, { [field]: undefined }), dropped: both(written.dropped, [field]) }
}

/** What `writeBody` would leave out, without writing any bytes. Pure, so that a plan can ask for it. */
export function droppedBy(request: ChatRequest, endpoint: Endpoint, provider: ProviderDefinition): readonly string[] {
  const { dropped: refused = [] } = adaptationFor(provider, request.incoming.headers)
  const format = upstreamFormats[endpoint.protocol]
  if (request.wire.codec.id === format.id) return both(format.relayEdits(request.view, targetOf(request, endpoint), request.wire.body).dropped, refused)
  const parts = addressed(request.view, refusesAddress(provider, format, targetOf(request, endpoint)))
  return both(translate({ ...request, view: asIfFetched(request.view, parts) }, endpoint).dropped, refused)
}

/** Which pictures and documents an endpoint does not fetch from their addresses. */
export function refusesAddress(provider: ProviderDefinition, format: UpstreamFormat, target: WriteTarget): (part: AddressedPart) => boolean {
  return (part) => provider.refusesAddresses === true || format.refusesAddress?.(part, target) === true
}

function both(some: readonly string[], more: readonly string[]): readonly string[] {
  return more.length === 0 ? some : [...new Set([...some, ...more])]
}

function translate(request: ChatRequest, endpoint: Endpoint): WrittenRequest {
  const written = upstreamFormats[endpoint.protocol].writeRequest(request.view, targetOf(request, endpoint))
  // a block that only the client's format knows takes the mark on it along
  return written.dropped.length > 0 && hasForeignMark(request.view, endpoint.protocol)
    ? { ...written, dropped: both(written.dropped, ['cache_control']) }
    : written
}

function hasForeignMark({ messages }: ChatView, protocol: Protocol): boolean {
  return messages.some(({ parts }) => parts.some((part) => part.type === 'opaque' && part.protocol !== protocol && 'cache_control' in part.value))
}
