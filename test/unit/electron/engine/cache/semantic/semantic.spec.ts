import { describe, expect, it } from 'vitest'
import { createSemanticTier, type SemanticEntry } from '../../../../../../electron/engine/cache/semantic/semantic.ts'

const entry = (id: string, question: string, over: Partial<SemanticEntry> = {}): SemanticEntry => ({ id, question, fingerprint: 'f', scope: 's', ...over })

describe('the semantic tier', () => {
  it('answers another wording of a question', async () => {
    const tier = createSemanticTier()
    tier.add(entry('1', 'How do I reverse a list in Python?'))
    expect(await tier.find('Hi, can you tell me how to reverse lists in Python please?', 'f', 's')).toMatchObject({ is: 'hit', entry: { id: '1' } })
  })

  it('tells a near miss with the guard that refused', async () => {
    const tier = createSemanticTier()
    tier.add(entry('1', 'Convert 5 miles to kilometers'))
    const found = await tier.find('Convert 6 miles to kilometers', 'f', 's')
    expect(found).toMatchObject({ is: 'near-miss', misses: [{ entry: { id: '1' }, refusedBy: [{ guard: 'numbers', why: 'numbers differ: 6 and 5' }, {}] }] })
  })

  it.each([
    ['fingerprint', entry('1', 'What is recursion?', { fingerprint: 'g' })],
    ['scope', entry('1', 'What is recursion?', { scope: 't' })],
  ])('never looks across another %s', async (_what, other) => {
    const tier = createSemanticTier()
    tier.add(other)
    expect(await tier.find('What is recursion?', 'f', 's')).toEqual({ is: 'none' })
  })

  it('forgets what is removed and replaces what is added again', async () => {
    const tier = createSemanticTier()
    tier.add(entry('1', 'What is recursion?'))
    tier.add(entry('1', 'What is induction?'))
    expect(tier.size).toBe(1)
    expect(await tier.find('What is recursion?', 'f', 's')).toEqual({ is: 'none' })
    tier.remove('1')
    expect(await tier.find('What is induction?', 'f', 's')).toEqual({ is: 'none' })
    expect(tier.size).toBe(0)
  })

  it('never serves a pair again that was judged wrong, also after export and import', async () => {
    const tier = createSemanticTier()
    tier.add(entry('1', 'How do I reverse a list in Python?'))
    tier.learn({ entryId: '1', question: 'how to reverse lists in Python', verdict: 'wrong' })
    expect((await tier.find('how to reverse lists in Python', 'f', 's')).is).not.toBe('hit')
    const again = createSemanticTier()
    again.add(entry('1', 'How do I reverse a list in Python?'))
    again.importEvidence(tier.exportEvidence())
    expect((await again.find('how to reverse lists in Python', 'f', 's')).is).not.toBe('hit')
  })

  it('serves nothing in shadow mode and says what it would have served', async () => {
    const tier = createSemanticTier({ shadow: true })
    tier.add(entry('1', 'What is recursion?'))
    expect(await tier.find('Tell me what recursion is', 'f', 's')).toMatchObject({ is: 'would-hit', entry: { id: '1' }, heldBecause: 'shadow mode' })
  })

  it('compares two prompts with every guard’s opinion', () => {
    const { verdict, guards, similarity } = createSemanticTier().compare('Turn the lights on', 'Turn the lights off')
    expect(verdict).toBe('refused')
    expect(guards.find(({ name }) => name === 'antonyms')?.objection?.why).toBe('opposites: on and off')
    expect(similarity).toBeGreaterThan(0.5)
  })
})
