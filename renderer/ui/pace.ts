/** How often things may happen, however often they are asked for. */
import type { Ms } from '../../shared/ids.ts'

/** Frames stop in hidden windows; then this long at most. */
const HIDDEN_MS = 500

/** Gathers calls and runs `flush` once for all of them at the next frame. */
export function onceAFrame(flush: () => void): () => void {
  let waiting = false
  return () => {
    if (waiting) return
    waiting = true
    let frame: number | undefined
    const run = (): void => {
      if (!waiting) return
      waiting = false
      clearTimeout(timer)
      if (frame !== undefined) cancelAnimationFrame(frame)
      flush()
    }
    const timer = setTimeout(run, HIDDEN_MS)
    if (typeof requestAnimationFrame === 'function') frame = requestAnimationFrame(run)
  }
}

/** Runs `work` at once, and again after `leastMs` if it was asked for in between. */
export function atMostEvery(leastMs: Ms, work: () => Promise<void>): () => void {
  let busy = false
  let again = false
  async function run(): Promise<void> {
    busy = true
    do {
      again = false
      await Promise.all([work(), new Promise((resolve) => setTimeout(resolve, leastMs))])
    } while (again)
    busy = false
  }
  return () => {
    if (busy) again = true
    else void run()
  }
}
