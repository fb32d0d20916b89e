/**
 * One upstream call that several requests may share. Each reader gets the answer from its first byte, at its own speed; whoever is furthest asks for more, so
 * nobody waits for a slow one. The provider's connection is closed when the last reader has left, or some time after that.
 *
 * What has come is kept until the end, so that a slow or late reader costs no memory of its own: `HELD_BYTES` a call at most. A longer answer takes no
 * new readers from there on, what all have read is let go, and a reader who falls further behind than that is told so and cut off.
 */
import type { ChatEvent, Tokens, UsageExtras } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { Ms } from '../../../shared/ids.ts'
import { goneBecause } from '../attempt/deadline.ts'
import { Departure } from '../departure.ts'
import type { Account } from '../ledger/account.ts'
import type { SharedCall } from '../ledger/charge.ts'
import type { Answer, ChatRequest, Frame } from '../request.ts'

export const HELD_BYTES = 8 * 1024 * 1024
/** A frame, its events and their objects, beside its bytes and texts. */
const FRAME_BYTES = 300

const NOTHING_USED: Tokens = {}

type State = { readonly is: 'running' } | { readonly is: 'ended' } | { readonly is: 'broken'; readonly failure: Failure }

export interface FlightOptions {
  readonly keepRunningMs: () => Ms
  /** The whole answer has passed, or it never will. Called once. */
  readonly onEnd: (complete: boolean) => void
  /** Every event, once, whoever reads. */
  readonly onEvents: (events: readonly ChatEvent[]) => void
  readonly heldBytes?: number
}

export class Flight implements SharedCall {
  readonly request: ChatRequest
  readonly leader: Account
  readonly #options: FlightOptions
  readonly #departure = new Departure()
  readonly #readers = new Map<Account, Reader>()
  readonly #answer: Promise<Answer>
  #source: AsyncIterator<Frame> | undefined
  #frames: Frame[] = []
  /** How many frames were let go before `#frames`. */
  #gone = 0
  #bytes = 0
  #state: State = { is: 'running' }
  #pulling = false
  #payer: Account
  #tokens: Tokens | undefined
  #extras: UsageExtras | undefined
  #grace: NodeJS.Timeout | undefined
  /** Clients that left before the end. */
  #lost = 0

  /** @param ask makes the upstream call for a request whose client never leaves by itself */
  constructor(request: ChatRequest, leader: Account, ask: (request: ChatRequest) => Promise<Answer>, options: FlightOptions) {
    this.request = request
    this.leader = leader
    this.#payer = leader
    this.#options = options
    this.#answer = ask({ ...request, incoming: { ...request.incoming, departure: this.#departure } }).then((answer) => this.#commit(answer))
    this.#answer.catch((thrown: unknown) => this.#end({ is: 'broken', failure: Failure.from(thrown) }))
  }

  #commit(answer: Answer): Answer {
    if (this.#state.is !== 'running') {
      // it came after everybody had left
      void answer.frames[Symbol.asyncIterator]().return?.()
      this.#end(this.#state)
      return answer
    }
    if (answer.whole !== undefined) {
      this.#see(answer.whole.events)
      this.#end({ is: 'ended' })
      return answer
    }
    this.#source = answer.frames[Symbol.asyncIterator]()
    for (const frame of answer.held) this.#hold(frame)
    if (this.#readers.size === 0) this.#pull()
    return answer
  }

  get isRunning(): boolean {
    return this.#state.is === 'running'
  }

  /** Whether there is an answer that a client which was cut off may have. */
  get mayRejoin(): boolean {
    return this.#lost > 0 && this.#state.is === 'ended' && this.#gone === 0
  }

  get mayJoin(): boolean {
    return this.#gone === 0 && this.#state.is === 'running' && !this.#departure.isGone
  }

  pays(account: Account): boolean {
    return this.#payer === account
  }

  get tokens(): Tokens | undefined {
    return this.#tokens
  }

  get extras(): UsageExtras | undefined {
    return this.#extras
  }

