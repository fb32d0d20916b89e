/** The attempts of one request laid on one time axis. */
import type { UsageRecord } from '../../../shared/ledger.ts'
import type { Attempt } from '../../../shared/routing.ts'
import { textsNow } from '../../i18n/texts.ts'
import { formatMoney, formatSpan } from '../../ui/figures.ts'
import { failureWords } from './story.ts'
import { STORY_TEXTS } from './story-texts.ts'

export interface Bar {
  readonly endpoint: string
  readonly phase: Attempt['phase']
  /** Parts of the whole axis, 0 to 1: where it starts, how long it waited for content, how long content came. */
  readonly start: number
  readonly waited: number
  readonly streamed: number
  /** Milliseconds since the request arrived. */
  readonly startMs: number
  readonly waitedMs: number
  readonly streamedMs: number
  /** What is written beside the bar. */
  readonly label: string
  /** The provider's words, for a failed one. */
  readonly message: string | undefined
}

/** `nowMs` is the end of the axis while the request runs. */
export function waterfall(record: UsageRecord, nowMs: number): { readonly bars: readonly Bar[]; readonly totalMs: number } {
  const measured = record.attempts.map((attempt) => ({ attempt, ...spans(attempt, nowMs) }))
  const ends = measured.map(({ attempt, waitedMs, streamedMs }) => attempt.startedAt - record.at + waitedMs + streamedMs)
  const totalMs = Math.max(1, record.totalMs ?? 0, ...ends)
  const bars = measured.map(({ attempt, waitedMs, streamedMs }): Bar => {
    const startMs = Math.max(0, attempt.startedAt - record.at)
    return {
      endpoint: attempt.endpoint,
      phase: attempt.phase,
      start: startMs / totalMs,
      waited: waitedMs / totalMs,
      streamed: streamedMs / totalMs,
      startMs,
      waitedMs,
      streamedMs,
      label: [labelOf(attempt, waitedMs, streamedMs, record.outcome === 'ok'), ...besides(attempt, record)].join(', '),
      message: attempt.phase === 'failed' || attempt.phase === 'broken' ? attempt.message : undefined,
    }
  })
  return { bars, totalMs }
}

function spans(attempt: Attempt, nowMs: number): { waitedMs: number; streamedMs: number } {
  const runningMs = Math.max(0, nowMs - attempt.startedAt)
  switch (attempt.phase) {
    case 'waiting':
      return { waitedMs: runningMs, streamedMs: 0 }
    case 'failed':
      return { waitedMs: attempt.afterMs, streamedMs: 0 }
    case 'committed':
      return { waitedMs: attempt.firstEventMs, streamedMs: Math.max(0, runningMs - attempt.firstEventMs) }
    case 'done':
    case 'broken':
      return { waitedMs: attempt.firstEventMs, streamedMs: Math.max(0, attempt.totalMs - attempt.firstEventMs) }
    case 'left':
      return attempt.firstEventMs === undefined
        ? { waitedMs: attempt.afterMs, streamedMs: 0 }
        : { waitedMs: attempt.firstEventMs, streamedMs: Math.max(0, attempt.afterMs - attempt.firstEventMs) }
  }
}

/** How it came to be, and what it cost: that of the one that answered is the row's, that of a lost one an estimate. */
function besides(attempt: Attempt, record: UsageRecord): readonly string[] {
  const texts = textsNow(STORY_TEXTS).attempt
  const words: string[] = []
  if (attempt.formerKey) words.push(texts.formerKey)
  else if (attempt.again) words.push(texts.again)
  if (attempt.hedge) words.push(texts.hedge)
  if (attempt.estimatedCost !== undefined) words.push(texts.mayHaveCost(formatMoney(attempt.estimatedCost)))
  else if (attempt.phase === 'done' && record.cost !== undefined && record.attempts.length > 1) words.push(formatMoney(record.cost))
  return words
}

function labelOf(attempt: Attempt, waitedMs: number, streamedMs: number, isLoser: boolean): string {
  const texts = textsNow(STORY_TEXTS).attempt
  switch (attempt.phase) {
    case 'waiting':
      return texts.waiting(formatSpan(waitedMs))
    case 'failed':
      return texts.failed(attempt.upstreamStatus, failureWords(attempt.kind), formatSpan(attempt.afterMs))
    case 'committed':
      return texts.committed(formatSpan(attempt.firstEventMs))
    case 'done':
      return texts.done(formatSpan(waitedMs), formatSpan(streamedMs))
    case 'broken':
      return texts.broken(failureWords(attempt.kind), formatSpan(attempt.totalMs))
    case 'left':
      return isLoser ? texts.cancelled(formatSpan(attempt.afterMs)) : texts.left(formatSpan(attempt.afterMs))
  }
}
