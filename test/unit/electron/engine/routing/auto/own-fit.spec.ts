import { describe, expect, it } from 'vitest'
import { type FitJudgement, type FitPrompt, fitOwn, NO_FIT, ownExpectations } from '../../../../../../electron/engine/routing/auto/own-fit.ts'
import { hashesOf } from '../../../../../../electron/engine/routing/auto/words.ts'

const STRONG = 'own/strong'
const CHEAP = 'own/cheap'
const TOPICS = ['the depreciation of a partnership', 'a calm walk by the river']

/** @param difficulty what trained weights say of it */
const promptOf = (text: string, difficulty = 0): FitPrompt => ({ hashes: hashesOf(text), values: Float64Array.from([difficulty, 0, text.length / 100]) })

interface Asked {
  readonly prompt: FitPrompt
  readonly isTax: boolean
  readonly trained: number
}

/** Every other prompt is about tax; the trained weights' figure has nothing to do with that. */
const asked = (count: number, from = 0): readonly Asked[] =>
  Array.from({ length: count }, (_, at) => {
    const isTax = (at + from) % 2 === 0
    const trained = ((at * 7) % 10) / 10 - 0.45
    return { isTax, trained, prompt: promptOf(`Tell me about ${TOPICS[isTax ? 0 : 1]}, part ${from + at}.`, trained) }
  })

/** The cheap model fails at tax, the strong one never does. */
const judged = (all: readonly Asked[]): readonly FitJudgement[] =>
  all.flatMap(({ prompt, isTax, trained }) => [
    { prompt, model: STRONG, quality: 1, expected: 0.8 + trained / 4, weight: 1 },
    { prompt, model: CHEAP, quality: isTax ? 0 : 1, expected: 0.7 - trained / 4, weight: 1 },
  ])

const gainOf = (fit: Awaited<ReturnType<typeof fitOwn>>, { prompt, trained }: Asked): number => {
  const expected = ownExpectations(
    fit,
    prompt,
    new Map([
      [STRONG, 0.8 + trained / 4],
      [CHEAP, 0.7 - trained / 4],
    ]),
  )
  return (expected.get(STRONG)?.quality ?? Number.NaN) - (expected.get(CHEAP)?.quality ?? Number.NaN)
}

describe('the fit of a user’s own judgements', () => {
  it('learns on which prompts the strong model is worth its price, and foretells new ones', async () => {
    const fit = await fitOwn(judged(asked(200)))
    const fresh = asked(40, 1_000).map((one) => ({ ...one, gain: gainOf(fit, one) }))
    const least = Math.min(...fresh.filter(({ isTax }) => isTax).map(({ gain }) => gain))
    const most = Math.max(...fresh.filter(({ isTax }) => !isTax).map(({ gain }) => gain))
    expect(least).toBeGreaterThan(most)
  })

  it('takes the say from trained weights that mislead, and leaves it to those that are right', async () => {
    const all = asked(200)
    expect((await fitOwn(judged(all))).departureStack.trained).toBeLessThan(0.5)
    const right = all.flatMap(({ prompt, trained }): readonly FitJudgement[] => [
      { prompt, model: STRONG, quality: 0.8 + trained / 4, expected: 0.8 + trained / 4, weight: 1 },
      { prompt, model: CHEAP, quality: 0.7 - trained / 4, expected: 0.7 - trained / 4, weight: 1 },
    ])
    expect((await fitOwn(right)).departureStack.trained).toBeGreaterThan(0.5)
  })

  it('learns from judgements of one model alone, too', async () => {
    const fit = await fitOwn(judged(asked(200)).filter(({ model }) => model === CHEAP))
    const of = (text: string): number => ownExpectations(fit, promptOf(text), new Map([[CHEAP, 0.7]])).get(CHEAP)?.quality ?? Number.NaN
    expect(of(`Tell me about ${TOPICS[0]}, once more.`)).toBeLessThan(of(`Tell me about ${TOPICS[1]}, once more.`))
  })

  it('says nothing of models that were hardly judged, and believes old and doubtful judgements less', async () => {
    expect(await fitOwn(judged(asked(19)))).toBe(NO_FIT)
    const level = async (weight: number) =>
      (await fitOwn(judged(asked(200)).map((one) => ({ ...one, quality: 0, weight })))).models.get(STRONG)?.level ?? Number.NaN
    expect(await level(1)).toBeLessThan(await level(0.2))
  })

  it('is the same each time, and lets others in between its steps', async () => {
    const judgements = judged(asked(60))
    let pauses = 0
    const pause = (): Promise<void> => {
      pauses++
      return Promise.resolve()
    }
    expect(await fitOwn(judgements, pause)).toEqual(await fitOwn(judgements))
    expect(pauses).toBeGreaterThan(10)
  })
})
