/**
 * The canonical conversation: what every stage may look at, whatever dialect the client spoke. The client's own body
 * always stays beside it (see `ChatRequest.wire`), so this view may be lenient: it never has to carry everything.
 */

import type { NanoUsd } from './money.ts'

/** The wire formats the engine reads from clients and writes to providers. */
export const PROTOCOLS = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini',
  'cohere-v2',
  'ollama-chat',
  'bedrock-converse',
  'openai-completions',
] as const
export type Protocol = (typeof PROTOCOLS)[number]
/** Those that clients converse in too; of the others one is spoken by providers alone, and one is a door (below). */
export type ClientProtocol = Exclude<Protocol, 'bedrock-converse' | 'openai-completions'>

/** Older ways for clients to ask for the same conversations, each with a path and a body of its own. */
export const CLIENT_DOORS = ['openai-completions', 'ollama-generate'] as const
/** What clients ask beside conversations, each in a dialect whose errors it shares. */
export const SIDE_CALLS = {
  'openai-embeddings': 'openai-chat',
  'gemini-embeddings': 'gemini',
  'ollama-embeddings': 'ollama-chat',
  'anthropic-count-tokens': 'anthropic-messages',
  'gemini-count-tokens': 'gemini',
  'openai-input-tokens': 'openai-responses',
  'openai-compaction': 'openai-responses',
} as const satisfies Record<string, ClientProtocol>

/** What a client speaks when it converses, and what a row of the ledger may have been spoken in. */
export type ChatDialect = ClientProtocol | (typeof CLIENT_DOORS)[number]
export const CHAT_DIALECTS: readonly ChatDialect[] = [
  ...PROTOCOLS.filter((protocol) => protocol !== 'bedrock-converse' && protocol !== 'openai-completions'),
  ...CLIENT_DOORS,
]
export type SideCall = keyof typeof SIDE_CALLS
export type Dialect = ChatDialect | SideCall

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }
export type JsonObject = { readonly [key: string]: JsonValue }

/** What a request needs from a model; an endpoint that lacks one of these cannot serve it. */
export type Need = 'tools' | 'vision' | 'json-schema' | 'reasoning' | 'audio' | 'documents'

export type Role = 'system' | 'user' | 'assistant' | 'tool'

/** A prompt-cache mark of a client (`cache_control` or `prompt_cache_breakpoint`); `ttl` only where the client gave one. */
export interface CacheMark {
  readonly ttl?: '5m' | '1h'
}

export type Media =
  | { readonly kind: 'base64'; readonly mediaType: string; readonly data: string }
  | { readonly kind: 'url'; readonly url: string; readonly mediaType?: string }

export type Part =
  | { readonly type: 'text'; readonly text: string; readonly cache?: CacheMark }
  | { readonly type: 'image'; readonly media: Media; readonly detail?: string; readonly cache?: CacheMark }
  | { readonly type: 'document'; readonly media: Media; readonly name?: string; readonly cache?: CacheMark }
  | { readonly type: 'audio'; readonly format: string; readonly data: string }
  | ReasoningPart
  | ToolCallPart
  | ToolResultPart
  /** Something only `protocol` knows; it goes back unchanged to that protocol and is told in words or reported as dropped to any other. */
  | {
      readonly type: 'opaque'
      readonly protocol: Protocol
      readonly value: JsonObject
      /** What it says, for all others; absent where they could not be told. */
      readonly words?: readonly Part[]
    }

/** Reasoning of an earlier assistant turn. `signature` and `redacted` are opaque and only valid for `format`. */
export interface ReasoningPart {
  readonly type: 'reasoning'
  readonly text: string
  readonly signature?: string
  /** Encrypted reasoning that replaces the text (Anthropic `redacted_thinking`). */
  readonly redacted?: string
  readonly format: Protocol
}

