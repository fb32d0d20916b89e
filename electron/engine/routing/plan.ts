/** Decides which endpoints may serve a request, in which order, and says why. Pure: all facts come in as arguments. */

import type { ChatView } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { CredentialId, EndpointId } from '../../../shared/ids.ts'
import type { Candidate, Endpoint, RoutePlan } from '../../../shared/routing.ts'
import type { Resolution } from '../catalog/catalog.ts'
import type { Caller } from '../request.ts'

/** What a provider's keys allow right now. */
export interface KeyFacts {
  readonly needsKey: boolean
  /** In the user's order, ready to be tried. */
  readonly ready: readonly { readonly id: CredentialId; readonly label: string }[]
  readonly notReady: readonly { readonly id: CredentialId; readonly label: string; readonly why: string; readonly readyInSeconds?: number }[]
}

export interface PlanFacts {
  readonly resolve: (model: string) => Resolution
  readonly keys: (provider: string) => KeyFacts
  /** The fields of this request that an endpoint's format could not carry; asked only where the client will have all of them carried. */
  readonly cannotCarry: (endpoint: Endpoint) => readonly string[]
}

/**
 * Candidates in the order of the models asked for, each with every ready key of its provider.
 * @throws Failure 'unknown-model' (near names listed), 'forbidden', 'no-credential' or 'rate-limited' when nothing is left to try.
 */
export function planRoute(view: ChatView, caller: Caller, facts: PlanFacts): RoutePlan {
  const names = [view.model, ...view.routing.fallbackModels]
  const candidates: Candidate[] = []
  const passedOver: { endpoint: EndpointId; why: string }[] = []
  let refusal: Failure | undefined
  for (const [place, name] of names.entries()) {
    const found = candidatesFor(name, view, caller, facts, place === 0 ? 'the model asked for' : `fallback ${place}`)
    candidates.push(...found.candidates)
    passedOver.push(...found.passedOver)
    refusal ??= found.refusal
  }
  if (candidates.length === 0) throw refusal ?? new Failure('unknown-model', 'No model was named.', { param: 'model' })
  return {
    requested: view.model,
    decidedBy: names.length === 1 ? 'pinned' : `pinned, with ${names.length - 1} fallback${names.length === 2 ? '' : 's'}`,
    candidates,
    passedOver,
  }
}

interface Found {
  readonly candidates: readonly Candidate[]
  readonly passedOver: readonly { readonly endpoint: EndpointId; readonly why: string }[]
  readonly refusal: Failure | undefined
}

function candidatesFor(name: string, view: ChatView, caller: Caller, facts: PlanFacts, reason: string): Found {
  const resolution = facts.resolve(name)
  if (resolution.is !== 'found') return { candidates: [], passedOver: [{ endpoint: name, why: 'no such model' }], refusal: unknownModel(name, resolution) }
  const { endpoint } = resolution
  const not = (why: string, refusal: Failure): Found => ({ candidates: [], passedOver: [{ endpoint: endpoint.id, why }], refusal })
  if (caller.opens === 'simulated-models' && !endpoint.simulated) {
    return not(
      'this key opens the simulated demo/* models only',
      new Failure(
        'forbidden',
        `The public demo key opens the simulated demo/* models only, not '${endpoint.id}'. Make a key of your own on the Connect screen.`,
      ),
    )
  }
  // reasoning is a wish: a model that cannot still answers, and clients such as Claude Code ask every model for it
  const missing = endpoint.can === undefined ? undefined : [...view.needs].find((need) => need !== 'reasoning' && endpoint.can?.has(need) === false)
  if (missing !== undefined)
    return not(`cannot do ${missing}`, new Failure('unsupported-parameter', `${endpoint.id} cannot do ${missing}, which this request needs.`))
  const lost = view.routing.requireParameters ? facts.cannotCarry(endpoint) : []
  if (lost.length > 0) {
    const why = `cannot carry ${lost.join(', ')}, and provider.require_parameters is set`
    return not(why, new Failure('unsupported-parameter', `${endpoint.id} ${why}.`))
  }
  const keys = facts.keys(endpoint.provider)
  if (keys.ready.length > 0) {
    const candidates = keys.ready.map(
      (key, order): Candidate => ({
        endpoint,
        credential: key.id,
        why: keys.ready.length === 1 ? reason : `${reason}, key ${order + 1} of ${keys.ready.length} (${key.label})`,
      }),
    )
    return { candidates, passedOver: keys.notReady.map((key) => ({ endpoint: endpoint.id, why: `key '${key.label}': ${key.why}` })), refusal: undefined }
  }
  if (!keys.needsKey) return { candidates: [{ endpoint, credential: undefined, why: reason }], passedOver: [], refusal: undefined }
  if (keys.notReady.length === 0)
    return not('no key', new Failure('no-credential', `There is no key for ${endpoint.provider} yet. Add one on the Providers screen.`))
  return not(keys.notReady.map((key) => `key '${key.label}': ${key.why}`).join('; '), allKeysResting(endpoint, keys))
}

function allKeysResting(endpoint: Endpoint, keys: KeyFacts): Failure {
  const waits = keys.notReady.flatMap((key) => (key.readyInSeconds === undefined ? [] : [key.readyInSeconds]))
  const reasons = keys.notReady.map((key) => `'${key.label}': ${key.why}`).join('; ')
  if (waits.length > 0)
    return new Failure('rate-limited', `Every key of ${endpoint.provider} is resting (${reasons}).`, {
      retryAfterSeconds: Math.max(1, Math.ceil(Math.min(...waits))),
    })
  return new Failure('no-credential', `No key of ${endpoint.provider} can be used (${reasons}). See the Providers screen.`)
}

function unknownModel(name: string, resolution: Exclude<Resolution, { is: 'found' }>): Failure {
  const facts = { param: 'model', code: 'model_not_found' }
  if (name === '') return new Failure('unknown-model', 'The request names no model.', facts)
  if (resolution.is === 'ambiguous')
    return new Failure('unknown-model', `Several providers serve '${name}'. Say which: ${resolution.candidates.join(', ')}.`, facts)
  const near = resolution.near.length === 0 ? 'GET /v1/models lists all.' : `Near names: ${resolution.near.join(', ')}.`
  return new Failure('unknown-model', `There is no model '${name}'. ${near}`, facts)
}
