/** One request told in words, for the drawer's first line. */
import type { CacheUse } from '../../../shared/cache.ts'
import type { FailureKind } from '../../../shared/failure.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import type { Attempt } from '../../../shared/routing.ts'
import { textsNow } from '../../i18n/texts.ts'
import { cacheReason } from '../../messages/cache-reasons.ts'
import { formatSpan } from '../../ui/figures.ts'
import { STORY_TEXTS } from './story-texts.ts'

export function failureWords(kind: FailureKind): string {
  return textsNow(STORY_TEXTS).failures[kind]
}

/** The chip of a row: `ok`, `open`, or the failure's name. */
export function outcomeLabel(record: UsageRecord): string {
  const { outcomes, short } = textsNow(STORY_TEXTS)
  if (record.outcome === 'open') return record.firstEventMs === undefined ? outcomes.waiting : outcomes.streaming
  return record.outcome === 'ok' ? outcomes.ok : (short[record.outcome] ?? record.outcome.replaceAll('-', ' '))
}

export type OutcomeTone = 'ok' | 'bad' | 'idle' | 'busy'

export function outcomeTone(record: UsageRecord): OutcomeTone {
  if (record.outcome === 'open') return 'busy'
  if (record.outcome === 'ok') return 'ok'
  // leaving is nobody's fault
  return record.outcome === 'cancelled' ? 'idle' : 'bad'
}

/** What happened, in one or two sentences. */
export function whatHappened(record: UsageRecord): string {
  const texts = textsNow(STORY_TEXTS)
  const asked = texts.asked(record.callerName ?? texts.nobody, record.requested === '' ? texts.unreadable : record.requested)
  const took = record.totalMs === undefined ? undefined : formatSpan(record.totalMs)
  const before = detour(record.attempts)
  if (record.outcome === 'open') {
    const now = record.firstEventMs === undefined ? texts.notBegun : texts.answering(record.servedBy)
    return `${asked}. ${before === '' ? '' : `${before}. `}${now}`
  }
  if (record.outcome === 'ok' && (record.cache?.kind === 'exact' || record.cache?.kind === 'semantic')) return `${asked}. ${texts.fromCache}`
  if (record.outcome === 'ok') {
    const answered = texts.answered(record.servedBy, took, record.finish === 'length')
    return before === '' ? `${asked}. ${answered}.` : `${asked}. ${before}; ${answered}.`
  }
  if (record.outcome === 'cancelled') return texts.left(asked, took, record.firstEventMs !== undefined)
  return `${asked}. ${texts.failed(record.attempts.length, failureWords(record.outcome))}`
}

/** What the response cache did for a request. */
export function cacheStory(use: CacheUse): string {
  const texts = textsNow(STORY_TEXTS).cache
  switch (use.kind) {
    case 'exact':
      return texts.exact(formatSpan(use.ageMs))
    case 'semantic':
      return texts.semantic(use.similarity.toFixed(3), formatSpan(use.ageMs))
    case 'merged':
      return texts.merged
    case 'refresh':
      return texts.refresh
    case 'miss':
      return texts.miss(cacheReason(use.nearMissReason, use.nearMiss))
  }
}

/** Failed attempts before the one that counted. */
function detour(attempts: readonly Attempt[]): string {
  const texts = textsNow(STORY_TEXTS)
  const failed = attempts.filter((attempt) => attempt.phase === 'failed')
  const [first] = failed
  const poor = attempts.find(({ setAside }) => setAside?.why.startsWith('not good enough') === true)
  if (poor?.setAside !== undefined) return `The answer of ${poor.endpoint} was set aside, ${poor.setAside.why}`
  if (first === undefined) return ''
  if (failed.length === 1) return texts.detour(first.endpoint, failureWords(first.kind))
  return texts.detours(failed.length, [...new Set(failed.map((attempt) => attempt.endpoint))].join(', '))
}
