import { describe, expect, it } from 'vitest'
import { openaiChat } from '../../../../../../electron/engine/protocols/openai-chat/openai-chat.ts'
import { openaiResponses } from '../../../../../../electron/engine/protocols/openai-responses/openai-responses.ts'
import type { JsonObject, JsonValue } from '../../../../../../shared/chat.ts'
import { Failure } from '../../../../../../shared/failure.ts'

const read = (body: JsonObject) => openaiResponses.readRequest({ model: 'gpt-5-mini', ...body }, {})
const items = (...input: readonly JsonObject[]) => read({ input }).messages
const target = { provider: 'openai', upstreamModel: 'gpt-5-mini', stream: false, outputLimit: undefined }

function refusal(body: JsonObject): Failure {
  try {
    read(body)
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown
  }
  throw new Error('was not refused')
}

/** A chat client's request, as it goes to OpenAI's Responses. */
function fromChat(body: JsonObject, upstreamModel = 'gpt-5.6') {
  const view = openaiChat.readRequest({ model: 'x', messages: [{ role: 'user', content: 'hi' }], ...body }, {})
  return openaiResponses.writeRequest(view, { ...target, upstreamModel })
}

describe('a request that is read', () => {
  it('opens with its instructions', () => {
    expect(read({ instructions: 'Be brief.', input: 'hi' }).messages).toEqual([
      { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', parts: [{ type: 'text', text: 'hi' }] },
    ])
  })

  it('has pictures, files and sounds as what they are', () => {
    const [message] = items({
      role: 'user',
      content: [
        { type: 'input_image', image_url: 'data:image/png;base64,aGk=', detail: 'high' },
        { type: 'input_image', image_url: 'https://example.com/a.png', detail: 'auto' },
        { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,aGk=' },
        { type: 'input_file', file_url: 'https://example.com/a.pdf' },
        { type: 'input_audio', input_audio: { data: 'aGk=', format: 'wav' } },
        { type: 'input_image', file_id: 'file-1' },
      ],
    })
    expect(message?.parts).toEqual([
      { type: 'image', media: { kind: 'base64', mediaType: 'image/png', data: 'aGk=' }, detail: 'high' },
      { type: 'image', media: { kind: 'url', url: 'https://example.com/a.png' } },
      { type: 'document', media: { kind: 'base64', mediaType: 'application/pdf', data: 'aGk=' }, name: 'a.pdf' },
      { type: 'document', media: { kind: 'url', url: 'https://example.com/a.pdf' } },
      { type: 'audio', format: 'wav', data: 'aGk=' },
      { type: 'opaque', protocol: 'openai-responses', value: { type: 'input_image', file_id: 'file-1' } },
    ])
  })

  it("gathers the model's items into one turn and results into one", () => {
    const messages = items(
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'gAAAA' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'I look.' }] },
      { type: 'function_call', call_id: 'a', name: 'one', arguments: '{}' },
      { type: 'web_search_call', id: 'ws_1', status: 'completed' },
      { type: 'function_call', call_id: 'b', name: 'two', namespace: 'ns', arguments: '{}' },
      { type: 'function_call_output', call_id: 'b', output: [{ type: 'input_text', text: 'B' }] },
      { type: 'function_call_output', call_id: 'a', output: 'A' },
    )
    expect(messages.map(({ role, parts }) => [role, parts.map((part) => part.type)])).toEqual([
      ['assistant', ['reasoning', 'text', 'tool-call', 'opaque', 'tool-call']],
      ['tool', ['tool-result', 'tool-result']],
    ])
    expect(messages[0]?.parts[4]).toMatchObject({ name: 'ns__two' })
  })

  it.each<[string, JsonObject, string]>([
    ['no input', {}, 'input'],
    ['an input of another kind', { input: 5 }, 'input'],
    ['an unknown role', { input: [{ role: 'robot', content: 'x' }] }, 'input[0].role'],
    ['a call without arguments', { input: [{ type: 'function_call', call_id: 'a', name: 'b' }] }, 'input[0].arguments'],
    ['an image without address', { input: [{ role: 'user', content: [{ type: 'input_image' }] }] }, 'input[0].content[0].image_url'],
    ['a tool without a name', { input: 'x', tools: [{ type: 'function' }] }, 'tools[0].name'],
    ['a temperature that is a text', { input: 'x', temperature: '1' }, 'temperature'],
    ['a reference that nobody resolved', { input: [{ type: 'item_reference', id: 'msg_1' }] }, 'input[0]'],
    ['a conversation of the provider', { input: 'x', conversation: 'conv_1' }, 'conversation'],
  ])('with %s is refused by the name of the field', (_what, body, param) => {
    expect(refusal(body)).toMatchObject({ kind: 'bad-request', param })
  })

  it('keeps what the view has no place for, and only that', () => {
    const view = read({
      ...{ input: 'x', store: true, truncation: 'disabled', background: false, include: ['reasoning.encrypted_content'], service_tier: 'auto', metadata: null },
      ...{ truncation: 'auto', text: { verbosity: 'low' }, reasoning: { effort: 'low', summary: 'detailed' }, tools: [{ type: 'web_search' }], brand_new: 1 },
    })
    const unmodelled: Record<string, JsonValue> = {
      truncation: 'auto',
      'text.verbosity': 'low',
      'reasoning.summary': 'detailed',
      'tools[0]': { type: 'web_search' },
      brand_new: 1,
    }
    expect(view.unmodelled).toEqual(unmodelled)
    expect(view.reasoning).toEqual({ effort: 'low', shown: true })
  })
})

