import { ApiError } from '../../../shared/contract.ts'
import type { Ms, RequestId } from '../../../shared/ids.ts'

/** Where a page of the ledger ended: rows come newest first, and of one millisecond by id. */
export interface LedgerPosition {
  readonly at: Ms
  readonly id: RequestId
}

export function writeCursor(position: LedgerPosition): string {
  return `${position.at.toString(36)}.${position.id}`
}

/** @throws ApiError 'bad-input' for text that is no cursor of ours. */
export function readCursor(cursor: string, field: 'before' | 'from' | 'after' = 'before'): LedgerPosition {
  const [, at = '', id = ''] = /^(-?[0-9a-z]{1,11})\.(.+)$/s.exec(cursor) ?? []
  if (id === '') throw new ApiError('bad-input', { code: 'no-page' }, field)
  return { at: Number.parseInt(at, 36), id }
}
