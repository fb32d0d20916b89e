/** Bringing a model, over real HTTP from a made-up hub: piece by piece, checked, gone on from, and never half there. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createUpstream, type Upstream } from '../../../../../../../electron/engine/attempt/upstream.ts'
import { type LocalModels, localModels } from '../../../../../../../electron/engine/cache/semantic/embedders/local-models.ts'
import { fetchModel, ModelError, onDisk } from '../../../../../../../electron/engine/cache/semantic/embedders/model-files.ts'
import { bytesOf, MODELS } from '../../../../../../../electron/engine/cache/semantic/embedders/models.ts'
import { type FakeHub, fakeHub, offerOf } from '../../../../../../support/fake-hub.ts'
import { madeModelFiles } from '../../../../../../support/made-embedding-model.ts'
import { temporaryFolder } from '../../../../../../support/temporary-folder.ts'

const FILES = madeModelFiles()
const OFFER = offerOf(FILES)
const WEIGHTS = 'onnx/model_quantized.onnx'
const weights = FILES.get(WEIGHTS) ?? new Uint8Array(0)

let client: Upstream
let hub: FakeHub
let folder: ReturnType<typeof temporaryFolder>
let place: string
beforeEach(async () => {
  client = createUpstream({ connectMs: () => 2_000 })
  hub = await fakeHub(FILES)
  folder = temporaryFolder()
  place = join(folder.path, OFFER.id)
})
afterEach(async () => {
  client.close()
  await hub.close()
  folder[Symbol.dispose]()
})

const bring = (signal = new AbortController().signal, onProgress: (received: number) => void = () => undefined): Promise<void> =>
  fetchModel(OFFER, { place, hub: hub.url, send: client.send, signal, onProgress })
/** Breaks the connection in the middle of the weights, once what was sent before has arrived. */
async function bringHalf(): Promise<unknown> {
  hub.breaks.set(WEIGHTS, 300)
  const failed = bring().catch((thrown: unknown) => thrown)
  await expect.poll(() => statSync(join(place, `${WEIGHTS}.part`), { throwIfNoEntry: false })?.size).toBe(300)
  hub.release()
  return problemOf(await failed)
}
const problemOf = (thrown: unknown): unknown => (thrown instanceof ModelError ? thrown.problem : thrown)
const files = (): readonly string[] =>
  readdirSync(folder.path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted((one, other) => one.localeCompare(other))

describe('a model', () => {
  it('comes file by file, of the pinned commit, and tells how far it is', async () => {
    const told: number[] = []
    await bring(undefined, (received) => told.push(received))
    expect(new Uint8Array(readFileSync(join(place, WEIGHTS)))).toEqual(weights)
    expect(hub.asked).toEqual(OFFER.files.map(({ path }) => `GET /someone/made-model/resolve/${OFFER.revision}/${path}`))
    expect(told).toEqual(told.toSorted((one, other) => one - other))
    expect(told.length).toBeGreaterThan(OFFER.files.length)
    expect(told.at(-1)).toBe(bytesOf(OFFER))
    expect(await onDisk(OFFER, place)).toEqual({ received: bytesOf(OFFER), whole: true })
    await bring()
    expect(hub.asked).toHaveLength(OFFER.files.length)
  })

  it.each([
    ['other bytes', Uint8Array.from(weights, (byte, at) => (at === 5 ? byte ^ 1 : byte))],
    ['more bytes', Uint8Array.from([...weights, 0])],
  ])('of which a file holds %s is refused by the name of that file, which is deleted', async (_what, lie) => {
    hub.lies.set(WEIGHTS, lie)
    expect(problemOf(await bring().catch((thrown: unknown) => thrown))).toEqual({ code: 'wrong-file', file: WEIGHTS })
    expect(files()).toEqual(['config.json', 'tokenizer_config.json', 'tokenizer.json'])
    hub.lies.clear()
    await bring()
    expect(await onDisk(OFFER, place)).toMatchObject({ whole: true })
  })

  it('that the hub does not have is told with what it answered', async () => {
    await hub.close()
    hub = await fakeHub(new Map([...FILES].filter(([path]) => path !== 'tokenizer.json')))
    expect(problemOf(await bring().catch((thrown: unknown) => thrown))).toEqual({ code: 'refused', file: 'tokenizer.json', status: 404 })
  })

  it('whose connection broke is gone on from where it was', async () => {
    expect(await bringHalf()).toMatchObject({ code: 'broken-off', file: WEIGHTS })
    expect(await onDisk(OFFER, place)).toEqual({ received: bytesOf(OFFER) - weights.length + 300, whole: false })
    hub.asked.length = 0
    await bring()
    expect(hub.asked).toEqual([`GET /someone/made-model/resolve/${OFFER.revision}/${WEIGHTS} bytes=300-`])
    expect(new Uint8Array(readFileSync(join(place, WEIGHTS)))).toEqual(weights)
    expect(files().filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('starts a file anew where the server cannot go on from the middle', async () => {
    await bringHalf()
    hub.ranges = false
    await bring()
    expect(new Uint8Array(readFileSync(join(place, WEIGHTS)))).toEqual(weights)
  })

  it('whose half was changed on disk is found out and brought anew', async () => {
    await bringHalf()
    writeFileSync(join(place, `${WEIGHTS}.part`), Buffer.alloc(300, 7))
    expect(problemOf(await bring().catch((thrown: unknown) => thrown))).toEqual({ code: 'wrong-file', file: WEIGHTS })
    await bring()
    expect(new Uint8Array(readFileSync(join(place, WEIGHTS)))).toEqual(weights)
  })

  it('of which a kept file was changed is mended file by file', async () => {
    await bring()
    writeFileSync(join(place, 'config.json'), 'x'.repeat(OFFER.files[0]?.bytes ?? 0))
    hub.asked.length = 0
    await bring()
    expect(hub.asked).toEqual([`GET /someone/made-model/resolve/${OFFER.revision}/config.json`])
  })
})

describe('the models of this machine', () => {
  let models: LocalModels
  let ready: string[]
  beforeEach(() => {
    ready = []
    models = open()
  })
  afterEach(() => models.close())
  const open = (): LocalModels =>
    localModels({
      ...{ folder: folder.path, hub: hub.url, offers: [OFFER], send: client.send, now: Date.now },
      ...{ onChange: () => undefined, onReady: (id) => ready.push(id) },
    })
  const state = async (): Promise<unknown> => (await models.list())[0]?.state
  const until = async (is: string): Promise<unknown> => {
    for (let tries = 0; tries < 400; tries++) {
      const now = await state()
      if ((now as { is: string }).is === is) return now
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    throw new Error(`never ${is}: ${JSON.stringify(await state())}`)
  }

  it('tell all there is to agree to, and bring nothing by themselves', async () => {
    expect(await models.list()).toEqual([
      {
        ...{ id: 'made-model', repository: 'someone/made-model', revision: OFFER.revision, host: new URL(hub.url).host, licence: 'CC0-1.0' },
        ...{ bytes: bytesOf(OFFER), folder: place, state: { is: 'absent', received: 0 } },
      },
    ])
    expect(models.isReady(OFFER)).toBe(false)
    expect(hub.asked).toEqual([])
    expect(files()).toEqual([])
  })

  it('are ready once they have come, also for the next run', async () => {
    models.download(OFFER)
    await until('ready')
    expect(ready).toEqual(['made-model'])
    const again = open()
    expect(again.isReady(OFFER)).toBe(false)
    await again.list()
    expect(again.isReady(OFFER)).toBe(true)
  })

  it('leave nothing behind when a download is cancelled', async () => {
    hub.holds.set(WEIGHTS, 256)
    models.download(OFFER)
    models.download(OFFER)
    for (let tries = 0; tries < 400 && !existsSync(join(place, `${WEIGHTS}.part`)); tries++) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await state()).toMatchObject({ is: 'loading' })
    await models.cancel(OFFER)
    expect(await state()).toEqual({ is: 'absent', received: 0 })
    expect(files()).toEqual([])
    expect(ready).toEqual([])
    expect(hub.asked).toHaveLength(OFFER.files.length)
  })

  it('keep what has come when the app ends in the middle, and go on from it', async () => {
    hub.holds.set(WEIGHTS, 512)
    models.download(OFFER)
    for (let tries = 0; tries < 400 && !existsSync(join(place, `${WEIGHTS}.part`)); tries++) await new Promise((resolve) => setTimeout(resolve, 5))
    await models.close()
    hub.release()
    models = open()
    expect(await state()).toMatchObject({ is: 'absent', received: expect.any(Number) })
    models.download(OFFER)
    await until('ready')
    expect(new Uint8Array(readFileSync(join(place, WEIGHTS)))).toEqual(weights)
  })

  it('tell a failure as a code, and can be tried again', async () => {
    hub.lies.set('config.json', new TextEncoder().encode('{}'))
    models.download(OFFER)
    expect(await until('failed')).toMatchObject({ problem: { code: 'broken-off', file: 'config.json' } })
    hub.lies.set('config.json', new Uint8Array(OFFER.files[0]?.bytes ?? 0))
    models.download(OFFER)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await until('failed')).toMatchObject({ problem: { code: 'wrong-file', file: 'config.json' }, message: expect.stringContaining('config.json') })
    hub.lies.clear()
    models.download(OFFER)
    await until('ready')
  })

  it('give the disk back when deleted', async () => {
    models.download(OFFER)
    await until('ready')
    await models.remove(OFFER)
    expect(files()).toEqual([])
    expect(models.isReady(OFFER)).toBe(false)
  })
})

it('offers real models by commit, with the sum and size of every file', () => {
  for (const { revision, files: pinned, licence } of MODELS) {
    expect(revision).toMatch(/^[0-9a-f]{40}$/)
    expect(licence).toMatch(/^(Apache-2\.0|MIT)$/)
    expect(pinned.map(({ path }) => path)).toEqual(['config.json', 'tokenizer.json', 'tokenizer_config.json', WEIGHTS])
    for (const { sha256, bytes } of pinned) expect([sha256, bytes]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.any(Number)])
  }
})
