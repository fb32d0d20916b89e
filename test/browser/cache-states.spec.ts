/** The Cache screen where there is nothing to list, not yet, not now, or not any more; and the models it may load. Needs `npm run build`. */
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { DownloadEnd } from '../support/fake-embedders.ts'
import type { FakeServer } from '../support/serve-fake.ts'
import { workbenches } from '../support/workbench.ts'

const open = workbenches()

const start = (page: BrowserContextOptions = {}, modelDownload: DownloadEnd = 'ready') => open(undefined, { modelDownload }, page)
const show = async (page: Page, { url }: FakeServer): Promise<void> => void (await page.goto(`${url}/#/cache`))
const violations = async (page: Page): Promise<readonly string[]> =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)

/** How they look in the other theme and size is held for all screens together, see support/screens. */
describe('in a small, dark window', () => {
  const colorScheme = 'dark'
  const viewport = { width: 900, height: 600 }

  it('nothing kept yet: says what would be, with a switch that holds', async () => {
    const { page, server, troubles } = await start({ colorScheme, viewport })
    await page.route('**/api/cache.list', (route) => route.fulfill({ json: { ok: true, value: { rows: [] } } }))
    await show(page, server)
    await page.getByRole('heading', { name: 'No answers kept yet' }).waitFor()
    const toggle = page.getByRole('switch', { name: 'Use the response cache for every request' })
    expect(await toggle.isChecked()).toBe(false)
    await toggle.click()
    await expect.poll(() => toggle.isChecked()).toBe(true)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'All settings' }).click()
    expect(await page.getByRole('dialog').getByRole('radio', { name: /^All/ }).first().isChecked()).toBe(true)
    expect(troubles).toEqual([])
  })

  it('loading: rows to come are announced, and the figures say that they are not known yet', async () => {
    const { page, server, troubles } = await start({ colorScheme, viewport })
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(/\/api\/(cache\.(list|stats)|promptCache\.list)$/, async (route) => {
      await held
      await route.continue()
    })
    await show(page, server)
    await page.getByLabel('Loading cached answers').waitFor()
    expect(await page.getByLabel('The response cache in figures').getByText('…').count()).toBe(6)
    expect(await page.getByText('no warm prefixes at providers').count()).toBe(0)
    expect(await violations(page)).toEqual([])
    release()
    await page.getByText('That is all: 6 answers.').waitFor()
    expect(troubles).toEqual([])
  })

  it('failed: says why, and is tried again at the press of a button', async () => {
    const { page, server } = await start({ colorScheme, viewport })
    const failure = { kind: 'internal', message: 'The database is locked.' }
    await page.route('**/api/cache.list', (route) => route.fulfill({ json: { ok: false, failure } }))
    await show(page, server)
    await page.getByText('The response cache could not be loaded').waitFor()
    await page.getByText('The database is locked.').waitFor()
    expect(await violations(page)).toEqual([])
    await page.unroute('**/api/cache.list')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('That is all: 6 answers.').waitFor()
  })

  it('a single answer that cannot be loaded says so in its drawer', async () => {
    const { page, server } = await start({ colorScheme, viewport })
    await page.route('**/api/cache.get', (route) => route.fulfill({ json: { ok: false, failure: { kind: 'not-found', message: 'It has gone.' } } }))
    await show(page, server)
    await page.getByRole('gridcell', { name: /two-factor/ }).click()
    await page.getByText('This answer could not be loaded').waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('offline: what was listed stays, the frame says that the engine is away, and it comes back by itself', async () => {
    const { page, server } = await start({ colorScheme, viewport })
    await show(page, server)
    await page.getByText('That is all: 6 answers.').waitFor()
    await page.route('**/api/**', (route) => route.abort())
    server.engine.dropStreams()
    await page.getByText(/^Switchyard’s engine does not answer/).waitFor()
    await page.getByText('That is all: 6 answers.').waitFor()
    expect(await violations(page)).toEqual([])
    // more cannot be had, and is said where it was asked for
    await page.getByRole('gridcell', { name: /two-factor/ }).click()
    await page.getByText('This answer could not be loaded').waitFor()
    await page.unroute('**/api/**')
    await page.keyboard.press('Escape')
    await page.getByRole('gridcell', { name: /mutex/ }).click()
    await page.getByRole('complementary', { name: 'Cached answer' }).getByRole('tab', { name: 'Answer' }).waitFor()
  })

  it('a model is loaded only after it was agreed to, with everything named that is agreed to', async () => {
    const { page, server, troubles } = await start({ colorScheme, viewport })
    await show(page, server)
    await page.getByRole('button', { name: 'Settings of the response cache' }).click()
    const settings = page.getByRole('dialog', { name: 'Response cache' })
    const miniLm = settings.getByRole('radio', { name: /^MiniLM/ })
    await miniLm.click()
    const consent = page.getByRole('dialog', { name: 'Load this model?' })
    for (const told of ['Xenova/all-MiniLM-L6-v2', '22.6 MB', 'Apache-2.0', 'huggingface.co', '751bff37182d3f1213fa05d7196b954e230abad9'])
      await consent.getByText(told, { exact: true }).waitFor()
    await consent.getByText(/embedders\/all-minilm-l6-v2$/).waitFor()
    expect(await violations(page)).toEqual([])
    await consent.getByRole('button', { name: 'Not now' }).click()
    await consent.waitFor({ state: 'detached' })
    expect(await miniLm.isChecked()).toBe(false)
    expect(await settings.getByRole('list', { name: 'Models on this machine' }).count()).toBe(0)
    await miniLm.click()
    await consent.getByRole('button', { name: 'Load 22.6 MB' }).click()
    await expect.poll(() => miniLm.isChecked()).toBe(true)
    await settings.getByText('On this machine, 22.6 MB.').waitFor()
    await settings.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Deleted; 22.6 MB are free.').waitFor()
    await expect.poll(() => settings.getByRole('radio', { name: /^Their words/ }).isChecked()).toBe(true)
    expect(troubles).toEqual([])
  })
})

it('shows how far a model is, and leaves things as they were when it is cancelled', async () => {
  const { page, server, troubles } = await start({}, 'held')
  await show(page, server)
  await page.getByRole('button', { name: 'Settings of the response cache' }).click()
  const settings = page.getByRole('dialog', { name: 'Response cache' })
  await settings.getByRole('radio', { name: /^MiniLM/ }).click()
  await page.getByRole('button', { name: 'Load 22.6 MB' }).click()
  await settings.getByRole('progressbar', { name: 'Loading Xenova/all-MiniLM-L6-v2' }).waitFor()
  await settings.getByText('11.3 MB of 22.6 MB').waitFor()
  expect(await violations(page)).toEqual([])
  await settings.getByRole('button', { name: 'Cancel' }).click()
  await settings.getByRole('progressbar').waitFor({ state: 'detached' })
  expect(await settings.getByRole('radio', { name: /^Their words/ }).isChecked()).toBe(true)
  expect(troubles).toEqual([])
})

it('names the file that was wrong, in German too', async () => {
  const { page, server } = await start({ locale: 'de-DE' }, 'wrong-file')
  await show(page, server)
  await page.getByRole('button', { name: 'Einstellungen des Antwort-Caches' }).click()
  await page.getByRole('radio', { name: /^MiniLM/ }).click()
  await page.getByRole('button', { name: '22,6 MB laden' }).click()
  await page.getByText('Nicht brauchbar: onnx/model_quantized.onnx ist nicht die richtige Datei und wurde gelöscht.').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Noch einmal' }).click()
  await page.getByRole('dialog', { name: 'Dieses Modell laden?' }).waitFor()
})
