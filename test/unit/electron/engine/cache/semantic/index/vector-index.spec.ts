import { describe, expect, it } from 'vitest'
import { toUnit } from '../../../../../../../electron/engine/cache/semantic/embedders/embedder.ts'
import { VectorIndex } from '../../../../../../../electron/engine/cache/semantic/index/vector-index.ts'
import { localVectors, type VectorSearch } from '../../../../../../../electron/engine/cache/semantic/index/vector-search.ts'
import { semanticThread } from '../../../../../../../electron/engine/cache/semantic/worker/thread.ts'

function vectorOf(seed: number, dimensions = 384): Float32Array {
  let state = seed * 2654435761 + 1
  return toUnit(
    Float32Array.from({ length: dimensions }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 31 - 1
    }),
  )
}
/** The vector of a seed, moved a little. */
const near = (seed: number): Float32Array => toUnit(vectorOf(seed).map((value, index) => value + 0.3 * (vectorOf(seed + 100_000)[index] ?? 0)))

describe('the vector index', () => {
  it('finds the nearest of thousands, as comparing all of them does', () => {
    const index = new VectorIndex(384)
    for (let seed = 0; seed < 3_000; seed++) index.add(String(seed), vectorOf(seed))
    for (let seed = 0; seed < 3_000; seed += 250) {
      const [nearest] = index.search(near(seed), 3)
      expect(nearest?.id).toBe(String(seed))
      expect(nearest?.similarity).toBeCloseTo(1 / Math.sqrt(1.09), 1)
    }
  })

  it('works with sparse vectors, whose signs alone would say little', () => {
    const index = new VectorIndex(512)
    const sparse = (at: number): Float32Array => Float32Array.from({ length: 512 }, (_, place) => (place === at ? 1 : 0))
    for (let at = 0; at < 512; at++) index.add(String(at), sparse(at))
    for (let round = 0; round < 3; round++) for (let at = 0; at < 512; at++) index.add(`${round} ${at}`, vectorOf(round * 1000 + at, 512))
    const [nearest] = index.search(sparse(37), 1)
    expect(nearest?.id).toBe('37')
    expect(nearest?.similarity).toBeCloseTo(1, 5)
  })

  it('replaces, removes, reuses the place and takes no vector of another length', () => {
    const index = new VectorIndex(384)
    index.add('a', vectorOf(1))
    index.add('a', vectorOf(2))
    expect(index.size).toBe(1)
    expect(index.search(vectorOf(2), 5).map(({ id }) => id)).toEqual(['a'])
    index.add('b', vectorOf(3, 10))
    expect(index.size).toBe(1)
    index.remove('a')
    index.remove('a')
    expect(index.search(vectorOf(2), 5)).toEqual([])
    index.add('c', vectorOf(4))
    expect(index.search(vectorOf(4), 5).map(({ id }) => id)).toEqual(['c'])
  })
})

describe.each<[string, () => VectorSearch]>([
  ['in this thread', localVectors],
  ['in a thread of its own', semanticThread],
])('vector search %s', (_where, make) => {
  it('keeps its parts apart', async () => {
    const vectors = make()
    vectors.add('one', 'a', vectorOf(1))
    vectors.add('other', 'b', vectorOf(1))
    expect((await vectors.search('one', vectorOf(1), 5)).map(({ id }) => id)).toEqual(['a'])
    vectors.remove('one', 'a')
    expect(await vectors.search('one', vectorOf(1), 5)).toEqual([])
    expect(await vectors.search('none', vectorOf(1), 5)).toEqual([])
    await vectors.close()
  })
})
