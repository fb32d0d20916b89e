/**
 * What a user's own judgements teach beyond single neighbours: for each model that was judged often enough, how its quality varies with what a prompt
 * says and looks like. Qualities are split into what all judged models share on a prompt and what a model departs from that, since only the second
 * tells two models apart. Each part is a stack (Wolpert 1992) of the trained weights' expectation and of a ridge over words and structure, weighed by
 * what they foretold of judgements they were not fitted on: trained weights that mislead on this user's prompts lose their say. Deterministic, pure.
 */
import type { EndpointId } from '../../../../shared/ids.ts'
import { type DenseModel, fitDense, fitSparse, type SparseModel, scoreDense, scoreSparse } from './learning/linear.ts'
import { partOf } from './learning/parts.ts'
import type { PromptReading } from './read-prompt.ts'
import { standardise, type Weights } from './weights.ts'

/** A prompt as the fit sees it. */
export interface FitPrompt {
  readonly hashes: Uint32Array
  /** Difficulty and gap of the trained weights, then the standardised structure. */
  readonly values: Float64Array
}

export interface FitJudgement {
  /** The same for judgements of the same prompt. */
  readonly prompt: FitPrompt
  readonly model: EndpointId
  readonly quality: number
  /** What the trained weights expect. */
  readonly expected: number
  /** Trust and age, 0..1. */
  readonly weight: number
}

/** The part of a quality that is fitted to one kind of departure. */
interface Part {
  readonly words: SparseModel
  readonly dense: DenseModel
}

interface Stack {
  /** Of what the trained weights expect, and of what was learned here. */
  readonly trained: number
  readonly local: number
}

interface OwnModel {
  /** Its quality on the prompts it was judged on, and what the trained weights expected there. */
  readonly level: number
  readonly expectedMean: number
  readonly part: Part
  /** Sum of the weights of its judgements. */
  readonly weight: number
}

export interface OwnFit {
  readonly models: ReadonlyMap<EndpointId, OwnModel>
  readonly shared: Part | undefined
  readonly sharedStack: Stack
  readonly departureStack: Stack
}

export const NO_FIT: OwnFit = { models: new Map(), shared: undefined, sharedStack: { trained: 1, local: 0 }, departureStack: { trained: 1, local: 0 } }

/** A model judged less is left to its neighbours. */
const LEAST_WEIGHT = 20
/** So many judgements say as much of a model's level as the table of tiers does. */
const LEVEL_DOUBT = 50
const BUCKETS = 2 ** 14
/** The constants below were chosen on MMLU-Pro, ZeroEval and LLMRouter with weights trained on the other sets, not on MMLU. */
const WORD_PENALTY = 50
/** In judgements; a few hundred cannot tell sixty slopes apart. */
const DENSE_PENALTY = 3_000
/** Words are held back more than their share of the truth. */
const WORD_SHARE = 3
const FOLDS = 5
/** Judgements' worth of belief in the trained weights as they are. */
const STACK_DOUBT = 100
/** A ridge says too little rather than too much, so what it says is never made smaller. */
const LEAST_LOCAL = 1
const MOST_LOCAL = 6
const MOST_TRAINED = 1.5

const NO_PAUSE = (): Promise<void> => Promise.resolve()

/** A value further from the usual says no more. */
const MOST_SPREADS = 3

export function fitPromptOf(weights: Pick<Weights, 'mean' | 'scale'>, { difficulty, gap, structure, hashes }: PromptReading): FitPrompt {
  const values = new Float64Array(structure.length + 2)
  values[0] = difficulty
  values[1] = gap
  values.set(
    standardise(weights, structure).map((value) => Math.max(-MOST_SPREADS, Math.min(MOST_SPREADS, value))),
    2,
  )
  return { hashes, values }
}

interface Row {
  readonly prompt: FitPrompt
  readonly target: number
  readonly trained: number
  readonly weight: number
}

/** @param pause awaited before each of the many small fits, so that requests are served in between */
export async function fitOwn(judgements: readonly FitJudgement[], pause: () => Promise<void> = NO_PAUSE): Promise<OwnFit> {
  const byModel = Map.groupBy(judgements, ({ model }) => model)
  const known = new Map([...byModel].filter(([, rows]) => weightOf(rows) >= LEAST_WEIGHT))
  if (known.size === 0) return NO_FIT
  const means = new Map([...known].map(([model, rows]) => [model, { quality: meanOf(rows, 'quality'), expected: meanOf(rows, 'expected') }]))
  const kept = judgements.filter(({ model }) => known.has(model))
  const prompts = Map.groupBy(kept, ({ prompt }) => prompt)
  const off = ({ model, quality, expected }: FitJudgement) => {
    const mean = means.get(model)
    return { quality: quality - (mean?.quality ?? 0), expected: expected - (mean?.expected ?? 0) }
  }
  const sharedRows = [...prompts].map(([prompt, rows]): Row => {
    const offs = rows.map(off)
    const average = (pick: 'quality' | 'expected'): number => offs.reduce((sum, one) => sum + one[pick], 0) / offs.length
    return { prompt, target: average('quality'), trained: average('expected'), weight: rows.reduce((sum, { weight }) => sum + weight, 0) / rows.length }
  })
  const shared = fitPart(sharedRows)
  const sharedStack = stackOf([sharedRows], [await outOfFold(sharedRows, pause)])
  const sharedAt = new Map(sharedRows.map((row) => [row.prompt, row]))
  const departures = new Map(
    [...known].map(([model, rows]) => [
      model,
      rows.map((judgement): Row => {
        const { quality, expected } = off(judgement)
        const together = (prompts.get(judgement.prompt)?.length ?? 0) > 1 ? sharedAt.get(judgement.prompt) : undefined
        return {
          prompt: judgement.prompt,
          target: quality - (together?.target ?? scorePart(shared, judgement.prompt)),
          trained: expected - (together?.trained ?? expected),
          weight: judgement.weight,
        }
      }),
    ]),
  )
  const foretold: (readonly number[])[] = []
  const models = new Map<EndpointId, OwnModel>()
  for (const [model, rows] of departures) {
    foretold.push(await outOfFold(rows, pause))
    await pause()
    const { quality, expected } = means.get(model) ?? { quality: 0, expected: 0 }
    const weight = weightOf(known.get(model) ?? [])
    const level = (weight * quality + LEVEL_DOUBT * expected) / (weight + LEVEL_DOUBT)
    models.set(model, { level, expectedMean: expected, part: fitPart(rows), weight })
  }
  const departureStack = stackOf([...departures.values()], foretold)
  return { models, shared, sharedStack, departureStack }
}

