import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Credentials } from '../../../../../electron/engine/credentials/credentials.ts'
import { FileVault } from '../../../../../electron/engine/credentials/file-vault.ts'
import { FORMER_KEPT_MS } from '../../../../../electron/engine/credentials/former-secrets.ts'
import { Secret } from '../../../../../electron/engine/credentials/secret.ts'
import type { VaultBackend } from '../../../../../electron/engine/credentials/vault.ts'
import { VaultKeeper } from '../../../../../electron/engine/credentials/vault-keeper.ts'
import type { CredentialRow, FormerSecretRow } from '../../../../../electron/engine/storage/storage.ts'
import { dataFolder } from '../../../../support/data-folder.ts'

const OLD = 'made-up-old-secret-aaaa'
const NEW = 'made-up-new-secret-bbbb'
const NEWER = 'made-up-newer-secret-cccc'

let now: number
const opened: Credentials[] = []

beforeEach(() => {
  now = 1_700_000_000_000
})
afterEach(() => {
  vi.useRealTimers()
  for (const credentials of opened.splice(0)) credentials.close()
})

/** A database in memory, a vault of the kind meant, and pools over them: a second pool is the next start of the app. */
function machine(backend: Extract<VaultBackend, 'memory' | 'file'>) {
  const rows = new Map<string, CredentialRow>()
  const formers = new Map<string, FormerSecretRow>()
  const dataDir = dataFolder()
  const file = new FileVault(dataDir, 2 ** 15)
  const storage = {
    listCredentials: async () => [...rows.values()],
    putCredential: async (row: CredentialRow) => void rows.set(row.id, row),
    touchCredential: async (id: string) => rows.has(id),
    removeCredential: async (id: string) => void rows.delete(id),
  }
  const table = {
    listFormerSecrets: async () => [...formers.values()],
    putFormerSecret: async (row: FormerSecretRow) => void formers.set(row.id, row),
    removeFormerSecret: async (id: string) => void formers.delete(id),
  }
  let ids = 0
  async function start(restarted: FileVault = file) {
    const keeper = new VaultKeeper({
      ...{ dataDir, setting: backend, environment: {}, environmentVariables: new Map<string, string>(), onChosen: () => undefined },
      probeKeychain: async () => ({ works: false, name: 'Test Keychain' }),
      file: restarted,
    })
    const credentials = new Credentials({ storage, formers: table, keeper, now: () => now, newId: () => `id${++ids}` })
    opened.push(credentials)
    await credentials.load()
    return { credentials, keeper }
  }
  return { start, rows, formers, file, dataDir }
}

const refused = { is: 'refused', message: 'Incorrect API key.', at: 0 } as const
const textOf = async (credentials: Credentials, id: string) => (await credentials.openFormer(id)).use((text) => text)

