import { beforeEach, describe, expect, it } from 'vitest'
import type { PlaygroundStorage } from '../../../../../electron/engine/storage/playground-storage.ts'
import { openStorage } from '../../../../../electron/engine/storage/worker-client.ts'
import type { Vote } from '../../../../../shared/api/votes.ts'
import { dataFolder } from '../../../../support/data-folder.ts'
import { storageInMemory } from '../../../../support/fake-playground.ts'

let storage: PlaygroundStorage
beforeEach(() => {
  storage = storageInMemory()
})

const vote = (id: string, at: number, tag: string, changes: Partial<Vote> = {}): Vote => ({
  id,
  at,
  tag,
  models: ['a/one', 'b/two'],
  verdict: { is: 'won', index: 1 },
  promptHash: 'f00d',
  prompt: 'Why?',
  blind: true,
  ...changes,
})

describe('votes', () => {
  it('come back as they were given, newest first, by tag', async () => {
    const votes = [
      vote('v1', 1, 'code'),
      vote('v2', 2, 'writing', { verdict: { is: 'tie' }, prompt: undefined, blind: false }),
      vote('v3', 3, 'code', { verdict: { is: 'both-bad' } }),
    ]
    for (const each of votes) await storage.putVote(each, [`of ${each.id}`])
    expect(await storage.listVotes({ limit: 10 })).toEqual(votes.toReversed())
    expect((await storage.listVotes({ tag: 'code', limit: 1 })).map(({ id }) => id)).toEqual(['v3'])
    expect(await storage.voteTags()).toEqual([
      { tag: 'code', votes: 2 },
      { tag: 'writing', votes: 1 },
    ])
    expect([await storage.removeVote('v1'), await storage.removeVote('v1')]).toEqual([['of v1'], undefined])
  })
})

describe('the library', () => {
  it('has one entry of each kind and name, and imports all or none', async () => {
    const first = await storage.putLibrary({ kind: 'prompt', name: 'Review', text: 'Look at {{code}}' }, 'l1', 1)
    const changed = await storage.putLibrary({ kind: 'prompt', name: 'Review', text: 'Read {{code}}' }, 'l2', 2)
    expect(changed).toEqual({ ...first, text: 'Read {{code}}', changedAt: 2 })
    const added = await storage.importLibrary(
      [
        { kind: 'prompt', name: 'Review', text: 'New' },
        { kind: 'preset', name: 'Review', system: 'Be brief.', parameters: { temperature: 0 } },
      ],
      ['l3', 'l4'],
      3,
    )
    expect(added).toBe(1)
    expect((await storage.listLibrary()).map(({ id, kind }) => [id, kind])).toEqual([
      ['l4', 'preset'],
      ['l1', 'prompt'],
    ])
  })
})

describe('past comparisons', () => {
  const keep = (id: string, at: number, prompt: string, text: string) =>
    storage.putComparison({ id, prompt, files: [], answers: [{ model: 'demo/swift', system: '', text, outcome: 'ok' }] }, at)

  it('are found by the beginnings of words of questions, answers and models, without accents', async () => {
    await keep('c1', 1, 'Tell me about Lisbon', 'A city on the Tejo with cafés')
    await keep('c2', 2, 'Tell me about Lima', 'The capital of Peru')
    const find = async (text: string) => (await storage.listComparisons({ text, limit: 10 })).rows.map(({ id }) => id)
    expect(await find('tell')).toEqual(['c2', 'c1'])
    expect(await find('cafe tejo')).toEqual(['c1'])
    expect(await find('peru lisbon')).toEqual([])
    expect(await find('swift cap')).toEqual(['c2'])
    expect(await find('"; NEAR(* OR -')).toEqual([])
    expect((await storage.listComparisons({ text: 'tejo', limit: 1 })).rows[0]?.found).toContain('Tejo')
  })

  it('are replaced as their answers come, and forgotten with their words', async () => {
    await keep('c1', 1, 'Why?', 'old words')
    await keep('c1', 9, 'Why?', 'new words')
    const find = async (text: string) => (await storage.listComparisons({ text, limit: 10 })).rows.length
    expect([await find('old'), await find('new')]).toEqual([0, 1])
    expect(await storage.getComparison('c1')).toMatchObject({ at: 1, answers: [{ text: 'new words' }] })
    await storage.removeComparison('c1')
    expect([await find('new'), await storage.getComparison('c1')]).toEqual([0, undefined])
  })

  it('are paged without gaps or repeats', async () => {
    for (let index = 0; index < 7; index++) await keep(`c${index}`, Math.floor(index / 2), 'Same?', 'same')
    const seen: string[] = []
    for (let before: string | undefined; ; ) {
      const { rows, cursor } = await storage.listComparisons({ limit: 3, before })
      seen.push(...rows.map(({ id }) => id))
      if (cursor === undefined) break
      before = cursor
    }
    expect(seen).toEqual(['c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0'])
  })
})

it('are reached through the database’s thread too', async () => {
  const real = await openStorage({ dataDir: dataFolder() })
  await real.putVote(vote('v1', 1, 'code'), [])
  expect(await real.listVotes({ limit: 5 })).toEqual([vote('v1', 1, 'code')])
  await real.close()
})
