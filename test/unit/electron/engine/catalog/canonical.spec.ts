import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CanonicalNames, type HostedName } from '../../../../../electron/engine/catalog/canonical.ts'
import { readFactRows } from '../../../../../electron/engine/catalog/facts/fact-row.ts'
import { MODEL_FACTS } from '../../../../../electron/engine/catalog/facts/model-facts.ts'

const rows = readFactRows(MODEL_FACTS)
const names = new CanonicalNames(
  rows.filter(({ kind }) => kind === undefined),
  rows.flatMap(({ provider, model, snapshot }) => (snapshot === undefined ? [] : [{ provider, model, snapshot }])),
)
const hosted = (name: string): HostedName => ({ provider: name.slice(0, name.indexOf('/')), model: name.slice(name.indexOf('/') + 1) })
const keyOf = (name: string) => names.keyOf(hosted(name))

describe('the same model at several hosts', () => {
  it.each([
    ['anthropic/claude-sonnet-4-5', 'openrouter/anthropic/claude-sonnet-4.5', 'bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['anthropic/claude-sonnet-4-5', 'vertex-anthropic/claude-sonnet-4-5@20250929', 'anthropic/claude-sonnet-4-5-20250929'],
    ['openai/gpt-5-mini', 'openrouter/openai/gpt-5-mini', 'azure/gpt-5-mini-2025-08-07'],
    ['groq/llama-3.3-70b-versatile', 'bedrock/meta.llama3-3-70b-instruct-v1:0', 'huggingface/meta-llama/Llama-3.3-70B-Instruct'],
    ['groq/openai/gpt-oss-120b', 'cerebras/gpt-oss-120b', 'bedrock/openai.gpt-oss-120b-1:0'],
    ['fireworks/accounts/fireworks/models/kimi-k3', 'together/moonshotai/Kimi-K3', 'moonshot/kimi-k3'],
    ['google/gemini-2.5-pro', 'vertex/gemini-2.5-pro', 'openrouter/google/gemini-2.5-pro'],
    ['bedrock/deepseek.v3.2', 'openrouter/deepseek/deepseek-v3.2', 'huggingface/deepseek-ai/DeepSeek-V3.2'],
  ])('%s, %s and %s', (first, second, third) => {
    const key = keyOf(first)
    expect(key).toBeDefined()
    expect([keyOf(second), keyOf(third)]).toEqual([key, key])
  })
})

describe('models that only look alike', () => {
  it.each([
    ['a date', 'openai/gpt-4o-2024-05-13', 'openai/gpt-4o-2024-08-06'],
    ['the date that a plain name does not stand for', 'openai/gpt-4o', 'openai/gpt-4o-2024-05-13'],
    ['a size', 'openrouter/openai/gpt-oss-20b', 'openrouter/openai/gpt-oss-120b'],
    ['a version', 'anthropic/claude-opus-4-5', 'anthropic/claude-opus-4-6'],
    ['a version that is the beginning of another', 'anthropic/claude-opus-5', 'anthropic/claude-opus-5-5'],
    ['instruct', 'openrouter/meta-llama/llama-3.3-70b-instruct', 'vercel/meta/llama-3.3-70b'],
    ['thinking', 'vercel/alibaba/qwen3-next-80b-a3b-instruct', 'vercel/alibaba/qwen3-next-80b-a3b-thinking'],
    ['a quantisation', 'openrouter/meta-llama/llama-3.3-70b-instruct', 'cloudflare/@cf/meta/llama-3.3-70b-instruct-fp8-fast'],
    ['turbo', 'together/meta-llama/Llama-3.3-70B-Instruct-Turbo', 'huggingface/meta-llama/Llama-3.3-70B-Instruct'],
    ['batch', 'openrouter/anthropic/claude-sonnet-4.5', 'openrouter/anthropic/claude-sonnet-4.5:batch'],
    ['a fine-tune of another author', 'openrouter/deepseek/deepseek-r1', 'openrouter/nobody/deepseek-r1'],
    ['mini', 'openai/gpt-5', 'openai/gpt-5-mini'],
  ])('differ by %s: %s and %s', (_what, first, second) => {
    expect(keyOf(first)).not.toBe(keyOf(second))
  })

  it('are none on local servers, where people name files as they like', () => {
    expect(keyOf('ollama/gpt-oss:120b')).toBeUndefined()
    expect(keyOf('lmstudio/openai/gpt-oss-120b')).toBeUndefined()
  })

  it('are none behind a name that moves', () => {
    expect(keyOf('openrouter/~anthropic/claude-sonnet-latest')).toBeUndefined()
  })

  it('keep every number and word of a name apart: no two names of one host fall together but by date, region, revision or price', () => {
    const plain = (model: string): string =>
      model
        .slice(model.lastIndexOf('/') + 1)
        .toLowerCase()
        .replace(/:free$/, '')
        .replace(/^(us|eu|apac|au|jp|in|ca|global|us-gov)\./, '')
        .replace(/-(20\d{6}|20\d\d-\d\d-\d\d)/, '')
        .replace(/(-v1)?(:\d+)?$/, '')
        .replace(/-1$/, '')
        .replaceAll(/[.\-_]/g, '')
    for (const [provider, models] of Map.groupBy(rows, (row) => row.provider)) {
      const byKey = Map.groupBy(models, ({ model }) => names.keyOf({ provider, model }) ?? `alone ${model}`)
      for (const [key, together] of byKey)
        expect(new Set(together.map(({ model }) => plain(model))).size, `${key}: ${together.map(({ model }) => model).join(' ')}`).toBe(1)
    }
  })

  it('differ when a digit is added to a name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rows.filter(({ kind }) => kind === undefined)), fc.integer({ min: 0, max: 9 }), ({ provider, model }, digit) => {
        const key = names.keyOf({ provider, model })
        return key === undefined || names.keyOf({ provider, model: `${model}-x${digit}` }) !== key
      }),
    )
  })
})

it('writes a model as clients know it', () => {
  expect(names.nameOf(keyOf('anthropic/claude-sonnet-4-5') ?? '')).toBe('anthropic/claude-sonnet-4.5')
  expect(names.nameOf(keyOf('xai/grok-4.7') ?? '')).toBe('x-ai/grok-4.7')
})
