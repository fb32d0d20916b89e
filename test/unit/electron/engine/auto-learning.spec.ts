import { describe, expect, it } from 'vitest'
import { type AutoEmbedding, embeddedText, sketchInTime } from '../../../../electron/engine/auto-embedding.ts'
import { AutoLearning } from '../../../../electron/engine/auto-learning.ts'
import { lexicalEmbedder } from '../../../../electron/engine/cache/semantic/embedders/lexical.ts'
import { LatelyEmbedded } from '../../../../electron/engine/lately-embedded.ts'
import { recordsNear } from '../../../../electron/engine/routing/auto/evidence.ts'
import { SHIPPED_WEIGHTS } from '../../../../electron/engine/routing/auto/shipped-weights.ts'
import { sketchOf } from '../../../../electron/engine/routing/auto/sketch.ts'
import { hashesOf } from '../../../../electron/engine/routing/auto/words.ts'
import type { EvidenceVector } from '../../../../electron/engine/storage/storage.ts'
import type { Evidence } from '../../../../shared/auto.ts'
import type { Endpoint } from '../../../../shared/routing.ts'

const AT = { id: 'p/embed', provider: 'p', runsLocally: false } as Endpoint
/** Knows two meanings, whatever the words. */
const MEANINGS: Readonly<Record<string, readonly number[]>> = { car: [1, 0, 0.1], automobile: [0.98, 0.1, 0.1], poem: [0, 1, 0.2] }

function learning(more: Partial<AutoEmbedding> = {}) {
  const texts: string[][] = []
  const failures: Error[] = []
  const kept: { embedder: string; vectors: readonly EvidenceVector[] }[] = []
  let now = 0
  const embedding: AutoEmbedding = {
    ...{ id: 'meanings', at: AT, known: () => undefined, onFailure: (error) => failures.push(error) },
    embed: async (asked) => {
      texts.push([...asked])
      return asked.map((text) => Float32Array.from(MEANINGS[text] ?? [0, 0, 1]))
    },
    ...more,
  }
  const chosen: { embedding: AutoEmbedding | undefined } = { embedding }
  const made = new AutoLearning({
    storage: {
      putEvidence: async () => undefined,
      removeEvidence: async () => undefined,
      embedEvidence: async (embedder, vectors) => void kept.push({ embedder, vectors }),
    },
    embedding: () => chosen.embedding,
    tierFor: () => 'small',
    qualities: () => ({}),
    now: () => now++,
    onError: (error) => {
      throw error
    },
  })
  made.use(SHIPPED_WEIGHTS)
  return { made, texts, kept, failures, chosen }
}
const judgement = (prompt: string, more: Partial<Evidence> = {}): Omit<Evidence, 'id' | 'at'> => ({ signal: 'vote', prompt, model: 'a/b', quality: 1, ...more })

describe('judgements with an embedder', () => {
  it('are embedded beside the requests, once, and found by what they mean', async () => {
    const { made, texts, kept } = learning()
    await made.add(judgement('car', { quality: 0 }))
    await made.add(judgement('poem'))
    await made.settled()
    expect(texts).toEqual([['poem', 'car']])
    expect(kept.flatMap(({ embedder, vectors }) => vectors.map(({ vector }) => [embedder, vector.length]))).toEqual([
      ['meanings', 3],
      ['meanings', 3],
    ])
    await made.add(judgement('automobile', { model: 'c/d' }))
    await made.settled()
    expect(texts).toEqual([['poem', 'car'], ['automobile']])
    // no word of it was ever said
    const asked = { hashes: hashesOf('saloon'), embedding: sketchOf([1, 0, 0.05]) }
    expect(recordsNear(made.index, asked, 10).get('a/b')?.quality).toBe(0)
    expect(recordsNear(made.index, { hashes: hashesOf('saloon') }, 10).size).toBe(0)
  })

  it('of a request that must stay are sent to no provider, and found by their words', async () => {
    const { made, texts } = learning()
    // words of a single judgement say nothing of the next
    await made.add(judgement('a secret poem', { stays: true }))
    await made.add(judgement('another secret poem', { stays: true }))
    await made.add(judgement('car', { model: 'c/d' }))
    await made.settled()
    expect(texts).toEqual([['car']])
    const asked = { hashes: hashesOf('secret poem'), embedding: sketchOf([1, 0, 0]) }
    const near = recordsNear(made.index, asked, 10)
    expect(near.get('a/b')?.weight).toBeGreaterThan(0.5)
    expect(near.get('c/d')?.weight).toBeGreaterThan(0.5)
    // a model on this machine tells nobody
    const local = learning({ at: undefined })
    await local.made.add(judgement('poem', { stays: true }))
    await local.made.settled()
    expect(local.texts).toEqual([['poem']])
  })

  it('are found by their words where the embedder fails, which is told and tried again later', async () => {
    let works = false
    const { made, failures } = learning({
      embed: async (asked) => {
        if (!works) throw new Error('out of reach')
        return asked.map(() => Float32Array.from([1, 0, 0]))
      },
    })
    await made.add(judgement('a car of mine'))
    await made.add(judgement('a car of yours'))
    await made.settled()
    expect(failures.map(({ message }) => message)).toEqual(['out of reach'])
    expect(recordsNear(made.index, { hashes: hashesOf('a car of ours'), embedding: sketchOf([1, 0, 0]) }, 10).get('a/b')?.weight).toBeGreaterThan(0.5)
    works = true
    await made.add(judgement('poem'))
    await made.settled()
    expect(made.index.vectors.every((vector) => vector !== undefined)).toBe(true)
  })

  it('are embedded anew by another embedder, and compared by words when there is none any more', async () => {
    const { made, chosen, kept } = learning()
    await made.add(judgement('car'))
    await made.settled()
    chosen.embedding = { ...(chosen.embedding as AutoEmbedding), id: 'other', embed: async (asked) => asked.map(() => Float32Array.from([0, 0, 1])) }
    made.follow()
    await made.settled()
    expect(kept.map(({ embedder }) => embedder)).toEqual(['meanings', 'other'])
    expect(made.index.embedder).toBe('other')
    chosen.embedding = undefined
    made.follow()
    await made.settled()
    expect(made.index).toMatchObject({ embedder: undefined, vectors: [undefined] })
  })
})

