import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addPiece } from '../../../../../electron/engine/attempt/few-pieces.ts'

function added(lengths: Iterable<number>): { readonly pieces: Uint8Array[]; readonly sent: Buffer } {
  const pieces: Uint8Array[] = []
  const sent: Buffer[] = []
  let next = 0
  for (const length of lengths) {
    const piece = Buffer.alloc(length, next++)
    sent.push(piece)
    addPiece(pieces, piece)
  }
  return { pieces, sent: Buffer.concat(sent) }
}

it('keeps every byte in its place', () => {
  const length = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.constant(4_096))
  fc.assert(
    fc.property(fc.array(length, { minLength: 1_000, maxLength: 3_000, size: 'max' }), (lengths) => {
      const { pieces, sent } = added(lengths)
      expect(Buffer.concat(pieces).equals(sent)).toBe(true)
    }),
    { numRuns: 20 },
  )
})

it('keeps a body that comes byte by byte in some pieces a kilobyte', () => {
  const { pieces, sent } = added(Array.from({ length: 300_000 }, () => 1))
  expect(pieces.length).toBeLessThan(2_048)
  expect(Buffer.concat(pieces).equals(sent)).toBe(true)
})

it('leaves large pieces as they came', () => {
  const { pieces } = added(Array.from({ length: 1_024 }, () => 2_000))
  expect(pieces).toHaveLength(1_024)
})
