import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

vi.mock('../../../renderer/client/client.ts', async () => ({ client: (await import('../support/memory.ts')).client }))

import { live } from '../../../renderer/client/live.ts'
import { clientKeys } from '../../../renderer/client/mirrors.ts'
import { createClient, revokeClient, snippetKey, snippetModel, watchForRequests } from '../../../renderer/features/connect/actions.ts'
import { SNIPPETS } from '../../../renderer/features/connect/snippets.ts'
import { EMPTY_CONNECT, useConnect } from '../../../renderer/features/connect/store.ts'
import type { FakeEngine } from '../../support/fake-api.ts'
import { MODELS } from '../../support/fake-models.ts'
import { reset, until } from '../support/memory.ts'
import { record } from '../support/records.ts'

const facts = { address: 'http://127.0.0.1:4747', key: 'made-up-key', model: 'openai/gpt-5-mini' }

describe('snippets', () => {
  it.each(SNIPPETS.map((snippet) => [snippet.title, snippet] as const))('%s holds address, key and model', (_, snippet) => {
    const text = snippet.text(facts)
    for (const fact of Object.values(facts)) expect(text).toContain(fact)
  })

  it('give OpenAI clients the version in the path, and the others the bare address', () => {
    for (const snippet of SNIPPETS) {
      expect(snippet.text(facts).includes('4747/v1')).toBe(snippet.base === 'with-version')
    }
  })

  it('keep a model name from breaking out of its quotes', () => {
    const awkward = { ...facts, model: `it's "odd" $(x)` }
    for (const snippet of SNIPPETS) {
      // what is typed into fields has no quotes to break out of
      const written = { shell: `it'\\''s`, fields: awkward.model }
      expect(snippet.text(awkward)).toContain(snippet.language === 'shell' || snippet.language === 'fields' ? written[snippet.language] : `it's \\"odd\\" $(x)`)
    }
  })
})

describe('what stands in the snippets', () => {
  const demo = MODELS.find((model) => model.simulated)
  const real = MODELS.find((model) => !model.simulated)
  const created = { client: { id: 'c', name: 'x', last4: 'abcd', createdAt: 0, lastUsedAt: undefined }, secret: 'made-up' }

  it('is the new key while it can be read', () => {
    expect(snippetKey(created, 'demo-key', demo)).toMatchObject({ is: 'created', secret: 'made-up' })
  })

  it('is the demo key only with a model that it opens', () => {
    expect(snippetKey(undefined, 'demo-key', demo)).toEqual({ is: 'demo', secret: 'demo-key' })
    expect(snippetKey(undefined, 'demo-key', real)).toEqual({ is: 'placeholder' })
  })

  it('is a simulated model until there is a key for real ones', () => {
    expect(snippetModel(MODELS, undefined, false)?.simulated).toBe(true)
    expect(snippetModel(MODELS, undefined, true)?.simulated).toBe(false)
    expect(snippetModel(MODELS, 'openai/gpt-5', false)?.id).toBe('openai/gpt-5')
    expect(snippetModel([], undefined, false)).toBeUndefined()
  })
})

describe('connecting a tool', () => {
  let engine: FakeEngine
  let stop: AbortController
  let leave: () => void

  beforeEach(async () => {
    engine = reset()
    useConnect.setState(EMPTY_CONNECT, true)
    stop = new AbortController()
    void live.run(stop.signal)
    leave = watchForRequests()
    await clientKeys.refresh()
    await until(() => expect(live.connection.getState().is).toBe('live'))
  })
  afterEach(() => {
    leave()
    stop.abort()
    engine.close()
  })

  it('notices the first request with the new key, and none of the workbench’s own', async () => {
    await createClient('  aider ')
    const created = useConnect.getState().created
    if (created === undefined) throw new Error('no key')
    expect(created.client.name).toBe('aider')
    engine.record(record('own', Date.now(), { source: 'playground', caller: 'playground' }))
    engine.record(record('first', Date.now(), { caller: created.client.id, outcome: 'open' }))
    await until(() => expect(useConnect.getState().seen).toMatchObject({ [created.client.id]: { outcome: 'open' } }))
    engine.record(record('first', Date.now(), { caller: created.client.id, outcome: 'timeout' }))
    await until(() => expect(useConnect.getState().seen[created.client.id]?.outcome).toBe('failed'))
    expect(useConnect.getState().seen.playground).toBeUndefined()
  })

  it('forgets the key when the screen is left', async () => {
    await createClient('aider')
    leave()
    expect(JSON.stringify(useConnect.getState())).not.toContain('made-up')
  })

  it('forgets the key when it is revoked', async () => {
    await createClient('aider')
    const created = useConnect.getState().created
    if (created === undefined) throw new Error('no key')
    expect(await revokeClient(created.client)).toBeUndefined()
    expect(useConnect.getState().created).toBeUndefined()
  })

  it('says why a name is not taken', async () => {
    expect(await createClient('   ')).toBe(false)
    expect(useConnect.getState()).toMatchObject({ creating: false, failure: { field: 'name' } })
  })
})