describe.each(['memory', 'file'] as const)('a replaced key, in the %s vault', (backend) => {
  async function replaced() {
    const made = machine(backend)
    if (backend === 'file') await made.file.create('made-up passphrase')
    const { credentials, keeper } = await made.start()
    await credentials.add({ provider: 'openai', secret: new Secret(OLD) })
    await credentials.replace('id1', new Secret(NEW))
    return { ...made, credentials, keeper }
  }

  it('rests beside the new one in the same vault, and only its end and its time are listed', async () => {
    const { credentials, keeper, formers } = await replaced()
    expect(credentials.list()[0]).toMatchObject({ last4: 'bbbb', former: { last4: 'aaaa', until: now + FORMER_KEPT_MS } })
    expect(await textOf(credentials, 'id1')).toBe(OLD)
    expect(keeper.current()?.backend).toBe(backend)
    expect((await keeper.current()?.get('id1.former'))?.use((text) => text)).toBe(OLD)
    expect(JSON.stringify([...formers.values()])).not.toContain('made-up')
  })

  it('keeps the new one in use while that is refused, and only so long', async () => {
    const { credentials } = await replaced()
    credentials.mark('id1', { ...refused, at: now })
    expect(credentials.forProvider('openai')).toHaveLength(1)
    expect(credentials.whyNot('openai')).toEqual([])
    now += FORMER_KEPT_MS
    expect(credentials.forProvider('openai')).toEqual([])
    expect(credentials.whyNot('openai')).toHaveLength(1)
    await expect(credentials.openFormer('id1')).rejects.toMatchObject({ kind: 'no-credential' })
  })

  it('is gone from the vault after its time, with nobody asking', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { credentials, keeper, formers } = await replaced()
    now += FORMER_KEPT_MS
    await vi.advanceTimersByTimeAsync(FORMER_KEPT_MS)
    await vi.waitFor(() => expect(formers.size).toBe(0))
    expect(await keeper.current()?.get('id1.former')).toBeUndefined()
    expect(credentials.list()[0]?.former).toBeUndefined()
    expect((await credentials.open('id1')).use((text) => text)).toBe(NEW)
  })

  it('is gone at once when one says so, and with the key itself', async () => {
    const { credentials, keeper, formers } = await replaced()
    await credentials.removeFormer('id1')
    expect([credentials.hasFormer('id1'), formers.size, await keeper.current()?.get('id1.former')]).toEqual([false, 0, undefined])
    await credentials.replace('id1', new Secret(NEWER))
    expect(credentials.hasFormer('id1')).toBe(true)
    await credentials.delete('id1')
    expect([formers.size, await keeper.current()?.get('id1.former')]).toEqual([0, undefined])
  })

  it('goes on standing in when the one that replaced it was refused and is replaced too', async () => {
    const { credentials } = await replaced()
    const { former } = credentials.list()[0] ?? {}
    credentials.mark('id1', { ...refused, at: now })
    now += 60_000
    await credentials.replace('id1', new Secret(NEWER))
    expect(credentials.list()[0]?.former).toEqual(former)
    expect(await textOf(credentials, 'id1')).toBe(OLD)
  })

  it('gives way to the last one that was good', async () => {
    const { credentials } = await replaced()
    now += 60_000
    await credentials.replace('id1', new Secret(NEWER))
    expect(await textOf(credentials, 'id1')).toBe(NEW)
    expect(credentials.list()[0]?.former?.until).toBe(now + FORMER_KEPT_MS)
  })

  it('does not stand in for itself', async () => {
    const { credentials } = await replaced()
    credentials.mark('id1', { ...refused, at: now })
    await credentials.replace('id1', new Secret(OLD))
    expect(credentials.hasFormer('id1')).toBe(false)
    await credentials.replace('id1', new Secret(OLD))
    expect(credentials.hasFormer('id1')).toBe(false)
  })

  it('lasts no longer for a clock that was set back', async () => {
    const { credentials } = await replaced()
    now -= 3_600_000
    expect(credentials.hasFormer('id1')).toBe(false)
  })
})

describe('over a restart', () => {
  async function replacedInFile() {
    const made = machine('file')
    await made.file.create('made-up passphrase')
    const { credentials } = await made.start()
    await credentials.add({ provider: 'openai', secret: new Secret(OLD) })
    await credentials.replace('id1', new Secret(NEW))
    credentials.close()
    return made
  }

  it('a replaced key stands in for what is left of its time', async () => {
    const made = await replacedInFile()
    now += 60_000
    const { credentials } = await made.start()
    expect(credentials.list()[0]?.former).toEqual({ last4: 'aaaa', until: now + FORMER_KEPT_MS - 60_000 })
    expect(await textOf(credentials, 'id1')).toBe(OLD)
  })

  it('what ran out meanwhile is deleted at the start, also from a locked file', async () => {
    const made = await replacedInFile()
    now += FORMER_KEPT_MS
    const locked = new FileVault(made.dataDir, 2 ** 15)
    const { credentials } = await made.start(locked)
    expect([credentials.hasFormer('id1'), made.formers.size]).toEqual([false, 0])
    await locked.unlock('made-up passphrase')
    expect(await locked.get('id1.former')).toBeUndefined()
    expect((await locked.get('id1'))?.use((text) => text)).toBe(NEW)
  })

  it('nothing is listed of what rested in memory', async () => {
    const made = machine('memory')
    const { credentials } = await made.start()
    await credentials.add({ provider: 'openai', secret: new Secret(OLD) })
    await credentials.replace('id1', new Secret(NEW))
    credentials.close()
    const { credentials: after } = await made.start()
    expect([after.hasFormer('id1'), made.formers.size]).toEqual([false, 0])
  })
})

it('a key that moves to another vault leaves nothing in the one before', async () => {
  const made = machine('file')
  await made.file.create('made-up passphrase')
  const { credentials, keeper } = await made.start()
  await credentials.add({ provider: 'openai', secret: new Secret(OLD) })
  await keeper.choose('memory')
  await credentials.replace('id1', new Secret(NEW))
  expect([credentials.hasFormer('id1'), await made.file.get('id1'), await made.file.get('id1.former')]).toEqual([false, undefined, undefined])
})
