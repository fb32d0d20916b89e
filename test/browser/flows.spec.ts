/** Flows that are not shown beside a screen's other tests, by the fewest actions there are; see also frame, traffic, budgets and cache. Needs `npm run build`. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { launchChromium, openPage, type WatchedPage } from '../support/browser.ts'
import { openRecord } from '../support/fake-traffic.ts'
import { type FakeServer, serveFake } from '../support/serve-fake.ts'

let browser: Browser
const open: { close(): Promise<void> }[] = []

beforeAll(async () => {
  browser = await launchChromium()
})
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})
afterAll(async () => {
  await browser?.close()
})

async function start(hash: string): Promise<WatchedPage & { server: FakeServer }> {
  const server = await serveFake({ pace: 0.1 })
  open.push(server)
  const watched = await openPage(browser, server.url, { reducedMotion: 'reduce' })
  open.push(watched)
  await watched.page.goto(`${server.url}/${hash}`)
  return { ...watched, server }
}

const drawer = (page: Page) => page.getByRole('complementary', { name: 'Request details' })

it('compares three models in a new tab without a mouse', async () => {
  const { page, troubles } = await start('#/playground')
  const question = page.getByRole('textbox', { name: /Question to 3 models/ })
  await question.waitFor()
  await page.keyboard.press('Control+t')
  await page.getByRole('navigation', { name: 'Tabs' }).waitFor()
  await question.fill('What is a circuit breaker?')
  await page.keyboard.press('Control+Enter')
  for (const letter of ['A', 'B', 'C']) {
    await page
      .getByRole('button', { name: `Regenerate ${letter}` })
      .and(page.locator(':enabled'))
      .waitFor()
  }
  expect(troubles).toEqual([])
})

it('says why a model answered at one click in the list', async () => {
  const { page } = await start('#/traffic')
  await page.getByRole('row').getByRole('button', { name: /tries/ }).first().click()
  await drawer(page).getByRole('tab', { name: 'Why', selected: true }).waitFor()
  await drawer(page).getByText('Candidates').waitFor()
})

it('leads from a cached answer in the list to where it is deleted', async () => {
  const { page, server } = await start('#/traffic')
  await page.getByRole('row').nth(3).waitFor()
  const cache = { kind: 'exact', key: 'a'.repeat(64), source: 'past-0001', ageMs: 1_000 } as const
  server.engine.record({
    ...openRecord('live-1', Date.now(), 'openai/gpt-5-mini'),
    source: 'proxy',
    outcome: 'ok',
    status: 200,
    servedBy: 'openai/gpt-5-mini',
    cache,
  })
  await page.getByRole('row').getByRole('button', { name: 'cached' }).first().click()
  await expect.poll(() => page.url()).toMatch(/#\/cache\/.+/)
})

it('replaces a key in two actions and a paste', async () => {
  const { page } = await start('#/providers')
  await page
    .getByRole('button', { name: /^More for/ })
    .first()
    .press('Enter')
  await page.getByRole('menuitem', { name: /Replace/ }).press('Enter')
  await page.getByRole('dialog').getByLabel(/key/i).first().fill('sk-proj-made-up-new')
  await page.keyboard.press('Enter')
  await page
    .getByText(/^Replaced/)
    .first()
    .waitFor()
})
