import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Resolution } from '../../../../../electron/engine/catalog/catalog.ts'
import type { Pace } from '../../../../../electron/engine/routing/health.ts'
import { type KeyFacts, type PlanFacts, planRoute } from '../../../../../electron/engine/routing/plan.ts'
import type { Warm } from '../../../../../electron/engine/routing/stickiness.ts'
import type { ChatView, Need, RoutingWish } from '../../../../../shared/chat.ts'
import { Failure } from '../../../../../shared/failure.ts'
import { asNanoUsd } from '../../../../../shared/money.ts'
import type { Endpoint, RoutePlan, Standing } from '../../../../../shared/routing.ts'
import { inEnglish } from '../../../../support/in-english.ts'

const caller = { id: 'c', name: 'c', opens: 'everything' } as const
const WELL: Standing = { is: 'well' }
const UNMEASURED: Pace = { firstEventMs: () => undefined, tokensPerSecond: () => undefined }

interface Host {
  readonly provider: string
  readonly input?: number
  readonly output?: number
  readonly can?: readonly Need[]
  readonly keys?: number
  readonly standing?: Standing
  readonly firstEventMs?: number
  readonly tokensPerSecond?: number
  readonly local?: boolean
  readonly context?: number
  readonly quantization?: string
  /** Micro-USD per million tokens, of flex. */
  readonly flex?: number
  /** Micro-USD per million tokens of a picture. */
  readonly picture?: number
  /** Nano-USD. */
  readonly perRequest?: number
}

const endpointOf = (host: Host): Endpoint => ({
  ...{ id: `${host.provider}/m`, provider: host.provider, upstreamModel: 'm', name: 'm', protocol: 'openai-chat', simulated: false },
  price:
    host.input === undefined
      ? undefined
      : {
          asOf: '2026-11-01',
          source: 'test',
          microUsdPerMillion: {
            ...{ input: host.input, output: host.output ?? host.input, cacheRead: Math.floor(host.input / 10) },
            ...(host.picture !== undefined && { imageInput: host.picture }),
          },
          ...(host.flex !== undefined && { serviceTiers: { flex: { input: host.flex, output: host.flex } } }),
          ...(host.perRequest !== undefined && { perCall: { request: host.perRequest } }),
        },
  limits: { context: host.context, output: undefined },
  can: host.can && new Set(host.can),
  runsLocally: host.local === true,
  ...(host.quantization !== undefined && { quantization: host.quantization }),
})

interface Given {
  readonly hosts: readonly Host[]
  readonly wish?: Partial<RoutingWish>
  readonly needs?: readonly Need[]
  readonly dice?: number
  readonly localFirst?: boolean
  readonly warm?: Warm
  readonly elsewhere?: Warm
  readonly policies?: Readonly<Record<string, { keepsNothing: boolean; learnsNothing: boolean }>>
  readonly inputTokens?: number
  readonly model?: string
  /** By key, `k0`, `k1`. */
  readonly regions?: Readonly<Record<string, string>>
}

