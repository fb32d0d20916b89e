/**
 * `npm run train:routing`: makes the weights that ship with automatic routing, their provenance and their measured curve. The same data give the same
 * bytes. Only sets whose licence is Apache-2.0 or MIT are learned from; each is named with its licence in the provenance.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { expectedQuality } from '../../../electron/engine/routing/auto/expected-quality.ts'
import {
  difficultyOf,
  fitFactor,
  gapOf,
  type LabelledQuestion,
  scoreFactor,
  trainWeights,
} from '../../../electron/engine/routing/auto/learning/train-weights.ts'
import { tierOf } from '../../../electron/engine/routing/auto/tiers.ts'
import { hashOf } from '../../../electron/engine/routing/auto/words.ts'
import { type QuestionSet, readSets } from './data.ts'
import { labelled, ownExamples } from './labelled.ts'
import { pairMetrics, qualityCurve } from './metrics.ts'
import { pairOf } from './pairs.ts'

const { values } = parseArgs({
  options: { data: { type: 'string', default: fileURLToPath(new URL('../../../../shared/data/routing', import.meta.url)) } },
})
const target = (name: string): string => fileURLToPath(new URL(`../../../electron/engine/routing/auto/${name}`, import.meta.url))

/** Sets that may be learned from, with where they come from. Anything else in the folder is left alone. */
const LICENCES: Readonly<Record<string, { readonly origin: string; readonly licence: string }>> = {
  routellm: { origin: 'lm-sys/RouteLLM@0b64fda routellm/evals/{mmlu/responses,gsm8k}', licence: 'Apache-2.0 (MMLU, GSM8K: MIT)' },
  zeroeval: { origin: 'WildEval/ZeroEval@8c1485e result_dirs/{gsm,crux}', licence: 'Apache-2.0 (GSM8K, CRUXEval: MIT)' },
  mmlupro: { origin: 'TIGER-AI-Lab/MMLU-Pro@f418b11 eval_results', licence: 'Apache-2.0' },
  llmrouter: { origin: 'ulab-uiuc/LLMRouter@4e7a796 data/dcrouter_preprocessed/train.json', licence: 'MIT' },
}

const sets = readSets(values.data).filter(({ name }) => Object.hasOwn(LICENCES, name))
const questions = sets.flatMap(labelled)
if (questions.length === 0) {
  console.error(`There is nothing to learn from in ${values.data}.`)
  process.exit(1)
}
const own = ownExamples()
const weights = trainWeights(questions, [...questions, ...own])
const text = `${JSON.stringify(weights)}\n`
writeFileSync(target('shipped-weights.json'), text)

/** How a decision's expected gain ranks the questions of a set, each by factors that were fitted without it; strong calls in twentieths. */
function measured(set: QuestionSet) {
  const pair = pairOf(set, undefined)
  const [strongTier, weakTier] = [pair.strong, pair.weak].map((m) => tierOf(set.models[m] as string, undefined).tier)
  const all = labelled(set)
  const others = sets.filter(({ name }) => name !== set.name).flatMap(labelled)
  const decided = [0, 1, 2, 3, 4].flatMap((fold) => {
    const isKept = (at: number): boolean => hashOf(set.questions[at]?.id ?? '') % 5 === fold
    const known = [...others, ...all.filter((_, at) => !isKept(at))]
    const difficulty = fitFactor(known, difficultyOf)
    const gap = fitFactor(known, gapOf)
    return set.questions.flatMap(({ id, scores }, at) => {
      const question = all[at] as LabelledQuestion
      const spreads = {
        difficulty: (scoreFactor(difficulty, question) - weights.difficulty.centre) / weights.difficulty.spread,
        gap: (scoreFactor(gap, question) - weights.gap.centre) / weights.gap.spread,
      }
      const [high, low] = [strongTier, weakTier].map((tier) => expectedQuality(weights.slopes, question.task, tier ?? 'small', spreads))
      return isKept(at) ? [{ id, strong: scores[pair.strong] as number, weak: scores[pair.weak] as number, score: (high as number) - (low as number) }] : []
    })
  })
  const { apgr, cpt50, cpt80 } = pairMetrics(decided)
  const round = (value: number): number => Number(value.toFixed(4))
  return {
    set: set.name,
    strong: set.models[pair.strong],
    weak: set.models[pair.weak],
    apgr: round(apgr),
    cpt50: round(cpt50),
    cpt80: round(cpt80),
    qualityByTwentieth: qualityCurve(decided, 20).map(round),
  }
}

const provenance = {
  what: 'Weights of automatic routing: difficulty (structure and hashed words) and task types, as signed bytes.',
  madeBy: 'npm run train:routing',
  sha256: createHash('sha256').update(text).digest('hex'),
  bytes: text.length,
  learnedFrom: [
    ...sets.map(({ name, questions: { length } }) => ({
      file: `${name}.jsonl`,
      sha256: createHash('sha256')
        .update(readFileSync(join(values.data, `${name}.jsonl`)))
        .digest('hex'),
      questions: length,
      ...LICENCES[name],
    })),
    { file: 'test/bench/routing/task-examples.ts', questions: own.length, origin: 'written for this project', licence: 'MIT' },
  ],
  doesNotShow: 'Labels are of models of 2023-24. What carries over is how prompts are ranked, not how good a model is.',
  measured: sets.map(measured),
}
writeFileSync(target('shipped-weights.provenance.json'), `${JSON.stringify(provenance, undefined, 1)}\n`)
console.info(`${questions.length} questions and ${own.length} examples of tasks made ${(text.length / 1024).toFixed(0)} kB.`)
for (const { set, strong, weak, apgr, cpt50, cpt80 } of provenance.measured) {
  console.info(`${set}: ${strong} over ${weak}: APGR ${apgr}, CPT(50) ${cpt50}, CPT(80) ${cpt80}, by tier, task and shipped factors`)
}
console.info(`slopes ${JSON.stringify(weights.slopes)}`)
