import { describe, expect, it } from 'vitest'
import { anytimeBound, EvidenceBook, upperBound } from '../../../../../../electron/engine/cache/semantic/evidence.ts'

const NOTHING_SHIPPED = { shipped: new Map(), silenceCounts: false }

/** A coin of its own, the same in every run. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

describe('the error bound', () => {
  // exact values from the closed form of k = 0, 1 - 0.1^(1/n), and from binomial tables
  it.each([
    [0, 0, 1],
    [3, 3, 1],
    [0, 10, 0.2057],
    [0, 114, 0.02],
    [1, 10, 0.3368],
    [5, 100, 0.0908],
    [60, 1_000, 0.0704],
  ])('%i wrong of %i is at most %f', (wrong, judged, bound) => {
    expect(upperBound(wrong, judged)).toBeCloseTo(bound, 3)
  })
})

describe('the bound that may be looked at after every judgement', () => {
  it.each([
    // solved by hand: (1 - p)^n = (1 / delta) / (10 n + 10 / delta) where nothing was wrong
    [0, 193, 0.02, 0.02],
    [0, 10, 0.02, 0.22],
    [0, 0, 0.02, 1],
    [4, 4, 0.02, 1],
  ])('%i wrong of %i is at most %f or so for a target of %f', (wrong, judged, target, bound) => {
    expect(anytimeBound(wrong, judged, target)).toBeCloseTo(bound, 3)
  })

  it('is never lower than one that may be looked at once, and falls with what was right', () => {
    for (const [wrong, judged] of [
      [0, 20],
      [1, 100],
      [7, 300],
      [60, 2_000],
    ] as const) {
      expect(anytimeBound(wrong, judged, 0.02)).toBeGreaterThan(upperBound(wrong, judged))
      expect(anytimeBound(wrong, judged + 50, 0.02)).toBeLessThan(anytimeBound(wrong, judged, 0.02))
    }
  })

  it('is below the true rate at any time in one of ten worlds at most', () => {
    let [peeked, fixed] = [0, 0]
    for (let world = 1; world <= 200; world++) {
      const roll = dice(world * 7919)
      let [wrong, misled, misledOnce] = [0, false, false]
      for (let judged = 1; judged <= 1_000; judged++) {
        if (roll() < 0.05) wrong++
        // every tenth look will do, and keeps this short
        if (judged % 10 !== 0) continue
        misled ||= anytimeBound(wrong, judged, 0.02) < 0.05
        misledOnce ||= upperBound(wrong, judged) < 0.05
      }
      if (misled) peeked++
      if (misledOnce) fixed++
    }
    expect(peeked).toBeLessThanOrEqual(20)
    // the other bound, looked at as often, would mislead far more
    expect(fixed).toBeGreaterThan(20)
  })
})

describe('evidence', () => {
  it('serves what it was shipped to serve, and no kind that nobody judged', () => {
    const book = new EvidenceBook()
    expect(book.judge('e', 'same words', 0.9, 0.02).is).toBe('serve')
    expect(book.judge('e', 'minilm 0.90 to 0.95', 0.92, 0.02)).toMatchObject({ is: 'hold', bound: 1 })
    expect(new EvidenceBook(NOTHING_SHIPPED).judge('e', 'same words', 0.9, 0.02).is).toBe('hold')
  })

  it('lets nothing be vouched for where chance alone would make too many of the matches', () => {
    const book = new EvidenceBook()
    expect(book.judge('e', 'same words', 0.9, 0.02, 0.019).is).toBe('serve')
    expect(book.judge('e', 'same words', 0.9, 0.02, 0.021)).toMatchObject({ is: 'hold', bound: 1 })
    for (let times = 0; times < 200; times++) book.right(`${times}`, 'same words', 'check')
    // by now it has proved itself, whatever chance would do
    expect(book.judge('e', 'same words', 0.9, 0.02, 1).is).toBe('serve')
  })

  it('never takes silence for proof', () => {
    const book = new EvidenceBook()
    for (let times = 0; times < 5_000; times++) book.served('e', 'same words')
    expect(book.judge('e', 'same words', 0.9, 0.02, 1).is).toBe('hold')
  })

  it('holds a smaller error rate than the shipped evidence can show', () => {
    expect(new EvidenceBook().judge('e', 'same words', 0.9, 0.001).is).toBe('hold')
  })

  it('never forgets a pair that was wrong, until its entry goes', () => {
    const book = new EvidenceBook()
    book.wrong('e', 'same words', 'person', 'q', 0.9)
    expect(book.isForbidden('e', 'q')).toBe(true)
    expect(book.isForbidden('e', 'another')).toBe(false)
    book.forget('e')
    expect(book.isForbidden('e', 'q')).toBe(false)
  })

  it('tightens the neighbourhood of a mistake and leaves the rest alone', () => {
    const book = new EvidenceBook()
    book.wrong('e', 'same words', 'person', 'q', 0.8, ['near'])
    expect(book.judge('near', 'same words', 0.9, 0.02)).toMatchObject({ is: 'hold', why: { code: 'was-wrong', above: 0.9 } })
    expect(book.judge('near', 'same words', 0.95, 0.02).is).toBe('serve')
    expect(book.judge('far', 'same words', 0.5, 0.02).is).toBe('serve')
  })

  it('stops an entry that was wrong until enough of its matches were right', () => {
    const book = new EvidenceBook()
    book.wrong('e', 'same words', 'person', 'q', 0.5)
    expect(book.judge('e', 'same words', 0.99, 0.02)).toMatchObject({ is: 'hold', why: { code: 'answer-doubtful', accepted: 0.02 } })
    for (let times = 0; times < 40; times++) book.right('e', 'same words', 'person')
    expect(book.judge('e', 'same words', 0.99, 0.02).is).toBe('serve')
  })

  it('lets checks replace what was shipped', () => {
    const book = new EvidenceBook()
    for (let times = 0; times < 15; times++) book.right(`${times}`, 'same words', 'check')
    for (let times = 0; times < 5; times++) book.wrong(`w${times}`, 'same words', 'check', 'q', 0.5)
    expect(book.judge('e', 'same words', 1, 0.3).is).toBe('hold')
  })

  it('comes back from its rows as it was', () => {
    const book = new EvidenceBook()
    book.served('e', 'same words')
    book.right('e', 'same words', 'check')
    book.wrong('f', 'same meaning', 'person', 'q', 0.7, ['g'])
    const again = new EvidenceBook()
    again.import(JSON.parse(JSON.stringify(book.export())))
    expect(again.export()).toEqual(book.export())
    expect(again.isForbidden('f', 'q')).toBe(true)
  })

  // in 9 of 10 worlds at least, for the bound is one of 90 %; these worlds are fixed
  it.each([0.002, 0.02, 0.1, 0.3])('keeps the accepted rate when %f of the matches are wrong', (errorRate) => {
    const delta = 0.05
    let kept = 0
    for (let world = 1; world <= 10; world++) {
      const book = new EvidenceBook(NOTHING_SHIPPED)
      const roll = dice(world)
      let [served, wrong] = [0, 0]
      for (let match = 0; match < 2_000; match++) {
        const entry = `${Math.floor(roll() * 500)}`
        const isWrong = roll() < errorRate
        const serves = book.judge(entry, 'k', 0.999, delta).is === 'serve'
        if (serves) {
          served++
          if (isWrong) wrong++
          book.served(entry, 'k')
        }
        if (serves && match % 10 !== 0) continue
        if (isWrong) book.wrong(entry, 'k', 'check', `${match}`, 0.5)
        else book.right(entry, 'k', 'check')
      }
      if (wrong <= delta * served) kept++
      if (errorRate < 0.01) expect(served).toBeGreaterThan(1_000)
    }
    expect(kept).toBeGreaterThanOrEqual(9)
  })
})