describe('a request that is written', () => {
  it('is stateless, asks for encrypted reasoning, and says that schemas are not strict', () => {
    const tools = [
      { type: 'function', function: { name: 'one', parameters: { type: 'object' } } },
      { type: 'function', function: { name: 'two', strict: true } },
    ]
    const { body, dropped } = fromChat({ tools, reasoning_effort: 'high', max_tokens: 5, prompt_cache_key: 'k', verbosity: 'low', tool_choice: 'required' })
    expect(body).toEqual({
      model: 'gpt-5.6',
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] }],
      store: false,
      include: ['reasoning.encrypted_content'],
      max_output_tokens: 16,
      reasoning: { effort: 'high' },
      tools: [
        { type: 'function', name: 'one', parameters: { type: 'object' }, strict: false },
        { type: 'function', name: 'two', parameters: { type: 'object', properties: {} }, strict: true },
      ],
      tool_choice: 'required',
      text: { verbosity: 'low' },
      prompt_cache_key: 'k',
    })
    expect(dropped).toEqual([])
  })

  it('does not ask models without reasoning for any', () => {
    const { body, dropped } = fromChat({ temperature: 0.5, reasoning_effort: 'high' }, 'gpt-4.1')
    expect(body).toMatchObject({ temperature: 0.5 })
    expect(body).not.toHaveProperty('include')
    expect(body).not.toHaveProperty('reasoning')
    expect(dropped).toEqual(['reasoning.effort'])
  })

  it('names what this format has no field for', () => {
    const { dropped } = fromChat({ seed: 1, stop: ['a'], presence_penalty: 1, frequency_penalty: 0, temperature: 0.2, n: 2, logit_bias: { 1: 2 } })
    expect([...dropped].sort((a, b) => a.localeCompare(b))).toEqual(['logit_bias', 'n', 'presence_penalty', 'seed', 'stop', 'temperature'])
  })

  it('leaves reasoning out that nothing followed', () => {
    const messages = [
      { role: 'assistant', content: '', reasoning_details: [{ type: 'reasoning.encrypted', data: 'gAAAA', format: 'openai-responses-v1' }] },
      { role: 'user', content: 'hi' },
    ]
    const { body, dropped } = fromChat({ messages })
    expect(JSON.stringify(body)).not.toContain('gAAAA')
    expect(dropped).toContain('messages.reasoning')
  })

  it('marks the prompt cache where the model knows marks', () => {
    const content = [{ type: 'text', text: 'long', cache_control: { type: 'ephemeral' } }]
    const messages = [{ role: 'user', content }]
    expect(fromChat({ messages }).body.input).toMatchObject([{ content: [{ prompt_cache_breakpoint: { mode: 'explicit' } }] }])
    expect(fromChat({ messages }, 'gpt-5-mini').dropped).toEqual(['cache_control'])
  })

  it('tells results in one text, or in parts where there are pictures', () => {
    const image = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }
    const view = openaiChat.readRequest(
      {
        model: 'x',
        messages: [
          { role: 'assistant', tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '' } }] },
          { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'see' }, image] },
        ],
      },
      {},
    )
    expect(openaiResponses.writeRequest(view, target).body.input).toEqual([
      { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' },
      {
        type: 'function_call_output',
        call_id: 'a',
        output: [
          { type: 'input_text', text: 'see' },
          { type: 'input_image', image_url: 'https://example.com/a.png', detail: 'auto' },
        ],
      },
    ])
  })
})
