import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AutoModel } from '../../../../../../electron/engine/routing/auto/constraints.ts'
import { type AutoFacts, type AutoRequest, decideAuto, decideAutoAt, UNSURE_TOLERANCE } from '../../../../../../electron/engine/routing/auto/decide.ts'
import { indexEvidence, judgementOf, NO_EVIDENCE } from '../../../../../../electron/engine/routing/auto/evidence.ts'
import { SHIPPED_WEIGHTS } from '../../../../../../electron/engine/routing/auto/shipped-weights.ts'
import { tierOf } from '../../../../../../electron/engine/routing/auto/tiers.ts'
import { type AutoDecision, floorOf, sliderOf } from '../../../../../../shared/auto.ts'
import type { Need } from '../../../../../../shared/chat.ts'
import { dice, randomModels, randomRequest, violation } from '../../../../../support/auto-requests.ts'
import { inEnglish } from '../../../../../support/in-english.ts'

const facts = (models: readonly AutoModel[]): AutoFacts => ({ models, weights: SHIPPED_WEIGHTS, evidence: NO_EVIDENCE, now: 0 })

function model(id: string, usdPerMillion: number | undefined, more: Partial<AutoModel> = {}): AutoModel {
  const input = usdPerMillion === undefined ? undefined : Math.round(usdPerMillion * 1e6)
  const price =
    input === undefined ? undefined : { asOf: '2026-11-01', source: 'made up', microUsdPerMillion: { input, output: input * 4, cacheRead: input / 10 } }
  return {
    id,
    tier: tierOf(id, price?.microUsdPerMillion),
    context: 100_000,
    output: undefined,
    can: new Set<Need>(['tools', 'vision', 'json-schema', 'reasoning']),
    mostTools: undefined,
    price,
    runsLocally: false,
    regions: undefined,
    keepsData: undefined,
    hasKey: true,
    health: 'well',
    ...more,
  }
}

const STRONG = model('openai/gpt-5', 2)
const MIDDLE = model('openai/gpt-5-mini', 0.3)
const CHEAP = model('meta/llama-3.1-8b', 0.05)
const THREE = [STRONG, MIDDLE, CHEAP]

function request(
  text: string,
  more: Partial<Omit<AutoRequest, 'demands' | 'wish'>> & { demands?: Partial<AutoRequest['demands']>; wish?: Partial<AutoRequest['wish']> } = {},
): AutoRequest {
  return {
    text,
    inToolLoop: false,
    ...more,
    demands: {
      inputTokens: 50,
      maxOutputTokens: undefined,
      needs: new Set(),
      tools: 0,
      regions: undefined,
      dataPolicy: 'any',
      budgetLeft: undefined,
      ...more.demands,
    },
    wish: { slider: 0.65, allowed: [], excluded: [], sticky: true, ...more.wish },
  }
}

function decided(asked: AutoRequest, models: readonly AutoModel[] = THREE, more: Partial<AutoFacts> = {}) {
  const decision = decideAuto(asked, { ...facts(models), ...more })
  if (decision.is === 'none') throw new Error(`nothing chosen: ${JSON.stringify(decision.passedOver)}`)
  return decision
}

