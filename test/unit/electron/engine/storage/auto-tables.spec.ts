import { beforeEach, describe, expect, it } from 'vitest'
import { SHIPPED_WEIGHTS_FILE } from '../../../../../electron/engine/routing/auto/shipped-weights.ts'
import { autoTables } from '../../../../../electron/engine/storage/auto-tables.ts'
import { openDatabase } from '../../../../../electron/engine/storage/open.ts'
import type { Evidence } from '../../../../../shared/auto.ts'
import { dataFolder } from '../../../../support/data-folder.ts'

let table: ReturnType<typeof autoTables>
beforeEach(() => {
  const database = openDatabase(dataFolder())
  table = autoTables(database)
  return () => database.close()
})

const evidence = (id: string, at: number, more: Partial<Evidence> = {}): Evidence => ({
  id,
  at,
  signal: 'vote',
  prompt: 'what?',
  model: 'a/b',
  quality: 1,
  ...more,
})

describe('judgements', () => {
  it('come back newest first, as they were, embeddings too', () => {
    table.putEvidence(evidence('old', 1))
    table.putEvidence(evidence('new', 2, { signal: 're-asked', quality: 0.25, embedding: [0.5, -1, 0.125] }))
    expect(table.listEvidence()).toEqual([evidence('new', 2, { signal: 're-asked', quality: 0.25, embedding: [0.5, -1, 0.125] }), evidence('old', 1)])
  })

  it('know the request that they are about', () => {
    table.putEvidence(evidence('one', 1, { request: '01J0000000000000000000000' }))
    expect(table.listEvidence()).toEqual([evidence('one', 1, { request: '01J0000000000000000000000' })])
  })

  it('of the same id are replaced, and can be removed', () => {
    table.putEvidence(evidence('one', 1))
    table.putEvidence(evidence('one', 5, { quality: 0 }))
    expect(table.listEvidence()).toEqual([evidence('one', 5, { quality: 0 })])
    table.removeEvidence('one')
    expect(table.listEvidence()).toEqual([])
  })

  it('go when there are more than a decision looks at, the oldest first', () => {
    for (let at = 0; at < 2_003; at++) table.putEvidence(evidence(`e${at}`, at))
    const kept = table.listEvidence()
    expect(kept.length).toBe(2_000)
    expect(kept.at(-1)?.id).toBe('e3')
  })
})

describe('retrained weights', () => {
  it('are the newest ones, and are taken back step by step', () => {
    expect(table.latestWeights()).toBeUndefined()
    table.putWeights({ at: 1, file: SHIPPED_WEIGHTS_FILE, note: 'first' })
    table.putWeights({ at: 2, file: SHIPPED_WEIGHTS_FILE, note: 'second' })
    expect(table.latestWeights()).toEqual({ at: 2, file: SHIPPED_WEIGHTS_FILE, note: 'second' })
    expect(table.dropWeights()).toBe(true)
    expect(table.latestWeights()?.note).toBe('first')
    expect(table.dropWeights()).toBe(true)
    expect(table.dropWeights()).toBe(false)
  })
})
