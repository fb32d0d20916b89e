import { describe, expect, it } from 'vitest'
import { hashOf, placeOf } from '../../../renderer/frame/route.ts'

describe('the address', () => {
  it.each([
    ['', { section: 'playground', rest: '' }],
    ['#/traffic', { section: 'traffic', rest: '' }],
    ['#/traffic/01J%2Fx', { section: 'traffic', rest: '01J/x' }],
    ['#/nowhere', { section: 'playground', rest: '' }],
    ['#/traffic/%', { section: 'traffic', rest: '' }],
    ['#code=ABCD-1234', { section: 'playground', rest: '' }],
  ])('%s leads to %j', (hash, place) => {
    expect(placeOf(hash)).toEqual(place)
  })

  it('is read back as it was written', () => {
    expect(placeOf(hashOf('traffic', 'a/b c%'))).toEqual({ section: 'traffic', rest: 'a/b c%' })
  })
})
