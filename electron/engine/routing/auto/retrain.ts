/**
 * Refits the shipped weights on a user's own judgements: what they say beyond what was expected becomes a correction of difficulty over words. Kept only
 * if it foretells judgements better that it was not fitted on. Deterministic, pure.
 */
import type { Tier } from '../../../../shared/auto.ts'
import { expectedQuality } from './expected-quality.ts'
import { logit } from './learning/calibration.ts'
import { fitSparse, type SparseModel } from './learning/linear.ts'
import { partOf } from './learning/parts.ts'
import { readPrompt } from './read-prompt.ts'
import { FACTOR_BUCKETS, unpack, type Weights, type WeightsFile, withCorrection } from './weights.ts'

export interface LabelledPrompt {
  readonly prompt: string
  readonly tier: Tier
  readonly quality: number
}

/** Judgements against what was expected: mean squared error, and the means of ten equal parts from the least to the most expected. */
export interface Curve {
  readonly brier: number
  readonly parts: readonly { readonly expected: number; readonly judged: number; readonly count: number }[]
}

export type Retrained =
  | { readonly is: 'too-few'; readonly have: number; readonly need: number }
  | { readonly is: 'better' | 'no-better'; readonly before: Curve; readonly after: Curve; readonly file: WeightsFile }

/** Fewer say nothing that five-fold checking could confirm. */
const LEAST_JUDGEMENTS = 40
const FOLDS = 5
/** A few judgements move little; measured best at a few hundred labels. */
const PENALTY = 3
const PARTS = 10
/** A judgement moves a prompt's log-odds by no more than this. */
const MOST_SURPRISE = 2

export function retrain(file: WeightsFile, judged: readonly LabelledPrompt[]): Retrained {
  const steps = retrainInSteps(file, judged)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The same with a pause after each fit, as a fit takes its time; yields how many of them are done. */
export function* retrainInSteps(file: WeightsFile, judged: readonly LabelledPrompt[]): Generator<{ readonly done: number; readonly of: number }, Retrained> {
  if (judged.length < LEAST_JUDGEMENTS) return { is: 'too-few', have: judged.length, need: LEAST_JUDGEMENTS }
  const weights = unpack(file)
  const before = judged.map((one) => expectedBy(weights, one))
  const after = new Array<number>(judged.length)
  for (let fold = 0; fold < FOLDS; fold++) {
    const corrected = unpack(
      withCorrection(
        file,
        correctionOf(
          weights,
          judged.filter((_, at) => partOf(at, FOLDS) !== fold),
        ),
      ),
    )
    for (const [at, one] of judged.entries()) if (partOf(at, FOLDS) === fold) after[at] = expectedBy(corrected, one)
    // the last fit is on all of them
    yield { done: fold + 1, of: FOLDS + 1 }
  }
  const curves = { before: curveOf(before, judged), after: curveOf(after, judged) }
  const is = curves.after.brier < curves.before.brier ? 'better' : 'no-better'
  return { is, ...curves, file: is === 'better' ? withCorrection(file, correctionOf(weights, judged)) : file }
}

/** In spreads of difficulty, by words. */
function correctionOf(weights: Weights, judged: readonly LabelledPrompt[]): SparseModel {
  const readings = judged.map(({ prompt }) => readPrompt(weights, { text: prompt, inputTokens: 0, inToolLoop: false, tools: 0 }))
  const targets = judged.map(({ tier, quality }, at) => {
    const expected = expectedQuality(weights.slopes, (readings[at] as (typeof readings)[number]).task, tier, readings[at] as (typeof readings)[number])
    // held off the ends, where log-odds have none
    const surprise = logit(expected) - logit(0.05 + 0.9 * quality)
    return Math.max(-MOST_SURPRISE, Math.min(MOST_SURPRISE, surprise)) / weights.slopes[tier].difficulty
  })
  return fitSparse(
    readings.map(({ hashes }) => hashes),
    targets,
    FACTOR_BUCKETS,
    PENALTY,
  )
}

function expectedBy(weights: Weights, { prompt, tier }: LabelledPrompt): number {
  const reading = readPrompt(weights, { text: prompt, inputTokens: 0, inToolLoop: false, tools: 0 })
  return expectedQuality(weights.slopes, reading.task, tier, reading)
}

export function curveOf(expected: readonly number[], judged: readonly { readonly quality: number }[]): Curve {
  const order = expected.map((value, at) => ({ value, quality: judged[at]?.quality ?? 0 })).toSorted((a, b) => a.value - b.value)
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const parts = Array.from({ length: PARTS }, (_, part) =>
    order.slice(Math.floor((part * order.length) / PARTS), Math.floor(((part + 1) * order.length) / PARTS)),
  )
  return {
    brier: mean(order.map(({ value, quality }) => (value - quality) ** 2)),
    parts: parts
      .filter(({ length }) => length > 0)
      .map((part) => ({ expected: mean(part.map(({ value }) => value)), judged: mean(part.map(({ quality }) => quality)), count: part.length })),
  }
}
