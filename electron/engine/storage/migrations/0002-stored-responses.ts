import type { Migration } from './migration.ts'

/**
 * Answers to clients of OpenAI's Responses that go on from them by id. Each row holds one turn and names the turn before it; the items of its answer
 * stand beside it once more, since clients refer to single ones.
 */
export const storedResponses: Migration = {
  version: 2,
  sql: `
    CREATE TABLE responses (
      id TEXT NOT NULL,
      caller TEXT NOT NULL,
      at INTEGER NOT NULL,
      previous TEXT,
      input TEXT NOT NULL,
      response TEXT NOT NULL,
      PRIMARY KEY (id, caller)
    ) STRICT;
    CREATE INDEX responses_newest ON responses (at DESC, id DESC);

    CREATE TABLE response_items (
      id TEXT NOT NULL,
      caller TEXT NOT NULL,
      response TEXT NOT NULL,
      item TEXT NOT NULL,
      PRIMARY KEY (id, caller, response),
      FOREIGN KEY (response, caller) REFERENCES responses (id, caller) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX response_items_of ON response_items (response, caller);
  `,
}
