/** The body that goes to an endpoint: the client's own bytes where both speak the same format, otherwise written anew from the view. */
import type { JsonObject } from '../../../shared/chat.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import { upstreamFormats } from '../protocols/codecs.ts'
import type { WriteTarget } from '../protocols/protocol.ts'
import { patchTopLevel } from '../protocols/relay-body.ts'
import type { Adaptation, ProviderDefinition } from '../providers/define.ts'
import type { ChatRequest, Incoming } from '../request.ts'
import { providerHeaders } from './headers.ts'

export interface WrittenBody {
  readonly bytes: Uint8Array
  /** Names of the request fields that the endpoint's format could not carry. */
  readonly dropped: readonly string[]
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

/** @throws Failure 'bad-request' when the endpoint's format has no way to say this at all */
export function writeBody(request: ChatRequest, endpoint: Endpoint, adaptation: Adaptation): WrittenBody {
  const format = upstreamFormats[endpoint.protocol]
  const { edits, dropped: refused = [] } = adaptation
  if (request.wire.codec.id === format.id) {
    return { bytes: patchTopLevel(request.wire.bytes, { ...format.relayEdits(request.view, targetOf(request, endpoint)), ...edits }), dropped: refused }
  }
  const { body, dropped } = translate(request, endpoint)
  return { bytes: Buffer.from(JSON.stringify({ ...body, ...edits })), dropped: [...new Set([...dropped, ...refused])] }
}

/** The same body without a top-level field that a provider has refused. */
export function withoutField({ bytes, dropped }: WrittenBody, field: string): WrittenBody {
  return { bytes: patchTopLevel(bytes, { [field]: undefined }), dropped: dropped.includes(field) ? dropped : [...dropped, field] }
}

/** What `writeBody` would leave out, without writing any bytes. Pure, so that a plan can ask for it. */
export function droppedBy(request: ChatRequest, endpoint: Endpoint, { dropped: refused = [] }: Adaptation): readonly string[] {
  const isRelay = request.wire.codec.id === endpoint.protocol
  return isRelay ? refused : [...new Set([...translate(request, endpoint).dropped, ...refused])]
}

function translate(request: ChatRequest, endpoint: Endpoint): { readonly body: JsonObject; readonly dropped: readonly string[] } {
  return upstreamFormats[endpoint.protocol].writeRequest(request.view, targetOf(request, endpoint))
}
