import type { Database } from 'better-sqlite3'
import type { CallerId, Ms } from '../../../shared/ids.ts'
import type { ClientKeyRow } from './storage.ts'

interface Stored {
  readonly id: string
  readonly name: string
  readonly last4: string
  readonly hash: string
  readonly created_at: number
  readonly last_used_at: number | null
}

/** Keys of tools towards the local endpoint, as hashes. */
export function clientKeysTable(database: Database) {
  const list = database.prepare<[], Stored>('SELECT * FROM client_keys ORDER BY created_at, id')
  const put = database.prepare<[Stored]>(`
    INSERT INTO client_keys (id, name, last4, hash, created_at, last_used_at)
    VALUES (@id, @name, @last4, @hash, @created_at, @last_used_at)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, last4 = excluded.last4, hash = excluded.hash,
      created_at = excluded.created_at, last_used_at = excluded.last_used_at`)
  const touch = database.prepare<[number, string]>('UPDATE client_keys SET last_used_at = ? WHERE id = ?')
  const remove = database.prepare<[string]>('DELETE FROM client_keys WHERE id = ?')

  return {
    /** Oldest first. */
    list: (): ClientKeyRow[] => list.all().map(fromStored),
    put: (row: ClientKeyRow): void => void put.run(toStored(row)),
    touch: (id: CallerId, lastUsedAt: Ms): boolean => touch.run(lastUsedAt, id).changes === 1,
    remove: (id: CallerId): void => void remove.run(id),
  }
}

function toStored({ id, name, last4, hash, createdAt, lastUsedAt }: ClientKeyRow): Stored {
  return { id, name, last4, hash, created_at: createdAt, last_used_at: lastUsedAt ?? null }
}

function fromStored({ id, name, last4, hash, created_at, last_used_at }: Stored): ClientKeyRow {
  return { id, name, last4, hash, createdAt: created_at, lastUsedAt: last_used_at ?? undefined }
}
