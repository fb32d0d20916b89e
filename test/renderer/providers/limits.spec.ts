import { beforeEach, describe, expect, it, vi } from 'vitest'

vi.mock('../../../renderer/client/client.ts', async () => ({ client: (await import('../support/memory.ts')).client }))

import { settings } from '../../../renderer/client/mirrors.ts'
import { setKeyLimits } from '../../../renderer/features/providers/actions.ts'
import { readLimit, type TypedLimit } from '../../../renderer/features/providers/limits.ts'
import { reset } from '../support/memory.ts'

const NONE: TypedLimit = { weight: '', rpm: '', tpm: '', concurrency: '' }

describe('limits as they are typed', () => {
  it.each<[Partial<TypedLimit>, object]>([
    [{}, { is: 'limit', limit: {} }],
    [
      { weight: ' 2,5 ', rpm: '60' },
      { is: 'limit', limit: { weight: 2.5, rpm: 60 } },
    ],
    [{ rpm: '1.5' }, { is: 'unreadable', fields: ['rpm'] }],
    [
      { weight: '0', tpm: 'many', concurrency: '-1' },
      { is: 'unreadable', fields: ['weight', 'tpm', 'concurrency'] },
    ],
    [{ weight: '1001' }, { is: 'unreadable', fields: ['weight'] }],
  ])('%j', (typed, read) => {
    expect(readLimit({ ...NONE, ...typed })).toEqual(read)
  })
})

describe('limits of a key', () => {
  beforeEach(async () => {
    reset()
    await settings.refresh()
  })
  const kept = (): unknown => {
    const state = settings.store.getState()
    return state.is === 'ready' ? state.value.routing.keyLimits : undefined
  }

  it('are kept beside those of others, and taken away', async () => {
    expect(await setKeyLimits('cred-1', { weight: 3 })).toBeUndefined()
    expect(await setKeyLimits('cred-2', { rpm: 10 })).toBeUndefined()
    expect(kept()).toEqual({ 'cred-1': { weight: 3 }, 'cred-2': { rpm: 10 } })
    await setKeyLimits('cred-1', {})
    expect(kept()).toEqual({ 'cred-2': { rpm: 10 } })
  })
})
