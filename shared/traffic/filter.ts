/**
 * What the traffic filter says, as data: `status>=400 model:claude* -client:cursor cache:hit is:streamed timeout`. Terms stand beside each other and must
 * all hold. `parse-filter.ts` makes them of text, `match-filter.ts` holds a record to them, and the engine's `ledger-filter.ts` makes SQL of them.
 */

/** Fields that hold words. `:` is "contains" (with `*`: the whole word, or what follows its last `/`), `=` is "is". */
export const NAME_FIELDS = [
  ...(['model', 'requested', 'served', 'provider', 'client', 'source', 'dialect', 'outcome', 'finish', 'message', 'id'] as const),
] as const
export type NameField = (typeof NAME_FIELDS)[number]

/**
 * Fields that hold numbers, and in what they are kept: `usd` in nano-USD and written as dollars, `span` in milliseconds and written with a unit, `count`
 * as it is, with `k` and `m` for thousands and millions.
 */
export const NUMBER_FIELDS = {
  status: 'count',
  cost: 'usd',
  saved: 'usd',
  tokens: 'count',
  in: 'count',
  out: 'count',
  cached: 'count',
  ttft: 'span',
  total: 'span',
  speed: 'count',
  tries: 'count',
  age: 'span',
} as const satisfies Readonly<Record<string, 'count' | 'usd' | 'span'>>
export type NumberField = keyof typeof NUMBER_FIELDS

/** What can be said without a value: `is:streamed`, and `pinned` alone. */
export const FLAGS = ['ok', 'failed', 'open', 'cancelled', 'streamed', 'simulated', 'cached', 'pinned', 'retried', 'moved', 'unpriced'] as const
export type Flag = (typeof FLAGS)[number]

/** What the response cache did; `hit` is each of exact, semantic and merged, `none` that it had no part. */
export const CACHE_WORDS = ['hit', 'miss', 'exact', 'semantic', 'merged', 'refresh', 'none'] as const
export type CacheWord = (typeof CACHE_WORDS)[number]

export const COMPARISONS = ['>=', '<=', '>', '<', '='] as const
export type Comparison = (typeof COMPARISONS)[number]

export type FilterTerm = { readonly not: boolean } /** In the model, the client, the outcome or the message. */ & (
  | { readonly kind: 'text'; readonly words: string }
  | { readonly kind: 'name'; readonly field: NameField; readonly exact: boolean; readonly anyOf: readonly string[] }
  | { readonly kind: 'number'; readonly field: NumberField; readonly is: Comparison; readonly value: number }
  /** Both ends included: `status:4xx`. */
  | { readonly kind: 'between'; readonly field: NumberField; readonly from: number; readonly to: number }
  | { readonly kind: 'cache'; readonly anyOf: readonly CacheWord[] }
  | { readonly kind: 'flag'; readonly flag: Flag }
)

export type TrafficFilter = readonly FilterTerm[]

/** Letters of English alone, as SQLite's LIKE folds them: both sides of the product must find the same rows. */
export function folded(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
