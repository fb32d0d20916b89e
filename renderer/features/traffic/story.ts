/** One request told in words, for the drawer's first line. */
import type { CacheUse } from '../../../shared/cache.ts'
import type { FailureKind } from '../../../shared/failure.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import type { Attempt } from '../../../shared/routing.ts'
import { formatSpan } from '../../ui/figures.ts'

const FAILURE_WORDS: Readonly<Record<FailureKind, string>> = {
  'bad-request': 'the request was not valid',
  'invalid-json': 'the body was not valid JSON',
  'context-too-long': 'the conversation is longer than the model can read',
  'unsupported-parameter': 'a parameter is not supported',
  'content-policy': 'the content policy stopped it',
  unauthenticated: 'the client key was missing or unknown',
  forbidden: 'the client key may not do this',
  'unknown-model': 'no such model is known',
  'unknown-route': 'there is no such route',
  'wrong-method': 'the route takes another method',
  'body-too-large': 'the body was too large',
  'wrong-media-type': 'the body was not sent as JSON',
  'no-credential': 'there is no key for this provider',
  cancelled: 'the client went away',
  'credential-refused': 'the key was refused',
  'out-of-credit': 'the account is out of credit',
  'model-missing': 'the provider does not have this model',
  'rate-limited': 'the provider limits the rate',
  overloaded: 'the provider is overloaded',
  'upstream-error': 'the provider failed',
  'upstream-unreadable': 'the answer could not be read',
  'upstream-unreachable': 'the provider could not be reached',
  'stream-broken': 'the stream broke off',
  timeout: 'it took too long',
  'shutting-down': 'Switchyard was closing',
  'over-budget': 'a budget of yours is used up',
  crashed: 'Switchyard stopped while it ran',
  internal: 'Switchyard failed',
}

export function failureWords(kind: FailureKind): string {
  return FAILURE_WORDS[kind]
}

/** Where the kind's own name does not fit a narrow column or says too much of our insides. */
const SHORT_NAMES: Partial<Readonly<Record<FailureKind, string>>> = {
  'context-too-long': 'too long',
  'unsupported-parameter': 'unsupported',
  'wrong-media-type': 'not JSON',
  unauthenticated: 'no client key',
  'no-credential': 'no key',
  'credential-refused': 'key refused',
  'upstream-error': 'provider error',
  'upstream-unreadable': 'unreadable',
  'upstream-unreachable': 'unreachable',
}

/** The chip of a row: `ok`, `open`, or the failure's name. */
export function outcomeLabel(record: UsageRecord): string {
  if (record.outcome === 'open') return record.firstEventMs === undefined ? 'waiting' : 'streaming'
  return record.outcome === 'ok' ? 'ok' : (SHORT_NAMES[record.outcome] ?? record.outcome.replaceAll('-', ' '))
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
  const asked = `${record.callerName ?? 'Someone without a known key'} asked for ${record.requested === '' ? 'a model that could not be read' : record.requested}`
  const before = detour(record.attempts)
  if (record.outcome === 'open') {
    const waiting = record.firstEventMs === undefined ? 'No answer has begun yet.' : `${record.servedBy ?? 'An endpoint'} is answering.`
    return `${asked}. ${before === '' ? '' : `${before}. `}${waiting}`
  }
  if (record.outcome === 'ok' && (record.cache?.kind === 'exact' || record.cache?.kind === 'semantic')) return `${asked}. The response cache answered.`
  if (record.outcome === 'ok') {
    const served = record.servedBy === undefined ? 'It was answered' : `${record.servedBy} answered`
    const took = record.totalMs === undefined ? '' : ` in ${formatSpan(record.totalMs)}`
    const ending = record.finish === 'length' ? ' and stopped at its length limit' : ''
    return before === '' ? `${asked}. ${served}${took}${ending}.` : `${asked}. ${before}; ${served}${took}${ending}.`
  }
  if (record.outcome === 'cancelled') {
    const when = record.totalMs === undefined ? '' : ` after ${formatSpan(record.totalMs)}`
    return `${asked} and left${when}${record.firstEventMs === undefined ? ', before the answer began' : ', in the middle of the answer'}.`
  }
  const tries = record.attempts.length > 1 ? ` after ${record.attempts.length} attempts` : ''
  return `${asked}. It failed${tries}: ${failureWords(record.outcome)}.`
}

/** What the response cache did for a request. */
export function cacheStory(use: CacheUse): string {
  switch (use.kind) {
    case 'exact':
      return `An equal request was answered ${formatSpan(use.ageMs)} before; this is its answer.`
    case 'semantic':
      return `A question in other words (similarity ${use.similarity.toFixed(3)}) was answered ${formatSpan(use.ageMs)} before; this is its answer.`
    case 'merged':
      return 'An equal request was being answered; both got the answer of one call, and the other one pays for it.'
    case 'refresh':
      return 'It was not looked for, as the request said.'
    case 'miss':
      return use.nearMiss === undefined ? 'It held no answer to this.' : `It held no answer to this; one question was near, but: ${use.nearMiss}.`
  }
}

/** Failed attempts before the one that counted: `openai/x was passed on because the provider limits the rate`. */
function detour(attempts: readonly Attempt[]): string {
  const failed = attempts.filter((attempt) => attempt.phase === 'failed')
  const [first] = failed
  if (first === undefined) return ''
  if (failed.length === 1) return `At ${first.endpoint} ${failureWords(first.kind)}`
  return `${failed.length} attempts failed first (${[...new Set(failed.map((attempt) => attempt.endpoint))].join(', ')})`
}
