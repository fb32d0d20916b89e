import type { Database } from 'better-sqlite3'
import type { LibraryEntry, LibraryItem } from '../../../shared/api/library.ts'
import type { Ms } from '../../../shared/ids.ts'

interface Stored {
  readonly id: string
  readonly item: string
  readonly changed_at: number
}

/** Prompts and presets, one of each kind and name. */
export function libraryTable(database: Database) {
  const list = database.prepare<[], Stored>('SELECT id, item, changed_at FROM library ORDER BY name COLLATE NOCASE, kind')
  const put = database.prepare<[Record<string, string | number>], Stored>(`
    INSERT INTO library (id, kind, name, item, changed_at) VALUES (@id, @kind, @name, @item, @changedAt)
    ON CONFLICT (kind, name) DO UPDATE SET item = excluded.item, changed_at = excluded.changed_at
    RETURNING id, item, changed_at`)
  const remove = database.prepare<[string]>('DELETE FROM library WHERE id = ?')

  const putItem = (item: LibraryItem, id: string, changedAt: Ms): LibraryEntry => {
    const stored = put.get({ id, kind: item.kind, name: item.name, item: JSON.stringify(item), changedAt })
    if (stored === undefined) throw new Error('an insert with RETURNING answered no row')
    return fromStored(stored)
  }

  return {
    /** By name. */
    listLibrary: (): readonly LibraryEntry[] => list.all().map(fromStored),
    /** `id` is for a new entry; one of the same kind and name keeps its own. */
    putLibrary: putItem,
    /** All or none. Returns how many were new. */
    importLibrary: database.transaction((items: readonly LibraryItem[], ids: readonly string[], changedAt: Ms): number => {
      let added = 0
      for (const [index, item] of items.entries()) {
        const id = ids[index] ?? ''
        if (putItem(item, id, changedAt).id === id) added++
      }
      return added
    }),
    removeLibrary: (id: string): boolean => remove.run(id).changes === 1,
  }
}

function fromStored({ id, item, changed_at }: Stored): LibraryEntry {
  return { ...(JSON.parse(item) as LibraryItem), id, changedAt: changed_at }
}
