/** What a client is told when none of its candidates has answered. */

import { Failure, type FailureKind } from '../../../shared/failure.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import type { RoutePlan } from '../../../shared/routing.ts'

/** Everything that could serve rests for longer than is waited: 429 when limits alone are the cause, else 503. */
export function allRest(plan: RoutePlan, causes: readonly ('limit' | 'failures')[], retryAfterSeconds: number): Failure {
  const kind = causes.every((cause) => cause === 'limit') ? 'rate-limited' : 'overloaded'
  return new Failure(kind, { code: 'all-rest', model: plan.requested, why: plan.passedOver }, { retryAfterSeconds })
}

/** What the person in front of the client can do something about comes first. */
const ACTIONABLE: readonly FailureKind[] = [
  'context-too-long',
  'content-policy',
  'out-of-credit',
  'credential-refused',
  'unsupported-parameter',
  'rate-limited',
  'model-missing',
  'overloaded',
  'timeout',
]

/** @param soonest seconds until one of the places may be asked again; undefined: that is not a matter of time */
export function mostActionable(failures: readonly Failure[], soonest: number | undefined): Failure {
  const rank = (failure: Failure): number => {
    const place = ACTIONABLE.indexOf(failure.kind)
    return place < 0 ? ACTIONABLE.length : place
  }
  const best = [...failures].sort((a, b) => rank(a) - rank(b))[0] as Failure
  const { param, code, upstreamStatus } = best
  const isLater = best.rule.status === 429 || best.rule.status === 503
  const wait = isLater ? (best.retryAfterSeconds ?? soonest) : undefined
  const retryAfterSeconds = wait === undefined ? undefined : Math.ceil(wait)
  const said = saidBy(best)
  return new Failure(best.kind, failures.length === 1 ? said : { code: 'of-several', said, count: failures.length, others: othersOf(failures, best) }, {
    ...(param !== undefined && { param }),
    ...(code !== undefined && { code }),
    ...(upstreamStatus !== undefined && { upstreamStatus }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    cause: best,
  })
}

function othersOf(failures: readonly Failure[], but: Failure): readonly FailureKind[] {
  return failures.flatMap((failure) => (failure === but ? [] : [failure.kind]))
}
