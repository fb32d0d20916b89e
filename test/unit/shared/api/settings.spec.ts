import { describe, expect, it } from 'vitest'
import { settingsApi } from '../../../../shared/api/settings.ts'
import { settingsSchema } from '../../../../shared/settings.ts'

describe('a change of settings', () => {
  const read = (changes: unknown): Record<string, unknown> => settingsApi['settings.update'].input.parse(changes) as Record<string, unknown>

  it('holds what was given and nothing else, so that all other settings stay as they are', () => {
    expect(read({})).toEqual({})
    expect(Object.keys(read({ theme: 'dark' }))).toEqual(['theme'])
    for (const [name, value] of Object.entries(settingsSchema.parse({}))) {
      const changed = Object.keys(read({ [name]: value }))
      expect(['vault', 'customProviders', 'baseUrls', 'privateBaseUrls'].includes(name) ? [] : [name]).toEqual(changed)
    }
  })

  it('fills in what a field itself lacks, and refuses what it cannot hold', () => {
    expect(read({ auto: { slider: 0.2 } }).auto).toMatchObject({ slider: 0.2, sticky: true, learns: { checks: true } })
    expect(() => read({ auto: { slider: 2 } })).toThrow()
    expect(() => read({ theme: 'plaid' })).toThrow()
  })
})
