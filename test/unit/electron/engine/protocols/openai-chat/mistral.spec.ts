/** Requests to Mistral, held against what Mistral's own clients really sent and to its rules: https://docs.mistral.ai/api/ */
import { describe, expect, it } from 'vitest'
import { nineCharacterId } from '../../../../../../electron/engine/protocols/openai-chat/mistral.ts'
import { openaiChat } from '../../../../../../electron/engine/protocols/openai-chat/openai-chat.ts'
import type { JsonObject, JsonValue } from '../../../../../../shared/chat.ts'
import { load, recordings } from '../../../../../support/recordings.ts'

const target = { provider: 'mistral', upstreamModel: 'mistral-small-latest', stream: false, outputLimit: undefined }
const written = (body: JsonObject) => openaiChat.writeRequest(openaiChat.readRequest({ model: 'm', ...body }, {}), target)
const edits = (body: JsonObject) => openaiChat.relayEdits(openaiChat.readRequest({ model: 'm', ...body }, {}), target, body).fields

const HI = [{ role: 'user', content: 'hi' }]
const weather = { type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }
const loop: JsonObject = {
  messages: [
    { role: 'user', content: 'And in Paris?' },
    { role: 'assistant', content: null, reasoning: 'The tool knows.', tool_calls: [{ id: 'toolu_01AbCdEfGhIjKlMn', ...weather }] },
    { role: 'tool', tool_call_id: 'toolu_01AbCdEfGhIjKlMn', content: '15 degrees' },
  ],
}

const cases = recordings('openai-chat', (line) => line.provider === 'mistral' && line.request && line.status < 400)

describe.skipIf(cases.length === 0)('recorded requests of Mistral’s own clients', () => {
  it.each(cases)('are written again as they were sent: $id', (line) => {
    const sent = load(line).requestBody ?? {}
    const view = openaiChat.readRequest(sent, {})
    const { body, dropped } = openaiChat.writeRequest(view, { ...target, upstreamModel: view.model, stream: line.streaming })
    expect(comparable({ ...body })).toEqual(comparable(without(sent, dropped)))
    // only what the view has no place for
    for (const field of dropped) expect(['safe_prompt', 'prompt_cache_key', 'messages[].prefix', 'response_format.json_schema.description']).toContain(field)
  })
})

function without(body: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !fields.includes(key)))
}

/** Fields that say what holds anyway are left out, a text alone is a string, and `any` is Mistral's own word for required. */
function comparable(value: JsonValue, key = ''): JsonValue {
  if (Array.isArray(value)) {
    const [only] = value as readonly JsonObject[]
    if (key === 'thinking') return (value as readonly JsonObject[]).map((piece) => piece.text).join('')
    if (key === 'content' && value.length === 1 && only?.type === 'text') return only.text ?? ''
    return value.map((entry: JsonValue) => comparable(entry))
  }
  if (typeof value !== 'object' || value === null) return key === 'tool_choice' && value === 'any' ? 'required' : value
  const fields: Record<string, JsonValue> = {}
  for (const [name, field] of Object.entries(value as JsonObject)) {
    if (key === 'json_schema' && name === 'description') continue
    if (
      field === null ||
      name === 'index' ||
      (Array.isArray(field) && field.length === 0) ||
      SAYS_NOTHING.some(([known, said]) => name === known && field === said)
    )
      continue
    if (name === 'name' && (value as JsonObject).role === 'tool') continue
    if ((name === 'detail' || name === 'document_name') && typeof field === 'string') continue
    // an address alone is the same as an object that holds it
    fields[name] = name === 'image_url' && typeof field === 'string' ? { url: field } : name === 'parameters' ? field : comparable(field, name)
  }
  return fields
}

const SAYS_NOTHING: readonly (readonly [string, JsonValue])[] = [
  ['n', 1],
  ['stream', false],
  ['prefix', false],
  ['tool_choice', 'auto'],
  ['type', 'function'],
  ['content', ''],
  ['strict', false],
  ['description', ''],
]

