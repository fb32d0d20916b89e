/** Addresses, contracts, replaced keys, the endpoint's capsule and rebound keys in a real browser, by keyboard where a key can do it. Needs `npm run build`. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { workbenches } from '../support/workbench.ts'

const start = workbenches()

/** Opens a menu by its button and takes an entry of it, by keyboard. */
async function pick(page: Page, button: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().focus()
  await page.keyboard.press('Enter')
  const item = page.getByRole('menuitem', { name: entry })
  await item.waitFor()
  for (let step = 0; step < 8 && !(await item.evaluate((each) => each === each.ownerDocument.activeElement)); step++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

const dialog = (page: Page) => page.getByRole('dialog')

describe('a provider', () => {
  it('is given an address of one’s own, with a yes for a private network, and has the usual one back', async () => {
    const { page, troubles } = await start('#/providers')
    await pick(page, 'More for OpenAI', 'Address…')
    const field = dialog(page).getByLabel('Base address')
    await dialog(page).getByText('Usually https://api.openai.com/v1').waitFor()
    await field.fill('relay.example')
    await page.keyboard.press('Enter')
    await dialog(page).getByText('An address begins with https:// or http://').waitFor()
    await field.fill('http://10.1.2.3:8000/v1')
    await dialog(page).getByText('in the clear').waitFor()
    await page.keyboard.press('Enter')
    await dialog(page).getByText('leads into a private network').waitFor()
    await dialog(page).getByRole('switch', { name: 'It is in my own network' }).press('Space')
    await field.press('Enter')
    await page.getByText('own address', { exact: true }).waitFor()
    await page.getByText('10.1.2.3:8000/v1').waitFor()
    await pick(page, 'More for OpenAI', 'Address…')
    await dialog(page).getByRole('button', { name: 'Back to the usual one' }).press('Enter')
    await page.getByText('own address', { exact: true }).waitFor({ state: 'detached' })
    expect(troubles).toEqual([])
  })

  it('has the contract stated that one has with it', async () => {
    const { page } = await start('#/providers')
    await pick(page, 'More for OpenAI', 'Your contract…')
    await dialog(page).getByRole('switch', { name: 'Zero retention' }).press('Space')
    await dialog(page).getByRole('switch', { name: 'No training' }).press('Space')
    await dialog(page).getByLabel('Note').fill('ZDR addendum')
    await page.keyboard.press('Enter')
    await page.getByText('By your contract it keeps nothing of what it is sent and does not train on it. (ZDR addendum)').waitFor()
    await pick(page, 'More for OpenAI', 'Your contract…')
    await dialog(page).getByRole('button', { name: 'Take it back' }).press('Enter')
    await page.getByText('By your contract').waitFor({ state: 'detached' })
  })

  it('has a key replaced, and the old one kept for ten minutes or until one says so', async () => {
    const { page } = await start('#/providers')
    await pick(page, 'More for “Work”', 'Replace key')
    await dialog(page).getByLabel('New key').fill('sk-bad-made-up-9876')
    await page.keyboard.press('Enter')
    await page.getByText('The key before, ••••7Qd2, stands in for it for 10 more minutes.').waitFor()
    expect(await page.content()).not.toContain('sk-bad-made-up')
    await page.getByRole('button', { name: 'Remove it now: the key before “Work”' }).press('Enter')
    await page.getByText('The key before “Work” is deleted.').waitFor()
    await page.getByText('stands in').waitFor({ state: 'detached' })
  })
})

describe('the endpoint', () => {
  const capsule = (page: Page) => page.getByRole('banner')

  it('is stopped and started from the title bar, and Connect has one big Start', async () => {
    const { page, troubles } = await start('#/connect')
    await pick(page, 'More for the endpoint', 'Stop the endpoint')
    await capsule(page).getByText('Stopped').waitFor()
    await page.getByRole('heading', { name: 'The endpoint is stopped' }).waitFor()
    await page.getByRole('main').getByRole('button', { name: 'Start', exact: true }).press('Enter')
    await capsule(page).getByText('Stopped').waitFor({ state: 'detached' })
    await page.getByText('Listening since').waitFor()
    expect(troubles).toEqual([])
  })

  it('asks first while tools wait for answers', async () => {
    const { page } = await start('#/playground', { serving: 3 })
    await pick(page, 'More for the endpoint', 'Stop the endpoint')
    await dialog(page).getByText('3 requests of tools are being answered.').waitFor()
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
    expect(await capsule(page).getByText('Stopped').count()).toBe(0)
    await pick(page, 'More for the endpoint', 'Stop the endpoint')
    await dialog(page).getByRole('button', { name: 'Let them finish' }).press('Enter')
    await capsule(page).getByText('Stopped').waitFor()
  })

  it('serves the local network when it is told to, and says where', async () => {
    const { page } = await start('#/connect')
    await page.getByRole('button', { name: 'More for the endpoint' }).press('Enter')
    await page.getByRole('menuitemcheckbox', { name: 'Serve the local network' }).click()
    await page.getByRole('menuitem', { name: 'Copy 192.168.1.20:4747/v1' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('main').getByText('http://192.168.1.20:4747', { exact: true }).waitFor()
    await page.getByText('for your local network too').waitFor()
  })

  it('is reached by the command palette too', async () => {
    const { page } = await start('#/playground')
    await capsule(page).getByText('127.0.0.1:4747/v1').waitFor()
    await page.keyboard.press('Control+k')
    await dialog(page).waitFor()
    await page.keyboard.type('start or stop')
    await page.getByRole('option', { name: 'Start or stop the endpoint' }).and(page.locator('[data-highlighted]')).waitFor()
    await page.keyboard.press('Enter')
    await capsule(page).getByText('Stopped').waitFor()
  })

  it('says that its port belonged to another program', async () => {
    const { page } = await start('#/connect', { portTaken: 4740 })
    await page.getByText('Port 4740 belongs to another program').waitFor()
  })
})

describe('settings that were in the file alone', () => {
  it('the price list: refused in words, taken, and the usual one again', async () => {
    const { page } = await start('#/settings/general')
    const field = page.getByRole('textbox', { name: 'Address of the price list' })
    await field.fill('prices.example')
    await page.keyboard.press('Enter')
    await page.getByText('An address begins with https:// or http://').waitFor()
    await field.fill('https://prices.example/list.json')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Usual list' }).press('Enter')
    await page.getByRole('button', { name: 'Usual list' }).waitFor({ state: 'detached' })
    expect(await field.inputValue()).toContain('genai-prices')
  })

  it('models without a price, on Costs', async () => {
    const { page } = await start('#/costs')
    const group = page.getByRole('group', { name: 'Models without a known price' })
    expect(await group.getByRole('radio', { name: /Refuse them/ }).isChecked()).toBe(true)
    await group.getByRole('radio', { name: /Let them through/ }).press('Space')
    await expect.poll(() => group.getByRole('radio', { name: /Let them through/ }).isChecked()).toBe(true)
  })

  it('where automatic routing may send requests', async () => {
    const { page } = await start('#/routing/auto')
    await page.getByText('Where requests may go').click()
    await page.getByRole('switch', { name: 'China' }).press('Space')
    await page.getByRole('button', { name: 'Apply' }).press('Enter')
    await page.getByRole('button', { name: 'Apply' }).waitFor({ state: 'detached' })
    expect(await page.getByRole('switch', { name: 'China' }).isChecked()).toBe(false)
  })
})

describe('keys of lists', () => {
  async function rebind(page: Page, action: string, ...keys: string[]): Promise<void> {
    for (const key of keys) {
      await page
        .getByRole('button', { name: `Change the keys of: ${action}` })
        .first()
        .focus()
      await page.keyboard.press('Enter')
      await page.keyboard.press(key)
    }
  }

  it('are rebound in Settings, and the list goes by them', async () => {
    const { page } = await start('#/settings/shortcuts')
    await rebind(page, 'Lists: next row', 'n')
    await rebind(page, 'Lists: quick look at the row', 'q')
    await page.goto(page.url().replace(/#.*/, '#/traffic'))
    const grid = page.getByRole('grid')
    await grid.waitFor()
    await grid.getByRole('row').nth(1).waitFor()
    await grid.focus()
    const current = () => grid.getAttribute('aria-activedescendant')
    await page.keyboard.press('n')
    await expect.poll(current).not.toBeNull()
    const first = await current()
    await page.keyboard.press('j')
    expect(await current()).toBe(first)
    await page.keyboard.press('n')
    await expect.poll(current).not.toBe(first)
    await page.keyboard.press('Space')
    expect(await page.getByRole('complementary', { name: 'Request details' }).count()).toBe(0)
    await page.keyboard.press('q')
    await page.getByRole('complementary', { name: 'Request details' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('complementary', { name: 'Request details' }).waitFor({ state: 'detached' })
  })

  it.each(['#/traffic', '#/cache', '#/models'])('take the filter’s key wherever it was put, %s', async (hash) => {
    const { page } = await start('#/settings/shortcuts')
    await rebind(page, 'Lists: filter', ';')
    await page.goto(page.url().replace(/#.*/, hash))
    await page.getByRole('grid').waitFor()
    expect(await page.locator('label kbd').allTextContents()).toEqual([';'])
    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement.tagName')).not.toBe('INPUT')
    await page.keyboard.press(';')
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('INPUT')
  })

  it('lead where the chips of a row lead by a click', async () => {
    const { page } = await start('#/traffic')
    const grid = page.getByRole('grid')
    await grid.getByRole('row').nth(1).waitFor()
    await grid.focus()
    await page.keyboard.press('j')
    await page.keyboard.press('w')
    await page.getByRole('tab', { name: 'Why', selected: true }).waitFor()
  })

  it('stand as they are bound now beside what they do', async () => {
    const { page } = await start('#/settings/shortcuts')
    await rebind(page, 'Traffic: send again', 'y')
    await rebind(page, 'Traffic: delete', 'x')
    await page.goto(page.url().replace(/#.*/, '#/traffic'))
    const grid = page.getByRole('grid')
    await grid.getByRole('row').nth(1).waitFor()
    await grid.focus()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('complementary', { name: 'Request details' })
    await drawer.getByRole('button', { name: 'Send again (Y)' }).waitFor()
    await drawer.getByRole('button', { name: 'More' }).first().click()
    await page.getByRole('menuitem', { name: 'Delete X' }).waitFor()
  })

  it('delete a cached answer by another key', async () => {
    const { page } = await start('#/settings/shortcuts')
    await rebind(page, 'Cache: delete the answer', 'x')
    await page.goto(page.url().replace(/#.*/, '#/cache'))
    const grid = page.getByRole('grid')
    await grid.getByRole('row').nth(1).waitFor()
    await grid.focus()
    const count = async () => Number(await grid.getAttribute('aria-rowcount'))
    await page.keyboard.press('j')
    const before = await count()
    await page.keyboard.press('Delete')
    expect(await count()).toBe(before)
    await page.keyboard.press('x')
    await expect.poll(count).toBe(before - 1)
  })

  it('say at both what collides, and give the first key back', async () => {
    const { page } = await start('#/settings/shortcuts')
    await rebind(page, 'Lists: next row', 'r')
    await page.getByText('Also: Traffic: send again.').waitFor()
    await page.getByText('Also: Lists: next row.').waitFor()
    await page
      .getByRole('button', { name: /Lists: next row/ })
      .last()
      .press('Enter')
    await page.getByText('Also: Lists: next row.').waitFor({ state: 'detached' })
  })
})

describe('the new parts', () => {
  it.each(['light', 'dark'] as const)('are accessible, %s', { timeout: 120_000 }, async (colorScheme) => {
    const { page, troubles } = await start('#/connect', { portTaken: 4740, serving: 1 }, { colorScheme, viewport: { width: 900, height: 600 } })
    const clean = async (name: string): Promise<void> => {
      const axe = new AxeBuilder({ page })
      // a theme changes colours alone
      const { violations } = await (colorScheme === 'light'
        ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
        : axe.withRules('color-contrast')
      ).analyze()
      const found = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
      expect({ name, found }).toEqual({ name, found: [] })
    }
    const shot = async (name: string): Promise<void> => {
      const folder = process.env.SCREENSHOTS_TO
      if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` })
    }
    await page.getByText('Port 4740').waitFor()
    await clean('port taken')
    await shot('port-taken')
    await page.getByRole('button', { name: 'More for the endpoint' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Stop the endpoint' }).waitFor()
    await clean('menu of the endpoint')
    await shot('endpoint-menu')
    await page.getByRole('menuitem', { name: 'Stop the endpoint' }).click()
    await dialog(page).waitFor()
    await clean('question before stopping')
    await shot('stop-question')
    await dialog(page).getByRole('button', { name: 'Let them finish' }).click()
    await page.getByRole('heading', { name: 'The endpoint is stopped' }).waitFor()
    await clean('stopped')
    await shot('stopped')
    await page.goto(page.url().replace(/#.*/, '#/providers'))
    await pick(page, 'More for “Work”', 'Replace key')
    await dialog(page).getByLabel('New key').fill('sk-bad-made-up-9876')
    await page.keyboard.press('Enter')
    await page.getByText('stands in for it').waitFor()
    await clean('a replaced key')
    await shot('replaced-key')
    await pick(page, 'More for OpenAI', 'Address…')
    await dialog(page).getByLabel('Base address').fill('http://10.1.2.3:8000/v1')
    await page.keyboard.press('Enter')
    await dialog(page).getByText('leads into a private network').waitFor()
    await clean('address')
    await shot('address')
    await page.keyboard.press('Escape')
    await pick(page, 'More for OpenAI', 'Your contract…')
    await clean('contract')
    await shot('contract')
    await page.keyboard.press('Escape')
    for (const [hash, ready] of [
      ['#/settings/general', 'Address of the price list'],
      ['#/settings/security', 'Serve the local network'],
      ['#/settings/shortcuts', 'Lists: next row'],
      ['#/costs', 'Models without a known price'],
    ] as const) {
      await page.goto(page.url().replace(/#.*/, hash))
      const there = page.getByText(ready).first()
      await there.scrollIntoViewIfNeeded()
      await clean(hash)
      await shot(hash.replace(/\W+/g, '-'))
    }
    await page.goto(page.url().replace(/#.*/, '#/routing/auto'))
    await page.getByText('Where requests may go').click()
    await page.getByText('United States').scrollIntoViewIfNeeded()
    await clean('where requests may go')
    await shot('where')
    expect(troubles).toEqual([])
  })
})
