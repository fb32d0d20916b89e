/** Traffic in a real browser, under the product's own policy, against the engine in memory. Needs `npm run build`. */
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { UsageRecord } from '../../shared/ledger.ts'
import type { WatchedPage } from '../support/browser.ts'
import type { FakeOptions } from '../support/fake-api.ts'
import { openRecord } from '../support/fake-traffic.ts'
import { type RowsSeen, watchRows } from '../support/rows-seen.ts'
import type { FakeServer } from '../support/serve-fake.ts'
import { workbenches } from '../support/workbench.ts'

const open = workbenches()

const start = (hash = '#/traffic', options: FakeOptions = {}, page: BrowserContextOptions = {}) => open(hash, options, page)

function request(id: string, fields: Partial<UsageRecord> = {}): UsageRecord {
  return { ...openRecord(id, Date.now(), 'openai/gpt-5-mini'), source: 'proxy', caller: 'client-0', callerName: 'Claude Code', ...fields }
}
const ENDED = { outcome: 'ok', status: 200, firstEventMs: 210, totalMs: 1400, servedBy: 'openai/gpt-5-mini', tokens: { input: 900, output: 60 } } as const

const grid = (page: Page) => page.getByRole('grid')
const rows = (page: Page) => grid(page).getByRole('row')
const drawer = (page: Page) => page.getByRole('complementary', { name: 'Request details' })
const field = (page: Page) => page.getByRole('combobox', { name: 'Filter by words' })
const all = (page: Page, count: string) => page.getByText(`That is all: ${count}.`).waitFor({ state: 'attached' })
/** Serious faults that axe finds in a part of the page. */
async function seriousIn(page: Page, selector: string): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).include(selector).analyze()
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)
}
const toast = (page: Page, text: string) => page.getByText(text).first().waitFor()

describe('the list', () => {
  it('is read by keyboard alone', async () => {
    const { page, troubles } = await start()
    await grid(page).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await drawer(page).getByText('Attempts').waitFor()
    const second = await drawer(page).getByRole('heading', { level: 2 }).textContent()
    await page.keyboard.press('ArrowDown')
    await drawer(page)
      .getByRole('heading', { level: 2 })
      .filter({ hasNotText: second ?? '' })
      .waitFor()
    expect(await page.getByRole('row', { selected: true }).count()).toBe(1)
    await page.keyboard.press('Escape')
    await drawer(page).waitFor({ state: 'detached' })
    expect(troubles).toEqual([])
  })

  it('finds a failure without a mouse: /, err, Enter, j, Space', async () => {
    const { page, troubles } = await start()
    await rows(page).nth(3).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('err')
    await page.getByRole('option', { name: /is:failed/, selected: true }).waitFor()
    await page.keyboard.press('Enter')
    await all(page, '15 requests')
    await grid(page).and(page.locator(':focus-within')).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Space')
    await drawer(page).getByText('It failed').waitFor()
    await page.keyboard.press('Space')
    await drawer(page).waitFor({ state: 'detached' })
    expect(troubles).toEqual([])
  })

  it('shows a request while it runs and its end in the same row', async () => {
    const { page, server } = await start()
    await all(page, '60 requests')
    server.engine.record(request('live-1'))
    await rows(page).nth(1).getByText('waiting').waitFor()
    server.engine.record(request('live-1', { ...ENDED }))
    await rows(page).nth(1).getByText('200').waitFor()
    await all(page, '61 requests')
  })

  it('keeps what is being read in its place when new requests arrive above it', async () => {
    const { page, server } = await start()
    await all(page, '60 requests')
    await grid(page).focus()
    await page.keyboard.press('End')
    const row = page.getByRole('row', { selected: true })
    await row.waitFor()
    const before = await row.boundingBox()
    for (let index = 0; index < 5; index += 1) server.engine.record(request(`live-${index}`, { ...ENDED }))
    await all(page, '65 requests')
    expect((await row.boundingBox())?.y).toBe(before?.y)
  })

  it('says how to send the first request, and is gone from there when it comes', async () => {
    const { page, server } = await start('#/traffic', { past: 0 })
    await page.getByText('Waiting for the first request').waitFor()
    expect(await page.locator('pre').textContent()).toContain('switchyard-demo')
    server.engine.record(request('first'))
    await rows(page).nth(1).waitFor()
  })

  it('says when the log cannot be loaded, and tries again', async () => {
    const { page, server } = await start('#/connect')
    await page.route('**/api/traffic.marks', (route) => route.abort())
    await page.goto(`${server.url}/#/traffic`)
    await page.getByText('The log could not be loaded').waitFor()
    await page.unroute('**/api/traffic.marks')
    await page.getByRole('button', { name: 'Try again' }).click()
    await all(page, '60 requests')
  })
})

