/** Models and providers of the fake engine. Names and prices are made up or rounded: nothing here is a catalog. */

import type { ModelRow, ProviderSummary } from '../../shared/api/providers.ts'
import type { Need } from '../../shared/chat.ts'
import type { CatalogMessage } from '../../shared/messages/catalog.ts'
import type { Prices } from '../../shared/routing.ts'

const dollars = (input: number, output: number): Prices => ({
  asOf: '2026-11-01',
  source: 'made up for tests',
  microUsdPerMillion: { input: Math.round(input * 1e6), output: Math.round(output * 1e6) },
})

interface Options {
  readonly can?: readonly Need[]
  readonly price?: Prices
  readonly unusableBecause?: CatalogMessage
}

function row(id: string, name: string, providerName: string, context: number | undefined, options: Options = {}): ModelRow {
  const provider = id.slice(0, id.indexOf('/'))
  return {
    id,
    name,
    provider,
    providerName,
    context,
    price: options.price,
    can: options.can,
    runsLocally: provider === 'ollama' || provider === 'demo',
    simulated: provider === 'demo',
    usable: options.unusableBecause === undefined,
    unusableBecause: options.unusableBecause,
  }
}

/** As many more as a test of long lists needs, at ten made-up hosts. */
export function manyModels(count: number): readonly ModelRow[] {
  return Array.from({ length: count }, (_, index) => {
    const host = index % 10
    const model = row(`host-${host}/model-${index}`, `Model ${String(index).padStart(5, '0')}`, `Host ${host}`, 8_000 * (1 + (index % 16)), {
      price: dollars((index % 40) / 10, (index % 160) / 10),
      can: index % 3 === 0 ? ['tools', 'json-schema'] : [],
    })
    return { ...model, canonical: `maker/model-${Math.floor(index / 10)}` }
  })
}

const NO_KEY = { unusableBecause: { code: 'no-key-for', provider: 'Google' } satisfies CatalogMessage }

export const MODELS: readonly ModelRow[] = [
  row('demo/swift', 'Swift', 'Demo', 32_000, { price: dollars(0, 0), can: [] }),
  row('demo/steady', 'Steady', 'Demo', 128_000, { price: dollars(0, 0), can: ['tools'] }),
  row('demo/scholar', 'Scholar', 'Demo', 200_000, { price: dollars(0, 0), can: ['tools', 'reasoning'] }),
  row('openai/gpt-5-mini', 'GPT-5 mini', 'OpenAI', 400_000, { price: dollars(0.25, 2), can: ['tools', 'vision', 'json-schema', 'reasoning'] }),
  row('openai/gpt-5', 'GPT-5', 'OpenAI', 400_000, { price: dollars(1.25, 10), can: ['tools', 'vision', 'json-schema', 'reasoning'] }),
  row('anthropic/claude-sonnet-4-5', 'Claude Sonnet 4.5', 'Anthropic', 200_000, { price: dollars(3, 15), can: ['tools', 'vision', 'reasoning', 'documents'] }),
  row('anthropic/claude-haiku-4-5', 'Claude Haiku 4.5', 'Anthropic', 200_000, { price: dollars(1, 5), can: ['tools', 'vision'] }),
  row('google/gemini-2.5-flash', 'Gemini 2.5 Flash', 'Google', 1_048_576, { price: dollars(0.3, 2.5), ...NO_KEY }),
  row('google/gemini-2.5-pro', 'Gemini 2.5 Pro', 'Google', 1_048_576, { price: dollars(1.25, 10), ...NO_KEY }),
  row('ollama/qwen3:8b', 'qwen3:8b', 'Ollama', 40_960, { can: ['tools', 'reasoning'] }),
  row('bench/limited', 'Limited', 'Test bench', 8_000),
  row('bench/silent', 'Silent', 'Test bench', 8_000),
  row('bench/breaks', 'Breaks', 'Test bench', 8_000, { price: dollars(2, 8) }),
  row('bench/tools', 'Tools', 'Test bench', 8_000, { price: dollars(2, 8), can: ['tools'] }),
]

type ProviderOptions = Partial<
  Pick<ProviderSummary, 'protocol' | 'takesKey' | 'needsKey' | 'keyPrefixes' | 'keyPage' | 'runsLocally' | 'simulated' | 'custom' | 'running'>
>

function provider(id: string, name: string, baseUrl: string, options: ProviderOptions = {}): ProviderSummary {
  return {
    id,
    name,
    protocol: options.protocol ?? 'openai-chat',
    baseUrl,
    needsKey: options.needsKey ?? true,
    takesKey: options.takesKey ?? true,
    keyPrefixes: options.keyPrefixes ?? [],
    keyPage: options.keyPage,
    runsLocally: options.runsLocally ?? false,
    simulated: options.simulated ?? false,
    custom: options.custom ?? false,
    running: options.running,
    modelCount: MODELS.filter((model) => model.provider === id).length,
    docs: undefined,
    statusPage: undefined,
    residency: undefined,
    dataPolicy: undefined,
  }
}

export const PROVIDERS: readonly ProviderSummary[] = [
  provider('demo', 'Demo', 'demo://', { needsKey: false, takesKey: false, simulated: true }),
  provider('openai', 'OpenAI', 'https://api.openai.com/v1', { keyPrefixes: ['sk-proj-', 'sk-'], keyPage: 'https://platform.openai.com/api-keys' }),
  provider('anthropic', 'Anthropic', 'https://api.anthropic.com', {
    protocol: 'anthropic-messages',
    keyPrefixes: ['sk-ant-'],
    keyPage: 'https://console.anthropic.com/settings/keys',
  }),
  provider('google', 'Google', 'https://generativelanguage.googleapis.com', {
    protocol: 'gemini',
    keyPrefixes: ['AIza'],
    keyPage: 'https://aistudio.google.com/apikey',
  }),
  provider('groq', 'Groq', 'https://api.groq.com/openai/v1', { keyPrefixes: ['gsk_'], keyPage: 'https://console.groq.com/keys' }),
  provider('ollama', 'Ollama', 'http://127.0.0.1:11434/v1', { needsKey: false, takesKey: false, runsLocally: true, running: true }),
  provider('lmstudio', 'LM Studio', 'http://127.0.0.1:1234/v1', { needsKey: false, takesKey: false, runsLocally: true, running: false }),
  provider('mistral', 'Mistral', 'https://api.mistral.ai/v1', { keyPage: 'https://console.mistral.ai/api-keys' }),
  provider('deepseek', 'DeepSeek', 'https://api.deepseek.com/v1', { keyPrefixes: ['sk-'], keyPage: 'https://platform.deepseek.com/api_keys' }),
  provider('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1', { keyPrefixes: ['sk-or-'], keyPage: 'https://openrouter.ai/keys' }),
  provider('xai', 'xAI', 'https://api.x.ai/v1', { keyPrefixes: ['xai-'] }),
  provider('together', 'Together AI', 'https://api.together.xyz/v1'),
  provider('fireworks', 'Fireworks', 'https://api.fireworks.ai/inference/v1', { keyPrefixes: ['fw_'] }),
  provider('cerebras', 'Cerebras', 'https://api.cerebras.ai/v1', { keyPrefixes: ['csk-'] }),
  provider('perplexity', 'Perplexity', 'https://api.perplexity.ai', { keyPrefixes: ['pplx-'] }),
  provider('bench', 'Test bench', 'http://127.0.0.1:9/v1', { needsKey: false, custom: true }),
]
