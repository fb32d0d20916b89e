/** The whole window in German, over the engine in memory: nothing on any screen is left in English, or wider than a small window. Needs `npm run build`. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium, openPage, type WatchedPage } from '../support/browser.ts'
import { englishAmong, englishTexts, isSentence, visibleTexts } from '../support/english-left.ts'
import { tooWide } from '../support/screens/too-wide.ts'
import { type FakeServer, serveFake } from '../support/serve-fake.ts'

/** Much is on the screen at once. */
const TALL = { width: 1440, height: 1800 }

let browser: Browser
let server: FakeServer
let watched: WatchedPage
let texts: ReadonlySet<string>

beforeAll(async () => {
  texts = await englishTexts()
  browser = await launchChromium()
  server = await serveFake({ pace: 0 })
  watched = await openPage(browser, server.url, { locale: 'de-DE', reducedMotion: 'reduce', viewport: TALL })
})
afterAll(async () => {
  await watched?.close()
  await server?.close()
  await browser?.close()
})

async function goTo(hash: string): Promise<Page> {
  const { page } = watched
  await page.goto('about:blank')
  await page.goto(`${server.url}/${hash}`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForTimeout(300)
  return page
}

/** English on the page as it is, and on each of its tabs, with everything unfolded. */
async function englishOn(page: Page): Promise<readonly string[]> {
  const found = new Set(englishAmong(await unfolded(page), texts))
  const tabs = page.getByRole('tab')
  for (let at = 0; at < (await tabs.count()); at++) {
    await tabs.nth(at).click()
    await page.waitForTimeout(150)
    for (const each of englishAmong(await unfolded(page), texts)) found.add(each)
  }
  return [...found]
}

async function unfolded(page: Page): ReturnType<typeof visibleTexts> {
  await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
  await page.waitForTimeout(50)
  return visibleTexts(page)
}

const row = (nth: number) => async (page: Page) => {
  await page.getByRole('row').nth(nth).click()
  await page.getByRole('complementary').waitFor()
}

type Screen = readonly [name: string, hash: string, prepare?: (page: Page) => Promise<unknown>]

const SCREENS: readonly Screen[] = [
  ['the playground', '#/playground'],
  ['the playground with answers', '#/playground', ask],
  ['the traffic', '#/traffic'],
  // an answer after a detour, a failure, an automatic choice, bodies that were let go
  ...[2, 3, 5, 7, 9].map((nth) => [`request ${nth} of the traffic`, '#/traffic', row(nth)] satisfies Screen),
  ['the costs', '#/costs'],
  ['the cache', '#/cache'],
  ['an entry of the cache', '#/cache', row(1)],
  ['the models', '#/models'],
  ...[1, 5].map((nth) => [`model ${nth}`, '#/models', row(nth)] satisfies Screen),
  ['the providers', '#/providers'],
  ['the routing', '#/routing'],
  ['the simulator', '#/routing/simulator', simulate],
  ['automatic routing', '#/routing/auto', (page) => page.waitForTimeout(1_500)],
  ['connecting', '#/connect'],
  ['the settings', '#/settings'],
  ['the command palette', '#/costs', (page) => page.keyboard.press('Control+k')],
  ['the shortcuts', '#/costs', (page) => page.keyboard.press('Control+/')],
]

async function ask(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: /Frage/ }).fill('Was ist ein Weichenfeld?')
  await page.keyboard.press('Control+Enter')
  await page.waitForTimeout(1_500)
}

async function simulate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Plan zeigen' }).first().click()
  await page.waitForTimeout(200)
}

it('speaks German to a machine that does, and says so to screen readers', async () => {
  const page = await goTo('#/costs')
  expect(await page.evaluate('document.documentElement.lang')).toBe('de')
  expect(await page.evaluate('document.documentElement.dir')).toBe('ltr')
})

describe('no English is left on', () => {
  it.each(SCREENS.map(([name, ...screen]) => ({ name, screen })))('$name', async ({ screen: [hash, prepare] }) => {
    const page = await goTo(hash)
    await prepare?.(page)
    const seen = await unfolded(page)
    expect(seen.length).toBeGreaterThan(10)
    await page.setViewportSize({ width: 900, height: 600 })
    expect(await tooWide(page)).toEqual([])
    await page.setViewportSize(TALL)
    expect(await englishOn(page)).toEqual([])
  })
})

describe('this test', () => {
  it('knows English when it sees it', () => {
    expect(['This is the answer.', 'Rests for 8 s', 'No key for Google yet.', 'It was not kept'].map(isSentence)).toEqual([true, true, true, true])
    expect(['Das ist die Antwort.', 'Noch kein Schlüssel für Google.', 'Preset „terse“', 'openai/gpt-5-mini'].map(isSentence)).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(texts.size).toBeGreaterThan(1_000)
  })
})
