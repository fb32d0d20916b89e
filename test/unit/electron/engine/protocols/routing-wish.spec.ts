import { describe, expect, it } from 'vitest'
import { codecs } from '../../../../../electron/engine/protocols/codecs.ts'
import type { ClientProtocol, JsonObject, RoutingWish } from '../../../../../shared/chat.ts'
import { Failure } from '../../../../../shared/failure.ts'

/** The least that each dialect takes as a request. */
const LEAST: Readonly<Record<ClientProtocol, JsonObject>> = {
  'openai-chat': { model: 'm', messages: [{ role: 'user', content: 'x' }] },
  'openai-responses': { model: 'm', input: 'x' },
  'anthropic-messages': { model: 'm', max_tokens: 5, messages: [{ role: 'user', content: 'x' }] },
  gemini: { contents: [{ role: 'user', parts: [{ text: 'x' }] }] },
  'cohere-v2': { model: 'm', messages: [{ role: 'user', content: 'x' }] },
  'ollama-chat': { model: 'm', messages: [{ role: 'user', content: 'x' }] },
}
const dialects = Object.keys(LEAST) as ClientProtocol[]
const read = (dialect: ClientProtocol, fields: JsonObject): ReturnType<(typeof codecs)['gemini']['readRequest']> =>
  codecs[dialect].readRequest({ ...LEAST[dialect], ...fields }, dialect === 'gemini' ? { model: 'm' } : {})

describe('what a client wants of the router', () => {
  it.each(dialects)('reads alike in %s', (dialect) => {
    const view = read(dialect, {
      models: ['a/b', 'c/d'],
      session_id: 'talk-1',
      provider: {
        require_parameters: true,
        order: ['anthropic', 'openai'],
        only: ['anthropic'],
        ignore: ['azure'],
        allow_fallbacks: false,
        sort: { by: 'latency', partition: 'none' },
        preferred_min_throughput: 30,
        preferred_max_latency: { p50: 1, p90: 3.5 },
        max_price: { prompt: '1.5', completion: 2 },
        quantizations: ['fp8', 'unknown'],
        data_collection: 'deny',
        zdr: true,
        only_known_to_some_later_version: 1,
      },
    })
    expect(view.routing).toEqual({
      fallbackModels: ['a/b', 'c/d'],
      requireParameters: true,
      order: ['anthropic', 'openai'],
      only: ['anthropic'],
      ignore: ['azure'],
      allowFallbacks: false,
      sort: { by: 'latency', partition: 'none' },
      preferredMinThroughput: { p50: 30 },
      preferredMaxLatency: { p50: 1, p90: 3.5 },
      maxPrice: { prompt: 1.5, completion: 2 },
      quantizations: ['fp8', 'unknown'],
      dataCollection: 'deny',
      zdr: true,
      session: 'talk-1',
    } satisfies RoutingWish)
    // none of it is lost in a translation: the router has it
    expect(Object.keys(view.unmodelled)).toEqual([])
  })

  it('takes a bare sort, and keeps a prompt cache key apart from a session', () => {
    const { routing } = read('openai-chat', { provider: { sort: 'price' }, prompt_cache_key: 'k' })
    expect(routing).toMatchObject({ sort: { by: 'price', partition: 'model' }, promptCacheKey: 'k' })
  })

  const faults: readonly [JsonObject, string][] = [
    [{ provider: 'openai' }, 'provider'],
    [{ provider: { order: 'openai' } }, 'provider.order'],
    [{ provider: { only: ['openai', 7] } }, 'provider.only[1]'],
    [{ provider: { ignore: [''] } }, 'provider.ignore[0]'],
    [{ provider: { allow_fallbacks: 'no' } }, 'provider.allow_fallbacks'],
    [{ provider: { require_parameters: 1 } }, 'provider.require_parameters'],
    [{ provider: { sort: 'cheapest' } }, 'provider.sort'],
    [{ provider: { sort: { by: 'speed' } } }, 'provider.sort.by'],
    [{ provider: { sort: { by: 'price', partition: 'all' } } }, 'provider.sort.partition'],
    [{ provider: { preferred_min_throughput: -1 } }, 'provider.preferred_min_throughput'],
    [{ provider: { preferred_max_latency: { p95: 2 } } }, 'provider.preferred_max_latency.p95'],
    [{ provider: { preferred_max_latency: { p90: '2' } } }, 'provider.preferred_max_latency.p90'],
    [{ provider: { max_price: { prompt: 'free' } } }, 'provider.max_price.prompt'],
    [{ provider: { max_price: { tokens: 1 } } }, 'provider.max_price.tokens'],
    [{ provider: { quantizations: ['int5'] } }, 'provider.quantizations[0]'],
    [{ provider: { data_collection: 'never' } }, 'provider.data_collection'],
    [{ provider: { zdr: 'yes' } }, 'provider.zdr'],
    [{ models: ['a', 1] }, 'models[1]'],
    [{ session_id: 'x'.repeat(257) }, 'session_id'],
  ]
  it.each(faults.flatMap(([fields, place]) => dialects.map((dialect) => [place, dialect, fields] as const)))(
    'names %s as the field at fault in %s',
    (place, dialect, fields) => {
      const param = dialect === 'anthropic-messages' ? place.replace(/\[(\d+)\]/g, '.$1') : place
      const refused = (): unknown => read(dialect, fields)
      expect(refused).toThrow(Failure)
      expect(refused).toThrow(expect.objectContaining({ kind: 'bad-request', param }))
    },
  )

  it("takes three of Anthropic's fallbacks and no more", () => {
    const fallbacks = ['a', 'b', 'c', 'd'].map((model) => ({ model }))
    expect(read('anthropic-messages', { fallbacks: fallbacks.slice(0, 3) }).routing.fallbackModels).toEqual(['a', 'b', 'c'])
    expect(() => read('anthropic-messages', { fallbacks })).toThrow(expect.objectContaining({ kind: 'bad-request', param: 'fallbacks' }))
  })
})
