import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches, unmet } from '../../../../../../electron/engine/routing/own/condition.ts'
import { type Asking, type Dice, decide } from '../../../../../../electron/engine/routing/own/decide.ts'
import { NO_ROUTING, type RoutingConfig, routingConfigSchema } from '../../../../../../shared/routing-config.ts'
import { inEnglish } from '../../../../../support/in-english.ts'

const ASKING: Asking = {
  model: 'openai/gpt-5-mini',
  names: ['openai/gpt-5-mini'],
  client: { id: 'client-1', name: 'Cursor' },
  dialect: 'openai-chat',
  stream: true,
  toolCount: 0,
  needs: new Set(),
  tags: { team: 'search' },
  clock: () => ({ hour: 14, weekday: 3 }),
  inputTokens: () => 1_000,
  estimatedUsd: () => 0.02,
  spentTodayUsd: () => 1.5,
  budgetLeftUsd: () => 0.4,
  session: () => 'conversation-1',
  texts: () => [],
}
const DICE: Dice = { random: () => 0.5, hashed: () => 0.5 }

function config(own: object): RoutingConfig {
  return routingConfigSchema.parse({ version: 1, ...own })
}

function namesOf(own: object, asking: Partial<Asking> = {}, dice: Dice = DICE): readonly string[] {
  return decide(config(own), { ...ASKING, ...asking }, dice).names.map(({ name, after }) => (after === undefined ? name : `${name} after ${after.join(' ')}`))
}

describe('a pattern', () => {
  it.each([
    ['*', 'anything/at-all', true],
    ['openai/*', 'openai/gpt-5', true],
    ['openai/*', 'azure/openai/gpt-5', false],
    ['*sonnet*', 'anthropic/claude-Sonnet-4-5', true],
    ['*-mini', 'openai/gpt-5-mini', true],
    ['*-mini', 'openai/gpt-5-mini-high', false],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'acb', false],
    ['ab*ab', 'ab', false],
    ['gpt.5', 'gpt-5', false],
    ['', 'x', false],
  ])('%j and %j: %s', (pattern, text, does) => {
    expect(matches(pattern, text)).toBe(does)
  })

  it('agrees with the regular expression it stands for', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b', '*', '/'), maxLength: 8 })
    fc.assert(
      fc.property(few, fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 10 }), (pattern, text) => {
        expect(matches(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text))
      }),
    )
  })
})

describe('a condition', () => {
  it.each<[object, string | undefined]>([
    [{}, undefined],
    [{ clients: ['Cursor'] }, undefined],
    [{ clients: ['client-1', 'other'] }, undefined],
    [{ clients: ['Codex'] }, 'another client'],
    [{ models: ['anthropic/*', 'openai/*'] }, undefined],
    [{ models: ['anthropic/*'] }, 'another model'],
    [{ dialects: ['gemini'] }, 'another dialect'],
    [{ stream: false }, 'it streams'],
    [{ tools: 'some' }, 'it has no tools'],
    [{ tools: 'none' }, undefined],
    [{ needs: ['vision'] }, 'it does not need vision'],
    [{ tags: { team: 'search' } }, undefined],
    [{ tags: { team: '*' } }, undefined],
    [{ tags: { team: 'ads' } }, 'tag team is search'],
    [{ tags: { env: '*' } }, 'tag env is not there'],
    [{ hours: { from: 9, to: 17 } }, undefined],
    [{ hours: { from: 9, to: 14 } }, 'another hour'],
    [{ hours: { from: 22, to: 6 } }, 'another hour'],
    [{ hours: { from: 13, to: 6 } }, undefined],
    [{ weekdays: [6, 7] }, 'another day'],
    [{ inputTokens: { min: 1_000 } }, undefined],
    [{ inputTokens: { max: 999 } }, '1000 estimated input tokens are more than 999'],
    [{ estimatedUsd: { min: 0.05 } }, '0.02 estimated USD are fewer than 0.05'],
    [{ spentTodayUsd: { min: 1 } }, undefined],
    [{ budgetLeftUsd: { max: 0.5 } }, undefined],
    [{ budgetLeftUsd: { min: 0.5 } }, '0.4 USD left of its budget are fewer than 0.5'],
    [{ clients: ['Cursor'], models: ['anthropic/*'] }, 'another model'],
  ])('%j', (when, not) => {
    expect(inEnglish(unmet(config({ rules: [{ name: 'r', when, actions: [{ do: 'deny', message: 'no' }] }] }).rules[0]?.when ?? {}, ASKING))).toBe(not)
  })

  it('with a bound on a cost that nobody knows does not hold', () => {
    expect(inEnglish(unmet({ estimatedUsd: { max: 1 } }, { ...ASKING, estimatedUsd: () => undefined }))).toBe('its estimated USD are unknown')
    expect(inEnglish(unmet({ budgetLeftUsd: { min: 0 } }, { ...ASKING, budgetLeftUsd: () => undefined }))).toBe('its USD left of its budget are unknown')
  })

  it('measures only what it asks about', () => {
    const fail = (): never => {
      throw new Error('measured for nothing')
    }
    expect(
      unmet({ models: ['*'] }, { ...ASKING, inputTokens: fail, estimatedUsd: fail, spentTodayUsd: fail, budgetLeftUsd: fail, clock: fail }),
    ).toBeUndefined()
  })
})

