import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import type { Ms } from '../ids.ts'

const answer = z.object({
  model: z.string().min(1).max(300),
  system: z.string().max(2_000_000).default(''),
  text: z.string().max(5_000_000),
  outcome: z.string().max(60),
  firstEventMs: z.number().min(0).optional(),
  totalMs: z.number().min(0).optional(),
  tokensOut: z.number().min(0).optional(),
  /** Nano-USD. */
  cost: z.number().int().min(0).optional(),
})
const comparison = z.object({
  id: z.string().min(1).max(100),
  prompt: z.string().max(2_000_000),
  /** Names of the files that went with the question; their bytes are not kept. */
  files: z.array(z.string().max(255)).max(20).default([]),
  answers: z.array(answer).min(1).max(6),
})

/** One question and what each pane answered. */
export type Comparison = Readonly<z.infer<typeof comparison>>
export type KeptComparison = Comparison & { readonly at: Ms }

export interface HistoryRow {
  readonly id: string
  readonly at: Ms
  readonly prompt: string
  readonly models: readonly string[]
  /** Where the searched words stand in the answers; '' when nothing was searched. */
  readonly found: string
}

export interface HistoryPage {
  readonly rows: readonly HistoryRow[]
  /** Pass as `before` for the next, older page; undefined at the end. */
  readonly cursor: string | undefined
}

export const historyApi = {
  /** Newest first. Every word of `text` must begin a word of the question, an answer or a model's name. */
  'history.list': reads(
    z.object({ text: z.string().max(500).optional(), before: z.string().max(120).optional(), limit: z.number().int().min(1).max(200).default(50) }),
  ).returns<HistoryPage>(),
  'history.get': reads(z.object({ id: z.string().min(1).max(100) })).returns<KeptComparison>(),
  /** Keeps it, or what has become of it. Answers false when the settings say that contents are not kept. */
  'history.put': writes(z.object({ comparison })).returns<boolean>(),
  'history.remove': writes(z.object({ id: z.string().min(1).max(100) })).returns<null>(),
}
