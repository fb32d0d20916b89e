/**
 * Task type x ability tier: the share of good answers before anything is known of the prompt.
 *
 * Measured cells are means over models of a tier in public per-question results: ZeroEval (WildEval/ZeroEval@8c1485e, GSM8K and CRUXEval), MMLU-Pro
 * (TIGER-AI-Lab/MMLU-Pro@f418b11), LLMRouter (ulab-uiuc/LLMRouter@4e7a796: MATH, HumanEval, LogicGrid, CommonsenseQA, OpenBookQA), RouteLLM
 * (lm-sys/RouteLLM@0b64fda: MMLU, and MT-Bench 9.3 / 8.3 of ten for chat), RULER (hsiehjackson/RULER@0193bdd, README, column 64K, models that claim as much;
 * arXiv 2404.06654). They are of 2023-24 models: what holds is the order of tiers and how far
 * apart they stand on a task. Where nothing public was at hand a cell says 'assumed'. The user's own table goes over this one.
 */

import { type QualityCell, TASKS, type Task, TIERS, type Tier } from '../../../../shared/auto.ts'
import type { Translated } from '../../../../shared/messages/message.ts'

export type QualityTable = Readonly<Record<Task, Readonly<Record<Tier, QualityCell>>>>
/** A user's own figures, by task and tier. */
export type OwnQualities = Readonly<Partial<Record<Task, Readonly<Partial<Record<Tier, number>>>>>>

const AS_OF = '2026-11-25'

type Row = readonly [Task, QualityCell['basis'], Translated, readonly [number, number, number, number, number]]

/** tiny, small, medium, large, frontier; rising from left to right in every row. */
const ROWS: readonly Row[] = [
  [
    'code',
    'measured',
    { en: 'CRUXEval output prediction and HumanEval (ZeroEval, LLMRouter)', de: 'CRUXEval (Vorhersage der Ausgabe) und HumanEval (ZeroEval, LLMRouter)' },
    [0.3, 0.5, 0.68, 0.81, 0.95],
  ],
  ['maths', 'measured', { en: 'GSM8K and MATH (ZeroEval, LLMRouter)', de: 'GSM8K und MATH (ZeroEval, LLMRouter)' }, [0.3, 0.62, 0.8, 0.9, 0.96]],
  [
    'knowledge',
    'measured',
    { en: 'MMLU-Pro and MMLU (TIGER-AI-Lab, RouteLLM)', de: 'MMLU-Pro und MMLU (TIGER-AI-Lab, RouteLLM)' },
    [0.4, 0.52, 0.66, 0.77, 0.85],
  ],
  [
    'reasoning',
    'measured',
    { en: 'LogicGrid, CommonsenseQA, OpenBookQA (LLMRouter)', de: 'LogicGrid, CommonsenseQA, OpenBookQA (LLMRouter)' },
    [0.5, 0.65, 0.74, 0.82, 0.9],
  ],
  ['extraction', 'assumed', { en: 'close to knowledge, with the text at hand', de: 'nahe am Wissen, mit dem Text zur Hand' }, [0.68, 0.82, 0.9, 0.94, 0.96]],
  ['classification', 'assumed', { en: 'close to extraction', de: 'nahe am Herauslesen' }, [0.68, 0.82, 0.89, 0.93, 0.95]],
  ['translation', 'assumed', { en: 'between extraction and creative', de: 'zwischen Herauslesen und Kreativem' }, [0.55, 0.74, 0.86, 0.92, 0.95]],
  ['summarising', 'assumed', { en: 'close to extraction', de: 'nahe am Herauslesen' }, [0.65, 0.8, 0.88, 0.92, 0.94]],
  ['creative', 'assumed', { en: 'close to chat', de: 'nahe am Gespräch' }, [0.55, 0.72, 0.84, 0.91, 0.95]],
  [
    'chat',
    'measured',
    {
      en: 'MT-Bench as quoted by RouteLLM for two tiers; the others drawn through them',
      de: 'MT-Bench, wie von RouteLLM angeführt, für zwei Stufen; die anderen durch sie gelegt',
    },
    [0.72, 0.83, 0.89, 0.93, 0.95],
  ],
  ['agent-step', 'assumed', { en: 'like code, with more to lose', de: 'wie Code, mit mehr zu verlieren' }, [0.2, 0.42, 0.64, 0.8, 0.92]],
  [
    'long-context',
    'measured',
    {
      en: 'RULER at 64,000 tokens for small (9 models), medium (9) and large (3); tiny and frontier drawn through them',
      de: 'RULER mit 64.000 Token für klein (9 Modelle), mittel (9) und groß (3); winzig und Spitze durch sie gelegt',
    },
    [0.6, 0.73, 0.84, 0.87, 0.93],
  ],
]

export const QUALITY_TABLE: QualityTable = Object.fromEntries(
  ROWS.map(([task, basis, source, values]) => [
    task,
    Object.fromEntries(TIERS.map((tier, at): [Tier, QualityCell] => [tier, { quality: values[at] as number, basis, source, asOf: AS_OF }])),
  ]),
) as QualityTable

/** The figure that holds: the user's own, else the table's. */
export function qualityOf(task: Task, tier: Tier, own: OwnQualities = {}): number {
  return own[task]?.[tier] ?? QUALITY_TABLE[task][tier].quality
}

/** Mean over all tasks: how able a tier is on the whole. */
export function meanQuality(tier: Tier): number {
  return TASKS.reduce((sum, task) => sum + QUALITY_TABLE[task][tier].quality, 0) / TASKS.length
}
