/** Automatic routing on the Routing screen in a real browser, under the product's own policy, against the engine in memory. Needs `npm run build`. */
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { UsageRecord } from '../../shared/ledger.ts'
import { asNanoUsd } from '../../shared/money.ts'
import type { WatchedPage } from '../support/browser.ts'
import type { FakeOptions } from '../support/fake-api.ts'
import { openRecord } from '../support/fake-traffic.ts'
import type { FakeServer } from '../support/serve-fake.ts'
import { workbenches } from '../support/workbench.ts'

const open = workbenches()

type Started = WatchedPage & { readonly server: FakeServer }

async function start(options: FakeOptions = {}, page: BrowserContextOptions = {}): Promise<Started> {
  const opened = await open('#/routing/auto', options, page)
  await part(opened.page, 'Where the weights come from').waitFor()
  return opened
}

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const outlook = (page: Page) => page.getByRole('region', { name: /^Your last \d+ requests at this setting$/ })
const apply = (page: Page) => page.getByRole('button', { name: 'Apply', exact: true })
const request = (id: string): UsageRecord => ({
  ...openRecord(id, Date.now(), 'switchyard/auto'),
  ...{ source: 'proxy', caller: 'client-0', callerName: 'Cursor', servedBy: 'openai/gpt-5-mini', simulated: false, outcome: 'ok', status: 200 },
  ...{ totalMs: 900, cost: asNanoUsd(420_000) },
})

describe('the slider', () => {
  it('shows what it would mean before it holds, holds by one key and comes back by another', async () => {
    const { page, troubles } = await start()
    await outlook(page).getByText('dearer than what was done').waitFor()
    const slider = page.getByRole('slider', { name: 'Between cheap and best' })
    await slider.press('Home')
    await outlook(page).getByText('cheaper than what was done').waitFor()
    expect(await slider.getAttribute('aria-valuetext')).toBe('0 of 100: at least 60 % of the best model’s expected quality')
    await outlook(page)
      .getByText(/^\d+ of 60$/)
      .waitFor()
    expect(await page.getByRole('spinbutton', { name: 'May give up at most' }).inputValue()).toBe('40')
    await apply(page).press('Enter')
    await page.getByText('Automatic routing changed.').waitFor()
    await page.reload()
    await outlook(page).getByText('cheaper than what was done').waitFor()
    expect(await slider.inputValue()).toBe('0')
    await slider.press('End')
    await apply(page).press('Enter')
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await expect.poll(() => slider.inputValue()).toBe('0')
    expect(troubles).toEqual([])
  })

  it('is set by a preset and by a tolerance in per cent too', async () => {
    const { page } = await start()
    const slider = page.getByRole('slider', { name: 'Between cheap and best' })
    await page.getByRole('radio', { name: 'Cheap' }).press('Space')
    await expect.poll(() => slider.inputValue()).toBe('30')
    await page.getByRole('spinbutton', { name: 'May give up at most' }).fill('10')
    await expect.poll(() => slider.inputValue()).toBe('50')
    expect(await page.getByRole('radio', { name: 'Balanced' }).isChecked()).toBe(false)
  })

  it('keeps to the models it may choose from, and says when none is left', async () => {
    const { page } = await start()
    await page.getByRole('textbox', { name: 'Only these models', exact: true }).fill('openai/*, anthropic/claude-haiku-4-5')
    await expect.poll(() => outlook(page).getByRole('listitem').allTextContents()).toEqual(['anthropic/claude-haiku-4-588 %', 'openai/gpt-5-mini12 %'])
    await page.getByRole('textbox', { name: 'Only these models', exact: true }).fill('nobody/*')
    await page.getByText('With these models none of your requests could be served.').waitFor()
    await page.getByRole('button', { name: 'Discard' }).press('Enter')
    await outlook(page).getByText('than what was done').waitFor()
  })
})

