/** Asks some hits of the response cache again, after they have been given, and compares. What that costs has a ledger row of its own, like any request. */
import { Failure } from '../../shared/failure.ts'
import type { Settings } from '../../shared/settings.ts'
import { agree } from './cache/agreement.ts'
import type { GivenHit } from './cache/exact.ts'
import { textOf } from './cache/kept-answer.ts'
import type { SemanticTier } from './cache/semantic-tier.ts'
import type { CacheStore } from './cache/store.ts'
import { Departure } from './departure.ts'
import { Account } from './ledger/account.ts'
import { askProvider, type Stages } from './pipeline.ts'
import type { Incoming } from './request.ts'
import { watched } from './watched.ts'

export interface CheckFacts {
  readonly stages: () => Stages
  readonly settings: () => Pick<Settings['cache'], 'checkOneIn'>
  readonly store: Pick<CacheStore, 'checked'>
  readonly semantic: Pick<SemanticTier, 'checked'>
  /** 0 to 1, less than 1. */
  readonly random: () => number
}

/** Checks that run at a time: they are nobody's answer, so they must not crowd out any. */
const MOST_AT_ONCE = 2

export function hitChecker({ stages, settings, store, semantic, random }: CheckFacts): (hit: GivenHit) => void {
  let running = 0

  const check = async (hit: GivenHit): Promise<void> => {
    const { request, considered, key, kind } = hit
    const { turn: _kept, ...asked } = request
    const incoming: Incoming = { ...request.incoming, source: 'cache-check', departure: new Departure() }
    const account = new Account(stages(), incoming)
    account.calledBy(considered.caller)
    account.asks(request.view)
    account.open()
    let text = ''
    try {
      const answer = await askProvider({ ...asked, id: account.id, incoming, turn: undefined }, considered.caller, stages(), account)
      const pieces = watched(
        { ...answer, relay: false },
        account,
        ({ events }) => [textOf(events)],
        () => [],
        () => [],
      )
      for await (const piece of pieces) text += piece
    } catch (thrown) {
      const failure = Failure.from(thrown)
      void account.fail(failure, failure.rule.status)
      return
    }
    if (account.inBandError !== undefined || account.finish === undefined) return
    const agrees = agree(textOf(hit.answer.events), text)
    store.checked(request.id, agrees)
    if (kind === 'semantic') semantic.checked(key, considered.key.question, agrees, hit)
  }

  return (hit) => {
    const { checkOneIn } = settings()
    if (checkOneIn === 0 || running >= MOST_AT_ONCE || random() * checkOneIn >= 1) return
    running++
    // after the answer has gone out
    setImmediate(() => {
      const done = (): void => {
        running--
      }
      check(hit).then(done, done)
    })
  }
}
