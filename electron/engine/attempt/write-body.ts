/** The body that goes to an endpoint: the client's own bytes where both speak the same format, otherwise written anew from the view. */
import type { JsonObject } from '../../../shared/chat.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import { codecs } from '../protocols/codecs.ts'
import type { WriteTarget } from '../protocols/protocol.ts'
import { patchTopLevel } from '../protocols/relay-body.ts'
import type { ChatRequest } from '../request.ts'

export interface WrittenBody {
  readonly bytes: Uint8Array
  /** Names of the request fields that the endpoint's format could not carry. */
  readonly dropped: readonly string[]
}

export function targetOf({ view }: ChatRequest, endpoint: Endpoint): WriteTarget {
  return { provider: endpoint.provider, upstreamModel: endpoint.upstreamModel, stream: view.stream, outputLimit: endpoint.limits.output }
}

/** @throws Failure 'bad-request' when the endpoint's format has no way to say this at all */
export function writeBody(request: ChatRequest, endpoint: Endpoint): WrittenBody {
  const codec = codecs[endpoint.protocol]
  const target = targetOf(request, endpoint)
  if (request.wire.codec === codec) return { bytes: patchTopLevel(request.wire.bytes, codec.relayEdits(request.view, target)), dropped: [] }
  const { body, dropped } = translate(request, endpoint)
  return { bytes: Buffer.from(JSON.stringify(body)), dropped }
}

/** What `writeBody` would leave out, without writing any bytes. Pure, so that a plan can ask for it. */
export function droppedBy(request: ChatRequest, endpoint: Endpoint): readonly string[] {
  return request.wire.codec === codecs[endpoint.protocol] ? [] : translate(request, endpoint).dropped
}

function translate(request: ChatRequest, endpoint: Endpoint): { readonly body: JsonObject; readonly dropped: readonly string[] } {
  const { body, dropped } = codecs[endpoint.protocol].writeRequest(request.view, targetOf(request, endpoint))
  return { body, dropped: [...new Set([...dropped, ...Object.keys(request.view.unmodelled)])] }
}
