/**
 * The database's thread: opens it and answers calls one after another. Everything that may wait for a disk happens here, so nothing on a
 * request's path does.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { autoTables } from './auto-tables.ts'
import { cacheTable } from './cache-table.ts'
import { databaseState } from './check-database.ts'
import { clientKeysTable } from './client-keys-table.ts'
import { credentialsTable } from './credentials-table.ts'
import { formerSecretsTable } from './former-secrets-table.ts'
import { healthTable } from './health-table.ts'
import { ledgerTable } from './ledger-table.ts'
import { openDatabase } from './open.ts'
import { playgroundTables } from './playground-tables.ts'
import { priceVersionsTable } from './price-versions-table.ts'
import { responsesTable } from './responses-table.ts'
import { routingMarksTable } from './routing-marks-table.ts'
import { trafficTables } from './traffic-tables.ts'
import { usageTable } from './usage-table.ts'
import type { CallMessage, Calls, ThreadMessage } from './worker-messages.ts'

const port = parentPort
if (port === null) throw new Error('storage/worker.ts is the entry of a worker thread; use openStorage()')

const tell = (message: ThreadMessage): void => port.postMessage(message)

function callsOn(database: Database): Calls {
  const ledger = ledgerTable(database)
  const usage = usageTable(database)
  const credentials = credentialsTable(database)
  const clientKeys = clientKeysTable(database)
  const responses = responsesTable(database)
  const auto = autoTables(database)
  const health = healthTable(database)
  const formers = formerSecretsTable(database)
  const cache = cacheTable(database, (level, message) => tell({ is: 'log', level, message }))
  const marks = routingMarksTable(database)
  const prices = priceVersionsTable(database)
  return {
    writeLedger(batch) {
      for (const refusal of ledger.write(batch)) tell({ is: 'log', level: 'error', message: `A row of the ledger could not be written. ${refusal}` })
    },
    listLedger: ledger.list,
    getLedger: ledger.get,
    closeCrashed: ledger.closeCrashed,
    totalsSince: ledger.totalsSince,
    usageSums: usage.sums,
    spentBefore: usage.spentBefore,
    routingSaved: usage.routed,
    ledgerServedBy: ledger.servedBy,
    setCosts: ledger.setCosts,
    trimExchanges: ledger.trimExchanges,
    listCredentials: credentials.list,
    putCredential: credentials.put,
    touchCredential: credentials.touch,
    removeCredential: credentials.remove,
    listClientKeys: clientKeys.list,
    putClientKey: clientKeys.put,
    touchClientKey: clientKeys.touch,
    removeClientKey: clientKeys.remove,
    putResponse: responses.put,
    getResponse: responses.get,
    responseTurns: responses.turns,
    responseItem: responses.item,
    removeResponse: responses.remove,
    trimResponses: responses.trim,
    listEvidence: auto.listEvidence,
    putEvidence: auto.putEvidence,
    removeEvidence: auto.removeEvidence,
    embedEvidence: auto.embedEvidence,
    latestWeights: auto.latestWeights,
    putWeights: auto.putWeights,
    dropWeights: auto.dropWeights,
    listHealth: health.list,
    databaseState: () => databaseState(database),
    putHealth: health.put,
    listCredentialMarks: health.marks,
    putCredentialMark: health.mark,
    removeCredentialMark: health.unmark,
    listFormerSecrets: formers.list,
    putFormerSecret: formers.put,
    removeFormerSecret: formers.remove,
    ...cache,
    putRoutingMark: marks.put,
    routingResults: marks.results,
    trimRoutingMarks: marks.trim,
    shadowSpent: marks.shadowSpent,
    putPriceVersion: prices.put,
    listPriceVersions: prices.of,
    ...playgroundTables(database),
    ledgerMarks: ledger.marks,
    ...trafficTables(database),
    close: () => void database.close(),
  }
}

function serve(calls: Calls): void {
  port?.on('message', ({ call, name, values }: CallMessage) => {
    try {
      const value = (calls[name] as (...values: readonly unknown[]) => unknown)(...values)
      tell({ is: 'answer', call, value })
    } catch (thrown) {
      tell({ is: 'refusal', call, message: messageOf(thrown) })
    }
    if (name === 'close') port.close()
  })
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

try {
  serve(callsOn(openDatabase((workerData as { dataDir: string }).dataDir, { log: (level, message) => tell({ is: 'log', level, message }) })))
} catch (thrown) {
  tell({ is: 'unusable', message: messageOf(thrown) })
}
