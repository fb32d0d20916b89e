import type { updatesApi } from '../../../shared/api/updates.ts'
import type { Handlers } from '../../../shared/contract.ts'
import type { AdminStages } from './stages.ts'

export function updatesHandlers({ updates }: Pick<AdminStages, 'updates'>): Handlers<typeof updatesApi> {
  return {
    'updates.status': () => updates.status(),
    'updates.check': () => updates.check(),
  }
}
