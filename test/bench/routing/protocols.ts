/** Which questions a router may learn from and which it is measured on. Folds come from ids and names, so that they are the same each time. */
import { hashOf } from '../../../electron/engine/routing/auto/words.ts'
import type { Question, QuestionSet } from './data.ts'

export interface Split {
  readonly known: readonly Question[]
  readonly asked: readonly Question[]
}

const FOLDS = 5

/** Five-fold: each question is asked once, by a router that knows the other four fifths. */
export function byQuestion(questions: readonly Question[]): readonly Split[] {
  return foldsOf(questions, ({ id }) => hashOf(id) % FOLDS)
}

/** Whole subjects left out: no question of an asked subject is known. undefined where there are too few subjects. */
export function bySubject(questions: readonly Question[]): readonly Split[] | undefined {
  const subjects = [...new Set(questions.map(({ domain }) => domain))].toSorted((a, b) => (a < b ? -1 : 1))
  if (subjects.length < FOLDS) return undefined
  const foldOf = new Map(subjects.map((subject, at) => [subject, at % FOLDS]))
  return foldsOf(questions, ({ domain }) => foldOf.get(domain) as number)
}

function foldsOf(questions: readonly Question[], foldOf: (question: Question) => number): readonly Split[] {
  return Array.from({ length: FOLDS }, (_, fold) => ({
    known: questions.filter((question) => foldOf(question) !== fold),
    asked: questions.filter((question) => foldOf(question) === fold),
  })).filter(({ asked }) => asked.length > 0)
}

/** The same question in two collections differs in spaces and signs. All of it counts: whole benchmarks begin with the same instruction. */
export function sameness(prompt: string): string {
  return prompt.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

/** With so many of a benchmark's own questions at hand, those of others only blur them. */
const ENOUGH_OF_ITS_OWN = 300

/**
 * One folder's questions to learn from, another's to be asked; what stands in both is not learned from. Where all that is asked is of one benchmark
 * that is well known, only that is learned from.
 */
export function acrossFolders(train: QuestionSet, test: QuestionSet): { readonly split: Split; readonly leftOut: number } {
  const asked = new Set(test.questions.map(({ prompt }) => sameness(prompt)))
  const fair = train.questions.filter(({ prompt }) => !asked.has(sameness(prompt)))
  const benchmarks = new Set(test.questions.map(({ benchmark }) => benchmark))
  const own = benchmarks.size === 1 ? fair.filter(({ benchmark }) => benchmarks.has(benchmark)) : []
  return { split: { known: own.length >= ENOUGH_OF_ITS_OWN ? own : fair, asked: test.questions }, leftOut: train.questions.length - fair.length }
}

/** Whole sets, and those of their benchmarks that are large enough to be read alone. */
export function partsOf(set: QuestionSet, least: number): readonly { readonly name: string; readonly questions: readonly Question[] }[] {
  const benchmarks = Map.groupBy(set.questions, ({ benchmark }) => benchmark)
  if (benchmarks.size === 1) return [{ name: `${set.name}: ${[...benchmarks.keys()].join()}`, questions: set.questions }]
  const large = [...benchmarks].filter(([, questions]) => questions.length >= least)
  return [{ name: `${set.name}: all`, questions: set.questions }, ...large.map(([benchmark, questions]) => ({ name: `${set.name}: ${benchmark}`, questions }))]
}
