import type { doctorApi } from '../../../shared/api/doctor.ts'
import type { Handlers } from '../../../shared/contract.ts'
import type { FindingOf } from '../../../shared/doctor.ts'
import { examine } from '../../engine/doctor/examine.ts'
import type { AdminStages } from './stages.ts'

export function doctorHandlers(stages: AdminStages): Handlers<typeof doctorApi> {
  const { storage, catalogRefresh, network, credentials, keeper, send, now } = stages
  const endpoint = (): FindingOf<'endpoint'> => {
    const { address, stopped, lanAddresses: lan } = stages.status()
    if (address === undefined) return { of: 'endpoint', is: 'bad', state: 'silent' }
    return stopped ? { of: 'endpoint', is: 'warn', state: 'stopped' } : { of: 'endpoint', is: 'ok', state: 'listens', address, lan }
  }
  return {
    'doctor.check': ({ thorough }) => {
      const { version, dataDir } = stages.status()
      const [list] = catalogRefresh.sources()
      return examine(
        {
          ...{ version, dataDir, keeper, send, now, endpoint },
          network: network.status(),
          storedKeys: credentials.list().filter(({ readOnly }) => !readOnly).length,
          database: () => storage.databaseState(),
          prices: list && { asOf: list.asOf, fetched: list.fetchedAt !== undefined },
          reached: [...stages.providers().values()].flatMap((provider) => {
            const baseUrl = stages.baseUrl(provider)
            const isAsked = provider.authorization.kind !== 'none' && credentials.forProvider(provider.id).length > 0
            return isAsked && baseUrl !== undefined ? [{ provider, baseUrl }] : []
          }),
        },
        { database: thorough, online: thorough },
      )
    },
  }
}