function plan({
  hosts,
  wish = {},
  needs = [],
  dice = 0.5,
  localFirst = false,
  warm,
  elsewhere,
  policies = {},
  inputTokens = 10,
  model = 'm',
  regions = {},
}: Given): RoutePlan {
  const view: ChatView = {
    ...{ model, messages: [], stream: false, wantsUsage: true, tools: [], needs: new Set(needs), unmodelled: {} },
    routing: { fallbackModels: [], requireParameters: false, ...wish },
  }
  const hostOf = (endpoint: string): Host | undefined => hosts.find(({ provider }) => `${provider}/m` === endpoint)
  const keys = ({ keys = 1 }: Host): KeyFacts['ready'] => Array.from({ length: keys }, (_, index) => ({ id: `k${index}`, label: `Key ${index + 1}` }))
  const facts: PlanFacts = {
    resolve: (): Resolution => {
      const [endpoint, ...alternatives] = hosts.map(endpointOf)
      return endpoint === undefined ? { is: 'unknown', near: [] } : { is: 'found', endpoint, alternatives }
    },
    keys: (provider) => ({ needsKey: true, ready: keys(hosts.find((host) => host.provider === provider) ?? { provider }), notReady: [] }),
    standing: (endpoint) => hostOf(endpoint)?.standing ?? WELL,
    weight: () => undefined,
    region: (credential) => regions[credential],
    pace: (endpoint) => {
      const host = hostOf(endpoint)
      return host === undefined ? UNMEASURED : { firstEventMs: () => host.firstEventMs, tokensPerSecond: () => host.tokensPerSecond }
    },
    localFirst,
    dice,
    conversation: () => ({ session: 's', warm }),
    warmElsewhere: () => elsewhere,
    inputTokens: () => inputTokens,
    cannotCarry: () => [],
    dataPolicy: ({ provider }) => policies[provider],
    passesWishesOn: () => false,
  }
  return planRoute(view, caller, facts)
}
const order = (given: Given): readonly string[] => plan(given).candidates.map(({ endpoint }) => endpoint.provider)
const refusal = (given: Given): Failure => {
  try {
    plan(given)
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown
    throw thrown
  }
  throw new Error('it was not refused')
}

const A = { provider: 'a', input: 1_000_000 }
const B = { provider: 'b', input: 2_000_000 }
const C = { provider: 'c', input: 4_000_000 }
const troubled: Standing = { is: 'troubled', failing: 0.4, why: 'failed' }

