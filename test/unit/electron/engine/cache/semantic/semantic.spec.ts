import { describe, expect, it } from 'vitest'
import { localVectors } from '../../../../../../electron/engine/cache/semantic/index/vector-search.ts'
import { createSemanticTier, type SemanticEntry } from '../../../../../../electron/engine/cache/semantic/semantic.ts'

const entry = (id: string, question: string, over: Partial<SemanticEntry> = {}): SemanticEntry => ({ id, question, fingerprint: 'f', scope: 's', ...over })

describe('the semantic tier', () => {
  it('answers another wording of a question', async () => {
    const tier = createSemanticTier()
    tier.add(entry('1', 'How do I reverse a list in Python?'))
    expect(await tier.find('Hi, can you tell me how to reverse lists in Python please?', 'f', 's')).toMatchObject({ is: 'hit', entry: { id: '1' } })
  })

  it('holds the first match among a long tail of questions that never repeat, unless the text is the same', async () => {
    const tier = createSemanticTier()
    tier.add(entry('1', 'How do I reverse a list in Python?'))
    tier.add(entry('2', 'What is a monad?'))
    for (let other = 0; other < 100; other++) {
      tier.add(entry(`o${other}`, `Who was the mayor of town number ${other + 7}?`))
      await tier.find(`Which rivers cross district ${other + 7}?`, 'f', 's')
    }
    expect(await tier.find('How can I reverse a list in Python?', 'f', 's')).toMatchObject({ is: 'would-hit', kind: 'same words' })
    expect(await tier.find('what’s a monad', 'f', 's')).toMatchObject({ is: 'hit', kind: 'same text' })
    // what was seen of the traffic outlives a restart
    const again = createSemanticTier()
    again.importEvidence(JSON.parse(JSON.stringify(tier.exportEvidence())))
    again.add(entry('1', 'How do I reverse a list in Python?'))
    expect((await again.find('How can I reverse a list in Python?', 'f', 's')).is).toBe('would-hit')
    // and is told apart by scope
    again.add(entry('3', 'How do I reverse a list in Python?', { scope: 't' }))
    expect((await again.find('How can I reverse a list in Python?', 'f', 't')).is).toBe('hit')
  })

  it('tells a near miss with the guard that refused', async () => {
    const tier = createSemanticTier()
    tier.add(entry('1', 'Convert 5 miles to kilometers'))
    const found = await tier.find('Convert 6 miles to kilometers', 'f', 's')
    expect(found).toMatchObject({
      is: 'near-miss',
      misses: [{ entry: { id: '1' }, refusedBy: [{ guard: 'numbers', why: { code: 'differ', what: 'numbers', one: ['6'], other: ['5'] } }, {}] }],
    })
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
    expect(await tier.find('Tell me what recursion is', 'f', 's')).toMatchObject({ is: 'would-hit', entry: { id: '1' }, heldBecause: { code: 'shadow' } })
  })

  it('compares two prompts with every guard’s opinion', () => {
    const { verdict, guards, similarity } = createSemanticTier().compare('Turn the lights on', 'Turn the lights off')
    expect(verdict).toBe('refused')
    expect(guards.find(({ name }) => name === 'antonyms')?.objection?.why).toEqual({ code: 'opposites', one: 'on', other: 'off' })
    expect(similarity).toBeGreaterThan(0.5)
  })
})

