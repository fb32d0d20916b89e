import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONDITION_KEYS, CONDITION_LINES, withLine } from '../../../renderer/features/routing/conditions.ts'
import { freeName, moved, removed, renamed, replaced } from '../../../renderer/features/routing/edit.ts'
import { type Condition, conditionSchema } from '../../../shared/routing-config.ts'

describe('conditions as lines of text', () => {
  it.each(CONDITION_KEYS)('%s begins with something the engine takes', (key) => {
    // a client is named by whoever makes the rule
    if (key === 'clients') return
    const condition = withLine({}, key, CONDITION_LINES[key].first)
    expect(conditionSchema.safeParse(condition)).toMatchObject({ success: true })
    expect(condition?.[key]).toBeDefined()
  })

  it.each<[Condition]>([
    [{ models: ['openai/*', '*sonnet*'] }],
    [{ tags: { team: 'search', env: 'a=b' } }],
    [{ inputTokens: { min: 1_000 } }],
    [{ inputTokens: { max: 2_000 } }],
    [{ estimatedUsd: { min: 0.01, max: 2.5 } }],
    [{ hours: { from: 22, to: 6 } }],
    [{ weekdays: [1, 7] }],
    [{ tools: 'none' }],
    [{ stream: false }],
    [{ needs: ['vision', 'json-schema'] }],
  ])('%j reads as text that means the same', (condition) => {
    const [key] = CONDITION_KEYS.filter((each) => condition[each] !== undefined)
    if (key === undefined) throw new Error('no key')
    expect(withLine({}, key, CONDITION_LINES[key].read(condition))).toEqual(condition)
  })

  it.each([
    ['hours', '9'],
    ['hours', 'nine-five'],
    ['inputTokens', 'many'],
    ['inputTokens', '-'],
    ['tags', 'team'],
    ['weekdays', 'Monday'],
    ['tools', 'maybe'],
  ] as const)('%s does not take “%s”', (key, text) => {
    expect(withLine({}, key, text)).toBeUndefined()
  })
})

describe('changes to lists', () => {
  it('move one item and keep all others in their order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 8 }), fc.nat(9), fc.integer({ min: -2, max: 9 }), (list, from, to) => {
        const after = moved(list, from, to)
        expect(new Set(after)).toEqual(new Set(list))
        expect(after).toHaveLength(list.length)
        const item = list[from]
        if (item === undefined || to < 0 || to >= list.length) {
          expect(after).toEqual(list)
          return
        }
        expect(after[to]).toBe(item)
        expect(removed(after, to)).toEqual(removed(list, from))
      }),
    )
  })

  it('rename in place and never over another', () => {
    expect(Object.keys(renamed({ a: 1, b: 2, c: 3 }, 'b', 'z') ?? {})).toEqual(['a', 'z', 'c'])
    expect(renamed({ a: 1, b: 2 }, 'b', 'a')).toBeUndefined()
    expect(freeName({ alias: 1, 'alias-2': 1 }, 'alias')).toBe('alias-3')
    expect(replaced(['a', 'b'], 1, 'c')).toEqual(['a', 'c'])
  })
})
