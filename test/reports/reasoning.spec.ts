/**
 * Reasoning in what real clients send, at every upstream and back: thoughts of earlier turns reach whoever can read them, unchanged; settings arrive in
 * the provider's own words; what cannot go is named.
 */
import { describe, expect, it } from 'vitest'
import { clientCodec, codecs, upstreamFormats } from '../../electron/engine/protocols/codecs.ts'
import { type ChatDialect, type ChatView, type JsonObject, type JsonValue, PROTOCOLS } from '../../shared/chat.ts'
import { type Capture, captures } from '../support/client-captures.ts'
import { type Format, formatOf } from '../support/formats.ts'
import { carriedWords, type Destination, depthIn, historyLosses, holds, settingLosses } from '../support/reasoning-losses.ts'
import { load, recordings } from '../support/recordings.ts'
import { brokenRules } from '../support/request-rules.ts'

const to = (
  protocol: Destination['protocol'],
  provider: string,
  model: string,
  thinks: Destination['thinks'],
  tells: Destination['tells'],
): Destination & { readonly name: string } => ({ protocol, provider, model, thinks, tells, name: `${protocol} of ${provider} (${model})` })

/** What these models do is from their providers' documentation (PROTOCOLS, model families). */
const DESTINATIONS = [
  to('openai-chat', 'openai', 'gpt-4.1', 'never', 'never'),
  to('openai-chat', 'openai', 'gpt-5', 'always', 'never'),
  to('openai-chat', 'openai', 'gpt-5.2', 'asked', 'never'),
  to('openai-chat', 'openrouter', 'anthropic/claude-sonnet-4.5', 'asked', 'always'),
  to('openai-chat', 'mistral', 'mistral-medium-latest', 'asked', 'always'),
  to('openai-chat', 'deepseek', 'deepseek-reasoner', 'always', 'always'),
  to('openai-responses', 'openai', 'gpt-4.1', 'never', 'never'),
  to('openai-responses', 'openai', 'gpt-5', 'always', 'asked'),
  to('openai-responses', 'openai', 'gpt-5.6', 'asked', 'asked'),
  to('openai-responses', 'xai', 'grok-4', 'always', 'always'),
  to('anthropic-messages', 'anthropic', 'claude-3-5-haiku-20241022', 'never', 'never'),
  to('anthropic-messages', 'anthropic', 'claude-sonnet-4-5', 'asked', 'always'),
  to('anthropic-messages', 'anthropic', 'claude-opus-4-8', 'asked', 'asked'),
  to('anthropic-messages', 'anthropic', 'claude-sonnet-5', 'always', 'asked'),
  to('gemini', 'google', 'gemini-2.0-flash', 'never', 'never'),
  { ...to('gemini', 'google', 'gemini-2.5-flash', 'always', 'asked'), mostBudget: 24_576 },
  to('gemini', 'google', 'gemini-3-pro', 'always', 'asked'),
  to('bedrock-converse', 'bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'asked', 'always'),
  to('bedrock-converse', 'bedrock', 'us.amazon.nova-2-lite-v1:0', 'asked', 'always'),
  to('bedrock-converse', 'bedrock', 'openai.gpt-oss-120b-1:0', 'always', 'always'),
  to('cohere-v2', 'cohere', 'command-a-reasoning-08-2025', 'always', 'always'),
  to('cohere-v2', 'cohere', 'command-a-vision-07-2025', 'never', 'never'),
  to('ollama-chat', 'ollama', 'qwen3:8b', 'always', 'always'),
]

/** Where a request goes that comes back into its client's own format. */
const HOMES: Readonly<Partial<Record<ChatDialect, Destination>>> = {
  'openai-chat': to('openai-chat', 'openrouter', 'x/y', 'asked', 'always'),
  'openai-responses': to('openai-responses', 'openai', 'gpt-5.6', 'asked', 'asked'),
  'anthropic-messages': to('anthropic-messages', 'anthropic', 'claude-opus-4-8', 'asked', 'asked'),
  gemini: to('gemini', 'google', 'gemini-3-flash', 'always', 'asked'),
}

interface Written {
  readonly body: JsonObject
  readonly dropped: readonly string[]
}

function writtenFor(view: ChatView, { protocol, provider, model }: Destination): Written {
  const format: Format = upstreamFormats[protocol]
  const { body, dropped } = format.writeRequest(view, { provider, upstreamModel: model, stream: view.stream, outputLimit: undefined })
  return { body: JSON.parse(JSON.stringify(body)) as JsonObject, dropped }
}

/** Read again by whoever speaks the upstream's format and written in the client's own; undefined for formats that providers alone speak. */
function backHome(view: ChatView, there: Written, from: Destination, home: Destination): Written | undefined {
  const format: Format = upstreamFormats[from.protocol]
  const again = format.readRequest?.(there.body, { model: from.model, stream: view.stream })
  return again === undefined ? undefined : writtenFor(again, home)
}

function expectThoughtsKept(view: ChatView, dialect: ChatDialect, destination: Destination): void {
  const there = writtenFor(view, destination)
  expect(historyLosses(view, there.body, there.dropped, destination)).toEqual([])
  const home = HOMES[dialect]
  const back = home === undefined ? undefined : backHome(view, there, destination, home)
  if (home === undefined || back === undefined) return
  const atHome = new Set(carriedWords(view, home))
  for (const word of carriedWords(view, destination)) if (atHome.has(word)) expect(holds(back.body, word), `${word.slice(0, 40)} comes back`).toBe(true)
}

const CLAUDE_SEAL = 'RXFNQkNpdEJMYXVkZVNpZ25lZFRoaXM='
const REDACTED = 'RW5jcnlwdGVkQnlDbGF1ZGU='
const OPENAI_SEAL = 'gAAAAABmV3J5cHRlZC1ieS1vcGVuYWk='
const GEMINI_SEAL = 'Q2k4RzBhSW5lZEJ5R2VtaW5p'
const THOUGHT = 'The file will say which word it is.'

const details = (...list: readonly JsonObject[]): JsonObject => ({ reasoning_details: list })

/** Written from documentation: what stands before the call where a client of the dialect keeps what it was told. By the maker of the model. */
const THOUGHTS: Readonly<Record<string, readonly (readonly [name: string, blocks: readonly JsonObject[]])[]>> = {
  'anthropic-messages': [
    [
      'Claude',
      [
        { type: 'thinking', thinking: THOUGHT, signature: CLAUDE_SEAL },
        { type: 'redacted_thinking', data: REDACTED },
      ],
    ],
  ],
  'openai-responses': [['OpenAI', [{ type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: THOUGHT }], encrypted_content: OPENAI_SEAL }]]],
  'openai-chat': [
    ['DeepSeek', [{ reasoning_content: THOUGHT }]],
    [
      'Claude',
      [
        details(
          { type: 'reasoning.text', text: THOUGHT, signature: CLAUDE_SEAL, format: 'anthropic-claude-v1', index: 0 },
          { type: 'reasoning.encrypted', data: REDACTED, format: 'anthropic-claude-v1', index: 1 },
        ),
      ],
    ],
    [
      'OpenAI',
      [
        details(
          { type: 'reasoning.summary', summary: THOUGHT, format: 'openai-responses-v1', index: 0 },
          { type: 'reasoning.encrypted', data: OPENAI_SEAL, format: 'openai-responses-v1', index: 0 },
        ),
      ],
    ],
    [
      'Gemini',
      [
        details(
          { type: 'reasoning.text', text: THOUGHT, format: 'google-gemini-v1', index: 0 },
          { type: 'reasoning.encrypted', data: GEMINI_SEAL, id: 'call_1', format: 'google-gemini-v1', index: 0 },
        ),
      ],
    ],
    ['xAI', [details({ type: 'reasoning.encrypted', data: 'eEFJLXNlYWxlZC1ieS1ncm9r', format: 'xai-responses-v1', index: 0 })]],
  ],
}

