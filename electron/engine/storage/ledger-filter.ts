/**
 * The traffic filter as SQL over the ledger's columns; whatever the user typed goes in as a parameter. Its answers are those of
 * `shared/traffic/match-filter.ts`: what is unknown (NULL) holds no term, and so holds each that is turned round.
 */
import type { Ms } from '../../../shared/ids.ts'
import type { CacheWord, FilterTerm, Flag, NameField, NumberField, TrafficFilter } from '../../../shared/traffic/filter.ts'

export interface Condition {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

const NAMES: Readonly<Record<NameField, readonly string[]>> = {
  model: ['requested', 'served_by'],
  requested: ['requested'],
  served: ['served_by'],
  provider: ["CASE WHEN instr(served_by, '/') > 0 THEN substr(served_by, 1, instr(served_by, '/') - 1) END"],
  client: ['caller_name'],
  source: ['source'],
  dialect: ['dialect'],
  outcome: ['outcome'],
  finish: ['finish'],
  message: ['message'],
  id: ['id'],
}

const TEXT_COLUMNS = ['requested', 'served_by', 'caller_name', 'outcome', 'message']

const INPUT = ['tokens_input', 'tokens_cache_read', 'tokens_cache_write_5m', 'tokens_cache_write_1h', ...more('audioInput', 'audioCacheRead', 'imageInput')]
const OUTPUT = ['tokens_output', 'tokens_reasoning', ...more('audioOutput', 'imageOutput')]

/** The age is reckoned from the moment that is put in its place. */
const NUMBERS: Readonly<Record<Exclude<NumberField, 'age'>, string>> = {
  status: 'status',
  cost: 'cost_nano_usd',
  saved: 'saved_nano_usd',
  tokens: sumOfKnown([...INPUT, ...OUTPUT]),
  in: sumOfKnown(INPUT),
  out: sumOfKnown(OUTPUT),
  cached: 'tokens_cache_read',
  ttft: 'first_event_ms',
  total: 'total_ms',
  // as `tokensPerSecond`: what came out of the cache, or in one piece, has no speed
  speed: `CASE WHEN ifnull(json_extract(cache, '$.kind'), '') NOT IN ('exact', 'semantic') AND ${sumOfKnown(OUTPUT)} > 0 AND total_ms - first_event_ms >= 1
    THEN ${sumOfKnown(OUTPUT)} * 1000.0 / (total_ms - first_event_ms) END`,
  tries: 'json_array_length(attempts)',
}

const CACHE: Readonly<Record<CacheWord, string>> = {
  hit: "json_extract(cache, '$.kind') IN ('exact', 'semantic', 'merged')",
  none: 'cache IS NULL',
  exact: "json_extract(cache, '$.kind') = 'exact'",
  semantic: "json_extract(cache, '$.kind') = 'semantic'",
  merged: "json_extract(cache, '$.kind') = 'merged'",
  miss: "json_extract(cache, '$.kind') = 'miss'",
  refresh: "json_extract(cache, '$.kind') = 'refresh'",
}

const FLAG: Readonly<Record<Flag, string>> = {
  ok: "outcome = 'ok'",
  open: "outcome = 'open'",
  cancelled: "outcome = 'cancelled'",
  failed: "outcome NOT IN ('ok', 'open')",
  streamed: 'streamed = 1',
  simulated: 'simulated = 1',
  cached: CACHE.hit,
  pinned: 'EXISTS (SELECT 1 FROM traffic_marks m WHERE m.request = ledger.id AND m.pinned_at IS NOT NULL)',
  retried: 'json_array_length(attempts) > 1',
  moved: 'served_by <> requested',
  unpriced: "cost_nano_usd IS NULL AND outcome <> 'open'",
}

/** One condition a term. */
export function filterConditions(filter: TrafficFilter, now: Ms): readonly Condition[] {
  return filter.map((term) => {
    const { sql, values } = conditionOf(term, now)
    return { sql: `${term.not ? 'NOT ' : ''}ifnull(${sql}, 0)`, values }
  })
}

function conditionOf(term: FilterTerm, now: Ms): Condition {
  switch (term.kind) {
    case 'text':
      return anyOf(TEXT_COLUMNS.map((column) => ({ sql: `${column} LIKE ? ESCAPE '\\'`, values: [`%${literal(term.words)}%`] })))
    case 'name':
      return anyOf(NAMES[term.field].flatMap((column) => term.anyOf.map((wanted) => named(column, wanted, term.exact))))
    case 'number':
      return term.field === 'age'
        ? { sql: `(? - at ${term.is} ?)`, values: [now, term.value] }
        : { sql: `(${NUMBERS[term.field]} ${term.is} ?)`, values: [term.value] }
    case 'between':
      return term.field === 'age'
        ? { sql: '(? - at BETWEEN ? AND ?)', values: [now, term.from, term.to] }
        : { sql: `(${NUMBERS[term.field]} BETWEEN ? AND ?)`, values: [term.from, term.to] }
    case 'cache':
      return anyOf(term.anyOf.map((word) => ({ sql: CACHE[word], values: [] })))
    case 'flag':
      return { sql: `(${FLAG[term.flag]})`, values: [] }
  }
}

function named(column: string, wanted: string, exact: boolean): Condition {
  const like = `${column} LIKE ? ESCAPE '\\'`
  if (exact) return { sql: like, values: [literal(wanted)] }
  if (!wanted.includes('*')) return { sql: like, values: [`%${literal(wanted)}%`] }
  const pattern = wanted.split('*').map(literal).join('%')
  return { sql: `(${like} OR ${like})`, values: [pattern, `%/${pattern}`] }
}

/** True where one is, though others are unknown. */
function anyOf(conditions: readonly Condition[]): Condition {
  return { sql: `(${conditions.map(({ sql }) => `ifnull(${sql}, 0)`).join(' OR ')})`, values: conditions.flatMap(({ values }) => values) }
}

function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

function more(...buckets: readonly string[]): readonly string[] {
  return buckets.map((bucket) => `json_extract(usage_more, '$.tokens.${bucket}')`)
}

/** NULL only where all are. */
function sumOfKnown(columns: readonly string[]): string {
  return `CASE WHEN coalesce(${columns.join(', ')}) IS NOT NULL THEN ${columns.map((column) => `ifnull(${column}, 0)`).join(' + ')} END`
}