describe('100,000 requests', () => {
  it('are scrolled through without a blank row, and jumped about in', { timeout: 300_000 }, async () => {
    const total = 100_000
    const { page, troubles } = await start('#/traffic', { past: total })
    await all(page, '100.0k requests')
    await grid(page).focus()
    const seen = await watchRows(page)
    const settled = () => expect.poll(() => page.locator('[role="row"][aria-busy="true"]').count()).toBe(0)
    // a block of rows at each frame, further than anybody's wheel goes
    for (let place = 10_000; place <= total; place += 10_000) {
      await seen.scrollTo(place)
      await settled()
      await seen.sample()
    }
    for (const place of [50_000, 3, 99_990, 12_345]) {
      await seen.jumpTo(place)
      await settled()
      // the row that stands there is the one that belongs there
      await page.locator(`[id$="-past-${String(total - place).padStart(4, '0')}"]`).waitFor()
    }
    await page.keyboard.press('End')
    await page.locator('[id$="-past-0001"][aria-selected="true"]').waitFor()
    const counted: RowsSeen = await seen.counts()
    process.stdout.write(`100,000 rows: ${JSON.stringify(counted)}\n`)
    expect(counted.frames).toBeGreaterThan(500)
    expect({ missing: counted.missing, empty: counted.empty, blanks: counted.blanks }).toEqual({ missing: 0, empty: 0, blanks: [] })
    expect(await rows(page).count()).toBeLessThan(100)
    expect(troubles).toEqual([])
  })
})

