/** Why a request gets no model: keys, names, budgets, rules. */

import type { Need } from '../chat.ts'
import type { Ms } from '../ids.ts'
import { formatUsd, type NanoUsd } from '../money.ts'
import type { GuardPattern } from '../routing-config.ts'
import type { MessageOf, Said, Sentences } from './message.ts'
import { GUARDED } from './own-routing.ts'

const OLLAMA_HINT =
  ' Unlike Ollama, Switchyard asks every tool for one, since it spends on your keys; most Ollama clients send OLLAMA_API_KEY, or take headers.'

export const ACCESS_REFUSALS = {
  'wants-client-key': ({ demoKey, ollama }: { demoKey: string; ollama: boolean }) =>
    `This endpoint wants a client key: send it as 'Authorization: Bearer ...', 'x-api-key' or 'x-goog-api-key'. Make one on the Connect screen; '${demoKey}' opens the demo models.${ollama ? OLLAMA_HINT : ''}`,
  'demo-key-off': () => 'The public demo key is turned off in the settings.',
  'unknown-client-key': () => 'This client key is not known here. Keys are made and revoked on the Connect screen.',
  'demo-models-only': ({ endpoint }: { endpoint: string }) =>
    `The public demo key opens the simulated demo/* models only, not '${endpoint}'. Make a key of your own on the Connect screen.`,

  'no-model-named': () => 'No model was named.',
  'names-no-model': () => 'The request names no model.',
  'several-serve': ({ model, endpoints }: { model: string; endpoints: readonly string[] }) =>
    `Several providers serve '${model}'. Say which: ${endpoints.join(', ')}.`,
  'unknown-model': ({ model, near }: { model: string; near: readonly string[] }) =>
    `There is no model '${model}'. ${near.length === 0 ? 'GET /v1/models lists all.' : `Near names: ${near.join(', ')}.`}`,
  'no-host-left': ({ endpoint, why }: { endpoint: string; why: Said }, say) => `No host is left for this request: ${endpoint} ${say(why)}.`,
  'cannot-serve': ({ endpoint, need }: { endpoint: string; need: Need }) => `${endpoint} cannot do ${need}, which this request needs.`,
  'endpoint-is': ({ endpoint, why }: { endpoint: string; why: Said }, say) => `${endpoint} ${say(why)}.`,
  'ask-several-times': ({ endpoint, why }: { endpoint: string; why: Said }, say) => `${endpoint} ${say(why)}. Ask several times instead.`,
  'no-model-to-choose': () => 'There is no model to choose from. Add a key on the Providers screen.',
  'none-can': ({ reasons }: { reasons: readonly { models: number; why: Said }[] }, say) =>
    `No model can serve this request: ${reasons.map(({ models, why }) => `${models} ${say(why)}`).join('; ')}.`,

  'no-key-yet': ({ provider }: { provider: string }) => `There is no key for ${provider} yet. Add one on the Providers screen.`,
  'no-key-usable': ({ provider, keys }: { provider: string; keys: readonly { label: string; why: Said }[] }, say) =>
    `No key of ${provider} can be used (${keys.map(({ label, why }) => `'${label}': ${say(why)}`).join('; ')}). See the Providers screen.`,
  'key-deleted': () => 'This key has been deleted.',
  'key-in-other-vault': ({ label }: { label: string }) => `The key '${label}' rests in another vault than the one chosen now.`,
  'key-unreadable': ({ label, said }: { label: string; said: Said }, say) => `The key '${label}' cannot be read. ${say(said)}`,
  'key-not-there': ({ label }: { label: string }) => `The key '${label}' is no longer where it was stored: enter it again.`,

  'preset-names-none': ({ preset }: { preset: string }) => `The preset '${preset}' names no model. Name one beside it: model@preset/${preset}.`,
  'unknown-preset': ({ preset, near }: { preset: string; near: readonly string[] }) =>
    `There is no preset '${preset}'. ${near.length === 0 ? 'There are none yet: make one on the Routing screen.' : `Near names: ${near.join(', ')}.`}`,
  guarded: ({ rule, found }: { rule: string; found: GuardPattern }) =>
    `The rule '${rule}' of this gateway lets no ${GUARDED[found]} out, and the request holds one.`,

  /** `client` undefined: the budget of all clients. `left` below 0 where more was spent. */
  'budget-holds': ({ client, period, limit, left, why, resetsAt }: BudgetHolds, say) => {
    const whose = client === undefined ? 'The budget for all clients' : `The budget of the client key '${client}'`
    const standing = left <= 0 ? 'is used up' : `has ${formatUsd(left)} left`
    return `${whose} for this ${period} (${formatUsd(limit)}) ${standing}: ${say(why)}. It begins anew at ${new Date(resetsAt).toISOString()}.`
  },

  'body-not-json': ({ where }: { where: string }) => `The body is not valid JSON: ${where}.`,
  'body-no-object': () => 'The body must be a JSON object.',
} satisfies Sentences

interface BudgetHolds {
  readonly client: string | undefined
  readonly period: 'day' | 'month'
  readonly limit: NanoUsd
  readonly left: NanoUsd
  readonly why: Said
  readonly resetsAt: Ms
}

export type AccessRefusal = MessageOf<typeof ACCESS_REFUSALS>
