import { describe, expect, it } from 'vitest'
import { KeychainVault, keychainName, keychainWorks } from '../../../../../electron/engine/credentials/keychain-vault.ts'
import { Secret } from '../../../../../electron/engine/credentials/secret.ts'
import { FakeKeychain } from '../../../../support/fake-keychain.ts'
import { inEnglish } from '../../../../support/in-english.ts'

const long = (letter: string) => letter.repeat(9_000)

describe('a crash', () => {
  it.each(Array.from({ length: 14 }, (_, writes) => writes))(
    'after %i writes leaves the old secret or the new one, whole, and nothing once it is deleted',
    async (writes) => {
      const keychain = new FakeKeychain()
      const vault = new KeychainVault(async () => keychain)
      await vault.set('id', new Secret(long('a')))
      keychain.writesLeft = writes
      await vault.set('id', new Secret(long('b'))).catch(() => undefined)
      keychain.writesLeft = Number.POSITIVE_INFINITY
      expect([long('a'), long('b')]).toContain((await vault.get('id'))?.use((text) => text))
      keychain.writesLeft = Math.floor(writes / 2)
      await vault.delete('id').catch(() => undefined)
      keychain.writesLeft = Number.POSITIVE_INFINITY
      await vault.delete('id')
      expect([...keychain.entries]).toEqual([])
    },
  )
})

it('leaves no chunks behind when a long secret becomes a short one', async () => {
  const keychain = new FakeKeychain()
  const vault = new KeychainVault(async () => keychain)
  await vault.set('id', new Secret(long('a')))
  await vault.set('id', new Secret('short'))
  expect([...keychain.entries]).toEqual([['switchyard id', 'short']])
})

it('says that a key is incomplete rather than give a part of it', async () => {
  const keychain = new FakeKeychain()
  const vault = new KeychainVault(async () => keychain)
  await vault.set('id', new Secret(long('a')))
  keychain.entries.delete('switchyard id/a1')
  await expect(vault.get('id')).rejects.toMatchObject({ reason: 'corrupt' })
})

it('stores a secret that reads like its own mark', async () => {
  const vault = new KeychainVault(() => Promise.resolve(keychain))
  const keychain = new FakeKeychain()
  await vault.set('id', new Secret('switchyard-chunks:a:3'))
  expect((await vault.get('id'))?.use((text) => text)).toBe('switchyard-chunks:a:3')
})

it('names the keychain and its reason when it refuses, and never the secret', async () => {
  const keychain = new FakeKeychain()
  keychain.writesLeft = 0
  const refused = new KeychainVault(async () => keychain).set('id', new Secret('made-up-secret'))
  await expect(refused).rejects.toMatchObject({ name: 'VaultError', reason: 'unavailable', message: expect.stringContaining('is gone') })
  await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('made-up') })
})

describe('the probe', () => {
  it('finds a keychain that works and leaves nothing in it', async () => {
    const keychain = new FakeKeychain()
    expect(await keychainWorks(async () => keychain)).toEqual({ works: true, name: keychainName() })
    expect(keychain.entries.size).toBe(0)
  })

  it.each([
    ['libsecret-1.so.0: cannot open shared object file: No such file or directory', 'libsecret-1-0'],
    ['Failed to load keytar native addon, checked ["../build/Release"]', 'libsecret-1-0'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'without a desktop'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'No keyring is running'],
    ['Cannot create an item in a locked collection', 'Unlock it'],
  ])('says of %j what would help', async (message, help) => {
    const probe = await keychainWorks(async () => {
      throw new Error(message)
    })
    expect(inEnglish(probe)).toMatchObject({ works: false, reason: expect.stringContaining(help) })
  })

  it('does not take a keychain that cannot be written for one that works', async () => {
    const keychain = new FakeKeychain()
    keychain.writesLeft = 0
    expect(await keychainWorks(async () => keychain)).toMatchObject({ works: false, reason: 'The keychain is gone.' })
  })

  it('does not wait for ever for an unlock dialog', async () => {
    expect(inEnglish(await keychainWorks(() => new Promise(() => undefined), 10))).toMatchObject({ works: false, reason: expect.stringContaining('unlock') })
  })

  it.each([
    ['darwin', 'macOS Keychain'],
    ['win32', 'Windows Credential Manager'],
    ['linux', 'Secret Service'],
  ] as const)('calls it on %s the %s', (platform, name) => {
    expect(keychainName(platform)).toBe(name)
  })
})
