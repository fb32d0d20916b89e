import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fill, variablesOf } from '../../../shared/template.ts'

describe('prompts with variables', () => {
  it.each([
    ['Hello {{name}}', { name: 'Ada' }, 'Hello Ada'],
    ['{{ a }}{{b}}{{a}}', { a: '1', b: '2' }, '121'],
    ['{{größe_2}} {{x.y-z}}', { größe_2: 'XL', 'x.y-z': 'v' }, 'XL v'],
    ['{{missing}} {{}} {{two words}} { {a} }', { a: '1' }, '{{missing}} {{}} {{two words}} { {a} }'],
    ['{{a}}', { a: '{{b}}', b: 'no' }, '{{b}}'],
    ['{{constructor}}', {}, '{{constructor}}'],
    ['{{a}}', { a: '$& $1' }, '$& $1'],
  ])('%s with %j is %s', (template, values, expected) => {
    expect(fill(template, values as Record<string, string>)).toBe(expected)
  })

  it('names each variable once, in order', () => {
    expect(variablesOf('{{b}} {{a}} {{ b }} {{not one}}')).toEqual(['b', 'a'])
  })

  it('leaves no variable that has a value, whatever the text round it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const template = `${before}{{x}}${after}`
        fc.pre(variablesOf(before + after).length === 0 && variablesOf(template).length === 1)
        expect(fill(template, { x: 'v' })).toBe(`${before}v${after}`)
      }),
    )
  })
})
