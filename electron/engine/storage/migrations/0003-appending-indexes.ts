import type { Migration } from './migration.ts'

/**
 * Rows come in the order of their time, and SQLite appends at the right end of an index without splitting pages; a descending index grows at its left.
 * Read backwards the ascending one gives the same order. Exchanges are let go by their rowid, so theirs is not needed at all.
 */
export const appendingIndexes: Migration = {
  version: 3,
  sql: `
    DROP INDEX ledger_newest;
    CREATE INDEX ledger_newest ON ledger (at, id);
    DROP INDEX exchanges_newest;
  `,
}
