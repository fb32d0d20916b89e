/**
 * What one request may take: its timeouts, attempts, seconds and dollars. The settings say it, and headers of the request may say otherwise, by our names
 * or by those of other gateways whose clients people bring along.
 */
import type { ChatView } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import type { Timeouts } from './deadline.ts'

type Headers = Readonly<Record<string, string | undefined>>

export interface TimeoutSettings extends Timeouts {
  readonly reasoningFirstEventMs: number
  readonly reasoningSilenceMs: number
}

export interface AttemptSettings {
  readonly most: number
  readonly startWithinMs: number
  readonly waitMs: number
  readonly backoffMs: number
  /** USD; null: no limit. */
  readonly mostUsd: number | null
}

export interface RequestLimits extends AttemptSettings {
  /** Given by headers: they hold for every kind of model. */
  readonly timeouts: Partial<Timeouts>
  /** The client's library tries again by itself, so the same place is not tried twice here. */
  readonly clientRetries: boolean
}

/** What a number in a header stands for. */
type Meaning = 'connectMs' | 'firstEventMs' | 'silenceMs' | 'wholeMs' | 'most' | 'startWithinMs' | 'mostUsd'
interface Named {
  readonly header: string
  readonly means: (stream: boolean) => Meaning
  /** Turns the header's unit into ours. */
  readonly read: (value: number) => number
}

const same = (value: number): number => value
const seconds = (value: number): number => value * 1000
const named = (header: string, meaning: Meaning, read = same): Named => ({ header, means: () => meaning, read })

/** Later ones win over earlier ones, so our own names stand last. */
const NAMES: readonly Named[] = [
  // LiteLLM, seconds: https://docs.litellm.ai/docs/proxy/request_headers
  named('x-litellm-timeout', 'wholeMs', seconds),
  { header: 'x-litellm-stream-timeout', means: (stream) => (stream ? 'firstEventMs' : 'wholeMs'), read: seconds },
  { header: 'x-litellm-num-retries', means: () => 'most', read: (retries) => retries + 1 },
  // Portkey, milliseconds; a stream passes with its first chunk
  { header: 'x-portkey-request-timeout', means: (stream) => (stream ? 'firstEventMs' : 'wholeMs'), read: same },
  // Cloudflare, milliseconds until the first byte
  named('cf-aig-request-timeout', 'firstEventMs'),
  named('cf-aig-max-attempts', 'most'),
  named('x-switchyard-timeout-connect', 'connectMs'),
  named('x-switchyard-timeout-first-event', 'firstEventMs'),
  named('x-switchyard-timeout-silence', 'silenceMs'),
  named('x-switchyard-timeout-whole', 'wholeMs'),
  named('x-switchyard-max-attempts', 'most'),
  named('x-switchyard-max-seconds', 'startWithinMs', seconds),
  named('x-switchyard-max-cost', 'mostUsd'),
]

/** More attempts than these no header gets. */
const MOST_ATTEMPTS = 50

const NO_TIMEOUTS: Partial<Timeouts> = {}

/** What requests may take whose headers say nothing of it, which is nearly all of them: made once for each state of the settings. */
const usual = new WeakMap<AttemptSettings, RequestLimits>()

function usualLimits(settings: AttemptSettings): RequestLimits {
  let limits = usual.get(settings)
  if (limits === undefined) {
    limits = { ...settings, timeouts: NO_TIMEOUTS, clientRetries: false }
    usual.set(settings, limits)
  }
  return limits
}

/** @throws Failure 'bad-request' naming the header */
export function limitsOf(headers: Headers, stream: boolean, settings: AttemptSettings): RequestLimits {
  const clientRetries = headers['x-stainless-retry-count'] !== undefined
  let given: Partial<Record<Meaning, number>> | undefined
  for (const name of NAMES) {
    const text = headers[name.header]
    if (text === undefined) continue
    const value = Number(text)
    if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
      throw new Failure('bad-request', `The header ${name.header} must be a number of 0 or more, not '${text.slice(0, 40)}'.`, { param: name.header })
    }
    given ??= {}
    given[name.means(stream)] = name.read(value)
  }
  if (given === undefined) return clientRetries ? { ...settings, timeouts: NO_TIMEOUTS, clientRetries } : usualLimits(settings)
  const { most, startWithinMs, mostUsd, ...timeouts } = given
  return {
    ...settings,
    ...(most !== undefined && { most: Math.min(MOST_ATTEMPTS, Math.max(1, Math.floor(most))) }),
    ...(startWithinMs !== undefined && { startWithinMs }),
    ...(mostUsd !== undefined && { mostUsd }),
    timeouts,
    clientRetries,
  }
}

/** Models that think before they speak, by name, where nobody tells what a model can do. */
const THINKERS = /(?:^|[/.:-])(?:o[134](?:-|$)|gpt-5|gpt-oss|r1|reasoner|qwq|magistral)|thinking|reasoning/i

/** Models repeat, and names do not change what they are. */
const KNOWN_LIMIT = 1_000
const thinkers = new Map<string, boolean>()

function isThinker(model: string): boolean {
  const known = thinkers.get(model)
  if (known !== undefined) return known
  const found = THINKERS.test(model)
  if (thinkers.size >= KNOWN_LIMIT) thinkers.clear()
  thinkers.set(model, found)
  return found
}

/** The clocks of one attempt. Models that think before they speak are given longer. */
export function timeoutsFor(endpoint: Endpoint, view: Pick<ChatView, 'needs' | 'reasoning'>, limits: RequestLimits, settings: TimeoutSettings): Timeouts {
  const isThinking =
    view.reasoning?.effort !== 'none' && (view.needs.has('reasoning') || endpoint.can?.has('reasoning') === true || isThinker(endpoint.upstreamModel))
  if (!isThinking && limits.timeouts === NO_TIMEOUTS) return settings
  return {
    connectMs: settings.connectMs,
    firstEventMs: isThinking ? Math.max(settings.firstEventMs, settings.reasoningFirstEventMs) : settings.firstEventMs,
    silenceMs: isThinking ? Math.max(settings.silenceMs, settings.reasoningSilenceMs) : settings.silenceMs,
    wholeMs: settings.wholeMs,
    ...limits.timeouts,
  }
}
