/** Import, export and the doctor of the fake engine: the real plan, over a setup that is made up and kept in memory. */

import { afterImport, changesBetween, chosenOf, holds, readTransfer } from '../../electron/engine/transfer/plan.ts'
import type { doctorApi } from '../../shared/api/doctor.ts'
import type { transferApi } from '../../shared/api/transfer.ts'
import { type AllTransferParts, TRANSFER_KIND, TRANSFER_VERSION, transferredSettings } from '../../shared/api/transfer.ts'
import { ApiError, type Handlers } from '../../shared/contract.ts'
import { EMPTY_MODELS } from '../../shared/models-config.ts'
import { NO_ROUTING } from '../../shared/routing-config.ts'
import { TRANSFER_PARTS, type TransferBackup, type TransferPlan } from '../../shared/transfer.ts'

export function fakeTransfer(tell: () => void): Handlers<typeof transferApi & typeof doctorApi> {
  let now: AllTransferParts = {
    settings: transferredSettings.parse({}),
    shortcuts: {},
    routing: NO_ROUTING,
    models: EMPTY_MODELS,
    library: [{ kind: 'prompt', name: 'Greeting', text: 'Say hello.' }],
    filters: [],
  }
  let kept: readonly (TransferBackup & { readonly before: AllTransferParts })[] = []
  const planned = (text: string, parts: readonly (typeof TRANSFER_PARTS)[number][], removesMissing: boolean) => {
    const reading = readTransfer(text)
    if (reading.is === 'refused')
      return { plan: { holds: [], changes: [], problems: reading.problems, warnings: [], clientKeys: [] } satisfies TransferPlan, next: now }
    const incoming = chosenOf(reading.file, parts)
    const next = afterImport(now, incoming, removesMissing)
    const clientKeys = (reading.file.clientKeys ?? []).map(({ name }) => name)
    return { plan: { holds: holds(reading.file), changes: changesBetween(now, next), problems: [], warnings: [], clientKeys } satisfies TransferPlan, next }
  }
  const keep = (): TransferBackup => {
    const backup = { name: `backup-${kept.length}`, at: Date.now(), parts: [...TRANSFER_PARTS] }
    kept = [{ ...backup, before: now }, ...kept]
    return backup
  }
  return {
    'transfer.export': ({ parts }) => ({
      fileName: 'switchyard-setup.json',
      text: JSON.stringify({ kind: TRANSFER_KIND, version: TRANSFER_VERSION, ...chosenOf(now, parts) }),
      leftOut: [],
    }),
    'transfer.plan': ({ text, parts, removesMissing }) => planned(text, parts, removesMissing).plan,
    'transfer.import': ({ text, parts, removesMissing }) => {
      const { plan, next } = planned(text, parts, removesMissing)
      if (plan.problems.length > 0) return { plan, backup: undefined }
      const backup = keep()
      now = next
      tell()
      return { plan, backup }
    },
    'transfer.backups': () => kept,
    'transfer.undo': ({ name }) => {
      const found = kept.find((each) => each.name === name)
      if (found === undefined) throw new ApiError('not-found', 'This backup is not there any more.')
      const plan = { holds: [...TRANSFER_PARTS], changes: changesBetween(now, found.before), problems: [], warnings: [], clientKeys: [] }
      const backup = keep()
      now = found.before
      tell()
      return { plan, backup }
    },
    'doctor.check': ({ thorough }) => [
      { of: 'version', is: 'ok', version: '0.1.0', node: '24.0.0', platform: 'linux x64' },
      { of: 'data-folder', is: 'ok', path: '/home/you/.local/share/switchyard', bytes: 48_300_000 },
      { of: 'disk', is: 'warn', freeBytes: 310_000_000 },
      ...(thorough
        ? ([
            { of: 'database', is: 'ok', requests: 1_204, bytes: 31_000_000, ms: 420, format: 17, known: 17 },
            { of: 'clock', is: 'warn', aheadMs: -190_000, by: 'api.openai.com' },
            { of: 'reach', is: 'ok', provider: 'OpenAI', status: 401, ms: 84 },
            { of: 'reach', is: 'bad', provider: 'Groq', why: { code: 'unreachable', host: 'api.groq.com', because: 'refused', system: undefined } },
          ] as const)
        : []),
      { of: 'settings.json', is: 'ok', why: undefined },
      { of: 'routing.json', is: 'ok', why: undefined },
      { of: 'keys', is: 'ok', backend: 'keychain', locked: false, keychain: { works: true, name: 'Secret Service' }, stored: 3, variables: [] },
      { of: 'endpoint', is: 'ok', state: 'listens', address: 'http://127.0.0.1:4747', lan: [] },
      { of: 'catalog', is: 'ok', asOf: '2026-11-01', days: 24, fetched: true },
      { of: 'network', is: 'ok', proxy: 'environment', wrong: [] },
      { of: 'open-files', is: 'ok', limit: 1_048_576, open: 61 },
    ],
  }
}
