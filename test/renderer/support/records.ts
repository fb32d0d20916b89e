import type { UsageRecord } from '../../../shared/ledger.ts'
import { openRecord } from '../../support/fake-traffic.ts'

/** A closed request of a tool, with what a test cares about put over it. */
export function record(id: string, at: number, fields: Partial<UsageRecord> = {}): UsageRecord {
  return {
    ...openRecord(id, at, 'openai/gpt-5-mini'),
    source: 'proxy',
    caller: 'client-1',
    callerName: 'Cursor',
    servedBy: 'openai/gpt-5-mini',
    outcome: 'ok',
    status: 200,
    firstEventMs: 200,
    totalMs: 1200,
    ...fields,
  }
}
