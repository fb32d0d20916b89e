import type { ModelRow, ProviderSummary, providersApi } from '../../../shared/api/providers.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import type { CatalogMessage } from '../../../shared/messages/catalog.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import type { ModelsConfig } from '../../../shared/models-config.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import { reachOf, refusal } from '../../engine/attempt/address.ts'
import { cancelRuleOf } from '../../engine/catalog/billing-rules.ts'
import type { Resolution } from '../../engine/catalog/catalog.ts'
import { autoModels, ownModels } from '../../engine/own-models.ts'
import type { ProviderDefinition } from '../../engine/providers/define.ts'
import type { AdminStages } from './stages.ts'

export function providersHandlers(stages: AdminStages): Handlers<typeof providersApi> {
  const { live } = stages
  const isCustom = (id: string): boolean => stages.settings().customProviders.some((custom) => custom.id === id)
  const summaries = async (): Promise<readonly ProviderSummary[]> => {
    await stages.catalog.ready()
    const counts = new Map<string, number>()
    for (const endpoint of stages.catalog.endpoints()) counts.set(endpoint.provider, (counts.get(endpoint.provider) ?? 0) + 1)
    return [...stages.providers().values()].map((provider) => summaryOf(provider, stages, counts.get(provider.id) ?? 0, isCustom(provider.id)))
  }
  const changed = (): void => {
    live.changed('providers')
    live.changed('models')
  }
  return {
    'providers.list': summaries,
    'providers.addCustom': async (custom) => {
      if (stages.providers().has(custom.id)) throw new ApiError('conflict', { code: 'provider-exists', provider: custom.id }, 'id')
      const baseUrl = custom.baseUrl.replace(/\/+$/, '')
      await allowed(new URL(baseUrl), custom.inPrivateNetwork === true)
      stages.updateSettings({ customProviders: [...stages.settings().customProviders, { ...custom, baseUrl }] })
      changed()
      const added = (await summaries()).find((provider) => provider.id === custom.id)
      if (added === undefined) throw new ApiError('internal', { code: 'provider-lost' })
      return added
    },
    'providers.removeCustom': async ({ id }) => {
      if (!isCustom(id)) throw new ApiError('not-found', { code: 'not-your-provider' })
      for (const credential of stages.credentials.list()) if (credential.provider === id) await stages.credentials.delete(credential.id)
      stages.updateSettings({ customProviders: stages.settings().customProviders.filter((custom) => custom.id !== id) })
      changed()
      return null
    },
    'providers.probeLocal': async () => {
      if (await stages.localServers.probe(stages.providers().values())) changed()
      return summaries()
    },
    'models.list': async () => {
      await stages.catalog.ready()
      const resolve = (model: string): Resolution => stages.catalog.resolve(model)
      return [
        ...[...ownModels(stages.routingFile.current.config, resolve), ...autoModels(stages.settings().auto)].map((endpoint) => ownModelRow(endpoint)),
        ...toldApart([...stages.catalog.endpoints(), ...stages.catalog.otherEndpoints()].map((endpoint) => modelRow(endpoint, stages))),
      ]
    },
  }
}

/** @throws ApiError 'not-found' */
export async function providerSummary(id: string, stages: AdminStages): Promise<ProviderSummary> {
  const provider = stages.providers().get(id)
  if (provider === undefined) throw new ApiError('not-found', { code: 'provider-gone', provider: id })
  await stages.catalog.ready()
  const modelCount = [...stages.catalog.endpoints()].filter((endpoint) => endpoint.provider === id).length
  return summaryOf(
    provider,
    stages,
    modelCount,
    stages.settings().customProviders.some((custom) => custom.id === id),
  )
}

/** @throws ApiError 'bad-input' for an address that no model is served from, one that holds a password, or one in a private network that nobody said yes to */
export async function allowed({ hostname, username, password }: URL, inPrivateNetwork: boolean): Promise<void> {
  if (username !== '' || password !== '') throw new ApiError('bad-input', { code: 'password-in-address' }, 'baseUrl')
  // a name that is unknown here and now, such as on a train, is looked at again at every call
  const reach = await reachOf(hostname).catch(() => 'public' as const)
  if (reach === 'forbidden') throw new ApiError('bad-input', saidBy(refusal(hostname, reach)), 'baseUrl')
  if (reach === 'private-network' && !inPrivateNetwork) throw new ApiError('bad-input', { code: 'in-private-network', host: hostname }, 'inPrivateNetwork')
}

