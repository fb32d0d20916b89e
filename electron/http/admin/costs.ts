import type { costsApi } from '../../../shared/api/costs.ts'
import type { Handlers } from '../../../shared/contract.ts'
import { costReport, localDays } from '../../engine/costs/report.ts'
import type { AdminStages } from './stages.ts'

export function costsHandlers(stages: AdminStages): Handlers<typeof costsApi> {
  return {
    'costs.report': async ({ from, until, by }) => {
      // what is still in the batch belongs to the sums
      await stages.ledger.flush()
      const days = localDays(from, until)
      const [sums, credentials] = await Promise.all([stages.storage.usageSums(days), stages.storage.listCredentials(), stages.catalog.ready()])
      return costReport(by, days, sums, {
        priceOf(endpoint) {
          const found = stages.catalog.resolve(endpoint)
          return found.is === 'found' ? found.endpoint.price : undefined
        },
        providerName: (id) => stages.providers().get(id)?.name,
        keyLabel: (id) => credentials.find((credential) => credential.id === id)?.label,
      })
    },
  }
}
