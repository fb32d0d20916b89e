/** The body that goes to an endpoint: the client's own bytes where both speak the same format, otherwise written anew from the view. */
import type { ChatView, JsonObject, JsonValue, Protocol } from '../../../shared/chat.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import { asBuffer } from '../as-buffer.ts'
import { betasLostInTranslation } from '../protocols/anthropic-messages/betas.ts'
import { type Marks, markedFields, withMarks } from '../protocols/automatic-marks.ts'
import { upstreamFormats } from '../protocols/codecs.ts'
import { withDistinctTools } from '../protocols/distinct-tools.ts'
import { sealOf } from '../protocols/earlier-thoughts.ts'
import { inWords } from '../protocols/in-words.ts'
import { objectOf } from '../protocols/json.ts'
import { thoughtName } from '../protocols/left-out.ts'
import type { AddressedPart, UpstreamFormat, WriteTarget, WrittenRequest } from '../protocols/protocol.ts'
import { patchTopLevel, topLevelText } from '../protocols/relay-body.ts'
import { filesOutOfSystem } from '../protocols/system-files.ts'
import type { Adaptation, ProviderDefinition } from '../providers/define.ts'
import type { ChatRequest, Incoming } from '../request.ts'
import { providerHeaders } from './headers.ts'
import { addressed, asIfFetched } from './media-bytes.ts'
import type { RefusedFields } from './refused-fields.ts'
import type { IsRefused } from './refused-thoughts.ts'

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
    const fields = marked === undefined && adaptation === UNCHANGED ? relay.fields : { ...relay.fields, ...marked, ...edits }
    return { bytes: patchTopLevel(request.wire.bytes, fields, Object.keys(request.wire.body)), dropped: both(relay.dropped, refused) }
  }
  const { body, dropped, ...restoring } = translate(marks?.on === 'blocks' ? { ...request, view: withMarks(request.view, marks) } : request, endpoint)
  const whole = marks?.on === 'whole-prompt' ? markedFields({}, format.id, marks) : undefined
  return { ...restoring, bytes: Buffer.from(JSON.stringify({ ...body, ...whole, ...edits })), dropped: both(both(dropped, refused), lostBetas(request)) }
}

/** The same body without top-level fields that a provider has refused. */
export function withoutFields(written: WrittenBody, fields: readonly string[]): WrittenBody {
  if (fields.length === 0) return written
  let { bytes } = written
  for (const field of fields) bytes = withoutField(bytes, field)
  return { ...written, bytes, dropped: both(written.dropped, fields) }
}

/** The same body without the reasoning of earlier turns that a provider has refused; the very same one where it holds none of it. */
export function withoutThoughts(written: WrittenBody, format: UpstreamFormat, target: WriteTarget, isRefused: IsRefused): WrittenBody {
  if (format.withoutThoughts === undefined) return written
  let isChanged = false
  const isLeftOut = (thought: JsonObject): boolean => {
    const isGone = isRefused(sealOf(thought))
    isChanged ||= isGone
    return isGone
  }
  const body = format.withoutThoughts(JSON.parse(asBuffer(written.bytes).toString('utf8')) as JsonObject, target, isLeftOut)
  if (!isChanged) return written
  return { ...written, bytes: Buffer.from(JSON.stringify(body)), dropped: both(written.dropped, [thoughtName({ format: format.id })]) }
}

/** Fields that are refused without the one they belong to. */
const COMPANIONS: Readonly<Record<string, readonly string[]>> = { logprobs: ['top_logprobs'], 'generationConfig.responseLogprobs': ['logprobs'] }

function withoutField(bytes: Uint8Array, field: string): Uint8Array {
  const companions = COMPANIONS[field] ?? []
  const [outer = '', inner] = field.split('.', 2)
  if (inner === undefined) return patchTopLevel(bytes, Object.fromEntries([field, ...companions].map((name) => [name, undefined])))
  const holder = topLevelText(bytes, outer)
  if (holder === undefined) return bytes
  const gone: ReadonlySet<string> = new Set([inner, ...companions])
  const left = Object.entries(JSON.parse(holder) as JsonObject).filter(([name]) => !gone.has(name))
  return patchTopLevel(bytes, { [outer]: left.length === 0 ? undefined : Object.fromEntries(left) })
}

/** The JSON of a field of the body, or of a field of one of its fields as in `reasoning.effort`. */
export function fieldText(bytes: Uint8Array, field: string): string | undefined {
  const [outer = '', inner] = field.split('.', 2)
  const text = topLevelText(bytes, outer)
  if (inner === undefined || text === undefined) return text
  const value = objectOf(JSON.parse(text) as JsonValue)?.[inner]
  return value === undefined ? undefined : JSON.stringify(value)
}

/** What `writeBody` would leave out, without writing any bytes. Pure, so that a plan can ask for it. */
export function droppedBy(request: ChatRequest, endpoint: Endpoint, provider: ProviderDefinition, known: RefusedFields): readonly string[] {
  const { dropped: refused = [] } = adaptationFor(provider, request.incoming.headers)
  const format = upstreamFormats[endpoint.protocol]
  if (request.wire.codec.id === format.id) {
    const { dropped } = format.relayEdits(request.view, targetOf(request, endpoint), request.wire.body)
    return both(both(dropped, refused), refusedIn(request.wire.body, endpoint, known))
  }
  const parts = addressed(request.view, refusesAddress(provider, format, targetOf(request, endpoint)))
  const { body, dropped } = translate({ ...request, view: asIfFetched(request.view, parts) }, endpoint)
  return both(both(both(dropped, refused), lostBetas(request)), refusedIn(body, endpoint, known))
}

function lostBetas({ wire, incoming }: ChatRequest): readonly string[] {
  return wire.codec.id === 'anthropic-messages' ? betasLostInTranslation(incoming.headers['anthropic-beta']) : []
}

/** Which pictures and documents an endpoint does not fetch from their addresses. */
export function refusesAddress(provider: ProviderDefinition, format: UpstreamFormat, target: WriteTarget): (part: AddressedPart) => boolean {
  return (part) => provider.refusesAddresses === true || format.refusesAddress?.(part, target) === true
}

function refusedIn(body: JsonObject, endpoint: Endpoint, known: RefusedFields): readonly string[] {
  return known.among(endpoint.id, (field) => {
    const [outer = '', inner] = field.split('.', 2)
    const value = inner === undefined ? body[outer] : objectOf(body[outer])?.[inner]
    return value === undefined ? undefined : JSON.stringify(value)
  })
}

function both(some: readonly string[], more: readonly string[]): readonly string[] {
  if (some.length === 0) return more
  return more.length === 0 ? some : [...new Set([...some, ...more])]
}

function translate(request: ChatRequest, endpoint: Endpoint): WrittenRequest {
  const lost: string[] = []
  const view = withDistinctTools(filesOutOfSystem(inWords(request.view, endpoint.protocol), endpoint.protocol), (name) => lost.push(name))
  const whole = upstreamFormats[endpoint.protocol].writeRequest(view, targetOf(request, endpoint))
  const written = lost.length === 0 ? whole : { ...whole, dropped: both(whole.dropped, lost) }
  // a block that only the client's format knows takes the mark on it along
  return written.dropped.length > 0 && hasForeignMark(request.view, endpoint.protocol)
    ? { ...written, dropped: both(written.dropped, ['cache_control']) }
    : written
}

function hasForeignMark({ messages }: ChatView, protocol: Protocol): boolean {
  return messages.some(({ parts }) => parts.some((part) => part.type === 'opaque' && part.protocol !== protocol && 'cache_control' in part.value))
}
