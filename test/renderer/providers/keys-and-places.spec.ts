import { describe, expect, it } from 'vitest'
import { bestKeyState, groupProviders, monogram, moved, providerKeys, shortAddress } from '../../../renderer/features/providers/groups.ts'
import { recogniseProvider } from '../../../renderer/features/providers/recognise.ts'
import { policySentence, stateSentence, validationSentence } from '../../../renderer/features/providers/sentences.ts'
import type { CredentialState, CredentialSummary, Validation } from '../../../shared/api/keys.ts'
import type { ProviderSummary } from '../../../shared/api/providers.ts'

function provider(id: string, fields: Partial<ProviderSummary> = {}): ProviderSummary {
  return {
    id,
    name: id,
    protocol: 'openai-chat',
    baseUrl: `https://${id}.example.org/v1`,
    needsKey: true,
    takesKey: true,
    keyPrefixes: [],
    keyPage: undefined,
    runsLocally: false,
    simulated: false,
    custom: false,
    running: undefined,
    modelCount: 0,
    docs: undefined,
    statusPage: undefined,
    residency: undefined,
    dataPolicy: undefined,
    ...fields,
  }
}

function key(id: string, of: string, order: number, state: CredentialState = { is: 'unchecked' }): CredentialSummary {
  return { id, provider: of, label: id, last4: 'abcd', order, state, readOnly: false, lastUsedAt: undefined }
}

describe('recognising whose key was pasted', () => {
  const known = [
    provider('alpha', { keyPrefixes: ['sk-alpha-', 'sk-'] }),
    provider('beta', { keyPrefixes: ['sk-'] }),
    provider('gamma', { keyPrefixes: ['sk-alpha-v2-'] }),
    provider('local', { keyPrefixes: ['sk-alpha-v2-loc'], takesKey: false }),
  ]

  it('takes the provider with the longest beginning', () => {
    expect(recogniseProvider('sk-alpha-0000', known)).toMatchObject({ is: 'one', provider: { id: 'alpha' } })
    expect(recogniseProvider('sk-alpha-v2-0000', known)).toMatchObject({ is: 'one', provider: { id: 'gamma' } })
  })

  it('lets the user choose when several share the beginning', () => {
    expect(recogniseProvider('sk-0000', known)).toMatchObject({ is: 'several', providers: [{ id: 'alpha' }, { id: 'beta' }] })
  })

  it('knows nothing of other beginnings, and of a beginning without a key behind it', () => {
    expect(recogniseProvider('whatever', known)).toEqual({ is: 'nothing' })
    expect(recogniseProvider('sk-', known)).toEqual({ is: 'nothing' })
    expect(recogniseProvider('', known)).toEqual({ is: 'nothing' })
  })

  it('does not mind white space that was copied along', () => {
    expect(recogniseProvider('  sk-alpha-0000\n', known)).toMatchObject({ is: 'one' })
  })

  it('never offers a provider that takes no key', () => {
    expect(recogniseProvider('sk-alpha-v2-local', known)).toMatchObject({ is: 'one', provider: { id: 'gamma' } })
  })
})

describe('what is said about a key', () => {
  const now = 1_000_000
  const states: readonly CredentialState[] = [
    { is: 'unchecked' },
    { is: 'ready', checkedAt: now },
    { is: 'refused', message: 'no', at: now },
    { is: 'out-of-credit', message: 'no', at: now },
    { is: 'limited', until: now + 30_000 },
    { is: 'missing' },
  ]

  it('has a sentence of its own for every state', () => {
    const sentences = states.map((state) => stateSentence(state, 'Alpha', now).long)
    expect(new Set(sentences).size).toBe(states.length)
  })

  it('counts a limit that is over as ready', () => {
    expect(stateSentence({ is: 'limited', until: now - 1 }, 'Alpha', now)).toMatchObject({ tone: 'ok', short: 'Ready' })
    expect(stateSentence({ is: 'limited', until: now + 30_000 }, 'Alpha', now).short).toBe('Limited, 30 s')
  })

  it('has a sentence of its own, and the provider’s own words, for every result of a check', () => {
    const kinds = ['refused', 'out-of-credit', 'forbidden', 'rate-limited', 'unreachable', 'unexpected'] as const
    const results = kinds.map((is): Validation => ({ is, message: `said ${is}` }))
    const sentences = results.map((result) => validationSentence(result, 'Alpha'))
    expect(new Set(sentences.map((sentence) => sentence.long)).size).toBe(kinds.length)
    expect(sentences.map((sentence) => sentence.said)).toEqual(kinds.map((is) => `said ${is}`))
    expect(sentences.every((sentence) => sentence.long.includes('Alpha') && sentence.tone !== 'ok')).toBe(true)
  })

  it('does not invent a model count', () => {
    expect(validationSentence({ is: 'valid', models: undefined, tookMs: 310 }, 'Alpha').long).toBe('Alpha accepted the key in 310 ms.')
    expect(validationSentence({ is: 'unproven', tookMs: 310 }, 'Alpha')).toMatchObject({ tone: 'idle', short: 'Not proven' })
    expect(validationSentence({ is: 'valid', models: 1, tookMs: 310 }, 'Alpha').long).toBe('Alpha accepted the key in 310 ms. It opens 1 model.')
  })
})