describe('the order of hosts', () => {
  const cases: readonly [string, Given, readonly string[]][] = [
    ['what the client lists comes first, the others after', { hosts: [A, B, C], wish: { order: ['c', 'b'] } }, ['c', 'b', 'a']],
    ['a list without fallbacks is all there is', { hosts: [A, B, C], wish: { order: ['c', 'b'], allowFallbacks: false } }, ['c', 'b']],
    ['no fallbacks leave the best host alone', { hosts: [A, B], wish: { sort: { by: 'price', partition: 'model' }, allowFallbacks: false } }, ['a']],
    ['only', { hosts: [A, B, C], wish: { only: ['B'] } }, ['b']],
    ['by price', { hosts: [C, B, A], wish: { sort: { by: 'price', partition: 'model' } } }, ['a', 'b', 'c']],
    [
      'by latency, unmeasured last',
      { hosts: [A, { ...B, firstEventMs: 900 }, { ...C, firstEventMs: 300 }], wish: { sort: { by: 'latency', partition: 'model' } } },
      ['c', 'b', 'a'],
    ],
    [
      'by throughput',
      {
        hosts: [
          { ...A, tokensPerSecond: 20 },
          { ...B, tokensPerSecond: 90 },
        ],
        wish: { sort: { by: 'throughput', partition: 'model' } },
      },
      ['b', 'a'],
    ],
    ['healthy before cheap', { hosts: [{ ...A, standing: troubled }, B], wish: { sort: { by: 'price', partition: 'model' } } }, ['b', 'a']],
    [
      'a slow one comes later and is not excluded',
      {
        hosts: [
          { ...A, firstEventMs: 5_000 },
          { ...B, firstEventMs: 500 },
        ],
        wish: { preferredMaxLatency: { p90: 2 } },
      },
      ['b', 'a'],
    ],
    ['this machine first, where the user says so', { hosts: [A, { ...B, local: true }], localFirst: true }, ['b', 'a']],
    ['warm before cheap', { hosts: [A, C], warm: { endpoint: 'c/m', credential: 'k0', tokens: 50_000 } }, ['c', 'a']],
    [
      'warmth gives way to a list of the client',
      { hosts: [A, C], wish: { order: ['a'] }, warm: { endpoint: 'c/m', credential: 'k0', tokens: 5_000 } },
      ['a', 'c'],
    ],
    ['warmth gives way to health', { hosts: [A, { ...C, standing: troubled }], warm: { endpoint: 'c/m', credential: 'k0', tokens: 5_000 } }, ['a', 'c']],
    // (3 * 0.2 + 2) / 4 of B's price is less than A's
    [
      'a warm prefix counts in the price',
      { hosts: [A, B], wish: { sort: { by: 'price', partition: 'model' } }, warm: { endpoint: 'b/m', credential: 'k0', tokens: 5_000 } },
      ['b', 'a'],
    ],
    ['the host a name says comes first', { hosts: [C, A], model: 'c/m' }, ['c', 'a']],
    [
      'a context that is too small',
      {
        hosts: [
          { ...A, context: 1_000 },
          { ...B, context: 100_000 },
        ],
        inputTokens: 5_000,
      },
      ['b'],
    ],
  ]
  it.each(cases)('%s', (_what, given, expected) => expect(order(given)).toEqual(expected))

  const regions = { k0: 'us-east5', k1: 'eu-west1' }
  const vertex = { provider: 'vertex', input: 1_000_000, keys: 2 }
  it.each<[string, Partial<RoutingWish>, readonly string[]]>([
    ['only one region', { only: ['google-vertex/us-east5'] }, ['k0']],
    ['only another', { only: ['google-vertex/EU-west1'] }, ['k1']],
    ['a region or a whole provider', { only: ['google-vertex/eu-west1', 'google-vertex'] }, ['k0', 'k1']],
    ['all but a region', { ignore: ['google-vertex/us-east5'] }, ['k1']],
    ['a region first', { order: ['google-vertex/eu-west1'] }, ['k1', 'k0']],
    ['a region first and no other', { order: ['google-vertex/eu-west1'], allowFallbacks: false }, ['k1']],
  ])('with keys of two regions: %s', (_what, wish, expected) => {
    expect(plan({ hosts: [vertex], wish, regions }).candidates.map(({ credential }) => credential)).toEqual(expected)
  })

  it('passes over keys whose region is not known, and says so', () => {
    const { candidates, passedOver } = plan({ hosts: [vertex], wish: { only: ['google-vertex/us-east5'] }, regions: { k1: 'us-east5' } })
    expect(candidates.map(({ credential }) => credential)).toEqual(['k1'])
    expect(inEnglish(passedOver)).toEqual([{ endpoint: 'vertex/m', why: "key 'Key 1': its region is not known, and one is not in provider.only" }])
  })

  it('counts the price of the class of service that is asked for, where a host has it', () => {
    const given = { hosts: [A, { ...C, flex: 500_000 }], wish: { sort: { by: 'price', partition: 'model' } } } as const
    expect(order(given)).toEqual(['a', 'c'])
    expect(order({ ...given, wish: { ...given.wish, serviceTier: 'flex' } })).toEqual(['c', 'a'])
    expect(order({ ...given, wish: { ...given.wish, serviceTier: 'priority' } })).toEqual(['a', 'c'])
    expect(order({ ...given, wish: { serviceTier: 'flex', maxPrice: { prompt: 0.6 } } })).toEqual(['c'])
    expect(order({ ...given, wish: { serviceTier: 'flex', requireParameters: true } })).toEqual(['c'])
  })

  it('charges no pictures to who takes none', () => {
    expect(order({ hosts: [{ ...A, can: [] }], wish: { maxPrice: { image: 0, audio: 0 } } })).toEqual(['a'])
  })

  it('shares requests among hosts by one over the square of their price', () => {
    const firsts = Array.from({ length: 4_000 }, (_, index) => order({ hosts: [A, B], dice: index / 4_000 })[0])
    const share = firsts.filter((first) => first === 'a').length / firsts.length
    // 4 to 1
    expect(share).toBeGreaterThan(0.75)
    expect(share).toBeLessThan(0.85)
  })

  it('puts a resting host aside, to be waited for, and says so', () => {
    const resting: Standing = { is: 'resting', until: 99, because: 'limit', why: 'rate-limited for 3 s' }
    const { candidates, resting: aside, passedOver } = plan({ hosts: [{ ...A, standing: resting }, B] })
    expect(candidates.map(({ endpoint }) => endpoint.provider)).toEqual(['b'])
    expect(aside).toMatchObject([{ until: 99, because: 'limit' }])
    expect(inEnglish(passedOver)).toEqual([{ endpoint: 'a/m', why: expect.stringContaining('rate-limited') }])
  })

  it.each([
    ['another model', { hosts: [A], elsewhere: { endpoint: 'z/m', credential: 'k0', tokens: 50_000, worth: asNanoUsd(410_000_000) } }],
    ['another model, of several hosts', { hosts: [A, C], elsewhere: { endpoint: 'z/m', credential: 'k0', tokens: 50_000, worth: asNanoUsd(410_000_000) } }],
    [
      'a host that is well',
      { hosts: [A, { ...C, standing: troubled }], warm: { endpoint: 'c/m', credential: 'k0', tokens: 50_000, worth: asNanoUsd(410_000_000) } },
    ],
  ] as const)('says what going to %s forfeits', (_, given) => {
    const [first] = plan(given).candidates
    expect(inEnglish(first)?.why).toMatch(/forfeits \$0\.4100: 50000 tokens of this conversation are in the prompt cache of [cz]\/m$/)
  })

  it('forfeits nothing by staying, nor where nobody knows what it was worth', () => {
    const warm = { endpoint: 'c/m', credential: 'k0', tokens: 50_000, worth: asNanoUsd(410_000_000) }
    expect(inEnglish(plan({ hosts: [A, C], warm }).candidates[0])?.why).not.toContain('forfeits')
    expect(inEnglish(plan({ hosts: [A], elsewhere: { ...warm, worth: undefined } }).candidates[0])?.why).not.toContain('forfeits')
  })

  it('shows what a warm prefix is worth', () => {
    const [first] = plan({ hosts: [A, C], warm: { endpoint: 'c/m', credential: 'k0', tokens: 50_000 } }).candidates
    // 50,000 tokens at $4.00 less $0.40 a million
    expect(first?.score?.warm).toEqual({ tokens: 50_000, saves: 180_000_000 })
    expect(inEnglish(first)?.why).toContain('in its cache')
  })
})

