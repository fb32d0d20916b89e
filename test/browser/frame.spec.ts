/** The frame round every screen, Costs, Connect and Settings by keyboard alone, against the engine in memory. Needs `npm run build`. */
import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { FakeOptions } from '../support/fake-api.ts'
import { openRecord } from '../support/fake-traffic.ts'
import type { FakeServer } from '../support/serve-fake.ts'
import { type OpenedWorkbench, workbenches } from '../support/workbench.ts'

const open = workbenches()

async function start(hash: string, options: FakeOptions = {}, page: BrowserContextOptions = {}): Promise<OpenedWorkbench> {
  const opened = await open(hash, options, page)
  await opened.page.getByRole('navigation').first().waitFor()
  return opened
}

/** Presses and types, and counts: a text typed in one go is one action, as a key is. */
function hands(page: Page) {
  let actions = 0
  return {
    press: (key: string) => {
      actions++
      return page.keyboard.press(key)
    },
    type: (text: string) => {
      actions++
      return page.keyboard.type(text)
    },
    actions: () => actions,
  }
}

/** The id of the key that was made last. */
async function newestClient(page: Page, server: FakeServer): Promise<string> {
  const answer = await page.request.post(`${server.url}/api/clients.list`, { data: {} })
  const { value } = (await answer.json()) as { value: readonly { id: string }[] }
  return value.at(-1)?.id ?? ''
}

const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' })

describe('the palette', () => {
  it('goes to a section in three actions', async () => {
    const { page, troubles } = await start('#/connect')
    const { press, type, actions } = hands(page)
    await press('Control+k')
    await palette(page).waitFor()
    await type('costs')
    await palette(page).getByRole('option', { name: 'Go to Costs' }).and(page.locator('[data-highlighted]')).waitFor()
    await press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Costs' }).waitFor()
    await palette(page).waitFor({ state: 'detached' })
    expect(actions()).toBe(3)
    expect(troubles).toEqual([])
  })

  it('finds models, requests and cache entries', async () => {
    const { page } = await start('#/costs')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('claude')
    for (const group of ['Models', 'Requests']) await palette(page).getByRole('group', { name: group }).getByRole('option').first().waitFor()
    await page.keyboard.press('Escape')
    await palette(page).waitFor({ state: 'detached' })
  })
})

describe('shortcuts', () => {
  it('are shown by one key, and never reload the window', async () => {
    const { page } = await start('#/costs')
    await page.evaluate("window.stillHere = true; document.title = 'kept'")
    await page.keyboard.press('Control+r')
    await page.keyboard.press('F5')
    await page.keyboard.press('Control+/')
    await page.getByRole('dialog', { name: 'Shortcuts' }).getByText('Go to Costs').waitFor()
    expect(await page.evaluate('window.stillHere')).toBe(true)
  })

  it('are bound anew, with conflicts shown, and taken back', async () => {
    const { page, troubles } = await start('#/settings/shortcuts')
    const keysOf = (name: string) => page.getByRole('button', { name: `Change the keys of: ${name}` })
    await keysOf('Fold or unfold the sidebar').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+k')
    await page.getByText('Also: Command palette.').waitFor()
    await page.getByText('Also: Fold or unfold the sidebar.').waitFor()
    // one that would be typed does nothing in a field, and everything outside
    await keysOf('Fold or unfold the sidebar').press('Enter')
    await page.keyboard.press('x')
    await page.getByText('Also: Command palette.').waitFor({ state: 'detached' })
    const rail = page.getByRole('link', { name: 'Costs', exact: true })
    const width = async () => (await rail.boundingBox())?.width ?? 0
    const wide = await width()
    await page.getByRole('searchbox', { name: 'Find a setting' }).press('x')
    expect(await width()).toBe(wide)
    await rail.focus()
    await page.keyboard.press('x')
    await expect.poll(width).toBeLessThan(wide)
    expect(troubles).toEqual([])
  })

  it('of a screen are bound anew too', async () => {
    const { page } = await start('#/settings/shortcuts')
    await page.getByRole('button', { name: 'Change the keys of: Playground: hide the names' }).press('Enter')
    await page.keyboard.press('h')
    await page.getByRole('button', { name: 'Change the keys of: Playground: hide the names H' }).waitFor()
    await page.keyboard.press('Control+1')
    await page.getByRole('textbox', { name: /Question to/ }).waitFor()
    await page.getByRole('link', { name: 'Playground', exact: true }).focus()
    const blind = page.getByRole('button', { name: /^Blind/ })
    await page.keyboard.press('b')
    expect(await blind.getAttribute('aria-pressed')).toBe('false')
    await page.keyboard.press('h')
    await expect.poll(() => blind.getAttribute('aria-pressed')).toBe('true')
  })
})

