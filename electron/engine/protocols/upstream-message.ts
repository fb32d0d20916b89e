/** What a provider says when it refuses: its sentence made fit to show, and how long it asks us to wait. */
import { numberOf } from './json.ts'

type Headers = Readonly<Record<string, string | undefined>>

/** Enough for every sentence seen; a proxy's page or an echoed prompt is longer. */
const MESSAGE_LIMIT_CHARACTERS = 500

/** Key shapes: a known prefix and what follows it, a bearer token, and any long run that mixes letters and digits. */
const KEY_SHAPES = [
  /\b(?:sk|rk|pk|gsk|xai|pplx|hf|fw|csk|nvapi|tgp|key|r8)[-_][A-Za-z0-9_*-]{4,}/g,
  /\bAIza[A-Za-z0-9_-]{8,}/g,
  /\bBearer\s+[^\s"',]+/gi,
  /\b(?=[A-Za-z_]*[0-9])(?=[0-9_]*[A-Za-z])[A-Za-z0-9_]{32,}\b/g,
]

/** What steers a terminal, and what turns the direction of a text round, so that it reads as something else (https://trojansource.codes). */
const STEERING = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** A provider's sentence without anything that looks like a key or steers whatever shows it, on one line and at most 500 characters long. */
export function presentable(message: string): string {
  let text = message.replace(/\s+/g, ' ').replace(STEERING, '').trim()
  for (const shape of KEY_SHAPES) text = text.replace(shape, '[hidden]')
  return text.length <= MESSAGE_LIMIT_CHARACTERS ? text : `${text.slice(0, MESSAGE_LIMIT_CHARACTERS - 1)}…`
}

/** Whether a body is a page of some proxy and not an answer of an API. */
export function isHtml(body: string): boolean {
  return /^\s*(?:<!doctype|<html|<head|<body|<\?xml|<center|<h1)/i.test(body)
}

/**
 * Seconds to wait before the next try, out of `retry-after-ms`, `retry-after` (seconds, or an HTTP date set against the answer's own `date`, so
 * no clock is needed) and the `x-ratelimit-*` headers of whichever limit is used up. undefined when the provider does not say.
 */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const inMs = numberOf(headers['retry-after-ms'])
  if (inMs !== undefined && inMs >= 0) return inMs / 1000
  const retryAfter = headers['retry-after']
  if (retryAfter !== undefined) {
    const seconds = numberOf(retryAfter) ?? secondsBetween(headers.date, Date.parse(retryAfter)) ?? parseDuration(retryAfter)
    if (seconds !== undefined && seconds >= 0) return seconds
  }
  return resetOfUsedUpLimit(headers)
}

/** OpenAI, Groq and Azure say "6m0s", OpenRouter a moment in milliseconds since the epoch. */
function resetOfUsedUpLimit(headers: Headers): number | undefined {
  let longest: number | undefined
  for (const suffix of ['', '-requests', '-tokens']) {
    if (numberOf(headers[`x-ratelimit-remaining${suffix}`]) !== 0) continue
    const reset = headers[`x-ratelimit-reset${suffix}`]
    if (reset === undefined) continue
    const moment = numberOf(reset)
    const seconds = moment !== undefined && moment > 1e12 ? secondsBetween(headers.date, moment) : (moment ?? parseDuration(reset))
    if (seconds !== undefined && seconds >= 0) longest = Math.max(longest ?? 0, seconds)
  }
  return longest
}

function secondsBetween(from: string | undefined, untilMs: number): number | undefined {
  const fromMs = from === undefined ? Number.NaN : Date.parse(from)
  if (Number.isNaN(fromMs) || Number.isNaN(untilMs)) return undefined
  return Math.max(0, (untilMs - fromMs) / 1000)
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }

/** "6m0s", "120ms", "1h2m", "34.4s" in seconds; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) return undefined
  let seconds = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) seconds += Number(amount) * (UNIT_SECONDS[unit ?? ''] ?? 0)
  return seconds
}
