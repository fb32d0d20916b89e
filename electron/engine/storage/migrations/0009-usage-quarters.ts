import type { Migration } from './migration.ts'

/**
 * What was used in each quarter of an hour, kept up by triggers beside the ledger, so that a year of requests is summed without reading them. Quarters,
 * because local days begin on one in every time zone. '' stands for nobody: no endpoint answered, no client was recognised, no key was used. An open row
 * has no sums yet.
 */
export const SUMS = [
  'requests',
  'unpriced',
  'spent_nano_usd',
  'tokens_input',
  'tokens_cache_read',
  'tokens_cache_write_5m',
  'tokens_cache_write_1h',
  'tokens_output',
  'tokens_reasoning',
  'saved_nano_usd',
  'saved_unknown',
] as const

/** As in the totals of the ledger: a request that was refused everywhere cost nothing, one that was left may have. */
const unpriced = (row: string): string =>
  `(${row}.cost_nano_usd IS NULL AND (${row}.served_by IS NOT NULL OR ${row}.outcome IN ('cancelled', 'timeout', 'crashed')))`

/** Answered without a call of its own, and nobody knows what that call would have cost. */
const savedUnknown = (row: string): string =>
  `(${row}.saved_nano_usd IS NULL AND ifnull(json_extract(${row}.cache, '$.kind') IN ('exact', 'semantic', 'merged'), 0))`

/** What is summed apart. */
const place = (row: string): string =>
  [
    `${row}.at / 900000`,
    `ifnull(${row}.served_by, '')`,
    `ifnull(${row}.caller, '')`,
    `ifnull(json_extract(${row}.attempts, '$[#-1].credential'), '')`,
    `${row}.simulated`,
  ].join(', ')

/** In the order of `SUMS`. */
const used = (row: string): readonly string[] => [
  '1',
  unpriced(row),
  `ifnull(${row}.cost_nano_usd, 0)`,
  ...SUMS.filter((sum) => sum.startsWith('tokens_')).map((sum) => `ifnull(${row}.${sum}, 0)`),
  `ifnull(${row}.saved_nano_usd, 0)`,
  savedUnknown(row),
]

const add = (row: string): string => `
  INSERT INTO usage_quarters (quarter, endpoint, caller, credential, simulated, caller_name, ${SUMS.join(', ')})
  VALUES (${place(row)}, ${row}.caller_name, ${used(row).join(', ')})
  ON CONFLICT DO UPDATE SET caller_name = excluded.caller_name, ${SUMS.map((sum) => `${sum} = ${sum} + excluded.${sum}`).join(', ')};`

const subtract = (row: string): string => `
  UPDATE usage_quarters SET ${SUMS.map((sum, index) => `${sum} = ${sum} - ${used(row)[index]}`).join(', ')}
  WHERE (quarter, endpoint, caller, credential, simulated) = (${place(row)});`

export const usageQuarters: Migration = {
  version: 9,
  sql: `
    CREATE TABLE usage_quarters (
      quarter INTEGER NOT NULL,
      endpoint TEXT NOT NULL,
      caller TEXT NOT NULL,
      credential TEXT NOT NULL,
      simulated INTEGER NOT NULL,
      caller_name TEXT,
      ${SUMS.map((sum) => `${sum} INTEGER NOT NULL`).join(',\n      ')},
      PRIMARY KEY (quarter, endpoint, caller, credential, simulated)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO usage_quarters (quarter, endpoint, caller, credential, simulated, caller_name, ${SUMS.join(', ')})
    SELECT ${place('ledger')}, max(caller_name), ${used('ledger')
      .map((value) => `sum(${value})`)
      .join(', ')}
    FROM ledger WHERE outcome <> 'open' GROUP BY ${place('ledger')};

    CREATE TRIGGER usage_added AFTER INSERT ON ledger WHEN new.outcome <> 'open' BEGIN ${add('new')} END;
    CREATE TRIGGER usage_closed AFTER UPDATE ON ledger WHEN new.outcome <> 'open' BEGIN ${add('new')} END;
    CREATE TRIGGER usage_changed BEFORE UPDATE ON ledger WHEN old.outcome <> 'open' BEGIN ${subtract('old')} END;
    CREATE TRIGGER usage_removed AFTER DELETE ON ledger WHEN old.outcome <> 'open' BEGIN ${subtract('old')} END;
  `,
}