describe('what the user’s own routing makes of a request', () => {
  it('leaves it alone where nothing is said', () => {
    expect(inEnglish(decide(NO_ROUTING, { ...ASKING, names: ['a/x', 'b/y'] }, DICE))).toEqual({
      names: [
        { name: 'a/x', why: 'the model asked for' },
        { name: 'b/y', why: 'fallback 1' },
      ],
      decidedBy: 'the request’s own choice, with 1 fallback',
      provider: {},
      cache: undefined,
      shadows: [],
      trail: [],
    })
  })

  const aliases = { fast: { models: [{ model: 'groq/llama' }, { model: 'cheap' }] }, cheap: { models: [{ model: 'openai/gpt-5-nano' }] } }

  it('opens names of its own, also inside each other', () => {
    expect(namesOf({ aliases }, { model: 'fast', names: ['fast', 'openai/gpt-5'] })).toEqual(['groq/llama', 'openai/gpt-5-nano', 'openai/gpt-5'])
    expect(inEnglish(decide(config({ aliases }), { ...ASKING, model: 'fast', names: ['fast'] }, DICE))).toMatchObject({
      decidedBy: "alias 'fast'",
      trail: ["Alias 'fast' stands for groq/llama, then cheap.", "Alias 'cheap' stands for openai/gpt-5-nano."],
    })
  })

  it('draws by weight, and keeps the others as fallbacks', () => {
    const weighted = {
      aliases: {
        even: {
          balance: 'weighted',
          models: [
            { model: 'a/x', weight: 3 },
            { model: 'b/y', weight: 1 },
          ],
        },
      },
    }
    const at = (random: number) => namesOf(weighted, { model: 'even', names: ['even'] }, { ...DICE, random: () => random })
    expect(at(0.74)).toEqual(['a/x', 'b/y'])
    expect(at(0.76)).toEqual(['b/y', 'a/x'])
    let first = 0
    for (let turn = 0; turn < 1_000; turn++) if (at(turn / 1_000)[0] === 'a/x') first++
    expect(first).toBe(750)
  })

  it('follows the first rule that routes, and gathers preferences and cache settings on the way', () => {
    const rules = [
      { name: 'no', when: { clients: ['Codex'] }, actions: [{ do: 'route', models: ['never/x'] }] },
      {
        name: 'prefer',
        when: {},
        actions: [
          { do: 'prefer', provider: { sort: 'price' } },
          { do: 'cache', cache: { enabled: true, ttlSeconds: 60 } },
        ],
      },
      { name: 'off', enabled: false, when: {}, actions: [{ do: 'deny', message: 'no' }] },
      { name: 'not today', when: {}, unless: { weekdays: [3] }, actions: [{ do: 'deny', message: 'no' }] },
      { name: 'go', when: { models: ['openai/*'] }, actions: [{ do: 'route', models: ['cheap', 'b/y'] }] },
      { name: 'late', when: {}, actions: [{ do: 'prefer', provider: { zdr: true } }] },
    ]
    expect(inEnglish(decide(config({ aliases, rules }), ASKING, DICE))).toMatchObject({
      names: [{ name: 'openai/gpt-5-nano' }, { name: 'b/y' }],
      decidedBy: "rule 'go'",
      provider: { sort: 'price' },
      cache: { enabled: true, ttlSeconds: 60 },
      trail: [
        "Rule 'no' does not apply: another client.",
        "Rule 'prefer' applies: it sets sort.",
        "Rule 'prefer' applies: response cache on.",
        "Rule 'not today' does not apply: its exception holds.",
        "Rule 'go' applies: cheap, then b/y.",
        "Alias 'cheap' stands for openai/gpt-5-nano.",
      ],
    })
  })

  it('refuses in the user’s own words', () => {
    const rules = [{ name: 'night', when: { hours: { from: 0, to: 24 } }, actions: [{ do: 'deny', message: 'Go to bed.' }] }]
    expect(() => decide(config({ rules }), ASKING, DICE)).toThrow('Go to bed.')
  })

  it('adds fallbacks for their causes alone, each model once', () => {
    const fallbacks = [
      { on: ['context-too-long'], to: ['google/gemini-2.5-pro', 'openai/gpt-5-mini'] },
      { models: ['anthropic/*'], on: ['error'], to: ['x/y'] },
      { models: ['openai/*'], on: ['rate-limit', 'error'], to: ['cheap', 'google/gemini-2.5-pro'] },
    ]
    expect(namesOf({ aliases, fallbacks })).toEqual([
      'openai/gpt-5-mini',
      'google/gemini-2.5-pro after context-too-long',
      'openai/gpt-5-nano after rate-limit error',
      'google/gemini-2.5-pro after rate-limit error',
    ])
  })

  it('keeps a conversation in its arm, and the arms in their shares', () => {
    const splits = [
      {
        name: 'trial',
        models: ['openai/*'],
        arms: [
          { name: 'a', model: 'a/x', weight: 9 },
          { name: 'b', model: 'b/y' },
        ],
      },
    ]
    const at = (hashed: number) => namesOf({ splits }, {}, { ...DICE, hashed: () => hashed })[0]
    expect([at(0), at(0.89), at(0.91), at(0.999)]).toEqual(['a/x', 'a/x', 'b/y', 'b/y'])
    const asked: string[] = []
    const remember: Dice = {
      ...DICE,
      hashed(text) {
        asked.push(text)
        return 0
      },
    }
    decide(config({ splits }), ASKING, remember)
    decide(config({ splits: [{ ...splits[0], by: 'client' }] }), ASKING, remember)
    expect(asked).toEqual(['trial\nconversation-1', 'trial\nclient-1'])
  })

  it('draws shadows by their share', () => {
    const shadows = [
      { name: 'often', to: 'b/y', share: 0.6, mostUsdPerDay: 1 },
      { name: 'rarely', to: 'b/y', share: 0.4, mostUsdPerDay: 1 },
      { name: 'others', when: { clients: ['Codex'] }, to: 'b/y', share: 1, mostUsdPerDay: 1 },
    ]
    expect(decide(config({ shadows }), ASKING, DICE).shadows.map(({ name }) => name)).toEqual(['often'])
  })

  it('is the same for the same request and dice', () => {
    const own = config({
      aliases,
      fallbacks: [{ on: ['error'], to: ['fast'] }],
      splits: [
        {
          name: 's',
          models: ['*'],
          arms: [
            { name: 'a', model: 'fast' },
            { name: 'b', model: 'cheap' },
          ],
        },
      ],
    })
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.constantFrom('fast', 'cheap', 'openai/gpt-5'), (random, model) => {
        const dice: Dice = { random: () => random, hashed: () => random }
        const asking = { ...ASKING, model, names: [model] }
        const decision = decide(own, asking, dice)
        expect(decide(own, asking, dice)).toEqual(decision)
        // every name is opened: no alias is left to be taken for a model
        for (const { name } of decision.names) expect(Object.keys(own.aliases)).not.toContain(name)
      }),
    )
  })
})
