/** A past request as a question for the playground, and models that could have answered it for less. Pure. */
import type { PastQuestion } from '../../shared/api/traffic.ts'
import { TIERS } from '../../shared/auto.ts'
import type { ChatView, Message } from '../../shared/chat.ts'
import type { EndpointId } from '../../shared/ids.ts'
import type { Endpoint } from '../../shared/routing.ts'
import { estimateInput } from './ledger/estimate.ts'
import { tierOf } from './routing/auto/tiers.ts'

/** Beside the model that answered. */
const CHEAPER_MODELS = 2
/** As automatic routing and the router weigh a price: three parts input to one of output. */
const INPUT_PARTS = 3

export function pastQuestion(view: ChatView, served: EndpointId, endpoints: readonly Endpoint[]): PastQuestion {
  const spoken = view.messages.filter(({ role }) => role === 'user' || role === 'assistant')
  const system = view.messages
    .filter(({ role }) => role === 'system')
    .map(textOf)
    .join('\n\n')
  const only = spoken.length === 1 ? spoken[0] : undefined
  const prompt =
    only === undefined ? spoken.map((message) => `${message.role === 'user' ? 'User' : 'Assistant'}: ${textOf(message)}`).join('\n\n') : textOf(only)
  return {
    system,
    prompt,
    turns: spoken.length,
    filesLeftOut: view.messages.flatMap(({ parts }) => parts).filter(({ type }) => type === 'image' || type === 'document').length,
    models: [served, ...cheaper(view, served, endpoints).map(({ id }) => id)],
    maxOutputTokens: view.maxOutputTokens,
    temperature: view.temperature,
  }
}

/** The ablest first, and of the equally able the cheapest; each model once, whoever hosts it. */
export function cheaper(view: Pick<ChatView, 'needs' | 'messages' | 'tools'>, served: EndpointId, endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const now = endpoints.find(({ id }) => id === served)
  const limit = now === undefined ? undefined : priceOf(now)
  const inputTokens = estimateInput(view)
  const fitting = endpoints
    .filter((each) => each.id !== served && (each.canonical === undefined || each.canonical !== now?.canonical) && each.simulated === (now?.simulated ?? false))
    .filter(({ can, limits }) => [...view.needs].every((need) => can?.has(need) !== false) && (limits.context ?? Number.POSITIVE_INFINITY) > inputTokens)
    .map((endpoint) => ({ endpoint, price: priceOf(endpoint), rank: rankOf(endpoint) }))
    // simulated models cost nothing, so they are compared with each other
    .filter(({ price, endpoint }) => endpoint.simulated || (price !== undefined && (limit === undefined || price < limit)))
    .sort((one, other) => other.rank - one.rank || (one.price ?? 0) - (other.price ?? 0))
  const chosen: Endpoint[] = []
  for (const { endpoint } of fitting) {
    if (chosen.length === CHEAPER_MODELS) break
    if (!chosen.some(({ canonical }) => canonical !== undefined && canonical === endpoint.canonical)) chosen.push(endpoint)
  }
  return chosen
}

/** Micro-USD per million tokens; undefined: a part of it is unknown. */
function priceOf({ price }: Endpoint): number | undefined {
  const { input, output } = price?.microUsdPerMillion ?? {}
  return input === undefined || output === undefined ? undefined : (input * INPUT_PARTS + output) / (INPUT_PARTS + 1)
}

function rankOf({ id, price }: Endpoint): number {
  return TIERS.indexOf(tierOf(id, price?.microUsdPerMillion).tier)
}

function textOf({ parts }: Message): string {
  return parts
    .map((part) => (part.type === 'text' ? part.text : ''))
    .filter((text) => text !== '')
    .join('\n')
}
