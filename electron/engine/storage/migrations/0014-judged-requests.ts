import type { Migration } from './migration.ts'

/** Which request of the ledger a judgement is about, so that one can go and look at it. */
export const judgedRequests: Migration = {
  version: 14,
  sql: 'ALTER TABLE auto_evidence ADD COLUMN request TEXT',
}
