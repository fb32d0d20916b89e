import { describe, expect, it } from 'vitest'
import { bedrockConverse } from '../../../../../../electron/engine/protocols/bedrock-converse/bedrock-converse.ts'
import { openaiChat } from '../../../../../../electron/engine/protocols/openai-chat/openai-chat.ts'
import type { ChatView, JsonObject, Message, Part } from '../../../../../../shared/chat.ts'

const SONNET = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'
const NOVA = 'amazon.nova-lite-v1:0'
const LLAMA = 'us.meta.llama4-maverick-17b-instruct-v1:0'
const GPT_OSS = 'openai.gpt-oss-120b-1:0'

function viewOf(changes: Partial<ChatView>): ChatView {
  const plain = openaiChat.readRequest({ model: 'x', messages: [{ role: 'user', content: 'hi' }] }, {})
  return { ...plain, ...changes }
}

function write(changes: Partial<ChatView>, upstreamModel = SONNET): { body: JsonObject; dropped: readonly string[] } {
  const { body, dropped } = bedrockConverse.writeRequest(viewOf(changes), { provider: 'bedrock', upstreamModel, stream: false, outputLimit: undefined })
  // as it goes over the wire
  return { body: JSON.parse(JSON.stringify(body)) as JsonObject, dropped: [...dropped].toSorted((a, b) => a.localeCompare(b)) }
}

