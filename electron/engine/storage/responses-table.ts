import type { Database } from 'better-sqlite3'
import type { JsonObject, JsonValue } from '../../../shared/chat.ts'
import type { CallerId, Ms } from '../../../shared/ids.ts'
import type { ResponsesKept, StoredResponse, StoredTurn } from './storage.ts'

/** A conversation of more turns than this is a ring or a mistake. */
const MOST_TURNS = 10_000

/** Answers that clients go on from by id. A caller sees its own alone. */
export function responsesTable(database: Database) {
  const put = database.prepare<[Record<string, string | number | null>]>(`
    INSERT OR REPLACE INTO responses (id, caller, at, previous, input, response)
    VALUES (@id, @caller, @at, @previous, @input, @response)`)
  const putItem = database.prepare<[string, string, string, string]>('INSERT OR REPLACE INTO response_items (id, caller, response, item) VALUES (?, ?, ?, ?)')
  const get = database.prepare<[string, string], { response: string; previous: string | null; input: string }>(
    'SELECT response, previous, input FROM responses WHERE id = ? AND caller = ?',
  )
  const item = database.prepare<[string, string], { item: string }>('SELECT item FROM response_items WHERE id = ? AND caller = ? ORDER BY rowid DESC LIMIT 1')
  const remove = database.prepare<[string, string]>('DELETE FROM responses WHERE id = ? AND caller = ?')
  const removeOlder = database.prepare<[number]>('DELETE FROM responses WHERE at < ?')
  const removeBeyond = database.prepare<[number, number]>(`
    DELETE FROM responses WHERE (id, caller) IN (
      SELECT id, caller FROM (
        SELECT id, caller, row_number() OVER newest AS place, sum(octet_length(input) + octet_length(response)) OVER newest AS bytes
        FROM responses WINDOW newest AS (ORDER BY at DESC, id DESC)
      ) WHERE place > ? OR bytes > ?
    )`)

  return {
    put: database.transaction(({ id, caller, at, previous, input, response }: StoredResponse): void => {
      put.run({ id, caller, at, previous: previous ?? null, input: JSON.stringify(input), response: JSON.stringify(response) })
      for (const value of outputOf(response)) if (typeof value.id === 'string') putItem.run(value.id, caller, id, JSON.stringify(value))
    }),
    get: (id: string, caller: CallerId): JsonObject | undefined => {
      const row = get.get(id, caller)
      return row && (JSON.parse(row.response) as JsonObject)
    },
    /** The conversation up to and with this answer, oldest turn first. undefined when the answer, or one it goes on from, is not here (any more). */
    turns: (id: string, caller: CallerId): readonly StoredTurn[] | undefined => {
      const turns: StoredTurn[] = []
      for (let next: string | null = id; next !== null; ) {
        const row = get.get(next, caller)
        if (row === undefined || turns.length >= MOST_TURNS) return undefined
        turns.push({ input: JSON.parse(row.input) as readonly JsonValue[], output: outputOf(JSON.parse(row.response) as JsonObject) })
        next = row.previous
      }
      return turns.reverse()
    },
    item: (id: string, caller: CallerId): JsonObject | undefined => {
      const row = item.get(id, caller)
      return row && (JSON.parse(row.item) as JsonObject)
    },
    /** false: there was none. */
    remove: (id: string, caller: CallerId): boolean => remove.run(id, caller).changes === 1,
    trim: (olderThan: Ms, keep: ResponsesKept): void => {
      removeOlder.run(olderThan)
      removeBeyond.run(keep.count, keep.bytes)
    },
  }
}

function outputOf(response: JsonObject): readonly JsonObject[] {
  return Array.isArray(response.output) ? (response.output as readonly JsonObject[]) : []
}
