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
  readonly #startedAt: number
  readonly #now: () => number
  readonly #onClientGone = (): void => this.departure.leave()
  #timer: NodeJS.Timeout
  #expired: Failure | undefined
  /** When the last piece came; undefined before the first content. */
  #heardAt: number | undefined

  constructor(client: Departure, timeouts: Timeouts, who: string, now: () => number) {
    this.#client = client
    this.#timeouts = timeouts
    this.#who = who
    this.#now = now
    this.#startedAt = now()
    if (client.isGone) this.departure.leave()
    else client.on(this.#onClientGone)
    const firstEventMs = Math.min(timeouts.firstEventMs, timeouts.wholeMs)
    this.#timer = setTimeout(() => this.#expire(`${who} sent nothing within ${firstEventMs} ms.`), firstEventMs)
  }

  /** The first content is here: from now on silence is what is measured. */
  committed(): void {
    this.#heardAt = this.#now()
    this.#watchSilence(this.#heardAt)
  }

  /** Something arrived; before the first content that counts for nothing. Only noted: to set a timer anew for every piece costs more than reading it. */
  heard(): void {
    if (this.#heardAt === undefined) return
    this.#heardAt = this.#now()
    if (this.#heardAt - this.#startedAt > this.#timeouts.wholeMs) this.#expire(`${this.#who} was still answering after ${this.#timeouts.wholeMs} ms.`)
  }

  /** Looks at the end of the silence that may have begun at `since`, and goes on from whatever was heard meanwhile. */
  #watchSilence(since: number): void {
    const { silenceMs } = this.#timeouts
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => {
        const heardAt = this.#heardAt ?? since
        if (heardAt > since) this.#watchSilence(heardAt)
        else this.#expire(`${this.#who} fell silent for ${silenceMs} ms in the middle of its answer.`)
      },
      Math.min(silenceMs, Math.max(0, since + silenceMs - this.#now())),
    )
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
