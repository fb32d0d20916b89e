import { z } from 'zod'
import { reads, streams } from '../contract.ts'
import type { Ms } from '../ids.ts'
import type { Exchange, UsageRecord } from '../ledger.ts'
import type { NanoUsd } from '../money.ts'

export interface TrafficPage {
  readonly rows: readonly UsageRecord[]
  /** Pass as `before` for the next, older page; undefined at the end. */
  readonly cursor: string | undefined
}

export interface TrafficDetail {
  readonly record: UsageRecord
  /** undefined when bodies were not kept or have been cleared. */
  readonly exchange: Exchange | undefined
}

export interface Totals {
  /** Local midnight from which is counted. */
  readonly since: Ms
  readonly requests: number
  readonly spent: NanoUsd
  /** Rows whose cost nobody knows: `spent` is a lower bound when this is not 0. */
  readonly unpriced: number
  /** By the response cache and prompt caches together. */
  readonly saved: NanoUsd
  readonly active: number
}

/** Numbered from 1 within one stream; a gap means that something was missed and a new snapshot is due. */
export type LiveEvent = { readonly seq: number } & (
  | { readonly topic: 'hello' }
  | { readonly topic: 'traffic'; readonly record: UsageRecord }
  /** Something of this kind changed: ask again. */
  | { readonly topic: 'keys' | 'providers' | 'models' | 'catalog' | 'clients' | 'settings' | 'cache' | 'votes' | 'library' | 'history' | 'matrix' | 'routing' }
)

export const trafficApi = {
  'traffic.list': reads(
    z.object({
      limit: z.number().int().min(1).max(500).default(100),
      before: z.string().max(100).optional(),
      /** Free text over model, client and outcome. */
      text: z.string().max(200).optional(),
      outcome: z.enum(['ok', 'failed', 'open']).optional(),
    }),
  ).returns<TrafficPage>(),
  'traffic.get': reads(z.object({ id: z.string().min(1).max(100) })).returns<TrafficDetail>(),
  'traffic.totals': reads(z.object({})).returns<Totals>(),
  'live.changes': streams(z.object({})).of<LiveEvent>(),
}