  /** One more client. Resolves with the answer once it is certain. @throws Failure what the call failed with, or 'cancelled' when this client leaves */
  async join(request: ChatRequest, account: Account): Promise<Answer> {
    if (this.#state.is === 'ended') this.#lost--
    clearTimeout(this.#grace)
    this.#grace = undefined
    const { departure } = request.incoming
    const reader = new Reader(this, account, departure)
    this.#readers.set(account, reader)
    const answer = await reader.orGone(this.#answer)
    return { ...answer, relay: answer.relay && isAnsweredAlike(this.request, request), held: [], frames: { [Symbol.asyncIterator]: () => reader } }
  }

  /** @internal The frame at a place, or how it ended; undefined: it is still to come. */
  at(place: number): Frame | Exclude<State, { is: 'running' }> | 'too-late' | undefined {
    if (place < this.#gone) return 'too-late'
    const frame = this.#frames[place - this.#gone]
    if (frame !== undefined) return frame
    return this.#state.is === 'running' ? undefined : this.#state
  }

  /** @internal */
  wanted(): void {
    this.#pull()
  }

  /** @internal A reader is done, or gone before the end. */
  left(reader: Reader, reason: unknown): void {
    if (this.#readers.get(reader.account) !== reader) return
    this.#readers.delete(reader.account)
    if (!reader.isDone) this.#lost++
    if (this.#state.is !== 'running') return
    const [next] = this.#readers.keys()
    if (next !== undefined) {
      if (this.#payer === reader.account) this.#payer = next
      this.#letGo()
      return
    }
    const keepRunningMs = reason instanceof Failure ? 0 : this.#options.keepRunningMs()
    if (keepRunningMs === 0) {
      this.cancel(reason)
      return
    }
    this.#grace = setTimeout(() => this.cancel(undefined), keepRunningMs)
    this.#grace.unref()
    this.#pull()
  }

  /** Closes the provider's connection. */
  cancel(reason: unknown): void {
    clearTimeout(this.#grace)
    if (this.#state.is !== 'running') return
    this.#departure.leave(reason)
    void this.#source?.return?.()
    this.#end({ is: 'broken', failure: goneBecause(this.#departure) })
  }

  #hold(frame: Frame): void {
    this.#see(frame.events)
    this.#frames.push(frame)
    this.#bytes += bytesOf(frame)
    this.#letGo()
  }

  /** Beyond the bound: what everybody has read first, and then what only the slowest wait for. */
  #letGo(): void {
    const most = this.#options.heldBytes ?? HELD_BYTES
    if (this.#gone === 0 && this.#bytes <= most) return
    let slowest = Number.POSITIVE_INFINITY
    for (const reader of this.#readers.values()) slowest = Math.min(slowest, reader.place)
    let count = 0
    for (const frame of this.#frames) {
      if (this.#gone + count >= slowest && this.#bytes <= most) break
      this.#bytes -= bytesOf(frame)
      count++
    }
    // the newest is what the furthest are about to read
    if (count === this.#frames.length && count > 0 && this.#gone + count > slowest) {
      count--
      this.#bytes += bytesOf(this.#frames[count] as Frame)
    }
    this.#frames.splice(0, count)
    this.#gone += count
  }

  #see(events: readonly ChatEvent[]): void {
    for (const event of events) {
      if (event.type !== 'usage') continue
      this.#tokens = event.tokens
      this.#extras = event.extras ?? this.#extras
    }
    this.#options.onEvents(events)
  }

  #pull(): void {
    const source = this.#source
    if (this.#pulling || source === undefined || this.#state.is !== 'running') return
    this.#pulling = true
    source.next().then(
      (next) => {
        this.#pulling = false
        if (this.#state.is !== 'running') return
        if (next.done === true) return this.#end({ is: 'ended' })
        this.#hold(next.value)
        this.#wake()
        // nobody asks while nobody is there
        if (this.#readers.size === 0) this.#pull()
      },
      (thrown: unknown) => {
        this.#pulling = false
        this.#end({ is: 'broken', failure: Failure.from(thrown) })
      },
    )
  }

  /** More than once where the call was cancelled before there was an answer: only when it has given up has all of it ended. */
  #end(state: Exclude<State, { is: 'running' }>): void {
    const wasRunning = this.#state.is === 'running'
    if (wasRunning) {
      this.#state = state
      clearTimeout(this.#grace)
      this.#payer.paysLate(state.is === 'ended')
    }
    this.leader.callEnded(state.is === 'broken' ? state.failure : undefined, this.#tokens ?? NOTHING_USED)
    if (!wasRunning) return
    this.#options.onEnd(state.is === 'ended')
    this.#wake()
  }

  #wake(): void {
    for (const reader of this.#readers.values()) reader.wake()
  }
}

/** Untouched bytes are for clients that would have got the very same ones. */
function isAnsweredAlike(one: ChatRequest, other: ChatRequest): boolean {
  return (
    one.wire.codec.id === other.wire.codec.id &&
    one.view.stream === other.view.stream &&
    one.view.wantsUsage === other.view.wantsUsage &&
    one.view.model === other.view.model &&
    one.incoming.framing === other.incoming.framing
  )
}

function bytesOf({ wire, events }: Frame): number {
  let bytes = FRAME_BYTES + wire.byteLength
  for (const event of events) {
    if ('text' in event) bytes += 2 * event.text.length
    else if (event.type === 'tool-call-delta') bytes += 2 * event.arguments.length
  }
  return bytes
}

class Reader implements AsyncIterator<Frame> {
  readonly account: Account
  readonly #flight: Flight
  readonly #departure: Departure
  readonly #onLeave = (): void => this.#end(this.#departure.reason)
  #waiting: { readonly resolve: (result: IteratorResult<Frame>) => void; readonly reject: (failure: Failure) => void } | undefined
  #gone: ((failure: Failure) => void) | undefined
  place = 0
  isDone = false

  constructor(flight: Flight, account: Account, departure: Departure) {
    this.account = account
    this.#flight = flight
    this.#departure = departure
    departure.on(this.#onLeave)
    if (departure.isGone) queueMicrotask(this.#onLeave)
  }

  /** `answer`, unless this client leaves first. */
  orGone(answer: Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#gone = reject
      answer.then(
        (value) => {
          this.#gone = undefined
          // an answer in one piece is read with that
          if (value.whole !== undefined) this.#finish()
          resolve(value)
        },
        (thrown: unknown) => {
          this.#finish()
          reject(thrown)
        },
      )
    })
  }

  next(): Promise<IteratorResult<Frame>> {
    if (this.#departure.isGone) return Promise.reject(goneBecause(this.#departure))
    const ready = this.#ready()
    if (ready !== undefined) return ready
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#flight.wanted()
    })
  }

  #ready(): Promise<IteratorResult<Frame>> | undefined {
    const found = this.#flight.at(this.place)
    if (found === undefined) return undefined
    if (found === 'too-late') {
      this.#end(undefined)
      return Promise.reject(new Failure('stream-broken', TOO_SLOW))
    }
    if (!('is' in found)) {
      this.place++
      return Promise.resolve({ done: false, value: found })
    }
    this.#finish()
    return found.is === 'ended' ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(found.failure)
  }

  wake(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    const ready = this.#ready()
    if (ready === undefined) return
    this.#waiting = undefined
    ready.then(waiting.resolve, waiting.reject)
  }

  return(): Promise<IteratorResult<Frame>> {
    this.#end(undefined)
    return Promise.resolve({ done: true, value: undefined })
  }

  #finish(): void {
    this.isDone = true
    this.#end(undefined)
  }

  #end(reason: unknown): void {
    this.#departure.off(this.#onLeave)
    this.#flight.left(this, reason)
    if (!this.#departure.isGone) return
    const failure = goneBecause(this.#departure)
    this.#waiting?.reject(failure)
    this.#waiting = undefined
    this.#gone?.(failure)
    this.#gone = undefined
  }
}

const TOO_SLOW = 'This client read so much slower than others of the same request that what it had not read could not be kept any longer.'
