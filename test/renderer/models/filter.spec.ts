import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  can,
  chosenRows,
  isNarrowed,
  type ModelFilter,
  NO_FILTER,
  readFilter,
  SORTS,
  SWITCHES,
  takes,
  writeFilter,
} from '../../../renderer/features/models/filter.ts'
import { hashOf, placeOf } from '../../../renderer/frame/route.ts'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { MODALITIES, MODEL_KINDS, type ModelFacts } from '../../../shared/models.ts'
import { MODELS } from '../../support/fake-models.ts'

const filters: fc.Arbitrary<ModelFilter> = fc.record({
  text: fc.string({ maxLength: 40 }),
  provider: fc.constantFrom('', 'openai', 'a-b'),
  kind: fc.constantFrom('' as const, ...MODEL_KINDS),
  takes: fc.constantFrom('' as const, ...MODALITIES),
  gives: fc.constantFrom('' as const, ...MODALITIES),
  mostUsd: fc.option(fc.constantFrom(0.5, 1, 2.25), { nil: undefined }),
  leastContext: fc.option(fc.integer({ min: 1, max: 10_000_000 }), { nil: undefined }),
  on: fc.subarray([...SWITCHES]),
  sort: fc.constantFrom(...SORTS),
  descending: fc.boolean(),
})

const ids = (filter: Partial<ModelFilter>): readonly string[] => chosenRows(MODELS, { ...NO_FILTER, ...filter }).map(({ id }) => id)

describe('the address', () => {
  it('holds the whole filter', () => {
    fc.assert(fc.property(filters, (filter) => void expect(readFilter(placeOf(hashOf('models', writeFilter(filter))).rest)).toEqual(filter)))
  })

  it.each(['', 'sort=nonsense&only=x y&kind=soup&price=-3&context=lots', '%%%', 'takes=smell'])('%j is the whole list', (rest) => {
    expect(readFilter(rest)).toEqual(NO_FILTER)
    expect(isNarrowed(readFilter(rest))).toBe(false)
  })

  it('is plain for the whole list, sorted or not', () => {
    expect(writeFilter(NO_FILTER)).toBe('')
    expect(isNarrowed({ ...NO_FILTER, sort: 'input', descending: true })).toBe(false)
  })
})

describe('the list', () => {
  it.each<[string, Partial<ModelFilter>, readonly string[]]>([
    ['every word, wherever it is', { text: 'anthropic 4.5 SONNET' }, ['anthropic/claude-sonnet-4-5']],
    ['a provider', { provider: 'google' }, ['google/gemini-2.5-flash', 'google/gemini-2.5-pro']],
    ['a price: unknown is not cheap', { mostUsd: 0.3 }, ['openai/gpt-5-mini', 'demo/scholar', 'demo/steady', 'demo/swift', 'google/gemini-2.5-flash']],
    ['free ones', { on: ['free'] }, ['demo/scholar', 'demo/steady', 'demo/swift']],
    ['local and with reasoning', { on: ['local', 'reasoning'] }, ['ollama/qwen3:8b', 'demo/scholar']],
    ['a long context', { leastContext: 1_000_000 }, ['google/gemini-2.5-flash', 'google/gemini-2.5-pro']],
    ['documents', { takes: 'file' }, ['anthropic/claude-sonnet-4-5']],
    ['a JSON schema and a key', { on: ['json-schema', 'usable'] }, ['openai/gpt-5', 'openai/gpt-5-mini']],
    ['a kind that none is of', { kind: 'embedding' }, []],
  ])('%s', (_, filter, expected) => {
    expect(ids(filter)).toEqual(expected)
  })

  it('sorts by each column both ways, what is unknown last', () => {
    expect(ids({ sort: 'output', descending: true }).slice(0, 2)).toEqual(['anthropic/claude-sonnet-4-5', 'google/gemini-2.5-pro'])
    for (const descending of [false, true]) {
      expect(ids({ sort: 'input', descending }).slice(-3).toSorted()).toEqual(['bench/limited', 'bench/silent', 'ollama/qwen3:8b'])
    }
  })

  it('shows each model that fits once, whatever the order', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const shown = chosenRows(MODELS, filter)
        expect(new Set(shown).size).toBe(shown.length)
        const plain = chosenRows(MODELS, { ...filter, sort: 'name', descending: false })
        expect(new Set(shown)).toEqual(new Set(plain))
      }),
    )
  })
})

it('goes by what sources tell before what is only derived', () => {
  const [row] = MODELS
  if (row === undefined) throw new Error('there is no model')
  const facts: ModelFacts = {
    kind: 'chat',
    inputModalities: ['text'],
    outputModalities: undefined,
    abilities: { tools: false },
    efforts: undefined,
    cacheMinimum: undefined,
    cutoff: undefined,
    deprecated: undefined,
    snapshot: undefined,
    sources: [],
  }
  const told: ModelRow = { ...row, can: ['tools', 'vision'], facts }
  expect([can(told, 'tools'), takes(told, 'image')]).toEqual([false, false])
  expect([can({ ...row, can: undefined }, 'tools'), takes({ ...row, can: undefined }, 'image')]).toEqual([undefined, undefined])
})

describe('what a model gives and whether its weights are published', () => {
  const facts = (told: Partial<ModelFacts>): ModelFacts => ({
    ...{ kind: 'chat', inputModalities: undefined, outputModalities: undefined, abilities: {}, efforts: undefined, cacheMinimum: undefined },
    ...{ cutoff: undefined, deprecated: undefined, snapshot: undefined, sources: [] },
    ...told,
  })
  const [one, two, three] = MODELS.slice(0, 3) as [ModelRow, ModelRow, ModelRow]
  const rows = [{ ...one, facts: facts({ outputModalities: ['text', 'image'], openWeights: false }) }, { ...two, facts: facts({ openWeights: true }) }, three]

  it('are chosen by what is known, and what nobody tells is not chosen', () => {
    expect(chosenRows(rows, { ...NO_FILTER, gives: 'image' }).map(({ id }) => id)).toEqual([one.id])
    expect(chosenRows(rows, { ...NO_FILTER, gives: 'audio' })).toEqual([])
    expect(chosenRows(rows, { ...NO_FILTER, on: ['open-weights'] }).map(({ id }) => id)).toEqual([two.id])
  })
})