export interface ToolCallPart {
  readonly type: 'tool-call'
  readonly id: string
  readonly name: string
  /** The arguments as JSON text, exactly as the model wrote them; '' reads as `{}`. */
  readonly arguments: string
  /** Gemini's thoughtSignature of this very part. */
  readonly signature?: string
  readonly cache?: CacheMark
}

export interface ToolResultPart {
  readonly type: 'tool-result'
  readonly callId: string
  /** The tool's name where the client gave it (Gemini needs it); otherwise it is looked up from the call. */
  readonly name?: string
  readonly parts: readonly Part[]
  readonly isError: boolean
  readonly cache?: CacheMark
}

export interface Message {
  readonly role: Role
  readonly parts: readonly Part[]
}

export interface Tool {
  readonly name: string
  readonly description?: string
  /** JSON Schema of the arguments; undefined for a tool without parameters. */
  readonly parameters?: JsonObject
  readonly strict?: boolean
  readonly cache?: CacheMark
  /** The OpenAI Responses namespace it stands in: `name` is `namespace__name` then, and that dialect's answers say the two apart again. */
  readonly namespace?: string
  /** A tool of OpenAI Responses that takes one free text, as its client declared it; `parameters` hold that text as `input`. */
  readonly freeform?: JsonObject
}

export type ToolChoice =
  | { readonly type: 'auto' }
  | { readonly type: 'none' }
  | { readonly type: 'required' }
  | { readonly type: 'tool'; readonly name: string }

export type OutputFormat =
  | { readonly type: 'json-object' }
  | { readonly type: 'json-schema'; readonly name: string; readonly schema: JsonObject; readonly strict?: boolean }

export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
export type Effort = (typeof EFFORTS)[number]

/** What the client asked about reasoning. `budgetTokens` and `effort` may both be absent: then the model's default holds. */
export interface ReasoningWish {
  readonly effort?: Effort
  readonly budgetTokens?: number
  /** Reason, but leave the text out of the answer. */
  readonly exclude?: boolean
  /** Tell what was thought, which some providers do only when asked. */
  readonly shown?: boolean
  /** Anthropic's adaptive thinking: on, without a budget. */
  readonly adaptive?: boolean
}

export interface ChatView {
  readonly model: string
  readonly messages: readonly Message[]
  readonly stream: boolean
  /** Whether a streaming OpenAI client asked for the usage chunk (`stream_options.include_usage`); the other dialects always have it. */
  readonly wantsUsage: boolean
  readonly maxOutputTokens?: number
  readonly temperature?: number
  readonly topP?: number
  readonly topK?: number
  readonly frequencyPenalty?: number
  readonly presencePenalty?: number
  readonly seed?: number
  readonly stop?: readonly string[]
  readonly tools: readonly Tool[]
  readonly toolChoice?: ToolChoice
  readonly parallelToolCalls?: boolean
  readonly output?: OutputFormat
  readonly reasoning?: ReasoningWish
  /** Probabilities of the answer's tokens; asked for in `unmodelled` as well, under the names of `fields`. */
  readonly logprobs?: LogprobsWish
  /** The end user's id (`user`, `safety_identifier`, `metadata.user_id`). */
  readonly user?: string
  readonly needs: ReadonlySet<Need>
  /** Top-level fields that no stage knows, by their name in the client's dialect. Relayed as they are, named as dropped when translated. */
  readonly unmodelled: JsonObject
  /** OpenRouter's routing fields, taken out of the body before it goes to any other provider. */
  readonly routing: RoutingWish
}

export interface LogprobsWish {
  /** How many alternatives of each token are wanted beside it. */
  readonly top?: number
  readonly fields: readonly string[]
}

/** A token that the model wrote, with the natural logarithm of its probability. */
export interface TokenLogprob extends TokenChoice {
  /** The likeliest tokens in its place, itself among them as a rule. */
  readonly top: readonly TokenChoice[]
}

