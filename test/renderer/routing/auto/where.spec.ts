import { describe, expect, it } from 'vitest'
import { regionsWith } from '../../../../renderer/features/routing/auto/where.tsx'

describe('where requests may be processed', () => {
  it('is anywhere until one place is ruled out, and again when none is', () => {
    const without = regionsWith(undefined, 'cn', false)
    expect(without).toEqual(['eu', 'us'])
    expect(regionsWith(without, 'cn', true)).toBeUndefined()
  })

  it('is always somewhere', () => {
    expect(regionsWith(['eu'], 'eu', false)).toEqual(['eu'])
  })
})
