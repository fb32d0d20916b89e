import { describe, expect, it } from 'vitest'
import { calibrationOf, estimated, replayOf, savingsOf, wilson } from '../../../../../../electron/engine/routing/auto/report.ts'
import { retrain } from '../../../../../../electron/engine/routing/auto/retrain.ts'
import { SHIPPED_WEIGHTS_FILE } from '../../../../../../electron/engine/routing/auto/shipped-weights.ts'
import { unpack, withCorrection } from '../../../../../../electron/engine/routing/auto/weights.ts'
import type { AutoDecision, Evidence } from '../../../../../../shared/auto.ts'
import { asNanoUsd } from '../../../../../../shared/money.ts'

function decision(cost: number | undefined, rival: number | undefined): AutoDecision {
  const money = (value: number | undefined) => (value === undefined ? undefined : asNanoUsd(value))
  return {
    task: 'chat',
    taskConfidence: 1,
    difficulty: 0,
    confidence: 'sure',
    slider: 0.5,
    order: [{ model: 'a/cheap', tier: 'small', quality: 0.8, cost: money(cost), ownEvidence: 0, why: '' }],
    passedOver: [],
    baselines: [
      { against: 'model asked for', model: 'a/best', quality: 0.9, cost: money(rival) },
      { against: 'fixed mix', model: 'half', quality: 0.8, cost: money(cost === undefined ? undefined : cost / 2) },
    ],
    line: '',
  }
}

const evidence = (id: string, quality: number): Evidence => ({ id, at: 0, signal: 'vote', prompt: id, model: 'a/cheap', quality })

describe('savings', () => {
  it('are told against each rival, negative ones too, and leave out what has no price', () => {
    const { against, requests } = savingsOf([decision(100, 1_000), decision(200, 700), decision(undefined, 900), decision(100, undefined)])
    expect(requests).toBe(4)
    expect(against[0]).toMatchObject({ baseline: 'model asked for', saved: 1_400, requests: 2 })
    expect(against[0]?.quality.mean).toBeCloseTo(-0.1)
    expect(against[1]).toMatchObject({ baseline: 'best single cheap model', saved: 0, requests: 0 })
    expect(against[2]).toMatchObject({ baseline: 'fixed mix', saved: -200, requests: 3 })
  })
})

describe('intervals', () => {
  it('narrow with the number of requests and hold the mean', () => {
    const few = estimated([0, 1, 0, 1])
    const many = estimated(Array.from({ length: 400 }, (_, at) => at % 2))
    expect(few.mean).toBe(0.5)
    expect(few.high - few.low).toBeGreaterThan(5 * (many.high - many.low))
    expect(estimated([])).toEqual({ mean: 0, low: 0, high: 0 })
  })

  it('of a share stay between nothing and all, and are wide for a single judgement', () => {
    expect(wilson(1, 1).low).toBeCloseTo(0.207, 2)
    expect(wilson(1, 1).high).toBeCloseTo(1, 9)
    expect(wilson(0, 100).low).toBeCloseTo(0, 9)
    expect(wilson(0, 100).high).toBeCloseTo(0.037, 2)
  })
})

describe('a replay', () => {
  it('counts what another model would answer, and sums up the rivals that there are', () => {
    const replay = replayOf(0.5, [decision(100, 1_000), decision(300, undefined)])
    expect(replay).toMatchObject({ requests: 2, elsewhere: 2, cost: { mean: 200 }, models: [{ model: 'a/cheap', requests: 2 }] })
    expect(replay.rivals.map(({ against, requests }) => [against, requests])).toEqual([
      ['model asked for', 2],
      ['best single cheap model', 0],
      ['fixed mix', 2],
    ])
    // what has no price is in no cost
    expect(replay.rivals[0]?.cost.mean).toBe(1_000)
    const [same] = decision(100, 100).order
    if (same === undefined) throw new Error('nothing chosen')
    const unmoved = { ...decision(100, 100), baselines: [{ against: 'model asked for', model: same.model, quality: 0.8, cost: same.cost }] } as const
    expect(replayOf(0.5, [unmoved]).elsewhere).toBe(0)
  })
})

describe('calibration', () => {
  it('compares what was expected with what was judged, and lists the worst disappointments first', () => {
    const judged = [
      { evidence: evidence('fine', 1), expected: 0.9 },
      { evidence: evidence('bad', 0), expected: 0.9 },
      { evidence: evidence('as feared', 0), expected: 0.1 },
    ]
    const { brier, judgements, regrets, parts } = calibrationOf(judged)
    expect(judgements).toBe(3)
    expect(brier).toBeCloseTo((0.01 + 0.81 + 0.01) / 3)
    expect(regrets.map(({ evidence: { id } }) => id)).toEqual(['bad', 'as feared'])
    expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(3)
  })

  it('of nothing is nothing', () => {
    expect(calibrationOf([])).toEqual({ judgements: 0, brier: 0, parts: [], regrets: [] })
    expect(replayOf(0.5, [])).toMatchObject({ requests: 0, models: [] })
  })
})

describe('retraining', () => {
  const judged = Array.from({ length: 80 }, (_, at) => ({
    prompt: at % 2 === 0 ? `Draft clause ${at} of a shareholder covenant.` : `Suggest a name for cat number ${at}.`,
    tier: 'small' as const,
    quality: at % 2 === 0 ? 0 : 1,
  }))

  it('moves the weights towards what is judged, the same way each time', () => {
    const result = retrain(SHIPPED_WEIGHTS_FILE, judged)
    expect(result).toEqual(retrain(SHIPPED_WEIGHTS_FILE, judged))
    if (result.is === 'too-few') throw new Error('eighty are enough')
    expect(result.is).toBe('better')
    expect(result.after.brier).toBeLessThan(result.before.brier)
    expect(JSON.stringify(result.file).length).toBeLessThan(100_000)
  })

  it('changes nothing where it would foretell no better, and asks for more where there are few', () => {
    // every other prompt of the same words is judged the other way: there is nothing in the words
    const chance = Array.from({ length: 80 }, (_, at) => ({
      prompt: `Suggest a name for cat number ${at % 8}.`,
      tier: 'medium' as const,
      quality: at % 4 === 0 ? 0 : 1,
    }))
    const agreed = retrain(SHIPPED_WEIGHTS_FILE, chance)
    expect(agreed.is === 'too-few' ? undefined : agreed.after.brier - agreed.before.brier).toBeLessThan(0.02)
    if (agreed.is === 'no-better') expect(agreed.file).toBe(SHIPPED_WEIGHTS_FILE)
    expect(retrain(SHIPPED_WEIGHTS_FILE, judged.slice(0, 10))).toEqual({ is: 'too-few', have: 10, need: 40 })
  })

  it('by nothing leaves every weight where it was', () => {
    const none = { weights: new Float32Array(unpack(SHIPPED_WEIGHTS_FILE).difficulty.words.length), bias: 0 }
    const before = unpack(SHIPPED_WEIGHTS_FILE).difficulty
    const after = unpack(withCorrection(SHIPPED_WEIGHTS_FILE, none)).difficulty
    expect(after.words).toEqual(before.words)
    expect(after.scale).toBeCloseTo(before.scale, 8)
  })
})