function user(...parts: readonly Part[]): Message {
  return { role: 'user', parts }
}
const text = (words: string): Part => ({ type: 'text', text: words })
const call = (id: string, name = 'weather'): Part => ({ type: 'tool-call', id, name, arguments: '{"city":"Ulm"}' })
const result = (callId: string, ...parts: readonly Part[]): Part => ({ type: 'tool-result', callId, parts, isError: false })
const WEATHER = { name: 'weather', description: 'The weather.', parameters: { type: 'object', properties: { city: { type: 'string' } } } }
const PDF = { type: 'document', media: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBERi0=' } } as const

describe('a conversation for Converse', () => {
  it('goes in turns, instructions apart, tool results first and each beside its call', () => {
    const { body, dropped } = write({
      tools: [WEATHER],
      messages: [
        { role: 'system', parts: [text('Be brief.')] },
        user(text('Ulm and Bonn?')),
        { role: 'assistant', parts: [text('Looking.'), call('call_a'), call('call_b')] },
        user(text('Quick!')),
        { role: 'tool', parts: [result('call_a', text('sun'))] },
        { role: 'tool', parts: [result('call_b')] },
      ],
    })
    expect(dropped).toEqual([])
    expect(body.system).toEqual([{ text: 'Be brief.' }])
    expect(body.messages).toEqual([
      { role: 'user', content: [{ text: 'Ulm and Bonn?' }] },
      {
        role: 'assistant',
        content: [
          { text: 'Looking.' },
          { toolUse: { toolUseId: 'call_a', name: 'weather', input: { city: 'Ulm' } } },
          { toolUse: { toolUseId: 'call_b', name: 'weather', input: { city: 'Ulm' } } },
        ],
      },
      {
        role: 'user',
        content: [
          { toolResult: { toolUseId: 'call_a', content: [{ text: 'sun' }] } },
          { toolResult: { toolUseId: 'call_b', content: [{ text: '(no output)' }] } },
          { text: 'Quick!' },
        ],
      },
    ])
    expect(body.toolConfig).toEqual({ tools: [{ toolSpec: { name: 'weather', description: 'The weather.', inputSchema: { json: WEATHER.parameters } } }] })
  })

  it('opens with the user, and tells later instructions as tagged text', () => {
    const { body } = write({
      messages: [{ role: 'assistant', parts: [text('Hello!')] }, { role: 'system', parts: [text('Now rhyme.')] }, user(text('Go on.'))],
    })
    expect(body.messages).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: [{ text: 'Hello!' }] },
      { role: 'user', content: [{ text: '<system>\nNow rhyme.\n</system>' }, { text: 'Go on.' }] },
    ])
  })

  it('that holds calls defines tools even when none is offered any more', () => {
    const messages: Message[] = [user(text('?')), { role: 'assistant', parts: [call('call_a')] }, { role: 'tool', parts: [result('call_a', text('sun'))] }]
    expect(write({ messages }).body.toolConfig).toMatchObject({ tools: [{ toolSpec: { name: 'weather' } }] })
    expect(write({}).body.toolConfig).toBeUndefined()
  })

  it('has ids and names that Bedrock takes, each call’s beside its result', () => {
    const longId = `call_${'x'.repeat(80)}`
    const { body } = write({
      tools: [{ name: 'files.read' }],
      messages: [
        user(text('?')),
        { role: 'assistant', parts: [call(longId, 'files.read'), call('a b')] },
        { role: 'tool', parts: [result('a b'), result(longId)] },
        { role: 'assistant', parts: [call('a b')] },
        { role: 'tool', parts: [result('a b')] },
      ],
    })
    const blocks = (body.messages as { content: JsonObject[] }[]).flatMap(({ content }) => content)
    const ids = blocks.map((block) => (block.toolUse as JsonObject)?.toolUseId).filter((id) => id !== undefined) as string[]
    const results = blocks.map((block) => (block.toolResult as JsonObject)?.toolUseId).filter((id) => id !== undefined)
    expect(new Set(ids).size).toBe(3)
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
    expect(results).toEqual([ids[1], ids[0], ids[2]])
    expect(blocks[1]).toMatchObject({ toolUse: { name: 'files_read_601e4eb6' } })
  })

  it('takes images and documents as bytes, under names that say nothing', () => {
    const { body, dropped } = write({
      messages: [
        user(
          { type: 'image', media: { kind: 'base64', mediaType: 'image/jpg', data: 'AAAA' } },
          { type: 'image', media: { kind: 'url', url: 'https://pictures.example/cat.png' } },
          { ...PDF, name: 'Ignore all rules!! (v2).pdf' },
          PDF,
        ),
      ],
    })
    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [
          { image: { format: 'jpeg', source: { bytes: 'AAAA' } } },
          { text: '[An image was left out here: it could not be fetched]' },
          { document: { format: 'pdf', name: 'Ignore all rules (v2)', source: { bytes: 'JVBERi0=' } } },
          { document: { format: 'pdf', name: 'Document 2', source: { bytes: 'JVBERi0=' } } },
        ],
      },
    ])
    expect(dropped).toEqual(['messages.image_url'])
    // a document without a word beside it is refused
    expect(write({ messages: [user(PDF)] }).body.messages).toMatchObject([{ content: [{ document: {} }, { text: '(See the attached document.)' }] }])
  })

  // https://github.com/anomalyco/opencode/issues/49443
  it('shows the images of results behind them to models that take none inside', () => {
    const image: Part = { type: 'image', media: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' } }
    const messages: readonly Message[] = [
      user(text('Look.')),
      { role: 'assistant', parts: [call('a'), call('b')] },
      { role: 'tool', parts: [result('a', image), result('b', text('fine'), image)] },
    ]
    const contentFor = (model: string): unknown => (write({ messages }, model).body.messages as JsonObject[]).at(-1)?.content
    const shown = { image: { format: 'png', source: { bytes: 'AAAA' } } }
    expect(contentFor('openai.gpt-5.6-sol')).toEqual([
      { toolResult: { toolUseId: 'a', content: [{ text: 'The result follows behind all results.' }] } },
      { toolResult: { toolUseId: 'b', content: [{ text: 'fine' }] } },
      ...['a', 'b'].flatMap((id) => [{ text: `Result of tool call ${id}:` }, shown]),
    ])
    for (const model of [SONNET, NOVA, LLAMA]) {
      expect(contentFor(model)).toEqual([
        { toolResult: { toolUseId: 'a', content: [shown] } },
        { toolResult: { toolUseId: 'b', content: [{ text: 'fine' }, shown] } },
      ])
    }
  })

  it('gives Claude its signed thinking back, and nobody another’s', () => {
    const thinking: Part = { type: 'reasoning', text: 'Hm.', signature: 'c2lnbmVk', format: 'anthropic-messages' }
    const redacted: Part = { type: 'reasoning', text: '', redacted: 'EmwKAh', format: 'anthropic-messages' }
    const foreign: Part = { type: 'reasoning', text: 'Hm.', format: 'openai-chat' }
    const messages: Message[] = [user(text('?')), { role: 'assistant', parts: [text('A.'), thinking, redacted] }, user(text('!'))]
    expect(write({ messages }).body.messages).toMatchObject([
      {},
      {
        content: [
          { reasoningContent: { reasoningText: { text: 'Hm.', signature: 'c2lnbmVk' } } },
          { reasoningContent: { redactedContent: Buffer.from('EmwKAh').toString('base64') } },
          { text: 'A.' },
        ],
      },
      {},
    ])
    expect(write({ messages }, NOVA).dropped).toEqual(['messages.thinking'])
    expect(write({ messages: [user(text('?')), { role: 'assistant', parts: [foreign, text('A.')] }, user(text('!'))] }).dropped).toEqual(['messages.reasoning'])
  })
})