describe('costs', () => {
  it('are split and saved by keyboard', async () => {
    const { page, troubles } = await start('#/costs')
    await page
      .getByRole('row', { name: /anthropic\/claude-sonnet-4-5/ })
      .first()
      .waitFor()
    await page.getByRole('radio', { name: 'Model', exact: true }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('rowheader', { name: 'Anthropic', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Export CSV' }).focus()
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    const csv = await readFile(await download.path(), 'utf8')
    expect(csv.split('\r\n')[0]).toBe('day,id,name,requests,unpriced,spent_usd,input_tokens,cache_read_tokens,cache_write_tokens,output_tokens')
    expect(csv).toContain(',anthropic,Anthropic,')
    expect(troubles).toEqual([])
  })

  it('say what has no price, and how savings are counted', async () => {
    const { page } = await start('#/costs')
    await page.getByText(/Cost of \d+ requests n\/a/).waitFor()
    await page.locator('summary', { hasText: 'Routing' }).press('Enter')
    await page.getByText(/at the model that was asked for/).waitFor()
    await page.locator('summary', { hasText: 'Fee not paid' }).press('Enter')
    await page.getByText(/fee of 5.5 %, at least \$0.80 a purchase/).waitFor()
  })
})

describe('connect', () => {
  it('makes a key for a tool in one action and turns green at its first request', async () => {
    const { page, server } = await start('#/connect')
    await page.getByRole('tab', { name: 'aider' }).click()
    await page.getByRole('button', { name: 'Make a key for aider' }).press('Enter')
    await page.getByText('export OPENAI_API_KEY=switchyard-made-up-n3w0').waitFor()
    await page.getByText('Test: waiting for the first request with the new key').waitFor()
    server.engine.record({ ...openRecord('other', Date.now(), 'openai/gpt-5-mini'), source: 'proxy', caller: 'client-0', callerName: 'Claude Code' })
    await page.getByText('Test: waiting for the first request with the new key').waitFor()
    const first = {
      ...openRecord('first', Date.now(), 'openai/gpt-5-mini'),
      ...({ source: 'proxy', caller: await newestClient(page, server), callerName: 'aider' } as const),
    }
    server.engine.record(first)
    await page.getByText('aider got through and asked for openai/gpt-5-mini. Waiting for the answer.').waitFor()
    server.engine.record({ ...first, outcome: 'ok', status: 200, servedBy: 'openai/gpt-5-mini' })
    await page.getByText('Connected: aider asked for openai/gpt-5-mini').waitFor()
  })
})

describe('the first run', () => {
  it('answers at one key, and stores a key by paste and Enter', async () => {
    const { page, troubles } = await start('#/playground', { keyless: true })
    const steps = page.getByRole('complementary', { name: 'First steps.' })
    await steps.getByText('It is kept by GNOME Keyring').waitFor()
    const { press, type, actions } = hands(page)
    // the example in the field is marked, and Enter asks it
    await page
      .getByRole('textbox', { name: /Question to/ })
      .and(page.locator(':focus'))
      .waitFor()
    await press('Enter')
    await page.getByRole('button', { name: 'Regenerate A' }).and(page.locator(':enabled')).waitFor()
    expect(actions()).toBe(1)
    await steps.getByLabel('Paste a key').focus()
    await type('sk-ant-made-up-0000')
    await press('Enter')
    await steps.getByText(/accepted the key/).waitFor()
    await steps.getByRole('button', { name: 'Put the first steps away' }).press('Enter')
    await steps.waitFor({ state: 'detached' })
    expect(troubles).toEqual([])
  })
})

it('speaks German on a German machine, and English when told', async () => {
  const { page } = await start('#/settings/appearance', {}, { locale: 'de-DE' })
  await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  await page.getByRole('radio', { name: 'English' }).focus()
  await page.keyboard.press('Space')
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
})
