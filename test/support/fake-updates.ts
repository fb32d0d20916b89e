/** Newer versions: by the address that is looked at, there is one, or the server is no use. */
import type { updatesApi } from '../../shared/api/updates.ts'
import type { Handlers } from '../../shared/contract.ts'
import type { UpdateResult, UpdateStatus } from '../../shared/updates.ts'

export function fakeUpdates(feed: () => string, changed: () => void): Handlers<typeof updatesApi> {
  const found = new Map<string, UpdateResult>()
  const status = (): UpdateStatus => ({ running: '0.1.0', isChecking: false, last: found.get(feed()) })
  return {
    'updates.status': status,
    'updates.check': () => {
      const at = Date.now()
      const page = 'https://downloads.example/switchyard'
      found.set(
        feed(),
        feed().includes('broken')
          ? { is: 'failed', why: { code: 'names-no-version' }, at }
          : { is: 'newer', version: '0.2.0', releasedOn: '2026-11-20', page, at },
      )
      changed()
      return status()
    },
  }
}
