import type { connectApi } from '../../../shared/api/connect.ts'
import type { Handlers } from '../../../shared/contract.ts'
import type { AdminStages } from './stages.ts'

export function connectHandlers(stages: AdminStages): Handlers<typeof connectApi> {
  const { clientKeys, live } = stages
  return {
    'connect.status': () => stages.status(),
    'connect.start': () => {
      stages.startServing()
      return stages.status()
    },
    'connect.stop': ({ running }) => {
      stages.stopServing(running)
      return stages.status()
    },
    'connect.networkIsBack': () => {
      stages.health.networkIsBack()
      return null
    },
    'clients.list': () => clientKeys.list(),
    'clients.create': async ({ name }) => {
      const created = await clientKeys.create(name)
      live.changed('clients')
      return created
    },
    'clients.revoke': async ({ id }) => {
      await clientKeys.revoke(id)
      live.changed('clients')
      return null
    },
  }
}
