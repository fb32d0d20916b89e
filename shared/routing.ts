import type { AutoDecision } from './auto.ts'
import type { Finish, Need, Protocol, Tokens } from './chat.ts'
import type { FailureKind } from './failure.ts'
import type { CredentialId, EndpointId, IsoDate, Ms, ProviderId } from './ids.ts'
import type { ModelFacts } from './models.ts'
import type { NanoUsd } from './money.ts'
import type { Cause } from './routing-config.ts'

/** A place where one model can be called. Facts only, no secret. */
export interface Endpoint {
  readonly id: EndpointId
  readonly provider: ProviderId
  /** The name the provider itself uses. */
  readonly upstreamModel: string
  /** For people. */
  readonly name: string
  readonly protocol: Protocol
  readonly price: Prices | undefined
  readonly limits: { readonly context: number | undefined; readonly output: number | undefined }
  /** undefined: nobody told us, so nothing is ruled out. */
  readonly can: ReadonlySet<Need> | undefined
  readonly runsLocally: boolean
  /** Answers are made up by Switchyard itself; shown as such everywhere. */
  readonly simulated: boolean
  /** Precision of the weights, by OpenRouter's names; absent: nobody told us. */
  readonly quantization?: string
  /** The model's name whoever hosts it, as `author/model`; the same for all hosts of the very same weights. undefined: a name that nobody else has. */
  readonly canonical?: string
  /** What sources tell of the model. undefined: nothing. */
  readonly facts?: ModelFacts
}

/** Prices of one endpoint, all in integer micro-USD per million tokens. A missing price is unknown, not free. */
export interface Prices {
  readonly asOf: IsoDate
  /** Where the figures come from, for the person who doubts them. */
  readonly source: string
  readonly microUsdPerMillion: TokenPrices
  /** Prices of the whole request once its input exceeds `overInputTokens`; the last tier that applies holds. */
  readonly tiers?: readonly { readonly overInputTokens: number; readonly microUsdPerMillion: TokenPrices }[]
  /** Prices at certain hours, in minutes since midnight UTC, `to` exclusive; the last that fits holds, in place of `microUsdPerMillion` and tiers. */
  readonly hours?: readonly { readonly from: number; readonly to: number; readonly microUsdPerMillion: TokenPrices }[]
  /** Prices of requests that the provider served in another class than its usual one. */
  readonly serviceTiers?: Readonly<Partial<Record<ServiceTier, TokenPrices>>>
  readonly perCall?: CallPrices
  /** Of a price that the user set or that has been kept; see `price_versions`. */
  readonly version?: string
}

export const SERVICE_TIERS = ['flex', 'priority', 'batch', 'fast'] as const
export type ServiceTier = (typeof SERVICE_TIERS)[number]

export interface TokenPrices {
  readonly input?: number
  readonly cacheRead?: number
  readonly cacheWrite5m?: number
  readonly cacheWrite1h?: number
  readonly output?: number
  /** Absent: charged as output. */
  readonly reasoning?: number
  /** The following are absent where sound and pictures cost what text does. */
  readonly audioInput?: number
  readonly audioCacheRead?: number
  readonly audioOutput?: number
  readonly imageInput?: number
  readonly imageOutput?: number
}

/** Charged by the piece, in nano-USD. */
export interface CallPrices {
  readonly request?: number
  /** A fee that depends on more than we know, and is this at most: the cost is what the answer says, or unknown. */
  readonly requestAtMost?: number
  readonly webSearch?: number
}

export interface Candidate {
  readonly endpoint: Endpoint
  /** undefined for providers that take no key. */
  readonly credential: CredentialId | undefined
  readonly why: string
  /** Only tried once something else has failed for one of these causes. */
  readonly after?: readonly Cause[]
  /** What its place among several candidates was made from; absent where there was nothing to choose. */
  readonly score?: CandidateScore
}

