import { describe, expect, it } from 'vitest'
import { estimateInput, estimateText } from '../../../../../electron/engine/ledger/estimate.ts'
import { codecs } from '../../../../../electron/engine/protocols/codecs.ts'
import { load, recordings } from '../../../../support/recordings.ts'

// Anthropic and Google count themselves; Groq's compound models search the web of their own accord
const counted = recordings('openai-chat', (line) => ['openai', 'mistral', 'deepseek'].includes(line.provider) && isPlain(line))

function isPlain({ status, request, features }: { readonly status: number; readonly request: boolean; readonly features: readonly string[] }): boolean {
  return status === 200 && request && !features.some((feature) => /image|pdf|document|file|audio|server_tool|web_search/.test(feature))
}

describe.skipIf(counted.length === 0)('the estimate of a prompt', () => {
  it('is near what providers counted, and seldom below it', () => {
    const ratios = counted.flatMap((line) => {
      const { requestBody, expected } = load(line)
      const real = expected.usage?.prompt_tokens
      if (requestBody === undefined || real === undefined || real < 50) return []
      return [estimateInput(codecs['openai-chat'].readRequest(requestBody, {})) / real]
    })
    const sorted = ratios.toSorted((a, b) => a - b)
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
    console.log(`estimate / count over ${sorted.length} recordings: 10% ${at(0.1).toFixed(2)}, median ${at(0.5).toFixed(2)}, 90% ${at(0.9).toFixed(2)}`)
    expect(at(0.1)).toBeGreaterThan(0.9)
    expect(at(0.5)).toBeGreaterThan(1)
  })
})

describe('an estimate', () => {
  it('counts wide characters one by one', () => {
    expect(estimateText('東京は晴れです')).toBeGreaterThanOrEqual(7)
    expect(estimateText('a'.repeat(35))).toBe(11)
    expect(estimateText('')).toBe(0)
  })

  it('holds everything that goes in', () => {
    const bare = { messages: [{ role: 'user', parts: [{ type: 'text', text: 'hi' }] }], tools: [] } as const
    const tool = { name: 'lookup', description: 'looks something up', parameters: { type: 'object', properties: {} } } as const
    const image = { type: 'image', media: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' } } as const
    expect(estimateInput({ ...bare, tools: [tool] })).toBeGreaterThan(estimateInput(bare))
    expect(estimateInput({ ...bare, messages: [{ role: 'user', parts: [image] }] })).toBeGreaterThan(1_000)
    expect(estimateInput({ ...bare, output: { type: 'json-schema', name: 'a', schema: { type: 'object' } } })).toBeGreaterThan(estimateInput(bare))
  })
})
