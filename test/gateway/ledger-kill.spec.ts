import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { FLUSH_EVERY_MS } from '../../electron/engine/ledger/ledger.ts'
import type { Storage } from '../../electron/engine/storage/storage.ts'
import { openStorage } from '../../electron/engine/storage/worker-client.ts'
import { dataFolder } from '../support/data-folder.ts'

const SCRIPT = fileURLToPath(new URL('../support/ledger-until-killed.ts', import.meta.url))
/** What a busy machine may take, beyond the interval, to hand a batch to the thread and commit it. */
const SLACK_MS = 1_500
/** Enough that rows far older than interval and slack are among them. */
const ROWS = 1_500

interface Said {
  readonly opened: Map<string, number>
  readonly written: number
}

/** Runs the script until it has opened enough rows and been told of a few writes, and kills it in the middle of its work. */
async function runAndKill(dataDir: string): Promise<Said> {
  const child = spawn(process.execPath, [SCRIPT, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const opened = new Map<string, number>()
  let written = 0
  const exited = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, id = '', at = ''] = line.split(' ')
    if (what === 'opened') opened.set(id, Number(at))
    else written = Number(id.slice('row-'.length))
    if (opened.size >= ROWS && written > 0) child.kill('SIGKILL')
  }
  expect(await exited).toEqual([null, 'SIGKILL'])
  return { opened, written }
}

async function everyRow(storage: Storage): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  let before: string | undefined
  do {
    const page = await storage.listLedger({ limit: 500, before })
    for (const { id, outcome } of page.rows) found.set(id, outcome)
    before = page.cursor
  } while (before !== undefined)
  return found
}

it('kill -9 loses no row but those of the last moment, and open ones are closed as crashed at the next start', async () => {
  const dataDir = dataFolder()
  const { opened, written } = await runAndKill(dataDir)
  const last = Math.max(...opened.values())
  const due = [...opened].filter(([, at]) => at < last - FLUSH_EVERY_MS - SLACK_MS).map(([id]) => id)
  const promised = Array.from({ length: written }, (_, index) => `row-${index + 1}`)
  // The test would show nothing if the rows had come too fast for any to be due.
  expect(due.length).toBeGreaterThan(100)
  expect(promised.length).toBeGreaterThan(100)

  const storage = await openStorage({ dataDir })
  const found = await everyRow(storage)
  expect(promised.filter((id) => !found.has(id))).toEqual([])
  expect(due.filter((id) => !found.has(id))).toEqual([])

  const open = [...found.values()].filter((outcome) => outcome === 'open').length
  expect(open).toBeGreaterThan(0)
  expect(await storage.closeCrashed(Date.now())).toBe(open)
  const after = [...(await everyRow(storage)).values()]
  expect(after.filter((outcome) => outcome === 'open')).toEqual([])
  expect(after.filter((outcome) => outcome === 'crashed')).toHaveLength(open)
  expect(after).toHaveLength(found.size)
  await storage.close()
})
