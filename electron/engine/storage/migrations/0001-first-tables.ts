import type { Migration } from './migration.ts'

/**
 * Columns for what is filtered or summed, JSON for what is only shown. NULL is "unknown" throughout: a count, a cost or a status that nobody
 * told is never 0.
 */
export const firstTables: Migration = {
  version: 1,
  sql: `
    CREATE TABLE ledger (
      id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      source TEXT NOT NULL,
      caller TEXT,
      caller_name TEXT,
      dialect TEXT NOT NULL,
      requested TEXT NOT NULL,
      streamed INTEGER NOT NULL,
      served_by TEXT,
      simulated INTEGER NOT NULL,
      attempts TEXT NOT NULL,
      tokens_input INTEGER,
      tokens_cache_read INTEGER,
      tokens_cache_write_5m INTEGER,
      tokens_cache_write_1h INTEGER,
      tokens_output INTEGER,
      tokens_reasoning INTEGER,
      counted_by TEXT,
      cost_nano_usd INTEGER,
      prices_as_of TEXT,
      outcome TEXT NOT NULL,
      message TEXT,
      status INTEGER,
      first_event_ms REAL,
      total_ms REAL,
      finish TEXT
    ) STRICT;
    CREATE INDEX ledger_newest ON ledger (at DESC, id DESC);
    CREATE INDEX ledger_open ON ledger (at) WHERE outcome = 'open';

    CREATE TABLE exchanges (
      id TEXT PRIMARY KEY REFERENCES ledger (id) ON DELETE CASCADE,
      at INTEGER NOT NULL,
      content TEXT NOT NULL
    ) STRICT;
    CREATE INDEX exchanges_newest ON exchanges (at DESC, id DESC);

    CREATE TABLE credentials (
      id TEXT PRIMARY KEY,
      provider TEXT NOT NULL,
      label TEXT NOT NULL,
      last4 TEXT NOT NULL,
      vault TEXT NOT NULL,
      position INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      last_used_at INTEGER
    ) STRICT;

    CREATE TABLE client_keys (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      last4 TEXT NOT NULL,
      hash TEXT NOT NULL UNIQUE,
      created_at INTEGER NOT NULL,
      last_used_at INTEGER
    ) STRICT;
  `,
}
