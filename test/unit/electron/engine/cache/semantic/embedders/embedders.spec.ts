import { describe, expect, it } from 'vitest'
import { cosine } from '../../../../../../../electron/engine/cache/semantic/embedders/embedder.ts'
import { endpointEmbedder } from '../../../../../../../electron/engine/cache/semantic/embedders/endpoint.ts'
import { lexicalEmbedder } from '../../../../../../../electron/engine/cache/semantic/embedders/lexical.ts'

describe('an embedding endpoint', () => {
  it('is asked in portions and answers unit vectors in order', async () => {
    const portions: number[] = []
    const embedder = endpointEmbedder('openai/text-embedding-3-small', async (texts) => {
      portions.push(texts.length)
      return texts.map((text) => [Number(text), 1])
    })
    const vectors = await embedder.embed(Array.from({ length: 130 }, (_, index) => String(index)))
    expect(portions).toEqual([64, 64, 2])
    expect(vectors[129]?.[0]).toBeCloseTo(129 / Math.hypot(129, 1), 5)
  })

  it.each<[string, readonly (readonly number[])[], string]>([
    ['too few vectors', [[1]], 'answered 1 vectors for 2 texts'],
    ['no numbers', [[1], [Number.NaN]], 'a vector that holds no numbers'],
    ['vectors of two lengths', [[1], [1, 2]], 'vectors of different lengths'],
  ])('is refused with %s', async (_what, answer, why) => {
    await expect(endpointEmbedder('x/y', async () => answer).embed(['a', 'b'])).rejects.toThrow(why)
  })
})

describe('the lexical embedder', () => {
  it('puts like questions near each other and others far apart', async () => {
    const [asked, like, misspelled, other] = await lexicalEmbedder.embed([
      'How do I reverse a list in Python?',
      'how to reverse lists in python',
      'How do I revers a list in Pyhton?',
      'Which mountain is the tallest in Africa?',
    ])
    const to = (vector: Float32Array | undefined): number => cosine(asked ?? new Float32Array(0), vector ?? new Float32Array(0))
    expect(to(asked)).toBeCloseTo(1, 5)
    expect(to(like)).toBeGreaterThan(0.9)
    expect(to(misspelled)).toBeGreaterThan(to(other) + 0.3)
    expect(to(other)).toBeLessThan(0.2)
  })
})
