import Papa from 'papaparse'
import { beforeEach, describe, expect, it, vi } from 'vitest'

vi.mock('../../../renderer/client/client.ts', async () => ({ client: (await import('../support/memory.ts')).client }))

import { areEnough, chooseColumns, compareChosen, compareFile, guess, leaveComparison, showKind } from '../../../renderer/features/costs/reconcile/actions.ts'
import { differencesAsCsv } from '../../../renderer/features/costs/reconcile/export.ts'
import { type ReconcileState, useReconcile } from '../../../renderer/features/costs/reconcile/store.ts'
import { asNanoUsd } from '../../../shared/money.ts'
import { reset } from '../support/memory.ts'

const fileOf = (text: string, name = 'export.csv') => ({ name, size: text.length, text: () => Promise.resolve(text) })
const now = (): ReconcileState => useReconcile.getState()

beforeEach(() => {
  reset()
  leaveComparison()
})

describe('comparing an export', () => {
  it('goes from the file to a result, which can be narrowed and left', async () => {
    await compareFile(fileOf('usage_date_utc,model,cost_usd\n2026-11-02,Claude Nobody 1,2.5\n'))
    const state = now()
    if (state.is !== 'ready') throw new Error(JSON.stringify(state))
    expect(state).toMatchObject({ file: 'export.csv', format: 'anthropic-costs', lines: 1, result: { provider: 'anthropic', theirs: { cost: 2_500_000_000 } } })
    expect(state.result.rows.find(({ model }) => model === 'Claude Nobody 1')).toMatchObject({ kind: 'missing-here' })
    showKind('missing-here')
    expect(now()).toMatchObject({ shown: 'missing-here' })
    leaveComparison()
    expect(now()).toEqual({ is: 'idle' })
  })

  it('asks for the columns of a file that it does not know', async () => {
    await compareFile(fileOf('Created,Model name,prompt tokens,completion tokens,Cost ($)\n2026-11-02,gpt-5-mini,10,2,0.5\n'))
    expect(now()).toMatchObject({
      is: 'columns',
      chosen: { provider: '', day: 'Created', model: 'Model name', input: 'prompt tokens', output: 'completion tokens', cost: 'Cost ($)' },
    })
    await compareChosen()
    // without a provider there is nothing to compare with
    expect(now().is).toBe('columns')
    chooseColumns({ provider: 'openai' })
    await compareChosen()
    expect(now()).toMatchObject({ is: 'ready', format: 'chosen', result: { provider: 'openai', theirs: { input: 10, output: 2, cost: 500_000_000 } } })
  })

  it('says what is wrong with a file, and takes the next one', async () => {
    await compareFile(fileOf('usage_date_utc,model,cost_usd\n2026-11-02,x,dear\n'))
    expect(now()).toMatchObject({ is: 'failed', failure: { why: 'number', line: 2, column: 'cost_usd', value: 'dear' } })
    await compareFile({ ...fileOf(''), size: 300 * 1024 * 1024 })
    expect(now()).toMatchObject({ is: 'failed', failure: { why: 'too-large' } })
    await compareFile({ ...fileOf(''), text: () => Promise.reject(new Error('the file is gone')) })
    expect(now()).toMatchObject({ is: 'failed', failure: { why: 'engine', message: 'the file is gone' } })
    await compareFile(fileOf('usage_date_utc,model,cost_usd\n2026-11-02,x,1\n'))
    expect(now().is).toBe('ready')
  })

  it('can be left while a large file is read, and the late end of it changes nothing', async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `2026-11-02,m${index % 5},0.01`)
    const reading = compareFile(fileOf(`usage_date_utc,model,cost_usd\n${lines.join('\n')}`))
    await vi.waitUntil(() => {
      const state = now()
      return state.is === 'reading' && state.share > 0
    })
    leaveComparison()
    await reading
    expect(now()).toEqual({ is: 'idle' })
  })

  it('guesses columns in both languages, and knows what is not enough', () => {
    const chosen = guess(['Datum', 'Modell', 'Eingabe-Tokens', 'Ausgabe-Tokens', 'Kosten'])
    expect(chosen).toEqual({ provider: '', day: 'Datum', model: 'Modell', input: 'Eingabe-Tokens', output: 'Ausgabe-Tokens', cost: 'Kosten' })
    expect(areEnough(chosen)).toBe(false)
    expect(areEnough({ ...chosen, provider: 'openai' })).toBe(true)
    expect(areEnough({ provider: 'openai', day: 'Datum', model: '', input: '', output: '', cost: '' })).toBe(false)
  })
})

describe('the differences as CSV', () => {
  it('leave out what matches, keep unknown apart from nothing, and run in no spreadsheet', () => {
    const nothing = { input: undefined, output: undefined, cost: undefined }
    const text = differencesAsCsv({
      rows: [
        { day: '2026-11-01', model: 'same', kind: 'matched', theirs: nothing, ours: undefined, difference: nothing },
        {
          ...{ day: '2026-11-02', model: '=cmd()', kind: 'differs' as const },
          theirs: { ...nothing, cost: asNanoUsd(1_000_000_001) },
          ours: { ...nothing, cost: asNanoUsd(2_000_000_000), requests: 3, unpriced: 1 },
          difference: { ...nothing, cost: asNanoUsd(-999_999_999) },
        },
      ],
    })
    const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
    expect(data).toHaveLength(1)
    expect(data[0]).toMatchObject({
      ...{ day: '2026-11-02', model: "'=cmd()", kind: 'differs', provider_input_tokens: '', provider_cost_usd: '1.000000001' },
      ...{ switchyard_cost_usd: '2.000000000', switchyard_requests: '3', switchyard_unpriced: '1', difference_cost_usd: '-0.999999999' },
    })
  })
})