describe('the curve', () => {
  it('is drawn with its marks and can be read as a table', async () => {
    const { page } = await start()
    const curve = part(page, 'Cost and quality of your own requests')
    await curve.getByRole('img', { name: /^Curve of expected quality over cost, from 7\d % at the cheap end to 9\d % at the other$/ }).waitFor()
    expect(await curve.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/^What was done\d+ % · \$/),
      expect.stringMatching(/^This setting\d+ % · \$/),
      expect.stringMatching(/^Always the strongest\d+ % · \$/),
      expect.stringMatching(/^Always the best cheap one\d+ % · \$/),
      expect.stringMatching(/^Drawn by lot, half and half\d+ % · \$/),
      expect.stringMatching(/^Shadow haiku\?, measured: anthropic\/claude-haiku-4-5\d+ % · \$/),
    ])
    await curve.getByText('In figures').press('Enter')
    // five marks, a shadow run and eleven places of the slider, below their heads
    expect(await curve.getByRole('row').count()).toBe(18)
    expect(await curve.getByRole('row', { name: /^Shadow haiku/ }).textContent()).toContain('38 requests, 3 judged by you')
    expect(await curve.getByRole('row', { name: /^Slider at 100/ }).textContent()).toMatch(/\d+ % – \d+ %/)
  })

  it('stands beside savings against three rivals, the calibration, and the worst decisions with their requests', async () => {
    const { page, troubles } = await start()
    const rows = await part(page, 'Savings of what was chosen').getByRole('row').allTextContents()
    expect(rows.length).toBe(4)
    // the best single cheap model would have cost less, and that is said
    expect(rows.find((row) => row.startsWith('the best single cheap'))).toContain('−$')
    await page.getByText('Negative: the rival would have cost less.').waitFor()
    await page.getByText(/^60 judgements\. Mean squared error/).waitFor()
    const regrets = part(page, 'Worst decisions')
    expect(await regrets.getByRole('listitem').count()).toBe(20)
    await regrets.getByRole('link', { name: 'the request' }).first().press('Enter')
    await page
      .getByRole('complementary', { name: 'Request details' })
      .or(page.getByRole('dialog', { name: 'Request details' }))
      .first()
      .waitFor()
    expect(page.url()).toContain('#/traffic/')
    expect(troubles).toEqual([])
  })
})

describe('what it has learned', () => {
  it('is counted, forgotten by a click and remembered by undoing', async () => {
    const { page } = await start({ judgements: 3 })
    const list = page.getByRole('list', { name: 'Judgements, newest first' })
    await page.getByRole('button', { name: 'Forget the judgement of “Suggest a name for cat number 1.”' }).press('Enter')
    await expect.poll(() => list.getByRole('listitem').count()).toBe(2)
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await expect.poll(() => list.getByRole('listitem').count()).toBe(3)
  })

  it('retrains with progress, can be stopped, shows before and after, and goes back', async () => {
    const { page, troubles } = await start({ pace: 2 })
    const retrain = part(page, 'Retrain on your judgements')
    await retrain.getByRole('button', { name: 'Retrain on 60 judgements' }).press('Enter')
    await retrain.getByRole('progressbar').waitFor()
    await retrain.getByText(/Fit [1-5] of 6$/).waitFor()
    await retrain.getByRole('button', { name: 'Stop' }).press('Enter')
    await retrain.getByText('Stopped. Nothing has changed.').waitFor()
    await retrain.getByRole('button', { name: 'Retrain on 60 judgements' }).press('Enter')
    await retrain.getByText('Better: the error fell from 0.214 to 0.141.').waitFor()
    await retrain.getByRole('img', { name: /before and after/ }).waitFor()
    await retrain.getByText('In use: weights retrained on 60 judgements').waitFor()
    await retrain.getByRole('button', { name: 'Back to the weights before' }).press('Enter')
    await retrain.getByText('In use: the weights that were shipped.').waitFor()
    expect(troubles).toEqual([])
  })

  it('says how many judgements a retraining takes', async () => {
    const { page } = await start({ judgements: 3 })
    await page.getByRole('button', { name: 'Retrain on 3 judgements' }).press('Enter')
    await page.getByText('3 judgements are too few to check a retraining on; 40 are needed.').waitFor()
  })
})

