import { describe, expect, it } from 'vitest'
import { contextLine, groupModels, matches, priceLine } from '../../../renderer/features/playground/model-list.ts'
import { MODELS } from '../../support/fake-models.ts'

describe('the list of models', () => {
  it('puts providers without anything usable last and keeps the given order otherwise', () => {
    expect(groupModels(MODELS).map((group) => group.providerName)).toEqual(['Demo', 'OpenAI', 'Anthropic', 'Ollama', 'Test bench', 'Google'])
  })

  it('finds a model by any words of its name, id and provider', () => {
    const found = (query: string) => MODELS.filter((row) => matches(row, query)).map((row) => row.id)
    expect(found('sonnet anth')).toEqual(['anthropic/claude-sonnet-4-5'])
    expect(found('OPENAI mini')).toEqual(['openai/gpt-5-mini'])
    expect(found('')).toHaveLength(MODELS.length)
    expect(found('no such thing')).toEqual([])
  })

  it.each([
    [{ input: 250_000, output: 2_000_000 }, '$0.25 / $2'],
    [{ input: 0, output: 0 }, 'free'],
    [{ input: 250_000 }, '$0.25 / n/a'],
    [{}, undefined],
    [undefined, undefined],
  ])('writes prices %j as %s: unknown is never free', (prices, expected) => {
    expect(priceLine(prices)).toBe(expected)
  })

  it.each([
    [128_000, '128k'],
    [200_000, '200k'],
    [1_048_576, '1M'],
    [2_097_152, '2M'],
    [40_960, '40k'],
    [8_000, '8k'],
    [8_192, '8k'],
    [1_000_000, '1M'],
    [undefined, undefined],
  ])('calls a context of %s tokens %s', (tokens, expected) => {
    expect(contextLine(tokens)).toBe(expected)
  })
})
