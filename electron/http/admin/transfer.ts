/** Import and export of a user's whole setup: reads what is in force, plans by `engine/transfer/plan.ts`, and writes all of it or nothing. */
import { randomUUID } from 'node:crypto'
import { type AllTransferParts, TRANSFER_KIND, TRANSFER_VERSION, type TransferParts, type transferApi } from '../../../shared/api/transfer.ts'
import { ApiError, type Handlers, type InputOf, type OutputOf } from '../../../shared/contract.ts'
import type { TransferMessage } from '../../../shared/messages/transfer.ts'
import { settingsSchema } from '../../../shared/settings.ts'
import { parseFilter } from '../../../shared/traffic/parse-filter.ts'
import { TRANSFER_PARTS, type TransferPart, type TransferPlan, type TransferProblem } from '../../../shared/transfer.ts'
import { TransferBackups } from '../../engine/transfer/backups.ts'
import { openings } from '../../engine/transfer/openings.ts'
import { afterImport, changesBetween, chosenOf, holds, readTransfer, withoutSecrets } from '../../engine/transfer/plan.ts'
import { checkRouting } from './routing-check.ts'
import type { AdminStages } from './stages.ts'

type Importing = InputOf<(typeof transferApi)['transfer.import']>
type Imported = OutputOf<(typeof transferApi)['transfer.import']>

