import type { Migration } from './migration.ts'

/** As with the other sums: what new rows saved is added once a batch, and a trigger no longer looks at each of them. */
export const routedSumsByBatch: Migration = { version: 17, sql: 'DROP TRIGGER routed_added;' }
