import { describe, expect, it, vi } from 'vitest'

vi.mock('../../renderer/client/client.ts', async () => ({ client: (await import('./support/memory.ts')).client }))

import { networkState } from '../../renderer/client/network.ts'
import { groupModels } from '../../renderer/features/playground/model-list.ts'
import { firstModel } from '../../renderer/frame/first-answer.ts'
import type { ModelRow } from '../../shared/api/providers.ts'

const row = (id: string, more: Partial<ModelRow> = {}): ModelRow => {
  const [provider = ''] = id.split('/')
  return {
    ...{ id, name: id, provider, providerName: provider, context: 128_000, can: ['tools'], runsLocally: false, simulated: false, usable: true },
    ...{ price: undefined, unusableBecause: undefined },
    ...more,
  }
}
const priced = (output: number): Pick<ModelRow, 'price'> => ({ price: { asOf: '2026-11-01', source: 'made up', microUsdPerMillion: { input: 1, output } } })
const facts = (more: Partial<NonNullable<ModelRow['facts']>>): Pick<ModelRow, 'facts'> => ({
  facts: {
    ...{ kind: 'chat', inputModalities: ['text'], outputModalities: ['text'], abilities: {}, efforts: undefined, cacheMinimum: undefined },
    ...{ cutoff: undefined, deprecated: undefined, snapshot: undefined, sources: [] },
    ...more,
  },
})

describe('the model for a first answer', () => {
  it('is the cheapest of its provider that calls tools and is not about to go', () => {
    const rows = [
      row('openai/dear', priced(9_000)),
      row('openai/old', { ...priced(1), ...facts({ deprecated: true }) }),
      row('openai/going', { ...priced(2), ...facts({ retiresOn: '2026-12-31' }) }),
      row('openai/vectors', { ...priced(3), ...facts({ kind: 'embedding' }) }),
      row('openai/plain', { ...priced(4), can: [] }),
      row('openai/locked', { ...priced(5), usable: false }),
      row('openai/right', priced(400)),
      row('openai/unpriced'),
      row('anthropic/cheaper', priced(6)),
    ]
    expect(firstModel(rows, 'openai')?.id).toBe('openai/right')
    expect(firstModel(rows, 'mistral')).toBeUndefined()
  })

  it('is any that can talk, where none is better', () => {
    expect(firstModel([row('x/vectors', facts({ kind: 'embedding' })), row('x/plain', { can: undefined })], 'x')?.id).toBe('x/plain')
  })
})

describe('models without a network', () => {
  const rows = [
    row('openai/a'),
    row('demo/b', { simulated: true, runsLocally: true }),
    row('mistral/c', { usable: false }),
    row('ollama/d', { runsLocally: true }),
    row('lmstudio/e', { runsLocally: true, usable: false }),
  ]

  it('stand first where they run on this machine, the simulated ones after them', () => {
    expect(groupModels(rows, true).map(({ provider }) => provider)).toEqual(['ollama', 'demo', 'openai', 'mistral', 'lmstudio'])
    expect(groupModels(rows).map(({ provider }) => provider)).toEqual(['openai', 'demo', 'ollama', 'mistral', 'lmstudio'])
  })

  it('are without one by the browser’s word first, then by the engine’s', () => {
    expect(networkState(true, undefined)).toEqual({ is: 'online' })
    expect(networkState(true, 7)).toEqual({ is: 'offline', by: 'engine', since: 7 })
    expect(networkState(false, 7)).toEqual({ is: 'offline', by: 'browser' })
  })
})