export function transferHandlers(stages: AdminStages): Handlers<typeof transferApi> {
  const { storage, now } = stages
  const backups = new TransferBackups(stages.status().dataDir)
  let turn: Promise<unknown> = Promise.resolve()
  /** Two imports at once could each undo half of the other. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  const inForce = async (): Promise<AllTransferParts> => {
    const { vault: _, shortcuts, network, ...settings } = stages.settings()
    const { hasProxyPassword: _password, ...way } = network
    const [library, filters] = await Promise.all([storage.listLibrary(), storage.traffic.listTrafficFilters(), stages.modelsFile.load()])
    return {
      settings: { ...settings, network: way },
      shortcuts,
      routing: stages.routingFile.current.config,
      models: stages.modelsFile.config,
      library: library.map(({ id: _id, changedAt: _changed, ...item }) => item),
      filters: [...filters],
    }
  }

  const written = (parts: TransferParts): string => {
    const clientKeys = stages.clientKeys.list().map(({ id, name, createdAt }) => {
      const budget = stages.settings().budgets.clients[id]
      return { name, createdAt: new Date(createdAt).toISOString(), ...(budget !== undefined && { budgetUsd: budget }) }
    })
    const head = { kind: TRANSFER_KIND, version: TRANSFER_VERSION, madeBy: stages.status().version, madeAt: new Date(now()).toISOString() }
    return `${JSON.stringify({ ...head, ...parts, clientKeys }, null, 2)}\n`
  }

  const planned = async ({ text, parts, removesMissing }: Importing): Promise<{ readonly plan: TransferPlan; readonly incoming: TransferParts }> => {
    const reading = readTransfer(text)
    if (reading.is === 'refused') return { plan: { holds: [], changes: [], problems: reading.problems, warnings: [], clientKeys: [] }, incoming: {} }
    const incoming = chosenOf(reading.file, parts)
    const current = await inForce()
    const { problems, warnings } = await checkedParts(incoming)
    const withKeys = new Set(stages.credentials.list().map(({ provider }) => provider))
    const opened = incoming.settings === undefined ? [] : openings(current.settings, incoming.settings, withKeys)
    const plan = {
      holds: holds(reading.file),
      changes: changesBetween(current, afterImport(current, incoming, removesMissing)),
      ...{ problems, warnings: [...opened, ...warnings] },
      clientKeys: (reading.file.clientKeys ?? []).map(({ name }) => name),
    }
    return { plan, incoming }
  }

  const checkedParts = async ({ routing, filters = [], settings }: TransferParts): Promise<Pick<TransferPlan, 'problems' | 'warnings'>> => {
    await stages.catalog.ready()
    const under = (problems: readonly TransferProblem[]) => problems.map(({ at, message }) => ({ at: `routing.${at}`, message }))
    const route = routing === undefined ? undefined : checkRouting(routing, (model) => stages.catalog.resolve(model).is !== 'unknown')
    const wrongFilters = filters.flatMap(({ filter }, index) => {
      const [problem] = parseFilter(filter).problems
      return problem === undefined ? [] : [{ at: `filters.${index}.filter`, message: { code: 'transfer-no-filter' } satisfies TransferMessage }]
    })
    const missingCa =
      settings !== undefined && settings.network.caFile !== ''
        ? [{ at: 'settings.network.caFile', message: { code: 'transfer-ca-file' } satisfies TransferMessage }]
        : []
    return { problems: [...under(route?.problems ?? []), ...wrongFilters], warnings: [...under(route?.warnings ?? []), ...missingCa] }
  }

  /** @throws Error of whatever cannot be written */
  const write = async ({ settings, shortcuts, routing, models, library, filters }: TransferParts, removesMissing: boolean): Promise<void> => {
    if (library !== undefined) await writeLibrary(library, removesMissing)
    if (filters !== undefined) await writeFilters(filters, removesMissing)
    if (models !== undefined) {
      await stages.modelsFile.update(() => models)
      stages.catalog.setCorrections(stages.modelsFile.corrections(new Date(now()).toISOString().slice(0, 10)))
    }
    if (routing !== undefined) stages.routingFile.save(routing, stages.routingFile.reload().revision)
    if (settings !== undefined || shortcuts !== undefined) await writeSettings(settings, shortcuts)
  }

  const writeLibrary = async (library: AllTransferParts['library'], removesMissing: boolean): Promise<void> => {
    const ids = library.map(() => randomUUID())
    await storage.importLibrary(library, ids, now())
    if (!removesMissing) return
    const kept = new Set(library.map(({ kind, name }) => `${kind} ${name}`))
    for (const { id, kind, name } of await storage.listLibrary()) if (!kept.has(`${kind} ${name}`)) await storage.removeLibrary(id)
  }

  const writeFilters = async (filters: AllTransferParts['filters'], removesMissing: boolean): Promise<void> => {
    for (const filter of filters) await storage.traffic.putTrafficFilter(filter, now())
    if (!removesMissing) return
    const kept = new Set(filters.map(({ name }) => name))
    for (const { name } of await storage.traffic.listTrafficFilters()) if (!kept.has(name)) await storage.traffic.removeTrafficFilter(name)
  }

  /** Part by part; where one fails, those before it go back. @throws what the failing one threw */
  const writeAll = async (incoming: TransferParts, before: TransferParts, removesMissing: boolean): Promise<void> => {
    const begun: TransferPart[] = []
    try {
      for (const part of holds(incoming)) {
        begun.push(part)
        await write(chosenOf(incoming, [part]), removesMissing)
      }
    } catch (thrown) {
      // the failing one too, as far as it came; that it fails again leaves it as it was
      for (const part of begun.reverse()) await write(chosenOf(before, [part]), true).catch(stages.onError)
      throw thrown
    }
  }

  const writeSettings = async (settings: TransferParts['settings'], shortcuts: TransferParts['shortcuts']): Promise<void> => {
    const before = stages.settings()
    const { hasProxyPassword } = before.network
    const wanted = settingsSchema.partial().parse({
      ...settings,
      ...(settings !== undefined && { network: { ...settings.network, hasProxyPassword } }),
      ...(shortcuts !== undefined && { shortcuts }),
    })
    const given = new Set<string>([...Object.keys(settings ?? {}), ...(shortcuts === undefined ? [] : ['shortcuts'])])
    // only what differs is written, so that settings.json stays short
    const changed = Object.entries(wanted).filter(
      ([name, value]) => given.has(name) && JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof before]),
    )
    stages.updateSettings(Object.fromEntries(changed))
    await stages.network.reload()
  }

  const tell = (): void => {
    for (const topic of ['settings', 'routing', 'models', 'providers', 'catalog', 'library', 'traffic-list'] as const) stages.live.changed(topic)
  }

  const bringIn = async (importing: Importing): Promise<Imported> => {
    const { plan, incoming } = await planned(importing)
    if (plan.problems.length > 0) return { plan, backup: undefined }
    const parts = holds(incoming)
    const before = chosenOf(await inForce(), parts)
    const name = plan.changes.length === 0 ? undefined : await backups.keep(written(withoutSecrets(before).parts), now())
    try {
      await writeAll(incoming, before, importing.removesMissing)
    } catch (thrown) {
      stages.onError(thrown)
      throw new ApiError('unavailable', { code: 'import-not-written' })
    } finally {
      tell()
    }
    return { plan, backup: (await backups.list()).find((backup) => backup.name === name) }
  }

  return {
    'transfer.export': async ({ parts }) => {
      const { parts: clean, leftOut } = withoutSecrets(chosenOf(await inForce(), parts))
      return { fileName: `switchyard-setup-${new Date(now()).toISOString().slice(0, 10)}.json`, text: written(clean), leftOut }
    },
    'transfer.plan': async (importing) => (await planned(importing)).plan,
    'transfer.import': (importing) => inTurn(() => bringIn(importing)),
    'transfer.backups': () => backups.list(),
    'transfer.undo': ({ name }) =>
      inTurn(async () => {
        const text = await backups.read(name)
        if (text === undefined) throw new ApiError('not-found', { code: 'backup-gone' })
        return bringIn({ text, parts: [...TRANSFER_PARTS] satisfies TransferPart[], removesMissing: true })
      }),
  }
}
