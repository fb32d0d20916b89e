import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AlikeChunks } from '../../../../../electron/engine/protocols/alike-chunks.ts'
import { AnthropicReader } from '../../../../../electron/engine/protocols/anthropic-messages/read-answer.ts'
import { OpenAiChatReader } from '../../../../../electron/engine/protocols/openai-chat/read-answer.ts'

const chunk = (content: string, more: object = {}): string =>
  JSON.stringify({ id: 'chatcmpl-1', model: 'm', choices: [{ index: 0, delta: { content }, finish_reason: null }], ...more })
const contentOf = (value: unknown): string | undefined => (value as { choices?: { delta: { content: string } }[] } | undefined)?.choices?.[0]?.delta.content

describe('chunks that differ in one text', () => {
  it('are read without parsing once one has shown where the text stands', () => {
    const alike = new AlikeChunks()
    expect(alike.textOf(chunk('Hello'))).toBeUndefined()
    alike.learn(chunk('Hello'), 'Hello', contentOf)
    expect(alike.textOf(chunk(' world'))).toBe(' world')
    expect(alike.textOf(chunk(''))).toBe('')
    expect(alike.textOf(chunk('Grüße 🌍'))).toBe('Grüße 🌍')
  })

  it.each([
    ['an escape in the text', chunk('a\nb')],
    ['a quote in the text', chunk('say "x"')],
    ['another id', chunk('x').replace('chatcmpl-1', 'chatcmpl-2')],
    ['something behind it', chunk('x', { usage: { prompt_tokens: 1 } })],
    ['a reason to end', chunk('x').replace('null', '"stop"')],
    ['a raw control character', chunk('x').replace('"x"', '"\u0001"')],
    ['two texts', chunk('x').replace('"x"', '"x","content":"y"')],
    ['a cut', chunk('x').slice(0, -1)],
  ])('parses a chunk with %s', (_, data) => {
    const alike = new AlikeChunks()
    alike.learn(chunk('Hello'), 'Hello', contentOf)
    expect(alike.textOf(data)).toBeUndefined()
  })

  it('takes no other place where the same text stands', () => {
    const alike = new AlikeChunks()
    const named = (content: string, model: string): string => chunk(content, { model, system_fingerprint: model })
    alike.learn(named('m1', 'm1'), 'm1', contentOf)
    expect(alike.textOf(named('m1', 'm2'))).toBeUndefined()
  })

  it('gives up on a provider that says something new in every chunk', () => {
    const alike = new AlikeChunks()
    let proofs = 0
    for (let turn = 0; turn < 10; turn++) {
      alike.learn(chunk('Hello', { obfuscation: `x${turn}` }), 'Hello', (value) => {
        proofs++
        return contentOf(value)
      })
    }
    expect(proofs).toBe(3)
  })
})

describe('a reader of Claude that knows alike chunks', () => {
  const index = fc.nat(1)
  const text = fc.oneof(fc.string(), fc.constantFrom('', 'text', 'text_delta', '\\', '"', '\n'))
  const said = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(index, text).map(([at, text]) => ({ type: 'content_block_delta', index: at, delta: { type: 'text_delta', text } })) },
    {
      weight: 1,
      arbitrary: fc.tuple(index, text).map(([at, thinking]) => ({ type: 'content_block_delta', index: at, delta: { type: 'thinking_delta', thinking } })),
    },
    { weight: 1, arbitrary: fc.tuple(index, text).map(([at, text]) => ({ type: 'content_block_start', index: at, content_block: { type: 'text', text } })) },
    { weight: 1, arbitrary: index.map((at) => ({ type: 'content_block_start', index: at, content_block: { type: 'compaction', content: null } })) },
    { weight: 1, arbitrary: index.map((at) => ({ type: 'content_block_stop', index: at })) },
    { weight: 1, arbitrary: fc.constant({ type: 'ping' }) },
  )
  const outcome = (read: () => unknown): unknown => {
    try {
      return read()
    } catch (thrown) {
      return (thrown as Error).message
    }
  }

  it('says what one says that parses every chunk', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 40 }), (stream) => {
        const [knowing, parsing] = [new AnthropicReader(), new AnthropicReader()]
        const open = [0, 1].map((at) => ({ type: 'content_block_start', index: at, content_block: { type: 'text', text: '' } }))
        for (const [turn, event] of [...open, ...stream].entries()) {
          const data = JSON.stringify(event)
          // no two chunks are alike where the white space behind differs
          expect(outcome(() => knowing.read({ event: '', data }))).toEqual(outcome(() => parsing.read({ event: '', data: data + ' '.repeat(turn) })))
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a reader that knows alike chunks', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('', 'm', 'null', 'stop', '\\', '"', '\n', '","content":"x', 'Hello'), fc.string({ unit: 'binary' }))
  const plain = text.map((content) => chunk(content))
  const other = fc.oneof(
    text.map((content) => chunk(content, { created: content.length })),
    text.map((content) => chunk(content).replaceAll('o', '\\u006f')),
    text.map((content) => chunk(content).replaceAll(':', ' : ')),
    text.map((content) => chunk(content, { usage: { prompt_tokens: 3, completion_tokens: 1 } })),
    text.map((content) => chunk(content, { citations: ['https://example.com'] })),
    fc.tuple(text, text).map(([content, reasoning]) => chunk(content).replace('"delta":{', () => `"delta":{"reasoning":${JSON.stringify(reasoning)},`)),
    fc.tuple(text, text).map(([content, again]) => chunk(content).replace('"delta":{', () => `"delta":{"content":${JSON.stringify(again)},`)),
    text.map((content) => chunk(content).replace('"finish_reason":null', '"finish_reason":"stop"')),
    text.map((content) => chunk(content).replace('"finish_reason":null', '"finish_reason":"tool_calls"')),
    fc.constant(JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '{}' } }] } }] })),
    fc.constant(JSON.stringify({ error: { message: 'broke' } })),
  )

  it('says what one says that parses every chunk', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: other }), { maxLength: 30 }), (stream) => {
        const [knowing, parsing] = [new OpenAiChatReader(), new OpenAiChatReader()]
        for (const data of stream) {
          // an event with a name is parsed always
          expect(knowing.read({ event: '', data })).toEqual(parsing.read({ event: 'message', data }))
          expect(knowing.usageOnly).toBe(parsing.usageOnly)
        }
      }),
      { numRuns: 500 },
    )
  })
})
