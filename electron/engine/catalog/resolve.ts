/** From a name that a client wrote to the endpoint it means and the other hosts of that model. Pure: all facts come in. */
import type { EndpointId } from '../../../shared/ids.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import type { ProviderDefinition } from '../providers/define.ts'
import { type HostGroups, isFreeOfCharge, rankHosts } from './hosts.ts'
import { isOffered } from './offered.ts'
import type { PriceBook } from './price-book.ts'
import type { Resolution } from './resolution.ts'
import { splitSuffix } from './suffix.ts'

export interface HostIndex {
  readonly byId: ReadonlyMap<EndpointId, Endpoint>
  /** By name without provider. Of aggregators also without vendor. */
  readonly byBareName: ReadonlyMap<string, readonly Endpoint[]>
  readonly groups: HostGroups
}

export interface NameFacts extends HostIndex {
  readonly providers: ReadonlyMap<string, ProviderDefinition>
  readonly book: PriceBook | undefined
  readonly isUsable: (endpoint: Endpoint) => boolean
  /** A model that is not listed, by the name that was asked for. */
  readonly unlisted: (provider: ProviderDefinition, model: string) => Endpoint
}

/** undefined: nobody knows the name. */
export function resolveName(name: string, facts: NameFacts): Resolution | undefined {
  const known = facts.byId.get(name)
  if (known !== undefined) return found(known, facts)
  const split = isOwnEnding(name, facts) ? undefined : splitSuffix(name)
  if (split === undefined) return resolveSlowly(name, facts)
  const resolution = resolveName(split.base, facts)
  if (resolution?.is !== 'found') return resolution
  if (split.wish.onlyFree !== true) return { ...resolution, ...split.wish }
  const { endpoint } = resolution
  const free = facts.groups.free(endpoint.canonical)
  const first = isFreeOfCharge(endpoint) ? endpoint : (free.find(facts.isUsable) ?? free[0])
  return first && { ...found(first, facts), ...split.wish, alternatives: free.filter((host) => host.id !== first.id && facts.isUsable(host)) }
}

/** The hosts of the model that a name means, best known first; empty for a name nobody knows. */
export function hostsOf(name: string, facts: NameFacts): readonly Endpoint[] {
  const named = hostsNamed(name, facts)
  if (named.length > 0) return named
  const resolution = resolveName(name, facts)
  if (resolution?.is !== 'found') return []
  const { endpoint } = resolution
  const hosts = facts.groups.hosts(endpoint.canonical)
  return hosts.length > 0 ? hosts : facts.byId.has(endpoint.id) ? [endpoint] : []
}

export function bareNames(endpoint: Endpoint, providers: ReadonlyMap<string, ProviderDefinition>): readonly string[] {
  const provider = providers.get(endpoint.provider)
  // a made-up answer must have been asked for by its full name
  if (provider?.simulated) return []
  const withoutVendor = endpoint.upstreamModel.slice(endpoint.upstreamModel.lastIndexOf('/') + 1)
  return provider?.aggregates && withoutVendor !== endpoint.upstreamModel ? [endpoint.upstreamModel, withoutVendor] : [endpoint.upstreamModel]
}

function resolveSlowly(name: string, facts: NameFacts): Resolution | undefined {
  const { byId, byBareName, providers, book, unlisted } = facts
  const slash = name.indexOf('/')
  const provider = slash > 0 ? providers.get(name.slice(0, slash)) : undefined
  if (provider) {
    const asked = name.slice(slash + 1)
    if (provider.models || asked === '') return undefined
    const model = provider.spelling?.(asked) ?? asked
    const listed = byId.get(`${provider.id}/${model}`)
    return listed === undefined ? unlistedAt(unlisted(provider, model), name, facts) : found(listed, facts)
  }
  const hosts = hostsNamed(name, facts)
  if (hosts.length > 0) return firstOf(hosts, facts)
  const vendors = [...providers.values()].filter((candidate) => !candidate.aggregates && !candidate.models)
  const listed = new Set(byBareName.get(name))
  for (const vendor of vendors)
    for (const endpoint of byBareName.get(vendor.spelling?.(name) ?? name) ?? []) if (endpoint.provider === vendor.id) listed.add(endpoint)
  const firstParty = [...listed].filter((endpoint) => !providers.get(endpoint.provider)?.aggregates)
  if (firstParty.length > 0) return oneOf(firstParty, facts)
  // a dated or alternative name of a model whose usual name is listed
  const alternative = vendors.filter((vendor) => {
    const spelled = vendor.spelling?.(name) ?? name
    return isOffered(vendor.id, spelled) && book?.find(vendor.id, spelled) !== undefined
  })
  if (alternative.length > 0)
    return oneOf(
      alternative.map((vendor) => unlisted(vendor, vendor.spelling?.(name) ?? name)),
      facts,
    )
  return listed.size > 0 ? oneOf([...listed], facts) : undefined
}

/**
 * A vendor's model that the vendor does not list, such as its open weights. Others host it; the vendor is asked for it only where the user has a key there
 * and it is not known to be served elsewhere alone.
 */
function unlistedAt(endpoint: Endpoint, name: string, facts: NameFacts): Resolution | undefined {
  const hosts = hostsNamed(name, facts)
  const isElsewhere = hosts.length > 0 && hosts.every(({ provider }) => provider !== endpoint.provider)
  const isDoubtful = (endpoint.price === undefined && !isOffered(endpoint.provider, endpoint.upstreamModel)) || !facts.isUsable(endpoint)
  return isElsewhere && isDoubtful ? firstOf(hosts, facts) : found(endpoint, facts)
}

/** `author/model`, in any spelling: the hosts of that model. */
function hostsNamed(name: string, { book, groups }: NameFacts): readonly Endpoint[] {
  if (!name.includes('/')) return []
  const key = book?.names?.keyOf({ provider: 'openrouter', model: name })
  return key === undefined ? [] : groups.hosts(book?.names?.nameOf(key))
}

/** The name says no host, so one that can be used comes first. */
function firstOf(hosts: readonly Endpoint[], facts: NameFacts): Resolution | undefined {
  const first = hosts.find(facts.isUsable) ?? hosts[0]
  return first && found(first, facts)
}

function found(endpoint: Endpoint, { groups, isUsable }: NameFacts): Extract<Resolution, { is: 'found' }> {
  // who names a variant that is free of charge does not want to pay for another
  const isFree = endpoint.upstreamModel.endsWith(':free')
  const hosts = isFree ? groups.free(endpoint.canonical) : groups.hosts(endpoint.canonical)
  const alternatives = hosts.filter((host) => host.provider !== endpoint.provider && isUsable(host))
  return { is: 'found', endpoint, alternatives, ...(isFree && { onlyFree: true }) }
}

/** Several hosts of one model are one model; several models of one name are a question. */
function oneOf(endpoints: readonly Endpoint[], facts: NameFacts): Resolution | undefined {
  const models = new Set(endpoints.map(({ canonical, id }) => canonical ?? id))
  if (models.size > 1) return { is: 'ambiguous', candidates: endpoints.map(({ id }) => id) }
  return firstOf(rankHosts(endpoints), facts)
}

/** Whether the ending is one that this provider itself gives meaning to: OpenRouter's variants, the tags of local servers. */
function isOwnEnding(name: string, { providers }: NameFacts): boolean {
  const provider = providers.get(name.slice(0, Math.max(0, name.indexOf('/'))))
  return provider !== undefined && (provider.runsLocally || provider.id === 'openrouter')
}