describe('what nobody may serve', () => {
  const cases: readonly [string, Given, string][] = [
    ['provider.only', { hosts: [A], wish: { only: ['z'] } }, 'provider.only'],
    ['provider.ignore', { hosts: [A], wish: { ignore: ['a'] } }, 'provider.ignore'],
    ['provider.max_price', { hosts: [B], wish: { maxPrice: { prompt: 1 } } }, 'provider.max_price'],
    ['provider.max_price.request', { hosts: [{ ...A, perRequest: 6_000_000 }], wish: { maxPrice: { request: 0.005 } } }, 'provider.max_price'],
    // 1,500 tokens a picture, at $10 a million
    ['provider.max_price.image', { hosts: [{ ...A, picture: 10_000_000 }], wish: { maxPrice: { image: 0.014 } } }, 'provider.max_price'],
    ['provider.max_price.audio', { hosts: [B], wish: { maxPrice: { audio: 1.5 } } }, 'provider.max_price'],
    ['service_tier', { hosts: [A], wish: { serviceTier: 'flex', requireParameters: true } }, 'service_tier'],
    ['a region', { hosts: [A], wish: { only: ['a/us-east-1'] } }, 'provider.only'],
    ['an unknown price', { hosts: [{ provider: 'a' }], wish: { maxPrice: { completion: 1 } } }, 'provider.max_price'],
    ['provider.quantizations', { hosts: [A], wish: { quantizations: ['fp16'] } }, 'provider.quantizations'],
    ['provider.zdr', { hosts: [A], wish: { zdr: true } }, 'provider.zdr'],
    ['provider.data_collection', { hosts: [A], wish: { dataCollection: 'deny' } }, 'provider.data_collection'],
  ]
  it.each(cases)('is refused with the field named: %s', (_what, given, param) => {
    expect(refusal(given)).toMatchObject({ kind: 'unknown-model', code: 'constraint_filtered', param })
  })
})

