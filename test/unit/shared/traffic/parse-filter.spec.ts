import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FilterTerm } from '../../../../shared/traffic/filter.ts'
import { parseFilter, quotedWord, tokensOf, writeFilter } from '../../../../shared/traffic/parse-filter.ts'
import { filterTerm, filterWord } from '../../../support/filter-terms.ts'

describe('what is understood', () => {
  it.each<[string, readonly FilterTerm[]]>([
    ['', []],
    ['  \n ', []],
    ['timeout', [{ kind: 'text', not: false, words: 'timeout' }]],
    ['"two words"', [{ kind: 'text', not: false, words: 'two words' }]],
    ['-timeout', [{ kind: 'text', not: true, words: 'timeout' }]],
    ['"-timeout"', [{ kind: 'text', not: false, words: '-timeout' }]],
    ['-', [{ kind: 'text', not: false, words: '-' }]],
    ['status>=400', [{ kind: 'number', not: false, field: 'status', is: '>=', value: 400 }]],
    ['status:4xx', [{ kind: 'between', not: false, field: 'status', from: 400, to: 499 }]],
    ['status:200', [{ kind: 'number', not: false, field: 'status', is: '=', value: 200 }]],
    ['model:claude*', [{ kind: 'name', not: false, field: 'model', exact: false, anyOf: ['claude*'] }]],
    ['-model:openai/gpt-5,"o 3"', [{ kind: 'name', not: true, field: 'model', exact: false, anyOf: ['openai/gpt-5', 'o 3'] }]],
    ['client="Claude Code"', [{ kind: 'name', not: false, field: 'client', exact: true, anyOf: ['Claude Code'] }]],
    ['MODEL:GPT', [{ kind: 'name', not: false, field: 'model', exact: false, anyOf: ['GPT'] }]],
    ['model:qwen3:8b', [{ kind: 'name', not: false, field: 'model', exact: false, anyOf: ['qwen3:8b'] }]],
    ['llama3.2:3b', [{ kind: 'text', not: false, words: 'llama3.2:3b' }]],
    ['cache:hit,miss', [{ kind: 'cache', not: false, anyOf: ['hit', 'miss'] }]],
    ['cost>0.01', [{ kind: 'number', not: false, field: 'cost', is: '>', value: 10_000_000 }]],
    ['cost<=$1.5', [{ kind: 'number', not: false, field: 'cost', is: '<=', value: 1_500_000_000 }]],
    ['tokens>1k', [{ kind: 'number', not: false, field: 'tokens', is: '>', value: 1000 }]],
    ['ttft>2s', [{ kind: 'number', not: false, field: 'ttft', is: '>', value: 2000 }]],
    ['total<500ms', [{ kind: 'number', not: false, field: 'total', is: '<', value: 500 }]],
    ['age<1.5h', [{ kind: 'number', not: false, field: 'age', is: '<', value: 5_400_000 }]],
    ['ttft>0', [{ kind: 'number', not: false, field: 'ttft', is: '>', value: 0 }]],
    ['pinned', [{ kind: 'flag', not: false, flag: 'pinned' }]],
    ['-is:streamed', [{ kind: 'flag', not: true, flag: 'streamed' }]],
    [
      'is:failed client:cursor',
      [
        { kind: 'flag', not: false, flag: 'failed' },
        { kind: 'name', not: false, field: 'client', exact: false, anyOf: ['cursor'] },
      ],
    ],
  ])('%j', (text, terms) => {
    expect(parseFilter(text)).toEqual({ terms, problems: [] })
  })
})

describe('what is not, with its place', () => {
  it.each([
    ['ok colour:red', 'unknown-field', 3, 13, 'colour'],
    ['model:', 'no-value', 0, 6, 'model'],
    ['x -model:,', 'no-value', 2, 10, 'model'],
    ['cost>much', 'bad-number', 0, 9, 'much'],
    ['cost>1k', 'bad-number', 0, 7, '1k'],
    ['status:4xx,5xx', 'bad-number', 0, 14, '4xx,5xx'],
    ['ttft>2', 'no-unit', 0, 6, '2'],
    ['ttft>2w', 'bad-number', 0, 7, '2w'],
    ['model>3', 'bad-comparison', 0, 7, '>'],
    ['is:purple', 'unknown-word', 0, 9, 'purple'],
    ['cache:warm', 'unknown-word', 0, 10, 'warm'],
    ['client:"Claude', 'open-quote', 0, 14, 'client:"Claude'],
  ])('%j', (text, kind, start, end, word) => {
    expect(parseFilter(text).problems).toEqual([{ kind, start, end, word }])
  })

  it('leaves the rest of the filter standing', () => {
    expect(parseFilter('is:ok model: timeout').terms).toHaveLength(2)
  })
})

describe('any text', () => {
  it('is cut into words that lie where they say', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { start, end, text: token } of tokensOf(text)) expect(text.slice(start, end)).toBe(token)
        for (const { start, end } of parseFilter(text).problems) expect(0 <= start && start < end && end <= text.length).toBe(true)
      }),
    )
  })

  it('means itself once it is quoted', () => {
    fc.assert(
      fc.property(filterWord, (text) => {
        expect(parseFilter(`"${text}"`).terms).toEqual([{ kind: 'text', not: false, words: text }])
      }),
    )
    expect(quotedWord('is:ok')).toBe('"is:ok"')
  })

  it('is what a filter is written as', () => {
    fc.assert(
      fc.property(fc.array(filterTerm, { maxLength: 4 }), (filter) => {
        expect(parseFilter(writeFilter(filter))).toEqual({ terms: filter, problems: [] })
      }),
    )
  })
})
