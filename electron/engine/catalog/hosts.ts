/** The hosts of one model, best known first. */
import type { Endpoint } from '../../../shared/routing.ts'
import { identify } from './canonical.ts'

/** A prompt is usually several times as long as its answer: https://openrouter.ai/rankings gives about three to one. */
const INPUT_SHARE = 3

/** What a million tokens cost in the usual mix; unknown comes last. */
export function blendedPrice({ price }: Endpoint): number {
  const { input, output } = price?.microUsdPerMillion ?? {}
  return input === undefined || output === undefined ? Number.POSITIVE_INFINITY : (INPUT_SHARE * input + output) / (INPUT_SHARE + 1)
}

export function isFreeOfCharge({ price }: Endpoint): boolean {
  const { input, output } = price?.microUsdPerMillion ?? {}
  return input === 0 && output === 0
}

/** They pass requests on to other hosts, so one stage more stands between. */
const RESELLERS: ReadonlySet<string> = new Set([
  ...['openrouter', 'huggingface', 'vercel', 'requesty', 'helicone', 'poe', 'aihubmix', 'opencode-zen', 'zenmux', 'fastrouter', 'nano-gpt', 'cortecs'],
])

/** The vendor's own first, then hosts before resellers, then by price. One a provider: the cheapest. */
export function rankHosts(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const rank = (endpoint: Endpoint): number => (RESELLERS.has(endpoint.provider) ? 2 : isVendor(endpoint) ? 0 : 1)
  const sorted = endpoints.toSorted((a, b) => rank(a) - rank(b) || compare(blendedPrice(a), blendedPrice(b)))
  const seen = new Set<string>()
  return sorted.filter(({ provider }) => !seen.has(provider) && seen.add(provider))
}

/** Whether the model is made by whom it is called at. */
function isVendor({ provider, upstreamModel, canonical }: Endpoint): boolean {
  if (upstreamModel.includes('/') || canonical === undefined) return false
  const author = identify({ provider, model: upstreamModel })?.author
  return author !== undefined && canonical.startsWith(`${author}/`) && VENDORS.has(provider)
}

const VENDORS: ReadonlySet<string> = new Set([
  ...['openai', 'anthropic', 'google', 'mistral', 'cohere', 'deepseek', 'xai', 'moonshot', 'zai', 'alibaba', 'minimax', 'perplexity', 'xiaomi'],
])

/** Infinity less infinity is no number. */
function compare(first: number, second: number): number {
  return first === second ? 0 : first - second
}

/** The endpoints of each model, ranked when somebody asks. Variants that are free of charge stand apart, for they have other limits. */
export class HostGroups {
  readonly #groups = new Map<string, Endpoint[]>()
  readonly #ranked = new Map<string, { readonly hosts: readonly Endpoint[]; readonly free: readonly Endpoint[] }>()

  add(endpoint: Endpoint): void {
    const { canonical } = endpoint
    if (canonical === undefined) return
    const group = this.#groups.get(canonical)
    if (group) group.push(endpoint)
    else this.#groups.set(canonical, [endpoint])
  }

  /** Best known first, one a provider. @param canonical `author/model` */
  hosts(canonical: string | undefined): readonly Endpoint[] {
    return this.#rankedOf(canonical)?.hosts ?? []
  }

  /** Those that charge nothing. */
  free(canonical: string | undefined): readonly Endpoint[] {
    return this.#rankedOf(canonical)?.free ?? []
  }

  #rankedOf(canonical: string | undefined) {
    const group = canonical === undefined ? undefined : this.#groups.get(canonical)
    if (canonical === undefined || group === undefined) return undefined
    const before = this.#ranked.get(canonical)
    if (before !== undefined) return before
    const isFreeVariant = (endpoint: Endpoint): boolean => endpoint.upstreamModel.endsWith(':free') && isFreeOfCharge(endpoint)
    const made = { hosts: rankHosts(group.filter((endpoint) => !isFreeVariant(endpoint))), free: rankHosts(group.filter(isFreeOfCharge)) }
    this.#ranked.set(canonical, made)
    return made
  }
}
