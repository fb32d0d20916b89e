import { beforeEach, describe, expect, it } from 'vitest'
import { ClientKeys } from '../../../../../electron/engine/credentials/client-keys.ts'
import type { ClientKeyRow } from '../../../../../electron/engine/storage/storage.ts'

let stored: Map<string, ClientKeyRow>
let reads: number
let touches: number
let broken: boolean
let now: number
let errors: string[]

beforeEach(() => {
  stored = new Map()
  reads = touches = 0
  broken = false
  now = 1_000_000
  errors = []
})

const storage = {
  async listClientKeys() {
    reads++
    if (broken) throw new Error('database gone')
    return [...stored.values()]
  },
  async putClientKey(row: ClientKeyRow) {
    if (broken) throw new Error('database gone')
    stored.set(row.id, row)
  },
  async touchClientKey(id: string, lastUsedAt: number) {
    touches++
    if (broken) throw new Error('database gone')
    const row = stored.get(id)
    if (row !== undefined) stored.set(id, { ...row, lastUsedAt })
    return row !== undefined
  },
  async removeClientKey(id: string) {
    if (broken) throw new Error('database gone')
    stored.delete(id)
  },
}

let ids = 0
const process = () => new ClientKeys({ storage, now: () => now, newId: () => `client${++ids}`, onError: (error) => errors.push(error.message) })
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('a new key', () => {
  it('is shown once, kept as a hash, and opens the door at once', async () => {
    const keys = process()
    const { client, secret } = await keys.create('Cursor')
    expect(secret).toMatch(/^sk-switchyard-[0-9A-Za-z]{32}$/)
    expect(client).toEqual({ id: client.id, name: 'Cursor', last4: secret.slice(-4), createdAt: now, lastUsedAt: undefined })
    expect(keys.list()).toEqual([client])
    expect(keys.verify(secret)).toEqual({ id: client.id, name: 'Cursor' })
    expect(JSON.stringify([...stored.values()])).not.toContain(secret)
    expect(stored.get(client.id)?.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is different each time', async () => {
    const keys = process()
    const secrets = await Promise.all(Array.from({ length: 50 }, async () => (await keys.create('x')).secret))
    expect(new Set(secrets).size).toBe(50)
  })

  it('does not exist when the database did not take it', async () => {
    const keys = process()
    broken = true
    await expect(keys.create('Cursor')).rejects.toThrow('database gone')
    expect(keys.list()).toEqual([])
  })

  it('holds after a restart', async () => {
    const { secret } = await process().create('Cursor')
    const restarted = process()
    await restarted.load()
    expect(restarted.verify(secret)?.name).toBe('Cursor')
  })
})

it.each(['', 'sk-switchyard-', 'sk-switchyard-00000000000000000000000000000000', 'x'.repeat(100_000)])('lets nobody in with %.40j', async (wrong) => {
  const keys = process()
  await keys.create('Cursor')
  expect(keys.verify(wrong)).toBeUndefined()
  expect(await keys.verifySlow(wrong)).toBeUndefined()
})

it('shuts the door at once when a key is revoked', async () => {
  const keys = process()
  const { client, secret } = await keys.create('Cursor')
  await keys.revoke(client.id)
  expect(keys.verify(secret)).toBeUndefined()
  expect(await keys.verifySlow(secret)).toBeUndefined()
  await expect(keys.revoke(client.id)).rejects.toMatchObject({ failure: { kind: 'not-found' } })
})

describe('another process', () => {
  it('can make a key that works here from its first use', async () => {
    const here = process()
    await here.load()
    const { secret } = await process().create('CLI')
    expect(here.verify(secret)).toBeUndefined()
    expect((await here.verifySlow(secret))?.name).toBe('CLI')
    expect(here.verify(secret)?.name).toBe('CLI')
  })

  it('can revoke a key, which ends here within a minute of use and does not come back', async () => {
    const here = process()
    const { client, secret } = await here.create('CLI')
    here.verify(secret)
    await settled()
    const there = process()
    await there.load()
    await there.revoke(client.id)
    now += 60_000
    here.verify(secret)
    await settled()
    expect(here.verify(secret)).toBeUndefined()
    expect(stored.size).toBe(0)
  })
})

describe('a flood of wrong keys', () => {
  it('asks the database once a second at most, and not again about a key just asked about', async () => {
    const keys = process()
    await Promise.all(Array.from({ length: 500 }, (_, index) => keys.verifySlow(`wrong ${index}`)))
    expect(reads).toBe(1)
    now += 999
    await keys.verifySlow('wrong 500')
    expect(reads).toBe(1)
    now += 1
    await keys.verifySlow('wrong 3')
    expect(reads).toBe(1)
    await keys.verifySlow('wrong 501')
    expect(reads).toBe(2)
  })

  it('does not keep out a key that was made meanwhile for longer than that', async () => {
    const keys = process()
    await keys.verifySlow('wrong')
    const { secret } = await process().create('CLI')
    expect(await keys.verifySlow(secret)).toBeUndefined()
    now += 1_000
    expect((await keys.verifySlow(secret))?.name).toBe('CLI')
  })

  it('is refused when the database is gone, while known keys still work', async () => {
    const keys = process()
    const { secret } = await keys.create('Cursor')
    broken = true
    expect(await keys.verifySlow('wrong')).toBeUndefined()
    expect((await keys.verifySlow(secret))?.name).toBe('Cursor')
    await settled()
    expect(errors).toContain('database gone')
  })
})

it('notes the use of a key at most once a minute', async () => {
  const keys = process()
  const { client, secret } = await keys.create('Cursor')
  for (let index = 0; index < 1_000; index++) keys.verify(secret)
  await settled()
  expect(touches).toBe(1)
  expect(stored.get(client.id)?.lastUsedAt).toBe(now)
  now += 60_000
  keys.verify(secret)
  expect(touches).toBe(2)
  expect(keys.list()[0]?.lastUsedAt).toBe(now)
})
