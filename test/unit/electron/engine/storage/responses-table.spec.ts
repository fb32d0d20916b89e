import { beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../../../electron/engine/storage/open.ts'
import { responsesTable } from '../../../../../electron/engine/storage/responses-table.ts'
import type { StoredResponse } from '../../../../../electron/engine/storage/storage.ts'
import { dataFolder } from '../../../../support/data-folder.ts'

let database: ReturnType<typeof openDatabase>
let table: ReturnType<typeof responsesTable>

beforeEach(() => {
  database = openDatabase(dataFolder())
  table = responsesTable(database)
  return () => database.close()
})

function turn(id: string, previous: string | undefined, at: number, caller = 'ada'): StoredResponse {
  return {
    id,
    caller,
    at,
    previous,
    input: [{ role: 'user', content: `asked for ${id}` }],
    response: { id, output: [{ id: `msg_${id}`, text: `said in ${id}` }] },
  }
}

describe('stored responses', () => {
  it('give back a whole conversation, oldest turn first', () => {
    for (const row of [turn('r1', undefined, 1), turn('r2', 'r1', 2), turn('r3', 'r2', 3)]) table.put(row)
    const turns = table.turns('r3', 'ada') ?? []
    expect(turns.map(({ input }) => (input[0] as { content: string }).content)).toEqual(['asked for r1', 'asked for r2', 'asked for r3'])
    expect(turns.map(({ output }) => output[0]?.text)).toEqual(['said in r1', 'said in r2', 'said in r3'])
  })

  it('give nothing when a turn is missing, or the conversation goes round in a ring', () => {
    table.put(turn('r2', 'r1', 2))
    expect(table.turns('r2', 'ada')).toBeUndefined()
    table.put(turn('r1', 'r2', 3))
    expect(table.turns('r2', 'ada')).toBeUndefined()
  })

  it('belong to the key that asked for them, under the same id too', () => {
    table.put(turn('r1', undefined, 1))
    table.put({ ...turn('r1', undefined, 1, 'bob'), input: [] })
    expect(table.turns('r1', 'bob')?.[0]?.input).toEqual([])
    expect(table.get('r1', 'carol')).toBeUndefined()
    expect(table.item('msg_r1', 'carol')).toBeUndefined()
    expect(table.remove('r1', 'carol')).toBe(false)
    expect(table.remove('r1', 'bob')).toBe(true)
    expect(table.get('r1', 'ada')).toEqual(turn('r1', undefined, 1).response)
  })

  it('go with their items, the old and the too many first', () => {
    for (const at of [1, 2, 3, 4]) table.put(turn(`r${at}`, undefined, at))
    table.trim(2, { count: 2, bytes: 1e6 })
    expect(['r1', 'r2', 'r3', 'r4'].map((id) => table.get(id, 'ada') !== undefined)).toEqual([false, false, true, true])
    expect(table.item('msg_r2', 'ada')).toBeUndefined()
    expect(table.item('msg_r3', 'ada')).toEqual({ id: 'msg_r3', text: 'said in r3' })
    table.trim(0, { count: 2, bytes: 150 })
    expect(['r3', 'r4'].map((id) => table.get(id, 'ada') !== undefined)).toEqual([false, true])
  })
})
