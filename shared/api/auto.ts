import { z } from 'zod'
import { type AutoBaseline, type AutoDecision, type Evidence, type QualityCell, SIGNALS, type Task, type Tier, type TierReading } from '../auto.ts'
import { reads, streams, writes } from '../contract.ts'
import type { EndpointId, Ms, RequestId } from '../ids.ts'
import type { NanoUsd } from '../money.ts'

/** A mean with the ends of its 95 % interval. */
export interface Estimated {
  readonly mean: number
  readonly low: number
  readonly high: number
}

export interface AutoOverview {
  readonly models: readonly { readonly id: EndpointId; readonly tier: TierReading }[]
  readonly shipped: ShippedWeights
  readonly qualities: Readonly<Record<Task, Readonly<Record<Tier, QualityCell>>>>
  readonly evidence: number
  /** undefined: the weights are those that were shipped. */
  readonly retrained: { readonly at: Ms; readonly note: string } | undefined
}

/** What the shipped weights were trained on and how they did on questions they had not seen. */
export interface ShippedWeights {
  readonly bytes: number
  readonly learnedFrom: readonly { readonly file: string; readonly questions: number; readonly origin: string; readonly licence: string }[]
  readonly doesNotShow: string
  readonly measured: readonly {
    readonly set: string
    readonly strong: string
    readonly weak: string
    readonly apgr: number
    readonly cpt50: number
    readonly cpt80: number
    /** Share of good answers with no, a twentieth, two twentieths, ... and all of the questions sent to the strong model. */
    readonly qualityByTwentieth: readonly number[]
  }[]
}

/** What past requests would have come to at one place of the slider. Nothing is sent. */
export interface AutoReplay {
  readonly slider: number
  /** Requests that could be read again and decided. */
  readonly requests: number
  /** Expected share of good answers, and nano-USD a request. */
  readonly quality: Estimated
  readonly cost: Estimated
  readonly models: readonly { readonly model: EndpointId; readonly requests: number }[]
  /** Requests that another model would answer than the one that did. */
  readonly elsewhere: number
  /** The same requests served in other ways; 'model asked for' is what was really done. */
  readonly rivals: readonly {
    readonly against: AutoBaseline['against']
    readonly quality: Estimated
    readonly cost: Estimated
    /** Requests that there is such a rival for. */
    readonly requests: number
  }[]
  /** What this place of the slider would have saved, against each rival. */
  readonly savings?: AutoSavings
}

/** What shadow runs of one name have measured of one model, on requests of the user's own. */
export interface ShadowPoint {
  readonly name: string
  readonly model: EndpointId
  /** Requests whose both answers were kept. */
  readonly requests: number
  /** Of those, shadows that the user has judged; the others count as good where they say the same as the answer given. */
  readonly judged: number
  readonly quality: Estimated
  /** Nano-USD a request, as paid; undefined: not known of any. */
  readonly cost: Estimated | undefined
}

export interface AutoCurve {
  readonly points: readonly AutoReplay[]
  /** Measured, where the points are expected. */
  readonly shadows: readonly ShadowPoint[]
  /** Requests whose body was not kept whole, or that no model can serve now. */
  readonly leftOut: number
}

/** Savings of what was chosen, each against a rival of its own; negative where the rival would have cost less. */
export interface AutoSavings {
  readonly requests: number
  readonly against: readonly {
    readonly baseline: AutoBaseline['against']
    readonly saved: NanoUsd
    readonly quality: Estimated
    readonly requests: number
  }[]
}

/** What was expected against what the user judged. */
export interface AutoCalibration {
  readonly judgements: number
  readonly brier: number
  readonly parts: readonly { readonly expected: number; readonly judged: Estimated; readonly count: number }[]
  /** The judgements that were expected least, worst first. */
  readonly regrets: readonly { readonly evidence: Evidence; readonly expected: number }[]
}

export interface AutoReport {
  readonly savings: AutoSavings
  readonly calibration: AutoCalibration
  readonly latest: readonly { readonly request: RequestId; readonly at: Ms; readonly cost: NanoUsd | undefined; readonly decision: AutoDecision }[]
}

export interface JudgedCurve {
  readonly brier: number
  readonly parts: readonly { readonly expected: number; readonly judged: number; readonly count: number }[]
}
export type RetrainResult =
  | { readonly is: 'too-few'; readonly have: number; readonly need: number }
  | { readonly is: 'better' | 'no-better'; readonly before: JudgedCurve; readonly after: JudgedCurve }
/** `done` of `of` fits; the result comes last. */
export type RetrainEvent =
  | { readonly type: 'progress'; readonly done: number; readonly of: number }
  | { readonly type: 'result'; readonly result: RetrainResult }

/** Past requests that a report looks at, the newest. */
const past = z.number().int().min(1).max(500).default(200)
const patterns = z.array(z.string().trim().min(1).max(300)).max(200)
/** In place of what the settings allow. */
const draft = { allowed: patterns.optional(), excluded: patterns.optional() }

export const autoApi = {
  'auto.overview': reads(z.object({})).returns<AutoOverview>(),
  'auto.evidence': reads(z.object({ limit: z.number().int().min(1).max(2_000).default(200) })).returns<readonly Evidence[]>(),
  /** Of a request in the ledger, or of a prompt and a model. 'cheaper': not of the model that answered but of the best single cheap one. */
  'auto.addEvidence': writes(
    z.object({
      signal: z.enum(SIGNALS),
      quality: z.number().min(0).max(1),
      of: z.union([
        z.object({ request: z.string().min(1).max(100), about: z.enum(['served', 'cheaper']).optional() }),
        z.object({ prompt: z.string().min(1).max(100_000), model: z.string().min(1).max(300) }),
      ]),
    }),
  ).returns<Evidence>(),
  'auto.removeEvidence': writes(z.object({ id: z.string().min(1).max(100) })).returns<null>(),
  'auto.report': reads(z.object({ past })).returns<AutoReport>(),
  'auto.curve': reads(z.object({ past, ...draft })).returns<AutoCurve>(),
  'auto.replay': reads(z.object({ past, slider: z.number().min(0).max(1), ...draft })).returns<AutoReplay>(),
  'auto.retrain': streams(z.object({})).of<RetrainEvent>(),
  /** false: the weights in use are those that were shipped. */
  'auto.undoRetrain': writes(z.object({})).returns<boolean>(),
}
