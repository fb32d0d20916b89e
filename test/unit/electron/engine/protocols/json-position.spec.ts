import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstJsonError } from '../../../../../electron/engine/protocols/json-position.ts'

describe('finding where JSON breaks', () => {
  it.each([
    ['{"a": [}', 7],
    ['{"a" 1}', 5],
    ['{"a": 1,}', 8],
    ['[1, 2', 5],
    ['{"a": "b', 8],
    ['{"a": "b\nc"}', 8],
    ['{"a": "\\x"}', 8],
    ['{"a": "\\u12g4"}', 11],
    ['{} {}', 3],
    ['nul', 0],
    ["{'a': 1}", 1],
    ['', 0],
    ['[01]', 2],
  ])('points into %j at %i', (text, position) => {
    expect(firstJsonError(text)).toBe(position)
  })

  it('agrees with JSON.parse on what is valid, whatever is changed in a valid text', () => {
    const isJson = (text: string): boolean => {
      try {
        JSON.parse(text)
        return true
      } catch {
        return false
      }
    }
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 2 }), fc.nat(2), (json, place, inserted, removed) => {
        const at = place % (json.length + 1)
        const text = json.slice(0, at) + inserted + json.slice(at + removed)
        expect(firstJsonError(text) === undefined).toBe(isJson(text))
      }),
      { numRuns: 1000 },
    )
  })
})
