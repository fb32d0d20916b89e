/**
 * The caller's leaving, as one cheap object. An AbortController with the half dozen listeners a request needs on its way costs about a tenth of our
 * whole time for it (EventTarget, and an exception with a stack at each abort); this is a flag and a list.
 */
export class Departure {
  #reason: unknown
  #isGone = false
  #listeners: (() => void)[] = []
  #signal: AbortSignal | undefined

  /** A departure that follows an AbortSignal. */
  static of(signal: AbortSignal): Departure {
    const departure = new Departure()
    if (signal.aborted) departure.leave(signal.reason)
    else signal.addEventListener('abort', () => departure.leave(signal.reason), { once: true })
    return departure
  }

  get isGone(): boolean {
    return this.#isGone
  }

  /** What `leave` was given: a Failure when it was not the caller who left. */
  get reason(): unknown {
    return this.#reason
  }

  /** Calls `listener` once, when the caller leaves; never if it has left already. */
  on(listener: () => void): void {
    this.#listeners.push(listener)
  }

  off(listener: () => void): void {
    // whoever came last leaves first, nearly always
    if (this.#listeners.at(-1) === listener) {
      this.#listeners.pop()
      return
    }
    const place = this.#listeners.indexOf(listener)
    if (place >= 0) this.#listeners.splice(place, 1)
  }

  leave(reason?: unknown): void {
    if (this.#isGone) return
    this.#isGone = true
    this.#reason = reason
    const listeners = this.#listeners
    this.#listeners = []
    for (const listener of listeners) listener()
  }

  /** For code that wants the standard kind; made at the first asking. */
  get signal(): AbortSignal {
    if (this.#signal === undefined) {
      const controller = new AbortController()
      this.#signal = controller.signal
      if (this.#isGone) controller.abort(this.#reason)
      else this.on(() => controller.abort(this.#reason))
    }
    return this.#signal
  }
}