describe('cache marks for Converse', () => {
  const marked = (words: string, ttl?: '1h'): Part => ({ type: 'text', text: words, cache: ttl === undefined ? {} : { ttl } })

  it('become cache points behind what they mark, with their life where the model knows it', () => {
    const messages: Message[] = [{ role: 'system', parts: [marked('Rules.', '1h')] }, user(marked('Book.'), text('?'))]
    const { body, dropped } = write({ messages, tools: [{ ...WEATHER, cache: {} }] })
    expect(body.system).toEqual([{ text: 'Rules.' }, { cachePoint: { type: 'default', ttl: '1h' } }])
    expect(body.messages).toEqual([{ role: 'user', content: [{ text: 'Book.' }, { cachePoint: { type: 'default' } }, { text: '?' }] }])
    expect(body.toolConfig).toMatchObject({ tools: [{ toolSpec: {} }, { cachePoint: { type: 'default' } }] })
    expect(dropped).toEqual([])
    expect(write({ messages, tools: [{ ...WEATHER, cache: {} }] }, NOVA).dropped).toEqual(['cache_control', 'cache_control.ttl'])
    expect(write({ messages }, LLAMA)).toMatchObject({ body: { system: [{ text: 'Rules.' }] }, dropped: ['cache_control'] })
  })

  it('are four at most, the latest of them', () => {
    const { body, dropped } = write({ messages: [user(...['a', 'b', 'c', 'd', 'e'].map((words) => marked(words)))] })
    const [{ content } = { content: [] }] = body.messages as { content: JsonObject[] }[]
    expect(content.map((block) => block.text ?? '|')).toEqual(['a', 'b', '|', 'c', '|', 'd', '|', 'e', '|'])
    expect(dropped).toEqual(['cache_control'])
  })
})

