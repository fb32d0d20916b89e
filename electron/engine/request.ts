import type { ChatDialect, ChatEvent, ChatView, JsonObject } from '../../shared/chat.ts'
import type { RequestId } from '../../shared/ids.ts'
import type { Source } from '../../shared/ledger.ts'
import type { Candidate } from '../../shared/routing.ts'
import type { Departure } from './departure.ts'
import type { ClientCodec, RouteFacts } from './protocols/protocol.ts'

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
  readonly wire: { readonly codec: ClientCodec; readonly body: JsonObject; readonly bytes: Uint8Array }
  readonly view: ChatView
  readonly incoming: Incoming
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
  /** An answer that came in one piece, complete; then `frames` is not pulled. */
  readonly whole: Frame | undefined
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
}
