import type { OwnRoutingState, PlaceHealth, RoutingCheck, routingApi, SimulatedCandidate, SimulatedPlan, SimulatedPrice } from '../../../shared/api/routing.ts'
import type { JsonObject } from '../../../shared/chat.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import { Failure } from '../../../shared/failure.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import type { Candidate } from '../../../shared/routing.ts'
import type { RoutingConfig } from '../../../shared/routing-config.ts'
import { PLAYGROUND_CALLER } from '../../engine/converse.ts'
import type { Simulation } from '../../engine/simulate.ts'
import { RoutingChanged } from '../../engine/storage/routing-file.ts'
import { checkRouting } from './routing-check.ts'
import type { AdminStages } from './stages.ts'

type Stages = Pick<AdminStages, 'simulate' | 'routingFile' | 'catalog' | 'live' | 'ledger' | 'storage' | 'now' | 'health' | 'credentials' | 'replay'>

const DAY_MS = 86_400_000

export function routingHandlers(stages: Stages): Handlers<typeof routingApi> {
  const { routingFile, live, health } = stages
  const check = async (config: unknown): Promise<RoutingCheck> => {
    await stages.catalog.ready()
    return checkRouting(config, (model) => stages.catalog.resolve(model).is !== 'unknown')
  }
  const checkedDraft = async (config: unknown): Promise<RoutingConfig> => {
    const checked = await check(config)
    const [problem] = checked.problems
    if (checked.config === undefined) throw new ApiError('bad-input', { code: 'problem-at', at: problem?.at ?? '', problem: problem?.message ?? '' }, 'config')
    return checked.config
  }
  const state = (): OwnRoutingState => ({ ...routingFile.current, path: routingFile.path })
  const changed = (): void => {
    // lists of models hold names of the user's own
    for (const topic of ['routing', 'models'] as const) live.changed(topic)
  }
  return {
    'routing.get': state,
    'routing.reload': () => {
      try {
        routingFile.reload()
      } catch (thrown) {
        throw new ApiError('bad-input', saidBy(thrown), 'file')
      }
      changed()
      return state()
    },
    'routing.save': async ({ config, revision }) => {
      const { config: valid, problems, warnings } = await check(config)
      if (valid === undefined) return { saved: false, problems, warnings }
      try {
        routingFile.save(valid, revision)
      } catch (thrown) {
        if (thrown instanceof RoutingChanged) throw new ApiError('conflict', saidBy(thrown))
        throw thrown
      }
      changed()
      return { saved: true, ...state() }
    },
    'routing.check': ({ config }) => check(config),
    'routing.versions': () => routingFile.versions(),
    'routing.simulate': async ({ dialect, body, model, headers, config }) => {
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
      const route = model === undefined ? {} : { model }
      const draft = config === undefined ? undefined : await checkedDraft(config)
      // names with a provider are found before there are prices
      await stages.catalog.ready()
      try {
        return await shown(await stages.simulate(body as JsonObject, { dialect, route, headers: lower }, PLAYGROUND_CALLER, draft))
      } catch (thrown) {
        // what a client would be told is what this is for
        if (thrown instanceof Failure && thrown.kind !== 'internal') throw new ApiError('bad-input', saidBy(thrown), thrown.param)
        throw thrown
      }
    },
    'routing.replay': async function* ({ config, most }, signal) {
      const draft = config === undefined ? undefined : await checkedDraft(config)
      await stages.ledger.flush()
      yield* stages.replay(draft, most, signal)
    },
    'routing.results': async ({ days }) => {
      await stages.ledger.flush()
      return stages.storage.routingResults(stages.now() - days * DAY_MS)
    },
    'routing.health': () => {
      const labels = new Map(stages.credentials.list().map(({ id, label }) => [id, label]))
      const places = health.list().map((place): PlaceHealth => ({ ...place, keyLabel: place.credential && labels.get(place.credential) }))
      return { places, offlineSince: health.offlineSince }
    },
    'routing.resetHealth': ({ endpoint, credential }) => {
      health.reset({ endpoint, credential })
      return null
    },
  }
}

async function shown({ plan, reckon, baseline }: Simulation): Promise<SimulatedPlan> {
  const price = async (endpoint: Candidate['endpoint']): Promise<SimulatedPrice> => {
    const { input, whole, counted } = await reckon(endpoint)
    return { inputCost: input, mostCost: whole, inputTokens: counted.tokens, estimated: counted.estimated }
  }
  const named = async ({ endpoint, credential, why, score, after }: Candidate): Promise<SimulatedCandidate> => ({
    ...{ endpoint: endpoint.id, credential, why, ...(await price(endpoint)) },
    ...(score !== undefined && { score }),
    ...(after !== undefined && { after }),
  })
  const { requested, decidedBy, candidates, passedOver, resting = [], trail = [] } = plan
  return {
    ...{ requested, decidedBy, passedOver, trail, candidates: await Promise.all(candidates.map(named)) },
    resting: await Promise.all(resting.map(async ({ candidate, until, because }) => ({ ...(await named(candidate)), until, because }))),
    baseline: baseline && { endpoint: baseline.id, ...(await price(baseline)) },
  }
}
