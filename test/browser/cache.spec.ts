/** The Cache screen in a real browser, under the product's own policy, against the engine in memory. Needs `npm run build`. */
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { type OpenedWorkbench, workbenches } from '../support/workbench.ts'

const open = workbenches()

async function start(options: BrowserContextOptions = {}, loaded = 'That is all: 6 answers.'): Promise<OpenedWorkbench> {
  const opened = await open('#/cache', {}, options)
  await opened.page.getByText(loaded).waitFor()
  return opened
}

const drawer = (page: Page) => page.getByRole('complementary', { name: 'Cached answer' })

it('is read and emptied by keyboard alone, and what was deleted comes back', async () => {
  const { page, troubles } = await start()
  await page.getByRole('grid').focus()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await drawer(page).getByRole('tab', { name: 'Answer' }).waitFor()
  await page.keyboard.press('Delete')
  await page.getByText('That is all: 5 answers.').waitFor()
  await drawer(page).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('That is all: 6 answers.').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('mutex')
  await page.getByText('That is all: 1 answer.').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('That is all: 6 answers.').waitFor()
  expect(troubles).toEqual([])
})

it('shows hits, near misses and the key of an answer, and unlearns a wrong hit', async () => {
  const { page, troubles } = await start()
  await page.getByRole('gridcell', { name: /two-factor/ }).click()
  // drawn as the model meant it
  await drawer(page).getByRole('strong').filter({ hasText: 'Settings' }).waitFor()
  await drawer(page).getByRole('tab', { name: /Hits/ }).click()
  await drawer(page).getByText('similarity 0.940').waitFor()
  await drawer(page).getByRole('button', { name: 'This was wrong' }).click()
  await page.getByText(/^Learned/).waitFor()
  await drawer(page).getByRole('tab', { name: /Near/ }).click()
  await drawer(page).getByText('opposites: on and off').first().waitFor()
  await drawer(page).getByRole('tab', { name: 'Key' }).click()
  await drawer(page).getByText('{"temperature":0}').waitFor()
  expect(troubles).toEqual([])
})

it('compares two questions, and tells what a removal would take before it does', async () => {
  const { page, troubles } = await start()
  await page.getByRole('button', { name: 'Compare two questions' }).click()
  await page.getByRole('textbox', { name: 'Question that was answered' }).fill('turn it on')
  await page.getByRole('textbox', { name: 'Question that is asked' }).fill('turn it off')
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByText('Not the same question.').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Remove answers' }).click()
  await page.getByText('This removes 6 answers.').waitFor()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('heading', { name: 'No answers kept yet' }).waitFor()
  expect(troubles).toEqual([])
})

it('lets a client key, an alias and a preset use the cache, by its meaning too', async () => {
  const { page, troubles } = await start()
  await page.getByRole('button', { name: 'Settings of the response cache' }).click()
  await page.getByRole('combobox', { name: 'Cursor' }).selectOption('semantic')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Settings of the response cache' }).click()
  expect(await page.getByRole('combobox', { name: 'Cursor' }).inputValue()).toBe('semantic')
  await page.getByRole('combobox', { name: 'Alias smart' }).selectOption('semantic')
  await page.getByRole('combobox', { name: 'Preset terse' }).selectOption('off')
  await expect.poll(() => page.getByRole('combobox', { name: 'Preset terse' }).inputValue()).toBe('off')
  expect(await page.getByRole('combobox', { name: 'Alias smart' }).inputValue()).toBe('semantic')
  expect(troubles).toEqual([])
})

it('says why two requests are not the same, from the screen and from an answer', async () => {
  const { page, troubles } = await start()
  await page.getByRole('button', { name: 'Why two requests are not the same' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'One' }).fill('gen-1')
  await dialog.getByRole('combobox', { name: 'The other' }).fill('gen-2')
  await page.keyboard.press('Enter')
  await dialog.getByText('They differ in 1 part.').waitFor()
  await dialog.getByText('{"temperature":0.7}').waitFor()
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('gridcell', { name: /two-factor/ }).click()
  await drawer(page).getByRole('tab', { name: 'Key' }).click()
  await drawer(page).getByRole('button', { name: 'Why was a request not answered from here?' }).click()
  expect(await dialog.getByRole('combobox', { name: 'One' }).inputValue()).toMatch(/^[0-9a-f]{64}$/)
  expect(troubles).toEqual([])
})

it('lists what is never cached, and takes it back', async () => {
  const { page, troubles } = await start()
  await page.getByRole('gridcell', { name: /two-factor/ }).click()
  await drawer(page).getByRole('button', { name: 'Never cache this' }).click()
  await page.getByText('That is all: 5 answers.').waitFor()
  await page.getByRole('button', { name: 'Never cached', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('How do I turn on two-factor authentication?').waitFor()
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  await dialog.getByRole('button', { name: /^Allow again/ }).click()
  await dialog.getByText('Nothing yet.').waitFor()
  expect(troubles).toEqual([])
})

it('speaks German too', async () => {
  const { page, troubles } = await start({ locale: 'de-DE' }, 'Das ist alles: 6 Antworten.')
  await page.getByRole('gridcell', { name: /two-factor/ }).click()
  await page.getByRole('complementary', { name: 'Aufbewahrte Antwort' }).getByRole('tab', { name: 'Schlüssel' }).waitFor()
  await page.getByRole('tab', { name: /Nahe/ }).click()
  await page.getByText('Gegenteile: on und off').first().waitFor()
  await page.getByText('2 warme Anfänge bei Anbietern').click()
  await page.getByText('Sein Anbieter sagt nicht, dass Lesen einen Anfang erhält.').waitFor()
  await page.getByRole('button', { name: 'Einstellungen des Antwort-Caches' }).click()
  await page.getByRole('dialog').getByText('Wer ihn nutzt').waitFor()
  expect(troubles).toEqual([])
})

it('shows what is warm in prompt caches, and keeps it at the press of a button that names the cost', async () => {
  const { page, troubles } = await start()
  await page.getByText('2 warm prefixes at providers, worth $0.4113 at the next turns').click()
  await page.getByText('Its provider does not say that reading a prefix keeps it.').waitFor()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.getByRole('button', { name: 'Keep warm for $0.0456' }).click()
  await page.getByText('Kept warm for $0.0456.').waitFor()
  expect(troubles).toEqual([])
})
