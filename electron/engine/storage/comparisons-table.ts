import type { Database } from 'better-sqlite3'
import type { Comparison, HistoryPage, HistoryRow, KeptComparison } from '../../../shared/api/history.ts'
import type { Ms } from '../../../shared/ids.ts'

/** Comparisons kept; the oldest go first. */
const MOST_KEPT = 5_000
/** Characters of a question in a list. */
const LISTED_PROMPT = 300
/** Words round a find in an answer. */
const WORDS_ROUND = 12

interface Stored {
  readonly number: number
  readonly id: string
  readonly at: number
  readonly content: string
}

export interface HistoryQuery {
  readonly text?: string | undefined
  readonly before?: string | undefined
  readonly limit: number
}

/** Past questions with every pane's answer, and an index of their words (SQLite's FTS5, https://sqlite.org/fts5.html). */
export function comparisonsTable(database: Database) {
  const put = database.prepare<[string, number, string], { number: number }>(`
    INSERT INTO comparisons (id, at, content) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET content = excluded.content RETURNING number`)
  const unindex = database.prepare<[number]>('DELETE FROM comparison_words WHERE rowid = ?')
  const index = database.prepare<[number, string, string, string]>('INSERT INTO comparison_words (rowid, prompt, answers, models) VALUES (?, ?, ?, ?)')
  const oldest = database.prepare<[number], { number: number }>('SELECT number FROM comparisons ORDER BY at DESC, id DESC LIMIT -1 OFFSET ?')
  const drop = database.prepare<[number]>('DELETE FROM comparisons WHERE number = ?')
  const get = database.prepare<[string], Stored>('SELECT * FROM comparisons WHERE id = ?')
  const list = database.prepare<[number, number, string, number], Stored>(
    'SELECT * FROM comparisons WHERE at < ? OR (at = ? AND id < ?) ORDER BY at DESC, id DESC LIMIT ?',
  )
  const search = database.prepare<[string, number, number, string, number], Stored & { readonly found: string }>(`
    SELECT comparisons.*, snippet(comparison_words, 1, '', '', '…', ${WORDS_ROUND}) AS found
    FROM comparison_words JOIN comparisons ON comparisons.number = comparison_words.rowid
    WHERE comparison_words MATCH ? AND (at < ? OR (at = ? AND id < ?)) ORDER BY at DESC, id DESC LIMIT ?`)

  const removeNumber = (number: number): void => {
    unindex.run(number)
    drop.run(number)
  }

  return {
    putComparison: database.transaction((comparison: Comparison, at: Ms): void => {
      const row = put.get(comparison.id, at, JSON.stringify(comparison))
      if (row === undefined) throw new Error('an insert with RETURNING answered no row')
      unindex.run(row.number)
      index.run(
        row.number,
        comparison.prompt,
        comparison.answers.map((answer) => answer.text).join('\n'),
        comparison.answers.map((answer) => answer.model).join(' '),
      )
      for (const { number } of oldest.all(MOST_KEPT)) removeNumber(number)
    }),
    listComparisons: ({ text, before, limit }: HistoryQuery): HistoryPage => {
      const [at, id] = readPlace(before)
      const words = matchOf(text ?? '')
      const rows = words === undefined ? list.all(at, at, id, limit + 1) : search.all(words, at, at, id, limit + 1)
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { rows: rows.slice(0, limit).map(rowOf), cursor: last && `${last.at}:${last.id}` }
    },
    getComparison: (id: string): KeptComparison | undefined => {
      const stored = get.get(id)
      return stored && { ...(JSON.parse(stored.content) as Comparison), at: stored.at }
    },
    removeComparison: database.transaction((id: string): boolean => {
      const stored = get.get(id)
      if (stored !== undefined) removeNumber(stored.number)
      return stored !== undefined
    }),
  }
}

/** Every word as the beginning of one, quoted so that nothing in it is an operator. undefined when there is no word. */
export function matchOf(text: string): string | undefined {
  const words = text.match(/[\p{L}\p{N}]+/gu)
  return words === null ? undefined : words.map((word) => `"${word}"*`).join(' ')
}

function readPlace(cursor: string | undefined): readonly [number, string] {
  const [, at, id] = /^(\d+):(.+)$/.exec(cursor ?? '') ?? []
  return at === undefined || id === undefined ? [Number.MAX_SAFE_INTEGER, ''] : [Number(at), id]
}

function rowOf({ id, at, content, ...rest }: Stored & { readonly found?: string }): HistoryRow {
  const { prompt, answers } = JSON.parse(content) as Comparison
  return { id, at, prompt: prompt.slice(0, LISTED_PROMPT), models: answers.map((answer) => answer.model), found: rest.found ?? '' }
}
