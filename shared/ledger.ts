import type { CacheUse } from './cache.ts'
import type { Dialect, Tokens, UsageExtras } from './chat.ts'
import type { FailureKind } from './failure.ts'
import type { CallerId, EndpointId, IsoDate, Ms, RequestId } from './ids.ts'
import type { Message } from './messages/message.ts'
import type { NanoUsd } from './money.ts'
import type { Attempt, RoutePlan } from './routing.ts'

/**
 * Where a request came from: a tool on the local endpoint, the workbench itself,
 * the response cache, which asks some hits again and turns questions into vectors, a shadow run, whose answer nobody is given, or the
 * keeper of prompt caches.
 */
export type Source = 'proxy' | 'playground' | 'cache-check' | 'cache-embedding' | 'shadow' | 'keep-warm'

/**
 * One request from its first byte to its last. Written when the request is opened and again when it is closed; a row that is found open at the
 * next start is closed as 'crashed'. 'open' is the only outcome that may still change.
 */
export interface UsageRecord {
  readonly id: RequestId
  readonly at: Ms
  readonly source: Source
  /** The client key that called, 'playground', or undefined when nobody was recognised. */
  readonly caller: CallerId | undefined
  readonly callerName: string | undefined
  readonly dialect: Dialect
  /** The model name as the client wrote it; '' when the request could not be read. */
  readonly requested: string
  readonly streamed: boolean
  readonly servedBy: EndpointId | undefined
  readonly simulated: boolean
  readonly attempts: readonly Attempt[]
  readonly tokens: Tokens
  /** Whose count the tokens are. undefined: nobody counted. */
  readonly countedBy: 'provider' | 'estimate' | undefined
  /** undefined: unknown, which is not the same as 0. */
  readonly cost: NanoUsd | undefined
  readonly pricesAsOf: IsoDate | undefined
  /** What the response cache did. undefined: it had no part in this request. */
  readonly cache?: CacheUse | undefined
  /** What the answer would have cost from the model that gave it, where it was had for less. undefined: nothing, or nobody knows the price. */
  readonly saved?: NanoUsd | undefined
  /** Where routing of ours chose another model: the one it took the place of, and what that saved; negative where the choice was dearer. */
  readonly routed?: { readonly instead: EndpointId; readonly saved: NanoUsd } | undefined
  /** Charged beside tokens. */
  readonly extras?: UsageExtras | undefined
  /** The version of the price it was charged at, see `price_versions`; undefined: the sum the provider itself stated, or no price. */
  readonly priceVersion?: string | undefined
  readonly outcome: 'open' | 'ok' | FailureKind
  /** What the client was told when it was not 'ok'. */
  readonly message: string | undefined
  /** The same for other languages, where it is ours and not a provider's word alone. */
  readonly said?: Message | undefined
  /** HTTP status the client got; undefined while open. */
  readonly status: number | undefined
  /** Milliseconds from arrival to the first content event, and to the end. */
  readonly firstEventMs: number | undefined
  readonly totalMs: number | undefined
  readonly finish: string | undefined
  /** The user keeps it: it is not cleared, and its exchange not let go. The database knows; what the engine tells of a running request does not say. */
  readonly pinned?: boolean
}

/** What is kept beside a row for the inspector. Texts are cut at the capture limit and say so in `truncated`. */
export interface Exchange {
  readonly id: RequestId
  readonly requestHeaders: Readonly<Record<string, string>>
  readonly requestBody: string
  /** The body that went upstream; undefined when nothing did. */
  readonly sentBody: string | undefined
  readonly sentTo: string | undefined
  readonly plan: RoutePlan | undefined
  /** The answer's meaning, deltas merged: text, reasoning, tool calls. */
  readonly answer: AnswerRecord | undefined
  /** The beginning of what the client got, byte for byte; absent where nothing was told, or a version kept it that did not keep this. */
  readonly response?: { readonly headers: Readonly<Record<string, string>>; readonly text: string }
  /** Request fields that the translation could not carry. */
  readonly dropped: readonly string[]
  readonly truncated: readonly ('requestBody' | 'sentBody' | 'answer' | 'response')[]
}

export interface AnswerRecord {
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[]
}
