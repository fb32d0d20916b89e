import { describe, expect, it } from 'vitest'
import { gemini } from '../../../../../../electron/engine/protocols/gemini/gemini.ts'
import type { ChatView, JsonObject, Message, Part, ReasoningWish } from '../../../../../../shared/chat.ts'
import { bodyFixture } from './fixture.ts'

const OLD = 'gemini-2.5-flash'
const NEW = 'gemini-3-flash-preview'

const EMPTY: ChatView = {
  model: 'google/gemini',
  messages: [],
  stream: false,
  wantsUsage: true,
  tools: [],
  needs: new Set(),
  unmodelled: {},
  routing: { fallbackModels: [], requireParameters: false },
}

function write(view: Partial<ChatView>, upstreamModel = NEW, outputLimit?: number) {
  return gemini.writeRequest({ ...EMPTY, ...view }, { provider: 'google', upstreamModel, stream: false, outputLimit })
}

function contents(messages: readonly Message[], model = NEW): unknown {
  return write({ messages }, model).body.contents
}

const text = (words: string): Part => ({ type: 'text', text: words })
const user = (...parts: Part[]): Message => ({ role: 'user', parts })
const assistant = (...parts: Part[]): Message => ({ role: 'assistant', parts })
const call = (id: string, name: string, args = '{}'): Part => ({ type: 'tool-call', id, name, arguments: args })
const result = (callId: string, words: string, isError = false): Message => ({
  role: 'tool',
  parts: [{ type: 'tool-result', callId, parts: [text(words)], isError }],
})