export interface TokenChoice {
  readonly token: string
  readonly logprob: number
  /** UTF-8 bytes, for tokens that hold a part of a character. */
  readonly bytes?: readonly number[]
  /** Its number in the model's vocabulary. */
  readonly id?: number
}

/**
 * What a client wants of the router, by OpenRouter's names and with their meaning (guides/routing/provider-selection of its documentation, read in
 * August 2026). What is absent was not asked for.
 */
export interface RoutingWish {
  /** `models[]` (OpenAI side) or `fallbacks[].model` (Anthropic side): tried in this order after `model`. */
  readonly fallbackModels: readonly string[]
  /** `provider.require_parameters`: an endpoint that cannot carry every field is passed over. */
  readonly requireParameters: boolean
  /** Providers to try first, in this order. The others follow unless `allowFallbacks` is false. */
  readonly order?: readonly string[]
  readonly only?: readonly string[]
  readonly ignore?: readonly string[]
  /** false: the first host of each model alone, or those of `order` where that is given. */
  readonly allowFallbacks?: boolean
  readonly sort?: Sort
  /** Hosts that were slower lately come later; none is excluded. Tokens per second. */
  readonly preferredMinThroughput?: Percentiles
  /** Hosts that were slower lately come later; none is excluded. Seconds to the first content. */
  readonly preferredMaxLatency?: Percentiles
  /** Dearer hosts are excluded, and so are those whose price is unknown. */
  readonly maxPrice?: MaxPrice
  /** Hosts that serve the model in another precision, or in one that is not known, are excluded; 'unknown' lets the latter in. */
  readonly quantizations?: readonly string[]
  /** 'deny': only hosts that are known not to learn from prompts. */
  readonly dataCollection?: 'allow' | 'deny'
  /** Only hosts that are known to keep nothing (zero data retention). */
  readonly zdr?: boolean
  /** `service_tier`: the class of service asked for, whose price counts where a host has one. Hosts without it serve in their usual one. */
  readonly serviceTier?: 'flex' | 'priority' | 'fast'
  /** `session_id`: requests of one session stay with the host that has their beginning in its cache. */
  readonly session?: string
  /** `prompt_cache_key`: the session where none is named. It goes to the provider as well. */
  readonly promptCacheKey?: string
}

export type SortBy = 'price' | 'throughput' | 'latency'

export interface Sort {
  readonly by: SortBy
  /** 'model': within each model of the list. 'none': over all of them, so that the list's order says nothing. */
  readonly partition: 'model' | 'none'
}

/** Bounds of rolling percentiles; a bare number of a client is the median's. */
export interface Percentiles {
  readonly p50?: number
  readonly p75?: number
  readonly p90?: number
  readonly p99?: number
}

/** USD: per million tokens (prompt, completion, audio), per request, per picture that goes in. */
export interface MaxPrice {
  readonly prompt?: number
  readonly completion?: number
  readonly request?: number
  readonly image?: number
  readonly audio?: number
}

/** Why an answer ended, in one vocabulary; the provider's own word is kept beside it. */
export type Finish = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'error'

/**
 * Disjoint token buckets: input + cacheRead + cacheWrite5m + cacheWrite1h (+ audioInput + audioCacheRead + imageInput) is everything that went in,
 * output + reasoning (+ audioOutput + imageOutput) everything that came out. A missing bucket is unknown, never 0.
 */
export interface Tokens {
  /** Uncached input only. */
  readonly input?: number
  readonly cacheRead?: number
  readonly cacheWrite5m?: number
  readonly cacheWrite1h?: number
  /** Visible output only, without reasoning where the provider tells it apart. */
  readonly output?: number
  readonly reasoning?: number
  /** Sound and pictures where the provider counts them apart; they are in none of the buckets above. */
  readonly audioInput?: number
  readonly audioCacheRead?: number
  readonly audioOutput?: number
  readonly imageInput?: number
  readonly imageOutput?: number
}