describe('a request to Mistral', () => {
  it('says limit and seed in its words, and asks for no stream options', () => {
    const { body, dropped } = written({ messages: [{ role: 'user', content: 'hi' }], max_completion_tokens: 5, seed: 7, user: 'u', top_k: 3, stream: true })
    expect(body).toMatchObject({ max_tokens: 5, random_seed: 7 })
    for (const field of ['max_completion_tokens', 'seed', 'stream_options', 'user', 'top_k']) expect(body).not.toHaveProperty(field)
    expect(dropped.toSorted()).toEqual(['top_k', 'user'])
  })

  it('keeps to the temperatures it takes, and says so', () => {
    expect(written({ messages: HI, temperature: 1.9 })).toMatchObject({ body: { temperature: 1.5 }, dropped: ['temperature'] })
    expect(written({ messages: HI, temperature: 1.5 })).toMatchObject({ body: { temperature: 1.5 }, dropped: [] })
  })

  it('knows two efforts', () => {
    expect(written({ messages: HI, reasoning_effort: 'low' })).toMatchObject({ body: { reasoning_effort: 'high' }, dropped: ['reasoning_effort'] })
    expect(written({ messages: HI, reasoning_effort: 'none' })).toMatchObject({ body: { reasoning_effort: 'none' }, dropped: [] })
  })

  it('bears nine-character ids for calls of others, the same on call and result', () => {
    const messages = written(loop).body.messages as readonly JsonObject[]
    const [call] = (messages[1]?.tool_calls ?? []) as readonly JsonObject[]
    expect(call?.id).toMatch(/^[a-zA-Z0-9]{9}$/)
    expect(messages[2]?.tool_call_id).toBe(call?.id)
  })

  it('gives reasoning back as a part of its own', () => {
    const [, assistant] = written(loop).body.messages as readonly JsonObject[]
    expect(assistant?.content).toEqual([{ type: 'thinking', thinking: [{ type: 'text', text: 'The tool knows.' }] }])
  })

  it('marks a beginning to go on from', () => {
    const messages = [
      { role: 'user', content: 'A haiku' },
      { role: 'assistant', content: 'Old pond' },
    ]
    expect((written({ messages }).body.messages as readonly JsonObject[]).at(-1)).toEqual({ role: 'assistant', content: 'Old pond', prefix: true })
  })
})

describe('a chat client’s own body on its way to Mistral', () => {
  it('goes as it is where Mistral takes it', () => {
    const body = { messages: [{ role: 'user', content: 'hi' }] }
    expect(edits(body)).not.toHaveProperty('messages')
    expect(edits(body)).not.toHaveProperty('max_tokens')
  })

  it('has its limit and seed renamed', () => {
    const changed = edits({ messages: HI, max_completion_tokens: 5, seed: 7 })
    expect(changed).toMatchObject({ max_tokens: 5, random_seed: 7 })
    expect(Object.keys(changed)).toEqual(expect.arrayContaining(['max_completion_tokens', 'seed']))
    expect(changed.seed).toBeUndefined()
  })

  it('has its messages written anew when another provider has been at work in them', () => {
    expect(edits(loop).messages).toEqual(written(loop).body.messages)
  })
})

describe('ids', () => {
  it('of Mistral stay, all others become nine characters that tell them apart', () => {
    expect(nineCharacterId('Nr1uNItcS')).toBe('Nr1uNItcS')
    const ids = Array.from({ length: 2000 }, (_, index) => nineCharacterId(`call_${index}`))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => /^[a-zA-Z0-9]{9}$/.test(id))).toBe(true)
    expect(nineCharacterId('call_1')).toBe(nineCharacterId('call_1'))
  })
})

it('reads what Mistral’s validation says is wrong, and where', () => {
  const body = JSON.stringify({ detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted', input: 7 }] })
  expect(openaiChat.classify(422, {}, body)).toMatchObject({ kind: 'unsupported-parameter', param: 'seed', message: 'seed: Extra inputs are not permitted' })
})

// https://github.com/zed-industries/zed/pull/31736
it('lets the model speak between a result and the user’s next words, in a translation and on a relay', () => {
  const messages = [
    ...HI,
    { role: 'assistant', content: null, tool_calls: [{ id: 'abcdefghi', ...weather }] },
    { role: 'tool', tool_call_id: 'abcdefghi', content: '15 degrees' },
    { role: 'user', content: 'Stop.' },
  ]
  const roles = (sent: JsonValue | undefined): unknown[] => (sent as readonly JsonObject[]).map(({ role }) => role)
  const bridged = ['user', 'assistant', 'tool', 'assistant', 'user']
  expect(roles(written({ messages }).body.messages)).toEqual(bridged)
  expect(roles(edits({ messages }).messages)).toEqual(bridged)
  expect(edits({ messages: messages.slice(0, 3) })).not.toHaveProperty('messages')
})
