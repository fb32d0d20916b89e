import { describe, expect, it } from 'vitest'
import { builtInProviders, environmentVariables, providersWith, recogniseKey } from '../../../../../electron/engine/providers/registry.ts'

describe('a pasted key', () => {
  it.each([
    ['sk-ant-made-up', 'anthropic'],
    ['sk-or-made-up', 'openrouter'],
    ['sk-proj-made-up', 'openai'],
    ['sk-made-up', 'openai'],
    ['  AIzaMadeUp\n', 'google'],
    ['AKIAMADEUP:made-up@us-east-1', 'bedrock'],
    ['ABSKmadeup@us-east-1', 'bedrock'],
    ['gsk_made_up', 'groq'],
    ['unheard_of_made_up', undefined],
    ['', undefined],
  ])('%j belongs to %s', (key, provider) => {
    expect(recogniseKey(key, builtInProviders)).toBe(provider)
    // whatever the order
    expect(recogniseKey(key, [...builtInProviders].reverse())).toBe(provider)
  })
})

describe('custom providers', () => {
  const acme = { id: 'acme', name: 'Acme', baseUrl: 'http://localhost:4000/v1//', needsKey: false }

  it('come after the built-in ones and speak the format of OpenAI', () => {
    const providers = providersWith([acme, { ...acme, id: 'far', baseUrl: 'https://llm.example/v1', needsKey: true }])
    expect([...providers.keys()].slice(-2)).toEqual(['acme', 'far'])
    expect(providers.get('acme')).toMatchObject({
      baseUrl: 'http://localhost:4000/v1',
      protocol: 'openai-chat',
      runsLocally: true,
      authorization: { kind: 'optional-bearer' },
    })
    expect(providers.get('far')).toMatchObject({ runsLocally: false, authorization: { kind: 'bearer' } })
  })

  it.each([
    ['http://127.0.0.1:8080', true],
    ['http://[::1]:8080', true],
    ['http://models.localhost/v1', true],
    ['http://192.168.1.4:8000/v1', false],
    ['https://127.0.0.1.example.org', false],
  ])('%s stays on this machine: %s', (baseUrl, stays) => {
    expect(providersWith([{ ...acme, baseUrl }]).get('acme')?.runsLocally).toBe(stays)
  })

  it('cannot take the place of a built-in one, and so never get its keys', () => {
    expect(providersWith([{ ...acme, id: 'openai' }]).get('openai')?.baseUrl).toBe('https://api.openai.com/v1')
  })
})

it('variables of the environment lead to their providers', () => {
  const variables = environmentVariables(builtInProviders)
  expect(variables.get('ANTHROPIC_API_KEY')).toBe('anthropic')
  expect(variables.get('GEMINI_API_KEY')).toBe('google')
  expect(variables.get('PATH')).toBeUndefined()
})