describe('the sketch for a decision', () => {
  const never = (): Promise<never> => Promise.reject(new Error('a provider was asked'))
  const embedding = (more: Partial<AutoEmbedding>): AutoEmbedding => ({
    ...{ id: 'e', at: undefined, known: () => undefined, embed: never },
    onFailure: (error) => {
      throw error
    },
    ...more,
  })

  it('is what was embedded already, and asks no provider', async () => {
    const known = (text: string) => (text === 'car' ? Float32Array.from([3, 4]) : undefined)
    expect(Array.from((await sketchInTime(embedding({ at: AT, known }), 'car')) ?? [])).toEqual([expect.closeTo(0.6), expect.closeTo(0.8)])
    expect(await sketchInTime(embedding({ at: AT, known }), 'poem')).toBeUndefined()
  })

  it('waits for a model on this machine, but not long', async () => {
    expect(await sketchInTime(embedding({ embed: async () => [Float32Array.from([1, 0])] }), 'car')).toEqual(Float32Array.from([1, 0]))
    expect(await sketchInTime(embedding({ embed: () => new Promise(() => undefined) }), 'car')).toBeUndefined()
    const failures: string[] = []
    expect(await sketchInTime(embedding({ embed: never, onFailure: ({ message }) => failures.push(message) }), 'car')).toBeUndefined()
    expect(failures).toEqual(['a provider was asked'])
  })

  it('comes from what the cache has had embedded a moment ago', async () => {
    const lately = new LatelyEmbedded()
    const remembering = lately.remembering(lexicalEmbedder)
    const [vector] = await remembering.embed(['How do I boil an egg?'])
    expect(lately.known('lexical-1', 'How do I boil an egg?')).toBe(vector)
    expect(lately.known('another', 'How do I boil an egg?')).toBeUndefined()
    for (let at = 0; at < 300; at++) await remembering.embed([`number ${at}`])
    expect(lately.known('lexical-1', 'How do I boil an egg?')).toBeUndefined()
    expect(embeddedText('x'.repeat(5_000))).toHaveLength(2_000)
  })

  it('keeps cosines about as they were, however long the vectors are', () => {
    const long = (seed: number) => Float32Array.from({ length: 1_536 }, (_, at) => Math.sin(seed * (at + 1)))
    const one = long(1)
    const near = one.map((value, at) => value + 0.3 * Math.cos(at))
    const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, at) => sum + value * (b[at] as number), 0)
    const whole = cosine(one, near) / Math.sqrt(cosine(one, one) * cosine(near, near))
    expect(sketchOf(one)).toHaveLength(256)
    expect(cosine(sketchOf(one), sketchOf(near))).toBeCloseTo(whole, 1)
    expect(Math.abs(cosine(sketchOf(one), sketchOf(long(2))))).toBeLessThan(0.25)
  })
})
