import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { MatrixCheck, MatrixSpec } from '../../../../shared/api/matrix.ts'
import { readRows } from './read-rows.ts'

/** A matrix being set up: the rows as they were pasted. */
export interface MatrixDraft {
  readonly name: string
  readonly prompts: readonly { readonly system: string; readonly text: string }[]
  readonly models: readonly string[]
  readonly rows: string
  readonly checks: readonly MatrixCheck[]
  readonly temperature: string
  readonly maxOutputTokens: string
  /** Dollars, as typed. */
  readonly costCap: string
  readonly concurrency: number
}

export const FIRST_DRAFT: MatrixDraft = {
  name: 'Capitals',
  prompts: [{ system: '', text: 'What is the capital of {{country}}? Answer in one word.' }],
  models: ['demo/swift', 'demo/steady'],
  rows: 'country\nPortugal\nPeru\nKenya',
  checks: [],
  temperature: '',
  maxOutputTokens: '',
  costCap: '1',
  concurrency: 3,
}

export const useDraft = create<MatrixDraft>()(
  persist((): MatrixDraft => FIRST_DRAFT, {
    name: 'switchyard.matrix',
    version: 1,
    merge: (kept, initial) => (isDraft(kept) ? { ...initial, ...kept } : initial),
  }),
)

function isDraft(kept: unknown): kept is MatrixDraft {
  if (typeof kept !== 'object' || kept === null) return false
  const { prompts, models, rows, checks } = kept as Record<string, unknown>
  return Array.isArray(prompts) && Array.isArray(models) && Array.isArray(checks) && typeof rows === 'string'
}

/** What the draft asks for; undefined while its rows cannot be read. */
export function specOf(draft: MatrixDraft): MatrixSpec | undefined {
  const read = readRows(draft.rows)
  if (read.is === 'wrong') return undefined
  const [temperature, maxOutputTokens, dollars] = [draft.temperature, draft.maxOutputTokens, draft.costCap].map(numberOf)
  return {
    name: draft.name,
    prompts: draft.prompts.map((prompt) => ({ ...prompt })),
    models: [...draft.models],
    rows: read.rows.map((row) => ({ ...row })),
    parameters: { ...(temperature !== undefined && { temperature }), ...(maxOutputTokens !== undefined && { maxOutputTokens }) },
    checks: [...draft.checks],
    ...(dollars !== undefined && { costCap: Math.round(dollars * 1e9) }),
    concurrency: draft.concurrency,
  }
}

function numberOf(typed: string): number | undefined {
  const number = Number.parseFloat(typed)
  return Number.isFinite(number) && number >= 0 ? number : undefined
}

/** A run's settings as a draft, to change and run again. */
export function draftOf(spec: MatrixSpec): MatrixDraft {
  return {
    name: spec.name,
    prompts: spec.prompts,
    models: spec.models,
    rows: spec.rows.map((row) => JSON.stringify(row)).join('\n'),
    checks: spec.checks,
    temperature: String(spec.parameters.temperature ?? ''),
    maxOutputTokens: String(spec.parameters.maxOutputTokens ?? ''),
    costCap: spec.costCap === undefined ? '' : String(spec.costCap / 1e9),
    concurrency: spec.concurrency,
  }
}
