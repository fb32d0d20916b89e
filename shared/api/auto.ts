import { z } from 'zod'
import { type AutoDecision, type Evidence, type QualityCell, SIGNALS, type Task, type Tier, type TierReading } from '../auto.ts'
import { reads, writes } from '../contract.ts'
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
  readonly qualities: Readonly<Record<Task, Readonly<Record<Tier, QualityCell>>>>
  readonly evidence: number
  /** undefined: the weights are those that were shipped. */
  readonly retrained: { readonly at: Ms; readonly note: string } | undefined
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
  /** What this place of the slider would have saved, against each rival. */
  readonly savings?: AutoSavings
}

export interface AutoCurve {
  readonly points: readonly AutoReplay[]
  /** Requests whose body was not kept whole, or that no model can serve now. */
  readonly leftOut: number
}

/** Savings of what was chosen, each against a rival of its own; negative where the rival would have cost less. */
export interface AutoSavings {
  readonly requests: number
  readonly against: readonly {
    readonly baseline: AutoDecision['baselines'][number]['against']
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

interface Curve {
  readonly brier: number
  readonly parts: readonly { readonly expected: number; readonly judged: number; readonly count: number }[]
}
export type RetrainResult =
  | { readonly is: 'too-few'; readonly have: number; readonly need: number }
  | { readonly is: 'better' | 'no-better'; readonly before: Curve; readonly after: Curve }

/** Past requests that a report looks at, the newest. */
const past = z.number().int().min(1).max(500).default(200)

export const autoApi = {
  'auto.overview': reads(z.object({})).returns<AutoOverview>(),
  'auto.evidence': reads(z.object({ limit: z.number().int().min(1).max(2_000).default(200) })).returns<readonly Evidence[]>(),
  /** Of a request in the ledger, or of a prompt and a model. */
  'auto.addEvidence': writes(
    z.object({
      signal: z.enum(SIGNALS),
      quality: z.number().min(0).max(1),
      of: z.union([z.object({ request: z.string().min(1).max(100) }), z.object({ prompt: z.string().min(1).max(100_000), model: z.string().min(1).max(300) })]),
    }),
  ).returns<Evidence>(),
  'auto.removeEvidence': writes(z.object({ id: z.string().min(1).max(100) })).returns<null>(),
  'auto.report': reads(z.object({ past })).returns<AutoReport>(),
  'auto.curve': reads(z.object({ past })).returns<AutoCurve>(),
  'auto.replay': reads(z.object({ past, slider: z.number().min(0).max(1) })).returns<AutoReplay>(),
  'auto.retrain': writes(z.object({})).returns<RetrainResult>(),
  /** false: the weights in use are those that were shipped. */
  'auto.undoRetrain': writes(z.object({})).returns<boolean>(),
}
