import { Failure } from '../../../shared/failure.ts'
import type { AttemptFailure } from '../../../shared/messages/attempts.ts'
import { Departure } from '../departure.ts'
import { ReusedTimer } from './reused-timer.ts'

/** Milliseconds; see `timeouts` in shared/settings.ts. */
export interface Timeouts {
  readonly connectMs: number
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
  #timer: ReusedTimer | undefined
  #expired: Failure | undefined
  #isCommitted = false
  #isDone = false
  /** Since when the next piece is waited for; undefined while a piece is on its way to the client. */
  #listeningSince: number | undefined

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
    this.#startTimer(firstEventMs, () => this.#expire({ code: 'sent-nothing', who, ms: firstEventMs }))
  }

  /** The first content is here, or the answer has ended without any: from now on silence is what is measured. */
  committed(): void {
    if (this.#isDone) return
    this.#isCommitted = true
    this.#watchSilence(this.#timeouts.silenceMs)
  }

  /** A piece is on its way to the client, which may take its time: that is no silence of the provider. */
  handingOver(): void {
    this.#listeningSince = undefined
  }

  /** The next piece is asked for. Only noted: to set a timer anew for every piece costs more than reading it. */
  listening(): void {
    if (!this.#isCommitted) return
    this.#listeningSince = this.#now()
    if (this.#listeningSince - this.#receivedAt > this.#timeouts.wholeMs) this.#expire({ code: 'still-answering', who: this.#who, ms: this.#timeouts.wholeMs })
  }

  /** Looks when a silence may have grown too long, and again when the rest of it may be over. */
  #watchSilence(afterMs: number): void {
    const { silenceMs } = this.#timeouts
    this.#startTimer(afterMs, () => {
      // what nobody reads any more has nobody who says that it is done
      if (this.departure.isGone) return
      const since = this.#listeningSince
      const quietMs = since === undefined ? 0 : this.#now() - since
      if (quietMs < silenceMs) return this.#watchSilence(silenceMs - quietMs)
      // It may be us who were held up, by a busy machine or its sleep: what has arrived since is read before the next check phase of the loop.
      setImmediate(() => {
        if (this.#isDone) return
        if (this.#listeningSince === since) this.#expire({ code: 'fell-silent', who: this.#who, ms: silenceMs })
        else this.#watchSilence(silenceMs)
      })
    })
  }

  #startTimer(ms: number, then: () => void): void {
    this.#stopTimer()
    this.#timer = ReusedTimer.start(ms, then)
  }

  #stopTimer(): void {
    this.#timer?.stop()
    this.#timer = undefined
  }

  #expire(said: AttemptFailure): void {
    this.#expired ??= new Failure('timeout', said)
    this.departure.leave()
  }

  /** What `thrown` was really about: the deadline or the client's leaving show up below as an aborted connection. */
  explain(thrown: unknown): Failure {
    if (this.#client.isGone) return goneBecause(this.#client)
    return this.#expired ?? Failure.from(thrown)
  }

  done(): void {
    this.#isDone = true
    this.#stopTimer()
    this.#client.off(this.#onClientGone)
  }
}

/** Why a client is gone: it left, unless whoever made it leave said otherwise (a shutdown, which the client is told). */
export function goneBecause(client: Departure): Failure {
  return client.reason instanceof Failure ? client.reason : new Failure('cancelled', { code: 'caller-gone' })
}
