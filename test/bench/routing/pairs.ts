/** A router between two models: strong where it pays, weak elsewhere. */
import { chanceOf, fitMixture, scoreMixture } from '../../../electron/engine/routing/auto/learning/mixture.ts'
import type { Question, QuestionSet } from './data.ts'
import { brier, calibrationError, type Decided, mean, pairMetrics } from './metrics.ts'
import type { Split } from './protocols.ts'

export interface Pair {
  readonly strong: number
  readonly weak: number
}

/** The weak model of a pair is the one nearest to this share of the strong one's quality: of use still, with a gap that is worth a router. */
const WEAK_SHARE = 0.6

/** The best model over one of about 60 % of its quality, or the two that `--pair strong/weak` names in part. */
export function pairOf(set: QuestionSet, wanted: string | undefined): Pair {
  const [first, second] = wanted?.split('/').map((name) => set.models.findIndex((model) => model.toLowerCase().includes(name.trim().toLowerCase()))) ?? []
  if (first !== undefined && second !== undefined && first >= 0 && second >= 0) return { strong: first, weak: second }
  const quality = set.models.map((_, m) => mean(set.questions.map(({ scores }) => scores[m] as number)))
  const strong = quality.indexOf(Math.max(...quality))
  const far = quality.map((value, m) => (m === strong ? Number.POSITIVE_INFINITY : Math.abs(value - WEAK_SHARE * (quality[strong] as number))))
  return { strong, weak: far.indexOf(Math.min(...far)) }
}

export interface PairRow {
  readonly name: string
  readonly n: number
  readonly router: string
  readonly apgr: number
  readonly cpt50: number
  readonly cpt80: number
  readonly for95: number
  readonly for99: number
  readonly brier?: number
  readonly ece?: number
}

interface Judged extends Decided {
  readonly chance: number
}

/** Measures our mixture over these splits, beside prompt length; the questions of all splits are ranked together. */
export function measurePair(
  name: string,
  { strong, weak }: Pair,
  splits: readonly Split[],
  counts: (question: Question) => boolean = () => true,
): readonly PairRow[] {
  const judged: Judged[] = []
  const lengths: Decided[] = []
  for (const { known, asked } of splits) {
    const mixture = fitMixture(
      known,
      gains(known, strong, weak),
      known.map((question) => asWell(question, strong, weak)),
    )
    for (const question of asked) {
      if (!counts(question)) continue
      const score = scoreMixture(mixture, question)
      const both = { id: question.id, strong: question.scores[strong] as number, weak: question.scores[weak] as number }
      judged.push({ ...both, score, chance: chanceOf(mixture, score) })
      lengths.push({ ...both, score: question.prompt.length })
    }
  }
  if (judged.length === 0) return []
  const happened = judged.map((one) => (one.weak >= one.strong ? 1 : 0))
  const chances = judged.map(({ chance }) => chance)
  const n = judged.length
  return [
    { name, n, router: 'prompt length', ...pairMetrics(lengths) },
    { name, n, router: 'mixture', ...pairMetrics(judged), brier: brier(chances, happened), ece: calibrationError(chances, happened) },
  ]
}

export function gains(questions: readonly Question[], strong: number, weak: number): Float64Array {
  return Float64Array.from(questions, ({ scores }) => (scores[strong] as number) - (scores[weak] as number))
}

function asWell({ scores }: Question, strong: number, weak: number): number {
  return (scores[weak] as number) >= (scores[strong] as number) ? 1 : 0
}

/** Strong and weak quality, for the heading. */
export function qualitiesOf(questions: readonly Question[], { strong, weak }: Pair): readonly [number, number] {
  return [mean(questions.map(({ scores }) => scores[strong] as number)), mean(questions.map(({ scores }) => scores[weak] as number))]
}
