/** The routing part of the fake engine: a file in memory, some places that are well and some that are not. */

import type { PlaceHealth, RoutingVersion, routingApi } from '../../shared/api/routing.ts'
import { ApiError, type Handlers } from '../../shared/contract.ts'
import { inputMessageThere } from '../../shared/messages/input.ts'
import type { OwnRoutingMessage } from '../../shared/messages/own-routing.ts'
import type { Refusal } from '../../shared/messages/refusals.ts'
import type { RouteReason } from '../../shared/messages/routing.ts'
import { asNanoUsd } from '../../shared/money.ts'
import { type RoutingConfig, routingConfigSchema } from '../../shared/routing-config.ts'
import { MODELS } from './fake-models.ts'

const FIRST: RoutingConfig = routingConfigSchema.parse({
  version: 1,
  aliases: {
    fast: { models: [{ model: 'groq/llama-3.3-70b-versatile' }, { model: 'openai/gpt-5-mini' }] },
    smart: { models: [{ model: 'anthropic/claude-sonnet-4-5' }], note: 'For reviews.' },
  },
  presets: { terse: { models: ['openai/gpt-5-mini'], parameters: { temperature: 0.2, max_tokens: 400 }, system: 'Answer in one sentence.' } },
  rules: [
    {
      name: 'Long prompts to the larger context',
      when: { inputTokens: { min: 100_000 } },
      actions: [{ do: 'route', models: ['google/gemini-2.5-pro'] }],
    },
    { name: 'No spending at night', enabled: false, when: { hours: { from: 22, to: 6 } }, actions: [{ do: 'deny', message: 'Not at night.' }] },
  ],
  fallbacks: [{ models: ['*'], on: ['context-too-long'], to: ['google/gemini-2.5-pro'] }],
  splits: [],
  shadows: [{ name: 'Try Haiku', to: 'anthropic/claude-haiku-4-5', share: 0.05, mostUsdPerDay: 1 }],
})

const PLACES: readonly PlaceHealth[] = [
  {
    endpoint: 'openai/gpt-5-mini',
    credential: 'cred-1',
    keyLabel: 'Work',
    standing: { is: 'well' },
    calls: 42,
    errorRate: 0,
    firstEventMs: { p50: 420, p95: 910 },
    tokensPerSecond: 88.4,
  },
  {
    endpoint: 'anthropic/claude-sonnet-4-5',
    credential: 'cred-3',
    keyLabel: 'Team',
    standing: { is: 'resting', until: 0, because: 'failures', why: { code: 'failed-in-a-row', times: 3, ms: 8_000 } satisfies RouteReason },
    calls: 9,
    errorRate: 0.6667,
    firstEventMs: { p50: 1_320, p95: 4_100 },
    tokensPerSecond: 41,
  },
]

export function fakeRouting(onChange: () => void): Handlers<typeof routingApi> {
  let config = FIRST
  let serial = 1
  let places = PLACES
  const versions: RoutingVersion[] = []
  const state = () => ({ config, revision: `revision-${serial}`, path: '/home/you/.config/Switchyard/routing.json' })
  const check = (value: unknown) => {
    const parsed = routingConfigSchema.safeParse(value)
    if (!parsed.success) {
      return {
        config: undefined,
        problems: parsed.error.issues.map((issue) => ({ at: issue.path.join('.'), message: inputMessageThere(issue) })),
        warnings: [],
      }
    }
    const warnings = parsed.data.shadows.flatMap(({ to }, place) =>
      MODELS.some(({ id }) => id === to) ? [] : [{ at: `shadows.${place}.to`, message: { code: 'nobody-serves', model: to } satisfies Refusal }],
    )
    return { config: parsed.data, problems: [], warnings }
  }
  return {
    'routing.get': state,
    'routing.reload': state,
    'routing.save': ({ config: wanted, revision }) => {
      const { config: valid, problems, warnings } = check(wanted)
      if (valid === undefined) return { saved: false, problems, warnings }
      if (revision !== `revision-${serial}`) throw new ApiError('conflict', { code: 'routing-changed' })
      versions.unshift({ version: 1, savedAt: Date.now(), config })
      config = valid
      serial++
      onChange()
      return { saved: true, ...state() }
    },
    'routing.check': ({ config: wanted }) => check(wanted),
    'routing.versions': () => versions.map((each, index) => ({ ...each, version: index + 1 })),
    'routing.simulate': ({ body }) => {
      const requested = String(body.model)
      const names = config.aliases[requested]?.models.map(({ model }) => model) ?? [requested]
      return {
        ...{
          requested,
          decidedBy: (names[0] === requested ? { code: 'pinned', fallbacks: 0 } : { code: 'by-alias', alias: requested }) satisfies OwnRoutingMessage,
          passedOver: [],
          resting: [],
        },
        trail: names[0] === requested ? [] : [{ code: 'alias-step', alias: requested, models: names } satisfies OwnRoutingMessage],
        candidates: names.map((endpoint) => ({
          ...{
            endpoint,
            credential: undefined,
            why: { code: 'asked-for' } satisfies RouteReason,
            inputCost: asNanoUsd(12_000),
            mostCost: asNanoUsd(8_204_000),
            inputTokens: 12,
            estimated: true,
          },
        })),
        baseline:
          names[0] === requested
            ? { endpoint: requested, inputCost: asNanoUsd(12_000), mostCost: asNanoUsd(8_204_000), inputTokens: 12, estimated: true }
            : undefined,
      }
    },
    'routing.replay': async function* ({ most }) {
      yield { type: 'progress', looked: 20, most }
      yield {
        type: 'result',
        totals: {
          ...{ looked: 60, same: 41, moved: 14, denied: 1, refused: 0, notKept: 4, unpriced: 2 },
          ...{ costThen: asNanoUsd(182_000_000), costNow: asNanoUsd(97_000_000) },
        },
        moves: [{ from: 'anthropic/claude-sonnet-4-5', to: 'openai/gpt-5-mini', count: 14, example: 'past-1' }],
      }
    },
    'routing.results': () => ({
      splits: [],
      shadows: (['shadow', 'original'] as const).map((arm) => ({
        ...{ name: 'Try Haiku', arm, requests: 12, failed: 0, unpriced: 0, cost: asNanoUsd(arm === 'shadow' ? 3_100_000 : 9_400_000) },
        firstEventMs: arm === 'shadow' ? { p50: 310, p95: 640 } : { p50: 520, p95: 1_150 },
        totalMs: arm === 'shadow' ? { p50: 1_900, p95: 4_200 } : { p50: 3_400, p95: 7_800 },
      })),
      pairs: [{ name: 'Try Haiku', shadow: 'past-0059', original: 'past-0058', at: Date.now() - 60_000 }],
    }),
    'routing.health': () => ({ places, offlineSince: undefined }),
    'routing.resetHealth': ({ endpoint }) => {
      places = places.map((place) => (place.endpoint === endpoint ? { ...place, standing: { is: 'well' } } : place))
      return null
    },
  }
}