describe('automatic routing', () => {
  it('decides at several places of the slider as at each by itself', () => {
    const places = [0, 0.3, 0.5, 0.8, 1]
    const prompt = 'Write a Rust function that merges two sorted linked lists in place, with unit tests.'
    const together = decideAutoAt(request(prompt), facts(THREE), places)
    expect(together).toEqual(places.map((slider) => decideAuto(request(prompt, { wish: { slider } }), facts(THREE))))
    expect(new Set((together as readonly AutoDecision[]).map(({ order }) => order[0]?.model)).size).toBeGreaterThan(1)
  })

  it('sends what is easy to a cheap model and what is hard to a strong one', () => {
    const easy = decided(request('Extract the name and the date from this text as JSON: Anna came on 3 March.', { wish: { slider: 0.3 } }))
    const hard = decided(request('Write a Rust function that merges two sorted linked lists in place, with unit tests.', { wish: { slider: 0.9 } }))
    expect(easy.order[0]?.model).toBe(CHEAP.id)
    expect(hard.order[0]?.model).toBe(STRONG.id)
  })

  it('says why, what the runner-up was, and what else could have been done', () => {
    const { line, baselines, order } = inEnglish(
      decided(request('Translate this letter to German: the parcel has arrived, thank you very much for the quick help.')),
    )
    expect(line).toContain(order[0]?.model)
    expect(line).toContain(`runner-up ${order[1]?.model}`)
    expect(line).toMatch(/\d+ % expected, about \$0\.\d+/)
    expect(baselines.map(({ against }) => against)).toEqual(['model asked for', 'best single cheap model', 'fixed mix'])
  })

  it('goes up when it is unsure, by no more than the stated tolerance below the best', () => {
    const asked = request('zxqv brrmpf wllkt qqpfh nnzrt', { wish: { slider: 0 } })
    const { confidence, order } = decided(asked)
    const best = Math.max(...THREE.map(({ id }) => decided({ ...asked, wish: { ...asked.wish, allowed: [id] } }).order[0]?.quality ?? 0))
    expect(confidence).toBe('unsure')
    expect(order[0]?.quality).toBeGreaterThanOrEqual((1 - UNSURE_TOLERANCE) * best)
  })

  it('chooses between the two of a pair only', () => {
    const { order } = decided(request('Hello there, how are you?', { wish: { within: { strong: STRONG.id, cheap: CHEAP.id } } }))
    expect(order.map(({ model: id }) => id).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([CHEAP.id, STRONG.id])
  })

  it('prefers what is known to fit over what nobody has told it of, and takes that when there is nothing else', () => {
    const unknown = model('acme/mystery', 0.01, { can: undefined })
    const asked = request('What is in this picture?', { demands: { needs: new Set<Need>(['vision']) } })
    expect(decided(asked, [unknown, STRONG]).order.map(({ model: id }) => id)).toEqual([STRONG.id])
    expect(decided(asked, [unknown]).order[0]?.model).toBe(unknown.id)
  })

  it('never takes an unknown price for a cheap one', () => {
    const priceless = model('openai/gpt-5-nameless', undefined)
    expect(decided(request('Write a poem about tea.', { wish: { slider: 1 } }), [priceless, STRONG]).order[0]?.model).toBe(STRONG.id)
  })

  it('stays with the conversation, and leaves it upward when the step clearly changes', () => {
    const small = { model: CHEAP.id, task: 'chat' as const, difficulty: 0, warmTokens: 0 }
    expect(decided(request('Thanks! What else should I know about tea?', { current: small, wish: { slider: 0.9 } })).order[0]?.model).toBe(CHEAP.id)
    const harder = request('Write a Python function that parses dates and merges two sorted lists, and unit tests for it.', {
      current: small,
      wish: { slider: 0.9 },
    })
    expect(decided(harder).order[0]?.model).not.toBe(CHEAP.id)
    const strong = { ...small, model: STRONG.id }
    expect(decided(request('Hi, how are you today?', { current: strong, wish: { slider: 0 } })).order[0]?.model).toBe(STRONG.id)
  })

  it('counts what the provider still has in its prompt cache', () => {
    const twin = model('openai/gpt-5-twin', 1.9)
    const asked = request('Go on.', { inToolLoop: true, demands: { inputTokens: 20_000 }, wish: { slider: 1, sticky: false } })
    expect(decided(asked, [STRONG, twin]).order[0]?.model).toBe(twin.id)
    const warm = { ...asked, current: { model: STRONG.id, task: 'agent-step' as const, difficulty: 0, warmTokens: 19_000 } }
    expect(decided(warm, [STRONG, twin]).order[0]?.model).toBe(STRONG.id)
  })

  it('learns from the user, and forgets', () => {
    const prompt = 'Write a short story about a lighthouse.'
    const judgements = Array.from({ length: 120 }, (_, at) =>
      judgementOf({ at: 1_000 + at, signal: 'vote', prompt: `${prompt} Number ${at}.`, model: CHEAP.id, quality: 1 }),
    )
    const bad = Array.from({ length: 120 }, (_, at) =>
      judgementOf({ at: 1_000 + at, signal: 'vote', prompt: `${prompt} Number ${at}.`, model: STRONG.id, quality: 0 }),
    )
    const evidence = indexEvidence([...judgements, ...bad])
    const before = decided(request(prompt, { wish: { slider: 0.7 } }))
    const after = decided(request(prompt, { wish: { slider: 0.7 } }), THREE, { evidence, now: 2_000 })
    expect(before.order[0]?.model).not.toBe(CHEAP.id)
    expect(after.order[0]?.model).toBe(CHEAP.id)
    expect(after.order[0]?.ownEvidence).toBeGreaterThan(0.3)
    const tenYears = decided(request(prompt, { wish: { slider: 0.7 } }), THREE, { evidence, now: 10 * 365 * 86_400_000 })
    expect(tenYears.order[0]?.model).toBe(before.order[0]?.model)
  })

  it('says for every model why it was passed over', () => {
    const decision = decideAuto(request('Hello', { demands: { needs: new Set<Need>(['audio']) } }), facts(THREE))
    expect(inEnglish(decision)).toEqual({ is: 'none', passedOver: THREE.map(({ id }) => ({ endpoint: id, why: 'cannot do audio' })) })
  })
})

describe('over random requests', () => {
  const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 })
  const cases = (seed: number) => {
    const random = dice(seed)
    const models = randomModels(random)
    return { models, asked: randomRequest(random, models) }
  }
  const choiceOf = (asked: AutoRequest, models: readonly AutoModel[]) => {
    const decision = decideAuto(asked, facts(models))
    return decision.is === 'decided' ? decision.order[0] : undefined
  }

  it('never routes past a hard constraint, fallbacks included', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { models, asked } = cases(seed)
        const decision = decideAuto(asked, facts(models))
        const order = decision.is === 'decided' ? decision.order : []
        const wrong = order.map((choice) => violation(asked, models.find(({ id }) => id === choice.model) as AutoModel)).filter((one) => one !== undefined)
        expect(wrong).toEqual([])
        if (asked.demands.budgetLeft !== undefined) for (const { cost } of order) expect(cost ?? Number.MAX_VALUE).toBeLessThanOrEqual(asked.demands.budgetLeft)
      }),
      { numRuns: 1_500 },
    )
  })

  it('never selects a model without a capability that is added to a request', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom<Need>('tools', 'vision', 'json-schema', 'audio', 'documents'), (seed, need) => {
        const { models, asked } = cases(seed)
        const choice = choiceOf({ ...asked, demands: { ...asked.demands, needs: new Set([...asked.demands.needs, need]) } }, models)
        const chosen = models.find(({ id }) => id === choice?.model)
        expect(chosen?.can?.has(need) ?? true).toBe(true)
      }),
      { numRuns: 800 },
    )
  })

  it('never lowers expected quality when the slider is raised', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (seed, a, b) => {
        const { models, asked } = cases(seed)
        const at = (slider: number) => choiceOf({ ...asked, wish: { ...asked.wish, slider } }, models)?.quality ?? 0
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)) - 1e-9)
      }),
      { numRuns: 800 },
    )
  })

  it('decides the same for the same request, in whatever order the models come', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { models, asked } = cases(seed)
        expect(choiceOf(asked, models.toReversed())).toEqual(choiceOf(asked, models))
      }),
      { numRuns: 400 },
    )
  })
})

it('asks for everything at the top of the slider and for less below', () => {
  const floors = [0, 0.25, 0.5, 0.75, 1].map(floorOf)
  expect(floors.at(-1)).toBe(1)
  expect(floors).toEqual(floors.toSorted((a, b) => a - b))
  for (const place of [0, 0.25, 0.65, 1]) expect(sliderOf(floorOf(place))).toBeCloseTo(place, 9)
})