function summaryOf(provider: ProviderDefinition, stages: AdminStages, modelCount: number, custom: boolean): ProviderSummary {
  const { kind } = provider.authorization
  const { customProviders, baseUrls, privateBaseUrls, routing } = stages.settings()
  const made = custom ? customProviders.find(({ id }) => id === provider.id) : undefined
  const moved = baseUrls[provider.id]
  const contract = routing.dataPolicies[provider.id]
  return {
    id: provider.id,
    name: provider.name,
    protocol: provider.protocol,
    baseUrl: stages.baseUrl(provider) ?? '',
    usualBaseUrl: custom ? undefined : provider.baseUrl,
    ...(made !== undefined && { ownAddress: { baseUrl: made.baseUrl, inPrivateNetwork: made.inPrivateNetwork === true } }),
    ...(moved !== undefined && { ownAddress: { baseUrl: moved, inPrivateNetwork: privateBaseUrls.includes(provider.id) } }),
    ...(contract !== undefined && { contract }),
    needsKey: kind !== 'none' && kind !== 'optional-bearer',
    takesKey: kind !== 'none',
    keyPrefixes: provider.keyPrefixes,
    keyPage: provider.keyPage,
    runsLocally: provider.runsLocally,
    simulated: provider.simulated === true,
    custom,
    running: stages.localServers.isRunning(provider.id),
    modelCount,
    docs: provider.docs,
    statusPage: provider.statusPage,
    residency: provider.runsLocally ? { regions: ['local'], source: undefined } : provider.residency,
    dataPolicy: provider.dataPolicy,
  }
}

function modelRow(endpoint: Endpoint, stages: AdminStages): ModelRow {
  const provider = stages.providers().get(endpoint.provider)
  const cancelRule = cancelRuleOf(endpoint.provider)
  const unusableBecause = provider === undefined ? 'The provider has been removed.' : whyUnusable(provider, stages)
  return {
    id: endpoint.id,
    name: endpoint.name,
    provider: endpoint.provider,
    providerName: provider?.name ?? endpoint.provider,
    context: endpoint.limits.context,
    price: endpoint.price,
    can: endpoint.can === undefined ? undefined : [...endpoint.can],
    ...(endpoint.limits.output !== undefined && { output: endpoint.limits.output }),
    ...(endpoint.facts !== undefined && { facts: endpoint.facts }),
    ...(endpoint.canonical !== undefined && { canonical: endpoint.canonical }),
    priceNotes: stages.catalog.priceNotes(endpoint.id),
    priceIs: whosePrice(endpoint, stages.modelsFile.config),
    ...(cancelRule !== undefined && { cancelRule }),
    runsLocally: endpoint.runsLocally,
    simulated: endpoint.simulated,
    usable: unusableBecause === undefined,
    unusableBecause,
  }
}

/** Of models that one provider calls alike, such as the newest of a line and a dated one, all but the one of the shortest id are called by their ids. */
function toldApart(rows: readonly ModelRow[]): readonly ModelRow[] {
  const firsts = new Map<string, string>()
  const called = ({ provider, name }: ModelRow): string => `${provider}/${name}`
  for (const row of rows) {
    const first = firsts.get(called(row))
    if (first === undefined || row.id.length < first.length) firsts.set(called(row), row.id)
  }
  return rows.map((row) => (firsts.get(called(row)) === row.id ? row : { ...row, name: row.id.slice(row.provider.length + 1) }))
}

/** A name of the user's own; whether what it stands for can be used, its plan will say. */
function ownModelRow({ id, name, provider, limits, price, can, runsLocally, simulated }: Endpoint): ModelRow {
  return {
    ...{ id, name, provider, providerName: 'Your own routing', context: limits.context, price, can: can === undefined ? undefined : [...can] },
    ...{ runsLocally, simulated, usable: true, unusableBecause: undefined },
  }
}

function whosePrice({ id, provider }: Endpoint, { prices, discounts }: ModelsConfig): NonNullable<ModelRow['priceIs']> {
  if (prices[id] !== undefined) return 'yours'
  return (discounts[id] ?? discounts[provider] ?? 0) > 0 ? 'discounted' : 'listed'
}

/** In a sentence; undefined: its models can be used. */
export function whyUnusable(provider: ProviderDefinition, stages: AdminStages): CatalogMessage | undefined {
  const { kind } = provider.authorization
  if (provider.runsLocally && provider.simulated !== true && stages.localServers.isRunning(provider.id) === false)
    return { code: 'not-running', provider: provider.name }
  if (kind === 'none' || kind === 'optional-bearer') return undefined
  if (stages.credentials.forProvider(provider.id).length > 0) return undefined
  const [reason] = stages.credentials.whyNot(provider.id)
  return reason === undefined ? { code: 'no-key-for', provider: provider.name } : { code: 'key-says', label: reason.label, why: reason.why }
}
