import { describe, expect, it } from 'vitest'
import { type ColumnRoom, fittingColumns, gridTemplate, rowAfterKey } from '../../../renderer/ui/table-layout.ts'

const columns: readonly ColumnRoom[] = [
  { id: 'time', widthPx: 80, yields: 0 },
  { id: 'model', widthPx: 100, yields: 0, fill: true },
  { id: 'cost', widthPx: 60, yields: 1 },
  { id: 'in', widthPx: 50, yields: 2 },
  { id: 'out', widthPx: 50, yields: 2 },
]
const ids = (widthPx: number) => fittingColumns(columns, widthPx).map((column) => column.id)

describe('columns of a list', () => {
  it('shows all of them where there is room', () => {
    expect(ids(340)).toEqual(['time', 'model', 'cost', 'in', 'out'])
  })

  it('takes the least important away first, and those that belong together at once', () => {
    expect(ids(339)).toEqual(['time', 'model', 'cost'])
    expect(ids(239)).toEqual(['time', 'model'])
  })

  it('takes others away before a column gets less than it likes', () => {
    const wanting = columns.map((column) => (column.id === 'model' ? { ...column, likesPx: 200 } : column))
    expect(fittingColumns(wanting, 340).map((column) => column.id)).toEqual(['time', 'model', 'cost'])
  })

  it('never takes away what a row cannot be told by', () => {
    expect(ids(10)).toEqual(['time', 'model'])
  })

  it('gives what is left to the column that fills', () => {
    expect(gridTemplate(columns.slice(0, 3))).toBe('80px minmax(100px, 1fr) 60px')
    expect(gridTemplate([{ id: 'outcome', widthPx: 80, likesPx: 120, yields: 0 }])).toBe('minmax(80px, 120px)')
  })
})

describe('moving through a list by key', () => {
  it('starts at the first row when none is current', () => {
    expect(rowAfterKey('nextRow', -1, 5, 10)).toBe(0)
  })

  it('stops at both ends', () => {
    expect(rowAfterKey('ArrowDown', 4, 5, 10)).toBe(4)
    expect(rowAfterKey('previousRow', 0, 5, 10)).toBe(0)
    expect(rowAfterKey('PageDown', 1, 5, 10)).toBe(4)
  })

  it('leaves other keys and empty lists alone', () => {
    expect(rowAfterKey('x', 0, 5, 10)).toBeUndefined()
    expect(rowAfterKey('nextRow', -1, 0, 10)).toBeUndefined()
  })
})
