import { expect, it } from 'vitest'
import { usedUpForSeconds } from '../../../../../electron/engine/protocols/rate-limits.ts'

const now = Date.parse('2026-11-25T10:00:00Z')
const date = 'Wed, 25 Nov 2026 10:00:00 GMT'

// written from the documentation of each provider
const cases: readonly [string, Record<string, string>, number | undefined][] = [
  ['OpenAI, in a span', { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s' }, 360],
  ['OpenAI, in milliseconds', { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '120ms' }, 0.12],
  ['Groq, of two limits the longer', { ...both('0', '2s'), 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '7.66s' }, 7.66],
  ['what is left is no rest', both('1', '2s'), undefined],
  ['OpenRouter, a moment in milliseconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now + 9_000), date }, 9],
  ['a moment in seconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 8), date }, 8],
  ['bare seconds', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' }, 30],
  ['Cerebras, by the day', { 'x-ratelimit-remaining-requests-day': '0', 'x-ratelimit-reset-requests-day': '33011.4' }, 33_011.4],
  ['Anthropic', { 'anthropic-ratelimit-input-tokens-remaining': '0', 'anthropic-ratelimit-input-tokens-reset': '2026-11-25T10:00:44Z', date }, 44],
  ['a moment by the provider’s own clock', { ...both('0', '2026-11-25T09:00:05Z'), date: 'Wed, 25 Nov 2026 09:00:00 GMT' }, 5],
  ['a moment that is past', both('0', '2026-11-25T09:00:00Z'), undefined],
  ['nothing said', {}, undefined],
  ['no word on when', { 'x-ratelimit-remaining-requests': '0' }, undefined],
]
function both(remaining: string, reset: string): Record<string, string> {
  return { 'x-ratelimit-remaining-requests': remaining, 'x-ratelimit-reset-requests': reset }
}

it.each(cases)('%s', (_what, headers, expected) => {
  const seconds = usedUpForSeconds(headers, now)
  if (expected === undefined) expect(seconds).toBeUndefined()
  else expect(seconds).toBeCloseTo(expected, 5)
})
