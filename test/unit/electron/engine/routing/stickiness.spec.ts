import { beforeEach, describe, expect, it } from 'vitest'
import { Stickiness, sessionOf } from '../../../../../electron/engine/routing/stickiness.ts'
import type { Message, RoutingWish } from '../../../../../shared/chat.ts'
import type { Endpoint, TokenPrices } from '../../../../../shared/routing.ts'

const said = (role: Message['role'], ...texts: readonly string[]): Message => ({ role, parts: texts.map((text) => ({ type: 'text', text })) })
const session = (messages: readonly Message[], wish: Partial<RoutingWish> = {}, header?: string, caller = 'me'): string =>
  sessionOf({ messages, model: 'm', routing: { fallbackModels: [], requireParameters: false, ...wish } }, header, caller)
const opening = [said('system', 'Be brief.'), said('user', 'Hello')]

describe('a conversation', () => {
  it('is known by its beginning, however far it has gone', () => {
    expect(session([...opening, said('assistant', 'Hi'), said('user', 'More')])).toBe(session(opening))
    expect(session([said('system', 'Be long.'), said('user', 'Hello')])).not.toBe(session(opening))
    expect(session([said('system', 'Be brief.'), said('user', 'Goodbye')])).not.toBe(session(opening))
  })

  it('is its caller’s own', () => {
    expect(session(opening, {}, undefined, 'other')).not.toBe(session(opening))
  })

  it('is what its client names, in the body first, then in the header, then for the cache', () => {
    const all = { session: 's', promptCacheKey: 'k' }
    expect(session(opening, all, 'h')).toBe(session([], { session: 's' }))
    expect(session(opening, { promptCacheKey: 'k' }, 'h')).toBe(session([], {}, 'h'))
    expect(session(opening, { promptCacheKey: 'k' })).toBe(session([], { promptCacheKey: 'k' }))
  })

  it('of Claude Code is the same whatever its billing line says', () => {
    const asked = (line: string): string => session([said('system', `x-anthropic-billing-header: cc_version=${line}`, 'You are an agent.'), said('user', 'Go')])
    expect(asked('1.a')).toBe(asked('1.b'))
  })
})

describe('where it stays', () => {
  let now: number
  let sticky: Stickiness
  beforeEach(() => {
    now = 0
    sticky = new Stickiness(
      () => now,
      () => 600_000,
    )
  })
  const endpoint = (provider: string, price?: TokenPrices, runsLocally = false): Endpoint => ({
    ...{ id: `${provider}/m`, provider, upstreamModel: 'm', name: 'm', protocol: 'openai-chat', simulated: false, can: undefined, runsLocally },
    limits: { context: undefined, output: undefined },
    price: price && { asOf: '2026-11-01', source: 'test', microUsdPerMillion: price },
  })
  const minutesUntilGone = (provider: string, forAnHour = false): number => {
    sticky.note('s', endpoint(provider), 'k', 5_000, forAnHour)
    const start = now
    while (sticky.find('s') !== undefined) now += 60_000
    return (now - start) / 60_000
  }

  it.each([
    ['openai', 10],
    ['anthropic', 5],
    ['google', 5],
    ['deepseek', 120],
  ])('%s keeps it for %i minutes', (provider, minutes) => expect(minutesUntilGone(provider)).toBe(minutes))

  it('Anthropic keeps it for an hour where the client marked it so', () => expect(minutesUntilGone('anthropic', true)).toBe(60))

  it('is nowhere when reading from a cache is no cheaper, or the prompt is too short for one', () => {
    sticky.note('s', endpoint('groq', { input: 5, output: 5 }), 'k', 5_000, false)
    expect(sticky.find('s')).toBeUndefined()
    sticky.note('s', endpoint('openai', { input: 5, cacheRead: 1, output: 5 }), 'k', 1_000, false)
    expect(sticky.find('s')).toBeUndefined()
    sticky.note('s', endpoint('ollama', { input: 0, output: 0 }, true), undefined, 10, false)
    expect(sticky.find('s')).toMatchObject({ endpoint: 'ollama/m' })
  })
})
