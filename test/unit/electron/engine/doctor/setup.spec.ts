import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { VaultKeeper } from '../../../../../electron/engine/credentials/vault-keeper.ts'
import { checkCatalog, checkDatabase, checkKeys, checkNetwork } from '../../../../../electron/engine/doctor/setup.ts'
import { checkDatabase as databaseIn } from '../../../../../electron/engine/storage/check-database.ts'
import { openDatabase } from '../../../../../electron/engine/storage/open.ts'
import { doctorWords } from '../../../../../shared/messages/doctor.ts'
import { english } from '../../../../../shared/messages/english.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const NOW = Date.UTC(2026, 10, 25, 12)

it.each([
  ['2026-11-25', 'ok', 0],
  ['2026-09-26', 'ok', 60],
  ['2026-09-25', 'warn', 61],
  ['2026-12-24', 'ok', 0],
])('finds a price list of %s %s', (asOf, is, days) => {
  expect(checkCatalog(asOf, true, NOW)).toEqual({ of: 'catalog', is, asOf, days, fetched: true })
})

it('tells what of the network’s settings cannot work', () => {
  const expired = { subject: 'a', issuer: 'a', validFrom: 0, validTo: NOW - 1, fingerprint: '', isAuthority: true }
  expect(checkNetwork({ proxy: 'own', password: 'missing', ca: { is: 'read', certificates: [expired] } }, NOW)).toMatchObject({
    is: 'warn',
    wrong: ['ca-expired', 'password'],
  })
  expect(checkNetwork({ proxy: 'environment', password: 'missing', ca: { is: 'refused', why: 'not-found' } }, NOW)).toMatchObject({ wrong: ['ca-file'] })
  expect(checkNetwork({ proxy: 'none', password: 'none', ca: undefined }, NOW)).toMatchObject({ is: 'ok', wrong: [] })
})

it('fails with a damaged database, and one of a newer Switchyard, without touching either', () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'switchyard.db'), 'this is no database, though it is long enough to be looked at by SQLite as one'.repeat(20))
  expect(checkDatabase(databaseIn(folder.path), 3)).toEqual({ of: 'database', is: 'bad', why: 'damaged', damage: [expect.stringContaining('not a database')] })

  using other = temporaryFolder()
  const database = openDatabase(other.path)
  database.pragma('user_version = 9999')
  database.close()
  expect(checkDatabase(databaseIn(other.path), 3)).toMatchObject({ is: 'bad', why: 'too-new', format: 9999 })
})

it('says in words why the keychain does not work', async () => {
  using folder = temporaryFolder()
  const keeperOf = (setting: 'auto' | 'keychain') =>
    new VaultKeeper({
      ...{ dataDir: folder.path, setting, environment: {}, environmentVariables: new Map(), onChosen: () => undefined },
      probeKeychain: async () => ({ works: false, name: 'Secret Service', reason: { code: 'keychain-silent' } }),
    })
  for (const [setting, is] of [
    ['auto', 'warn'],
    ['keychain', 'bad'],
  ] as const) {
    const finding = await checkKeys(keeperOf(setting), 2)
    expect(finding.is).toBe(is)
    expect(english(doctorWords(finding).says)).toMatch(/Secret Service cannot be used: It does not answer\. 2 stored\.$/)
  }
})
