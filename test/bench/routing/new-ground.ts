/** What a router is worth where it has no labels of the models or questions at hand, and what a few hundred of the user's own add. */
import type { AutoModel, Demands } from '../../../electron/engine/routing/auto/constraints.ts'
import { type AutoFacts, decideAuto } from '../../../electron/engine/routing/auto/decide.ts'
import { indexEvidence, judgementOf, NO_EVIDENCE, weightAt } from '../../../electron/engine/routing/auto/evidence.ts'
import { expectedQuality } from '../../../electron/engine/routing/auto/expected-quality.ts'
import { expectations, fitLearners, type Learners } from '../../../electron/engine/routing/auto/learning/mixture.ts'
import { fitOwn, fitPromptOf } from '../../../electron/engine/routing/auto/own-fit.ts'
import { readPrompt } from '../../../electron/engine/routing/auto/read-prompt.ts'
import { tierOf } from '../../../electron/engine/routing/auto/tiers.ts'
import { unpack, type Weights, type WeightsFile } from '../../../electron/engine/routing/auto/weights.ts'
import { hashOf } from '../../../electron/engine/routing/auto/words.ts'
import type { AutoWish } from '../../../shared/auto.ts'
import type { Question, QuestionSet } from './data.ts'
import { mean, pairMetrics } from './metrics.ts'
import type { Pair, PairRow } from './pairs.ts'
import { sameness } from './protocols.ts'

/** One difficulty learned of all these sets: how many of their models fail. Prompts that will be asked are left out. */
export function pooledDifficulty(sets: readonly QuestionSet[], asked: readonly Question[]): (question: Question) => number {
  const unfair = new Set(asked.map(({ prompt }) => sameness(prompt)))
  const known = sets.flatMap(({ questions }) => questions).filter(({ prompt }) => !unfair.has(sameness(prompt)))
  const learners: Learners = fitLearners(
    known,
    known.map(({ scores }) => 1 - mean(scores)),
  )
  // line and words: the trees and the neighbours know these collections too well
  return (question) => {
    const [, line, words] = expectations(learners, question)
    return line + words
  }
}

/** The sets without what will be asked; with no other set at hand there is nothing to begin with. */
export function withoutAsked(sets: readonly QuestionSet[], asked: readonly Question[]): readonly QuestionSet[] {
  const unfair = new Set(asked.map(({ prompt }) => sameness(prompt)))
  return sets.map((set) => ({ ...set, questions: set.questions.filter(({ prompt }) => !unfair.has(sameness(prompt))) }))
}

export function measureUnknown(name: string, pair: Pair, asked: readonly Question[], score: (question: Question) => number): PairRow {
  const decided = asked.map((question) => ({
    id: question.id,
    strong: question.scores[pair.strong] as number,
    weak: question.scores[pair.weak] as number,
    score: score(question),
  }))
  return { name, n: asked.length, router: 'difficulty of other sets', ...pairMetrics(decided) }
}

/** Enough that the mean is known to a few thousandths. */
const DRAWS = 8
const STRONG = 'own/strong'
const WEAK = 'own/weak'
const ANYTHING: AutoWish = { slider: 1, allowed: [], excluded: [], sticky: false }
const NO_DEMANDS: Demands = {
  ...{ inputTokens: 0, maxOutputTokens: undefined, needs: new Set(), tools: 0 },
  regions: undefined,
  dataPolicy: 'any',
  budgetLeft: undefined,
}

export interface LocalRow {
  readonly labels: number
  /** Ranked by what is expected without a label of the user's, and with them. */
  readonly before: number
  readonly after: number
  /** Standard deviation of the gain over the draws, and its ends. */
  readonly deviation: number
  readonly least: number
  readonly most: number
}

/**
 * What labels of the user's own add, through the decision itself: `labels` questions drawn by hash are judged for both models and handed in as evidence,
 * and the rest are ranked by how much more `decideAuto` expects of the strong model than of the weak one. @param file weights that know nothing of the set
 */
export async function measureLocal(file: WeightsFile, set: QuestionSet, questions: readonly Question[], pair: Pair, labels: number): Promise<LocalRow> {
  const weights = unpack(file)
  const models = modelsOf(set, pair)
  const rank = (asked: readonly Question[], learned: Pick<AutoFacts, 'evidence' | 'ownFit'>): number =>
    pairMetrics(
      asked.map(({ id, prompt, scores }) => ({
        ...{ id, strong: scores[pair.strong] as number, weak: scores[pair.weak] as number },
        score: gainExpected(decideAuto({ text: prompt, inToolLoop: false, demands: NO_DEMANDS, wish: ANYTHING }, { models, weights, ...learned, now: 0 })),
      })),
    ).apgr
  const before: number[] = []
  const after: number[] = []
  for (let draw = 0; draw < DRAWS; draw++) {
    const order = questions.toSorted((a, b) => hashOf(`${draw}${a.id}`) - hashOf(`${draw}${b.id}`))
    const known = order.slice(0, labels)
    const asked = order.slice(labels)
    const learned = await learnedOf(weights, models, known, pair)
    before.push(rank(asked, { evidence: NO_EVIDENCE }))
    after.push(rank(asked, learned))
  }
  const gained = after.map((apgr, draw) => apgr - (before[draw] as number))
  const deviation = Math.sqrt(mean(gained.map((one) => (one - mean(gained)) ** 2)))
  return { labels, before: mean(before), after: mean(after), deviation, least: Math.min(...gained), most: Math.max(...gained) }
}

function modelsOf(set: QuestionSet, { strong, weak }: Pair): readonly AutoModel[] {
  return [[STRONG, strong] as const, [WEAK, weak] as const].map(([id, m]) => ({
    ...{ id, tier: tierOf(set.models[m] as string, undefined), context: undefined, output: undefined, can: undefined, mostTools: undefined },
    ...{ price: undefined, runsLocally: false, regions: undefined, keepsData: undefined, hasKey: true, health: 'well' },
  }))
}

function gainExpected(decision: ReturnType<typeof decideAuto>): number {
  if (decision.is === 'none') throw new Error('neither of the two models could be chosen')
  const qualityOf = (id: string): number => decision.order.find(({ model }) => model === id)?.quality ?? 0
  return qualityOf(STRONG) - qualityOf(WEAK)
}

async function learnedOf(weights: Weights, models: readonly AutoModel[], known: readonly Question[], pair: Pair) {
  const judged = known.flatMap(({ prompt, scores }) => {
    const reading = readPrompt(weights, { text: prompt, inputTokens: 0, inToolLoop: false, tools: 0 })
    const fitted = fitPromptOf(weights, reading)
    return models.map(({ id, tier: { tier } }) => {
      const quality = scores[id === STRONG ? pair.strong : pair.weak] as number
      const judgement = judgementOf({ at: 0, signal: 'vote', prompt, model: id, quality })
      return {
        judgement,
        fit: { prompt: fitted, model: id, quality, expected: expectedQuality(weights.slopes, reading.task, tier, reading), weight: weightAt(judgement, 0) },
      }
    })
  })
  return { evidence: indexEvidence(judged.map(({ judgement }) => judgement)), ownFit: await fitOwn(judged.map(({ fit }) => fit)) }
}
