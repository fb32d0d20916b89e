import type { networkApi } from '../../../shared/api/network.ts'
import type { Handlers } from '../../../shared/contract.ts'
import { checkConnection } from '../../engine/check-connection.ts'
import { readCaFile, readingOf } from '../../engine/network-keeper.ts'
import type { AdminStages } from './stages.ts'

export function networkHandlers({ network, settings, live }: AdminStages): Handlers<typeof networkApi> {
  return {
    'network.get': () => network.status(),
    'network.set': async (wanted) => {
      const status = await network.change(wanted)
      live.changed('settings')
      return status
    },
    'network.readCa': async ({ path }) => readingOf(await readCaFile(path)),
    'network.check': ({ url }, signal) =>
      checkConnection(url, network.current(), { limitMs: settings().timeouts.connectMs, signal, isOwn: network.isOwnAuthority }),
  }
}
