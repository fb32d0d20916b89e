/** What would be done with a request: read, opened, decided and planned as if it had come, and then not sent. Nothing is learned from it. */
import type { JsonObject } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { NanoUsd } from '../../shared/money.ts'
import type { Endpoint, RoutePlan } from '../../shared/routing.ts'
import type { AttemptStages } from './attempt/failover.ts'
import { Departure } from './departure.ts'
import { countInput, encodingOf, type InputCount } from './ledger/tokenizer.ts'
import type { Encoding } from './ledger/tokenizer-worker.ts'
import type { OwnRouting } from './own-routing.ts'
import type { Stages } from './pipeline.ts'
import { clientCodec } from './protocols/codecs.ts'
import type { Caller, ChatRequest, Incoming } from './request.ts'

/** What a request would cost somewhere, with its input counted where its tokenizer is known: that alone, and with as much output as it allows. undefined: the price is not known. */
export interface Reckoned {
  readonly input: NanoUsd | undefined
  readonly whole: NanoUsd | undefined
  readonly counted: InputCount
}

export interface Simulation {
  readonly plan: RoutePlan
  readonly reckon: (endpoint: Endpoint) => Promise<Reckoned>
  /** Where it would go without the user's own routing; undefined: nowhere. */
  readonly baseline: Endpoint | undefined
}

export interface SimulateStages {
  readonly own: Pick<OwnRouting, 'open' | 'decide'>
  readonly plan: Stages['plan']
  readonly reckon: AttemptStages['reckon']
}

/** @throws Failure what the client would be told */
export async function simulate(
  body: JsonObject,
  incoming: Pick<Incoming, 'dialect' | 'route' | 'headers'>,
  caller: Caller,
  { own, plan: planned, reckon }: SimulateStages,
): Promise<Simulation> {
  const opened = own.open(body, incoming)
  const read = requestOf(opened.body, incoming)
  const plan = await planned(own.decide(read, caller, opened.preset), caller)
  const counts = new Map<Encoding | undefined, Promise<InputCount>>()
  return {
    plan,
    reckon: async (endpoint) => {
      const encoding = encodingOf(endpoint)
      const counting = counts.get(encoding) ?? countInput(read.view, endpoint)
      counts.set(encoding, counting)
      const counted = await counting
      return { ...reckon(endpoint, read.view, counted.tokens), counted }
    },
    baseline: await baselineOf(read, caller, planned),
  }
}

async function baselineOf(request: ChatRequest, caller: Caller, planned: Stages['plan']): Promise<Endpoint | undefined> {
  try {
    return (await planned(request, caller)).candidates[0]?.endpoint
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
  return { id: 'simulated', wire: { codec, body, bytes }, view, sent: body, incoming: full, turn: undefined }
}
