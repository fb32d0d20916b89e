import { randomFillSync } from 'node:crypto'
import type { Ms, RequestId } from '../../../shared/ids.ts'

const RANDOM_BYTES = 10
/** Drawn for many ids at once. */
const drawn = Buffer.alloc(RANDOM_BYTES * 400)
let used = drawn.length
let lastAt = 0
let lastTime = ''

/**
 * Ids of requests begin with their time, so that the database appends their rows to its indexes: random ones would touch, and write, a page of each
 * index for nearly every row. The rest is 80 random bits.
 */
export function newRequestId(at: Ms): RequestId {
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  const from = used
  used += RANDOM_BYTES
  if (at !== lastAt) {
    lastAt = at
    lastTime = Math.floor(at).toString(16).padStart(12, '0')
  }
  return `gen-${lastTime}${drawn.toString('hex', from, used)}`
}
