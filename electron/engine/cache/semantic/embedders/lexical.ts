import { type Reading, readQuestion } from '../reading.ts'
import { type Embedder, toUnit } from './embedder.ts'

export const LEXICAL_DIMENSIONS = 512
/** A word counts more than one of its pieces; the pieces bring together what stemming and spelling do not. */
const WORD_WEIGHT = 1
const PIECE_WEIGHT = 0.35
const ADJACENT_WEIGHT = 0.4
/** Function words tell little, but "how" and "why" are not nothing. */
const FUNCTION_WEIGHT = 0.15

/**
 * Words, pairs of neighbours and character trigrams, hashed into a vector with signs (feature hashing, Weinberger et al. 2009, arXiv 0902.2206).
 * Needs no download and well under a millisecond. `rarity` weighs a word by how seldom the entries have it.
 */
export function lexicalVector(reading: Reading, rarity: (key: string) => number = () => 1): Float32Array {
  const vector = new Float32Array(LEXICAL_DIMENSIONS)
  const content = new Set(reading.words.map(({ at }) => at))
  for (const { lower, kind } of reading.tokens.filter((_, at) => !content.has(at))) if (kind === 'word') put(vector, `f:${lower}`, FUNCTION_WEIGHT)
  let before = ''
  for (const { key, lower } of reading.words) {
    const weight = rarity(key)
    put(vector, `w:${key}`, WORD_WEIGHT * weight)
    put(vector, `p:${before} ${key}`, ADJACENT_WEIGHT * weight)
    const padded = ` ${lower} `
    const pieces = Math.max(1, padded.length - 2)
    for (let start = 0; start < pieces; start++) put(vector, `c:${padded.slice(start, start + 3)}`, (PIECE_WEIGHT * weight) / Math.sqrt(pieces))
    before = key
  }
  return toUnit(vector)
}

export const lexicalEmbedder: Embedder = {
  id: 'lexical-1',
  embed: async (texts) => texts.map((text) => lexicalVector(readQuestion(text))),
}

function put(vector: Float32Array, feature: string, weight: number): void {
  const hash = fnv1a(feature)
  const slot = hash % LEXICAL_DIMENSIONS
  vector[slot] = (vector[slot] as number) + (hash & 0x80000000 ? -weight : weight)
}

/** FNV-1a of UTF-16 units, 32 bits, with a last mixing step so that high and low bits are independent. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
