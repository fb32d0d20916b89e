/** The decision itself, as it ships: how long it takes, whether it ever breaks a hard constraint, and what being unsure costs. */
import type { AutoModel } from '../../../electron/engine/routing/auto/constraints.ts'
import { decideAuto, UNSURE_TOLERANCE } from '../../../electron/engine/routing/auto/decide.ts'
import { type EvidenceIndex, indexEvidence, judgementOf, MOST_EVIDENCE, NO_EVIDENCE } from '../../../electron/engine/routing/auto/evidence.ts'
import { expectedQuality } from '../../../electron/engine/routing/auto/expected-quality.ts'
import { fitOwn, fitPromptOf, NO_FIT, type OwnFit } from '../../../electron/engine/routing/auto/own-fit.ts'
import { readPrompt } from '../../../electron/engine/routing/auto/read-prompt.ts'
import { SHIPPED_WEIGHTS } from '../../../electron/engine/routing/auto/shipped-weights.ts'
import { sketchOf } from '../../../electron/engine/routing/auto/sketch.ts'
import { dice, randomModels, randomRequest, violation } from '../../support/auto-requests.ts'
import type { Question } from './data.ts'

const CHARACTERS = 8_000
const MODELS = 300
const WARM_UP = 50
const TIMED = 400
const RUNS = 5
/** The judgements are of so many models, so that each gets a fit of its own. */
const JUDGED_MODELS = 40
/** As long as the vectors of small local models. */
const DIMENSIONS = 384
const EMBEDDER = 'bench'

export interface DecisionTime {
  readonly median: number
  readonly p95: number
}

export interface TimedDecision {
  readonly knows: 'judgements' | 'judgements and the fits made of them' | 'judgements, fits, and embeddings of all'
  readonly all: DecisionTime
  /** The best of five runs of each text, which a busy machine changes less. */
  readonly best: DecisionTime
}

/** Milliseconds for 8,000 characters, 300 models and a full table of evidence, by what there is to go by. */
export async function decisionTimes(questions: readonly Question[]): Promise<readonly TimedDecision[]> {
  const random = dice(7)
  const models = randomModels(random, MODELS)
  const pick = (): Question => questions[Math.floor(random() * questions.length)] as Question
  const vector = (): Float32Array => Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5)
  const judged = Array.from({ length: MOST_EVIDENCE }, (_, at) => {
    const model = models[at % JUDGED_MODELS] as AutoModel
    return { model, judgement: { at, signal: 'vote' as const, prompt: pick().prompt, model: model.id, quality: at % 2 } }
  })
  const words = indexEvidence(judged.map(({ judgement }) => judgementOf(judgement)))
  const embedded = indexEvidence(
    judged.map(({ judgement }) => judgementOf({ ...judgement, embedding: Array.from(vector()), embedder: EMBEDDER })),
    EMBEDDER,
  )
  const fit = await fitOwn(
    judged.map(({ model, judgement: { prompt, quality } }) => {
      const reading = readPrompt(SHIPPED_WEIGHTS, { text: prompt, inputTokens: 0, inToolLoop: false, tools: 0 })
      const expected = expectedQuality(SHIPPED_WEIGHTS.slopes, reading.task, model.tier.tier, reading)
      return { prompt: fitPromptOf(SHIPPED_WEIGHTS, reading), model: model.id, quality, expected, weight: 1 }
    }),
  )
  const request = randomRequest(random, models)
  const texts = Array.from({ length: WARM_UP + TIMED }, () => {
    let text = ''
    while (text.length < CHARACTERS) text += `${pick().prompt}\n`
    return text.slice(0, CHARACTERS)
  })
  const timed = (evidence: EvidenceIndex, ownFit: OwnFit, embedding?: Float32Array) => {
    const all: number[] = []
    const best: number[] = []
    for (const [at, text] of texts.entries()) {
      const asked = { ...request, text, embedding }
      const took = Array.from({ length: RUNS }, () => {
        const from = performance.now()
        decideAuto(asked, { models, weights: SHIPPED_WEIGHTS, evidence, ownFit, now: 0 })
        return performance.now() - from
      })
      if (at < WARM_UP) continue
      all.push(...took)
      best.push(Math.min(...took))
    }
    return { all: spreadOf(all), best: spreadOf(best) }
  }
  return [
    { knows: 'judgements', ...timed(words, NO_FIT) },
    { knows: 'judgements and the fits made of them', ...timed(words, fit) },
    { knows: 'judgements, fits, and embeddings of all', ...timed(embedded, fit, sketchOf(vector())) },
  ]
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
