import { beforeEach, describe, expect, it } from 'vitest'
import { isForLong, keptOf, Stickiness, sessionOf } from '../../../../../electron/engine/routing/stickiness.ts'
import type { JsonObject, Message, RoutingWish } from '../../../../../shared/chat.ts'
import { asNanoUsd } from '../../../../../shared/money.ts'
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
      (_, tokens) => asNanoUsd(tokens * 2_700),
    )
  })
  const endpoint = (provider: string, price?: TokenPrices, runsLocally = false): Endpoint => ({
    ...{ id: `${provider}/m`, provider, upstreamModel: 'm', name: 'm', protocol: 'openai-chat', simulated: false, can: undefined, runsLocally },
    limits: { context: undefined, output: undefined },
    price: price && { asOf: '2026-11-01', source: 'test', microUsdPerMillion: price },
  })
  const view = { model: 'm', messages: opening, tools: [], unmodelled: {} }
  const note = (session: string, at: Endpoint, tokens: number, unmodelled: JsonObject = {}): void => {
    if (sticky.keeps(at, tokens)) sticky.note(session, { caller: 'me', view: { ...view, unmodelled }, endpoint: at, credential: 'k', tokens })
  }
  const minutesUntilGone = (provider: string, unmodelled?: JsonObject): number => {
    note('s', endpoint(provider), 5_000, unmodelled)
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

  it('Anthropic keeps it for an hour where the client marked it so', () =>
    expect(minutesUntilGone('anthropic', { cache_control: { type: 'ephemeral', ttl: '1h' } })).toBe(60))

  it('is nowhere when reading from a cache is no cheaper, or the prompt is too short for one', () => {
    note('s', endpoint('groq', { input: 5, output: 5 }), 5_000)
    expect(sticky.find('s')).toBeUndefined()
    note('s', endpoint('openai', { input: 5, cacheRead: 1, output: 5 }), 1_000)
    expect(sticky.find('s')).toBeUndefined()
    note('s', endpoint('ollama', { input: 0, output: 0 }, true), 10)
    expect(sticky.find('s')).toMatchObject({ endpoint: 'ollama/m' })
  })

  it('is listed while it lives, dearest first, with what it is worth', () => {
    const price = { input: 3_000_000, cacheRead: 300_000, output: 15_000_000 }
    note('a\none\nm', endpoint('openai', price), 2_000)
    note('a\ntwo\nm', endpoint('openai', price), 50_000)
    expect(sticky.list()).toMatchObject([
      // in steps of 128
      { session: 'a\ntwo\nm', tokens: 49_920, worth: 134_784_000, until: 600_000, title: 'Hello' },
      { session: 'a\none\nm', tokens: 1_920 },
    ])
    now = 600_000
    expect(sticky.list()).toEqual([])
  })

  it('is found for the same conversation at another model', () => {
    const price = { input: 3_000_000, cacheRead: 300_000, output: 15_000_000 }
    expect(sticky.hasOtherModels('me', 'm')).toBe(false)
    note('me\none\nm', endpoint('openai', price), 50_000)
    expect(sticky.hasOtherModels('me', 'm')).toBe(false)
    expect(sticky.hasOtherModels('me', 'other')).toBe(true)
    expect(sticky.elsewhere('me\none\nother')).toMatchObject({ endpoint: 'openai/m', worth: 134_784_000 })
    expect(sticky.elsewhere('me\none\nm')).toBeUndefined()
    expect(sticky.elsewhere('me\ntwo\nother')).toBeUndefined()
    now = 600_000
    expect(sticky.elsewhere('me\none\nother')).toBeUndefined()
  })
})

describe('what is kept', () => {
  const claude = { provider: 'anthropic', upstreamModel: 'claude-sonnet-4-5' }
  it('is what was marked, where only that is', () => {
    expect(keptOf({ input: 5_000, cacheRead: 0, cacheWrite5m: 0 }, claude)).toBe(0)
    expect(keptOf({ input: 10, cacheRead: 4_000, cacheWrite5m: 900, cacheWrite1h: 90 }, claude)).toBe(4_990)
    expect(keptOf({ input: 1_000, cacheRead: 4_000 }, { provider: 'openai', upstreamModel: 'gpt-5' })).toBe(5_000)
    expect(keptOf({}, claude)).toBeUndefined()
  })

  it('is kept for long where its client says so, in whichever words', () => {
    const part = (cache: object) => ({ messages: [{ role: 'user' as const, parts: [{ type: 'text' as const, text: '', cache }] }], tools: [], unmodelled: {} })
    const whole = (unmodelled: JsonObject) => ({ messages: [], tools: [], unmodelled })
    expect([part({ ttl: '1h' }), whole({ cache_control: { type: 'ephemeral', ttl: '1h' } }), whole({ prompt_cache_retention: '24h' })].map(isForLong)).toEqual(
      Array(3).fill(true),
    )
    expect([part({}), whole({ cache_control: { type: 'ephemeral' } }), whole({})].map(isForLong)).toEqual(Array(3).fill(false))
  })
})
