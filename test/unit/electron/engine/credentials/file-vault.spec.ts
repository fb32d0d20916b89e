import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { FileVault, SCRYPT_COST } from '../../../../../electron/engine/credentials/file-vault.ts'
import { Secret } from '../../../../../electron/engine/credentials/secret.ts'
import { dataFolder } from '../../../../support/data-folder.ts'

const PASSPHRASE = 'correct horse battery'
const QUICK_COST = 2 ** 15

interface Content {
  scrypt: { cost: number; salt: string }
  check: { nonce: string; data: string }
  entries: Record<string, { nonce: string; data: string }>
}

let dataDir: string
let file: string
let vault: FileVault

beforeEach(async () => {
  dataDir = dataFolder()
  file = join(dataDir, 'vault.json')
  vault = new FileVault(dataDir, QUICK_COST)
  await vault.create(PASSPHRASE)
})

const content = () => JSON.parse(readFileSync(file, 'utf8')) as Content
const write = (changed: unknown) => writeFileSync(file, JSON.stringify(changed))
const reopened = () => new FileVault(dataDir, QUICK_COST)
const flip = (base64: string) => (base64.startsWith('A') ? 'B' : 'A') + base64.slice(1)

it('is opened by its passphrase alone, in another process too', async () => {
  await vault.set('id', new Secret('made-up-secret'))
  const other = reopened()
  expect(other.locked).toBe(true)
  await expect(other.get('id')).rejects.toMatchObject({ reason: 'locked' })
  await expect(other.set('id', new Secret('x'))).rejects.toMatchObject({ reason: 'locked' })
  await expect(other.unlock('correct horse batterie')).rejects.toMatchObject({ reason: 'wrong-passphrase' })
  expect(other.locked).toBe(true)
  await other.unlock(PASSPHRASE)
  expect((await other.get('id'))?.use((text) => text)).toBe('made-up-secret')
  other.lock()
  await expect(other.get('id')).rejects.toMatchObject({ reason: 'locked' })
})

it('takes a passphrase however its accents were typed', async () => {
  const folder = dataFolder()
  await new FileVault(folder, QUICK_COST).create('caf\u00e9 cr\u00e8me')
  await new FileVault(folder, QUICK_COST).unlock('cafe\u0301 cre\u0300me')
})

it('is hard to guess and of a new salt each', async () => {
  expect(SCRYPT_COST).toBeGreaterThanOrEqual(2 ** 15)
  const other = dataFolder()
  await new FileVault(other, QUICK_COST).create(PASSPHRASE)
  expect((JSON.parse(readFileSync(join(other, 'vault.json'), 'utf8')) as Content).scrypt.salt).not.toBe(content().scrypt.salt)
})

it('never uses a nonce twice, also for the same secret', async () => {
  const nonces = new Set<string>()
  for (let round = 0; round < 20; round++) {
    await vault.set('id', new Secret('same'))
    nonces.add(content().entries.id?.nonce ?? '')
  }
  expect(nonces.size).toBe(20)
})

it('leaves one file, readable by its owner alone', async () => {
  await vault.set('id', new Secret('made-up-secret'))
  expect(readdirSync(dataDir)).toEqual(['vault.json'])
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
})

it('does not begin anew over a vault that is there', async () => {
  await vault.set('id', new Secret('made-up-secret'))
  await expect(reopened().create('another passphrase')).rejects.toMatchObject({ reason: 'unavailable' })
  expect((await vault.get('id'))?.use((text) => text)).toBe('made-up-secret')
})

it('deletes while locked, since throwing away needs no reading', async () => {
  await vault.set('id', new Secret('made-up-secret'))
  await reopened().delete('id')
  expect(content().entries).toEqual({})
})

it('says that its file is gone', async () => {
  await expect(new FileVault(dataFolder(), QUICK_COST).unlock(PASSPHRASE)).rejects.toMatchObject({ reason: 'unavailable' })
})

it('asks for the passphrase again when another vault was put in its place', async () => {
  const other = dataFolder()
  const replacement = new FileVault(other, QUICK_COST)
  await replacement.create('another passphrase')
  await replacement.set('id', new Secret('x'))
  writeFileSync(file, readFileSync(join(other, 'vault.json')))
  await expect(vault.get('id')).rejects.toMatchObject({ reason: 'locked' })
  expect(vault.locked).toBe(true)
})

describe('a file that is not as it was written', () => {
  beforeEach(async () => {
    await vault.set('one', new Secret('made-up-one'))
    await vault.set('two', new Secret('made-up-two'))
  })

  it('is told from a wrong passphrase when an entry was changed', async () => {
    const changed = content()
    const entry = changed.entries.one
    if (entry !== undefined) entry.data = flip(entry.data)
    write(changed)
    const other = reopened()
    await other.unlock(PASSPHRASE)
    await expect(other.get('one')).rejects.toMatchObject({ reason: 'corrupt', message: expect.stringContaining('altered') })
    expect((await other.get('two'))?.use((text) => text)).toBe('made-up-two')
  })

  it('is noticed when two entries were swapped', async () => {
    const changed = content()
    const { one, two } = changed.entries
    write({ ...changed, entries: { one: two, two: one } })
    await expect(vault.get('one')).rejects.toMatchObject({ reason: 'corrupt' })
  })

  it('is told from a wrong passphrase when the check was changed', async () => {
    const changed = content()
    changed.check.data = flip(changed.check.data)
    write(changed)
    await expect(reopened().unlock(PASSPHRASE)).rejects.toMatchObject({ reason: 'corrupt', message: expect.stringContaining('altered') })
    await expect(reopened().unlock('wrong passphrase')).rejects.toMatchObject({ reason: 'wrong-passphrase' })
  })

  it.each([
    ['cut off', (text: string) => text.slice(0, -20)],
    ['empty', () => ''],
    ['something else', () => '{"hello":"world"}'],
    ['weakened', (text: string) => text.replace(`"cost": ${QUICK_COST}`, '"cost": 2')],
    ['made to exhaust the memory', (text: string) => text.replace(`"cost": ${QUICK_COST}`, `"cost": ${2 ** 40}`)],
  ])('is damaged, and left as it is, when it is %s', async (_, damage) => {
    const damaged = damage(readFileSync(file, 'utf8'))
    writeFileSync(file, damaged)
    await expect(reopened().unlock(PASSPHRASE)).rejects.toMatchObject({ reason: 'corrupt', message: expect.stringContaining('left as it is') })
    await expect(vault.set('id', new Secret('x'))).rejects.toMatchObject({ reason: 'corrupt' })
    expect(readFileSync(file, 'utf8')).toBe(damaged)
  })
})
