/**
 * Task type x ability tier: the share of good answers before anything is known of the prompt. The user's own table goes over this one.
 *
 * Code, maths, knowledge and reasoning are means over the models of a tier in public per-question results, chat and long context are quoted. The others
 * are made by `npm run table:quality` out of public scores of single models, which lie beside that script: tiers are compared within one benchmark only
 * and told at the level of the newest. What holds in every row is the order of tiers and how far apart they stand, more than the level.
 */
import { type QualityBasis, type QualityCell, type QualitySource, TASKS, type Task, TIERS, type Tier } from '../../../../shared/auto.ts'
import { BFCL, LIVEBENCH_2024, LIVEBENCH_2025, LLMROUTER, MMLU_PRO, ROUTELLM, RULER, TAU2, TEXTCLASS, VECTARA, WMT25, ZEROEVAL } from './quality-sources.ts'

export type QualityTable = Readonly<Record<Task, Readonly<Record<Tier, QualityCell>>>>
/** A user's own figures, by task and tier. */
export type OwnQualities = Readonly<Partial<Record<Task, Readonly<Partial<Record<Tier, number>>>>>>

interface Row {
  readonly basis: Exclude<QualityBasis, 'drawn'>
  readonly sources: readonly QualitySource[]
  /** tiny, small, medium, large, frontier; rising from left to right in every row. */
  readonly values: readonly [number, number, number, number, number]
  /** Tiers of which the sources have fewer than three scores. */
  readonly drawn: readonly Tier[]
}

const ROWS: Readonly<Record<Task, Row>> = {
  code: { basis: 'measured', sources: [ZEROEVAL, LLMROUTER], values: [0.3, 0.5, 0.68, 0.81, 0.95], drawn: ['tiny'] },
  maths: { basis: 'measured', sources: [ZEROEVAL, LLMROUTER], values: [0.3, 0.62, 0.8, 0.9, 0.96], drawn: ['tiny'] },
  knowledge: { basis: 'measured', sources: [MMLU_PRO, ROUTELLM], values: [0.4, 0.52, 0.66, 0.77, 0.85], drawn: ['tiny', 'frontier'] },
  reasoning: { basis: 'measured', sources: [LLMROUTER, ROUTELLM], values: [0.5, 0.65, 0.74, 0.82, 0.9], drawn: ['tiny', 'frontier'] },
  // reformatting tables: everything that stands there has to be found and put where it belongs
  extraction: { basis: 'proxy', sources: [LIVEBENCH_2025, LIVEBENCH_2024], values: [0.809, 0.885, 0.957, 0.958, 0.979], drawn: ['tiny'] },
  // texts by topic, tone and toxicity in several languages; for the frontier the types of tables' columns
  classification: { basis: 'measured', sources: [TEXTCLASS, LIVEBENCH_2024], values: [0.599, 0.626, 0.676, 0.726, 0.788], drawn: ['tiny'] },
  // judged by a model as people would mark errors; out of English only
  translation: { basis: 'measured', sources: [WMT25], values: [0.484, 0.583, 0.755, 0.778, 0.817], drawn: ['tiny'] },
  summarising: {
    basis: 'measured',
    sources: [LIVEBENCH_2025, LIVEBENCH_2024, VECTARA],
    values: [0.576, 0.681, 0.748, 0.781, 0.79],
    drawn: [],
  },
  // stories that keep to what was asked of them; nobody judged their beauty
  creative: { basis: 'proxy', sources: [LIVEBENCH_2025, LIVEBENCH_2024], values: [0.573, 0.649, 0.778, 0.798, 0.818], drawn: ['tiny'] },
  chat: { basis: 'measured', sources: [ROUTELLM], values: [0.72, 0.83, 0.89, 0.93, 0.95], drawn: ['tiny', 'small', 'frontier'] },
  'agent-step': { basis: 'measured', sources: [TAU2, BFCL], values: [0.205, 0.438, 0.565, 0.728, 0.846], drawn: [] },
  'long-context': { basis: 'measured', sources: [RULER], values: [0.6, 0.73, 0.84, 0.87, 0.93], drawn: ['tiny', 'frontier'] },
}

export const QUALITY_TABLE: QualityTable = Object.fromEntries(
  TASKS.map((task) => {
    const { basis, sources, values, drawn } = ROWS[task]
    const cell = (tier: Tier, at: number): QualityCell => ({ quality: values[at] as number, basis: drawn.includes(tier) ? 'drawn' : basis, sources })
    return [task, Object.fromEntries(TIERS.map((tier, at) => [tier, cell(tier, at)]))]
  }),
) as QualityTable

/** The figure that holds: the user's own, else the table's. */
export function qualityOf(task: Task, tier: Tier, own: OwnQualities = {}): number {
  return own[task]?.[tier] ?? QUALITY_TABLE[task][tier].quality
}

/** Mean over all tasks: how able a tier is on the whole. */
export function meanQuality(tier: Tier): number {
  return TASKS.reduce((sum, task) => sum + QUALITY_TABLE[task][tier].quality, 0) / TASKS.length
}