describe('names and clients', () => {
  it('makes a pair and a client’s own setting, and says what is wrong with a name', async () => {
    const { page, troubles } = await start()
    await page.getByRole('button', { name: 'Add a pair' }).press('Enter')
    const card = page.getByRole('article', { name: 'pair pair' })
    await card.getByRole('combobox', { name: 'Strong' }).fill('anthropic/claude-sonnet-4-5')
    await card.getByRole('combobox', { name: 'Cheap' }).fill('openai/gpt-5-mini')
    await card.getByRole('textbox', { name: 'Name' }).fill('Not A Name')
    await card.getByRole('textbox', { name: 'Name' }).press('Enter')
    await apply(page).press('Enter')
    await page.getByRole('alert').getByText('Pair “Not A Name”: its name takes small letters').waitFor()
    const renamed = page.getByRole('article', { name: 'pair Not A Name' })
    await renamed.getByRole('textbox', { name: 'Name' }).fill('fast-or-good')
    await renamed.getByRole('textbox', { name: 'Name' }).press('Enter')
    await page.getByRole('switch', { name: 'A setting of its own for Cursor' }).press('Space')
    await page.getByRole('slider', { name: 'Slider for Cursor' }).press('Home')
    await page.getByRole('textbox', { name: 'Only these models for Cursor' }).fill('openai/*')
    await apply(page).press('Enter')
    await page.getByText('Automatic routing changed.').waitFor()
    await page.reload()
    await page.getByRole('article', { name: 'pair fast-or-good' }).waitFor()
    expect(await page.getByRole('slider', { name: 'Slider for Cursor' }).inputValue()).toBe('0')
    expect(await page.getByRole('textbox', { name: 'Only these models for Cursor' }).inputValue()).toBe('openai/*')
    expect(troubles).toEqual([])
  })

  it('asks cheap models first when told to, and holds their answers to checks', async () => {
    const { page, troubles } = await start()
    const escalation = part(page, 'Cheap first, then up')
    const enabled = escalation.getByRole('switch', { name: /^Ask a cheap model first/ })
    expect(await enabled.isChecked()).toBe(false)
    await enabled.press('Space')
    await escalation.getByRole('spinbutton', { name: 'Tries of a request, at most' }).fill('3')
    await escalation.getByRole('spinbutton', { name: 'Further answers that must agree' }).fill('2')
    await escalation.getByRole('spinbutton', { name: 'Words in common to agree' }).fill('70')
    await escalation.getByRole('combobox', { name: 'Add a check' }).selectOption('contains')
    await escalation.getByRole('textbox', { name: 'Check 1' }).fill('Oslo')
    await page.getByText('What it learns from without being asked').press('Enter')
    await page.getByRole('switch', { name: 'A cached answer called wrong' }).press('Space')
    await apply(page).press('Enter')
    await page.getByText('Automatic routing changed.').waitFor()
    await page.reload()
    expect(await escalation.getByRole('textbox', { name: 'Check 1' }).inputValue()).toBe('Oslo')
    expect(await escalation.getByRole('spinbutton', { name: 'Words in common to agree' }).inputValue()).toBe('70')
    await page.getByText('What it learns from without being asked').press('Enter')
    expect(await page.getByRole('switch', { name: 'A cached answer called wrong' }).isChecked()).toBe(false)
    expect(troubles).toEqual([])
  })

  it('takes an expectation of the user’s own and drops it again', async () => {
    const { page } = await start()
    const qualities = part(page, 'Expected quality by task and tier')
    await qualities.getByText('In figures').press('Enter')
    expect(await qualities.getByRole('row', { name: /^extraction/ }).textContent()).toMatch(/proxy: .*LiveBench \(2025-05-30, read 2026-11-25\)/)
    expect(await qualities.getByRole('link', { name: 'Open tau2-bench, pass^1' }).getAttribute('href')).toContain('sierra-research/tau2-bench')
    const cell = qualities.getByRole('spinbutton', { name: 'code, small' })
    await cell.fill('42')
    await apply(page).press('Enter')
    await page.getByText('Automatic routing changed.').waitFor()
    await cell.fill('')
    await apply(page).press('Enter')
    await expect.poll(() => apply(page).count()).toBe(0)
    expect(await cell.getAttribute('placeholder')).toMatch(/^\d\d$/)
  })
})

