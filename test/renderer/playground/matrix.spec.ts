import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { exported } from '../../../renderer/features/playground/matrix/export.ts'
import { readRows } from '../../../renderer/features/playground/matrix/read-rows.ts'
import { filtered, linesOf } from '../../../renderer/features/playground/matrix/table.ts'
import type { MatrixCell, MatrixSpec } from '../../../shared/api/matrix.ts'
import { asNanoUsd } from '../../../shared/money.ts'

describe('rows', () => {
  it.each<[string, readonly object[]]>([
    [
      'city,country\nLisbon,Portugal\n"Porto, old",Portugal\n',
      [
        { city: 'Lisbon', country: 'Portugal' },
        { city: 'Porto, old', country: 'Portugal' },
      ],
    ],
    ['city\tpeople\nLima\t10', [{ city: 'Lima', people: '10' }]],
    ['word\r\none\r\n\r\ntwo', [{ word: 'one' }, { word: 'two' }]],
    ['a,b\n"x\ny","say ""hi"""', [{ a: 'x\ny', b: 'say "hi"' }]],
    [
      '{"a":"x","n":1}\n\n{"a":"y","n":[2]}',
      [
        { a: 'x', n: '1' },
        { a: 'y', n: '[2]' },
      ],
    ],
    ['  ', []],
  ])('of %j are read', (text, rows) => {
    const read = readRows(text)
    expect(read.is === 'ok' ? read.rows : read).toEqual(rows)
  })

  it.each([
    ['a,b\n1,2\n3', 3, 'cells'],
    ['a,a\n1,2', 1, 'column-names'],
    ['a,\n1,2', 1, 'column-names'],
    ['{"a":1}\n{"a":', 2, 'not-json'],
    ['{"a":1}\n[1]', 2, 'not-an-object'],
  ])('of %j are wrong at line %d: %s', (text, line, why) => {
    expect(readRows(text)).toEqual({ is: 'wrong', line, why })
  })

  it('come back from CSV as they were, whatever is in them', () => {
    const cell = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && text !== '')
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        const text = Papa.unparse([['one', 'two'], ...rows], { quotes: true, newline: '\n' })
        const read = readRows(text)
        expect(read.is === 'ok' && read.rows.map(({ one, two }) => [one, two])).toEqual(rows)
      }),
    )
  })
})

const spec: MatrixSpec = {
  name: 'Cities <&>',
  prompts: [{ system: '', text: 'Where is {{city}}?' }],
  models: ['a/one', 'b/two'],
  rows: [{ city: 'Lisbon' }, { city: 'Lima' }],
  parameters: {},
  checks: [],
  concurrency: 1,
}
const cell = (place: number, answer: string, changes: Partial<MatrixCell> = {}): MatrixCell => ({
  place,
  prompt: 0,
  row: Math.floor(place / 2),
  model: place % 2,
  outcome: 'ok',
  message: undefined,
  answer,
  firstEventMs: 1,
  totalMs: 2,
  tokensOut: 3,
  cost: asNanoUsd(1_000_000),
  checks: [],
  serial: place + 1,
  ...changes,
})
const cells = [
  cell(0, 'Portugal'),
  cell(1, ' Portugal\n', { checks: [{ passed: true, why: 'Good.' }] }),
  cell(2, '=HYPERLINK("x")|<script>', { checks: [{ passed: false, why: 'Bad.' }] }),
  cell(3, 'Peru'),
]
const lines = linesOf(spec, cells)

describe('the table of a matrix', () => {
  it('has a line for each prompt and row, with answers in the order of the models', () => {
    expect(lines.map(({ question, cells: answers }) => [question, ...answers.map((each) => each?.answer)])).toEqual([
      ['Where is Lisbon?', 'Portugal', ' Portugal\n'],
      ['Where is Lima?', '=HYPERLINK("x")|<script>', 'Peru'],
    ])
    expect(linesOf(spec, []).flatMap((line) => line.cells)).toEqual([undefined, undefined, undefined, undefined])
  })

  it('shows those that differ, and those that fail', () => {
    expect(filtered(lines, 'different').map(({ row }) => row)).toEqual([1])
    expect(filtered(lines, 'failing').map(({ row }) => row)).toEqual([1])
    expect(filtered(linesOf(spec, [cell(0, '', { outcome: 'timeout' })]), 'failing')).toHaveLength(1)
    expect(filtered(lines, 'all')).toHaveLength(2)
  })
})

describe('a matrix as a file', () => {
  it('is CSV in which no answer is a formula', () => {
    const { data } = Papa.parse<Record<string, string>>(exported('csv', spec, lines), { header: true })
    expect(data).toHaveLength(4)
    expect(data[2]).toMatchObject({ model: 'a/one', 'var.city': 'Lima', question: 'Where is Lima?', cost_usd: '0.001', failed_checks: 'Bad.' })
    expect(data[2]?.answer).toBe(`'=HYPERLINK("x")|<script>`)
  })

  it('is JSON Lines with each answer as it was', () => {
    const records = exported('jsonl', spec, lines).trimEnd().split('\n')
    expect(records.map((line) => (JSON.parse(line) as { answer: string }).answer)).toEqual(cells.map(({ answer }) => answer))
  })

  it('is Markdown whose cells break no table and hold no HTML', () => {
    const text = exported('markdown', spec, lines)
    const rows = text.split('\n').filter((line) => line.startsWith('|'))
    expect(rows).toHaveLength(4)
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(5)
    expect(text).not.toContain('<script>')
  })

  it('is a page that runs nothing', () => {
    const page = exported('html', spec, lines)
    expect(page).toContain('Cities &lt;&amp;&gt;')
    expect(page).not.toContain('<script>')
    expect(page).toContain("default-src 'none'")
  })
})
