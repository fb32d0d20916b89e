import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replayOf } from '../../../../electron/engine/routing/auto/report.ts'
import { marksOf, outlookOf, rangesOf } from '../../../../renderer/features/routing/auto/curve.ts'
import { patternsOf, presetAt, realChanges } from '../../../../renderer/features/routing/auto/draft.ts'
import { formatEnds, formatPerThousand, formatPoints, formatSaved, formatShareEnds } from '../../../../renderer/features/routing/auto/estimates.ts'
import { countEvidence } from '../../../../renderer/features/routing/auto/evidence.ts'
import { areaOf, pathOf, scaleOf, ticksOf } from '../../../../renderer/features/routing/auto/plot.ts'
import { AUTO_PRESETS, type Evidence, floorOf, sliderOf } from '../../../../shared/auto.ts'
import { asNanoUsd } from '../../../../shared/money.ts'
import { settingsSchema } from '../../../../shared/settings.ts'
import { fakeDecision } from '../../../support/fake-auto.ts'

const DAY_MS = 86_400_000
const replayed = (slider: number, count = 40) =>
  replayOf(
    slider,
    Array.from({ length: count }, (_, at) => fakeDecision(at, slider)).filter((one) => one !== undefined),
  )
const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe('axes', () => {
  it.each([
    [[0, 7.4], 5, [0, 1, 2, 3, 4, 5, 6, 7]],
    [[0.427, 0.728], 3, [0.5, 0.6, 0.7]],
    [[0, 1], 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [[0.7, 1], 4, [0.7, 0.8, 0.9, 1]],
    [[3, 3], 4, [3]],
  ] as const)('from %j in about %i steps are marked at round values', (ends, count, ticks) => {
    expect(ticksOf(ends, count)).toEqual(ticks)
  })

  it('mark only what lies between their ends, and always a few', () => {
    fc.assert(
      fc.property(finite, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.integer({ min: 2, max: 8 }), (from, span, count) => {
        const ticks = ticksOf([from, from + span], count)
        const air = 1e-6 * (Math.abs(from) + span)
        for (const tick of ticks) expect(tick >= from - air && tick <= from + span + air).toBe(true)
        expect(ticks.length).toBeLessThanOrEqual(2 * count + 2)
      }),
    )
  })

  it('keep order and hold what lies outside at their ends', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 2, maxLength: 20 }), (values) => {
        const scale = scaleOf([-10, 10], [300, 0])
        const places = values.toSorted((a, b) => a - b).map(scale)
        expect(places).toEqual(places.toSorted((a, b) => b - a))
        for (const place of places) expect(place >= 0 && place <= 300).toBe(true)
      }),
    )
    expect(scaleOf([5, 5], [0, 100])(5)).toBe(0)
  })

  it('draw lines and closed areas', () => {
    expect(
      pathOf([
        [1, 2],
        [3.04, 4],
      ]),
    ).toBe('M1 2L3 4')
    expect(areaOf([[0, 0]], [[0, 5]])).toBe('M0 0L0 5Z')
    expect(areaOf([], [])).toBe('')
  })
})