interface OwnExpectation {
  readonly quality: number
  /** The user's own share of it, 0..1. */
  readonly own: number
}

/**
 * Expected qualities, not held to 0..1, of the judged models on a prompt.
 * @param expected what the trained weights say of each model
 */
export function ownExpectations(fit: OwnFit, prompt: FitPrompt, expected: ReadonlyMap<EndpointId, number>): ReadonlyMap<EndpointId, OwnExpectation> {
  const { shared, sharedStack, departureStack } = fit
  if (shared === undefined) return new Map()
  const known = [...fit.models].flatMap(([model, own]) => {
    const trained = expected.get(model)
    return trained === undefined ? [] : [{ model, own, off: trained - own.expectedMean }]
  })
  const middle = known.reduce((sum, { off }) => sum + off, 0) / Math.max(1, known.length)
  const base = sharedStack.trained * middle + sharedStack.local * scorePart(shared, prompt)
  return new Map(
    known.map(({ model, own, off }) => {
      const quality = own.level + base + departureStack.trained * (off - middle) + departureStack.local * scorePart(own.part, prompt)
      return [model, { quality, own: own.weight / (own.weight + LEVEL_DOUBT) }]
    }),
  )
}

function fitPart(rows: readonly Row[]): Part {
  const targets = rows.map(({ target }) => target)
  const importance = rows.map(({ weight }) => weight)
  return {
    words: fitSparse(
      rows.map(({ prompt }) => prompt.hashes),
      targets,
      BUCKETS,
      WORD_PENALTY,
      importance,
    ),
    dense: fitDense(
      rows.map(({ prompt }) => prompt.values),
      targets,
      DENSE_PENALTY /
        Math.max(
          1,
          importance.reduce((sum, weight) => sum + weight, 0),
        ),
      importance,
    ),
  }
}

function scorePart({ words, dense }: Part, { hashes, values }: FitPrompt): number {
  return WORD_SHARE * scoreSparse(words, hashes) + scoreDense(dense, values)
}

/** What a part says of each row when it was fitted on the other folds. */
async function outOfFold(rows: readonly Row[], pause: () => Promise<void>): Promise<readonly number[]> {
  const foretold = new Array<number>(rows.length).fill(0)
  for (let fold = 0; fold < FOLDS; fold++) {
    await pause()
    const part = fitPart(rows.filter((_, at) => partOf(at, FOLDS) !== fold))
    for (const [at, { prompt }] of rows.entries()) if (partOf(at, FOLDS) === fold) foretold[at] = scorePart(part, prompt)
  }
  return foretold
}

/** Least squares of the targets on both expectations, drawn towards 'as trained' and held to what makes sense. */
function stackOf(groups: readonly (readonly Row[])[], foretold: readonly (readonly number[])[]): Stack {
  let tt = 0
  let tl = 0
  let ll = 0
  let ty = 0
  let ly = 0
  let count = 0
  for (const [group, rows] of groups.entries()) {
    for (const [at, { target, trained, weight }] of rows.entries()) {
      const local = foretold[group]?.[at] ?? 0
      tt += weight * trained * trained
      tl += weight * trained * local
      ll += weight * local * local
      ty += weight * trained * target
      ly += weight * local * target
      count += weight
    }
  }
  // as if `STACK_DOUBT` further judgements had come out as trained, with the same spread
  const doubt = STACK_DOUBT / Math.max(1, count)
  const a = tt * (1 + doubt) + 1e-9
  const b = ll * (1 + doubt) + 1e-9
  const right = ty + doubt * tt
  const left = ly + doubt * ll
  const determinant = a * b - tl * tl
  const trained = determinant > 1e-12 ? (b * right - tl * left) / determinant : 1
  const held = Math.max(0, Math.min(MOST_TRAINED, trained))
  return { trained: held, local: Math.max(LEAST_LOCAL, Math.min(MOST_LOCAL, (left - tl * held) / b)) }
}

function weightOf(rows: readonly FitJudgement[]): number {
  return rows.reduce((sum, { weight }) => sum + weight, 0)
}

function meanOf(rows: readonly FitJudgement[], pick: 'quality' | 'expected'): number {
  return rows.reduce((sum, row) => sum + row.weight * row[pick], 0) / Math.max(1e-9, weightOf(rows))
}
