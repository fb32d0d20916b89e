import { describe, expect, it } from 'vitest'
import { gemini } from '../../../../../../electron/engine/protocols/gemini/gemini.ts'
import type { ChatView, JsonObject, JsonValue } from '../../../../../../shared/chat.ts'
import { Failure } from '../../../../../../shared/failure.ts'
import { bodyFixture } from './fixture.ts'

const ROUTE = { model: 'models/gemini-3-flash', stream: true }

function read(body: JsonObject): ChatView {
  return gemini.readRequest(body, ROUTE)
}

function ask(generationConfig: JsonObject, others: JsonObject = {}): ChatView {
  return read({ contents: [{ parts: [{ text: 'hi' }] }], generationConfig, ...others })
}

describe('a Gemini request', () => {
  const view = read(bodyFixture('full-request'))

  it('takes model and streaming from the path', () => {
    expect(view).toMatchObject({ model: 'gemini-3-flash', stream: true, wantsUsage: true })
    expect(() => gemini.readRequest({ contents: [{ parts: [{ text: 'hi' }] }] }, {})).toThrow(/path/)
  })

  it('reads both spellings of a field, and a turn without a role as the user', () => {
    expect(view.messages.slice(0, 2)).toEqual([
      { role: 'system', parts: [{ type: 'text', text: 'Answer briefly.' }] },
      {
        role: 'user',
        parts: [
          { type: 'text', text: 'Which of these?' },
          { type: 'image', media: { kind: 'base64', mediaType: 'image/png', data: 'iVBORw0KGgo=' } },
          { type: 'document', media: { kind: 'url', url: 'https://example.org/report.pdf', mediaType: 'application/pdf' } },
          { type: 'audio', format: 'mp3', data: 'SUQz' },
        ],
      },
    ])
  })

  it('keeps each signature with its part, and makes up ids that stay the same', () => {
    expect(view.messages[2]).toEqual({
      role: 'assistant',
      parts: [
        { type: 'reasoning', text: 'Let me think.', format: 'gemini' },
        { type: 'text', text: 'I will ask.' },
        { type: 'opaque', protocol: 'gemini', value: { thoughtSignature: 'c2lnLXRleHQ=' } },
        { type: 'tool-call', id: 'call_0', name: 'look_up', arguments: '{"page":1}', signature: 'c2lnLWNhbGw=' },
        { type: 'tool-call', id: 'own-id', name: 'look_up', arguments: '{"page":2}' },
      ],
    })
    expect(read(bodyFixture('full-request'))).toEqual(view)
  })

  it('finds the call of each result by id, else by name, and puts results before words', () => {
    expect(view.messages.slice(3)).toEqual([
      {
        role: 'tool',
        parts: [
          { type: 'tool-result', callId: 'own-id', name: 'look_up', parts: [{ type: 'text', text: '{"pages":12}' }], isError: false },
          { type: 'tool-result', callId: 'call_0', name: 'look_up', parts: [{ type: 'text', text: 'page one' }], isError: false },
        ],
      },
      { role: 'user', parts: [{ type: 'text', text: 'Go on.' }] },
    ])
  })

  it('turns the OpenAPI subset into JSON Schema', () => {
    expect(view.tools).toEqual([
      {
        name: 'look_up',
        description: 'Reads a page',
        parameters: {
          type: 'object',
          properties: { page: { type: ['integer', 'null'] }, kind: { type: 'string', enum: ['a', 'b'] } },
          required: ['page'],
        },
      },
    ])
    expect(view.output).toEqual({ type: 'json-schema', name: 'response', schema: { type: 'object', properties: { answer: { type: 'string' } } } })
  })

  it('leaves real JSON Schema as it is', () => {
    const schema = { type: 'object', properties: { nullable: { type: ['string', 'null'] } }, $defs: { x: { const: 1 } } }
    const { tools } = read({ contents: [{ parts: [{ text: 'hi' }] }], tools: { function_declarations: [{ name: 'f', parameters_json_schema: schema }] } })
    expect(tools).toEqual([{ name: 'f', parameters: schema }])
  })

  it('reads the settings', () => {
    expect(view).toMatchObject({
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      maxOutputTokens: 800,
      stop: ['END'],
      seed: 7,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      toolChoice: { type: 'tool', name: 'look_up' },
      reasoning: { effort: 'low' },
    })
    expect(view.needs).toEqual(new Set(['tools', 'json-schema', 'reasoning', 'vision', 'documents', 'audio']))
  })

  it('names what it has no place for by where it stood', () => {
    expect(view.unmodelled).toEqual({
      'generationConfig.mediaResolution': 'MEDIA_RESOLUTION_LOW',
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
      'tools[1].googleSearch': {},
    })
    const clip = { fileData: { fileUri: 'https://example.org/a.png', mimeType: 'image/png' }, videoMetadata: { startOffset: '10s' } }
    expect(read({ contents: [{ parts: [clip] }], cachedContent: 'cachedContents/1' }).unmodelled).toEqual({
      'contents[0].parts[0].videoMetadata': { startOffset: '10s' },
      cachedContent: 'cachedContents/1',
    })
  })

  it('keeps parts of other kinds whole', () => {
    const film = { fileData: { fileUri: 'https://example.org/a.mp4', mimeType: 'video/mp4' }, thoughtSignature: 'c2ln' }
    const code = { executableCode: { language: 'PYTHON', code: '1' }, thoughtSignature: 'c2ln' }
    expect(read({ contents: [{ role: 'model', parts: [film, code] }] }).messages[0]?.parts).toEqual([
      { type: 'opaque', protocol: 'gemini', value: film },
      { type: 'opaque', protocol: 'gemini', value: code },
    ])
  })

  it.each<[JsonObject, ChatView['reasoning']]>([
    [{}, undefined],
    [{ thinkingConfig: { thinkingBudget: 0 } }, { effort: 'none' }],
    [{ thinkingConfig: { thinkingBudget: -1, includeThoughts: true } }, { adaptive: true, shown: true }],
    [{ thinkingConfig: { thinkingBudget: 2048 } }, { budgetTokens: 2048, exclude: true }],
    [{ thinking_config: { thinking_level: 'HIGH', include_thoughts: true } }, { effort: 'high', shown: true }],
    [{ thinkingConfig: { includeThoughts: true } }, { shown: true }],
  ])('reads the wish for reasoning out of %j', (config, wish) => {
    expect(ask(config).reasoning).toEqual(wish)
  })

  it.each<[JsonObject, ChatView['toolChoice'], readonly string[]]>([
    [{ mode: 'AUTO' }, { type: 'auto' }, []],
    [{ mode: 'none' }, { type: 'none' }, []],
    [{ mode: 'ANY' }, { type: 'required' }, []],
    [{ mode: 'ANY', allowedFunctionNames: ['a', 'b'] }, { type: 'required' }, ['toolConfig.functionCallingConfig.allowedFunctionNames']],
    [{ mode: 'VALIDATED' }, { type: 'auto' }, ['toolConfig.functionCallingConfig.mode']],
  ])('reads the tool choice out of %j', (functionCallingConfig, choice, left) => {
    const read = ask({}, { toolConfig: { functionCallingConfig } })
    expect(read.toolChoice).toEqual(choice)
    expect(Object.keys(read.unmodelled)).toEqual(left)
  })

  it('reads failures of tools, and URL-safe base64 as everybody else writes it', () => {
    const failed = { functionResponse: { name: 'f', response: { error: 'no such page' } } }
    expect(read({ contents: [{ parts: [failed] }] }).messages[0]?.parts).toMatchObject([{ isError: true, parts: [{ type: 'text', text: 'no such page' }] }])
    const image = { inlineData: { mimeType: 'image/png', data: '-_8=' } }
    expect(read({ contents: [{ parts: [image] }] }).messages[0]?.parts).toMatchObject([{ media: { data: '+/8=' } }])
  })

  it.each<[string, JsonObject]>([
    ['contents', {}],
    ['contents', { contents: [] }],
    ['contents[0]', { contents: ['hi'] }],
    ['contents[0].role', { contents: [{ role: 'assistant', parts: [] }] }],
    [
      'contents[0].parts[1].inlineData.data',
      { contents: [{ parts: [{ text: 'a' }, { inlineData: { mimeType: 'image/png', data: 'data:image/png;base64,AA' } }] }] },
    ],
    ['contents[0].parts[0].inlineData.mimeType', { contents: [{ parts: [{ inlineData: { data: 'AA==' } }] }] }],
    ['contents[0].parts[0].text', { contents: [{ parts: [{ text: 5 }] }] }],
    ['contents[0].parts[0].functionCall.args', { contents: [{ parts: [{ functionCall: { name: 'f', args: '{}' } }] }] }],
    ['generationConfig.temperature', { contents: [{ parts: [{ text: 'a' }] }], generationConfig: { temperature: 'warm' } }],
    [
      'generationConfig.thinkingConfig.thinkingLevel',
      { contents: [{ parts: [{ text: 'a' }] }], generationConfig: { thinkingConfig: { thinkingLevel: 'ALL' } } },
    ],
    ['toolConfig.functionCallingConfig.mode', { contents: [{ parts: [{ text: 'a' }] }], toolConfig: { functionCallingConfig: { mode: 'SOME' } } }],
    ['tools[0].functionDeclarations[0].name', { contents: [{ parts: [{ text: 'a' }] }], tools: [{ functionDeclarations: [{}] }] }],
  ])('is refused with %s named as the place', (param, body) => {
    expect(failureOf(body)).toMatchObject({ kind: 'bad-request', param })
  })

  it('never trips over names that objects are born with', () => {
    const body = JSON.parse('{"contents":[{"parts":[{"text":"a"}]}],"__proto__":{"x":1},"constructor":2}') as JsonObject
    expect(Object.entries(read(body).unmodelled)).toEqual([
      ['__proto__', { x: 1 }],
      ['constructor', 2 as JsonValue],
    ])
  })
})

function failureOf(body: JsonObject): Failure {
  try {
    read(body)
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown
    throw thrown
  }
  throw new Error('the request was accepted')
}