describe('providers in their places', () => {
  it('puts each provider into exactly one part', () => {
    const all = [
      provider('with'),
      provider('without'),
      provider('ollama', { runsLocally: true, takesKey: false }),
      provider('lmstudio', { runsLocally: true, takesKey: false, running: true }),
      provider('mine', { custom: true }),
      provider('demo', { simulated: true, runsLocally: true }),
    ]
    const groups = groupProviders(all, [key('k1', 'with', 0), key('k2', 'mine', 0)])
    expect(Object.fromEntries(Object.entries<readonly ProviderSummary[]>({ ...groups }).map(([name, list]) => [name, list.map((each) => each.id)]))).toEqual({
      withKeys: ['with'],
      others: ['without'],
      local: ['lmstudio'],
      quiet: ['ollama'],
      custom: ['mine'],
      simulated: ['demo'],
    })
  })

  it('lists keys in the order in which they are tried', () => {
    expect(providerKeys([key('b', 'x', 1), key('a', 'x', 0), key('c', 'y', 0)], 'x').map((each) => each.id)).toEqual(['a', 'b'])
  })

  it('moves a key by one place and not beyond the ends', () => {
    expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b'], 'a', -1)).toBeUndefined()
    expect(moved(['a', 'b'], 'b', 1)).toBeUndefined()
    expect(moved(['a', 'b'], 'gone', 1)).toBeUndefined()
  })

  it('judges a provider by its best key', () => {
    const refused = key('a', 'x', 0, { is: 'refused', message: '', at: 0 })
    expect(bestKeyState([refused, key('b', 'x', 1, { is: 'ready', checkedAt: 0 })], 0)?.short).toBe('Ready')
    expect(bestKeyState([refused, key('b', 'x', 1, { is: 'out-of-credit', message: '', at: 0 })], 0)?.short).toBe('Out of credit')
    expect(bestKeyState([], 0)).toBeUndefined()
  })

  it('stands in for logos with two letters', () => {
    expect(['OpenAI', 'Groq', 'LM Studio', '’'].map(monogram)).toEqual(['OA', 'GR', 'LS', '?'])
    expect(shortAddress('https://api.example.org/v1/')).toBe('api.example.org/v1')
  })
})

describe('what a provider says of the data it is sent', () => {
  const documented = { trains: false, retentionDays: 30, source: 'https://alpha.example/policy', asOf: '2026-07-29' }
  const eu = { regions: ['eu'], source: 'https://alpha.example/regions' } as const

  it.each([
    [{ dataPolicy: documented }, 'Does not train on what it is sent and keeps it for 30 days (2026-07-29).'],
    [
      { dataPolicy: { ...documented, retentionDays: 0 }, residency: eu },
      'Processes in the EU, does not train on what it is sent and keeps none of it (2026-07-29).',
    ],
    [
      { dataPolicy: { ...documented, trains: true, retentionDays: undefined } },
      'May train on what it is sent and keeps it for a time that is not named (2026-07-29).',
    ],
    [{ residency: eu }, 'Processes in the EU. No documented data policy is known to us.'],
    [{}, 'No documented data policy is known to us.'],
    [{ runsLocally: true }, undefined],
  ])('%j', (told, sentence) => {
    expect(policySentence(provider('alpha', told))).toBe(sentence)
  })
})
