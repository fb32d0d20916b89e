/**
 * Timers that hardly ever fire, such as deadlines. To take one up again by `refresh` costs a fraction of making, arming and dropping one for every
 * request. They hold no process open: a request's connections do.
 */

/** Stopped ones, by their time in ms. */
let idle = new Map<number, ReusedTimer[]>()
const TIMES_LIMIT = 100
const IDLE_LIMIT = 1_000

export class ReusedTimer {
  readonly #ms: number
  readonly #timeout: NodeJS.Timeout
  #then: (() => void) | undefined

  /** Calls `then` once after `ms`, unless it is stopped before. */
  static start(ms: number, then: () => void): ReusedTimer {
    const timer = idle.get(ms)?.pop() ?? new ReusedTimer(ms)
    timer.#then = then
    timer.#timeout.refresh()
    return timer
  }

  private constructor(ms: number) {
    this.#ms = ms
    this.#timeout = setTimeout(() => {
      const then = this.#then
      this.#then = undefined
      then?.()
    }, ms).unref()
  }

  /** To be called by its owner once, who then lets go of it; someone else may take it up. */
  stop(): void {
    this.#then = undefined
    const waiting = idle.get(this.#ms)
    if (waiting === undefined) {
      if (idle.size >= TIMES_LIMIT) idle = new Map()
      idle.set(this.#ms, [this])
    } else if (waiting.length < IDLE_LIMIT) waiting.push(this)
  }
}
