/** Words of a prompt and their hashes: what the linear models and the neighbours read besides structure. Pure. */

/** Words that are read of one text; a longer prompt is judged by these. */
const MOST_WORDS = 1_200
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** 32-bit FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
export function hashOf(word: string, seed = FNV_OFFSET): number {
  let hash = seed
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), FNV_PRIME)
  return hash >>> 0
}

/** Lower-case words, numbers as one sign for their size, operators as themselves. At most the first 1,200. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = []
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+(?:['’]\p{L}+)?|\d+(?:[.,]\d+)*|[+*/=<>^%$\\{}[\]|&?]/gu)) {
    words.push(isDigit(word.charCodeAt(0)) ? sizeOf(word) : word)
    if (words.length >= MOST_WORDS) break
  }
  return words
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** How many digits a number has tells more than which they are. */
function sizeOf(number: string): string {
  return number.includes('.') || number.includes(',') ? '0.0' : `${'0'.repeat(Math.min(4, number.length))}`
}

/** The hashes of single words and of neighbouring pairs; each once. */
export function hashesOf(words: readonly string[]): Uint32Array {
  const seen = new Set<number>()
  let before = 0
  for (const word of words) {
    const hash = hashOf(word)
    seen.add(hash)
    // a pair continues the hash of its first word, so it costs no string
    if (before !== 0) seen.add(hashOf(word, Math.imul(before ^ 32, FNV_PRIME)))
    before = hash
  }
  return Uint32Array.from(seen)
}
