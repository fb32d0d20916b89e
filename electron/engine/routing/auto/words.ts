/** Words of a prompt as hashes: what the linear models and the neighbours read besides structure. Pure, one pass, no strings made. */

/** Words that are read of one text; a longer prompt is judged by these. */
const MOST_WORDS = 800
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
const SPACE = 32
const POINT = 46
const COMMA = 44
const ZERO = 48

/** 32-bit FNV-1a over the code units, http://www.isthe.com/chongo/tech/comp/fnv/ @param before the hash of what stands before the text */
export function hashOf(text: string, before: number = FNV_OFFSET): number {
  let hash = before
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME)
  return hash >>> 0
}

const OTHER = 0
const LETTER = 1
const DIGIT = 2
const SIGN = 3
/** Signs that are words of their own: they tell code and sums. */
const SIGNS = '+*/=<>^%$\\{}[]|&?'
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) return LETTER
  if (code >= 48 && code <= 57) return DIGIT
  return SIGNS.includes(String.fromCharCode(code)) ? SIGN : OTHER
})

/** Beyond ASCII: letters, but for the blocks of punctuation, symbols and the halves of emoji. */
function kindOf(code: number): number {
  if (code < 128) return KINDS[code] as number
  if (code < 0xaa || code === 0xd7 || code === 0xf7) return OTHER
  if ((code >= 0x2000 && code < 0x2c00) || (code >= 0x3000 && code < 0x3040) || (code >= 0xd800 && code < 0xe000) || (code >= 0xff00 && code < 0xff21))
    return OTHER
  return LETTER
}

/** One table for all calls, since none of them is interrupted: at most 1,600 hashes go into 4,096 slots. */
const SLOTS = new Uint32Array(4_096)
const SLOT_MASK = SLOTS.length - 1
const FOUND = new Uint32Array(2 * MOST_WORDS)

/** The hashes of single words and of neighbouring pairs, each once. A number counts by how many digits it has, not by which. */
export function hashesOf(text: string): Uint32Array {
  const lower = text.toLowerCase()
  SLOTS.fill(0)
  let count = 0
  const see = (hash: number): void => {
    // 0 marks a free slot
    const kept = hash >>> 0 || 1
    let slot = kept & SLOT_MASK
    for (let there = SLOTS[slot]; there !== 0 && there !== kept; there = SLOTS[slot]) slot = (slot + 1) & SLOT_MASK
    if (SLOTS[slot] === kept) return
    SLOTS[slot] = kept
    FOUND[count++] = kept
  }
  let before = 0
  let words = 0
  for (let at = 0; at < lower.length && words < MOST_WORDS; ) {
    const kind = kindOf(lower.charCodeAt(at))
    if (kind === OTHER) {
      at++
      continue
    }
    const from = at
    at = endOf(lower, at, kind)
    let single = FNV_OFFSET
    let pair = Math.imul(before ^ SPACE, FNV_PRIME)
    const length = kind === DIGIT ? digitsIn(lower, from, at) : at - from
    for (let k = 0; k < length; k++) {
      const code = kind === DIGIT ? ZERO : lower.charCodeAt(from + k)
      single = Math.imul(single ^ code, FNV_PRIME)
      pair = Math.imul(pair ^ code, FNV_PRIME)
    }
    see(single)
    if (before !== 0) see(pair)
    before = single
    words++
  }
  return FOUND.slice(0, count)
}

function endOf(text: string, from: number, kind: number): number {
  let at = from + 1
  if (kind === SIGN) return at
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (kindOf(code) === kind) continue
    const isJoint = kind === DIGIT ? code === POINT || code === COMMA : code === 39 || code === 0x2019
    if (!isJoint || at + 1 >= text.length || kindOf(text.charCodeAt(at + 1)) !== kind) break
  }
  return at
}

/** 1 to 4 for whole numbers of as many digits, 5 for what has a point or a comma in it. */
function digitsIn(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) if (kindOf(text.charCodeAt(at)) !== DIGIT) return 5
  return Math.min(4, to - from)
}
