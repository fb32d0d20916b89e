import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import type { CallerId, Ms } from '../ids.ts'
import type { NanoUsd } from '../money.ts'

/** One limit, and how it stands. */
export interface BudgetState {
  /** undefined: for all clients together. */
  readonly client: { readonly id: CallerId; readonly name: string | undefined } | undefined
  readonly period: 'day' | 'month'
  readonly limit: NanoUsd
  readonly spent: NanoUsd
  /** Set aside for requests that are under way. */
  readonly reserved: NanoUsd
  /** When the period ends. */
  readonly resetsAt: Ms
}

const limit = z.number().nonnegative().max(1_000_000).nullable()

export const budgetsApi = {
  /** All limits that are set, that of all clients first. */
  'budgets.list': reads(z.object({})).returns<readonly BudgetState[]>(),
  /** In USD; null takes the limit away. Without `client`: for all clients together. */
  'budgets.set': writes(z.object({ client: z.string().min(1).max(100).optional(), day: limit, month: limit })).returns<readonly BudgetState[]>(),
}
