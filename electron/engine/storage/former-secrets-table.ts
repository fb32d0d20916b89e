import type { Database } from 'better-sqlite3'
import type { CredentialId } from '../../../shared/ids.ts'
import type { FormerSecretRow } from './storage.ts'

/** Replaced provider keys that stand in for a while, by the id of the key that took their place. */
export function formerSecretsTable(database: Database) {
  const list = database.prepare<[], FormerSecretRow>('SELECT id, last4, vault, until FROM former_secrets')
  const put = database.prepare<[FormerSecretRow]>(
    `INSERT INTO former_secrets (id, last4, vault, until) VALUES (@id, @last4, @vault, @until)
     ON CONFLICT DO UPDATE SET last4 = excluded.last4, vault = excluded.vault, until = excluded.until`,
  )
  const remove = database.prepare<[string]>('DELETE FROM former_secrets WHERE id = ?')
  return {
    list: (): FormerSecretRow[] => list.all(),
    put: (row: FormerSecretRow): void => void put.run(row),
    remove: (id: CredentialId): void => void remove.run(id),
  }
}
