/**
 * `npm run table:quality`: the rows of the quality table that no labelled question measures, made of public scores of single models. Each benchmark has a
 * level of its own and all of them share what a tier adds: least squares in log-odds over the means of tiers, each weighing as much as it has models. So
 * tiers are compared within a benchmark only, and models of one year with models of that year. A row is told at the level of the benchmark named first.
 */
import { readFileSync } from 'node:fs'
import { logistic, logit } from '../../../electron/engine/routing/auto/learning/calibration.ts'
import { tierOf } from '../../../electron/engine/routing/auto/tiers.ts'
import { type Task, TIERS, type Tier } from '../../../shared/auto.ts'

/** A column of one of the files in `public-scores/`, whose first line names the columns; 0..100, or 0..1. */
interface Column {
  readonly file: string
  readonly column: string
  readonly most: 1 | 100
}

const at100 = (file: string, column: string): Column => ({ file, column, most: 100 })

/** The columns that stand for a task, the one whose level counts first. */
export const ROWS: Readonly<Partial<Record<Task, readonly Column[]>>> = {
  extraction: [at100('livebench-2025-05-30', 'tablereformat'), at100('livebench-2024-11-25', 'tablereformat')],
  classification: [{ file: 'textclass-049ed79', column: 'weighted_f1', most: 1 }, at100('livebench-2024-11-25', 'cta')],
  translation: [at100('wmt25-automatic', 'en_cs'), at100('wmt25-automatic', 'en_arz')],
  summarising: [at100('livebench-2025-05-30', 'summarize'), at100('livebench-2024-11-25', 'summarize'), at100('vectara-2025-10-16', 'factual_consistency')],
  creative: [at100('livebench-2025-05-30', 'story_generation'), at100('livebench-2024-11-25', 'story_generation')],
  'agent-step': [
    ...['telecom', 'retail', 'airline'].map((column) => at100('tau2-2026', column)),
    ...['live', 'multi_turn'].map((column) => at100('bfcl-2024-12-29', column)),
  ],
}

interface Cell {
  readonly source: number
  readonly tier: Tier
  readonly mean: number
  readonly models: number
}

export interface TierEstimate {
  readonly quality: number
  /** Scores of models it is made of; fewer than three: drawn on from the tiers beside it. */
  readonly scores: number
}

function cellsOf({ file, column, most }: Column, source: number): readonly Cell[] {
  const text = readFileSync(new URL(`public-scores/${file}.csv`, import.meta.url), 'utf8')
  const [head, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  const place = head?.indexOf(column) ?? -1
  if (place < 0) throw new Error(`${file} has no column ${column}`)
  const byTier = Map.groupBy(rows, ([model = '']) => tierOf(model, undefined).tier)
  return [...byTier].map(([tier, models]) => ({
    ...{ source, tier, models: models.length },
    mean: models.reduce((sum, row) => sum + Number(row[place]), 0) / models.length / most,
  }))
}

const STEPS = 2_000

/** One or two models say more of themselves than of a tier. */
const LEAST_SCORES = 3

/** Tier by tier, least able first. A tier of fewer scores is drawn on by half the step before it. */
export function estimatesOf(columns: readonly Column[]): readonly TierEstimate[] {
  const all = columns.flatMap(cellsOf)
  const scores = TIERS.map((tier) => ofTier(all, tier).reduce((sum, { models }) => sum + models, 0))
  const cells = all.filter(({ tier }) => (scores[TIERS.indexOf(tier)] as number) >= LEAST_SCORES)
  const levels = columns.map(() => 0)
  const effects: Record<Tier, number> = { tiny: 0, small: 0, medium: 0, large: 0, frontier: 0 }
  const settle = (of: readonly Cell[], rest: (cell: Cell) => number): number => {
    const weight = of.reduce((sum, { models }) => sum + models, 0)
    return weight === 0 ? 0 : of.reduce((sum, cell) => sum + cell.models * (logit(cell.mean) - rest(cell)), 0) / weight
  }
  // block by block; the sums of squares only ever fall
  for (let step = 0; step < STEPS; step++) {
    for (const source of levels.keys()) levels[source] = settle(ofSource(cells, source), ({ tier }) => effects[tier])
    for (const tier of TIERS) effects[tier] = settle(ofTier(cells, tier), ({ source }) => levels[source] as number)
  }
  const odds = TIERS.map((tier) => (levels[0] as number) + effects[tier])
  for (const at of TIERS.keys()) {
    if ((scores[at] as number) >= LEAST_SCORES) continue
    const inward = at === 0 ? 1 : -1
    odds[at] = (odds[at + inward] as number) + ((odds[at + inward] as number) - (odds[at + 2 * inward] as number)) / 2
  }
  return risen(TIERS.map((_, at) => ({ quality: logistic(odds[at] as number), scores: scores[at] as number })))
}

/** Where an abler tier came out below a lesser one, both get their common mean, a thousandth apart: what is not told apart keeps the order of tiers. */
function risen(estimates: readonly TierEstimate[]): readonly TierEstimate[] {
  const out = [...estimates]
  for (let at = 1; at < out.length; at++) {
    const [below, above] = [out[at - 1] as TierEstimate, out[at] as TierEstimate]
    if (above.quality > below.quality) continue
    const common = (below.quality * below.scores + above.quality * above.scores) / Math.max(1, below.scores + above.scores)
    out[at - 1] = { ...below, quality: common - 0.0005 }
    out[at] = { ...above, quality: common + 0.0005 }
  }
  return out
}

function ofSource(cells: readonly Cell[], source: number): readonly Cell[] {
  return cells.filter((cell) => cell.source === source)
}

function ofTier(cells: readonly Cell[], tier: Tier): readonly Cell[] {
  return cells.filter((cell) => cell.tier === tier)
}

if (import.meta.main) {
  for (const [task, columns] of Object.entries(ROWS)) {
    const cells = estimatesOf(columns).map(({ quality, scores }, at) => `${TIERS[at]} ${quality.toFixed(3)} (${scores})`)
    console.info(`${task}: ${cells.join(', ')}`)
  }
}
