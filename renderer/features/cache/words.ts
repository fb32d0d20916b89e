/** The response cache in words. */

import type { ClientKey } from '../../../shared/api/connect.ts'
import type { CacheEntrySummary, CacheScope, KeyPartName } from '../../../shared/cache.ts'
import { formatUntil } from '../../ui/figures.ts'

const DAY_HOURS = 24
const HOUR_MS = 3_600_000

/** `never`, `expired`, `45 min`, `3 h`, `12 days`. */
export function lifeLeft(entry: Pick<CacheEntrySummary, 'expiresAt'>, now: number): string {
  if (entry.expiresAt === undefined) return 'never'
  const left = entry.expiresAt - now
  if (left <= 0) return 'expired'
  const hours = Math.round(left / HOUR_MS)
  return hours > 2 * DAY_HOURS ? `${Math.round(hours / DAY_HOURS)} days` : formatUntil(entry.expiresAt, now)
}

export const PART_NAMES: Readonly<Record<KeyPartName, string>> = {
  scope: 'Who may use it',
  model: 'Model',
  system: 'System prompt',
  turns: 'Earlier turns',
  question: 'Question',
  tools: 'Tools',
  parameters: 'Parameters',
  format: 'Output format',
  routing: 'Fallbacks',
  rest: 'Everything else',
}

/** What an empty part says. */
export function isEmptyPart(text: string): boolean {
  return (
    text === '' || text === 'null' || text === '[]' || text === '{}' || text === '[[],null,null]' || text === '{"fallbackModels":[],"requireParameters":false}'
  )
}

export function scopeName(scope: CacheScope, clients: readonly ClientKey[]): string {
  if (scope === 'everyone') return 'every client key'
  if (scope === 'environment') return 'the environment key'
  if (scope === 'demo') return 'the demo key'
  if (scope === 'playground') return 'the playground'
  return clients.find((client) => client.id === scope)?.name ?? 'a client key that is gone'
}
