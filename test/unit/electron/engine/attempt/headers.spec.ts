import { describe, expect, it } from 'vitest'
import { repliedHeaders, saysLimits } from '../../../../../electron/engine/attempt/headers.ts'
import { usedUpForSeconds } from '../../../../../electron/engine/protocols/rate-limits.ts'

describe('headers that go on', () => {
  it.each([
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '5' },
    { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '5' },
    { 'x-ratelimit-remaining-tokens-day': '0', 'x-ratelimit-reset-tokens-day': '5' },
    { 'anthropic-ratelimit-requests-remaining': '0', 'anthropic-ratelimit-requests-reset': '5' },
    { 'anthropic-ratelimit-output-tokens-remaining': '0', 'anthropic-ratelimit-output-tokens-reset': '5' },
  ])('say of limits what is read of them: $0', (headers) => {
    expect(usedUpForSeconds(headers, 0)).toBe(5)
    expect(saysLimits(repliedHeaders(headers))).toBe(true)
  })

  it('say nothing of limits otherwise', () => {
    expect(saysLimits(repliedHeaders({ 'content-type': 'application/json', 'x-request-id': 'r', 'openai-version': '1', date: 'today' }))).toBe(false)
  })
})
