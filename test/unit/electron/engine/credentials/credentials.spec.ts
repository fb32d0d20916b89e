import { beforeEach, describe, expect, it } from 'vitest'
import { Credentials } from '../../../../../electron/engine/credentials/credentials.ts'
import { FileVault } from '../../../../../electron/engine/credentials/file-vault.ts'
import { MemoryVault } from '../../../../../electron/engine/credentials/memory-vault.ts'
import { Secret } from '../../../../../electron/engine/credentials/secret.ts'
import { type Vault, VaultError } from '../../../../../electron/engine/credentials/vault.ts'
import { VaultKeeper, type VaultKeeperOptions } from '../../../../../electron/engine/credentials/vault-keeper.ts'
import type { CredentialRow } from '../../../../../electron/engine/storage/storage.ts'
import { dataFolder } from '../../../../support/data-folder.ts'
import { inEnglish } from '../../../../support/in-english.ts'

/** The database's part, with what it was asked in order and a switch that makes it fail. */
class Rows {
  readonly stored = new Map<string, CredentialRow>()
  readonly steps: string[]
  broken: boolean = false

  constructor(steps: string[]) {
    this.steps = steps
  }
  async listCredentials() {
    return [...this.stored.values()]
  }
  async putCredential(row: CredentialRow) {
    if (this.broken) throw new Error('database gone')
    this.steps.push(`row ${row.id}`)
    this.stored.set(row.id, row)
  }
  async touchCredential(id: string, lastUsedAt: number) {
    const row = this.stored.get(id)
    this.steps.push(`touch ${id}`)
    if (row !== undefined) this.stored.set(id, { ...row, lastUsedAt })
    return row !== undefined
  }
  async removeCredential(id: string) {
    if (this.broken) throw new Error('database gone')
    this.steps.push(`no row ${id}`)
    this.stored.delete(id)
  }
}

/** A keychain in memory that notes what it was asked and can be made to refuse. */
class Keychain extends MemoryVault {
  readonly steps: string[]
  refuses: boolean = false
  reads = 0
  /** What a read waits for after it has looked. */
  delay: Promise<void> | undefined

  constructor(steps: string[]) {
    super()
    this.steps = steps
  }
  override async get(id: string) {
    this.reads++
    this.#check()
    const { delay } = this
    const found = await super.get(id)
    await delay
    return found
  }
  override async set(id: string, secret: Secret) {
    this.#check()
    this.steps.push(`secret ${id}`)
    return super.set(id, secret)
  }
  override async delete(id: string) {
    this.#check()
    this.steps.push(`no secret ${id}`)
    return super.delete(id)
  }
  #check() {
    if (this.refuses) throw new VaultError('unavailable', { code: 'keychain-silent' })
  }
}

let steps: string[]
let rows: Rows
let keychain: Keychain
let now: number
let changes: number

beforeEach(() => {
  steps = []
  rows = new Rows(steps)
  keychain = new Keychain(steps)
  now = 1_000_000
  changes = 0
})

async function pool(more: Partial<VaultKeeperOptions> = {}) {
  const dataDir = dataFolder()
  const keeper = new VaultKeeper({
    dataDir,
    setting: 'auto',
    environment: {},
    environmentVariables: new Map(),
    onChosen: () => undefined,
    probeKeychain: async () => ({ works: true, name: 'Test Keychain' }),
    keychain: Object.assign(keychain, { backend: 'keychain' }) as unknown as Vault,
    file: new FileVault(dataDir, 2 ** 15),
    ...more,
  })
  let ids = 0
  const credentials = new Credentials({ storage: rows, keeper, now: () => now, newId: () => `id${++ids}`, onChange: () => void changes++ })
  await credentials.load()
  return { credentials, keeper }
}

const secret = (text: string) => new Secret(text)
const textOf = (opened: Secret | undefined) => opened?.use((text) => text)
const undecided = { probeKeychain: async () => ({ works: false, name: 'Test Keychain', reason: 'It is not there.' }) }