const list = (value: JsonValue | undefined): readonly JsonObject[] => (Array.isArray(value) ? (value as readonly JsonObject[]) : [])

/** The capture with thoughts in front of its first call; undefined where it holds none. */
function withThoughts({ dialect, body }: Capture, blocks: readonly JsonObject[]): JsonObject | undefined {
  if (dialect === 'openai-responses') {
    const items = list(body.input)
    const place = items.findIndex(({ type }) => type === 'function_call')
    return place < 0 ? undefined : { ...body, input: items.toSpliced(place, 0, ...blocks) }
  }
  const messages = list(body.messages)
  const isCall = ({ role, content, tool_calls: calls }: JsonObject): boolean =>
    role === 'assistant' && (calls !== undefined || list(content).some(({ type }) => type === 'tool_use'))
  const place = messages.findIndex(isCall)
  const message = messages[place]
  if (message === undefined) return undefined
  const thinking = dialect === 'anthropic-messages' ? { ...message, content: [...blocks, ...list(message.content)] } : Object.assign({}, message, ...blocks)
  return { ...body, messages: messages.with(place, thinking as JsonObject) }
}

const thoughtful = captures.flatMap((capture) =>
  (THOUGHTS[capture.dialect] ?? []).flatMap(([maker, blocks]) => {
    const body = withThoughts(capture, blocks)
    return body === undefined ? [] : [{ ...capture, name: `${capture.name}, with thoughts of ${maker}`, body }]
  }),
)

