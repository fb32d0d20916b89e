import { randomFillSync } from 'node:crypto'
import type { Ms, RequestId } from '../../../shared/ids.ts'

const RANDOM_BYTES = 10
const RANDOM_DIGITS = 2 * RANDOM_BYTES
/** Drawn, and written in hex, for many ids at once. */
const bytes = Buffer.alloc(RANDOM_BYTES * 400)
let drawn = ''
let used = 0
let lastAt = 0
let lastTime = ''

/**
 * Ids of requests begin with their time, so that the database appends their rows to its indexes: random ones would touch, and write, a page of each
 * index for nearly every row. The rest is 80 random bits.
 */
export function newRequestId(at: Ms): RequestId {
  if (used === drawn.length) {
    drawn = randomFillSync(bytes).toString('hex')
    used = 0
  }
  const from = used
  used += RANDOM_DIGITS
  if (at !== lastAt) {
    lastAt = at
    lastTime = Math.floor(at).toString(16).padStart(12, '0')
  }
  return `gen-${lastTime}${drawn.slice(from, used)}`
}
