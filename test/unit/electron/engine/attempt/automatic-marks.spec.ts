/** Where prompts are marked that their client has not marked: at each host in its own words, whichever dialect the client speaks. */
import { describe, expect, it } from 'vitest'
import { writeBody } from '../../../../../electron/engine/attempt/write-body.ts'
import { type MarkSettings, marksFor } from '../../../../../electron/engine/protocols/automatic-marks.ts'
import { clientCodec } from '../../../../../electron/engine/protocols/codecs.ts'
import type { ChatRequest, Incoming } from '../../../../../electron/engine/request.ts'
import type { ClientProtocol, JsonObject, Protocol } from '../../../../../shared/chat.ts'
import { promptCacheRules } from '../../../../../shared/prompt-cache-rules.ts'
import type { Endpoint } from '../../../../../shared/routing.ts'

const SYSTEM = 'You are a careful assistant. '.repeat(400)

/** The same three turns in each dialect. */
const ASKED: Readonly<Partial<Record<ClientProtocol, JsonObject>>> = {
  'anthropic-messages': {
    ...{ model: 'm', max_tokens: 100, system: SYSTEM },
    messages: [
      { role: 'user', content: 'First' },
      { role: 'assistant', content: 'Yes.' },
      { role: 'user', content: [{ type: 'text', text: 'Second' }] },
    ],
  },
  'openai-chat': {
    model: 'm',
    messages: [
      { role: 'system', content: SYSTEM },
      { role: 'user', content: 'First' },
      { role: 'assistant', content: 'Yes.' },
      { role: 'user', content: [{ type: 'text', text: 'Second' }] },
    ],
  },
  'openai-responses': {
    model: 'm',
    input: [
      { role: 'developer', content: SYSTEM },
      { role: 'user', content: 'First' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Yes.' }] },
      { role: 'user', content: [{ type: 'input_text', text: 'Second' }] },
    ],
  },
}
const HOSTS: Readonly<Record<string, readonly [Protocol, model: string]>> = {
  anthropic: ['anthropic-messages', 'claude-sonnet-4-5'],
  'vertex-anthropic': ['anthropic-messages', 'claude-sonnet-4-5@20250929'],
  'bedrock-anthropic': ['anthropic-messages', 'anthropic.claude-sonnet-4-5-20250929-v1:0'],
  bedrock: ['bedrock-converse', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  openrouter: ['openai-chat', 'anthropic/claude-sonnet-4.5'],
  openai: ['openai-chat', 'gpt-5.6'],
  azure: ['openai-responses', 'gpt-5.6'],
}

function endpointAt(provider: string, model?: string): Endpoint {
  const [protocol, usual] = HOSTS[provider] ?? ['openai-chat', 'm']
  const upstreamModel = model ?? usual
  return {
    ...{ id: `${provider}/${upstreamModel}`, provider, upstreamModel, name: upstreamModel, protocol, price: undefined, can: undefined },
    ...{ limits: { context: undefined, output: undefined }, runsLocally: false, simulated: false },
  }
}

function requestOf(dialect: ClientProtocol, body: JsonObject): ChatRequest {
  const codec = clientCodec(dialect)
  const bytes = Buffer.from(JSON.stringify(body))
  return { id: 'r', wire: { codec, body, bytes }, view: codec.readRequest(body, {}), sent: body, incoming: { headers: {} } as Incoming, turn: undefined }
}

interface Written {
  readonly sent: JsonObject
  readonly dropped: readonly string[]
  /** The texts that a mark stands on, or before, in the order of the prompt. */
  readonly marked: readonly string[]
}

function write(dialect: ClientProtocol, body: JsonObject, endpoint: Endpoint, marks: Partial<MarkSettings>): Written {
  const request = requestOf(dialect, body)
  const written = writeBody(request, endpoint, { edits: {} }, marksFor(request.view, endpoint, { anthropic: 'off', openai: 'off', ...marks }))
  const sent = JSON.parse(Buffer.from(written.bytes).toString()) as JsonObject
  return { sent, dropped: written.dropped, marked: [...markedIn(sent.system), ...markedIn(sent.messages ?? sent.input)] }
}

function markedIn(value: unknown): string[] {
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null && 'content' in value ? markedIn(value.content) : []
  return value.flatMap((block: JsonObject, index) => {
    if (block.cache_control !== undefined || block.prompt_cache_breakpoint !== undefined) return [String(block.text)]
    if (block.cachePoint !== undefined) return [String((value as readonly JsonObject[])[index - 1]?.text)]
    return markedIn(block.content)
  })
}

const everything = [SYSTEM, 'First', 'Second']

describe.each(Object.keys(ASKED) as ClientProtocol[])('a prompt in %s', (dialect) => {
  const body = ASKED[dialect] ?? {}

  it.each(['vertex-anthropic', 'bedrock-anthropic', 'bedrock', 'openrouter'])('for Claude at %s is marked block by block', (host) => {
    const { marked, sent, dropped } = write(dialect, body, endpointAt(host), { anthropic: 'safe' })
    expect(marked).toEqual(everything)
    expect(sent.cache_control).toBeUndefined()
    expect(dropped).not.toContain('cache_control')
    expect(write(dialect, body, endpointAt(host), { openai: 'aggressive' }).marked).toEqual([])
  })

  it('for Claude at Anthropic gets the one mark for the whole', () => {
    const { marked, sent } = write(dialect, body, endpointAt('anthropic'), { anthropic: 'safe' })
    expect(sent.cache_control).toEqual({ type: 'ephemeral' })
    expect(marked).toEqual([])
  })

  it.each(['openai', 'azure'])('for GPT-5.6 at %s is marked behind the system prompt, and where it ends if wanted', (host) => {
    const { marked, sent, dropped } = write(dialect, body, endpointAt(host), { openai: 'safe' })
    expect(marked).toEqual([SYSTEM])
    expect(JSON.stringify(sent)).toContain('"prompt_cache_breakpoint":{"mode":"explicit"}')
    expect(dropped).not.toContain('cache_control')
    expect(write(dialect, body, endpointAt(host), { openai: 'aggressive' }).marked).toEqual([SYSTEM, 'Second'])
    expect(write(dialect, body, endpointAt(host), { anthropic: 'aggressive' }).marked).toEqual([])
  })

  it('is left alone at models that take no marks', () => {
    for (const endpoint of [endpointAt('openai', 'gpt-5.4'), endpointAt('groq', 'm'), endpointAt('openrouter', 'openai/gpt-5.6')]) {
      expect(write(dialect, body, endpoint, { anthropic: 'aggressive', openai: 'aggressive' }).marked).toEqual([])
    }
    const old = endpointAt('bedrock', 'anthropic.claude-3-haiku-20240307-v1:0')
    expect(write(dialect, body, old, { anthropic: 'aggressive' })).toMatchObject({ marked: [], dropped: [] })
  })
})

describe('automatic marks', () => {
  const body = ASKED['anthropic-messages'] ?? {}

  it('never come beside those of the client, nor where it says how marks are set', () => {
    const own = { ...body, system: [{ type: 'text', text: SYSTEM, cache_control: { type: 'ephemeral', ttl: '1h' } }] }
    expect(write('anthropic-messages', own, endpointAt('vertex-anthropic'), { anthropic: 'aggressive' }).marked).toEqual([SYSTEM])
    const explicit = { ...ASKED['openai-chat'], prompt_cache_options: { mode: 'explicit' } }
    expect(write('openai-chat', explicit, endpointAt('openai'), { openai: 'aggressive' }).marked).toEqual([])
  })

  it('need a prompt that is long enough for the model', () => {
    const short = { ...body, system: 'x'.repeat(4 * 1_024 - 200) }
    expect(write('anthropic-messages', short, endpointAt('vertex-anthropic'), { anthropic: 'aggressive' }).marked).toEqual([])
    expect(write('anthropic-messages', short, endpointAt('vertex-anthropic', 'claude-opus-5'), { anthropic: 'aggressive' }).marked).not.toEqual([])
    expect(write('anthropic-messages', body, endpointAt('vertex-anthropic', 'claude-haiku-4-5'), { anthropic: 'aggressive' }).marked).toEqual([])
  })

  it('leave thinking bare, and cover the results of several calls with one mark', () => {
    const messages = [
      { role: 'user', content: 'Go' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm', signature: 's' },
          { type: 'tool_use', id: 'a', name: 'f', input: {} },
          { type: 'tool_use', id: 'b', name: 'f', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: '1' },
          { type: 'tool_result', tool_use_id: 'b', content: '2' },
        ],
      },
    ]
    for (const host of ['vertex-anthropic', 'bedrock', 'openrouter']) {
      const { sent } = write('anthropic-messages', { ...body, messages }, endpointAt(host), { anthropic: 'aggressive' })
      expect(JSON.stringify(sent).match(/"cache_control"|"cachePoint"/g)).toHaveLength(3)
    }
  })
})

describe('what is known of prompt caches', () => {
  it.each([
    ['anthropic', 'claude-opus-5', 512],
    ['anthropic', 'claude-sonnet-5.5', 512],
    ['anthropic', 'claude-sonnet-4-5', 1_024],
    ['anthropic', 'claude-sonnet-5', 1_024],
    ['openrouter', 'anthropic/claude-opus-4.6', 4_096],
    ['bedrock', 'us.anthropic.claude-haiku-4-5-20251001-v1:0', 4_096],
    ['bedrock', 'amazon.nova-pro-v1:0', 1_000],
    ['openai', 'gpt-5-mini', 1_024],
    ['google', 'gemini-2.5-flash', 2_048],
    ['vertex', 'gemini-3-pro-preview', 4_096],
    ['deepseek', 'deepseek-chat', 64],
    ['alibaba', 'qwen3-max', 1_024],
  ])('%s keeps prefixes of %s from %i tokens on', (host, model, tokens) => expect(promptCacheRules(host, model).leastTokens).toBe(tokens))

  it.each([
    ['openai', 'gpt-5.6', 30],
    ['openai', 'gpt-5.1', undefined],
    ['vertex-anthropic', 'claude-sonnet-4-5', 5],
    ['deepseek', 'deepseek-chat', 120],
  ])('%s keeps an idle prefix of %s for %s minutes', (host, model, minutes) =>
    expect(promptCacheRules(host, model).idleMs).toBe(minutes === undefined ? undefined : minutes * 60_000),
  )
})
