/**
 * `npm run bench:ui`: what the window costs, told by Chromium's own tracing. Six panes that are written at once, memory over many runs, long lists that are
 * scrolled. Figures are of this machine, drawn without a graphics card; nothing here passes or fails. Needs a Chromium (see test/support/chromium.ts).
 *
 *   --seconds=60 --runs=20 --rows=100000 --models=5000 --tokens=300
 */
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { build, buildIsStale } from '../../../electron/start/build.ts'
import { launchChromium, openPage } from '../../support/browser.ts'
import type { FakeOptions } from '../../support/fake-api.ts'
import { watchRows } from '../../support/rows-seen.ts'
import { serveFake } from '../../support/serve-fake.ts'
import { flood } from './flood.ts'
import { type Spread, type TraceFigures, traced } from './trace.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    runs: { type: 'string', default: '20' },
    rows: { type: 'string', default: '100000' },
    models: { type: 'string', default: '5000' },
    tokens: { type: 'string', default: '300' },
  },
})
const seconds = Number(values.seconds)
const [runs, rowCount, modelCount, tokensPerSecond] = [values.runs, values.rows, values.models, values.tokens].map(Number) as [number, number, number, number]
const PANES = 6
/** Of the runs after which memory is read. */
const SHORT_RUN_SECONDS = 2
/** A key every so often, as somebody types who does not wait for the answers. */
const KEY_EVERY_MS = 150
const WHEEL_PX = 600
const WHEEL_EVERY_MS = 30
const DESK = {
  panes: Array.from({ length: PANES }, (_, index) => ({ id: `pane-${index}`, model: 'demo/swift' })),
  draft: 'What is a semaphore?',
  layout: 'grid',
}

const root = fileURLToPath(new URL('../../../', import.meta.url))
if (await buildIsStale(root)) await build(root)
const browser = await launchChromium()
say(`${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Chromium ${browser.version()}, without a graphics card`)
try {
  await panes(browser)
  await memory(browser)
  await list(browser, `${rowCount.toLocaleString('en')} rows of traffic`, '#/traffic', { past: rowCount })
  await list(browser, `${modelCount.toLocaleString('en')} models`, '#/models', { models: modelCount })
} finally {
  await browser.close()
}

async function panes(chromium: Browser): Promise<void> {
  await withPage(chromium, '#/playground', { answer: (model, signal) => flood(model, tokensPerSecond, seconds, signal) }, async (page) => {
    const figures = await traced(chromium, page, async () => {
      await ask(page)
      const end = Date.now() + seconds * 1000
      while (Date.now() < end) {
        await page.keyboard.press('a')
        await page.waitForTimeout(KEY_EVERY_MS)
      }
    })
    say(`\n${PANES} panes at ${tokensPerSecond} tokens/s for ${seconds} s, somebody typing meanwhile`)
    tell(figures)
  })
}

async function memory(chromium: Browser): Promise<void> {
  await withPage(chromium, '#/playground', { answer: (model, signal) => flood(model, tokensPerSecond, SHORT_RUN_SECONDS, signal) }, async (page) => {
    const session = await page.context().newCDPSession(page)
    const used: number[] = []
    for (let run = 0; run < runs; run++) {
      // each run in a tab of its own, and the one before closed: what a tab said is kept on purpose
      if (run > 0) for (const keys of ['Control+t', 'Control+Shift+Tab', 'Control+w']) await page.keyboard.press(keys)
      await ask(page)
      await page.waitForTimeout(SHORT_RUN_SECONDS * 1000 + 500)
      await session.send('HeapProfiler.collectGarbage')
      used.push((await session.send('Runtime.getHeapUsage')).usedSize / 1024 / 1024)
    }
    say(`\nmemory after each of ${runs} runs of ${SHORT_RUN_SECONDS} s in ${PANES} panes, in MB: ${used.map((each) => each.toFixed(1)).join(' ')}`)
  })
}

async function list(chromium: Browser, what: string, hash: string, options: FakeOptions): Promise<void> {
  await withPage(chromium, hash, options, async (page) => {
    await page.getByRole('grid').getByRole('row').nth(5).waitFor()
    const seen = await watchRows(page)
    const box = await page.getByRole('grid').boundingBox()
    await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200)
    let watching = true
    const figures = await traced(chromium, page, async () => {
      const watch = (async () => {
        while (watching) await seen.sample()
      })()
      const end = Date.now() + seconds * 1000
      while (Date.now() < end) {
        await page.mouse.wheel(0, WHEEL_PX)
        await page.waitForTimeout(WHEEL_EVERY_MS)
      }
      watching = false
      await watch
    })
    const { frames, missing, empty, waiting } = await seen.counts()
    const reached = await page.evaluate('Math.round(document.querySelector("[role=grid]").scrollTop / 28)')
    say(`\n${what}, ${WHEEL_PX} px of the wheel every ${WHEEL_EVERY_MS} ms for ${seconds} s, down to row ${reached}`)
    tell(figures)
    say(`  rows   looked at in ${frames} frames: ${missing} missing, ${empty} empty, ${waiting} said that they are on their way`)
  })
}

async function withPage(chromium: Browser, hash: string, options: FakeOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const server = await serveFake(options)
  const { page, close } = await openPage(chromium, server.url)
  try {
    await page.addInitScript(`localStorage.setItem('switchyard.playground', ${JSON.stringify(JSON.stringify({ state: DESK, version: 2 }))})`)
    await page.goto(`${server.url}/${hash}`)
    await use(page)
  } finally {
    await close()
    await server.close()
  }
}

/** Sends the draft to all panes, and leaves the caret where the next question is typed. */
async function ask(page: Page): Promise<void> {
  await page.locator('textarea').last().click()
  await page.keyboard.type('?')
  await page.keyboard.press('Control+Enter')
}

function tell({ presented, partial, dropped, droppedMoving, betweenMs, inputMs }: TraceFigures): void {
  say(`  frames ${presented} presented (${partial} of them in part), ${dropped} dropped (${droppedMoving} while something moved)`)
  say(`  ms between frames ${spread(betweenMs)}`)
  for (const [type, each] of Object.entries(inputMs)) say(`  ms until shown    ${spread(each)}  ${type}`)
}

function spread({ count, p50, p95, p99, most }: Spread): string {
  return `p50 ${p50}  p95 ${p95}  p99 ${p99}  most ${most}  (${count})`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
