/** Whether a record belongs to a filter: the same answer that the engine's SQL gives, so that a live row need not wait for a page. Pure. */
import { totalInput, totalOutput } from '../chat.ts'
import type { Ms } from '../ids.ts'
import type { UsageRecord } from '../ledger.ts'
import { type CacheWord, type Comparison, type FilterTerm, type Flag, folded, type NameField, type NumberField, type TrafficFilter } from './filter.ts'

/** `now`: for the age of a request. */
export function matchesFilter(record: UsageRecord, filter: TrafficFilter, now: Ms): boolean {
  return filter.every((term) => holds(record, term, now) !== term.not)
}

function holds(record: UsageRecord, term: FilterTerm, now: Ms): boolean {
  switch (term.kind) {
    case 'text':
      return [record.requested, record.servedBy, record.callerName, record.outcome, record.message].some((value) => contains(value, term.words))
    case 'name':
      return namesOf(record, term.field).some((value) => term.anyOf.some((wanted) => fits(value, wanted, term.exact)))
    case 'number':
      return compare(numberOf(record, term.field, now), term.is, term.value)
    case 'between': {
      const value = numberOf(record, term.field, now)
      return value !== undefined && value >= term.from && value <= term.to
    }
    case 'cache':
      return term.anyOf.some((word) => usedCache(record, word))
    case 'flag':
      return hasFlag(record, term.flag)
  }
}

function namesOf(record: UsageRecord, field: NameField): readonly (string | undefined)[] {
  switch (field) {
    case 'model':
      return [record.requested, record.servedBy]
    case 'requested':
      return [record.requested]
    case 'served':
      return [record.servedBy]
    case 'provider':
      return [record.servedBy?.includes('/') === true ? record.servedBy.slice(0, record.servedBy.indexOf('/')) : undefined]
    case 'client':
      return [record.callerName]
    case 'source':
      return [record.source]
    case 'dialect':
      return [record.dialect]
    case 'outcome':
      return [record.outcome]
    case 'finish':
      return [record.finish]
    case 'message':
      return [record.message]
    case 'id':
      return [record.id]
  }
}

function fits(value: string | undefined, wanted: string, exact: boolean): boolean {
  if (value === undefined) return false
  if (exact) return folded(value) === folded(wanted)
  if (!wanted.includes('*')) return contains(value, wanted)
  const pattern = new RegExp(`^(?:.*/)?${folded(wanted).split('*').map(escaped).join('.*')}$`, 's')
  return pattern.test(folded(value))
}

function contains(value: string | undefined, wanted: string): boolean {
  return value !== undefined && folded(value).includes(folded(wanted))
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}

function numberOf(record: UsageRecord, field: NumberField, now: Ms): number | undefined {
  const { tokens } = record
  switch (field) {
    case 'status':
      return record.status
    case 'cost':
      return record.cost
    case 'saved':
      return record.saved
    case 'tokens': {
      const [input, output] = [totalInput(tokens), totalOutput(tokens)]
      return input === undefined && output === undefined ? undefined : (input ?? 0) + (output ?? 0)
    }
    case 'in':
      return totalInput(tokens)
    case 'out':
      return totalOutput(tokens)
    case 'cached':
      return tokens.cacheRead
    case 'ttft':
      return record.firstEventMs
    case 'total':
      return record.totalMs
    case 'speed':
      return tokensPerSecond(record)
    case 'tries':
      return record.attempts.length
    case 'age':
      return now - Math.round(record.at)
  }
}

function compare(value: number | undefined, is: Comparison, with_: number): boolean {
  if (value === undefined) return false
  switch (is) {
    case '>':
      return value > with_
    case '>=':
      return value >= with_
    case '<':
      return value < with_
    case '<=':
      return value <= with_
    case '=':
      return value === with_
  }
}

function usedCache({ cache }: UsageRecord, word: CacheWord): boolean {
  switch (word) {
    case 'hit':
      return cache?.kind === 'exact' || cache?.kind === 'semantic' || cache?.kind === 'merged'
    case 'none':
      return cache === undefined
    default:
      return cache?.kind === word
  }
}

function hasFlag(record: UsageRecord, flag: Flag): boolean {
  switch (flag) {
    case 'ok':
    case 'open':
    case 'cancelled':
      return record.outcome === flag
    case 'failed':
      return record.outcome !== 'ok' && record.outcome !== 'open'
    case 'streamed':
      return record.streamed
    case 'simulated':
      return record.simulated
    case 'cached':
      return usedCache(record, 'hit')
    case 'pinned':
      return record.pinned === true
    case 'retried':
      return record.attempts.length > 1
    case 'moved':
      return record.servedBy !== undefined && record.servedBy !== record.requested
    case 'unpriced':
      return record.cost === undefined && record.outcome !== 'open'
  }
}

/** Output tokens per second of streaming, from the first content to the end; undefined when either is unknown. */
export function tokensPerSecond(record: UsageRecord): number | undefined {
  // what came out of the cache was not made meanwhile
  if (record.cache?.kind === 'exact' || record.cache?.kind === 'semantic') return undefined
  const tokens = totalOutput(record.tokens)
  if (tokens === undefined || tokens === 0 || record.totalMs === undefined || record.firstEventMs === undefined) return undefined
  const streamingMs = record.totalMs - record.firstEventMs
  // an answer that came in one piece has no speed of its own
  return streamingMs < 1 ? undefined : (tokens * 1000) / streamingMs
}