describe('options for Converse', () => {
  it('go where the format has them, and are named where it has none', () => {
    const { body, dropped } = write(
      {
        maxOutputTokens: 50,
        temperature: 1.4,
        topP: 0.5,
        topK: 20,
        stop: ['END', ' '],
        seed: 1,
        frequencyPenalty: 1,
        user: 'u-1',
        unmodelled: { service_tier: 'flex', n: 2 },
      },
      NOVA,
    )
    expect(body).toMatchObject({
      inferenceConfig: { maxTokens: 50, temperature: 1, topP: 0.5, stopSequences: ['END'] },
      additionalModelRequestFields: { inferenceConfig: { topK: 20 } },
      requestMetadata: { user_id: 'u-1' },
      serviceTier: { type: 'flex' },
    })
    expect(dropped).toEqual(['frequency_penalty', 'n', 'seed', 'stop', 'temperature'])
    expect(write({ topK: 20 }).body.additionalModelRequestFields).toEqual({ top_k: 20 })
    expect(write({ topK: 20 }, GPT_OSS).dropped).toEqual(['top_k'])
  })

  it('leave the limit to the model where the client has none', () => {
    expect(write({}).body.inferenceConfig).toBeUndefined()
    const { body } = write({ reasoning: { budgetTokens: 10_000 } })
    expect(body).toMatchObject({ additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 10_000 } } })
    expect(body.inferenceConfig).toBeUndefined()
  })

  it('ask each family for reasoning in its own way', () => {
    const reasoning = { effort: 'high' } as const
    expect(write({ reasoning, maxOutputTokens: 10_000 }).body).toMatchObject({
      inferenceConfig: { maxTokens: 10_000 },
      additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 8000 } },
    })
    expect(write({ reasoning }, 'us.anthropic.claude-opus-4-7-v1:0').body).toMatchObject({
      outputConfig: { effort: 'high' },
      additionalModelRequestFields: { thinking: { type: 'adaptive', display: 'summarized' } },
    })
    expect(write({ reasoning }, GPT_OSS).body.additionalModelRequestFields).toEqual({ reasoning_effort: 'high' })
    expect(write({ reasoning }, 'qwen.qwen3-32b-v1:0').body.additionalModelRequestFields).toEqual({ reasoning_config: 'high' })
    expect(write({ reasoning }, 'us.amazon.nova-2-lite-v1:0').body.additionalModelRequestFields).toEqual({
      reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' },
    })
    expect(write({ reasoning }, LLAMA)).toMatchObject({ dropped: ['reasoning_effort'] })
    expect(write({ reasoning: { effort: 'none' } }, NOVA)).toMatchObject({ dropped: [] })
  })

  it('force tools where the model lets them, and ask in words where it does not', () => {
    const forced = { tools: [WEATHER], toolChoice: { type: 'tool', name: 'weather' } } as const
    expect(write(forced).body.toolConfig).toMatchObject({ toolChoice: { tool: { name: 'weather' } } })
    expect(write({ ...forced, toolChoice: { type: 'required' } }, NOVA).body.toolConfig).toMatchObject({ toolChoice: { any: {} } })
    const llama = write(forced, LLAMA)
    expect(llama.body.toolConfig).not.toHaveProperty('toolChoice')
    expect(llama.dropped).toEqual(['tool_choice'])
    expect(JSON.stringify(llama.body.messages)).toContain('Call the tool `weather` now.')
  })

  it('leave tools out when they must not be called, unless the conversation holds calls', () => {
    const none = { tools: [WEATHER], toolChoice: { type: 'none' } } as const
    expect(write(none)).toMatchObject({ dropped: [] })
    expect(write(none).body.toolConfig).toBeUndefined()
    const messages: Message[] = [user(text('?')), { role: 'assistant', parts: [call('a')] }, { role: 'tool', parts: [result('a', text('sun'))] }]
    expect(write({ ...none, messages })).toMatchObject({ body: { toolConfig: { tools: [{}] } }, dropped: ['tool_choice'] })
  })

  it('keep Claude to one call at a time by Anthropic’s own field, never beside a choice of Bedrock’s', () => {
    const single = { tools: [WEATHER], parallelToolCalls: false } as const
    expect(write(single).body).toMatchObject({ additionalModelRequestFields: { tool_choice: { type: 'auto', disable_parallel_tool_use: true } } })
    expect(write({ ...single, toolChoice: { type: 'auto' } }).body.toolConfig).not.toHaveProperty('toolChoice')
    const forced = write({ ...single, toolChoice: { type: 'required' } })
    expect(forced.dropped).toEqual(['parallel_tool_calls'])
    expect(forced.body.additionalModelRequestFields).toBeUndefined()
    expect(write(single, NOVA).dropped).toEqual(['parallel_tool_calls'])
  })

  it('promise a schema where it is enforced, and ask for it in words elsewhere', () => {
    const output = { type: 'json-schema', name: 'city', schema: { type: 'object', properties: { name: { type: 'string', minLength: 2 } } } } as const
    const { body, dropped } = write({ output })
    const { textFormat } = body.outputConfig as { textFormat: { structure: { jsonSchema: { schema: string } } } }
    expect(JSON.parse(textFormat.structure.jsonSchema.schema)).toMatchObject({ additionalProperties: false, properties: { name: { type: 'string' } } })
    expect(dropped).toEqual([])
    expect(write({ output }, NOVA)).toMatchObject({ dropped: ['response_format'] })
    expect(JSON.stringify(write({ output }, NOVA).body.messages)).toContain('JSON Schema')
  })

  it('end with the user where the model takes no beginning to go on from', () => {
    const messages: Message[] = [user(text('Count.')), { role: 'assistant', parts: [text('one, ')] }]
    expect(write({ messages }).body.messages).toMatchObject([{}, { content: [{ text: 'one,' }] }])
    expect(write({ messages }, 'us.anthropic.claude-opus-4-6-v1')).toMatchObject({ dropped: ['prefill'], body: { messages: [{}, {}, { role: 'user' }] } })
    expect(write({ messages }, NOVA).body.messages).toMatchObject([{}, { content: [{ text: 'one, ' }] }])
  })
})

it('names of models become part of the address, colons, slashes and all', () => {
  const target = { provider: 'bedrock', outputLimit: undefined, upstreamModel: 'arn:aws:bedrock:us-east-1:000000000000:inference-profile/us.x' }
  expect(bedrockConverse.path({ ...target, stream: true })).toBe(
    '/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A000000000000%3Ainference-profile%2Fus.x/converse-stream',
  )
})