/** What is charged beside tokens, and in which class a request was served. Cumulative like the tokens; absent is untold, or as usual. */
export interface UsageExtras {
  readonly webSearches?: number
  /** The provider's own word for a class of service that is not its usual one, such as 'flex' or 'priority'. */
  readonly serviceTier?: string
  /** What is asked on top of every price of a token for where the answer was made. */
  readonly surchargePercent?: number
  /** The whole charge, where the provider itself states it. */
  readonly reportedCost?: NanoUsd
}

/** What an answer costs its client, told where that is settled before the answer ends; nano-USD. */
export interface Charge {
  readonly cost: number
  /** What it would have cost otherwise. undefined: nobody knows the price. */
  readonly saved: number | undefined
}

/** Where something in an answer comes from. `start` and `end` (exclusive) count UTF-16 units of the answer's text; absent where the provider does not say. */
export interface Citation {
  readonly url: string
  readonly title?: string
  /** The source's own words. */
  readonly quote?: string
  readonly start?: number
  readonly end?: number
}

/** One step of an answer, in the order the model produced it. `index` counts tool calls from 0 within the answer. */
export type ChatEvent =
  | { readonly type: 'response-start'; readonly id?: string; readonly model?: string }
  /** `logprobs` of its tokens where they were asked for; they may come with no text. */
  | { readonly type: 'text-delta'; readonly text: string; readonly logprobs?: readonly TokenLogprob[] }
  | { readonly type: 'refusal-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  /** Closes a reasoning block: signature of its text, or `redacted` data in place of text. */
  | { readonly type: 'reasoning-signature'; readonly signature?: string; readonly redacted?: string; readonly format: Protocol }
  | { readonly type: 'tool-call-start'; readonly index: number; readonly id: string; readonly name: string; readonly signature?: string }
  | { readonly type: 'tool-call-delta'; readonly index: number; readonly arguments: string }
  | { readonly type: 'tool-call-end'; readonly index: number }
  /** Content of a kind no other dialect has (server-side tools, documents cited): kept for the same dialect and for the record. */
  | { readonly type: 'opaque'; readonly protocol: Protocol; readonly value: JsonObject }
  /** A source of the answer's text, for clients of other dialects than `origin`, whose own words for it come as an opaque event. */
  | { readonly type: 'citation'; readonly citation: Citation; readonly origin: Protocol }
  /** Cumulative; the last one of an answer holds. */
  | { readonly type: 'usage'; readonly tokens: Tokens; readonly extras?: UsageExtras; readonly charge?: Charge }
  | { readonly type: 'finish'; readonly reason: Finish; readonly raw: string; readonly stopSequence?: string }
  /** The provider broke off in band, after a 200. */
  | { readonly type: 'error'; readonly message: string; readonly code?: string; readonly status?: number }

/** Events that put something before the client's eyes: the first of them commits the answer to its endpoint. */
export function isContent(event: ChatEvent): boolean {
  switch (event.type) {
    case 'text-delta':
    case 'refusal-delta':
    case 'reasoning-delta':
      return event.text !== ''
    case 'tool-call-start':
    case 'tool-call-delta':
    case 'reasoning-signature':
    case 'opaque':
      return true
    default:
      return false
  }
}

/** Everything that went in, or undefined when no part of it is known. */
export function totalInput(tokens: Tokens): number | undefined {
  return sumKnown(tokens.input, tokens.cacheRead, tokens.cacheWrite5m, tokens.cacheWrite1h, tokens.audioInput, tokens.audioCacheRead, tokens.imageInput)
}

/** Everything that came out, reasoning included, or undefined when no part of it is known. */
export function totalOutput(tokens: Tokens): number | undefined {
  return sumKnown(tokens.output, tokens.reasoning, tokens.audioOutput, tokens.imageOutput)
}

function sumKnown(...counts: readonly (number | undefined)[]): number | undefined {
  let sum: number | undefined
  for (const count of counts) if (count !== undefined) sum = (sum ?? 0) + count
  return sum
}