describe('the filter', () => {
  it('proposes as one types, takes negation, and says what it does not understand', async () => {
    const { page } = await start()
    await all(page, '60 requests')
    await page.keyboard.press('/')
    await page.keyboard.type('-cli')
    await page.keyboard.press('Tab')
    expect(await field(page).inputValue()).toBe('-client:')
    // and the next letter may come in the same moment
    await page.keyboard.press('Control+A')
    await page.keyboard.type('-cli')
    await page.evaluate(`(() => {
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true }))
      document.execCommand('insertText', false, 'c')
      return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    })()`)
    await page.keyboard.type('urs')
    expect(await field(page).inputValue()).toBe('-client:curs')
    await page.getByRole('option', { name: '-client:Cursor' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await field(page).inputValue()).toBe('-client:Cursor ')
    await all(page, '45 requests')
    await page.keyboard.type('colour:red ')
    await page.getByText('There is no field “colour”.').waitFor()
    await all(page, '45 requests')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await all(page, '60 requests')
  })

  it('is kept under a name, used again and forgotten', async () => {
    const { page } = await start()
    await field(page).fill('is:failed')
    await all(page, '15 requests')
    await page.getByRole('button', { name: 'Saved filters' }).click()
    await page.getByRole('menuitem', { name: 'Save this filter' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Failures')
    await page.keyboard.press('Enter')
    await toast(page, 'Saved as “Failures”.')
    await field(page).fill('')
    await all(page, '60 requests')
    await page.getByRole('button', { name: 'Saved filters' }).click()
    await page.getByRole('menuitem', { name: 'Failures', exact: true }).click()
    await all(page, '15 requests')
    await page.getByRole('button', { name: 'Saved filters' }).click()
    await page.getByRole('menuitem', { name: 'Forget the filter “Failures”' }).click()
    await toast(page, '“Failures” is forgotten.')
  })
})

describe('the drawer', () => {
  it('says what each attempt came to', async () => {
    const { page } = await start('#/traffic/past-0058')
    await drawer(page).getByText('429, the provider limits the rate, after 610 ms').waitFor()
  })

  it('tells the whole story of a request, tab by tab', async () => {
    const { page, troubles } = await start('#/traffic/past-0059')
    const tab = (name: string) => page.getByRole('tab', { name, exact: true })
    await tab('Request').click()
    await drawer(page).getByText('Body as received').waitFor()
    await drawer(page)
      .getByRole('button', { name: /Fold messages/ })
      .click()
    await drawer(page).getByText('2 items').waitFor()
    await tab('Response').click()
    await drawer(page).getByText('The retry loop never resets').waitFor()
    await drawer(page).getByText('Raw', { exact: true }).click()
    await drawer(page).getByText('data: ').waitFor()
    await tab('Translated').click()
    await drawer(page).getByText('Body as sent').waitFor()
    await tab('Why').click()
    await drawer(page).getByText('no key', { exact: true }).waitFor()
    await tab('Cost').click()
    await drawer(page).getByText('How it came about').waitFor()
    await drawer(page).getByRole('row', { name: /^Sum/ }).waitFor()
    await tab('Cache').click()
    await drawer(page).getByText('Prompt cache').waitFor()
    expect(troubles).toEqual([])
  })

  it('remembers how wide it was', async () => {
    const { page } = await start('#/traffic/past-0058')
    const handle = page.getByRole('separator', { name: 'Width of the details' })
    await handle.focus()
    const before = Number(await handle.getAttribute('aria-valuenow'))
    await page.keyboard.press('ArrowLeft')
    expect(Number(await handle.getAttribute('aria-valuenow'))).toBeGreaterThan(before)
    await page.reload()
    await handle.waitFor()
    expect(Number(await handle.getAttribute('aria-valuenow'))).toBeGreaterThan(before)
  })
})

describe('by one key', () => {
  async function onRow(permissions: readonly string[] = []): Promise<WatchedPage & { server: FakeServer }> {
    const started = await start('#/traffic', {}, { permissions: [...permissions] })
    await all(started.page, '60 requests')
    await grid(started.page).focus()
    await started.page.keyboard.press('j')
    await started.page.keyboard.press('j')
    return started
  }
  const current = (page: Page) => page.getByRole('row', { selected: true })

  it('a request is sent again and shown', async () => {
    const { page } = await onRow()
    await page.keyboard.press('r')
    await toast(page, 'Sent again.')
    await all(page, '61 requests')
    await drawer(page).getByText('Playground').first().waitFor()
  })

  it('what has become of it is told so that everybody can read it and put it away', async () => {
    const { page } = await start()
    await grid(page).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('r')
    await toast(page, 'Sent again.')
    expect(await seriousIn(page, '[data-toasts]')).toEqual([])
    await page.route('**/api/traffic.replay', (route) => route.abort())
    await page.keyboard.press('r')
    const toasts = page.locator('[data-toasts] button[aria-label="Dismiss"]')
    await expect.poll(() => toasts.count()).toBe(2)
    expect(await seriousIn(page, '[data-toasts]')).toEqual([])
    await page.locator('[data-toasts]').getByRole('button', { name: 'Dismiss' }).first().click()
    await expect.poll(() => toasts.count()).toBe(1)
  })

  it('a request is compared with two cheaper models', async () => {
    const { page } = await onRow()
    await page.keyboard.press('c')
    await page.getByText('Why does the retry loop stop after one attempt?').first().waitFor()
    expect(await page.locator('[data-pane]').count()).toBe(3)
  })

  it('a rule is made', async () => {
    const { page } = await onRow()
    await page.keyboard.press('m')
    await page.getByRole('tab', { name: 'Rules', selected: true }).waitFor()
    await page
      .getByText('Not saved yet')
      .or(page.getByRole('button', { name: 'Discard' }))
      .first()
      .waitFor()
  })

  it('a request is copied as curl', async () => {
    const { page } = await onRow(['clipboard-read', 'clipboard-write'])
    await page.keyboard.press('Control+Shift+c')
    await toast(page, 'Copied: curl')
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain("curl 'http://127.0.0.1:4747/v1/")
  })

  it('a request is pinned and stays when all others are deleted, which can be undone', async () => {
    const { page } = await onRow()
    await page.keyboard.press('Control+p')
    await current(page).getByText('pinned').waitFor({ state: 'attached' })
    await page.getByRole('button', { name: 'Delete what is shown' }).click()
    const asked = page.getByRole('alertdialog')
    await asked.getByText('59 requests would be deleted. 1 pinned one stays.').waitFor()
    await asked.getByRole('button', { name: 'Delete 59' }).click()
    await all(page, '1 request')
    await page.getByRole('button', { name: 'Undo' }).click()
    await all(page, '60 requests')
  })

  it('a request is deleted, the next one is current, and it comes back', async () => {
    const { page } = await onRow()
    const before = await current(page).getAttribute('id')
    await page.keyboard.press('Delete')
    await all(page, '59 requests')
    expect(await current(page).getAttribute('id')).not.toBe(before)
    await page.getByRole('button', { name: 'Undo' }).click()
    await all(page, '60 requests')
  })

  it('two requests stand side by side', async () => {
    const { page } = await onRow()
    await page.keyboard.press('d')
    await toast(page, 'Now press D on the other request.')
    await page.keyboard.press('j')
    await page.keyboard.press('d')
    await page.getByRole('complementary', { name: 'Two requests' }).getByText('Request bodies').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('complementary', { name: 'Two requests' }).waitFor({ state: 'detached' })
  })
})

it('speaks German', async () => {
  const { page, server } = await start('#/settings')
  await page.goto(`${server.url}/#/traffic`)
  await rows(page).nth(5).waitFor()
  await page.request.post(`${server.url}/api/settings.update`, { data: { language: 'de' } })
  await page.getByRole('grid', { name: 'Anfragen, die neuesten zuerst' }).waitFor()
  await rows(page).nth(3).click()
  await page.getByRole('tab', { name: 'Übersetzt' }).waitFor()
  await page.getByText('Das sind alle: 60 Anfragen.').waitFor({ state: 'attached' })
})
