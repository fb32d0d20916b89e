/** What a router is worth where it has no labels of the models or questions at hand, and what a few hundred of the user's own add. */
import { expectations, fitLearners, fitMixture, type Learners, scoreMixture } from '../../../electron/engine/routing/auto/learning/mixture.ts'
import { hashOf } from '../../../electron/engine/routing/auto/words.ts'
import type { Question, QuestionSet } from './data.ts'
import { mean, pairMetrics } from './metrics.ts'
import { gains, type Pair, type PairRow } from './pairs.ts'
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

export function measureUnknown(name: string, pair: Pair, asked: readonly Question[], score: (question: Question) => number): PairRow {
  const decided = asked.map((question) => ({
    id: question.id,
    strong: question.scores[pair.strong] as number,
    weak: question.scores[pair.weak] as number,
    score: score(question),
  }))
  return { name, n: asked.length, router: 'difficulty of other sets', ...pairMetrics(decided) }
}

const DRAWS = 5

export interface LocalRow {
  readonly labels: number
  readonly apgr: number
  readonly least: number
  readonly most: number
}

/** APGR on the rest of the questions after learning from a few of them, over five draws. */
export function measureLocal(questions: readonly Question[], { strong, weak }: Pair, labels: number): LocalRow {
  const found = Array.from({ length: DRAWS }, (_, draw) => {
    const order = questions.toSorted((a, b) => hashOf(`${draw}${a.id}`) - hashOf(`${draw}${b.id}`))
    const known = order.slice(0, labels)
    const mixture = fitMixture(
      known,
      gains(known, strong, weak),
      known.map(({ scores }) => ((scores[weak] as number) >= (scores[strong] as number) ? 1 : 0)),
    )
    return pairMetrics(
      order.slice(labels).map((question) => ({
        id: question.id,
        strong: question.scores[strong] as number,
        weak: question.scores[weak] as number,
        score: scoreMixture(mixture, question),
      })),
    ).apgr
  })
  return { labels, apgr: mean(found), least: Math.min(...found), most: Math.max(...found) }
}
