import type { Database } from 'better-sqlite3'
import type { CredentialId } from '../../../shared/ids.ts'
import type { HealthRow } from '../routing/health.ts'
import type { CredentialMark } from './storage.ts'

interface StoredHealth {
  readonly endpoint: string
  /** '' for places that take no key. */
  readonly credential: string
  readonly state: string
}

/** How places were doing, and which keys were refused. */
export function healthTable(database: Database) {
  const list = database.prepare<[], StoredHealth>('SELECT endpoint, credential, state FROM endpoint_health')
  const put = database.prepare<[StoredHealth]>(
    'INSERT INTO endpoint_health (endpoint, credential, state) VALUES (@endpoint, @credential, @state) ON CONFLICT DO UPDATE SET state = excluded.state',
  )
  const drop = database.prepare<[string, string]>('DELETE FROM endpoint_health WHERE endpoint = ? AND credential = ?')
  const marks = database.prepare<[], CredentialMark>('SELECT id, last4, state FROM credential_marks')
  const mark = database.prepare<[CredentialMark]>(
    'INSERT INTO credential_marks (id, last4, state) VALUES (@id, @last4, @state) ON CONFLICT DO UPDATE SET last4 = excluded.last4, state = excluded.state',
  )
  const unmark = database.prepare<[string]>('DELETE FROM credential_marks WHERE id = ?')

  return {
    list: (): HealthRow[] => list.all().map(({ endpoint, credential, state }) => ({ endpoint, credential: credential === '' ? undefined : credential, state })),
    put: database.transaction((rows: readonly HealthRow[]): void => {
      for (const { endpoint, credential = '', state } of rows) {
        if (state === '') drop.run(endpoint, credential)
        else put.run({ endpoint, credential, state })
      }
    }),
    marks: (): CredentialMark[] => marks.all(),
    mark: (row: CredentialMark): void => void mark.run(row),
    unmark: (id: CredentialId): void => void unmark.run(id),
  }
}