/** Names of fields are short, so that made-up wishes and hosts meet. */
const providers = ['a', 'b', 'c', 'd'] as const
const someNames = fc.uniqueArray(fc.constantFrom(...providers, 'a/r1', 'b/r2', 'c/r1'), { minLength: 1, maxLength: 3 })
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined })
const standings = fc.constantFrom<Standing>(
  WELL,
  troubled,
  { is: 'on-trial', running: false, why: 'again' },
  { is: 'on-trial', running: true, why: 'again' },
  { is: 'resting', until: 9, because: 'failures', why: 'rests' },
)
const defined = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }
const hosts = fc.uniqueArray(
  fc
    .record({
      provider: fc.constantFrom(...providers),
      input: maybe(fc.integer({ min: 0, max: 5_000_000 })),
      output: maybe(fc.integer({ min: 0, max: 5_000_000 })),
      can: maybe(fc.uniqueArray(fc.constantFrom<Need>('tools', 'vision'))),
      keys: fc.integer({ min: 1, max: 2 }),
      standing: standings,
      firstEventMs: maybe(fc.integer({ min: 1, max: 9_000 })),
      tokensPerSecond: maybe(fc.integer({ min: 1, max: 300 })),
      local: fc.boolean(),
      quantization: maybe(fc.constantFrom('fp8', 'fp16')),
      flex: maybe(fc.integer({ min: 0, max: 5_000_000 })),
      perRequest: maybe(fc.integer({ min: 0, max: 9_000_000 })),
      picture: maybe(fc.integer({ min: 0, max: 9_000_000 })),
    })
    .map((host): Host => defined(host)),
  { selector: ({ provider }) => provider, minLength: 1 },
)
const wishes = fc
  .record({
    order: maybe(someNames),
    only: maybe(someNames),
    ignore: maybe(someNames),
    allowFallbacks: maybe(fc.boolean()),
    sort: maybe(fc.record({ by: fc.constantFrom('price', 'latency', 'throughput'), partition: fc.constantFrom('model', 'none') })),
    preferredMaxLatency: maybe(fc.constant({ p50: 2 })),
    preferredMinThroughput: maybe(fc.constant({ p50: 50 })),
    maxPrice: maybe(
      fc.record({
        prompt: fc.integer({ min: 0, max: 5 }),
        completion: fc.integer({ min: 0, max: 5 }),
        request: fc.constantFrom(0, 0.004, 1),
        image: fc.constantFrom(0.001, 0.006, 1),
      }),
    ),
    serviceTier: maybe(fc.constantFrom('flex', 'priority')),
    requireParameters: maybe(fc.boolean()),
    quantizations: maybe(fc.constantFrom(['fp8'], ['unknown', 'fp16'])),
    zdr: maybe(fc.boolean()),
    dataCollection: maybe(fc.constantFrom('allow', 'deny')),
  })
  .map((wish) => defined(wish) as Partial<RoutingWish>)
const cases: fc.Arbitrary<Given> = fc
  .record({
    hosts,
    wish: wishes,
    needs: fc.uniqueArray(fc.constantFrom<Need>('tools', 'vision')),
    dice: fc.double({ min: 0, max: 0.999, noNaN: true }),
    localFirst: fc.boolean(),
    warm: maybe(fc.record({ endpoint: fc.constantFrom('a/m', 'b/m'), credential: fc.constantFrom('k0', 'k1'), tokens: fc.integer({ min: 1, max: 99_999 }) })),
    model: fc.constantFrom('m', 'a/m'),
    regions: fc.constantFrom({}, { k0: 'r1' }, { k0: 'r2', k1: 'r1' }),
  })
  .map((given) => ({ ...defined(given), policies: { b: { keepsNothing: true, learnsNothing: true }, c: { keepsNothing: false, learnsNothing: true } } }))

const planned = (given: Given): RoutePlan | undefined => {
  try {
    return plan(given)
  } catch (thrown) {
    if (thrown instanceof Failure) return undefined
    throw thrown
  }
}
const place = ({ endpoint, credential }: { endpoint: Endpoint; credential: string | undefined }): string => `${endpoint.id} ${credential ?? ''}`

