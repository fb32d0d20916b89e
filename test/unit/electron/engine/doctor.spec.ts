import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { UpstreamResponse } from '../../../../electron/engine/attempt/send.ts'
import { checkCatalog, checkClock, checkDatabase, checkDataFolder, checkNetwork, checkOpenFiles } from '../../../../electron/engine/doctor.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder[Symbol.dispose]())

it('adds up a data folder and leaves nothing behind', async () => {
  mkdirSync(join(folder.path, 'inside'))
  writeFileSync(join(folder.path, 'inside', 'file'), 'x'.repeat(1_000))
  expect(await checkDataFolder(folder.path)).toEqual({ of: 'data-folder', is: 'ok', path: folder.path, bytes: 1_000 })
  expect(await checkDataFolder(folder.path)).toMatchObject({ bytes: 1_000 })
})

it('says why a data folder cannot be written', async () => {
  expect(await checkDataFolder(join(folder.path, 'nowhere'))).toMatchObject({ is: 'bad', code: 'ENOENT' })
  const file = join(folder.path, 'file')
  writeFileSync(file, '')
  expect(await checkDataFolder(file)).toMatchObject({ is: 'bad', code: 'ENOTDIR' })
})

it('passes on what SQLite has to complain of', async () => {
  expect(await checkDatabase(async () => [])).toMatchObject({ is: 'ok', damage: [] })
  expect(await checkDatabase(async () => ['row 3 missing from index'])).toMatchObject({ is: 'bad', damage: ['row 3 missing from index'] })
})

it.each([
  ['2026-11-25', 'ok', 0],
  ['2026-09-26', 'ok', 60],
  ['2026-09-25', 'warn', 61],
  ['2026-12-24', 'ok', 0],
])('finds a price list of %s %s', (asOf, is, days) => {
  expect(checkCatalog(asOf, NOW)).toEqual({ of: 'catalog', is, asOf, days })
})

describe('the clock', () => {
  const answering = (date: string | undefined) => async (): Promise<UpstreamResponse> => ({ status: 401, headers: { date }, body: (async function* () {})() })
  const at = (offsetMs: number): string => new Date(NOW + offsetMs).toUTCString()
  it.each([
    [0, 'ok'],
    [59_000, 'ok'],
    [120_000, 'warn'],
    [-120_000, 'warn'],
  ])('of a server %i ms off is %s', async (offset, is) => {
    expect(await checkClock('https://api.example/v1', answering(at(offset)), () => NOW)).toMatchObject({ is, by: 'api.example', aheadMs: -offset - 500 })
  })
  it('is not known where nobody tells', async () => {
    expect(await checkClock(undefined, answering(undefined), () => NOW)).toEqual({ of: 'clock', is: 'unknown', by: undefined })
    expect(await checkClock('https://api.example', answering(undefined), () => NOW)).toMatchObject({ is: 'unknown' })
    expect(
      await checkClock(
        'https://api.example',
        () => Promise.reject(new Error('offline')),
        () => NOW,
      ),
    ).toMatchObject({ is: 'unknown', by: 'api.example' })
  })
})

it.each([
  [256, 'warn'],
  [1_024, 'ok'],
  [1_048_576, 'ok'],
])('finds a limit of %i open files %s', async (limit, is) => {
  writeFileSync(
    join(folder.path, 'limits'),
    `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${limit}                 524288               files\n`,
  )
  mkdirSync(join(folder.path, 'fd'))
  writeFileSync(join(folder.path, 'fd', '0'), '')
  expect(await checkOpenFiles(folder.path)).toEqual({ of: 'open-files', is, limit, open: 1 })
})

it('says nothing of open files where the system does not tell', async () => {
  expect(await checkOpenFiles(join(folder.path, 'nowhere'))).toBeUndefined()
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
