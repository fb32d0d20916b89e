/** What is asked of others, with nobody's key. */
import type { FindingOf } from '../../../shared/doctor.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import { readAll } from '../attempt/pulled-body.ts'
import type { Send } from '../attempt/send.ts'
import { Departure } from '../departure.ts'
import type { ProviderDefinition } from '../providers/define.ts'

/** Signatures of AWS are void beyond five minutes; tokens of Google and others at about one. */
const CLOCK_TOLERANCE_MS = 60_000
const TIME_LIMIT_MS = 8_000
const BODY_LIMIT_BYTES = 16 * 1024 * 1024

/** A provider that there is a key for, and where it is. */
export interface Reached {
  readonly provider: Pick<ProviderDefinition, 'name' | 'validatePath' | 'within'>
  readonly baseUrl: string
}

/** By the `date` of a server's answer, whatever it answers: RFC 9110 6.6.1. Half of the time on the way is taken off. */
export async function checkClock(url: string | undefined, send: Send, now: () => number): Promise<FindingOf<'clock'>> {
  if (url === undefined) return { of: 'clock', is: 'unknown', by: undefined }
  const by = new URL(url).host
  try {
    const asked = now()
    const answer = await send({ method: 'GET', url, headers: { accept: '*/*' }, body: undefined }, Departure.of(AbortSignal.timeout(TIME_LIMIT_MS)))
    const at = (asked + now()) / 2
    // leaving at once closes the connection: of the body nothing is wanted
    for await (const _ of answer.body) break
    const told = Date.parse(answer.headers.date ?? '')
    if (Number.isNaN(told)) return { of: 'clock', is: 'unknown', by }
    // it is told in whole seconds
    const aheadMs = Math.round(at - told - 500)
    return { of: 'clock', is: Math.abs(aheadMs) > CLOCK_TOLERANCE_MS ? 'warn' : 'ok', aheadMs, by }
  } catch {
    // offline, or the server is down: reaching it is a check of its own
    return { of: 'clock', is: 'unknown', by }
  }
}

/** Any answer will do, a refusal included: nothing is signed in for. */
export async function checkReach({ provider, baseUrl }: Reached, send: Send): Promise<FindingOf<'reach'>> {
  const { name, validatePath, within } = provider
  const began = performance.now()
  try {
    const request = { method: 'GET' as const, url: baseUrl + validatePath, headers: { accept: 'application/json' }, body: undefined }
    const answer = await send(within === undefined ? request : { ...request, within }, Departure.of(AbortSignal.timeout(TIME_LIMIT_MS)))
    await readAll(answer.body, BODY_LIMIT_BYTES)
    return { of: 'reach', is: 'ok', provider: name, status: answer.status, ms: Math.round(performance.now() - began) }
  } catch (thrown) {
    return { of: 'reach', is: 'bad', provider: name, why: saidBy(thrown) }
  }
}
