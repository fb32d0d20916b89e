import { Failure } from '../../shared/failure.ts'
import { inBand } from './attempt/failover.ts'
import type { Account } from './ledger/account.ts'
import { upstreamFormats } from './protocols/codecs.ts'
import type { Answer, Frame } from './request.ts'

const OVER: IteratorResult<never> = { done: true, value: undefined }

/**
 * Watches every frame of a streamed answer on its way to whoever shows it, and settles the account when it ends, breaks or is left.
 * After the first content a failure is no exception any more: `onBroken` may write it in band.
 */
export function watched<Out>(
  answer: Answer,
  account: Account,
  show: (frame: Frame) => readonly Out[],
  end: () => readonly Out[],
  onBroken: (failure: Failure) => readonly Out[],
): AsyncIterableIterator<Out> {
  return new Watched(answer, account, { show, end, onBroken })
}

interface Showing<Out> {
  readonly show: (frame: Frame) => readonly Out[]
  readonly end: () => readonly Out[]
  readonly onBroken: (failure: Failure) => readonly Out[]
}

/** Not a generator, for one costs more for each piece than all that is done with it here. */
class Watched<Out> implements AsyncIterableIterator<Out> {
  readonly #answer: Answer
  readonly #account: Account
  readonly #showing: Showing<Out>
  readonly #held: readonly Frame[]
  readonly #rest: AsyncIterator<Frame>
  #seen = 0
  /** What is shown of the frame that came last, and how much of it has been handed over. */
  #pieces: readonly Out[] = []
  #given = 0
  /** No frame comes any more; the account is settled, or will be once the last pieces have been handed over. */
  #isOver = false
  #isComplete = false

  constructor(answer: Answer, account: Account, showing: Showing<Out>) {
    this.#answer = answer
    this.#account = account
    this.#showing = showing
    this.#held = answer.whole === undefined ? answer.held : [answer.whole]
    this.#rest = answer.frames[Symbol.asyncIterator]()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<Out>> {
    for (;;) {
      if (this.#given < this.#pieces.length) return { done: false, value: this.#pieces[this.#given++] as Out }
      if (this.#isOver) return this.#done()
      try {
        const held = this.#held[this.#seen]
        if (held !== undefined) {
          this.#seen++
          this.#see(held)
        } else if (this.#account.inBandError !== undefined) this.#breakInBand(this.#account.inBandError)
        else {
          const next = await this.#rest.next()
          if (next.done !== true) this.#see(next.value)
          else {
            this.#isOver = true
            this.#hand(this.#showing.end())
            this.#isComplete = true
          }
        }
      } catch (thrown) {
        this.#isOver = true
        const failure = Failure.from(thrown)
        this.#hand(failure.kind === 'cancelled' ? [] : this.#showing.onBroken(failure))
        // after the words, for the row keeps what was told
        void this.#account.fail(failure, 200)
      }
    }
  }

  /** Whoever shows the answer has left. */
  async return(): Promise<IteratorResult<Out>> {
    this.#pieces = []
    const wasOver = this.#isOver
    this.#isOver = true
    await this.#rest.return?.()
    if (!wasOver) void this.#account.fail(new Failure('cancelled', { code: 'caller-gone-midway' }), 200)
    else if (this.#isComplete) this.#succeed()
    return OVER
  }

  #see(frame: Frame): void {
    this.#account.sees(frame.events)
    this.#hand(this.#showing.show(frame))
  }

  #hand(pieces: readonly Out[]): void {
    this.#pieces = pieces
    this.#given = 0
  }

  #breakInBand(error: NonNullable<Account['inBandError']>): void {
    this.#isOver = true
    const failure = inBand(error, upstreamFormats[this.#answer.candidate.endpoint.protocol])
    // a relay has shown the provider's own words already
    this.#hand(this.#answer.relay ? [] : this.#showing.onBroken(failure))
    void this.#account.fail(failure, 200)
  }

  async #done(): Promise<IteratorResult<Out>> {
    if (this.#isComplete) this.#succeed()
    await this.#rest.return?.()
    return OVER
  }

  #succeed(): void {
    this.#isComplete = false
    void this.#account.succeed(200)
  }
}