describe('adding', () => {
  it('lists the key without its secret and opens it', async () => {
    const { credentials } = await pool()
    const added = await credentials.add({ provider: 'openai', label: 'Work', secret: secret('made-up-secret-wxyz') })
    expect(added).toEqual({
      id: 'id1',
      provider: 'openai',
      label: 'Work',
      last4: 'wxyz',
      order: 0,
      state: { is: 'unchecked' },
      readOnly: false,
      lastUsedAt: undefined,
    })
    expect(credentials.list()).toEqual([added])
    expect(textOf(await credentials.open('id1'))).toBe('made-up-secret-wxyz')
    expect(JSON.stringify([...rows.stored.values()])).not.toContain('made-up')
    expect(changes).toBeGreaterThan(0)
  })

  it('names keys that were given no name, each its own', async () => {
    const { credentials } = await pool()
    await credentials.add({ provider: 'openai', label: 'Key 2', secret: secret('a') })
    await credentials.add({ provider: 'openai', secret: secret('b') })
    await credentials.add({ provider: 'openai', secret: secret('c') })
    expect(new Set(credentials.list().map(({ label }) => label)).size).toBe(3)
  })

  it('refuses the same key twice for a provider, also when both come at once', async () => {
    const { credentials } = await pool()
    const both = await Promise.allSettled(['x', 'y'].map((label) => credentials.add({ provider: 'openai', label, secret: secret('same') })))
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(both[1]).toMatchObject({ reason: { failure: { kind: 'conflict', field: 'secret' } } })
    await credentials.add({ provider: 'other', secret: secret('same') })
    expect(credentials.list()).toHaveLength(2)
  })

  it('is refused while there is no place for keys, and says what to do', async () => {
    const { credentials } = await pool(undecided)
    await expect(credentials.add({ provider: 'openai', secret: secret('a') })).rejects.toMatchObject({
      failure: { kind: 'unavailable', message: expect.stringContaining('Choose another place') },
    })
    expect(rows.stored.size).toBe(0)
  })

  it('leaves nothing behind when the keychain refuses', async () => {
    const { credentials } = await pool()
    keychain.refuses = true
    await expect(credentials.add({ provider: 'openai', secret: secret('a') })).rejects.toMatchObject({ failure: { kind: 'unavailable' } })
    expect(credentials.list()).toEqual([])
    expect(rows.stored.size).toBe(0)
  })

  it('stores no secret when the database is gone', async () => {
    const { credentials } = await pool()
    rows.broken = true
    await expect(credentials.add({ provider: 'openai', secret: secret('a') })).rejects.toThrow('database gone')
    expect(steps).toEqual([])
  })
})

describe('the order of writes', () => {
  it('puts the row before the secret, and takes it away after it', async () => {
    const { credentials } = await pool()
    await credentials.add({ provider: 'openai', secret: secret('a') })
    expect(steps).toEqual(['row id1', 'secret id1'])
    steps.length = 0
    await credentials.delete('id1')
    expect(steps).toEqual(['no secret id1', 'no row id1'])
  })

  it('keeps a key listed when its secret could not be deleted', async () => {
    const { credentials } = await pool()
    await credentials.add({ provider: 'openai', secret: secret('a') })
    keychain.refuses = true
    await expect(credentials.delete('id1')).rejects.toMatchObject({ failure: { kind: 'unavailable' } })
    expect(credentials.list()).toHaveLength(1)
  })

  it('lets a row whose secret never came be seen as missing and deleted', async () => {
    rows.stored.set('lost', { id: 'lost', provider: 'openai', label: 'Lost', last4: '', vault: 'keychain', order: 0, createdAt: 1, lastUsedAt: undefined })
    const { credentials } = await pool()
    await expect(credentials.open('lost')).rejects.toMatchObject({ kind: 'no-credential', message: expect.stringContaining('enter it again') })
    expect(credentials.list()[0]?.state).toEqual({ is: 'missing' })
    expect(credentials.forProvider('openai')).toEqual([])
    await credentials.delete('lost')
    expect(credentials.list()).toEqual([])
  })
})

