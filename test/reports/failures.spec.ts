/** A share of `npm run report:failures` at every run of the tests: every fault and every layout, in two of the dialects each. */
import { expect, it } from 'vitest'
import { FAULTS, type Fault } from '../support/faults.ts'
import { cellsOf, DIALECTS, runCells } from './failure-matrix.ts'

const twoOf = (index: number): typeof DIALECTS => DIALECTS.filter((_dialect, place) => place % 3 === index % 3)
const described = (results: Awaited<ReturnType<typeof runCells>>): readonly string[] =>
  results.flatMap(({ cell, problems }) => problems.map((problem) => `${cell.dialect}, ${cell.mode}, ${cell.layout}: ${problem}`))

it.each(FAULTS.map((fault, index) => [fault.what, index, fault] as const))('%s (%i)', async (_what, index, fault) => {
  expect(described(await runCells(cellsOf(fault, twoOf(index))))).toEqual([])
})

it('notices a cell that is wrong', async () => {
  const server = FAULTS.find(({ what }) => what === '500') as Fault
  const wrong: Fault = { ...server, modes: ['whole'], expects: { is: 'failure', kind: 'overloaded', status: 503, again: 2, moves: false } }
  const problems = described(await runCells(cellsOf(wrong, ['gemini'], ['one key', 'two keys'])))
  expect(problems).toEqual([
    'gemini, whole, one key: 2 attempts in the ledger, not 3',
    'gemini, whole, one key: the ledger says upstream-error, not overloaded',
    'gemini, whole, one key: status 502, not 503',
    expect.stringContaining('two keys: 2 attempts in the ledger, not 3'),
    'gemini, whole, two keys: the ledger says ok, not overloaded',
    expect.anything(),
    expect.anything(),
    expect.anything(),
  ])
})