describe('an answer', () => {
  it('says in Traffic why its model was chosen, and takes a word on it', async () => {
    const { page, server, troubles } = await start({ judgements: 0 })
    await page.getByText('Nothing yet: it takes judgements of yours').waitFor()
    server.engine.record(request('live-1'))
    await page.goto(`${server.url}/#/traffic/live-1`)
    await page.getByRole('tab', { name: 'Why' }).press('Enter')
    const why = part(page, 'Why this model')
    const line = await why.getByRole('paragraph').first().textContent()
    expect(line).toMatch(
      /^maths, .+: \S+, the cheapest with \d+ % of the best one's quality; \d+ % expected for \$[\d.]+; it cost \$0\.000420; runner-up \S+, /,
    )
    expect(line).toContain('the best would be anthropic/claude-sonnet-4-5')
    expect(await why.getByRole('row').count()).toBe(5)
    await page.getByRole('button', { name: 'This was wrong' }).press('Enter')
    await page.getByText('was wrong on this.').waitFor()
    await page.getByRole('button', { name: 'A cheap one would do' }).press('Enter')
    await page.getByText('Noted: openai/gpt-5-mini would do for this.').waitFor()
    expect(await page.getByRole('button', { name: 'This was wrong' }).isDisabled()).toBe(true)
    await page.goto(`${server.url}/#/routing/auto`)
    await expect.poll(() => page.getByRole('list', { name: 'Judgements, newest first' }).getByRole('listitem').count()).toBe(2)
    expect(troubles).toEqual([])
  })
})

describe('without what it needs', () => {
  it('says what it can do before the first request', async () => {
    const { page } = await start({ past: 0, judgements: 0 })
    await page.getByRole('heading', { name: 'No requests to look at yet' }).waitFor()
    await page.getByText('It can choose already').waitFor()
    await page.getByText('Nothing yet: nobody has asked for switchyard/auto').waitFor()
    expect(await page.getByRole('slider', { name: 'Between cheap and best' }).isEnabled()).toBe(true)
    expect(await part(page, 'Cost and quality of your own requests').count()).toBe(0)
  })

  it('says that it failed and tries again', async () => {
    const { page, server } = await open(undefined)
    await page.route('**/api/auto.overview', (route) =>
      route.fulfill({ json: { ok: false, failure: { kind: 'internal', message: 'The weights cannot be read.' } } }),
    )
    await page.goto(`${server.url}/#/routing/auto`)
    await page.getByRole('alert').getByText('The weights cannot be read.').waitFor()
    await page.unroute('**/api/auto.overview')
    await page.getByRole('button', { name: 'Try again' }).press('Enter')
    await part(page, 'Where the weights come from').waitFor()
  })
})

it.each([
  ['light', { width: 1440, height: 900 }],
  ['dark', { width: 900, height: 600 }],
] as const)('has no barrier that can be found by machine: %s, %o', async (colorScheme, viewport) => {
  const { page } = await start({}, { colorScheme, viewport })
  await page.getByRole('button', { name: 'Add a pair' }).press('Enter')
  await page.getByRole('switch', { name: 'A setting of its own for Cursor' }).press('Space')
  await page.getByRole('switch', { name: /^Ask a cheap model first/ }).press('Space')
  await page.getByRole('button', { name: 'Retrain on 60 judgements' }).press('Enter')
  await page.getByText('Better: the error fell').waitFor()
  for (const summary of await page.locator('details > summary').all()) await summary.press('Enter')
  const { violations } = await new AxeBuilder({ page }).include('main').analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
  const shots = process.env.SWITCHYARD_SHOTS
  if (shots === undefined) return
  const scroller = page.getByRole('region', { name: 'Routing', exact: true })
  for (let at = 0, top = 0; at < 12; at++, top += viewport.height - 120) {
    await scroller.evaluate((element: { scrollTop: number }, to) => {
      element.scrollTop = to
    }, top)
    await page.screenshot({ path: `${shots}/auto-${colorScheme}-${at}.png` })
  }
})
