import type { Migration } from './migration.ts'

/**
 * The prices that requests were charged at, each under a name that its rows bear, and what of a request's usage had no column: sound and pictures,
 * searches, the class of service, the sum that the provider stated.
 */
export const priceVersions: Migration = {
  version: 6,
  sql: `
    CREATE TABLE price_versions (
      id TEXT PRIMARY KEY,
      endpoint TEXT NOT NULL,
      since INTEGER NOT NULL,
      prices TEXT NOT NULL
    ) STRICT;
    CREATE INDEX price_versions_of ON price_versions (endpoint, since);

    ALTER TABLE ledger ADD COLUMN price_version TEXT;
    ALTER TABLE ledger ADD COLUMN usage_more TEXT;
  `,
}
