import { describe, expect, it } from 'vitest'
import { fitSigmoid, probability } from '../../../../../../../electron/engine/routing/auto/learning/calibration.ts'
import { fitDense, fitSparse, scoreDense, scoreSparse } from '../../../../../../../electron/engine/routing/auto/learning/linear.ts'
import { chanceOf, fitMixture, scoreMixture } from '../../../../../../../electron/engine/routing/auto/learning/mixture.ts'
import { indexNeighbours, neighboursOf } from '../../../../../../../electron/engine/routing/auto/learning/neighbours.ts'
import { fitQuality, foretell } from '../../../../../../../electron/engine/routing/auto/learning/quality.ts'
import { binRows, fitTrees, scoreTrees } from '../../../../../../../electron/engine/routing/auto/learning/trees.ts'
import { structureOf } from '../../../../../../../electron/engine/routing/auto/structure.ts'
import { hashesOf } from '../../../../../../../electron/engine/routing/auto/words.ts'
import { dice } from '../../../../../../support/auto-requests.ts'

const random = dice(3)
const ROWS = Array.from({ length: 800 }, () => Float64Array.of(random(), random() * 100, random() < 0.5 ? 1 : 0))

describe('a line', () => {
  it('finds the weights behind a sum, whatever the units of its parts', () => {
    const model = fitDense(
      ROWS,
      ROWS.map(([a = 0, b = 0, c = 0]) => 2 * a - 0.03 * b + c),
      1e-6,
    )
    expect(scoreDense(model, Float64Array.of(0.5, 50, 1))).toBeCloseTo(1 - 1.5 + 1, 3)
  })

  it('is bent towards the mean by its penalty, and untouched by a part that never changes', () => {
    const rows = ROWS.map(([a = 0]) => Float64Array.of(a, 7))
    const model = fitDense(
      rows,
      rows.map(([a = 0]) => a),
      1,
    )
    expect(model.weights[1]).toBeCloseTo(0, 9)
    expect(scoreDense(model, Float64Array.of(1, 7))).toBeCloseTo(0.75, 1)
  })
})

describe('trees', () => {
  it('follow what a line cannot', () => {
    const target = ROWS.map(([a = 0, , c = 0]) => (a > 0.5 === (c === 1) ? 1 : 0))
    const model = fitTrees(binRows(ROWS), target, { trees: 120 })
    expect(scoreTrees(model, Float64Array.of(0.9, 50, 1))).toBeGreaterThan(0.8)
    expect(scoreTrees(model, Float64Array.of(0.9, 50, 0))).toBeLessThan(0.2)
  })
})

const SUBJECTS = ['ovens and bread and flour', 'rivers and boats and fish', 'planets and stars and moons']
const PROMPTS = Array.from({ length: 600 }, (_, at) => ({
  subject: at % 3,
  text: `Tell me about ${SUBJECTS[at % 3]}, number ${at % 7}, for a friend who likes ${at % 11} of them.`,
}))
const EXAMPLES = PROMPTS.map(({ text }) => ({ structure: structureOf(text), hashes: hashesOf(text) }))

describe('words', () => {
  it('carry what is said with them, and no word of one text alone does', () => {
    const model = fitSparse(
      [...EXAMPLES.map(({ hashes }) => hashes), hashesOf('xylophone quartz')],
      [...PROMPTS.map(({ subject }) => (subject === 0 ? 1 : 0)), 50],
      2 ** 14,
      2,
    )
    const [bread, boats] = [SUBJECTS[0] ?? '', SUBJECTS[1] ?? ''].map((text) => scoreSparse(model, hashesOf(text))) as [number, number]
    expect(bread - boats).toBeGreaterThan(0.5)
    expect(scoreSparse(model, hashesOf('xylophone'))).toBeCloseTo(model.bias, 5)
  })

  it('are the same in capitals, and numbers count by their length', () => {
    expect(hashesOf('HELLO World 12')).toEqual(hashesOf('hello world 99'))
    expect(hashesOf('12')).not.toEqual(hashesOf('123'))
    expect(hashesOf('1.5')).toEqual(hashesOf('2,75'))
    expect(hashesOf('')).toEqual(new Uint32Array())
    expect(hashesOf('\ud800 😀 …')).toEqual(new Uint32Array())
  })
})

describe('neighbours', () => {
  it('are those that share rare words, nearest first, in the same order each time', () => {
    const index = indexNeighbours(
      EXAMPLES.map(({ hashes }) => hashes),
      1,
    )
    const found = neighboursOf(index, hashesOf('bread and flour, number 3'), 20)
    expect(found).toHaveLength(20)
    expect(found.every(({ at }) => PROMPTS[at]?.subject === 0)).toBe(true)
    expect(found.map(({ similarity }) => similarity)).toEqual(found.map(({ similarity }) => similarity).toSorted((a, b) => b - a))
    expect(neighboursOf(index, hashesOf('bread and flour, number 3'), 20)).toEqual(found)
    expect(neighboursOf(index, hashesOf('zzz'), 20)).toEqual([])
  })
})

describe('a sigmoid', () => {
  it('gives back the shares that happened, also when all or nothing did', () => {
    const scores = Array.from({ length: 1_000 }, (_, at) => (at % 2 === 0 ? 1 : -1))
    const happened = scores.map((score, at) => (score > 0 ? (at % 10 < 8 ? 1 : 0) : at % 10 < 2 ? 1 : 0))
    const sigmoid = fitSigmoid(scores, happened)
    const share = (side: number) => happened.filter((_, at) => scores[at] === side).reduce<number>((sum, value) => sum + value, 0) / 500
    expect(probability(sigmoid, 1)).toBeCloseTo(share(1), 1)
    expect(probability(sigmoid, -1)).toBeCloseTo(share(-1), 1)
    expect(probability(fitSigmoid([1, 2, 3], [1, 1, 1]), 2)).toBeGreaterThan(0.5)
    expect(probability(fitSigmoid([0, 0], [0, 0]), 0)).toBeLessThan(0.5)
  })
})

describe('mixtures', () => {
  it('rank prompts by what was gained on their like, with a chance that keeps its word', () => {
    const gain = PROMPTS.map(({ subject }, at) => (subject === 0 && at % 4 !== 0 ? 1 : 0))
    const mixture = fitMixture(
      EXAMPLES,
      gain,
      gain.map((value) => 1 - value),
    )
    const scoreOf = (text: string) => scoreMixture(mixture, { structure: structureOf(text), hashes: hashesOf(text) })
    const [bread, boats] = [0, 1].map((subject) => scoreOf(`Tell me about ${SUBJECTS[subject]}, number 3, for a friend who likes 5 of them.`)) as [
      number,
      number,
    ]
    expect(bread).toBeGreaterThan(boats)
    expect(chanceOf(mixture, bread)).toBeLessThan(0.45)
    expect(chanceOf(mixture, boats)).toBeGreaterThan(0.8)
  })

  it('foretell each of several models where prompts are known', () => {
    const scores = PROMPTS.map(({ subject }) => [1, subject === 0 ? 0 : 1, subject === 1 ? 1 : 0])
    const model = fitQuality(EXAMPLES, scores)
    const [first, second, third] = foretell(model, EXAMPLES[0] as (typeof EXAMPLES)[number])
    expect(first).toBeGreaterThan(second ?? 1)
    expect(first).toBeGreaterThan(third ?? 1)
  })
})
