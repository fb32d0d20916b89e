import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LexicalIndex } from '../../../../../../../electron/engine/cache/semantic/index/lexical-index.ts'
import { readQuestion } from '../../../../../../../electron/engine/cache/semantic/reading.ts'

const WORDS = ['bread', 'cake', 'oven', 'flour', 'yeast', 'salt', 'water', 'knead', 'bake', 'rise']
const question = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 }).map((words) => words.join(' '))

describe('the lexical index', () => {
  it('finds every entry with all the words, whatever was added and removed before', () => {
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 30 }), fc.array(fc.nat(29)), question, (questions, removed, asked) => {
        const index = new LexicalIndex<{ id: string; question: string }>()
        for (const [at, text] of questions.entries()) index.add({ id: String(at), question: text })
        for (const at of removed) index.remove(String(at))
        const kept = questions.map((text, at) => ({ id: String(at), text })).filter(({ id }) => !removed.includes(Number(id)))
        expect(index.size).toBe(kept.length)
        const keys = (text: string): string => [...new Set(readQuestion(text).words.map(({ key }) => key))].sort((one, other) => (one < other ? -1 : 1)).join()
        const same = kept.filter(({ text }) => keys(text) === keys(asked))
        const found = index.search(readQuestion(asked), 30).filter(({ overlap }) => overlap > 0.999)
        expect(found.map(({ entry }) => entry.id).sort()).toEqual(same.map(({ id }) => id).sort())
      }),
    )
  })

  it('finds by rare words what shares common ones with everybody', () => {
    const index = new LexicalIndex<{ id: string; question: string }>()
    for (let at = 0; at < 6_000; at++) index.add({ id: String(at), question: `best bread recipe number ${at}` })
    index.add({ id: 'rare', question: 'best bread recipe with einkorn' })
    expect(index.search(readQuestion('the best recipe for einkorn bread'), 3)[0]?.entry.id).toBe('rare')
  })
})