describe('opening', () => {
  it('asks the keychain once, also for many requests at once', async () => {
    const first = await pool()
    await first.credentials.add({ provider: 'openai', secret: secret('made-up') })
    const { credentials } = await pool()
    expect(credentials.cached('id1')).toBeUndefined()
    const before = keychain.reads
    const opened = await Promise.all(Array.from({ length: 20 }, () => credentials.open('id1')))
    expect(opened.map(textOf)).toEqual(Array.from({ length: 20 }, () => 'made-up'))
    expect(keychain.reads).toBe(before + 1)
    expect(textOf(credentials.cached('id1'))).toBe('made-up')
  })

  it('tells what is wrong when the keychain refuses, and tries again the next time', async () => {
    const first = await pool()
    await first.credentials.add({ provider: 'openai', label: 'Work', secret: secret('made-up') })
    const { credentials } = await pool()
    keychain.refuses = true
    await expect(credentials.open('id1')).rejects.toMatchObject({ kind: 'no-credential', message: expect.stringContaining("'Work' cannot be read") })
    keychain.refuses = false
    expect(textOf(await credentials.open('id1'))).toBe('made-up')
  })

  it('does not bring an old secret back that was being read while it was replaced', async () => {
    const first = await pool()
    await first.credentials.add({ provider: 'openai', secret: secret('old') })
    const { credentials } = await pool()
    let answer: () => void = () => undefined
    keychain.delay = new Promise((resolve) => {
      answer = resolve
    })
    const reading = credentials.open('id1')
    keychain.delay = undefined
    await credentials.replace('id1', secret('new'))
    answer()
    await reading
    expect(textOf(await credentials.open('id1'))).toBe('new')
  })

  it('fails for a key that was deleted', async () => {
    const { credentials } = await pool()
    await credentials.add({ provider: 'openai', secret: secret('a') })
    await credentials.delete('id1')
    expect(credentials.cached('id1')).toBeUndefined()
    await expect(credentials.open('id1')).rejects.toMatchObject({ kind: 'no-credential' })
  })
})

describe('changing', () => {
  it('renames, replaces and reorders', async () => {
    const { credentials } = await pool()
    for (const text of ['a', 'b', 'c']) await credentials.add({ provider: 'openai', secret: secret(text) })
    expect((await credentials.rename('id1', 'Work')).label).toBe('Work')
    expect((await credentials.replace('id1', secret('made-up-secret-abcd'))).last4).toBe('abcd')
    expect(textOf(await credentials.open('id1'))).toBe('made-up-secret-abcd')
    await credentials.reorder('openai', ['id3', 'id1', 'id2'])
    expect(credentials.forProvider('openai').map(({ id }) => id)).toEqual(['id3', 'id1', 'id2'])
    expect([...rows.stored.values()].sort((one, other) => one.order - other.order).map(({ id }) => id)).toEqual(['id3', 'id1', 'id2'])
  })

  it.each([[['id1']], [['id1', 'id1']], [['id1', 'idX']], [['id1', 'id2', 'id3']]])('refuses the order %j of two keys', async (ids) => {
    const { credentials } = await pool()
    for (const text of ['a', 'b']) await credentials.add({ provider: 'openai', secret: secret(text) })
    await expect(credentials.reorder('openai', ids)).rejects.toMatchObject({ failure: { kind: 'bad-input', field: 'ids' } })
  })

  it('forgets what a provider said about the key that was replaced', async () => {
    const { credentials } = await pool()
    await credentials.add({ provider: 'openai', secret: secret('a') })
    credentials.mark('id1', { is: 'refused', message: 'no', at: now })
    await credentials.replace('id1', secret('b'))
    expect(credentials.list()[0]?.state).toEqual({ is: 'unchecked' })
  })

  it('does not replace a key by one that is stored already', async () => {
    const { credentials } = await pool()
    for (const text of ['a', 'b']) await credentials.add({ provider: 'openai', secret: secret(text) })
    await expect(credentials.replace('id1', secret('b'))).rejects.toMatchObject({ failure: { kind: 'conflict' } })
    await credentials.replace('id1', secret('a'))
  })

  it('knows no key that is not there', async () => {
    const { credentials } = await pool()
    for (const change of [() => credentials.rename('x', 'y'), () => credentials.replace('x', secret('y')), () => credentials.delete('x')]) {
      await expect(change()).rejects.toMatchObject({ failure: { kind: 'not-found' } })
    }
  })
})

