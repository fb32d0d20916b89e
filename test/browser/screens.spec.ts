/**
 * Every state of every screen, under the product's own policy, against the engine in memory: axe finds nothing serious in either theme, nothing is wider
 * than a small window, in German and from right to left neither, and the console stays clean. Needs `npm run build`.
 */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Language } from '../../renderer/i18n/texts.ts'
import { launchChromium, openPage, type WatchedPage } from '../support/browser.ts'
import { reach } from '../support/screens/reach.ts'
import type { ScreenState } from '../support/screens/state.ts'
import { SCREEN_STATES } from '../support/screens/states.ts'
import { wordsIn } from '../support/screens/words.ts'
import { type FakeServer, serveFake } from '../support/serve-fake.ts'

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
const windows = new Map<string, Promise<Window>>()

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(async () => {
  for (const window of windows.values()) await (await window).server.close()
  await browser?.close()
})

/** One for each language, and for an engine that has not been used; all states share them. */
function windowOf(language: Language, fresh: boolean): Promise<Window> {
  const name = `${language} ${fresh}`
  const window = windows.get(name) ?? openWindow(language, fresh)
  windows.set(name, window)
  return window
}

async function openWindow(locale: Language, fresh: boolean): Promise<Window> {
  const server = await serveFake({ pace: 0, ...(fresh && { past: 0, keyless: true }) })
  return { server, ...(await openPage(browser, server.url, { locale, reducedMotion: 'reduce' })) }
}

async function serious(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // one window without frames, of which only what is wrong is asked: half the time
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await (rules === undefined ? axe : axe.withRules([...rules])).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`)
}

/** Parts of the screen that are wider than their place, but for those that are meant to be scrolled sideways. */
function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('html, main, main section, [role="dialog"]')]
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && !['auto', 'scroll'].includes(getComputedStyle(each).overflowX))
      .map((each) => `${each.tagName} ${each.getAttribute('aria-label') ?? each.className}: ${each.scrollWidth} px in ${each.clientWidth}`),
  )
}

async function enter(state: ScreenState, language: Language): Promise<Window & { readonly since: number }> {
  const window = await windowOf(language, state.fresh === true)
  // what the state before has still to complain about is its own
  await window.page.goto('about:blank')
  const since = window.troubles.length
  await window.page.setViewportSize(WIDE)
  await window.page.emulateMedia({ colorScheme: 'light' })
  await reach(window.page, state, { address: window.server.url, words: wordsIn(language), settledMs: SETTLED_MS })
  return { ...window, since }
}

describe('each state', () => {
  it.each(SCREEN_STATES)('$name', async (state) => {
    const { page, troubles, since } = await enter(state, 'en')
    const found: Record<string, readonly string[]> = { 'light, wide': await serious(page) }
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize(SMALL)
    found['too wide'] = await tooWide(page)
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    found['too wide, from right to left'] = await tooWide(page)
    found['dark, small, from right to left'] = await serious(page, DRAWN)
    found.console = troubles.slice(since).filter((trouble) => state.engine !== 'leaves' || !CUT.test(trouble))
    expect(Object.fromEntries(Object.entries(found).filter(([, problems]) => problems.length > 0))).toEqual({})
  })
})

describe('each state in German', () => {
  it.each(SCREEN_STATES.filter(({ engine, fresh }) => engine === undefined && fresh === undefined))('$name', async (state) => {
    const { page, troubles, since } = await enter(state, 'de')
    await page.setViewportSize(SMALL)
    expect({ tooWide: await tooWide(page), console: troubles.slice(since) }).toEqual({ tooWide: [], console: [] })
  })
})
