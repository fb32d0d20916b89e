import type { Migration } from './migration.ts'

/**
 * What routing has learned, so that a restart does not send requests into the same walls again: how each place is doing, and keys that a provider
 * refused. `last4` ties a mark to the secret it was about: a key of the environment may be another one the next time.
 */
export const health: Migration = {
  version: 4,
  sql: `
    CREATE TABLE endpoint_health (
      endpoint TEXT NOT NULL,
      credential TEXT NOT NULL,
      state TEXT NOT NULL,
      PRIMARY KEY (endpoint, credential)
    ) STRICT;

    CREATE TABLE credential_marks (
      id TEXT PRIMARY KEY,
      last4 TEXT NOT NULL,
      state TEXT NOT NULL
    ) STRICT;
  `,
}
