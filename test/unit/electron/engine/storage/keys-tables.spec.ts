import { beforeEach, describe, expect, it } from 'vitest'
import { clientKeysTable } from '../../../../../electron/engine/storage/client-keys-table.ts'
import { credentialsTable } from '../../../../../electron/engine/storage/credentials-table.ts'
import { openDatabase } from '../../../../../electron/engine/storage/open.ts'
import type { ClientKeyRow, CredentialRow } from '../../../../../electron/engine/storage/storage.ts'
import { dataFolder } from '../../../../support/data-folder.ts'

let database: ReturnType<typeof openDatabase>

beforeEach(() => {
  database = openDatabase(dataFolder())
  return () => database.close()
})

const credential: CredentialRow = {
  id: 'c1',
  provider: 'openai',
  label: 'Work',
  last4: 'wxyz',
  vault: 'keychain',
  order: 0,
  createdAt: 1,
  lastUsedAt: undefined,
}
const clientKey: ClientKeyRow = { id: 'k1', name: 'Cursor', last4: 'abcd', hash: 'f'.repeat(64), createdAt: 1, lastUsedAt: undefined }

describe('credentials', () => {
  it('come back as they went in, by provider and order', () => {
    const table = credentialsTable(database)
    const second = { ...credential, id: 'c0', order: 1, lastUsedAt: 5 }
    const other = { ...credential, id: 'c2', provider: 'anthropic', order: 7 }
    for (const row of [second, credential, other]) table.put(row)
    expect(table.list()).toStrictEqual([other, credential, second])
  })

  it('are replaced and removed by id', () => {
    const table = credentialsTable(database)
    table.put(credential)
    table.put({ ...credential, label: 'Home', vault: 'file' })
    expect(table.list()).toStrictEqual([{ ...credential, label: 'Home', vault: 'file' }])
    table.remove('c1')
    table.remove('c1')
    expect(table.list()).toEqual([])
  })

  it('do not come back when a removed one is noted as used', () => {
    const table = credentialsTable(database)
    expect(table.touch('c1', 9)).toBe(false)
    expect(table.list()).toEqual([])
    table.put(credential)
    expect(table.touch('c1', 9)).toBe(true)
    expect(table.list()[0]?.lastUsedAt).toBe(9)
  })
})

describe('client keys', () => {
  it('come back as they went in, oldest first', () => {
    const table = clientKeysTable(database)
    const older = { ...clientKey, id: 'k0', hash: 'a'.repeat(64), createdAt: 0, lastUsedAt: 3 }
    table.put(clientKey)
    table.put(older)
    expect(table.list()).toStrictEqual([older, clientKey])
  })

  it('do not come back when a revoked one is noted as used', () => {
    const table = clientKeysTable(database)
    table.put(clientKey)
    table.remove('k1')
    expect(table.touch('k1', 9)).toBe(false)
    expect(table.list()).toEqual([])
  })
})