describe.each(thoughtful)('$name', ({ dialect, body }) => {
  const own = clientCodec(dialect)
  const view = own.readRequest(body, {})

  it.each(DESTINATIONS.filter(({ protocol }) => protocol !== own.id))('are kept or named at $name', (destination) => {
    expectThoughtsKept(view, dialect, destination)
    expect(brokenRules(destination.protocol, writtenFor(view, destination).body)).toEqual([])
  })

  it('are no loss to their own maker', () => {
    const home = HOMES[dialect]
    if (home === undefined) throw new Error(`nowhere to go home to in ${dialect}`)
    expect(carriedWords(view, home).length).toBeGreaterThan(0)
    const { body: written, dropped } = writtenFor(view, home)
    expect(historyLosses(view, written, dropped, home)).toEqual([])
  })
})

/** Ways to ask for reasoning that clients document, laid over what they really sent. */
const SETTINGS: Readonly<Record<string, readonly JsonObject[]>> = {
  'anthropic-messages': [
    {},
    { thinking: { type: 'adaptive' }, output_config: { effort: 'medium' } },
    { thinking: { type: 'adaptive' } },
    { thinking: { type: 'adaptive', display: 'summarized' } },
    { thinking: { type: 'adaptive', display: 'omitted' }, output_config: { effort: 'max' } },
    { thinking: { type: 'enabled', budget_tokens: 1500 } },
    { thinking: { type: 'disabled' } },
  ],
  'openai-responses': [
    {},
    { reasoning: { effort: 'low', summary: 'auto' } },
    { reasoning: { effort: 'minimal' } },
    { reasoning: { effort: 'xhigh', summary: 'concise' } },
    { reasoning: { effort: 'none' } },
  ],
  'openai-chat': [
    {},
    { reasoning_effort: 'minimal' },
    { reasoning_effort: 'xhigh' },
    { reasoning: { effort: 'high', exclude: true } },
    { reasoning: { max_tokens: 2000, summary: 'auto' } },
    { reasoning: { enabled: false } },
  ],
}

const asking = captures.flatMap((capture) =>
  (SETTINGS[capture.dialect] ?? []).map((fields) => ({
    ...capture,
    name: `${capture.name} ${Object.keys(fields).length === 0 ? 'as it is' : `with ${JSON.stringify(fields)}`}`,
    body: {
      ...capture.body,
      ...(Object.keys(fields).length > 0 && { reasoning: undefined as unknown as JsonValue, thinking: undefined as unknown as JsonValue }),
      ...fields,
    },
  })),
)

describe.each(asking)('$name', ({ dialect, body }) => {
  const own = clientCodec(dialect)
  const view = own.readRequest(JSON.parse(JSON.stringify(body)) as JsonObject, {})

  it('asks every upstream for the same reasoning, or names what it cannot', () => {
    for (const destination of DESTINATIONS) {
      if (destination.protocol === own.id) continue
      const there = writtenFor(view, destination)
      expect(settingLosses(view, there.body, there.dropped, destination), destination.name).toEqual([])
      const home = HOMES[dialect]
      const back = home === undefined ? undefined : backHome(view, there, destination, home)
      const depth = depthIn(view, there.body, destination)
      if (home === undefined || back === undefined || depth === undefined || back.dropped.some((name) => /^reasoning/.test(name))) continue
      const atHome = depthIn(view, back.body, home) ?? (home.thinks === 'always' ? Number.NaN : 0)
      // an effort that stands for a budget, and the other way round, may be a step off
      expect(Math.abs(atHome - depth), `${destination.name} and back: ${depth} became ${atHome}`).toBeLessThanOrEqual(1)
    }
  })
})

