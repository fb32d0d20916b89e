/** The decision itself, as it ships: how long it takes, whether it ever breaks a hard constraint, and what being unsure costs. */
import type { AutoModel } from '../../../electron/engine/routing/auto/constraints.ts'
import { decideAuto, UNSURE_TOLERANCE } from '../../../electron/engine/routing/auto/decide.ts'
import { indexEvidence, judgementOf, MOST_EVIDENCE, NO_EVIDENCE } from '../../../electron/engine/routing/auto/evidence.ts'
import { SHIPPED_WEIGHTS } from '../../../electron/engine/routing/auto/shipped-weights.ts'
import { dice, randomModels, randomRequest, violation } from '../../support/auto-requests.ts'
import type { Question } from './data.ts'

const CHARACTERS = 8_000
const MODELS = 300
const WARM_UP = 50
const TIMED = 400
const RUNS = 5

export interface DecisionTime {
  readonly median: number
  readonly p95: number
}

/** Milliseconds for 8,000 characters, 300 models and a full table of evidence: all runs, and the best of five of each text, which a busy machine changes less. */
export function decisionTime(questions: readonly Question[]): { readonly all: DecisionTime; readonly best: DecisionTime } {
  const random = dice(7)
  const models = randomModels(random, MODELS)
  const pick = (): Question => questions[Math.floor(random() * questions.length)] as Question
  const evidence = indexEvidence(
    Array.from({ length: MOST_EVIDENCE }, (_, at) =>
      judgementOf({ at, signal: 'vote', prompt: pick().prompt, model: models[at % MODELS]?.id ?? '', quality: at % 2 }),
    ),
  )
  const request = randomRequest(random, models)
  const all: number[] = []
  const best: number[] = []
  for (let run = 0; run < WARM_UP + TIMED; run++) {
    let text = ''
    while (text.length < CHARACTERS) text += `${pick().prompt}\n`
    const asked = { ...request, text: text.slice(0, CHARACTERS) }
    const took = Array.from({ length: RUNS }, () => {
      const from = performance.now()
      decideAuto(asked, { models, weights: SHIPPED_WEIGHTS, evidence, now: 0 })
      return performance.now() - from
    })
    if (run < WARM_UP) continue
    all.push(...took)
    best.push(Math.min(...took))
  }
  return { all: spreadOf(all), best: spreadOf(best) }
}

function spreadOf(times: readonly number[]): DecisionTime {
  const order = times.toSorted((a, b) => a - b)
  return { median: order[Math.floor(order.length / 2)] as number, p95: order[Math.floor(order.length * 0.95)] as number }
}

export interface Checked {
  readonly requests: number
  readonly decided: number
  readonly violations: number
  readonly unsure: number
  /** Unsure decisions whose expected quality is further below the best possible than the stated tolerance. */
  readonly unsureBelow: number
}

export function checkDecisions(requests: number): Checked {
  const random = dice(11)
  let decided = 0
  let violations = 0
  let unsure = 0
  let unsureBelow = 0
  let models: readonly AutoModel[] = []
  for (let at = 0; at < requests; at++) {
    if (at % 20 === 0) models = randomModels(random)
    const asked = { ...randomRequest(random, models), current: undefined }
    const decision = decideAuto(asked, { models, weights: SHIPPED_WEIGHTS, evidence: NO_EVIDENCE, now: 0 })
    if (decision.is === 'none') continue
    decided++
    for (const { model, cost } of decision.order) {
      const chosen = models.find(({ id }) => id === model) as AutoModel
      const overBudget = asked.demands.budgetLeft !== undefined && (cost ?? Number.MAX_VALUE) > asked.demands.budgetLeft
      if (overBudget || violation(asked, chosen) !== undefined) violations++
    }
    if (decision.confidence === 'sure') continue
    unsure++
    const best = decideAuto({ ...asked, wish: { ...asked.wish, slider: 1 } }, { models, weights: SHIPPED_WEIGHTS, evidence: NO_EVIDENCE, now: 0 })
    const most = best.is === 'decided' ? Math.max(...best.order.map(({ quality }) => quality)) : 0
    if ((decision.order[0]?.quality ?? 0) < (1 - UNSURE_TOLERANCE) * most - 1e-9) unsureBelow++
  }
  return { requests, decided, violations, unsure, unsureBelow }
}
