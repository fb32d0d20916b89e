import type { Migration } from './migration.ts'

/** Judgements are embedded by the embedder that the user chose, unless what was asked must stay here. */
export const embeddedJudgements: Migration = {
  version: 16,
  sql: `
    ALTER TABLE auto_evidence ADD COLUMN embedder TEXT;
    ALTER TABLE auto_evidence ADD COLUMN stays INTEGER NOT NULL DEFAULT 0;
  `,
}
