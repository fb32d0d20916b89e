/** What would be done with a request: read, opened, decided and planned as if it had come, and then not sent. Nothing is learned from it. */
import type { ChatView, JsonObject } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { NanoUsd } from '../../shared/money.ts'
import type { Endpoint, RoutePlan } from '../../shared/routing.ts'
import { Departure } from './departure.ts'
import type { OwnRouting } from './own-routing.ts'
import { clientCodec } from './protocols/codecs.ts'
import type { Caller, ChatRequest, Incoming } from './request.ts'
import type { Router } from './router.ts'

/** What a request would cost somewhere: its input alone, and with as much output as it allows. undefined: the price is not known. */
export interface Reckoned {
  readonly input: NanoUsd | undefined
  readonly whole: NanoUsd | undefined
}

export interface Simulation {
  readonly plan: RoutePlan
  readonly reckon: (endpoint: Endpoint) => Reckoned
  /** Where it would go without the user's own routing; undefined: nowhere. */
  readonly baseline: Endpoint | undefined
  /** Shadow runs that would be drawn for. */
  readonly view: ChatView
}

export interface SimulateStages {
  readonly own: Pick<OwnRouting, 'open' | 'decide'>
  readonly router: Pick<Router, 'plan' | 'stages'>
}

/** @throws Failure what the client would be told */
export async function simulate(
  body: JsonObject,
  incoming: Pick<Incoming, 'dialect' | 'route' | 'headers'>,
  caller: Caller,
  { own, router }: SimulateStages,
): Promise<Simulation> {
  const opened = own.open(body, incoming)
  const read = requestOf(opened.body, incoming)
  const plan = await router.plan(own.decide(read, caller, opened.preset), caller)
  const { reckon } = router.stages()
  return { plan, reckon: (endpoint) => reckon(endpoint, read.view), baseline: await baselineOf(read, caller, router), view: read.view }
}

async function baselineOf(request: ChatRequest, caller: Caller, router: SimulateStages['router']): Promise<Endpoint | undefined> {
  try {
    return (await router.plan(request, caller)).candidates[0]?.endpoint
  } catch (thrown) {
    // a name of the user's own is no model without their routing
    if (thrown instanceof Failure && thrown.kind !== 'internal') return undefined
    throw thrown
  }
}

function requestOf(body: JsonObject, incoming: Pick<Incoming, 'dialect' | 'route' | 'headers'>): ChatRequest {
  const codec = clientCodec(incoming.dialect)
  const view = codec.readRequest(body, incoming.route)
  const bytes = Buffer.from(JSON.stringify(body))
  const full: Incoming = { ...incoming, body: bytes, presentedKey: undefined, source: 'playground', departure: new Departure(), framing: 'sse' }
  return { id: 'simulated', wire: { codec, body, bytes }, view, incoming: full, turn: undefined }
}
