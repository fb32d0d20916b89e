/** A router among all models of a set: quality of each is foretold, and the best value is picked. */
import { fitQuality, foretell } from '../../../electron/engine/routing/auto/learning/quality.ts'
import type { Question, QuestionSet } from './data.ts'
import { bestSingle, costAtQuality, fixedMix, type ManyDecided } from './metrics.ts'
import type { Split } from './protocols.ts'

/** Where no output is stored, every model is taken to write this much. */
const TOKENS_UNKNOWN = 200
const CHARACTERS_PER_TOKEN = 4
export const SHARES = [0.95, 0.98, 1] as const

export interface ManyRow {
  readonly name: string
  readonly n: number
  readonly best: string
  /** Cost as shares of the best single model's, at `SHARES` of its quality. */
  readonly fixedMix: readonly number[]
  readonly mixture: readonly (number | undefined)[]
}

export function measureMany(name: string, set: QuestionSet, splits: readonly Split[]): ManyRow | undefined {
  const decided: ManyDecided[] = []
  const expected: (readonly number[])[] = []
  for (const { known, asked } of splits) {
    const model = fitQuality(
      known,
      known.map(({ scores }) => scores),
    )
    const tokens = meanTokens(known, set.models.length)
    for (const question of asked) {
      decided.push({ predicted: foretell(model, question), scores: question.scores, costs: costsOf(set, question, question.tokens) })
      expected.push(costsOf(set, question, tokens))
    }
  }
  if (decided.length === 0) return undefined
  return {
    name,
    n: decided.length,
    best: set.models[bestSingle(decided)] as string,
    fixedMix: fixedMix(decided, SHARES),
    mixture: costAtQuality(decided, expected, SHARES),
  }
}

function meanTokens(questions: readonly Question[], models: number): readonly number[] | undefined {
  const known = questions.filter(({ tokens }) => tokens !== undefined)
  if (known.length === 0) return undefined
  return Array.from({ length: models }, (_, m) => known.reduce((sum, { tokens }) => sum + (tokens?.[m] as number), 0) / known.length)
}

/** In USD per million calls. */
function costsOf({ prices }: QuestionSet, { prompt }: Question, tokens: readonly number[] | undefined): readonly number[] {
  return prices.map(([input, output], m) => (prompt.length / CHARACTERS_PER_TOKEN) * input + (tokens?.[m] ?? TOKENS_UNKNOWN) * output)
}
