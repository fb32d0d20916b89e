import type { Migration } from './migration.ts'

/**
 * Rows come in batches, most of them for one endpoint and client: their sums are added once a batch (see usage-table.ts) and no longer by a trigger for each
 * row, which took a fifth of the time of writing it. What changes or removes a row still corrects the sums by itself.
 */
export const sumsByBatch: Migration = { version: 13, sql: 'DROP TRIGGER usage_added;' }