describe('the keys that may be used', () => {
  it('leave out those that a provider refused, in order, each with a reason', async () => {
    const { credentials } = await pool()
    for (const label of ['good', 'refused', 'empty', 'limited', 'also good']) await credentials.add({ provider: 'openai', label, secret: secret(label) })
    await credentials.add({ provider: 'other', secret: secret('elsewhere') })
    credentials.mark('id1', { is: 'ready', checkedAt: now })
    credentials.mark('id2', { is: 'refused', message: 'Incorrect API key.', at: now })
    credentials.mark('id3', { is: 'out-of-credit', message: 'Add credit.', at: now })
    credentials.mark('id4', { is: 'limited', until: now + 1_500 })
    // a limit is often one model's alone: which, the router knows
    expect(credentials.forProvider('openai').map(({ label }) => label)).toEqual(['good', 'limited', 'also good'])
    expect(inEnglish(credentials.whyNot('openai'))).toEqual([
      { id: 'id2', label: 'refused', why: expect.stringContaining('Incorrect API key.') },
      { id: 'id3', label: 'empty', why: expect.stringContaining('Add credit.') },
    ])
  })

  it('have a limited one shown so until its time is over, and then as it was before', async () => {
    const { credentials } = await pool()
    await credentials.add({ provider: 'openai', secret: secret('a') })
    credentials.mark('id1', { is: 'ready', checkedAt: 5 })
    credentials.mark('id1', { is: 'limited', until: now + 10 })
    expect(credentials.list()[0]?.state).toEqual({ is: 'limited', until: now + 10 })
    now += 10
    expect(credentials.list()[0]?.state).toEqual({ is: 'ready', checkedAt: 5 })
  })

  it('are none while the vault is locked, and all again once it is open', async () => {
    const { credentials, keeper } = await pool()
    await keeper.choose('file', 'made-up passphrase')
    await credentials.add({ provider: 'openai', secret: secret('a') })
    const file = new FileVault(dataFolder(), 2 ** 15)
    const locked = await pool({ setting: 'file', file })
    expect(locked.credentials.forProvider('openai')).toEqual([])
    expect(inEnglish(locked.credentials.whyNot('openai'))).toMatchObject([{ why: expect.stringContaining('locked') }])
    await expect(locked.credentials.open('id1')).rejects.toMatchObject({ kind: 'no-credential', message: expect.stringContaining('locked') })
    await expect(locked.credentials.add({ provider: 'x', secret: secret('b') })).rejects.toMatchObject({ failure: { kind: 'unavailable' } })
    await file.create('made-up passphrase')
    expect(locked.credentials.forProvider('openai')).toHaveLength(1)
  })
})

