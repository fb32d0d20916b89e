import type { providerTermsApi } from '../../../shared/api/provider-terms.ts'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import { allowed, providerSummary } from './providers.ts'
import type { AdminStages } from './stages.ts'

export function providerTermsHandlers(stages: AdminStages): Handlers<typeof providerTermsApi> {
  const { credentials, health, live, localServers } = stages

  const told = (id: string): Promise<ProviderSummary> => {
    live.changed('settings')
    live.changed('providers')
    live.changed('models')
    return providerSummary(id, stages)
  }
  /** What was said of keys and places was said of another address. */
  const forgetOld = (id: string): void => {
    for (const key of credentials.list()) {
      if (key.provider !== id || key.state.is === 'missing') continue
      credentials.mark(key.id, { is: 'unchecked' })
      health.forget(key.id)
    }
    void localServers.probe(stages.providers().values()).then((changed) => {
      if (changed) for (const topic of ['providers', 'models'] as const) live.changed(topic)
    })
  }

  return {
    'providers.setAddress': async ({ id, baseUrl: typed, inPrivateNetwork = false }) => {
      const provider = stages.providers().get(id)
      if (provider === undefined || provider.simulated === true) throw new ApiError('not-found', { code: 'no-address-there' })
      const { customProviders, baseUrls, privateBaseUrls } = stages.settings()
      const custom = customProviders.find((each) => each.id === id)
      if (typed === undefined && custom !== undefined) throw new ApiError('bad-input', { code: 'no-other-address' }, 'baseUrl')
      const baseUrl = typed?.replace(/\/+$/, '')
      if (baseUrl !== undefined) await allowed(new URL(baseUrl), inPrivateNetwork)
      if (custom !== undefined && baseUrl !== undefined) {
        stages.updateSettings({ customProviders: customProviders.map((each) => (each === custom ? { ...custom, baseUrl, inPrivateNetwork } : each)) })
      } else {
        const { [id]: _before, ...others } = baseUrls
        const othersPrivate = privateBaseUrls.filter((each) => each !== id)
        stages.updateSettings({
          baseUrls: baseUrl === undefined ? others : { ...others, [id]: baseUrl },
          privateBaseUrls: baseUrl !== undefined && inPrivateNetwork ? [...othersPrivate, id] : othersPrivate,
        })
      }
      forgetOld(id)
      return told(id)
    },
    'providers.setContract': async ({ id, contract }) => {
      const provider = stages.providers().get(id)
      if (provider === undefined || provider.runsLocally) throw new ApiError('not-found', { code: 'nothing-leaves-to' })
      const { routing } = stages.settings()
      const { [id]: _before, ...others } = routing.dataPolicies
      stages.updateSettings({ routing: { ...routing, dataPolicies: contract === undefined ? others : { ...others, [id]: contract } } })
      return told(id)
    },
  }
}