describe('with an embedder', () => {
  /** Everything about pets points one way, the rest another. */
  const embedder = {
    id: 'pets',
    embed: async (texts: readonly string[]) => texts.map((text) => Float32Array.from(/cat|dog|pet|feline/i.test(text) ? [1, 0] : [0, 1])),
  }
  const embedding = { embedder, leastSimilarity: 0.9 }

  it('proposes what words would not find, and holds it until such matches have proved themselves', async () => {
    const tier = createSemanticTier({ embedding: { ...embedding, vectors: localVectors() }, targetErrorRate: 0.05 })
    tier.add(entry('1', 'What food suits an old cat?'))
    await tier.settled()
    const found = await tier.find('What meal suits a cat?', 'f', 's')
    expect(found).toMatchObject({
      is: 'would-hit',
      entry: { id: '1' },
      tier: 'guarded',
      kind: 'pets 0.95 to 1.00',
      heldBecause: { code: 'kind-unproved', bound: 1 },
    })
    for (let times = 0; times < 80; times++)
      tier.learn({ entryId: '1', question: `q ${times}`, verdict: 'right', by: 'check', kind: 'pets 0.95 to 1.00', similarity: 1 })
    expect(await tier.find('What meal suits a cat?', 'f', 's')).toMatchObject({ is: 'hit', entry: { id: '1' }, similarity: 1 })
  })

  it('lets the gate refuse what the embedder finds alike', async () => {
    const tier = createSemanticTier({ embedding: { ...embedding, vectors: localVectors() } })
    tier.add(entry('1', 'Are cats good pets?'))
    await tier.settled()
    expect(await tier.find('Are dogs good pets?', 'f', 's')).toMatchObject({
      is: 'near-miss',
      misses: [{ similarity: 1, why: { code: 'one-for-another', one: ['dogs'], other: ['cats'] } }],
    })
  })

  it('tells the vector to whoever stores it and takes it back', async () => {
    const stored: [string, string, Float32Array][] = []
    const tier = createSemanticTier({ embedding: { ...embedding, vectors: localVectors(), onVector: (...row) => stored.push(row) } })
    tier.add(entry('1', 'Are cats good pets?'))
    await tier.settled()
    expect(stored).toEqual([['1', 'pets', Float32Array.from([1, 0])]])
    const silent = { id: 'pets', embed: async () => expect.fail('was asked though the vector was given') }
    createSemanticTier({ embedding: { embedder: silent, vectors: localVectors(), leastSimilarity: 0.9 } }).add(
      entry('1', 'Are cats good pets?'),
      stored[0]?.[2],
    )
  })

  it('goes on by words when the embedder fails or takes too long', async () => {
    const failures: string[] = []
    const broken = { id: 'broken', embed: async () => Promise.reject(new Error('no such key')) }
    const tier = createSemanticTier({
      embedding: { embedder: broken, vectors: localVectors(), leastSimilarity: 0.9, onFailure: ({ message }) => failures.push(message) },
    })
    tier.add(entry('1', 'Are cats good pets?'))
    await tier.settled()
    expect(await tier.find('Are cats good pets?', 'f', 's')).toMatchObject({ is: 'hit' })
    expect(await tier.find('Is bread good?', 'f', 's')).toEqual({ is: 'none' })
    expect(failures).toEqual(['no such key', 'no such key'])
    const slow = { id: 'slow', embed: () => new Promise<never>(() => undefined) }
    const waiting = createSemanticTier({ embedding: { embedder: slow, vectors: localVectors(), leastSimilarity: 0.9, patience: 5 } })
    waiting.add(entry('1', 'Are cats good pets?'))
    expect(await waiting.find('Is bread good?', 'f', 's')).toEqual({ is: 'none' })
  })
})

describe('checks', () => {
  it('are asked for at first and then now and again, where they are on', async () => {
    const tier = createSemanticTier({ checkOneIn: 10 })
    tier.add(entry('1', 'What is recursion?'))
    const checks: boolean[] = []
    for (let times = 0; times < 60; times++) {
      const found = await tier.find('Tell me what recursion is', 'f', 's')
      if (found.is !== 'hit') continue
      checks.push(found.check)
      if (found.check) tier.learn({ entryId: '1', question: `q ${times}`, verdict: 'right', by: 'check', kind: found.kind, similarity: found.similarity })
    }
    expect(checks.slice(0, 20).every(Boolean)).toBe(true)
    expect(checks).toHaveLength(60)
    expect(checks.slice(20).filter(Boolean)).toHaveLength(4)
    const unchecked = createSemanticTier()
    unchecked.add(entry('1', 'What is recursion?'))
    expect(await unchecked.find('What is recursion?', 'f', 's')).toMatchObject({ is: 'hit', check: false })
  })
})
