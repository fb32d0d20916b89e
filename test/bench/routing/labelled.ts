/** Labelled questions as the training of shipped weights reads them: with the task they are of and the tiers of the models that answered. */
import { type LabelledQuestion, type TaskExample, trainWeights } from '../../../electron/engine/routing/auto/learning/train-weights.ts'
import { structureOf } from '../../../electron/engine/routing/auto/structure.ts'
import { tierOf } from '../../../electron/engine/routing/auto/tiers.ts'
import type { WeightsFile } from '../../../electron/engine/routing/auto/weights.ts'
import { hashesOf } from '../../../electron/engine/routing/auto/words.ts'
import type { Task } from '../../../shared/auto.ts'
import type { QuestionSet } from './data.ts'
import { taskExamples } from './task-examples.ts'

/** The benchmarks and subjects that are of one task, by parts of their names; everything else asks for knowledge. */
const TASK_NAMES: readonly (readonly [RegExp, Task])[] = [
  [/human_eval|crux|mbpp|code/, 'code'],
  [/gsm|mgsm|math|algebra|calculus/, 'maths'],
  [/logic|commonsense|openbook|moral_scenarios/, 'reasoning'],
  [/commongen/, 'creative'],
]

export function taskOf(benchmark: string, domain: string): Task {
  return TASK_NAMES.find(([pattern]) => pattern.test(`${benchmark} ${domain}`))?.[1] ?? 'knowledge'
}

export function labelled(set: QuestionSet): readonly (LabelledQuestion & TaskExample)[] {
  const tiers = set.models.map((model) => tierOf(model, undefined).tier)
  return set.questions.map(({ benchmark, domain, scores, structure, hashes }) => ({
    structure,
    hashes,
    collection: benchmark,
    task: taskOf(benchmark, domain),
    answers: scores.map((quality, m) => ({ tier: tiers[m] as (typeof tiers)[number], quality })),
  }))
}

export function ownExamples(): readonly TaskExample[] {
  return taskExamples().map(({ task, prompt }) => ({ task, collection: 'own', structure: structureOf(prompt), hashes: hashesOf(prompt) }))
}

/** Weights made as those that ship are, of these sets alone. */
export function weightsOf(sets: readonly QuestionSet[]): WeightsFile {
  const questions = sets.flatMap(labelled)
  return trainWeights(questions, [...questions, ...ownExamples()])
}