describe('the curve', () => {
  const points = [0, 0.5, 1].map((slider) => replayed(slider))

  it('marks what was done, the setting, the strongest, the best cheap one and the lot between them', () => {
    const slider = replayed(0.3)
    const marks = marksOf({ points }, slider)
    expect(marks.map(({ mark }) => mark)).toEqual(['now', 'slider', 'strong', 'cheap', 'mix'])
    const at = Object.fromEntries(marks.map((each) => [each.mark, each]))
    expect(at.slider?.cost).toEqual(slider.cost)
    expect(at.strong?.quality).toEqual(points[2]?.quality)
    expect(at.mix?.cost.mean).toBeCloseTo(((at.strong?.cost.mean ?? 0) + (at.cheap?.cost.mean ?? 0)) / 2, -1)
    expect(at.cheap?.cost.mean).toBeLessThan(at.slider?.cost.mean ?? 0)
  })

  it('has no marks without requests, nor a rival that there is none of', () => {
    expect(marksOf({ points: [replayOf(1, [])] }, undefined)).toEqual([])
    expect(marksOf({ points: [] }, undefined)).toEqual([])
    const single = replayOf(
      1,
      [fakeDecision(0, 1, (model) => model.startsWith('anthropic/claude-sonnet'))].filter((one) => one !== undefined),
    )
    expect(marksOf({ points: [single] }, undefined).map(({ mark }) => mark)).toEqual(['now', 'strong'])
  })

  it('lies wholly within its axes', () => {
    const marks = marksOf({ points }, replayed(0.3))
    const { cost, quality } = rangesOf(points, marks)
    for (const each of [...points, ...marks]) {
      expect(each.cost.high).toBeLessThanOrEqual(cost[1])
      expect(each.quality.low).toBeGreaterThanOrEqual(quality[0])
    }
    expect(cost[0]).toBe(0)
  })

  it('is set against what was really done with the same requests', () => {
    const cheap = outlookOf(replayed(0))
    expect(cheap?.cheaper).toBeGreaterThan(0.5)
    expect(cheap?.better).toBeLessThan(0)
    expect(outlookOf(replayed(1))?.better).toBeGreaterThan(0)
    expect(outlookOf(replayOf(0, []))).toBeUndefined()
    const free = replayed(0)
    const none = { mean: 0, low: 0, high: 0 }
    expect(outlookOf({ ...free, rivals: free.rivals.map((rival) => ({ ...rival, cost: none })) })?.cheaper).toBeUndefined()
  })
})

describe('a setting', () => {
  it('is a place of the slider and a tolerance, either from the other', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (slider) => {
        expect(sliderOf(floorOf(slider))).toBeCloseTo(slider, 6)
      }),
    )
    expect(presetAt(AUTO_PRESETS.cheap)).toBe('cheap')
    expect(presetAt(0.31)).toBeUndefined()
  })

  it('differs only while something does', () => {
    const { auto } = settingsSchema.parse({})
    expect(realChanges(auto, { slider: auto.slider, allowed: [] })).toBeUndefined()
    expect(realChanges(auto, { slider: 0.1, allowed: [] })).toEqual({ slider: 0.1 })
    expect(patternsOf(' openai/* , ,anthropic/claude ,')).toEqual(['openai/*', 'anthropic/claude'])
  })
})

describe('figures', () => {
  it('carry signs and ends that can be', () => {
    expect([0.021, -0.03, 0.004].map(formatPoints)).toEqual(['+2', '−3', '±0'])
    expect(formatShareEnds({ mean: 0.98, low: 0.94, high: 1.02 })).toBe('94 % – 100 %')
    expect(formatEnds({ mean: 1_000_000, low: -500_000, high: 2_500_000 }, formatPerThousand)).toBe('$0.00 – $2.50')
    expect([formatSaved(asNanoUsd(-40_000_000)), formatSaved(asNanoUsd(40_000_000))]).toEqual(['−$0.0400', '$0.0400'])
  })
})

describe('judgements', () => {
  const one = (signal: Evidence['signal'], days: number, quality: number): Evidence => ({
    ...{ id: `${signal} ${days}`, at: -days * DAY_MS, signal, prompt: 'what?', model: 'a/b', quality },
  })

  it('are counted by kind and age, with the share that was good', () => {
    expect(countEvidence([one('wrong', 1, 0), one('vote', 2, 1), one('vote', 30, 0), one('vote', 200, 1)], 0)).toEqual([
      { signal: 'vote', byAge: { week: 1, quarter: 1, older: 1 }, total: 3, good: 2 },
      { signal: 'wrong', byAge: { week: 1, quarter: 0, older: 0 }, total: 1, good: 0 },
    ])
    expect(countEvidence([], 0)).toEqual([])
  })
})
