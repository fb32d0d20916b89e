import type { costsApi } from '../../../shared/api/costs.ts'
import type { Handlers } from '../../../shared/contract.ts'
import { costReport, localDays, type ReportFacts } from '../../engine/costs/report.ts'
import type { AdminStages } from './stages.ts'

export function costsHandlers(stages: AdminStages): Handlers<typeof costsApi> {
  return {
    'costs.report': async ({ from, until, by }) => {
      // what is still in the batch belongs to the sums
      await stages.ledger.flush()
      const days = localDays(from, until)
      const [sums, routed, credentials] = await Promise.all([
        stages.storage.usageSums(days),
        stages.storage.routingSaved(days),
        stages.storage.listCredentials(),
        stages.catalog.ready(),
      ])
      const facts: ReportFacts = {
        priceOf(endpoint) {
          const found = stages.catalog.resolve(endpoint)
          return found.is === 'found' ? found.endpoint.price : undefined
        },
        providerName: (id) => stages.providers().get(id)?.name,
        keyLabel: (id) => credentials.find((credential) => credential.id === id)?.label,
      }
      return costReport(by, days, sums, facts, routed)
    },
  }
}
