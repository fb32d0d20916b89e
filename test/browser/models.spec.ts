/** The models screen in a real browser, under the product's own policy, against the engine in memory. Needs `npm run build`. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { FakeOptions } from '../support/fake-api.ts'
import { type OpenedWorkbench, workbenches } from '../support/workbench.ts'

const open = workbenches()

async function start(hash: string, options: FakeOptions = {}, page: BrowserContextOptions = {}): Promise<OpenedWorkbench> {
  const opened = await open(hash, options, page)
  await opened.page.getByRole('grid', { name: 'Models' }).waitFor()
  return opened
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Models' })
const drawer = (page: Page) => page.getByRole('complementary', { name: 'Model details' })
const firstName = (page: Page) => grid(page).getByRole('row').nth(1).getByRole('gridcell').first().textContent()

/** Runs in the page: goes down by less than a screen at a time and looks at three places of each. */
const SCROLL_THROUGH = `(async () => {
  const scroller = document.querySelector('[role=grid]')
  const found = { steps: 0, blanks: 0, mostRows: 0 }
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const step = Math.floor(scroller.clientHeight * 0.8)
  for (let top = 0; top < scroller.scrollHeight - scroller.clientHeight; top += step) {
    scroller.scrollTop = top
    await frame()
    await frame()
    found.steps += 1
    found.mostRows = Math.max(found.mostRows, scroller.querySelectorAll('[role=row]').length)
    const box = scroller.getBoundingClientRect()
    for (const y of [box.top + 40, box.top + box.height / 2, box.bottom - 40]) {
      const row = document.elementFromPoint(box.left + 60, y)?.closest('[role=row]')
      if ((row?.textContent ?? '').trim() === '') found.blanks += 1
    }
  }
  return found
})()`

describe('5,000 models', () => {
  it('scroll from top to bottom without a blank row, in a few dozen elements', async () => {
    const { page } = await start('#/models', { models: 5_000 })
    await page.getByText('5,014 models').waitFor()
    const seen = await page.evaluate<{ steps: number; blanks: number; mostRows: number }>(SCROLL_THROUGH)
    expect(seen.steps).toBeGreaterThan(100)
    expect(seen.blanks).toBe(0)
    expect(seen.mostRows).toBeLessThan(100)
  })

  it('are narrowed and sorted, and the address says how', async () => {
    const { page } = await start('#/models', { models: 5_000 })
    await page.getByLabel('Provider', { exact: true }).selectOption('host-3')
    await page.getByText('500 of 5,014').waitFor()
    await page.getByRole('button', { name: 'Tools', exact: true }).click()
    await page.getByText('167 of 5,014').waitFor()
    await page.getByRole('button', { name: 'Out $/M' }).click()
    await page.getByRole('button', { name: 'Out $/M' }).click()
    expect(await page.getByRole('columnheader', { name: 'Out $/M' }).getAttribute('aria-sort')).toBe('descending')
    const best = await firstName(page)
    await page.reload()
    await page.getByText('167 of 5,014').waitFor()
    expect(await firstName(page)).toBe(best)
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByText('5,014 models').waitFor()
  })
})

it('is used by keyboard alone: search, details, two side by side, into the Playground', async () => {
  const { page, troubles } = await start('#/models')
  await page.keyboard.press('/')
  await page.keyboard.type('gpt-5')
  await page.getByText('2 of 14').waitFor()
  await grid(page).focus()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await drawer(page).getByRole('heading', { name: 'Prices' }).waitFor()
  await page.keyboard.press('c')
  await page.keyboard.press('ArrowDown')
  await drawer(page).getByRole('heading', { name: 'GPT-5 mini' }).waitFor()
  await page.keyboard.press('c')
  await page.keyboard.press('Escape')
  await drawer(page).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Compare' }).press('Enter')
  await page.getByRole('region', { name: 'Models side by side' }).getByText('GPT-5 mini').waitFor()
  await page.keyboard.press('Escape')
  await grid(page).waitFor()
  await page.getByRole('button', { name: 'Open in Playground' }).last().press('Enter')
  await page.getByRole('heading', { name: 'Compare' }).waitFor()
  expect(new URL(page.url()).hash).toBe('#/playground')
  for (const name of ['GPT-5', 'GPT-5 mini']) await page.getByRole('combobox', { name: new RegExp(`: ${name}$`) }).waitFor()
  expect(troubles).toEqual([])
})

it('takes a price of the user’s own, names the field that is wrong, and takes it back', async () => {
  const { page } = await start('#/models/q%3Dgpt-5-mini')
  await grid(page).getByRole('row').nth(1).click()
  await drawer(page).getByRole('button', { name: 'Correct price' }).click()
  const dialog = page.getByRole('dialog', { name: 'Correct price' })
  const input = dialog.getByLabel('Input', { exact: true })
  expect(await input.inputValue()).toBe('0.25')
  await input.fill('cheap')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('A number from 0, with at most six decimals.').waitFor()
  await input.fill('0,5')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await drawer(page).getByText('set by you').waitFor()
  await drawer(page).getByRole('button', { name: 'Correct price' }).click()
  await dialog.getByRole('button', { name: 'Take back' }).click()
  await drawer(page).getByText('list price').waitFor()
})

it('asks about a price that moved more than tenfold', async () => {
  const { page } = await start('#/models')
  await page.getByText('1 price moved more than tenfold').waitFor()
  await page.getByRole('button', { name: 'Accept: bench/breaks' }).click()
  await page.getByText('1 price moved more than tenfold').waitFor({ state: 'detached' })
})

