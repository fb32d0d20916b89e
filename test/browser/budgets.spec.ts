/** Budgets, limits of keys and pairs of shadow runs in a real browser, against the engine in memory. Needs `npm run build`. */
import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import type { WatchedPage } from '../support/browser.ts'
import { workbenches } from '../support/workbench.ts'

const SHOTS = process.env.SWITCHYARD_SHOTS

const start = workbenches()

const violations = async ({ page }: WatchedPage): Promise<readonly string[]> =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)

describe('budgets', () => {
  it('are typed where costs are seen, by keyboard alone, and show how much is spent', async () => {
    const watched = await start('#/costs')
    const { page, troubles } = watched
    const all = page.getByRole('group', { name: 'Budgets of All clients' })
    await all.waitFor()
    expect(await all.textContent()).toContain('$1.70 of $5.00')
    await all.getByRole('textbox', { name: 'Per day' }).focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('2')
    await page.keyboard.press('Enter')
    await page.getByText('$1.70 of $2.00').first().waitFor()
    await all.getByRole('textbox', { name: 'Per day' }).fill('much')
    await all.getByText('Type an amount in dollars.').waitFor()
    expect(await violations(watched)).toEqual([])
    expect(troubles).toEqual([])
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/costs.png`, fullPage: true })
  })
})

describe('limits of a key', () => {
  it('are set from its menu and stand beside its name', async () => {
    const watched = await start('#/providers')
    const { page, troubles } = watched
    await page
      .getByRole('button', { name: /^More for “/ })
      .first()
      .press('Enter')
    await page.getByRole('menuitem', { name: 'Share and limits' }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Weight' }).fill('3')
    await dialog.getByRole('textbox', { name: 'Requests a minute' }).fill('1.5')
    await dialog.getByText('A whole number above 0.').waitFor()
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await dialog.getByRole('textbox', { name: 'Requests a minute' }).fill('60')
    expect(await violations(watched)).toEqual([])
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/limits.png`, fullPage: true })
    await dialog.getByRole('button', { name: 'Save' }).press('Enter')
    await page.getByText('60 requests/min').waitFor()
    await page.getByText('weight 3').waitFor()
    expect(troubles).toEqual([])
  })
})

describe('a shadow run', () => {
  it('is shown beside its original, with cost and times', async () => {
    const watched = await start('#/routing/splits')
    const { page, troubles } = watched
    await page.getByText(/^Try Haiku, /).click()
    const original = page.getByRole('region', { name: 'original', exact: true })
    await original.waitFor()
    expect(await original.textContent()).toMatch(/\$[\d.]+, first content .+, whole .+/)
    expect(await page.getByRole('region', { name: 'shadow', exact: true }).textContent()).toContain('first content')
    expect(await violations(watched)).toEqual([])
    if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/pairs.png`, fullPage: true })
    expect(troubles).toEqual([])
  })
})
