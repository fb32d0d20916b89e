/** The response cache in words. */

import type { ClientKey } from '../../../shared/api/connect.ts'
import type { CacheEntrySummary, CacheScope } from '../../../shared/cache.ts'
import { textsNow } from '../../i18n/texts.ts'
import { formatUntil } from '../../ui/figures.ts'
import { CACHE_TEXTS } from './texts.ts'

/** Scopes that are no key of the user's making. */
const NAMED = ['everyone', 'environment', 'demo', 'playground'] as const
const DAY_HOURS = 24
const HOUR_MS = 3_600_000

/** `never`, `expired`, `45 min`, `3 h`, `12 days`. */
export function lifeLeft(entry: Pick<CacheEntrySummary, 'expiresAt'>, now: number): string {
  const { life } = textsNow(CACHE_TEXTS)
  if (entry.expiresAt === undefined) return life.never
  const left = entry.expiresAt - now
  if (left <= 0) return life.expired
  const hours = Math.round(left / HOUR_MS)
  return hours > 2 * DAY_HOURS ? life.days(Math.round(hours / DAY_HOURS)) : formatUntil(entry.expiresAt, now)
}

/** What an empty part says. */
export function isEmptyPart(text: string): boolean {
  return (
    text === '' || text === 'null' || text === '[]' || text === '{}' || text === '[[],null,null]' || text === '{"fallbackModels":[],"requireParameters":false}'
  )
}

export function scopeName(scope: CacheScope, clients: readonly ClientKey[]): string {
  const { scopes } = textsNow(CACHE_TEXTS)
  const own = NAMED.find((each) => each === scope)
  if (own !== undefined) return scopes[own]
  return clients.find((client) => client.id === scope)?.name ?? scopes.gone
}
