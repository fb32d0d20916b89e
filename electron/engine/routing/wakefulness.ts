/**
 * Whether this machine slept, or stood still for so long that its clocks ran out with nobody at fault: what was under way then says nothing about a
 * provider. Seen by a tick that comes much too late.
 */
const TICK_MS = 2_000
/** A busy machine is late by a second or two; one that slept, by more. */
const LATE_MS = 6_000
/** For so long after waking the network may still be coming up. */
const COMING_UP_MS = 10_000

export class Wakefulness {
  readonly #now: () => number
  #lastTick: number
  #wokeAt = Number.NEGATIVE_INFINITY
  readonly #timer: NodeJS.Timeout

  constructor(now: () => number) {
    this.#now = now
    this.#lastTick = now()
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
    this.#timer.unref()
  }

  /** Whether something that began at `startedAt` and has ended now was disturbed by a sleep. */
  disturbed(startedAt: number): boolean {
    // timers that ran out during the sleep may fire before the tick does
    this.#tick()
    return startedAt < this.#wokeAt + COMING_UP_MS && this.#now() >= this.#wokeAt
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    const now = this.#now()
    if (now - this.#lastTick > TICK_MS + LATE_MS) this.#wokeAt = now
    this.#lastTick = now
  }
}
