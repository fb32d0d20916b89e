import type { Kinds } from '../contract.ts'
import type { Api } from './api.ts'

/** What the renderer must know of the routes at run time; held to the contract by `satisfies`. */
export const kinds = {
  'vault.status': 'reads',
  'vault.choose': 'writes',
  'vault.unlock': 'writes',
  'keys.list': 'reads',
  'keys.add': 'writes',
  'keys.validate': 'writes',
  'keys.rename': 'writes',
  'keys.replace': 'writes',
  'keys.reorder': 'writes',
  'keys.delete': 'writes',
  'keys.environment': 'reads',
  'keys.import': 'writes',
  'providers.list': 'reads',
  'providers.addCustom': 'writes',
  'providers.removeCustom': 'writes',
  'providers.probeLocal': 'writes',
  'models.list': 'reads',
  'playground.run': 'streams',
  'traffic.list': 'reads',
  'traffic.get': 'reads',
  'traffic.totals': 'reads',
  'live.changes': 'streams',
  'connect.status': 'reads',
  'clients.list': 'reads',
  'clients.create': 'writes',
  'clients.revoke': 'writes',
  'settings.get': 'reads',
  'settings.update': 'writes',
} as const satisfies Kinds<Api>
