import type { Migration } from './migration.ts'

/** The user's own judgements of answers, and the weights that retrainings on them made; the newest of the latter is in use. */
export const automaticRouting: Migration = {
  version: 7,
  sql: `
    CREATE TABLE auto_evidence (
      id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      signal TEXT NOT NULL,
      prompt TEXT NOT NULL,
      model TEXT NOT NULL,
      quality REAL NOT NULL,
      embedding BLOB
    ) STRICT;
    CREATE INDEX auto_evidence_newest ON auto_evidence (at DESC, id DESC);

    CREATE TABLE auto_weights (
      at INTEGER NOT NULL,
      file TEXT NOT NULL,
      note TEXT NOT NULL
    ) STRICT;
  `,
}
