import type { Endpoint } from '../../shared/routing.ts'
import type { Catalog } from '../engine/catalog/catalog.ts'
import type { ProviderDefinition } from '../engine/providers/define.ts'
import type { ModelFactsForList } from './model-routes.ts'

/** What the lists of models are made from: the user's own names first. Simulated providers are among them, and say so in their rows. */
export function modelsForList(catalog: Catalog, providers: ReadonlyMap<string, ProviderDefinition>, own: readonly Endpoint[]): ModelFactsForList {
  return {
    endpoints: [...own, ...catalog.endpoints()],
    others: catalog.otherEndpoints(),
    hosts: (name) => catalog.hosts(name),
    providers: [...providers.values()].map(({ id, name, residency, dataPolicy, statusPage }) => ({
      id,
      name,
      regions: residency?.regions,
      keepsNothing: dataPolicy?.retentionDays === undefined ? undefined : dataPolicy.retentionDays === 0,
      privacyPage: dataPolicy?.source,
      statusPage,
    })),
  }
}
