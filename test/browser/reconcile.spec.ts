/** A provider's export held against the ledger, in real Chromium on the fake engine. Needs `npm run build`. */
import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import { workbenches } from '../support/workbench.ts'

const start = workbenches()

describe('comparing with a provider’s export', () => {
  const csv = (lines: readonly string[]): { name: string; mimeType: string; buffer: Buffer } => ({
    ...{ name: 'anthropic.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(['usage_date_utc,model,cost_usd', ...lines].join('\n')),
  })

  it('goes from the file to differences by keyboard, says where a file is wrong, and asks for unknown columns', async () => {
    const { page, troubles } = await start('#/costs')
    const choose = page.getByRole('button', { name: 'Choose a CSV file' })
    await choose.waitFor()
    const chosen = page.waitForEvent('filechooser')
    await choose.press('Enter')
    await (await chosen).setFiles(csv(['2026-11-02,Claude Nobody 9,dear']))
    await page.getByText('Line 2, column “cost_usd”: “dear” is not an amount.').waitFor()

    const again = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose another file' }).press('Enter')
    await (await again).setFiles(csv(['2026-11-02,Claude Nobody 9,2.50']))
    await page.getByText(/anthropic\.csv: 1 line of anthropic, 2026-11-02/).waitFor()
    const table = page.getByRole('region', { name: 'Days and models of both sides' })
    expect(await table.getByRole('row').filter({ hasText: 'Claude Nobody 9' }).textContent()).toContain('Missing here')
    await page.getByRole('radio', { name: /^Missing there/ }).focus()
    await page.keyboard.press('Space')
    await table.getByRole('row').filter({ hasText: 'Claude Nobody 9' }).waitFor({ state: 'detached' })
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save differences as CSV' }).press('Enter')
    expect((await download).suggestedFilename()).toBe('switchyard-reconciliation-anthropic-2026-11-02-2026-11-02.csv')

    await page.getByRole('button', { name: 'Close' }).press('Enter')
    const third = page.waitForEvent('filechooser')
    await choose.press('Enter')
    await (await third).setFiles({ name: 'own.csv', mimeType: 'text/csv', buffer: Buffer.from('Tag;Modell;Kosten\n2026-11-02;gpt-5-mini;0,5\n') })
    await page.getByText('The columns of own.csv are none that are known.').waitFor()
    await page.getByRole('combobox', { name: 'Provider', exact: true }).selectOption('openai')
    await page.getByRole('button', { name: 'Compare', exact: true }).press('Enter')
    await page.getByText(/own\.csv: 1 line of openai/).waitFor()
    expect(troubles).toEqual([])
  })
})
