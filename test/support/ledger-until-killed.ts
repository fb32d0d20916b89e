/**
 * Opens rows at a steady rate until it is killed, and says what it did: `opened <id> <ms>` right after a row was opened, `written <id>` when a
 * flush said that everything up to it is written. Run by test/gateway/ledger-kill.spec.ts as `node ledger-until-killed.ts <data folder>`.
 */
import { createLedger } from '../../electron/engine/ledger/ledger.ts'
import { openStorage } from '../../electron/engine/storage/worker-client.ts'
import { closedRow, exchangeOf, opening } from './ledger-rows.ts'

const [dataDir = ''] = process.argv.slice(2)
const storage = await openStorage({ dataDir })
const ledger = createLedger({
  storage,
  onError: (error) => {
    throw error
  },
  onChange: () => undefined,
})

// The thread takes its time to start; what is measured is a gateway that has been running.
await storage.totalsSince(0)

let count = 0
setInterval(() => {
  for (let burst = 0; burst < 3; burst++) {
    const id = `row-${++count}`
    const at = Date.now()
    const row = ledger.open(opening(id, { at }))
    process.stdout.write(`opened ${id} ${at}\n`)
    // Every second one is answered at once, the others stay open.
    if (count % 2 === 0) ledger.close(closedRow(id, { at }), exchangeOf(id), row)
  }
}, 5)

// Once only: afterwards rows reach the disk by the ledger's own clock or not at all.
await new Promise((resolve) => setTimeout(resolve, 500))
const upTo = count
await ledger.flush()
process.stdout.write(`written row-${upTo}\n`)
