import type { Migration } from './migration.ts'

/** Replaced provider keys that stand in for a while: until when, and in which vault their secrets rest. The secrets are not here. */
export const formerSecrets: Migration = {
  version: 15,
  sql: `CREATE TABLE former_secrets (
    id TEXT PRIMARY KEY,
    last4 TEXT NOT NULL,
    vault TEXT NOT NULL,
    until INTEGER NOT NULL
  ) STRICT`,
}
