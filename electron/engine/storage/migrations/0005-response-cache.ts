import type { Migration } from './migration.ts'

/**
 * The response cache: answers, what has been answered from them, and which questions were near without being the same. `content` is what an answer
 * said, `checksum` its SHA-256 with the key. A row with `deleted_at` waits for whoever wants it back; nothing is answered from it.
 */
export const responseCache: Migration = {
  version: 5,
  sql: `
    ALTER TABLE ledger ADD COLUMN cache TEXT;
    ALTER TABLE ledger ADD COLUMN saved_nano_usd INTEGER;
    CREATE INDEX ledger_cache_checks ON ledger (at) WHERE source = 'cache-check';

    CREATE TABLE cache_entries (
      key TEXT PRIMARY KEY,
      scope TEXT NOT NULL,
      model TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      source TEXT NOT NULL,
      question TEXT NOT NULL,
      answer TEXT NOT NULL,
      parts TEXT NOT NULL,
      content TEXT NOT NULL,
      checksum TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      made_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      pinned INTEGER NOT NULL DEFAULT 0,
      hits INTEGER NOT NULL DEFAULT 0,
      semantic_hits INTEGER NOT NULL DEFAULT 0,
      last_hit_at INTEGER,
      saved_nano_usd INTEGER,
      deleted_at INTEGER
    ) STRICT;
    CREATE INDEX cache_entries_newest ON cache_entries (made_at DESC, key DESC);
    CREATE INDEX cache_entries_siblings ON cache_entries (fingerprint, made_at DESC);
    CREATE INDEX cache_entries_source ON cache_entries (source);
    CREATE INDEX cache_entries_deleted ON cache_entries (deleted_at) WHERE deleted_at IS NOT NULL;

    CREATE VIRTUAL TABLE cache_search USING fts5 (key UNINDEXED, question, answer, tokenize = 'unicode61 remove_diacritics 2');

    CREATE TABLE cache_hits (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL REFERENCES cache_entries (key) ON DELETE CASCADE,
      request TEXT NOT NULL,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      similarity REAL NOT NULL,
      question TEXT,
      how TEXT,
      saved_nano_usd INTEGER,
      checked TEXT
    ) STRICT;
    CREATE INDEX cache_hits_of ON cache_hits (key, at DESC);
    CREATE INDEX cache_hits_by ON cache_hits (request);
    CREATE INDEX cache_hits_at ON cache_hits (at);

    CREATE TABLE cache_vectors (
      key TEXT NOT NULL REFERENCES cache_entries (key) ON DELETE CASCADE,
      embedder TEXT NOT NULL,
      vector BLOB NOT NULL,
      PRIMARY KEY (embedder, key)
    ) STRICT;
    CREATE INDEX cache_vectors_of ON cache_vectors (key);

    CREATE TABLE cache_near_misses (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL REFERENCES cache_entries (key) ON DELETE CASCADE,
      request TEXT NOT NULL,
      at INTEGER NOT NULL,
      similarity REAL NOT NULL,
      question TEXT NOT NULL,
      gate TEXT NOT NULL
    ) STRICT;
    CREATE INDEX cache_near_misses_of ON cache_near_misses (key, at DESC);

    CREATE TABLE cache_negatives (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      scope TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      key TEXT NOT NULL,
      question TEXT NOT NULL,
      other TEXT NOT NULL,
      UNIQUE (scope, fingerprint, question, other)
    ) STRICT;

    CREATE TABLE cache_facts (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT;

    CREATE TABLE cache_never (
      key TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      question TEXT NOT NULL
    ) STRICT;
  `,
}
