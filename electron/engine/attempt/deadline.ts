import { Failure } from '../../../shared/failure.ts'
import { Departure } from '../departure.ts'

/** Milliseconds; see `timeouts` in shared/settings.ts. */
export interface Timeouts {
  readonly firstEventMs: number
  readonly silenceMs: number
  readonly wholeMs: number
}

/**
 * The clocks of one attempt behind one timer: until the first content, then between any two pieces, and over all. Ends the attempt by
 * `departure`; so does the client's leaving.
 */
export class Deadline {
  /** Ends the attempt: the deadline's own doing, or the client's leaving. */
  readonly departure = new Departure()
  readonly #client: Departure
  readonly #timeouts: Timeouts
  readonly #who: string
  readonly #receivedAt: number
  readonly #now: () => number
  readonly #onClientGone = (): void => this.departure.leave()
  #timer: NodeJS.Timeout
  #expired: Failure | undefined
  #clientIsBehind = false

  /** @param receivedAt when the request came in: `wholeMs` counts from there, over all its attempts */
  constructor(client: Departure, timeouts: Timeouts, who: string, receivedAt: number, now: () => number) {
    this.#client = client
    this.#timeouts = timeouts
    this.#who = who
    this.#now = now
    this.#receivedAt = receivedAt
    if (client.isGone) this.departure.leave()
    else client.on(this.#onClientGone)
    const firstEventMs = Math.max(0, Math.min(timeouts.firstEventMs, receivedAt + timeouts.wholeMs - now()))
    this.#timer = setTimeout(() => this.#expire(`${who} sent nothing within ${firstEventMs} ms.`), firstEventMs)
  }

  /** The first content is here: from now on silence is what is measured. */
  committed(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#silent(), this.#timeouts.silenceMs)
  }

  #silent(): void {
    // nothing is asked of the provider while the client is slow to take what is here already
    if (this.#clientIsBehind) this.#timer.refresh()
    else this.#expire(`${this.#who} fell silent for ${this.#timeouts.silenceMs} ms in the middle of its answer.`)
  }

  /** A piece is on its way to the client; the next is asked for when it has been taken. */
  handingOver(): void {
    this.#clientIsBehind = true
  }

  /** The next piece is asked for. */
  listening(): void {
    this.#clientIsBehind = false
    this.#timer.refresh()
    if (this.#now() - this.#receivedAt > this.#timeouts.wholeMs) this.#expire(`${this.#who} was still answering after ${this.#timeouts.wholeMs} ms.`)
  }

  #expire(message: string): void {
    this.#expired ??= new Failure('timeout', message)
    this.departure.leave()
  }

  /** What `thrown` was really about: the deadline or the client's leaving show up below as an aborted connection. */
  explain(thrown: unknown): Failure {
    if (this.#client.isGone) return goneBecause(this.#client)
    return this.#expired ?? Failure.from(thrown)
  }

  done(): void {
    clearTimeout(this.#timer)
    this.#client.off(this.#onClientGone)
  }
}

/** Why a client is gone: it left, unless whoever made it leave said otherwise (a shutdown, which the client is told). */
export function goneBecause(client: Departure): Failure {
  return client.reason instanceof Failure ? client.reason : new Failure('cancelled', 'The caller went away.')
}
