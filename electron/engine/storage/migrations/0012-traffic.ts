import type { Migration } from './migration.ts'

/**
 * What the user did with rows of the ledger, and filters that were given a name. Beside the ledger: a row is written anew when its request ends, and
 * the sums of what was spent must not change because somebody tidies the list.
 */
export const traffic: Migration = {
  version: 12,
  sql: `
    CREATE TABLE traffic_marks (
      request TEXT PRIMARY KEY,
      pinned_at INTEGER,
      removed_at INTEGER,
      CHECK (pinned_at IS NOT NULL OR removed_at IS NOT NULL)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX traffic_removed ON traffic_marks (removed_at) WHERE removed_at IS NOT NULL;

    CREATE TABLE traffic_filters (
      name TEXT PRIMARY KEY,
      filter TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
