import type { Migration } from './migration.ts'

const add = (row: string, sign: '+' | '-'): string => `
  INSERT INTO routing_saved (quarter, requests, saved_nano_usd)
  VALUES (${row}.at / 900000, ${sign}1, ${sign}json_extract(${row}.usage_more, '$.routed.saved'))
  ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, saved_nano_usd = saved_nano_usd + excluded.saved_nano_usd;`

const isRouted = (row: string): string => `${row}.outcome <> 'open' AND json_extract(${row}.usage_more, '$.routed.saved') IS NOT NULL`

/** What choices of ours saved in each quarter of an hour, kept up by triggers as the other sums are; there are few such requests, so it has a table of its own. */
export const routingSavings: Migration = {
  version: 11,
  sql: `
    CREATE TABLE routing_saved (
      quarter INTEGER PRIMARY KEY,
      requests INTEGER NOT NULL,
      saved_nano_usd INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER routed_added AFTER INSERT ON ledger WHEN ${isRouted('new')} BEGIN ${add('new', '+')} END;
    CREATE TRIGGER routed_closed AFTER UPDATE ON ledger WHEN ${isRouted('new')} BEGIN ${add('new', '+')} END;
    CREATE TRIGGER routed_changed BEFORE UPDATE ON ledger WHEN ${isRouted('old')} BEGIN ${add('old', '-')} END;
    CREATE TRIGGER routed_removed AFTER DELETE ON ledger WHEN ${isRouted('old')} BEGIN ${add('old', '-')} END;
  `,
}
