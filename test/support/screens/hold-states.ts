/**
 * Every state of every screen, under the product's own policy, against the engine in memory: axe finds nothing serious in either theme, nothing is wider
 * than a small window, from right to left neither, and the console stays clean. German is held to its width in test/browser/german.spec.ts.
 */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium, openPage, type WatchedPage } from '../browser.ts'
import { type FakeServer, serveFake } from '../serve-fake.ts'
import { reach } from './reach.ts'
import type { ScreenState } from './state.ts'
import { tooWide } from './too-wide.ts'
import { wordsIn } from './words.ts'

const WIDE = { width: 1440, height: 900 }
const SMALL = { width: 900, height: 600 }
/** What a theme, a size or a direction can change; the rest is the same in all of them. */
const DRAWN = ['color-contrast', 'scrollable-region-focusable']
/** States in which we cut the line ourselves; the browser writes that into its console. */
const CUT = /net::ERR_FAILED/
const SETTLED_MS = 30

interface Window extends WatchedPage {
  readonly server: FakeServer
}

let browser: Browser
const windows = new Map<boolean, Promise<Window>>()

/** One, and one for an engine that has not been used; all states of a file share them. */
function windowOf(fresh: boolean): Promise<Window> {
  const window = windows.get(fresh) ?? openWindow(fresh)
  windows.set(fresh, window)
  return window
}

async function openWindow(fresh: boolean): Promise<Window> {
  const server = await serveFake({ pace: 0, ...(fresh && { past: 0, keyless: true }) })
  return { server, ...(await openPage(browser, server.url, { locale: 'en', reducedMotion: 'reduce' })) }
}

async function serious(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // one window without frames, of which only what is wrong is asked, and of a list its first rows: less than half the time
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .exclude('[role="row"]:nth-child(n + 8)')
  const { violations } = await (rules === undefined ? axe : axe.withRules([...rules])).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`)
}

async function enter(state: ScreenState): Promise<Window & { readonly since: number }> {
  const window = await windowOf(state.fresh === true)
  // what the state before has still to complain about is its own
  await window.page.goto('about:blank')
  const since = window.troubles.length
  await window.page.setViewportSize(WIDE)
  await window.page.emulateMedia({ colorScheme: 'light' })
  await reach(window.page, state, { address: window.server.url, words: wordsIn('en'), settledMs: SETTLED_MS })
  return { ...window, since }
}

/** One test for each of them, in the file that calls it. */
export function holdStates(states: readonly ScreenState[]): void {
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    for (const window of windows.values()) await (await window).server.close()
    await browser?.close()
  })

  it.each(states)('$name', async (state) => {
    const { page, troubles, since } = await enter(state)
    const found: Record<string, readonly string[]> = { 'light, wide': await serious(page) }
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize(SMALL)
    found['too wide'] = await tooWide(page)
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    found['too wide, from right to left'] = await tooWide(page)
    // what stands in the place of a screen is the same part everywhere, and is seen dark where the playground shows it
    const isStandIn = state.engine !== undefined && !state.name.startsWith('playground')
    if (!isStandIn) found['dark, small, from right to left'] = await serious(page, DRAWN)
    found.console = troubles.slice(since).filter((trouble) => state.engine !== 'leaves' || !CUT.test(trouble))
    expect(Object.fromEntries(Object.entries(found).filter(([, problems]) => problems.length > 0))).toEqual({})
  })
}