/** Recorded requests of providers' own clients that bring thoughts of earlier turns along. */
const APIS = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini-generate', 'cohere-v2-chat', 'ollama-chat']
const recorded = APIS.flatMap((api) =>
  recordings(api, (line) => line.request && line.status < 400).flatMap((line) => {
    const { requestBody } = load(line)
    const format = formatOf(api)
    if (requestBody === undefined || format?.readRequest === undefined) return []
    // files in Google's own storage, which nobody else can reach
    if (JSON.stringify(requestBody).includes('"gs://')) return []
    try {
      const view = format.readRequest(requestBody, { model: line.model ?? 'm', stream: line.streaming })
      return carriedWords(view, to('openai-chat', 'openrouter', 'x/y', 'asked', 'always')).length === 0
        ? []
        : [{ id: line.id, dialect: format.id as ChatDialect, view }]
    } catch {
      // goes on from what only its provider keeps; the report on twins counts these
      return []
    }
  }),
)

it('has recorded thoughts at hand, or says that they are left out', () => {
  if (recorded.length === 0) console.info('recorded requests with reasoning: left out, they are not here')
  expect(recorded.length === 0 || recorded.length > 60).toBe(true)
  expect(captures.length === 0 || thoughtful.length > 8).toBe(true)
  expect(new Set(DESTINATIONS.map(({ protocol }) => protocol))).toEqual(new Set(PROTOCOLS.filter((protocol) => protocol !== 'openai-completions')))
})

describe.each(recorded)('thoughts in $id', ({ dialect, view }) => {
  it('are kept or named at every upstream', () => {
    for (const destination of DESTINATIONS) {
      if (destination.protocol === dialect) continue
      expectThoughtsKept(view, dialect, destination)
    }
  })
})

describe('what watches for losses', () => {
  const view = codecs['anthropic-messages'].readRequest(
    {
      model: 'm',
      max_tokens: 32_000,
      thinking: { type: 'enabled', budget_tokens: 16_000 },
      messages: [
        { role: 'user', content: 'x' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: THOUGHT, signature: CLAUDE_SEAL },
            { type: 'text', text: 'Yes.' },
          ],
        },
        { role: 'user', content: 'y' },
      ],
    },
    {},
  )
  const claude = to('anthropic-messages', 'anthropic', 'claude-sonnet-4-5', 'asked', 'always')
  const google = to('gemini', 'google', 'gemini-2.5-flash', 'always', 'asked')

  it.each<[string, JsonObject, readonly string[], Destination, number]>([
    ['a thought that is missing at its maker', {}, ['messages.thinking'], claude, 2],
    ['a signature that is changed', { thinking: THOUGHT, signature: 'other' }, [], claude, 1],
    ['a thought that is left out without a word', {}, [], google, 1],
    ['a name that speaks of settings only', {}, ['reasoning_effort'], google, 1],
    ['a seal where it would be refused', { thoughtSignature: CLAUDE_SEAL }, ['messages.thinking'], google, 1],
    ['nothing where all is named', {}, ['messages.thinking'], google, 0],
  ])('notices %s', (_what, body, dropped, destination, count) => {
    expect(historyLosses(view, body, dropped, destination)).toHaveLength(count)
  })

  it.each<[string, JsonObject, readonly string[], Destination, number]>([
    ['another budget', { thinking: { type: 'enabled', budget_tokens: 1024 } }, [], claude, 1],
    ['another budget, which is named', { thinking: { type: 'enabled', budget_tokens: 1024 } }, ['reasoning.max_tokens'], claude, 0],
    ['silence', {}, [], claude, 1],
    ['thoughts that are not asked for', { generationConfig: { thinkingConfig: { thinkingBudget: 16_000 } } }, [], google, 1],
    ['a name of another loss', { generationConfig: { thinkingConfig: { thinkingBudget: 1, includeThoughts: true } } }, ['reasoning.summary'], google, 1],
    ['nothing where all is as it was', { generationConfig: { thinkingConfig: { thinkingBudget: 16_000, includeThoughts: true } } }, [], google, 0],
  ])('notices %s', (_what, body, dropped, destination, count) => {
    expect(settingLosses(view, body, dropped, destination)).toHaveLength(count)
  })
})
