import Database from 'better-sqlite3'
import { clientKeysTable } from './client-keys-table.ts'
import { credentialsTable } from './credentials-table.ts'
import { formerSecretsTable } from './former-secrets-table.ts'
import type { StorageLog } from './storage-log.ts'

/**
 * Carries the keys' rows out of a damaged database as far as they can be read. Without them the secrets would stay in the keychain with
 * nothing left that lists them, and every tool would lose its client key. They are few and sit on few pages, so this works more often than not.
 */
export function rescueKeys(damagedFile: string, fresh: Database.Database, log: StorageLog): void {
  let damaged: Database.Database
  try {
    damaged = new Database(damagedFile, { readonly: true })
  } catch {
    // Not readable as a database at all; the caller has already said so.
    return
  }
  try {
    const credentials = attempt(() => credentialsTable(damaged).list(), log, 'provider keys')
    const clientKeys = attempt(() => clientKeysTable(damaged).list(), log, 'client keys')
    for (const row of credentials) credentialsTable(fresh).put(row)
    // whichever of them had a former secret: it is deleted at this start
    for (const { id, vault } of credentials) formerSecretsTable(fresh).put({ id, last4: '', vault, until: 0 })
    for (const row of clientKeys) clientKeysTable(fresh).put(row)
    if (credentials.length + clientKeys.length > 0) {
      log('warn', `Taken over from the damaged database: ${credentials.length} provider keys and ${clientKeys.length} client keys.`)
    }
  } finally {
    damaged.close()
  }
}

function attempt<Row>(read: () => readonly Row[], log: StorageLog, what: string): readonly Row[] {
  try {
    return read()
  } catch (thrown) {
    log('error', `The ${what} could not be read from the damaged database (${thrown instanceof Error ? thrown.message : 'unknown'}); enter them again.`)
    return []
  }
}
