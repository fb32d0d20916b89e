import type { Failure } from '../../../shared/failure.ts'
import type { NanoUsd } from '../../../shared/money.ts'
import type { Attempt, Candidate } from '../../../shared/routing.ts'

type Committed = Extract<Attempt, { phase: 'committed' }>

/** The attempts of one request, each in the phase it has reached. */
export class Attempts {
  readonly #now: () => number
  readonly #list: Attempt[] = []

  constructor(now: () => number) {
    this.#now = now
  }

  get list(): readonly Attempt[] {
    return this.#list.slice()
  }

  /** How many there were so far. */
  get count(): number {
    return this.#list.length
  }

  begin(candidate: Candidate, how: { readonly again: boolean; readonly hedge: boolean; readonly formerKey?: boolean }): RunningAttempt {
    const { again, hedge, formerKey } = how
    const plain: AttemptBase = { endpoint: candidate.endpoint.id, credential: candidate.credential, startedAt: this.#now() }
    const base: AttemptBase =
      again || hedge || formerKey ? { ...plain, ...(again && { again: true }), ...(hedge && { hedge: true }), ...(formerKey && { formerKey: true }) } : plain
    return new RunningAttempt(this.#list, base, this.#now)
  }

  /** The one that was committed last, for who may have to set its answer aside. */
  committed(): { setAside(facts: NonNullable<Attempt['setAside']>): void } {
    const place = this.#lastCommitted()
    return {
      setAside: (setAside) => {
        const attempt = this.#list[place]
        if (attempt?.phase === 'committed') this.#list[place] = { ...attempt, setAside, phase: 'done', totalMs: this.#lasted(attempt), finish: 'stop' }
      },
    }
  }

  finish(finish: Extract<Attempt, { phase: 'done' }>['finish']): void {
    const place = this.#lastCommitted()
    const attempt = this.#list[place]
    if (attempt?.phase === 'committed') this.#list[place] = { ...attempt, phase: 'done', totalMs: this.#lasted(attempt), finish }
  }

  end(failure: Failure): void {
    const place = this.#lastCommitted()
    const attempt = this.#list[place]
    if (attempt?.phase !== 'committed') return
    const lasted = this.#lasted(attempt)
    this.#list[place] =
      failure.kind === 'cancelled'
        ? { ...attempt, phase: 'left', afterMs: lasted }
        : { ...attempt, phase: 'broken', totalMs: lasted, kind: failure.kind, ...failure.told }
  }

  #lasted({ startedAt }: Committed): number {
    return this.#now() - startedAt
  }

  /** -1: there is none. */
  #lastCommitted(): number {
    let place = this.#list.length - 1
    while (place >= 0 && this.#list[place]?.phase !== 'committed') place--
    return place
  }
}

type AttemptBase = Pick<Attempt, 'endpoint' | 'credential' | 'startedAt' | 'again' | 'hedge' | 'formerKey'>

/** One that waits for its answer, until it is told that the answer begins, or that there will be none. */
class RunningAttempt {
  readonly #list: Attempt[]
  readonly #place: number
  readonly #base: AttemptBase
  readonly #now: () => number

  constructor(list: Attempt[], base: AttemptBase, now: () => number) {
    this.#list = list
    this.#place = list.length
    this.#base = base
    this.#now = now
    list.push({ ...base, phase: 'waiting' })
  }

  commit(): void {
    this.#list[this.#place] = { ...this.#base, phase: 'committed', firstEventMs: this.#now() - this.#base.startedAt }
  }

  /** @param cost of the request, where the provider may charge it all the same */
  fail(failure: Failure, cost?: NanoUsd): void {
    const afterMs = this.#now() - this.#base.startedAt
    const known = cost === undefined ? this.#base : { ...this.#base, estimatedCost: cost }
    this.#list[this.#place] =
      failure.kind === 'cancelled'
        ? { ...known, phase: 'left', afterMs }
        : {
            ...known,
            phase: 'failed',
            kind: failure.kind,
            ...failure.told,
            afterMs,
            ...(failure.upstreamStatus !== undefined && { upstreamStatus: failure.upstreamStatus }),
          }
  }
}
