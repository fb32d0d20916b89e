import type { doctorApi } from '../../../shared/api/doctor.ts'
import type { Handlers } from '../../../shared/contract.ts'
import { checkCatalog, checkClock, checkDatabase, checkDataFolder, checkDisk, checkNetwork, checkOpenFiles } from '../../engine/doctor.ts'
import type { AdminStages } from './stages.ts'

export function doctorHandlers(stages: AdminStages): Handlers<typeof doctorApi> {
  const { storage, catalogRefresh, network, credentials, now } = stages
  /** A provider that is called anyhow. */
  const someone = (): string | undefined => {
    const provider = [...stages.providers().values()].find(({ id, authorization }) => authorization.kind !== 'none' && credentials.forProvider(id).length > 0)
    return provider && stages.baseUrl(provider)
  }
  return {
    'doctor.check': async ({ thorough }) => {
      const { dataDir } = stages.status()
      const [prices] = catalogRefresh.sources()
      const findings = await Promise.all([
        checkDataFolder(dataDir),
        checkDisk(dataDir),
        ...(thorough ? [checkDatabase(() => storage.quickCheck()), checkClock(someone(), stages.send, now)] : []),
        ...(prices === undefined ? [] : [checkCatalog(prices.asOf, now())]),
        checkNetwork(network.status(), now()),
        checkOpenFiles(),
      ])
      return findings.filter((finding) => finding !== undefined)
    },
  }
}