describe('a request written for Gemini', () => {
  it('comes back from the view as it was, signatures on their parts', () => {
    const body = bodyFixture('full-request')
    const view = gemini.readRequest(body, { model: NEW, stream: false })
    const written = write(view)
    expect(written.dropped.toSorted()).toEqual(['generationConfig.mediaResolution', 'safetySettings', 'tools[1].googleSearch'])
    expect(written.body).toMatchObject({
      systemInstruction: { parts: [{ text: 'Answer briefly.' }] },
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['look_up'] } },
      generationConfig: {
        temperature: 0.5,
        topP: 0.9,
        topK: 40,
        maxOutputTokens: 800,
        stopSequences: ['END'],
        seed: 7,
        presencePenalty: 0.1,
        frequencyPenalty: 0.2,
        responseMimeType: 'application/json',
        responseJsonSchema: { type: 'object', properties: { answer: { type: 'string' } } },
        thinkingConfig: { includeThoughts: true, thinkingLevel: 'LOW' },
      },
    })
    expect((written.body.contents as JsonObject[])[1]).toEqual({
      role: 'model',
      parts: [
        { text: 'Let me think.', thought: true },
        { text: 'I will ask.', thoughtSignature: 'c2lnLXRleHQ=' },
        { functionCall: { id: 'call_0', name: 'look_up', args: { page: 1 } }, thoughtSignature: 'c2lnLWNhbGw=' },
        { functionCall: { id: 'own-id', name: 'look_up', args: { page: 2 } } },
      ],
    })
  })

  it('puts first instructions aside, tags later ones, and merges neighbours of one side', () => {
    const system = (words: string): Message => ({ role: 'system', parts: [text(words)] })
    const { body } = write({
      messages: [system('One.'), system('Two.'), user(text('a')), user(text('b')), system('Three.'), assistant(text('c')), assistant(text('d'))],
    })
    expect(body).toEqual({
      systemInstruction: { parts: [{ text: 'One.' }, { text: 'Two.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'a' }, { text: 'b' }, { text: '<system>\nThree.\n</system>' }] },
        { role: 'model', parts: [{ text: 'c' }, { text: 'd' }] },
      ],
    })
  })

  it('tells instructions as the user where there is nothing else, or the model knows none', () => {
    const system: Message = { role: 'system', parts: [text('Only this.')] }
    expect(write({ messages: [system] }).body).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Only this.' }] }] })
    expect(write({ messages: [system, user(text('hi'))] }, 'gemma-3-27b-it').body).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Only this.' }, { text: 'hi' }] }],
    })
  })

  it('answers every call of a step in one turn, in the order of the calls', () => {
    const history = [
      user(text('go')),
      assistant(text(''), call('a', 'first', ''), call('b', 'second', 'null'), call('c', 'third')),
      result('c', '{"n":3}'),
      result('a', 'one'),
    ]
    expect((contents([...history, user(text('and?'))], OLD) as unknown[]).slice(1)).toEqual([
      {
        role: 'model',
        parts: [
          { functionCall: { id: 'a', name: 'first', args: {} } },
          { functionCall: { id: 'b', name: 'second', args: {} } },
          { functionCall: { id: 'c', name: 'third', args: {} } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'a', name: 'first', response: { result: 'one' } } },
          { functionResponse: { id: 'b', name: 'second', response: { error: 'The conversation holds no result of this call.' } } },
          { functionResponse: { id: 'c', name: 'third', response: { n: 3 } } },
          { text: 'and?' },
        ],
      },
    ])
  })

  it('matches ids that repeat from turn to turn within their own turn', () => {
    const history = [user(text('go')), assistant(call('x', 'f')), result('x', 'one'), assistant(call('x', 'g')), result('x', 'two')]
    expect(contents(history, OLD)).toMatchObject([
      {},
      {},
      { parts: [{ functionResponse: { name: 'f', response: { result: 'one' } } }] },
      {},
      { parts: [{ functionResponse: { name: 'g', response: { result: 'two' } } }] },
    ])
  })

  it('tells a result without its call in words, failures as errors, long numbers untouched', () => {
    expect(contents([user(text('a')), result('lost', 'found')])).toEqual([
      { role: 'user', parts: [{ text: 'a' }, { text: '<tool-result>\nfound\n</tool-result>' }] },
    ])
    const history = (words: string, isError: boolean): Message[] => [user(text('go')), assistant(call('a', 'f')), result('a', words, isError)]
    expect(contents(history('broken', true))).toMatchObject([{}, {}, { parts: [{ functionResponse: { response: { error: 'broken' } } }] }])
    expect(contents(history('{"id":12345678901234567890}', false))).toMatchObject([
      {},
      {},
      { parts: [{ functionResponse: { response: { result: '{"id":12345678901234567890}' } } }] },
    ])
  })

  it('signs the first call of a step with the documented placeholder for models that demand one, and only then', () => {
    const history = [user(text('go')), assistant(call('a', 'f'), call('b', 'g')), result('a', '1'), result('b', '2')]
    const parts = (model: string): JsonObject[] => (contents(history, model) as { parts: JsonObject[] }[])[1]?.parts ?? []
    expect(parts('gemini-3-pro-preview').map((part) => part.thoughtSignature)).toEqual(['skip_thought_signature_validator', undefined])
    expect(parts('gemini-4-flash').map((part) => part.thoughtSignature)).toEqual(['skip_thought_signature_validator', undefined])
    expect(parts(OLD).map((part) => part.thoughtSignature)).toEqual([undefined, undefined])
  })

  it('keeps broken arguments of an earlier call as the model wrote them', () => {
    expect(contents([user(text('go')), assistant(call('a', 'f', '{"x":'))], OLD)).toMatchObject([
      {},
      { parts: [{ functionCall: { args: { arguments: '{"x":' } } }] },
    ])
  })

  it('leaves out reasoning of other providers and reports opaque parts of theirs', () => {
    const thinking: Part = { type: 'reasoning', text: 'hm', signature: 'foreign', format: 'anthropic-messages' }
    const foreign: Part = { type: 'opaque', protocol: 'anthropic-messages', value: { type: 'server_tool_use' } }
    const written = write({ messages: [user(text('a')), assistant(thinking, foreign, text('b'))] })
    expect(written.body.contents).toEqual([
      { role: 'user', parts: [{ text: 'a' }] },
      { role: 'model', parts: [{ text: 'b' }] },
    ])
    expect(written.dropped).toEqual(['messages.thinking', 'server_tool_use'])
  })

  it('carries images, documents and sound', () => {
    const parts: Part[] = [
      { type: 'image', media: { kind: 'base64', mediaType: 'image/webp', data: 'AA==' } },
      { type: 'image', media: { kind: 'url', url: 'https://example.org/cat.png?size=1' } },
      { type: 'document', media: { kind: 'base64', mediaType: 'application/pdf', data: 'AA==' } },
      { type: 'audio', format: 'wav', data: 'AA==' },
    ]
    expect(contents([user(...parts)])).toEqual([
      {
        role: 'user',
        parts: [
          { inlineData: { mimeType: 'image/webp', data: 'AA==' } },
          { fileData: { mimeType: 'image/png', fileUri: 'https://example.org/cat.png?size=1' } },
          { inlineData: { mimeType: 'application/pdf', data: 'AA==' } },
          { inlineData: { mimeType: 'audio/wav', data: 'AA==' } },
        ],
      },
    ])
  })

  it('puts images of a result inside it for new models and behind the results for older ones', () => {
    const image: Part = { type: 'image', media: { kind: 'base64', mediaType: 'image/png', data: 'AA==' } }
    const history: Message[] = [
      user(text('go')),
      assistant(call('a', 'f'), call('b', 'g')),
      { role: 'tool', parts: [{ type: 'tool-result', callId: 'a', parts: [image], isError: false }] },
      result('b', 'two'),
    ]
    const inline = { inlineData: { mimeType: 'image/png', data: 'AA==' } }
    expect((contents(history, NEW) as { parts: unknown[] }[])[2]?.parts[0]).toEqual({ functionResponse: { id: 'a', name: 'f', response: {}, parts: [inline] } })
    expect((contents(history, OLD) as { parts: unknown[] }[])[2]?.parts).toEqual([
      { functionResponse: { id: 'a', name: 'f', response: {} } },
      { functionResponse: { id: 'b', name: 'g', response: { result: 'two' } } },
      inline,
    ])
  })

  it.each<[string, ReasoningWish, number | undefined, JsonObject | undefined, boolean]>([
    [OLD, { effort: 'none' }, undefined, { thinkingBudget: 0 }, false],
    [OLD, { effort: 'high' }, 10_000, { includeThoughts: true, thinkingBudget: 8000 }, false],
    [OLD, { effort: 'low' }, undefined, { includeThoughts: true, thinkingBudget: 1024 }, false],
    [OLD, { adaptive: true }, undefined, { includeThoughts: true, thinkingBudget: -1 }, false],
    [OLD, { budgetTokens: 2000, exclude: true }, undefined, { thinkingBudget: 2000 }, false],
    [OLD, { budgetTokens: 99_999 }, undefined, { includeThoughts: true, thinkingBudget: 24_576 }, true],
    [OLD, { budgetTokens: 4000 }, 2000, { includeThoughts: true, thinkingBudget: 1900 }, true],
    ['gemini-2.5-pro', { effort: 'none' }, undefined, { thinkingBudget: 128 }, true],
    ['gemini-2.0-flash', { effort: 'high' }, undefined, undefined, true],
    ['gemini-2.0-flash', { effort: 'none' }, undefined, undefined, false],
    ['gemini-2.0-flash', { shown: true }, undefined, undefined, false],
    [NEW, {}, undefined, { includeThoughts: true }, false],
    [NEW, { effort: 'minimal' }, undefined, { includeThoughts: true, thinkingLevel: 'MINIMAL' }, false],
    [NEW, { effort: 'xhigh' }, undefined, { includeThoughts: true, thinkingLevel: 'HIGH' }, true],
    [NEW, { budgetTokens: 1000 }, undefined, { includeThoughts: true, thinkingLevel: 'LOW' }, false],
    [NEW, { budgetTokens: 9000 }, 10_000, { includeThoughts: true, thinkingLevel: 'HIGH' }, false],
    ['gemini-3-pro-preview', { effort: 'medium' }, undefined, { includeThoughts: true, thinkingLevel: 'HIGH' }, true],
    ['gemini-3.1-pro-preview', { effort: 'none' }, undefined, { thinkingLevel: 'LOW' }, true],
  ])('tells %s the wish %j within %s tokens in its own terms', (model, reasoning, maxOutputTokens, config, altered) => {
    const view = { messages: [user(text('a'))], reasoning, ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }) }
    const written = write(view, model)
    expect((written.body.generationConfig as JsonObject | undefined)?.thinkingConfig).toEqual(config)
    expect(written.dropped).toEqual(altered ? ['reasoning'] : [])
  })

  it('names every field it could not carry', () => {
    const written = write(
      {
        messages: [user({ type: 'text', text: 'a', cache: {} })],
        tools: [{ name: 'f', strict: true, parameters: { type: 'object' } }],
        toolChoice: { type: 'auto' },
        parallelToolCalls: false,
        user: 'someone',
        seed: 2 ** 40,
        stop: ['1', '2', '3', '4', '5', '6'],
        maxOutputTokens: 100_000,
        unmodelled: { logit_bias: { '1': 2 } },
      },
      NEW,
      65_536,
    )
    expect(written.dropped.toSorted()).toEqual(['cache_control', 'logit_bias', 'max_tokens', 'parallel_tool_calls', 'seed', 'stop', 'strict', 'user'])
    expect(written.body).toMatchObject({
      tools: [{ functionDeclarations: [{ name: 'f', parametersJsonSchema: { type: 'object' } }] }],
      toolConfig: { functionCallingConfig: { mode: 'AUTO' } },
      generationConfig: { stopSequences: ['1', '2', '3', '4', '5'], maxOutputTokens: 65_536 },
    })
  })

  it('asks for JSON in words where a model takes no schema beside tools', () => {
    const view = { messages: [user(text('a'))], tools: [{ name: 'f' }], output: { type: 'json-object' } as const }
    expect(write(view, NEW).body.generationConfig).toEqual({ responseMimeType: 'application/json' })
    const written = write(view, OLD)
    expect(written.body.generationConfig).toBeUndefined()
    expect(JSON.stringify(written.body.systemInstruction)).toContain('a single JSON value')
    expect(written.dropped).toEqual(['response_format'])
  })

  it('goes to the path of the model, and on a relay only loses routing fields', () => {
    const target = { provider: 'google', upstreamModel: 'models/gemini-3-flash', stream: true, outputLimit: undefined }
    expect(gemini.path(target)).toBe('/models/gemini-3-flash:streamGenerateContent?alt=sse')
    expect(gemini.path({ ...target, stream: false })).toBe('/models/gemini-3-flash:generateContent')
    expect(Object.entries(gemini.relayEdits(EMPTY, target, {}).fields)).toEqual([
      ['models', undefined],
      ['provider', undefined],
      ['session_id', undefined],
    ])
  })

  it('signs on a relay what Gemini 3 wants signed, and nothing that is signed already', () => {
    const call = { functionCall: { name: 'f', args: {} } }
    const result = { role: 'user', parts: [{ functionResponse: { name: 'f', response: {} } }] }
    const contents = [
      { role: 'user', parts: [{ text: 'a' }] },
      { role: 'model', parts: [{ text: 'First.' }, call, call] },
      result,
      { role: 'model', parts: [{ ...call, thoughtSignature: 'own' }, call] },
      result,
      // protobuf JSON knows each field under two spellings
      { role: 'model', parts: [{ function_call: call.functionCall, thought_signature: 'own' }] },
    ]
    const target = { provider: 'google', upstreamModel: 'gemini-3-flash', stream: true, outputLimit: undefined }
    const edited = gemini.relayEdits(EMPTY, target, { contents }).fields.contents
    const signed = { ...call, thoughtSignature: 'skip_thought_signature_validator' }
    expect(edited).toEqual(contents.with(1, { role: 'model', parts: [{ text: 'First.' }, signed, call] }))
    expect(gemini.relayEdits(EMPTY, { ...target, upstreamModel: 'gemini-2.5-flash' }, { contents }).fields).not.toHaveProperty('contents')
    expect(gemini.relayEdits(EMPTY, target, { contents: contents.slice(3) }).fields).not.toHaveProperty('contents')
    expect(gemini.relayEdits(EMPTY, target, { contents: 'odd' }).fields).not.toHaveProperty('contents')
  })

  // https://github.com/vercel/ai/issues/15664
  it('has no ids of calls for Vertex AI, which refuses them, in a translation and on a relay', () => {
    const target = { provider: 'vertex', upstreamModel: OLD, stream: false, outputLimit: undefined }
    const messages = [user(text('a')), assistant(call('x', 'f'), call('y', 'f')), result('y', 'two'), result('x', 'one')]
    const bare = [
      { role: 'user', parts: [{ text: 'a' }] },
      { role: 'model', parts: [{ functionCall: { name: 'f', args: {} } }, { functionCall: { name: 'f', args: {} } }] },
      { role: 'user', parts: ['one', 'two'].map((said) => ({ functionResponse: { name: 'f', response: { result: said } } })) },
    ]
    expect(gemini.writeRequest({ ...EMPTY, messages }, target).body.contents).toEqual(bare)
    const own = [...bare, { role: 'model', parts: [{ function_call: { id: 'z', name: 'f' }, thought_signature: 's' }] }]
    const edited = gemini.relayEdits(EMPTY, { ...target, upstreamModel: NEW }, { contents: own }).fields.contents
    expect(edited).toMatchObject([{}, { parts: [{ thoughtSignature: expect.any(String) }, {}] }, {}, { parts: [{ function_call: { name: 'f' } }] }])
    expect(JSON.stringify(edited)).not.toContain('"id"')
    expect(gemini.relayEdits(EMPTY, target, { contents: bare }).fields).not.toHaveProperty('contents')
    expect(gemini.relayEdits(EMPTY, { ...target, provider: 'google' }, { contents: own }).fields).not.toHaveProperty('contents')
  })
})
