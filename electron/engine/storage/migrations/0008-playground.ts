import type { Migration } from './migration.ts'

/** What the playground keeps: votes on answers, prompts and presets, past comparisons with a full-text index, and matrix runs with their cells. */
export const playground: Migration = {
  version: 8,
  sql: `
    CREATE TABLE votes (
      id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      tag TEXT NOT NULL,
      models TEXT NOT NULL,
      verdict TEXT NOT NULL,
      winner INTEGER,
      prompt_hash TEXT NOT NULL,
      prompt TEXT,
      blind INTEGER NOT NULL,
      evidence TEXT NOT NULL
    ) STRICT;
    CREATE INDEX votes_newest ON votes (at DESC, id DESC);
    CREATE INDEX votes_of ON votes (tag, at DESC);

    CREATE TABLE library (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      item TEXT NOT NULL,
      changed_at INTEGER NOT NULL,
      UNIQUE (kind, name)
    ) STRICT;

    CREATE TABLE comparisons (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      at INTEGER NOT NULL,
      content TEXT NOT NULL
    ) STRICT;
    CREATE INDEX comparisons_newest ON comparisons (at DESC, id DESC);
    CREATE VIRTUAL TABLE comparison_words USING fts5 (prompt, answers, models, tokenize = 'unicode61 remove_diacritics 2');

    CREATE TABLE matrix_runs (
      id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      name TEXT NOT NULL,
      state TEXT NOT NULL,
      total INTEGER NOT NULL,
      spec TEXT NOT NULL
    ) STRICT;

    CREATE TABLE matrix_cells (
      run TEXT NOT NULL REFERENCES matrix_runs (id) ON DELETE CASCADE,
      place INTEGER NOT NULL,
      serial INTEGER NOT NULL,
      failing INTEGER NOT NULL,
      cost_nano_usd INTEGER,
      cell TEXT NOT NULL,
      PRIMARY KEY (run, place)
    ) STRICT;
    CREATE INDEX matrix_cells_by_serial ON matrix_cells (run, serial);
  `,
}
