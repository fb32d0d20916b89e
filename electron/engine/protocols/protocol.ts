import type { ChatDialect, ChatEvent, ChatView, ClientProtocol, JsonObject, JsonValue, Media, Part, Protocol, Tool } from '../../../shared/chat.ts'
import { FAILURES, type Failure, type FailureKind } from '../../../shared/failure.ts'
import type { IsLeftOut } from './earlier-thoughts.ts'

/**
 * A wire format, both ways: reads what clients send and writes what providers take; reads what providers answer and writes what
 * clients expect. Pure: bytes and objects in, bytes and objects out. Four small halves, so that each ingress meets each upstream
 * through `ChatView` and `ChatEvent` alone.
 */
export interface ProtocolCodec extends UpstreamFormat, ClientFormat {
  readonly id: ClientProtocol
}

/** A picture or document that is named by its address. */
export type AddressedPart = Extract<Part, { type: 'image' | 'document' }> & { readonly media: Extract<Media, { kind: 'url' }> }

/** The half that talks to providers: writes their requests and reads their answers. */
export interface UpstreamFormat {
  readonly id: Protocol

  /** The view as a body for a provider of this format, with the client fields it could not carry (names as in the client's dialect where known). */
  writeRequest(view: ChatView, target: WriteTarget): WrittenRequest
  /** What to change when a client's own body goes to a provider of the same format. */
  relayEdits(view: ChatView, target: WriteTarget, body: JsonObject): RelayEdits
  /** Whether this picture or document has to come as bytes, since providers of this format fetch none from its address. Absent: they fetch all. */
  refusesAddress?(part: AddressedPart, target: WriteTarget): boolean
  /** Top-level fields of a client's own body with these files, by their addresses, as bytes in it. */
  inlined?(body: JsonObject, files: ReadonlyMap<string, Media>): Readonly<Record<string, JsonValue>>
  /** A body of this format without reasoning of earlier turns (see earlier-thoughts.ts). Absent: none of it is ever refused. */
  withoutThoughts?(body: JsonObject, target: WriteTarget, isLeftOut: IsLeftOut): JsonObject
  /** Path and query below the provider's base URL, starting with '/'. */
  path(target: WriteTarget): string

  /** Reads one streamed answer; a new reader for each. */
  reader(): AnswerReader
  /** How a stream of this format is cut into events; absent: server-sent events. A new splitter for each stream. */
  readonly splitter?: () => FrameSplitter
  /** The events of an answer that came whole. @throws Failure 'upstream-unreadable' when it is no answer of this format. */
  readWhole(body: JsonObject): readonly ChatEvent[]
  /** What an error status of a provider means, out of its status, headers (lower-case names) and body text (maybe HTML or empty). */
  classify(status: number, headers: Readonly<Record<string, string | undefined>>, body: string): Failure
}

/** The half that talks to clients: reads their requests and writes their answers. A door onto the conversations of another format has only this. */
export interface ClientFormat {
  readonly id: ChatDialect

  /**
   * The body as this dialect has it, for clients that mix dialects up; the very same one where they do not. Absent: none is known that does.
   * @throws Failure 'bad-request' naming the field.
   */
  inOwnShapes?(body: JsonObject): JsonObject
  /**
   * A client's request as the canonical view. Lenient about what it does not know (see `unmodelled`).
   * @throws Failure 'bad-request' naming the field in `param`.
   */
  readRequest(body: JsonObject, route: RouteFacts): ChatView
  /** Writes one streamed answer; a new writer for each. */
  writer(context: AnswerContext): AnswerWriter
  writeWhole(events: readonly ChatEvent[], context: AnswerContext): JsonObject
  /** The error body of this dialect. */
  writeFailure(failure: Failure, requestId: string): JsonObject
  /** Statuses that this dialect's clients know a failure by, where they are not the table's. */
  readonly statuses?: Readonly<Partial<Record<FailureKind, number>>>
  /** Failures that clients which asked for a stream look for in the stream alone, even when nothing else is in it. */
  readonly toldInStream?: ReadonlySet<FailureKind>
  /** The header in which the dialect's official clients look for the id of a request, to show it and to log it. */
  readonly requestIdHeader?: string
  /** Content type of this dialect's streams. */
  readonly streamType: string
  /** What may stand between two events of a stream to show that it lives; absent where the dialect's official client takes nothing of the kind. */
  readonly keepAlive?: string
}

