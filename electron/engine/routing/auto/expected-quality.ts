/** How well a tier is expected to do on a prompt: what it usually reaches on the task, moved by what the prompt looks like. Pure. */
import type { Task, Tier } from '../../../../shared/auto.ts'
import { logistic, logit } from './learning/calibration.ts'
import { type OwnQualities, qualityOf } from './quality-table.ts'
import type { FactorSlopes } from './weights.ts'

/** @param spreads the prompt's difficulty and gap, in spreads of the training questions */
export function expectedQuality(
  slopes: Readonly<Record<Tier, FactorSlopes>>,
  task: Task,
  tier: Tier,
  spreads: { readonly difficulty: number; readonly gap: number },
  own?: OwnQualities,
): number {
  const slope = slopes[tier]
  return logistic(logit(qualityOf(task, tier, own)) - slope.difficulty * spreads.difficulty - slope.gap * spreads.gap)
}
