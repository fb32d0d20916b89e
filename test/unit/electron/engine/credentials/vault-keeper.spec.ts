import { describe, expect, it } from 'vitest'
import { FileVault } from '../../../../../electron/engine/credentials/file-vault.ts'
import type { KeychainProbe } from '../../../../../electron/engine/credentials/keychain-vault.ts'
import { MemoryVault } from '../../../../../electron/engine/credentials/memory-vault.ts'
import { Secret } from '../../../../../electron/engine/credentials/secret.ts'
import type { VaultBackend } from '../../../../../electron/engine/credentials/vault.ts'
import { VaultKeeper, type VaultKeeperOptions } from '../../../../../electron/engine/credentials/vault-keeper.ts'
import { dataFolder } from '../../../../support/data-folder.ts'
import { inEnglish } from '../../../../support/in-english.ts'

const WORKS: KeychainProbe = { works: true, name: 'Secret Service' }
const BROKEN: KeychainProbe = { works: false, name: 'Secret Service', reason: 'No keyring is running.' }

async function keeperWith(setting: VaultKeeperOptions['setting'], more: Partial<VaultKeeperOptions> = {}) {
  const dataDir = more.dataDir ?? dataFolder()
  const chosen: VaultBackend[] = []
  const keeper = new VaultKeeper({
    dataDir,
    setting,
    environment: {},
    environmentVariables: new Map(),
    onChosen: (backend) => void chosen.push(backend),
    probeKeychain: async () => WORKS,
    keychain: new MemoryVault(),
    file: new FileVault(dataDir, 2 ** 15),
    ...more,
  })
  await keeper.ready()
  return { keeper, chosen, dataDir }
}

describe("on 'auto'", () => {
  it('uses the keychain where it works', async () => {
    const { keeper, chosen } = await keeperWith('auto')
    expect(keeper.status()).toEqual({ backend: 'keychain', writable: true, locked: false, keychain: WORKS })
    // Not a choice of the user's: on a machine without keychain the same settings must ask.
    expect(chosen).toEqual([])
  })

  it('chooses nothing by itself where it does not, and says why', async () => {
    const { keeper } = await keeperWith('auto', { probeKeychain: async () => BROKEN })
    expect(keeper.status()).toEqual({ backend: undefined, writable: false, locked: false, keychain: BROKEN })
    expect(keeper.current()).toBeUndefined()
    expect(inEnglish(keeper.unavailableBecause())).toContain('No keyring is running.')
  })

  it('is undecided until the keychain has answered', async () => {
    let answer: (probe: KeychainProbe) => void = () => undefined
    const probe = new Promise<KeychainProbe>((resolve) => {
      answer = resolve
    })
    const keeper = new VaultKeeper({
      dataDir: dataFolder(),
      setting: 'auto',
      environment: {},
      environmentVariables: new Map(),
      onChosen: () => undefined,
      probeKeychain: () => probe,
    })
    const ready = keeper.ready()
    expect(keeper.current()).toBeUndefined()
    answer(WORKS)
    await ready
    expect(keeper.status().backend).toBe('keychain')
  })
})

it('stays with a keychain that was chosen and does not work, rather than fall back', async () => {
  const { keeper } = await keeperWith('keychain', { probeKeychain: async () => BROKEN })
  expect(keeper.status()).toMatchObject({ backend: 'keychain', writable: false })
  expect(keeper.current()).toBeUndefined()
})

it('leaves the keychain alone where keys rest elsewhere, until somebody wants to know of it', async () => {
  let asked = 0
  const probeKeychain = async (): Promise<KeychainProbe> => {
    asked++
    return WORKS
  }
  const { keeper } = await keeperWith('memory', { probeKeychain })
  await keeper.ready()
  expect(asked).toBe(0)
  expect((await keeper.statusWithKeychain()).keychain.works).toBe(true)
  await keeper.statusWithKeychain()
  expect(asked).toBe(1)
})

it('does not wait for the keychain when another vault is set', async () => {
  const { keeper } = await keeperWith('memory', { probeKeychain: () => new Promise(() => undefined) })
  expect(keeper.status()).toMatchObject({ backend: 'memory', writable: true })
})

it('asks the keychain again when it is chosen: it may be unlocked by now', async () => {
  let probe = BROKEN
  const { keeper, chosen } = await keeperWith('auto', { probeKeychain: async () => probe })
  await expect(keeper.choose('keychain')).rejects.toMatchObject({ failure: { kind: 'unavailable' } })
  expect(chosen).toEqual([])
  probe = WORKS
  expect(await keeper.choose('keychain')).toMatchObject({ backend: 'keychain', writable: true })
  expect(chosen).toEqual(['keychain'])
})

describe('the encrypted file', () => {
  it('is begun with a passphrase, and waits for it after a restart', async () => {
    const first = await keeperWith('auto', { probeKeychain: async () => BROKEN })
    await expect(first.keeper.choose('file')).rejects.toMatchObject({ failure: { kind: 'bad-input', field: 'passphrase' } })
    expect(await first.keeper.choose('file', 'made-up passphrase')).toMatchObject({ backend: 'file', writable: true, locked: false })
    expect(first.chosen).toEqual(['file'])
    await first.keeper.current()?.set('id', new Secret('made-up-secret'))

    const second = await keeperWith('file', { dataDir: first.dataDir })
    expect(second.keeper.status()).toMatchObject({ backend: 'file', writable: false, locked: true })
    expect(second.keeper.current()).toBeUndefined()
    const { generation } = second.keeper
    await expect(second.keeper.unlock('wrong')).rejects.toMatchObject({ failure: { kind: 'refused', field: 'passphrase' } })
    expect(await second.keeper.unlock('made-up passphrase')).toMatchObject({ writable: true, locked: false })
    expect(second.keeper.generation).not.toBe(generation)
    expect((await second.keeper.current()?.get('id'))?.use((text) => text)).toBe('made-up-secret')
  })

  it('that is there already is opened when chosen, never begun anew', async () => {
    const { keeper } = await keeperWith('auto')
    await keeper.choose('file', 'made-up passphrase')
    await keeper.choose('memory')
    await expect(keeper.choose('file', 'another passphrase')).rejects.toMatchObject({ failure: { kind: 'refused' } })
    expect(keeper.status().backend).toBe('memory')
    expect(await keeper.choose('file', 'made-up passphrase')).toMatchObject({ backend: 'file' })
  })

  it('that is gone says so', async () => {
    const { keeper } = await keeperWith('file')
    await expect(keeper.unlock('made-up passphrase')).rejects.toMatchObject({ failure: { kind: 'unavailable' } })
  })
})

it('takes keys of the environment to read only', async () => {
  const { keeper } = await keeperWith('environment', { environment: { KEY: 'made-up' }, environmentVariables: new Map([['KEY', 'openai']]) })
  expect(keeper.status()).toMatchObject({ backend: 'environment', writable: false })
  expect(await keeper.current()?.get('env:KEY')).toBeDefined()
})

it('takes no passphrase when nothing waits for one', async () => {
  const { keeper } = await keeperWith('memory')
  await expect(keeper.unlock('made-up passphrase')).rejects.toMatchObject({ failure: { kind: 'bad-input' } })
})

it('does not switch when the choice cannot be kept', async () => {
  const { keeper } = await keeperWith('auto', {
    onChosen: () => {
      throw new Error('disk full')
    },
  })
  await expect(keeper.choose('memory')).rejects.toThrow('disk full')
  expect(keeper.status().backend).toBe('keychain')
})