/** The status that a client of this dialect gets for a failure. */
export function statusTowards({ statuses }: Pick<ClientFormat, 'statuses'>, kind: FailureKind): number {
  return statuses?.[kind] ?? FAILURES[kind].status
}

/** What the URL said rather than the body (Gemini names model and streaming there). */
export interface RouteFacts {
  readonly model?: string
  readonly stream?: boolean
}

export interface WriteTarget {
  readonly provider: string
  readonly upstreamModel: string
  readonly stream: boolean
  /** The model's own output limit where known: formats that demand a limit fill it in from here. */
  readonly outputLimit: number | undefined
}

export interface WrittenRequest {
  readonly body: JsonObject
  readonly dropped: readonly string[]
  /** The client's tool names by those that took their place in the body, where some had to change (see tool-names.ts). */
  readonly toolNames?: ReadonlyMap<string, string>
  /** Stop sequences that the model was not told of, at which the answer has to be cut here (see local-stop.ts). */
  readonly cutAt?: readonly string[]
}

export interface RelayEdits {
  /** Top-level fields to set, or with undefined to remove. */
  readonly fields: Readonly<Record<string, JsonValue | undefined>>
  /** What the client asked for and loses by them, as in `WrittenRequest`. */
  readonly dropped: readonly string[]
}

/** Cuts a byte stream into events and keeps the bytes beside them. */
export interface FrameSplitter {
  /** Complete frames of everything pushed so far; frames of one push lie side by side in one buffer. @throws Failure 'upstream-unreadable' */
  push(chunk: Uint8Array): readonly StreamFrame[]
  /** What is left when the stream ends. */
  end(): StreamFrame | undefined
}

export interface StreamFrame {
  readonly wire: Uint8Array
  /** undefined for a frame without data: comments, keep-alives. */
  readonly event: SseEvent | undefined
}

/** One server-sent event: its `event:` name ('' when absent) and its data lines joined by newlines. */
export interface SseEvent {
  readonly event: string
  readonly data: string
}

export interface AnswerReader {
  /** @throws Failure 'upstream-unreadable' when the event is not of this format. */
  read(event: SseEvent): readonly ChatEvent[]
  /** True when the event read last held nothing but token counts that an OpenAI client has to ask for. */
  readonly usageOnly: boolean
  /** The stream has ended. @throws Failure 'stream-broken' when it ended before its finish reason or inside a tool call. */
  end(): readonly ChatEvent[]
}

export interface AnswerContext {
  /** Our request id, the seed of ids that the answer lacks. */
  readonly requestId: string
  /** The model name towards the client: the one it asked for when the answer names none. */
  readonly model: string
  /** Seconds since the Unix epoch. */
  readonly createdAt: number
  /** OpenAI streams carry the usage chunk only when asked. */
  readonly wantsUsage: boolean
  /** The request's tools, for dialects whose answers name a tool as it was declared (OpenAI’s namespaces and freeform tools). */
  readonly tools?: readonly Tool[]
  /** The body as its client sent it, for dialects whose answers depend on its words (OpenAI’s responses repeat them). */
  readonly asked?: JsonObject
  /** The answer is kept for a client that may go on from it by its id. */
  readonly isStored?: boolean
  /** The provider's own bytes go out and nothing is written but, should they break off, their failure. */
  readonly isRelay?: boolean
}

export interface AnswerWriter {
  /** The bytes of one event in this dialect, as text; often '' for events that only change state. */
  write(event: ChatEvent): string
  /** The answer is complete. */
  end(): string
  /** The answer broke off after content had gone out: says so in band, in this dialect, and ends. */
  fail(failure: Failure): string
}
