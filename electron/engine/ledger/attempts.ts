import type { Failure } from '../../../shared/failure.ts'
import type { NanoUsd } from '../../../shared/money.ts'
import type { Attempt, Candidate } from '../../../shared/routing.ts'

/** The attempts of one request, each in the phase it has reached. */
export class Attempts {
  readonly #now: () => number
  readonly #list: Attempt[] = []

  constructor(now: () => number) {
    this.#now = now
  }

  get list(): readonly Attempt[] {
    return [...this.#list]
  }

  /** How many there were so far. */
  get count(): number {
    return this.#list.length
  }

  begin(
    candidate: Candidate,
    how: { readonly again: boolean; readonly hedge: boolean; readonly formerKey?: boolean },
  ): { commit: () => void; fail: (failure: Failure, cost?: NanoUsd) => void } {
    const place = this.#list.length
    const base: AttemptBase = {
      endpoint: candidate.endpoint.id,
      credential: candidate.credential,
      startedAt: this.#now(),
      ...(how.again && { again: true }),
      ...(how.hedge && { hedge: true }),
      ...(how.formerKey && { formerKey: true }),
    }
    this.#list.push({ ...base, phase: 'waiting' })
    return {
      commit: () => {
        this.#list[place] = { ...base, phase: 'committed', firstEventMs: this.#now() - base.startedAt }
      },
      fail: (failure, cost) => {
        const afterMs = this.#now() - base.startedAt
        const known = cost === undefined ? base : { ...base, estimatedCost: cost }
        this.#list[place] =
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
      },
    }
  }

  /** The one that was committed last, for who may have to set its answer aside. */
  committed(): { setAside(facts: NonNullable<Attempt['setAside']>): void } {
    const place = this.#list.findLastIndex(({ phase }) => phase === 'committed')
    return {
      setAside: (setAside) => {
        const attempt = this.#list[place]
        if (attempt?.phase !== 'committed') return
        this.#list[place] = {
          ...base(attempt),
          setAside,
          phase: 'done',
          firstEventMs: attempt.firstEventMs,
          totalMs: this.#now() - attempt.startedAt,
          finish: 'stop',
        }
      },
    }
  }

  finish(finish: Extract<Attempt, { phase: 'done' }>['finish']): void {
    this.#replaceCommitted((attempt, totalMs) => ({ ...base(attempt), phase: 'done', firstEventMs: attempt.firstEventMs, totalMs, finish }))
  }

  end(failure: Failure): void {
    this.#replaceCommitted((attempt, totalMs) =>
      failure.kind === 'cancelled'
        ? { ...base(attempt), phase: 'left', firstEventMs: attempt.firstEventMs, afterMs: totalMs }
        : { ...base(attempt), phase: 'broken', firstEventMs: attempt.firstEventMs, totalMs, kind: failure.kind, ...failure.told },
    )
  }

  #replaceCommitted(next: (attempt: Extract<Attempt, { phase: 'committed' }>, totalMs: number) => Attempt): void {
    const place = this.#list.findLastIndex(({ phase }) => phase === 'committed')
    const last = this.#list[place]
    if (last?.phase === 'committed') this.#list[place] = next(last, this.#now() - last.startedAt)
  }
}

type AttemptBase = Pick<Attempt, 'endpoint' | 'credential' | 'startedAt' | 'again' | 'hedge' | 'formerKey' | 'estimatedCost'>

function base({ endpoint, credential, startedAt, again, hedge, formerKey }: Attempt): AttemptBase {
  return { endpoint, credential, startedAt, ...(again && { again }), ...(hedge && { hedge }), ...(formerKey && { formerKey }) }
}
