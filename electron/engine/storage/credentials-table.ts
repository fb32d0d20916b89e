import type { Database } from 'better-sqlite3'
import type { CredentialId, Ms } from '../../../shared/ids.ts'
import type { VaultBackend } from '../credentials/vault.ts'
import type { CredentialRow } from './storage.ts'

interface Stored {
  readonly id: string
  readonly provider: string
  readonly label: string
  readonly last4: string
  readonly vault: VaultBackend
  readonly position: number
  readonly created_at: number
  readonly last_used_at: number | null
}

/** What is known of provider keys besides their secrets. */
export function credentialsTable(database: Database) {
  const list = database.prepare<[], Stored>('SELECT * FROM credentials ORDER BY provider, position, created_at, id')
  const put = database.prepare<[Stored]>(`
    INSERT INTO credentials (id, provider, label, last4, vault, position, created_at, last_used_at)
    VALUES (@id, @provider, @label, @last4, @vault, @position, @created_at, @last_used_at)
    ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, label = excluded.label, last4 = excluded.last4, vault = excluded.vault,
      position = excluded.position, created_at = excluded.created_at, last_used_at = excluded.last_used_at`)
  const touch = database.prepare<[number, string]>('UPDATE credentials SET last_used_at = ? WHERE id = ?')
  const remove = database.prepare<[string]>('DELETE FROM credentials WHERE id = ?')

  return {
    /** By provider, each in the order in which its keys are used. */
    list: (): CredentialRow[] => list.all().map(fromStored),
    put: (row: CredentialRow): void => void put.run(toStored(row)),
    touch: (id: CredentialId, lastUsedAt: Ms): boolean => touch.run(lastUsedAt, id).changes === 1,
    remove: (id: CredentialId): void => void remove.run(id),
  }
}

function toStored(row: CredentialRow): Stored {
  const { id, provider, label, last4, vault } = row
  return { id, provider, label, last4, vault, position: row.order, created_at: row.createdAt, last_used_at: row.lastUsedAt ?? null }
}

function fromStored(stored: Stored): CredentialRow {
  const { id, provider, label, last4, vault } = stored
  return { id, provider, label, last4, vault, order: stored.position, createdAt: stored.created_at, lastUsedAt: stored.last_used_at ?? undefined }
}
