import type { ChatDialect, ChatEvent, ChatView, JsonObject } from '../../shared/chat.ts'
import type { RequestId } from '../../shared/ids.ts'
import type { Source } from '../../shared/ledger.ts'
import type { Candidate } from '../../shared/routing.ts'
import type { Departure } from './departure.ts'
import type { ClientFormat, RouteFacts } from './protocols/protocol.ts'
import type { OwnDecision } from './routing/own/decide.ts'
import type { Turn } from './stored-responses.ts'

/** A chat request as it arrived, before anyone has looked into it. */
export interface Incoming {
  readonly dialect: ChatDialect
  readonly body: Uint8Array
  readonly route: RouteFacts
  /** Lower-case names. Holds the client's key. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The client key as presented, out of whichever header or parameter the dialect uses. */
  readonly presentedKey: string | undefined
  readonly source: Source
  readonly departure: Departure
  /** Gemini streams without `alt=sse` are one JSON array. */
  readonly framing: 'sse' | 'json-array'
}

/** Who calls. `opens` limits what a key may reach. */
export interface Caller {
  readonly id: string
  readonly name: string
  readonly opens: 'everything' | 'simulated-models'
}

/** The client's own body and our reading of it, never one instead of the other. */
export interface ChatRequest {
  readonly id: RequestId
  readonly wire: { readonly codec: ClientFormat; readonly body: JsonObject; readonly bytes: Uint8Array }
  readonly view: ChatView
  /** The body as it was sent: before presets, before what it refers to and before the shapes of other dialects in it. */
  readonly sent: JsonObject
  readonly incoming: Incoming
  /** What the answer is kept with, for clients that go on from it by its id; undefined: it is not kept. */
  readonly turn: Turn | undefined
  /** What the user's own routing makes of it; absent: it has no say. */
  readonly own?: OwnDecision
}

/** Our own log. Facts never hold a prompt, an answer or a key. */
export interface StageLog {
  info(facts: Readonly<Record<string, unknown>>, message: string): void
  warn(facts: Readonly<Record<string, unknown>>, message: string): void
}

/** A piece of an answer: its bytes and its meaning. A relay sends the bytes, a translation writes the events anew; the ledger watches the events. */
export interface Frame {
  /** Empty for frames the client must not see (usage that only we asked for). */
  readonly wire: Uint8Array
  readonly events: readonly ChatEvent[]
}

/** An answer from its first content on: nothing before that has reached the client, everything after it must. */
export interface Answer {
  readonly candidate: Candidate
  /** An answer that came in one piece, complete; then there are no others. */
  readonly whole: Frame | undefined
  /** The first frames of a streamed answer, which had to wait until it was certain that this answer is shown. `frames` are those that follow. */
  readonly held: readonly Frame[]
  /** Client and provider speak the same format: the bytes pass untouched. */
  readonly relay: boolean
  /** Response headers of the provider that go on to the client. */
  readonly headers: Readonly<Record<string, string>>
  /** Request fields that the provider's format could not carry. */
  readonly dropped: readonly string[]
  readonly frames: AsyncIterable<Frame>
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string | AsyncIterable<Uint8Array | string>
  /** For streams: what to write, between two pieces, whenever nothing has gone out for so long. */
  readonly keepAlive?: { readonly text: string; readonly afterMs: number }
}
