import { describe, expect, it } from 'vitest'
import { countInput, encodingOf } from '../../../../../electron/engine/ledger/tokenizer.ts'
import { codecs } from '../../../../../electron/engine/protocols/codecs.ts'
import type { ChatView, Part } from '../../../../../shared/chat.ts'
import { load, RECORDINGS_PRESENT, recordings } from '../../../../support/recordings.ts'

const GPT = { upstreamModel: 'gpt-4o' }
const view = (...parts: readonly Part[]): Pick<ChatView, 'messages' | 'tools' | 'output'> => ({ messages: [{ role: 'user', parts }], tools: [] })
const text = (value: string): Part => ({ type: 'text', text: value })

describe('tokens of a prompt', () => {
  it('are counted by the encoding of the model: 3 for a message, 3 for the reply, and those of the text', async () => {
    // 'hello world' is two tokens of o200k_base: https://platform.openai.com/tokenizer
    expect(await countInput(view(text('hello world')), GPT)).toEqual({ tokens: 8, estimated: false })
    expect(await countInput(view(text('<|endoftext|>')), GPT)).toMatchObject({ estimated: false })
    // the older encoding has fewer words of other languages
    const [older, newer] = await Promise.all(['gpt-4', 'gpt-4o'].map((upstreamModel) => countInput(view(text('こんにちは世界')), { upstreamModel })))
    expect([older, newer].map((count) => count?.estimated)).toEqual([false, false])
    expect(older?.tokens).toBeGreaterThan(newer?.tokens ?? Number.POSITIVE_INFINITY)
  })

  it('are an estimate, and said to be, for other models, pictures and tools', async () => {
    expect(await countInput(view(text('hello world')), { upstreamModel: 'claude-sonnet-4-5' })).toMatchObject({ estimated: true })
    const picture: Part = { type: 'image', media: { kind: 'url', url: 'https://example.com/a.png' } }
    const counted = await countInput(view(text('hello world'), picture), GPT)
    expect(counted.estimated).toBe(true)
    expect(counted.tokens).toBeGreaterThan(1_000)
    expect(await countInput({ ...view(text('x')), tools: [{ name: 'look' }] }, GPT)).toMatchObject({ estimated: true })
  })

  it('do not stand still on a long run without a space, which is estimated', async () => {
    const [counted, plain] = await Promise.all([countInput(view(text('x'.repeat(500_000))), GPT), countInput(view(text('hello world')), GPT)])
    expect(counted.estimated).toBe(true)
    expect(counted.tokens).toBeGreaterThan(50_000)
    expect(plain).toEqual({ tokens: 8, estimated: false })
  })

  it.each([
    ['gpt-4o-mini', 'o200k_base'],
    ['openai/gpt-5', 'o200k_base'],
    ['gpt-4.1-nano', 'o200k_base'],
    ['gpt-oss-120b', 'o200k_base'],
    ['o4-mini', 'o200k_base'],
    ['gpt-4', 'cl100k_base'],
    ['gpt-4-turbo', 'cl100k_base'],
    ['gpt-3.5-turbo-0125', 'cl100k_base'],
    ['gpt-35-turbo', 'cl100k_base'],
    ['gpt-3.5-turbo-instruct', undefined],
    ['claude-sonnet-4-5', undefined],
    ['olmo-2', undefined],
  ])('of %s by the encoding %s', (upstreamModel, encoding) => {
    expect(encodingOf({ upstreamModel })).toBe(encoding)
  })
})

it.skipIf(!RECORDINGS_PRESENT)('are what OpenAI counted, for plain recorded conversations', async () => {
  let compared = 0
  for (const line of recordings(
    'openai-chat',
    ({ provider, status, model, request }) =>
      provider === 'openai' && status === 200 && request && !/search|audio/.test(model ?? '') && encodingOf({ upstreamModel: model ?? '' }) !== undefined,
  )) {
    const { requestBody, expected } = load(line)
    if (requestBody === undefined || expected.usage?.prompt_tokens === undefined) continue
    const asked = codecs['openai-chat'].readRequest(requestBody, {})
    const { tokens, estimated } = await countInput(asked, { upstreamModel: line.model ?? '' })
    if (estimated || asked.messages.some(({ parts }) => parts.some(({ type }) => type !== 'text'))) continue
    compared++
    // reasoning models are told one thing more; names and earlier tool calls cost a little
    expect(Math.abs(tokens - expected.usage.prompt_tokens), `${line.id}: ${tokens} and ${expected.usage.prompt_tokens}`).toBeLessThanOrEqual(4)
  }
  expect(compared).toBeGreaterThan(10)
})
