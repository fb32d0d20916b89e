import type { Migration } from './migration.ts'

/** What the user's own routing has to say of a row of the ledger: which arm of a split it went to, or that it is the shadow of another row. */
export const routingMarks: Migration = {
  version: 10,
  sql: `
    CREATE TABLE routing_marks (
      request TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('split', 'shadow')),
      name TEXT NOT NULL,
      arm TEXT NOT NULL,
      original TEXT,
      at INTEGER NOT NULL,
      PRIMARY KEY (request, kind)
    ) STRICT;
    CREATE INDEX routing_marks_of ON routing_marks (kind, name, at);
  `,
}