describe('another vault', () => {
  it('leaves keys where they rest, out of use, until theirs is chosen again', async () => {
    const { credentials, keeper } = await pool()
    await credentials.add({ provider: 'openai', secret: secret('a') })
    await keeper.choose('memory')
    expect(credentials.list()[0]?.state).toEqual({ is: 'missing' })
    expect(credentials.cached('id1')).toBeUndefined()
    expect(inEnglish(credentials.whyNot('openai'))).toMatchObject([{ why: expect.stringContaining('another vault') }])
    await keeper.choose('keychain')
    expect(textOf(await credentials.open('id1'))).toBe('a')
  })

  it('takes over a key that is replaced, and the old secret is deleted', async () => {
    const { credentials, keeper } = await pool()
    await credentials.add({ provider: 'openai', secret: secret('a') })
    await keeper.choose('memory')
    await credentials.replace('id1', secret('b'))
    expect(textOf(await credentials.open('id1'))).toBe('b')
    expect(rows.stored.get('id1')?.vault).toBe('memory')
    expect(await keychain.get('id1')).toBeUndefined()
  })

  it('can still have a key deleted that rests in the one before', async () => {
    const { credentials, keeper } = await pool()
    await credentials.add({ provider: 'openai', secret: secret('a') })
    await keeper.choose('memory')
    await credentials.delete('id1')
    expect(await keychain.get('id1')).toBeUndefined()
  })

  it('does not delete a key whose vault cannot be reached, and says so', async () => {
    const first = await pool()
    await first.credentials.add({ provider: 'openai', secret: secret('a') })
    const { credentials } = await pool({ ...undecided, setting: 'memory' })
    await expect(credentials.delete('id1')).rejects.toMatchObject({ failure: { kind: 'unavailable', message: expect.stringContaining('not deleted') } })
    expect(credentials.list()).toHaveLength(1)
  })
})

describe('the environment', () => {
  const environment = { MADE_UP_KEY: 'made-up-from-environment', EMPTY_KEY: '' }
  const environmentVariables = new Map([
    ['MADE_UP_KEY', 'openai'],
    ['EMPTY_KEY', 'openai'],
  ])

  it('offers its keys for import, and tells which are stored already', async () => {
    const { credentials } = await pool({ environment, environmentVariables })
    expect(await credentials.environment()).toEqual([{ variable: 'MADE_UP_KEY', provider: 'openai', last4: 'ment', imported: false }])
    expect(await credentials.import('MADE_UP_KEY')).toMatchObject({ label: 'MADE_UP_KEY', provider: 'openai', readOnly: false })
    expect(await credentials.environment()).toMatchObject([{ imported: true }])
    await expect(credentials.import('MADE_UP_KEY')).rejects.toMatchObject({ failure: { kind: 'conflict' } })
    await expect(credentials.import('PATH')).rejects.toMatchObject({ failure: { kind: 'not-found' } })
  })

  it('as a vault lists its keys to read only', async () => {
    const { credentials } = await pool({ environment, environmentVariables, setting: 'environment' })
    expect(credentials.list()).toMatchObject([{ id: 'env:MADE_UP_KEY', label: 'MADE_UP_KEY', last4: 'ment', readOnly: true, state: { is: 'unchecked' } }])
    expect(textOf(await credentials.open('env:MADE_UP_KEY'))).toBe('made-up-from-environment')
    credentials.mark('env:MADE_UP_KEY', { is: 'refused', message: 'no', at: now })
    expect(credentials.forProvider('openai')).toEqual([])
    await expect(credentials.delete('env:MADE_UP_KEY')).rejects.toMatchObject({ failure: { kind: 'refused' } })
    await expect(credentials.add({ provider: 'x', secret: secret('y') })).rejects.toMatchObject({ failure: { kind: 'unavailable' } })
    credentials.used('env:MADE_UP_KEY')
    expect(credentials.list()[0]?.lastUsedAt).toBe(now)
    expect(steps).toEqual([])
  })
})

describe('use', () => {
  it('is noted at most once a minute', async () => {
    const { credentials } = await pool()
    await credentials.add({ provider: 'openai', secret: secret('a') })
    steps.length = 0
    for (const at of [0, 1, 59_999, 60_000, 60_001]) {
      now = 2_000_000 + at
      credentials.used('id1')
    }
    expect(steps).toEqual(['touch id1', 'touch id1'])
    expect(credentials.list()[0]?.lastUsedAt).toBe(2_060_000)
  })

  it('of a key that another process deleted takes it from the list', async () => {
    const { credentials } = await pool()
    await credentials.add({ provider: 'openai', secret: secret('a') })
    rows.stored.delete('id1')
    credentials.used('id1')
    await expect.poll(() => credentials.list()).toEqual([])
    expect(rows.stored.size).toBe(0)
  })
})
