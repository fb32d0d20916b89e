/**
 * `npm run screenshots -- [--out FOLDER] [--only PATTERN] [--size 900] [--theme dark] [--lang de] [--rtl] [--zoom 200] [--contrast forced|more]`: pictures of
 * every state of every screen, 1440x900 and 900x600, light and dark, of the built app with sample data: three weeks of made-up history, made-up keys, and a
 * made-up provider on this machine. Named `screen-state-size-theme.png`. Needs a Chromium (see test/support/chromium.ts).
 */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { build, buildIsStale } from '../../electron/start/build.ts'
import { launchChromium, openPage } from '../support/browser.ts'
import { reach } from '../support/screens/reach.ts'
import { SCREEN_STATES } from '../support/screens/states.ts'
import { wordsIn } from '../support/screens/words.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { SAMPLE_MODELS, sampleTraffic, writeSampleFolder } from './sample-engine.ts'
import { sampleUpstream } from './sample-upstream.ts'
import { startWindow } from './window.ts'

const SIZES = [
  { width: 1440, height: 900 },
  { width: 900, height: 600 },
] as const
const THEMES = ['light', 'dark'] as const
/** A step that finds nothing to press in this time never will. */
const STEP_MS = 10_000
/** After another size or theme. */
const REDRAWN_MS = 120

const root = fileURLToPath(new URL('../../', import.meta.url))
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'out/pictures' },
    only: { type: 'string', default: '' },
    size: { type: 'string' },
    theme: { type: 'string' },
    lang: { type: 'string', default: 'en' },
    rtl: { type: 'boolean', default: false },
    zoom: { type: 'string', default: '100' },
    contrast: { type: 'string' },
  },
})
const zoom = Number(values.zoom) / 100
const sizes = SIZES.filter(({ width }) => values.size === undefined || String(width) === values.size)
const themes = THEMES.filter((theme) => values.theme === undefined || theme === values.theme)
const words = wordsIn(values.lang === 'de' ? 'de' : 'en')
const panes = SAMPLE_MODELS.map((model, index) => ({ id: `sample-${index}`, model }))
const desk = JSON.stringify({ version: 2, state: { panes } })

mkdirSync(values.out, { recursive: true })
if (await buildIsStale(root)) await build(root)
using usedFolder = temporaryFolder()
using freshFolder = temporaryFolder()
const upstream = await sampleUpstream()
console.log(`Sample data: ${await writeSampleFolder(usedFolder.path, upstream.url)} requests`)
const used = await startWindow(usedFolder.path)
const fresh = await startWindow(freshFolder.path)
const browser = await launchChromium()
let taken = 0
const missed: string[] = []
try {
  for (const { address, link } of [used, fresh]) {
    const { page, troubles, close } = await openPage(browser, address, {
      colorScheme: 'light',
      locale: values.lang,
      reducedMotion: 'reduce',
      deviceScaleFactor: zoom,
    })
    page.setDefaultTimeout(STEP_MS)
    await emulateContrast(page)
    await page.goto(link)
    await page.getByRole('navigation').first().waitFor()
    if (address === used.address) await sampleTraffic(page, address)
    for (const state of SCREEN_STATES) {
      if ((state.fresh === true) !== (address === fresh.address) || !new RegExp(values.only).test(state.name)) continue
      await resize(page, SIZES[0])
      try {
        await reach(page, state, { address, words, ...(address === used.address && { desk }) })
      } catch (thrown) {
        // the others are worth having all the same; what it looked like instead is told by its picture
        missed.push(`${state.name}: ${String(thrown).split('\n')[0]}`)
      }
      // only now: the window sets its own direction once it knows its language
      if (values.rtl) await page.evaluate("document.documentElement.dir = 'rtl'")
      await pictures(page, state.name)
    }
    for (const trouble of troubles) console.log(`trouble: ${trouble}`)
    await close()
  }
  for (const each of missed) console.log(`not reached: ${each}`)
  console.log(`Taken: ${taken} pictures in ${values.out}`)
} finally {
  await browser.close()
  await used.close()
  await fresh.close()
  await upstream.close()
}
if (missed.length > 0) process.exitCode = 1

async function pictures(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await resize(page, size)
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme })
      await page.waitForTimeout(REDRAWN_MS)
      await page.screenshot({ path: `${values.out}/${name}-${size.width}-${colorScheme}.png` })
      taken++
    }
  }
}

/** At 200 % a window of 900x600 has room for 450x300. */
function resize(page: Page, { width, height }: (typeof SIZES)[number]): Promise<void> {
  return page.setViewportSize({ width: Math.round(width / zoom), height: Math.round(height / zoom) })
}

async function emulateContrast(page: Page): Promise<void> {
  if (values.contrast === 'forced') await page.emulateMedia({ forcedColors: 'active' })
  if (values.contrast === 'more') await page.emulateMedia({ contrast: 'more' })
}
