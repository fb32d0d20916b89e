/** A decision in one line for people, and what else could have been done with the request. Pure. */

import type { AutoBaseline, AutoChoice, Task } from '../../../../shared/auto.ts'
import { type AutoReason, hardnessOf } from '../../../../shared/messages/auto.ts'
import { asNanoUsd, type NanoUsd } from '../../../../shared/money.ts'
import { meanQuality } from './quality-table.ts'

/** A single cheap model for everything costs at most this share of the best one. */
const CHEAP_SHARE = 0.25

/**
 * (a) the model asked for, or the best where the client left it to us, (b) the one cheap model that would be best for everything, (c) half of the calls
 * to each of the two.
 */
export function baselinesFor(eligible: readonly AutoChoice[], reference: AutoChoice, askedFor: AutoChoice | undefined): readonly AutoBaseline[] {
  const first = askedFor ?? reference
  const cheap = bestCheap(eligible, reference)
  const asked: AutoBaseline = { against: 'model asked for', model: first.model, quality: first.quality, cost: first.cost }
  if (cheap === undefined) return [asked]
  return [
    asked,
    { against: 'best single cheap model', model: cheap.model, quality: cheap.quality, cost: cheap.cost },
    {
      against: 'fixed mix',
      model: `half ${reference.model}, half ${cheap.model}`,
      mix: [reference.model, cheap.model],
      quality: (reference.quality + cheap.quality) / 2,
      cost: halfOf(reference.cost, cheap.cost),
    },
  ]
}

function bestCheap(eligible: readonly AutoChoice[], reference: AutoChoice): AutoChoice | undefined {
  const { cost: most } = reference
  if (most === undefined) return undefined
  let best: AutoChoice | undefined
  for (const choice of eligible) {
    if (choice.cost === undefined || choice.cost > most * CHEAP_SHARE || choice.model === reference.model) continue
    const ahead = best === undefined ? 1 : meanQuality(choice.tier) - meanQuality(best.tier)
    if (ahead > 0 || (ahead === 0 && choice.cost < (best?.cost ?? 0))) best = choice
  }
  return best
}

function halfOf(a: NanoUsd | undefined, b: NanoUsd | undefined): NanoUsd | undefined {
  return a === undefined || b === undefined ? undefined : asNanoUsd(Math.round((a + b) / 2))
}

/** The decision in one line: why this model, the runner-up, and the best one where that is another. */
export function lineFor(
  reading: { readonly task: Task; readonly difficulty: number; readonly unsure: AutoReason | undefined },
  chosen: AutoChoice,
  runnerUp: AutoChoice | undefined,
  reference: AutoChoice,
): AutoReason {
  const { task, difficulty, unsure } = reading
  return {
    ...{ code: 'auto-line', task, hardness: hardnessOf(difficulty), unsure },
    chosen: { ...expected(chosen), why: chosen.why },
    runnerUp: runnerUp && expected(runnerUp),
    best: reference.model === chosen.model ? undefined : expected(reference),
  }
}

function expected({ model, quality, cost }: AutoChoice): Pick<AutoChoice, 'model' | 'quality' | 'cost'> {
  return { model, quality, cost }
}
