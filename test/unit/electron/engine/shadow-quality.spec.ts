import { describe, expect, it } from 'vitest'
import { type ShadowedRequest, shadowPoints } from '../../../../electron/engine/shadow-quality.ts'
import type { Evidence } from '../../../../shared/auto.ts'
import type { AnswerRecord } from '../../../../shared/ledger.ts'
import { asNanoUsd } from '../../../../shared/money.ts'

const said = (text: string, tools: readonly string[] = []): AnswerRecord =>
  ({ text, reasoning: '', toolCalls: tools.map((name) => ({ id: 'a', name, arguments: '{}' })) }) as unknown as AnswerRecord
const pair = (id: string, original: AnswerRecord, shadow: AnswerRecord, more: Partial<ShadowedRequest['record']> = {}): ShadowedRequest => ({
  ...{ name: 'trial', original, shadow },
  record: { id, servedBy: 'right/m', cost: asNanoUsd(1_000), simulated: false, ...more },
})
const judged = (request: string, quality: number): Evidence => ({ id: request, at: 0, signal: 'vote', prompt: 'p', model: 'right/m', quality, request })

describe('what shadow runs have measured', () => {
  it('is how often they say what was said, with an interval, and what they cost', () => {
    const points = shadowPoints(
      [
        pair('a', said('Vienna is the capital.'), said('The capital is Vienna.')),
        pair('b', said('Vienna is the capital.'), said('Probably Graz, in Styria.'), { cost: asNanoUsd(3_000) }),
        pair('c', said('', ['look_up']), said('', ['look_up']), { cost: undefined }),
        pair('d', said('', ['look_up']), said('', ['delete_all'])),
      ],
      [],
    )
    expect(points).toMatchObject([{ name: 'trial', model: 'right/m', requests: 4, judged: 0, quality: { mean: 0.5 } }])
    const { quality, cost } = points[0] ?? {}
    expect(quality?.low).toBeLessThan(0.5)
    expect(quality?.high).toBeGreaterThan(0.5)
    // of those whose cost is known
    expect(cost?.mean).toBeCloseTo(5_000 / 3)
  })

  it('is what the user says of them, before all else', () => {
    const different = pair('a', said('Vienna is the capital.'), said('Wien, an der Donau gelegen.'))
    expect(shadowPoints([different], [])[0]?.quality.mean).toBe(0)
    expect(shadowPoints([different], [judged('a', 1), judged('of another request', 0)])).toMatchObject([{ judged: 1, quality: { mean: 1 } }])
  })

  it('keeps models of one name apart, and leaves simulated ones out', () => {
    const same = said('Vienna')
    const points = shadowPoints(
      [pair('a', same, same), pair('b', same, same, { servedBy: 'right/other', cost: undefined }), pair('c', same, same, { simulated: true })],
      [],
    )
    expect(points.map(({ model, requests, cost }) => [model, requests, cost === undefined])).toEqual([
      ['right/m', 1, false],
      ['right/other', 1, true],
    ])
  })
})
