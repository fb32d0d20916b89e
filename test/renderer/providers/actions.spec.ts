import { beforeEach, describe, expect, it, vi } from 'vitest'

vi.mock('../../../renderer/client/client.ts', async () => ({ client: (await import('../support/memory.ts')).client }))

import {
  addCustomProvider,
  chooseProvider,
  chooseVault,
  deleteKey,
  importKey,
  moveKey,
  removeCustomProvider,
  replaceKey,
  saveKey,
  typeLabel,
  typeSecret,
  unlockVault,
} from '../../../renderer/features/providers/actions.ts'
import { EMPTY_FORM, environmentKeys, keys, providers, useAddKey } from '../../../renderer/features/providers/store.ts'
import type { CredentialSummary } from '../../../shared/api/keys.ts'
import { PASSPHRASE } from '../../support/fake-api.ts'
import { intercept, reset, sent } from '../support/memory.ts'

const SECRET = 'gsk_made-up-0000'

function listed(): readonly CredentialSummary[] {
  const state = keys.store.getState()
  if (state.is !== 'ready') throw new Error('keys are not loaded')
  return state.value
}
function one(id: string): CredentialSummary {
  const found = listed().find((key) => key.id === id)
  if (found === undefined) throw new Error(`no key ${id}`)
  return found
}
const openaiOrder = () =>
  listed()
    .filter((key) => key.provider === 'openai')
    .toSorted((a, b) => a.order - b.order)
    .map((key) => key.label)

beforeEach(async () => {
  reset()
  useAddKey.setState(EMPTY_FORM)
  await Promise.all([providers.refresh(), keys.refresh(), environmentKeys.refresh()])
})

describe('adding a key', () => {
  it('sends it to the provider it was recognised for and says how it fared', async () => {
    typeSecret(` ${SECRET}\n`)
    typeLabel('Laptop')
    await saveKey()
    expect(useAddKey.getState().stored).toMatchObject({
      verb: 'saved',
      credential: { provider: 'groq', label: 'Laptop', last4: '0000' },
      validation: { is: 'valid' },
    })
    expect(listed().some((key) => key.label === 'Laptop')).toBe(true)
  })

  it('forgets what was typed before the answer is there', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    intercept(async (request, pass) => {
      if (request.url.endsWith('keys.add')) await held
      return pass(request)
    })
    typeSecret(SECRET)
    const saving = saveKey()
    expect(useAddKey.getState()).toMatchObject({ secret: '', phase: { is: 'saving', provider: 'groq' } })
    release()
    await saving
    expect(JSON.stringify(useAddKey.getState())).not.toContain('made-up')
  })

  it('has forgotten it also when the engine could not be reached', async () => {
    intercept(() => Promise.reject(new TypeError('offline')))
    typeSecret(SECRET)
    await saveKey()
    expect(useAddKey.getState()).toMatchObject({ secret: '', phase: { is: 'typing' }, failure: { kind: 'unavailable' } })
  })

  it('sends nothing while it is unclear whose key it is', async () => {
    typeSecret('sk-made-up')
    await saveKey()
    expect(useAddKey.getState().failure?.field).toBe('provider')
    expect(useAddKey.getState().secret).toBe('sk-made-up')
    expect(sent.some(({ body }) => body.includes('made-up'))).toBe(false)
    chooseProvider('deepseek')
    await saveKey()
    expect(useAddKey.getState().stored?.credential.provider).toBe('deepseek')
  })

  it('keeps a refused key and says that it is refused', async () => {
    typeSecret('gsk_bad-made-up')
    await saveKey()
    expect(useAddKey.getState().stored).toMatchObject({ validation: { is: 'refused' }, credential: { state: { is: 'refused' } } })
  })

  it('sends one key once, however often Enter is pressed', async () => {
    typeSecret(SECRET)
    await Promise.all([saveKey(), saveKey()])
    expect(sent.filter(({ route }) => route === 'keys.add')).toHaveLength(1)
  })
})

describe('keys that are there', () => {
  it('change places at once, and back when the engine refuses', async () => {
    expect(openaiOrder()).toEqual(['Work', 'Private'])
    intercept(async (request, pass) =>
      request.url.endsWith('keys.reorder') ? Response.json({ ok: false, failure: { kind: 'conflict', message: 'No.' } }) : pass(request),
    )
    const moving = moveKey(one('cred-2'), -1)
    expect(openaiOrder()).toEqual(['Private', 'Work'])
    await moving
    expect(openaiOrder()).toEqual(['Work', 'Private'])
  })

  it('keep their new places when it agrees', async () => {
    await moveKey(one('cred-1'), 1)
    expect(openaiOrder()).toEqual(['Private', 'Work'])
  })

  it('are replaced in place', async () => {
    expect(await replaceKey('cred-3', 'made-up-9999')).toBeUndefined()
    expect(one('cred-3')).toMatchObject({ last4: '9999', state: { is: 'ready' } })
  })

  it('are deleted, and the sentence about them goes too', async () => {
    typeSecret(SECRET)
    await saveKey()
    const stored = useAddKey.getState().stored?.credential
    if (stored === undefined) throw new Error('not stored')
    expect(await deleteKey(stored)).toBeUndefined()
    expect(listed().some((key) => key.id === stored.id)).toBe(false)
    expect(useAddKey.getState().stored).toBeUndefined()
  })

  it('come from the environment only by name: the window never holds their text', async () => {
    await importKey('GROQ_API_KEY')
    expect(sent.find(({ route }) => route === 'keys.import')?.body).toBe('{"variable":"GROQ_API_KEY"}')
    const state = environmentKeys.store.getState()
    expect(state.is === 'ready' && state.value.find((each) => each.variable === 'GROQ_API_KEY')?.imported).toBe(true)
  })
})

describe('addresses and the vault', () => {
  it('says which field of a new address is at fault', async () => {
    expect(await addCustomProvider({ id: 'x', name: 'X', baseUrl: 'ftp://x', needsKey: true })).toMatchObject({ field: 'baseUrl' })
    expect(await addCustomProvider({ id: 'openai', name: 'X', baseUrl: 'http://x', needsKey: true })).toMatchObject({ field: 'id' })
  })

  it('adds and removes an address', async () => {
    await addCustomProvider({ id: 'lab', name: 'Lab', baseUrl: 'http://127.0.0.1:8000/v1', needsKey: false })
    const state = providers.store.getState()
    const lab = state.is === 'ready' ? state.value.find((each) => each.id === 'lab') : undefined
    if (lab === undefined) throw new Error('not added')
    expect(await removeCustomProvider(lab)).toBeUndefined()
  })

  it('opens the vault with the right passphrase only', async () => {
    reset({ vault: { backend: 'file', writable: false, locked: true, keychain: { works: false, name: 'Secret Service' } } })
    expect(await unlockVault('wrong')).toMatchObject({ kind: 'refused' })
    expect(await unlockVault(PASSPHRASE)).toBeUndefined()
  })

  it('sends a passphrase only where one is needed', async () => {
    await chooseVault('memory')
    expect(sent.find(({ route }) => route === 'vault.choose')?.body).toBe('{"backend":"memory"}')
    expect(await chooseVault('file', 'short')).toMatchObject({ field: 'passphrase' })
  })
})
