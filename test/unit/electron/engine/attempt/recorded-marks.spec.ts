/**
 * Recorded conversations whose clients use prompt caches, translated to every other format: each mark is there, up to as many as the format takes,
 * or is named as dropped; and the key of a cache goes on to whoever knows one.
 */
import { describe, expect, it } from 'vitest'
import { writeBody } from '../../../../../electron/engine/attempt/write-body.ts'
import { clientCodec } from '../../../../../electron/engine/protocols/codecs.ts'
import type { ChatRequest, Incoming } from '../../../../../electron/engine/request.ts'
import type { ClientProtocol, JsonObject, Protocol } from '../../../../../shared/chat.ts'
import type { Endpoint } from '../../../../../shared/routing.ts'
import { load, RECORDINGS_PRESENT, recordings } from '../../../../support/recordings.ts'

const DIALECTS = ['anthropic-messages', 'openai-chat', 'openai-responses'] as const
const CACHING = new Set(['cache_control', 'cache_read', 'cache_write', 'prompt_cache_key'])

/** Where a body may go, and which word for a mark is used there; undefined: no mark exists. */
const TARGETS: readonly (readonly [provider: string, protocol: Protocol, model: string, word: string | undefined])[] = [
  ['anthropic', 'anthropic-messages', 'claude-sonnet-4-5', 'cache_control'],
  ['bedrock', 'bedrock-converse', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'cachePoint'],
  ['openrouter', 'openai-chat', 'anthropic/claude-sonnet-4.5', 'cache_control'],
  ['alibaba', 'openai-chat', 'qwen3-max', 'cache_control'],
  ['openai', 'openai-chat', 'gpt-5.6', 'prompt_cache_breakpoint'],
  ['openai', 'openai-responses', 'gpt-5.6', 'prompt_cache_breakpoint'],
  ['openai', 'openai-chat', 'gpt-5', undefined],
  ['google', 'gemini', 'gemini-2.5-flash', undefined],
  ['mistral', 'openai-chat', 'mistral-large-latest', undefined],
  ['cohere', 'cohere-v2', 'command-a-03-2025', undefined],
  ['ollama', 'ollama-chat', 'llama3.2', undefined],
]
/** Every one of the formats takes four. */
const MOST = 4
const WORDS = ['cache_control', 'prompt_cache_breakpoint', 'cachePoint']

/** Counts fields by name, however deep, but not within schemas, arguments or text. */
function count(value: unknown, names: readonly string[]): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + count(each, names), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce((sum, [name, inner]) => {
    if (['input_schema', 'parameters', 'inputSchema', 'input_examples'].includes(name)) return sum
    return sum + (names.includes(name) && inner !== null ? 1 : 0) + count(inner, names)
  }, 0)
}

interface Case {
  readonly id: string
  readonly api: ClientProtocol
  readonly body: JsonObject
}
const cases: readonly Case[] = DIALECTS.flatMap((api) =>
  recordings(api, ({ features, request, status }) => request && status === 200 && features.some((feature) => CACHING.has(feature))).flatMap((line) => {
    const body = load(line).requestBody
    return body === undefined ? [] : [{ id: line.id, api, body }]
  }),
)

function requestOf({ api, body }: Case): ChatRequest | undefined {
  const codec = clientCodec(api)
  try {
    return {
      id: 'r',
      wire: { codec, body, bytes: Buffer.from(JSON.stringify(body)) },
      sent: body,
      view: codec.readRequest(body, {}),
      incoming: { headers: {} } as Incoming,
      turn: undefined,
    }
  } catch {
    return undefined
  }
}

function endpointOf(provider: string, protocol: Protocol, upstreamModel: string): Endpoint {
  return {
    ...{ id: `${provider}/${upstreamModel}`, provider, upstreamModel, name: upstreamModel, protocol, price: undefined, can: undefined },
    ...{ limits: { context: undefined, output: undefined }, runsLocally: false, simulated: false },
  }
}

describe.skipIf(!RECORDINGS_PRESENT)('recorded conversations that use a prompt cache', () => {
  it('are there, with marks and with keys', () => {
    expect(cases.filter(({ body }) => count(body, WORDS) > 0).length).toBeGreaterThan(30)
    expect(cases.filter(({ body }) => body.prompt_cache_key !== undefined).length).toBeGreaterThan(2)
    expect(cases.filter((each) => requestOf(each) === undefined)).toEqual([])
  })

  it.each(TARGETS)('reach %s (%s, %s) with every mark, or the loss is named', (provider, protocol, model, word) => {
    const lost: string[] = []
    let carried = 0
    for (const each of cases) {
      const request = requestOf(each)
      const marks = count(each.body, WORDS)
      if (request === undefined || marks === 0) continue
      const { bytes, dropped } = writeBody(request, endpointOf(provider, protocol, model), { edits: {} })
      const sent = JSON.parse(Buffer.from(bytes).toString()) as JsonObject
      // bytes of the client's own dialect pass untouched
      const isRelay = each.api === protocol
      const there = count(sent, isRelay || word === undefined ? WORDS : [word])
      carried += there
      const isWhole = there >= Math.min(marks, MOST)
      if (!isWhole && !dropped.some((name) => name.startsWith('cache_control'))) lost.push(`${each.id}: ${there} of ${marks}, dropped ${dropped.join()}`)
      if (!isRelay && word === undefined && there > 0) lost.push(`${each.id}: ${there} marks that nobody knows there`)
    }
    expect(lost).toEqual([])
    if (word !== undefined) expect(carried).toBeGreaterThan(20)
  })

  it('name a life of an hour as lost where none can be asked for (their marks changed to live an hour: no recording has one)', () => {
    let carried = 0
    for (const each of cases) {
      if (each.api !== 'anthropic-messages' || count(each.body, WORDS) === 0) continue
      const text = JSON.stringify(each.body).replaceAll(/"cache_control":\{[^}]*\}/g, '"cache_control":{"type":"ephemeral","ttl":"1h"}')
      const request = requestOf({ ...each, body: JSON.parse(text) as JsonObject })
      if (request === undefined) continue
      const at = (provider: string, protocol: Protocol, model: string) => writeBody(request, endpointOf(provider, protocol, model), { edits: {} })
      expect(at('openai', 'openai-chat', 'gpt-5.6').dropped.filter((name) => name.startsWith('cache_control'))).not.toEqual([])
      const bedrock = Buffer.from(at('bedrock', 'bedrock-converse', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0').bytes).toString()
      if (!bedrock.includes('cachePoint')) continue
      expect(bedrock).toContain('"cachePoint":{"type":"default","ttl":"1h"}')
      carried++
    }
    expect(carried).toBeGreaterThan(20)
  })

  it.each(TARGETS)('reach %s (%s, %s) with the key of their cache, or its loss is named', (provider, protocol, model) => {
    for (const each of cases) {
      const request = requestOf(each)
      const key = each.body.prompt_cache_key
      if (request === undefined || key === undefined) continue
      const { bytes, dropped } = writeBody(request, endpointOf(provider, protocol, model), { edits: {} })
      const sent = JSON.parse(Buffer.from(bytes).toString()) as JsonObject
      expect([each.id, sent.prompt_cache_key === key || dropped.includes('prompt_cache_key')]).toEqual([each.id, true])
    }
  })
})