it('takes a discount of the user’s own for a model or its provider, names what is no percentage, and takes it back', async () => {
  const { page } = await start('#/models/q%3Dgpt-5-mini')
  await grid(page).getByRole('row').nth(1).click()
  const open = () => drawer(page).getByRole('button', { name: 'Discount', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Discount' })
  await open()
  const percent = dialog.getByLabel('Discount', { exact: true })
  await percent.fill('140')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('A number from 0 to 100.').waitFor()
  await dialog.getByText('All of OpenAI').click()
  await percent.fill('12,5')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await open()
  expect(await percent.inputValue()).toBe('12.5')
  await dialog.getByRole('button', { name: 'Take back' }).click()
  await dialog.waitFor({ state: 'detached' })
  await open()
  expect(await percent.inputValue()).toBe('')
})

it('adds a model that no list knows, with the field named that is wrong, and opens it', async () => {
  const { page } = await start('#/models')
  await page.getByRole('button', { name: 'Own model' }).click()
  const dialog = page.getByRole('dialog', { name: 'Own model' })
  expect(await dialog.getByRole('button', { name: 'Add' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Provider', { exact: true }).selectOption('openai')
  await dialog.getByLabel('Name at the provider').fill('ft:gpt-5:mine')
  await dialog.getByLabel(/^Input, US dollars/).fill('much')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await dialog.getByText('A number from 0, with at most six decimals.').waitFor()
  await dialog.getByLabel(/^Input, US dollars/).fill('2')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await dialog.waitFor({ state: 'detached' })
  await drawer(page).getByRole('heading', { name: 'ft:gpt-5:mine' }).waitFor()
  await page.getByText('15 models').waitFor()
})

it('charges past requests anew after a question, and tells what was charged and what lists say of other days', async () => {
  const { page } = await start('#/models/q%3Dgpt-5-mini')
  await grid(page).getByRole('row').nth(1).click()
  await drawer(page)
    .getByRole('table', { name: 'In price lists' })
    .getByRole('row', { name: /since 2027-01-01/ })
    .waitFor()
  await drawer(page)
    .getByRole('table', { name: 'In price lists' })
    .getByRole('row', { name: /until 2026-10-01/ })
    .waitFor()
  await drawer(page).getByRole('table', { name: 'Charged to requests' }).getByRole('row').waitFor()
  await drawer(page).getByRole('button', { name: 'Re-price past requests' }).click()
  const dialog = page.getByRole('dialog', { name: 'Re-price past requests' })
  await dialog.getByText('all time').click()
  await dialog.getByRole('button', { name: 'Re-price past requests' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(/0 requests re-priced/).waitFor()
})

it('keeps what a model answers with and open weights in the address', async () => {
  const { page } = await start('#/models')
  await page.getByLabel('Answers with').selectOption('image')
  await page.getByRole('heading', { name: 'No model fits' }).waitFor()
  await page.getByRole('button', { name: 'Open weights' }).click()
  const place = decodeURIComponent(new URL(page.url()).hash)
  expect([place.includes('gives=image'), place.includes('only=open-weights')]).toEqual([true, true])
  await page.reload()
  await page.getByRole('heading', { name: 'No model fits' }).waitFor()
  expect(await page.getByRole('button', { name: 'Open weights' }).getAttribute('aria-pressed')).toBe('true')
  await page.getByRole('button', { name: 'Show all' }).first().click()
  await page.getByText('14 models').waitFor()
})

it('shows how far a refresh is and what each list is of, and stops on a word', async () => {
  const { page } = await start('#/models', { slowListMs: 60_000 })
  await page.getByText('2 sources').click()
  await page.getByText(/93 models · the last refresh failed: answered with status 500/).waitFor()
  await page.getByText('not asked: Its list names base models.').waitFor()
  await page.getByRole('button', { name: 'Refresh', exact: true }).click()
  await page.getByText('1 of 2 lists').waitFor()
  await page.getByText(/being asked/).waitFor()
  await page.getByRole('button', { name: 'Stop refresh' }).click()
  await page.getByRole('button', { name: 'Refresh', exact: true }).waitFor()
  expect(await page.getByText(/being asked/).count()).toBe(0)
})

describe('a list that is not there', () => {
  it('is said to be loading, says why it failed, and comes when asked again', async () => {
    const { page, server } = await open(undefined)
    let answer: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/api/models.list', async (route) => {
      await held
      await route.abort()
    })
    await page.goto(`${server.url}/#/models`)
    await page.getByLabel('Loading models').waitFor()
    answer()
    await page.getByRole('heading', { name: 'The models could not be loaded' }).waitFor()
    const asked = page.waitForRequest('**/api/models.list')
    await page.getByRole('button', { name: 'Try again' }).click()
    await asked
    await page.getByRole('heading', { name: 'The models could not be loaded' }).waitFor()
    await page.unroute('**/api/models.list')
    // the window may ask by itself as well, when its connection comes back; then the button is gone
    await page
      .getByRole('button', { name: 'Try again' })
      .click({ timeout: 2_000 })
      .catch(() => undefined)
    await grid(page).waitFor()
  })

  it('stays as it was while the engine cannot be reached, and a correction says that it failed', async () => {
    const { page } = await start('#/models/q%3Dgpt-5-mini')
    await page.route('**/api/models.*', (route) => route.abort())
    await grid(page).getByRole('row').nth(1).click()
    await drawer(page).getByText('This could not be loaded.').first().waitFor()
    await drawer(page).getByRole('button', { name: 'Re-price past requests' }).click()
    const dialog = page.getByRole('dialog', { name: 'Re-price past requests' })
    await dialog.getByRole('button', { name: 'Re-price past requests' }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await grid(page).getByRole('row').count()).toBeGreaterThan(1)
  })
})
