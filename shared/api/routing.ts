import { z } from 'zod'
import { reads } from '../contract.ts'
import type { EndpointId } from '../ids.ts'
import type { Candidate, RoutePlan } from '../routing.ts'

/** A plan that was only made, with its endpoints by name. */
export interface SimulatedPlan extends Pick<RoutePlan, 'requested' | 'decidedBy' | 'passedOver'> {
  readonly candidates: readonly SimulatedCandidate[]
  /** Waited for when nobody else is left; `until` as milliseconds since the Unix epoch. */
  readonly resting: readonly (SimulatedCandidate & { readonly until: number; readonly because: 'limit' | 'failures' })[]
}

export interface SimulatedCandidate extends Pick<Candidate, 'credential' | 'why' | 'score'> {
  readonly endpoint: EndpointId
}

export const routingApi = {
  /** What would be done with a request; nothing is sent, and nothing is learned from it. A request that is refused is a failure of the call. */
  'routing.simulate': reads(
    z.object({
      dialect: z.enum(['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini', 'cohere-v2', 'ollama-chat', 'openai-completions', 'ollama-generate']),
      body: z.record(z.string(), z.json()),
      /** Of a Gemini request, whose URL names it. */
      model: z.string().max(300).optional(),
      headers: z.record(z.string(), z.string()).default({}),
    }),
  ).returns<SimulatedPlan>(),
}
