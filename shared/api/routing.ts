import { z } from 'zod'
import { reads, streams, writes } from '../contract.ts'
import type { EndpointId, Ms, RequestId } from '../ids.ts'
import type { Said } from '../messages/message.ts'
import type { NanoUsd } from '../money.ts'
import type { Candidate, RoutePlan, Standing } from '../routing.ts'
import type { RoutingConfig } from '../routing-config.ts'

/** The routing in force, and the mark of its file: whoever saves says which one they had before their eyes. */
export interface OwnRoutingState {
  readonly config: RoutingConfig
  readonly revision: string
  /** The file, for those who write it by hand. */
  readonly path: string
}

/** What is wrong at one place of a configuration: `rules.0.when.hours.from`. */
export interface RoutingProblem {
  readonly at: string
  readonly message: Said
}

export interface RoutingCheck {
  readonly problems: readonly RoutingProblem[]
  /** It may be saved, but does not do what its author may think: names that nobody serves. */
  readonly warnings: readonly RoutingProblem[]
  /** As it would be saved, what was left out filled in; undefined while there are problems. */
  readonly config: RoutingConfig | undefined
}

export type RoutingSaved = ({ readonly saved: true } & OwnRoutingState) | ({ readonly saved: false } & Pick<RoutingCheck, 'problems' | 'warnings'>)

/** An earlier file; 1 is the one before the one in force. */
export interface RoutingVersion {
  readonly version: number
  readonly savedAt: Ms
  /** undefined: it cannot be read (any more). */
  readonly config: RoutingConfig | undefined
}

/** A plan that was only made, with its endpoints by name. */
export interface SimulatedPlan extends Pick<RoutePlan, 'requested' | 'decidedBy' | 'passedOver'> {
  readonly candidates: readonly SimulatedCandidate[]
  /** Waited for when nobody else is left; `until` as milliseconds since the Unix epoch. */
  readonly resting: readonly (SimulatedCandidate & { readonly until: number; readonly because: 'limit' | 'failures' })[]
  /** What the user's own routing did, one sentence a step. */
  readonly trail: readonly Said[]
  /** Where it would go, and at which price, without the user's own routing. undefined: nowhere, as for an alias. */
  readonly baseline: ({ readonly endpoint: EndpointId } & SimulatedPrice) | undefined
}

/** The input alone, and with as much output as is allowed. undefined: the price is not known. */
export interface SimulatedPrice {
  readonly inputCost: NanoUsd | undefined
  readonly mostCost: NanoUsd | undefined
  readonly inputTokens: number
  /** Of the input. false: counted by the model's own tokenizer. */
  readonly estimated: boolean
}

export interface SimulatedCandidate extends Pick<Candidate, 'credential' | 'why' | 'score' | 'after'>, SimulatedPrice {
  readonly endpoint: EndpointId
}

/** How one place is doing, as of the last five minutes. */
export interface PlaceHealth {
  readonly endpoint: EndpointId
  readonly credential: string | undefined
  /** The name of its key; undefined where there is none. */
  readonly keyLabel: string | undefined
  readonly standing: Standing
  readonly calls: number
  /** 0 to 1; undefined: no calls. */
  readonly errorRate: number | undefined
  readonly firstEventMs: { readonly p50: number | undefined; readonly p95: number | undefined }
  readonly tokensPerSecond: number | undefined
}

/** Milliseconds within which half, and 95 in 100, came; undefined: none did. */
export interface ArmSpan {
  readonly p50: number | undefined
  readonly p95: number | undefined
}

/** What became of the requests in one arm of a split, or of the shadow runs of one name and of what they are shadows of. */
export interface ArmResult {
  /** Of the split or shadow run. */
  readonly name: string
  /** 'shadow' and 'original' for shadow runs. */
  readonly arm: string
  readonly requests: number
  readonly failed: number
  readonly cost: NanoUsd
  /** Answers whose cost nobody knows: `cost` is a lower bound when this is not 0. */
  readonly unpriced: number
  /** Of complete answers. */
  readonly firstEventMs: ArmSpan
  readonly totalMs: ArmSpan
}

/** Two rows of the ledger to be compared. */
export interface ShadowPair {
  readonly name: string
  readonly shadow: RequestId
  readonly original: RequestId
  readonly at: Ms
}

export interface ReplayTotals {
  readonly looked: number
  /** It would go where it went. */
  readonly same: number
  readonly moved: number
  /** By a rule. */
  readonly denied: number
  /** Nobody would serve it now. */
  readonly refused: number
  /** Its body was not kept, or not whole, or it is no conversation. */
  readonly notKept: number
  /** Of those whose price is known then and now. */
  readonly costThen: NanoUsd
  readonly costNow: NanoUsd
  /** Those left out of both costs. */
  readonly unpriced: number
}

/** Requests that would have been answered from elsewhere. */
export interface ReplayMove {
  /** '' where nobody had answered. */
  readonly from: EndpointId
  readonly to: EndpointId
  readonly count: number
  readonly example: RequestId
}

export type ReplayEvent =
  | { readonly type: 'progress'; readonly looked: number; readonly most: number }
  | { readonly type: 'result'; readonly totals: ReplayTotals; readonly moves: readonly ReplayMove[] }

const draft = z.record(z.string(), z.json())

export const routingApi = {
  'routing.get': reads(z.object({})).returns<OwnRoutingState>(),
  /** Reads the file again, for who changed it by hand. */
  'routing.reload': writes(z.object({})).returns<OwnRoutingState>(),
  /** Saves all of it, checked; a file that has been changed since `revision` is left as it is (failure 'conflict'). */
  'routing.save': writes(z.object({ config: draft, revision: z.string().max(100) })).returns<RoutingSaved>(),
  /** What saving it would say. */
  'routing.check': reads(z.object({ config: draft })).returns<RoutingCheck>(),
  /** Newest first; restoring one is saving its `config`. */
  'routing.versions': reads(z.object({})).returns<readonly RoutingVersion[]>(),
  /** What would be done with a request; nothing is sent, and nothing is learned from it. A request that is refused is a failure of the call. */
  'routing.simulate': reads(
    z.object({
      dialect: z.enum(['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini', 'cohere-v2', 'ollama-chat', 'openai-completions', 'ollama-generate']),
      body: z.record(z.string(), z.json()),
      /** Of a Gemini request, whose URL names it. */
      model: z.string().max(300).optional(),
      headers: z.record(z.string(), z.string()).default({}),
      /** A routing that is not saved yet, in place of the one in force. */
      config: draft.optional(),
    }),
  ).returns<SimulatedPlan>(),
  /** What a routing would have made of the last requests. Ends with a result, or early with the call. */
  'routing.replay': streams(z.object({ config: draft.optional(), most: z.number().int().min(1).max(10_000).default(500) })).of<ReplayEvent>(),
  /** What became of splits and shadow runs, of the last so many days. */
  'routing.results': reads(z.object({ days: z.number().int().min(1).max(366).default(7) })).returns<{
    readonly splits: readonly ArmResult[]
    readonly shadows: readonly ArmResult[]
    /** Newest first. */
    readonly pairs: readonly ShadowPair[]
  }>(),
  'routing.health': reads(z.object({})).returns<{ readonly places: readonly PlaceHealth[]; readonly offlineSince: Ms | undefined }>(),
  /** The place begins anew: its breaker closes, its rest ends. */
  'routing.resetHealth': writes(z.object({ endpoint: z.string().min(1).max(400), credential: z.string().max(100).optional() })).returns<null>(),
}
