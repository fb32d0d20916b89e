import type { routingApi, SimulatedCandidate } from '../../../shared/api/routing.ts'
import type { JsonObject } from '../../../shared/chat.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import { Failure } from '../../../shared/failure.ts'
import type { Candidate } from '../../../shared/routing.ts'
import { PLAYGROUND_CALLER } from '../../engine/converse.ts'
import type { AdminStages } from './stages.ts'

export function routingHandlers(stages: Pick<AdminStages, 'simulate'>): Handlers<typeof routingApi> {
  return {
    'routing.simulate': async ({ dialect, body, model, headers }) => {
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
      const route = model === undefined ? {} : { model }
      try {
        const plan = await stages.simulate(body as JsonObject, { dialect, route, headers: lower }, PLAYGROUND_CALLER)
        const { requested, decidedBy, candidates, passedOver, resting = [] } = plan
        return {
          ...{ requested, decidedBy, passedOver, candidates: candidates.map(named) },
          resting: resting.map(({ candidate, until, because }) => ({ ...named(candidate), until, because })),
        }
      } catch (thrown) {
        // what a client would be told is what this is for
        if (thrown instanceof Failure && thrown.kind !== 'internal') throw new ApiError('bad-input', thrown.message, thrown.param)
        throw thrown
      }
    },
  }
}

function named({ endpoint, credential, why, score }: Candidate): SimulatedCandidate {
  return { endpoint: endpoint.id, credential, why, ...(score !== undefined && { score }) }
}
