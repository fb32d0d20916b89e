import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { EnvironmentVault } from '../../../../../electron/engine/credentials/environment-vault.ts'
import { FileVault } from '../../../../../electron/engine/credentials/file-vault.ts'
import { KEYCHAIN_SERVICE, KeychainVault, keychainWorks, loadKeytar } from '../../../../../electron/engine/credentials/keychain-vault.ts'
import { MemoryVault } from '../../../../../electron/engine/credentials/memory-vault.ts'
import { Secret } from '../../../../../electron/engine/credentials/secret.ts'
import type { Vault } from '../../../../../electron/engine/credentials/vault.ts'
import { dataFolder } from '../../../../support/data-folder.ts'
import { FakeKeychain } from '../../../../support/fake-keychain.ts'
import { readsAsAVault, writesAsAVault } from '../../../../support/vault-suite.ts'

function suite(name: string, make: () => Vault | Promise<Vault>): void {
  writesAsAVault(name, async () => ({ vault: await make(), id: randomUUID() }))
  readsAsAVault(name, async (holds) => {
    const vault = await make()
    const id = randomUUID()
    await vault.set(id, new Secret(holds))
    return { vault, id }
  })
}

suite('memory', () => new MemoryVault())

suite('encrypted file', async () => {
  const vault = new FileVault(dataFolder(), 2 ** 15)
  await vault.create('a made-up passphrase')
  return vault
})

suite('keychain code over a fake keychain', () => {
  const keychain = new FakeKeychain()
  return new KeychainVault(async () => keychain)
})

readsAsAVault('environment', (holds) => ({ vault: new EnvironmentVault({ MADE_UP_KEY: holds }, new Map([['MADE_UP_KEY', 'openai']])), id: 'env:MADE_UP_KEY' }))

describe('environment', () => {
  const vault = new EnvironmentVault(
    { KNOWN: ' padded ', BLANK: '  ', OTHER: 'not ours' },
    new Map([
      ['KNOWN', 'openai'],
      ['BLANK', 'openai'],
      ['UNSET', 'openai'],
    ]),
  )

  it('reads only variables that a provider is known by, without the blanks around', async () => {
    expect(vault.secrets().map(({ id, provider }) => [id, provider])).toEqual([['env:KNOWN', 'openai']])
    expect((await vault.get('env:KNOWN'))?.use((text) => text)).toBe('padded')
    expect(await vault.get('env:OTHER')).toBeUndefined()
    expect(await vault.get('env:BLANK')).toBeUndefined()
  })

  it('refuses every change', async () => {
    expect(vault.writable).toBe(false)
    await expect(vault.set()).rejects.toMatchObject({ name: 'VaultError', reason: 'read-only' })
    await expect(vault.delete()).rejects.toMatchObject({ reason: 'read-only' })
  })
})

if (process.env.SWITCHYARD_TEST_KEYCHAIN === '1') {
  suite('the real keychain of this machine', () => new KeychainVault())

  describe('the real keychain of this machine', () => {
    it('works, says the probe, and is left without a trace', async () => {
      // other programs, and other tests, may be asking it at the same time: only what is our own is looked for
      const probe = `probe-${randomUUID()}`
      expect(await keychainWorks(undefined, undefined, probe)).toEqual({ works: true, name: expect.any(String) })
      const vault = new KeychainVault()
      const id = randomUUID()
      await vault.set(id, new Secret('z'.repeat(9_000)))
      await vault.delete(id)
      const { findCredentials } = (await loadKeytar()) as typeof import('keytar')
      expect((await findCredentials(KEYCHAIN_SERVICE)).map(({ account }) => account).filter((account) => account.startsWith(id) || account === probe)).toEqual(
        [],
      )
    })

    it('holds secrets for another process', async () => {
      const id = randomUUID()
      await new KeychainVault().set(id, new Secret('made-up and shared'))
      expect((await new KeychainVault().get(id))?.use((text) => text)).toBe('made-up and shared')
      await new KeychainVault().delete(id)
    })
  })
} else {
  describe('the real keychain of this machine', () => {
    it.skip('real keychain: not run here (set SWITCHYARD_TEST_KEYCHAIN=1 within a session that has one)', () => undefined)
    console.info('real keychain: not run here')
  })
}
