/**
 * Limits that an answer says are used up, so that the next request is not sent into a refusal. Spellings: OpenAI, Groq, Azure, Mistral, OpenRouter and
 * others `x-ratelimit-remaining[-requests|-tokens]` with `-reset-` as "6m0s", seconds, or milliseconds since the epoch; Anthropic
 * `anthropic-ratelimit-<what>-remaining` with `-reset` as RFC 3339; Cerebras with `-day` and `-minute` behind.
 */
import { numberOf } from './json.ts'
import { parseDuration } from './upstream-message.ts'

type Headers = Readonly<Record<string, string | undefined>>

const COMMON = ['', '-requests', '-tokens', '-requests-day', '-requests-minute', '-tokens-minute', '-tokens-day'].map((what) => ({
  remaining: `x-ratelimit-remaining${what}`,
  reset: `x-ratelimit-reset${what}`,
}))
const ANTHROPIC = ['requests', 'tokens', 'input-tokens', 'output-tokens'].map((what) => ({
  remaining: `anthropic-ratelimit-${what}-remaining`,
  reset: `anthropic-ratelimit-${what}-reset`,
}))
const ALL = [...COMMON, ...ANTHROPIC]

/** Seconds until the last of the limits that are used up starts anew; undefined: none is, or nobody says when. */
export function usedUpForSeconds(headers: Headers, now: number): number | undefined {
  let longest: number | undefined
  for (const { remaining, reset } of ALL) {
    const left = headers[remaining]
    if (left === undefined || numberOf(left) !== 0) continue
    const seconds = secondsUntil(headers[reset], headers.date, now)
    if (seconds !== undefined && seconds > (longest ?? 0)) longest = seconds
  }
  return longest
}

/** Moments are meant by the provider's own clock, which its `date` shows. */
function secondsUntil(reset: string | undefined, date: string | undefined, now: number): number | undefined {
  if (reset === undefined) return undefined
  const said = Date.parse(date ?? '')
  const theirs = Number.isNaN(said) ? now : said
  const number = numberOf(reset)
  // a moment in seconds or milliseconds since the epoch; anything smaller is a span of seconds
  if (number !== undefined) return number > 1e12 ? (number - theirs) / 1000 : number > 1e9 ? number - theirs / 1000 : number
  const span = parseDuration(reset)
  if (span !== undefined) return span
  const moment = Date.parse(reset)
  return Number.isNaN(moment) ? undefined : (moment - theirs) / 1000
}