/** How a place (endpoint and key) is doing. */
export type Standing =
  | { readonly is: 'well' }
  /** It failed lately: others come first. `failing`: 0 to 1, how likely the next call is to fail, going by the last ones. */
  | { readonly is: 'troubled'; readonly failing: number; readonly why: string }
  /** Its breaker is half open; `running`: one request is finding out already. */
  | { readonly is: 'on-trial'; readonly running: boolean; readonly why: string }
  /** Nothing is sent there before `until`. */
  | { readonly is: 'resting'; readonly until: Ms; readonly because: 'limit' | 'failures'; readonly why: string }

export interface CandidateScore {
  readonly standing: Exclude<Standing['is'], 'resting'>
  /** Micro-USD per million tokens at three of input to one of output, the input at its cached price where the prefix is warm; undefined: unknown. */
  readonly price: number | undefined
  /** Medians of the last five minutes. */
  readonly firstEventMs: number | undefined
  readonly tokensPerSecond: number | undefined
  /** What of the conversation it may have in its cache, and what reading it there saves. */
  readonly warm?: { readonly tokens: number; readonly saves: NanoUsd | undefined }
  /** It is slower than the client would like. */
  readonly slow?: boolean
}

/** A candidate that may not be used before a moment: waited for when nothing else is left. */
export interface RestingCandidate {
  readonly candidate: Candidate
  readonly until: Ms
  readonly because: 'limit' | 'failures'
}

/** Every plan can be shown: why this model, and why not the others. */
export interface RoutePlan {
  readonly requested: string
  /** 'pinned', 'fallback list', ... */
  readonly decidedBy: string
  readonly candidates: readonly Candidate[]
  readonly passedOver: readonly { readonly endpoint: EndpointId; readonly why: string }[]
  /** What automatic routing thought, where it chose. */
  readonly auto?: AutoDecision
  /** Best first. Named in `passedOver` too. */
  readonly resting?: readonly RestingCandidate[]
  /** Which conversation this is a turn of, for the choice of the next turn; absent where there is no choice. */
  readonly session?: string
  /** Steps of the user's own routing, one sentence each. */
  readonly trail?: readonly string[]
  /** Causes for which fallbacks may be tried from the start: what they stand behind cannot be tried at all. */
  readonly causes?: readonly Cause[]
}

/** One try at one endpoint; each phase has only what is known in it. Times are milliseconds since `startedAt`. */
export type Attempt = {
  readonly endpoint: EndpointId
  readonly credential: CredentialId | undefined
  readonly startedAt: Ms
  /** The same place was tried before in this request. */
  readonly again?: true
  /** Begun while another attempt was still silent; the faster one answers. */
  readonly hedge?: true
  /** With the secret that the key had replaced a moment ago, since the new one was refused. */
  readonly formerKey?: true
  /** What it may have cost though it served nobody, reckoned from the length of the request. */
  readonly estimatedCost?: NanoUsd
  /** Its answer was complete and not shown: it did not pass a check, or was one itself. Its cost is part of the request's. */
  readonly setAside?: { readonly why: string; readonly cost: NanoUsd | undefined; readonly tokens: Tokens }
} & (
  | { readonly phase: 'waiting' }
  | { readonly phase: 'failed'; readonly kind: FailureKind; readonly message: string; readonly upstreamStatus?: number; readonly afterMs: number }
  | { readonly phase: 'committed'; readonly firstEventMs: number }
  | { readonly phase: 'done'; readonly firstEventMs: number; readonly totalMs: number; readonly finish: Finish }
  | { readonly phase: 'broken'; readonly firstEventMs: number; readonly totalMs: number; readonly kind: FailureKind; readonly message: string }
  | { readonly phase: 'left'; readonly firstEventMs?: number; readonly afterMs: number }
)

export interface UsagePrice {
  readonly cost: NanoUsd | undefined
  readonly pricesAsOf: IsoDate | undefined
}