describe('any plan', () => {
  it('holds nobody who breaks a hard constraint', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const found = planned(given)
        const { wish = {}, needs = [], policies = {} } = given
        for (const { endpoint, credential } of [...(found?.candidates ?? []), ...(found?.resting ?? []).map(({ candidate }) => candidate)]) {
          const { provider, price, can, quantization = 'unknown', runsLocally } = endpoint
          const names = [provider, `${provider}/${given.regions?.[credential ?? ''] ?? 'nowhere'}`]
          const isIn = (list: readonly string[]): boolean => names.some((name) => list.includes(name))
          expect(wish.only === undefined || isIn(wish.only)).toBe(true)
          expect(wish.ignore !== undefined && isIn(wish.ignore)).toBe(false)
          if (wish.order !== undefined && wish.allowFallbacks === false) expect(isIn(wish.order)).toBe(true)
          expect(needs.every((need) => can === undefined || can.has(need))).toBe(true)
          const tokens = (wish.serviceTier === 'flex' ? price?.serviceTiers?.flex : undefined) ?? price?.microUsdPerMillion
          if (wish.requireParameters === true && wish.serviceTier !== undefined) expect(price?.serviceTiers).toHaveProperty(wish.serviceTier)
          if (wish.maxPrice?.prompt !== undefined) expect(tokens?.input).toBeLessThanOrEqual(wish.maxPrice.prompt * 1e6)
          if (wish.maxPrice?.completion !== undefined) expect(tokens?.output).toBeLessThanOrEqual(wish.maxPrice.completion * 1e6)
          if (wish.maxPrice?.request !== undefined) expect(price?.perCall?.request ?? 0).toBeLessThanOrEqual(wish.maxPrice.request * 1e9)
          if (wish.maxPrice?.image !== undefined && can?.has('vision') !== false) {
            expect(((tokens?.imageInput ?? tokens?.input ?? 0) * 1_500) / 1e12).toBeLessThanOrEqual(wish.maxPrice.image)
          }
          if (wish.quantizations !== undefined) expect(wish.quantizations).toContain(quantization)
          if (wish.zdr === true) expect(runsLocally || policies[provider]?.keepsNothing === true).toBe(true)
          if (wish.dataCollection === 'deny') expect(runsLocally || policies[provider]?.learnsNothing === true).toBe(true)
        }
        for (const { endpoint } of found?.candidates ?? []) {
          expect(given.hosts.find(({ provider }) => provider === endpoint.provider)?.standing?.is).not.toBe('resting')
        }
      }),
      { numRuns: 400 },
    )
  })

  it('is the same for the same facts', () => {
    fc.assert(fc.property(cases, (given) => void expect(planned(given)).toEqual(planned(given))))
  })

  it('keeps the order of the others when a host is taken away', () => {
    fc.assert(
      fc.property(cases, fc.nat(), (given, which) => {
        const gone = given.hosts[which % given.hosts.length]?.provider
        const before = planned(given)?.candidates ?? []
        const after = planned({ ...given, hosts: given.hosts.filter(({ provider }) => provider !== gone) })?.candidates ?? []
        // a name that stood for the host that is gone now stands for another
        fc.pre(given.model !== 'a/m' || gone !== given.hosts[0]?.provider)
        const left = before.filter(({ endpoint }) => endpoint.provider !== gone).map(place)
        const common = after.map(place).filter((one) => left.includes(one))
        expect(common).toEqual(left)
      }),
      { numRuns: 400 },
    )
  })

  it('names everybody: each host is a candidate, resting, or passed over with a reason', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const found = planned(given)
        if (found === undefined) return
        const named = new Set([...found.candidates.map(({ endpoint }) => endpoint.id), ...found.passedOver.map(({ endpoint }) => endpoint)])
        expect(given.hosts.filter(({ provider }) => !named.has(`${provider}/m`))).toEqual([])
      }),
    )
  })
})
