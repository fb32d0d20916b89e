import { z } from 'zod'
import type { Tokens } from '../chat.ts'
import { reads, streams, writes } from '../contract.ts'
import type { EndpointId, Ms, RequestId } from '../ids.ts'
import type { Exchange, UsageRecord } from '../ledger.ts'
import type { NanoUsd } from '../money.ts'
import type { Prices } from '../routing.ts'

export interface TrafficPage {
  readonly rows: readonly UsageRecord[]
  /** Pass as `before` for the next, older page; undefined at the end. */
  readonly cursor: string | undefined
}

export interface TrafficDetail {
  readonly record: UsageRecord
  /** undefined when bodies were not kept or have been cleared. */
  readonly exchange: Exchange | undefined
  /** How the cost came about; undefined: nobody knows the prices, or nobody counted. */
  readonly bill?: Bill | undefined
}

/** One bucket of tokens at its price. */
export interface BillLine {
  readonly bucket: keyof Tokens
  readonly tokens: number
  /** undefined: this bucket has no price, so the whole cost is unknown. */
  readonly microUsdPerMillion: number | undefined
  /** Not rounded: billionths of a dollar, in thousandths. */
  readonly nanoUsd: number | undefined
}

export interface Bill {
  readonly endpoint: EndpointId
  readonly lines: readonly BillLine[]
  /** By the piece: the request itself and web searches. */
  readonly extras: NanoUsd | undefined
  /** What the lines come to, rounded once. */
  readonly sum: NanoUsd | undefined
  /** 'stated': the provider told the sum itself, and the lines are by its price list. */
  readonly from: 'version' | 'plan' | 'now' | 'stated'
  readonly prices: Prices
  /** Which of the prices held. */
  readonly tier: 'usual' | 'long' | 'hours' | 'service'
  /** The same tokens without a prompt cache, and at the model that was asked for where another one answered. */
  readonly withoutPromptCache: NanoUsd | undefined
  readonly asked: { readonly endpoint: EndpointId; readonly cost: NanoUsd | undefined } | undefined
}

/** Places in the filtered list: a page anywhere in it is one step away. */
export interface TrafficMarks {
  readonly total: number
  /** Of every `every` rows the first, newest first: pass as `from`. */
  readonly marks: readonly string[]
}

export interface SavedFilter {
  readonly name: string
  readonly filter: string
}

/** What a removal takes, or would take. */
export interface Removed {
  readonly rows: number
  /** Fit and stay: pinned ones, and those that have not ended. Requests that were named one by one go though they are pinned. */
  readonly pinned: number
  readonly open: number
  /** Brings them back for ten minutes; undefined of a dry run. */
  readonly removal: Ms | undefined
}

/** A past request as the playground can ask it: its words, its model, and cheaper ones that can do it too. */
export interface PastQuestion {
  readonly system: string
  readonly prompt: string
  /** The prompt is a conversation of several turns, written out. */
  readonly turns: number
  /** Images and files were left out. */
  readonly filesLeftOut: number
  /** The model that answered first, then the cheaper ones. */
  readonly models: readonly EndpointId[]
  readonly maxOutputTokens: number | undefined
  readonly temperature: number | undefined
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
  /** Something of this kind changed: ask again. 'traffic-list': rows were removed or brought back, or a filter was named. */
  | {
      readonly topic:
        | 'keys'
        | 'providers'
        | 'models'
        | 'catalog'
        | 'clients'
        | 'settings'
        | 'network'
        | 'updates'
        | 'cache'
        | 'embedders'
        | 'votes'
        | 'library'
        | 'history'
        | 'matrix'
        | 'routing'
        | 'traffic-list'
    }
)

const place = z.string().max(140).optional()
/** The grammar is in shared/traffic/parse-filter.ts. */
const filter = z.string().max(1000).optional()
const id = z.string().min(1).max(100)

export const trafficApi = {
  'traffic.list': reads(
    z.object({
      limit: z.number().int().min(1).max(500).default(100),
      /** Rows older than this place; `from`: not newer than it; `after`: the nearest ones newer than it. */
      before: place,
      from: place,
      after: place,
      filter,
      /** Free text over model, client and outcome. */
      text: z.string().max(200).optional(),
      outcome: z.enum(['ok', 'failed', 'open']).optional(),
    }),
  ).returns<TrafficPage>(),
  'traffic.marks': reads(z.object({ filter, every: z.number().int().min(10).max(500).default(100) })).returns<TrafficMarks>(),
  'traffic.get': reads(z.object({ id: z.string().min(1).max(100) })).returns<TrafficDetail>(),
  'traffic.totals': reads(z.object({})).returns<Totals>(),
  'traffic.pin': writes(z.object({ id, pinned: z.boolean() })).returns<UsageRecord>(),
  /** Off the list; what they cost stays counted. By a filter: all that fit, but for pinned ones and those that have not ended. */
  'traffic.remove': writes(
    z.object({
      what: z.union([z.object({ ids: z.array(id).min(1).max(10_000) }), z.object({ filter: z.string().max(1000) })]),
      dryRun: z.boolean().default(true),
    }),
  ).returns<Removed>(),
  /** Within ten minutes of the removal. */
  'traffic.restore': writes(z.object({ removal: z.number().int() })).returns<{ restored: number }>(),
  /** Sends the request again as it came, past the response cache. Returns as soon as it is on its way. */
  'traffic.replay': writes(z.object({ id })).returns<{ id: RequestId }>(),
  'traffic.question': reads(z.object({ id })).returns<PastQuestion>(),
  'traffic.filters': reads(z.object({})).returns<readonly SavedFilter[]>(),
  'traffic.saveFilter': writes(z.object({ name: z.string().trim().min(1).max(60), filter: z.string().trim().min(1).max(1000) })).returns<null>(),
  'traffic.dropFilter': writes(z.object({ name: z.string().min(1).max(60) })).returns<null>(),
  'live.changes': streams(z.object({})).of<LiveEvent>(),
}
