/** The Routing screen in a real browser, under the product's own policy, against the engine in memory. Needs `npm run build`. */
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { type OpenedWorkbench, workbenches } from '../support/workbench.ts'

const open = workbenches()

async function start(hash: string, page: BrowserContextOptions = {}): Promise<OpenedWorkbench> {
  const opened = await open(hash, {}, page)
  await opened.page.getByRole('tablist', { name: 'Parts of the routing' }).waitFor()
  return opened
}

const rule = (page: Page, name: string) => page.getByRole('article', { name })
const names = (page: Page): Promise<string[]> =>
  page.getByRole('article').evaluateAll((cards) => cards.map((card) => (card as unknown as { ariaLabel: string }).ariaLabel))
const save = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Save', exact: true }).press('Enter')
  await page.getByText('Routing saved.').waitFor()
}

describe('routing', () => {
  it('makes an alias by keyboard alone and saves it', async () => {
    const { page, troubles } = await start('#/routing')
    await page.getByRole('button', { name: 'Add an alias' }).press('Enter')
    // one goes on typing: its name is marked, and keeps the focus under the new name
    await rule(page, 'alias').getByRole('textbox', { name: 'Name' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.type('cheap')
    await page.keyboard.press('Enter')
    await rule(page, 'cheap').getByRole('textbox', { name: 'Name' }).and(page.locator(':focus')).waitFor()
    await rule(page, 'cheap').getByRole('combobox', { name: 'Model 1' }).focus()
    await page.keyboard.type('openai/gpt-5-mini')
    await save(page)
    await page.reload()
    await rule(page, 'cheap').waitFor()
    expect(await rule(page, 'cheap').getByRole('combobox', { name: 'Model 1' }).inputValue()).toBe('openai/gpt-5-mini')
    expect(troubles).toEqual([])
  })

  it('refuses a name that is taken, beside the field', async () => {
    const { page } = await start('#/routing')
    const name = rule(page, 'smart').getByRole('textbox', { name: 'Name' })
    await name.fill('fast')
    await name.press('Enter')
    await page.getByText('There is one of this name already.').waitFor()
    expect(await names(page)).toEqual(['fast', 'smart'])
  })

  it('moves rules by keyboard and by dragging', async () => {
    const { page, troubles } = await start('#/routing/rules')
    const [first = '', second = ''] = await names(page)
    await page.getByRole('button', { name: `Drag ${first}` }).focus()
    await page.keyboard.press('Alt+ArrowDown')
    await expect.poll(() => names(page)).toEqual([second, first])
    await page.getByRole('button', { name: `Move ${first} up` }).press('Enter')
    await expect.poll(() => names(page)).toEqual([first, second])
    await page.getByRole('button', { name: `Drag ${second}` }).dragTo(rule(page, first))
    await expect.poll(() => names(page)).toEqual([second, first])
    await save(page)
    expect(troubles).toEqual([])
  })

  it('builds a rule out of conditions and actions and keeps unreadable text where it was typed', async () => {
    const { page } = await start('#/routing/rules')
    await page.getByRole('button', { name: 'Add a rule' }).press('Enter')
    const card = rule(page, 'New rule')
    await card.getByRole('combobox', { name: 'Add a condition' }).selectOption({ label: 'Hours' })
    const hours = card.getByRole('textbox', { name: 'Hours' })
    await hours.fill('from nine')
    await card.getByText('This cannot be read yet.').waitFor()
    await hours.fill('9-17')
    await card.getByRole('combobox', { name: 'Action', exact: true }).selectOption({ label: 'Deny' })
    await card.getByRole('textbox', { name: 'What the client is told' }).fill('Lunch.')
    await save(page)
    await page.getByRole('tab', { name: 'JSON' }).press('Enter')
    const text = JSON.parse(await page.getByRole('textbox', { name: 'routing.json' }).inputValue()) as { rules: object[] }
    expect(text.rules.at(-1)).toMatchObject({ when: { hours: { from: 9, to: 17 } }, actions: [{ do: 'deny', message: 'Lunch.' }] })
  })

  it('names the fields that cannot be saved', async () => {
    const { page } = await start('#/routing/rules')
    await page.getByRole('button', { name: 'Add a rule' }).press('Enter')
    await page.getByRole('button', { name: 'Save', exact: true }).press('Enter')
    await page.getByRole('alert').getByText('rules.2.actions.0.models.0').waitFor()
  })

  it('takes the whole of it as text, with its mistakes named', async () => {
    const { page } = await start('#/routing/json')
    const text = page.getByRole('textbox', { name: 'routing.json' })
    await text.fill('{"version": 1, "aliases": {"Big Name": {"models": []}}}')
    await page.getByRole('button', { name: 'Check and take over' }).press('Enter')
    await page.getByRole('alert').getByText('aliases.Big Name', { exact: false }).first().waitFor()
    await text.fill('{"version": 1, "presets": {"short": {"models": ["openai/gpt-5-mini"]}}}')
    await page.getByRole('button', { name: 'Check and take over' }).press('Enter')
    await page.getByText('Taken over.').waitFor()
    await save(page)
    await page.getByRole('tab', { name: 'Presets' }).press('Enter')
    await page.getByText('@preset/short').waitFor()
    await page.getByRole('tab', { name: 'Aliases' }).press('Enter')
    await page.getByText('No aliases yet').waitFor()
    await page.getByRole('tab', { name: 'JSON' }).press('Enter')
    await page.getByRole('button', { name: /^Restore the version of/ }).press('Enter')
    await page.getByRole('tab', { name: 'Aliases' }).press('Enter')
    await rule(page, 'fast').waitFor()
  })

  it('simulates what is on the screen, and resets a place that rests', async () => {
    const { page, troubles } = await start('#/routing/simulator')
    await page.getByRole('textbox', { name: 'Request body' }).fill('{"model": "fast", "messages": []}')
    await page.getByRole('button', { name: 'Show the plan' }).press('Enter')
    await page.getByText("Decided by: alias 'fast'.").waitFor()
    await page.getByText('Without your own routing nobody would serve this.').waitFor()
    await page.getByRole('textbox', { name: 'Request body' }).fill('{')
    await page.getByRole('button', { name: 'Show the plan' }).press('Enter')
    await page.getByRole('alert').getByText('No plan: ').waitFor()
    await page.getByRole('tab', { name: 'Health' }).press('Enter')
    await page.getByRole('button', { name: 'Reset anthropic/claude-sonnet-4-5' }).press('Enter')
    await expect.poll(() => page.getByRole('row').getByText('well').count()).toBe(2)
    expect(troubles).toEqual([])
  })

  it('replays the past and shows what shadows have yielded', async () => {
    const { page, troubles } = await start('#/routing/replay')
    await page.getByRole('button', { name: 'Replay' }).press('Enter')
    await page.getByText('14 times').waitFor()
    await page.getByRole('tab', { name: 'Splits & shadows' }).press('Enter')
    await page.getByRole('rowheader', { name: 'Try Haiku' }).first().waitFor()
    expect(troubles).toEqual([])
  })

  it('begins a rule for a model that another screen names', async () => {
    const { page } = await start('#/routing/rule-for%2Fopenai%2Fgpt-5-mini')
    expect(await rule(page, 'New rule: openai/gpt-5-mini').getByRole('textbox', { name: 'Model' }).inputValue()).toBe('openai/gpt-5-mini')
  })

  it.each([
    ['light', { width: 1440, height: 900 }],
    ['dark', { width: 900, height: 600 }],
  ] as const)('has no barrier that can be found by machine: %s, %o', async (colorScheme, viewport) => {
    const { page } = await start('#/routing', { colorScheme, viewport })
    for (const tab of ['Aliases', 'Presets', 'Rules', 'Fallbacks', 'Splits & shadows', 'Simulator', 'Replay', 'Health', 'JSON']) {
      await page.getByRole('tab', { name: tab }).press('Enter')
      await page.getByRole('tabpanel', { name: tab }).waitFor()
      const { violations } = await new AxeBuilder({ page }).include('main').analyze()
      expect(violations.map(({ id, nodes }) => `${tab}: ${id} ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([])
      const shots = process.env.SWITCHYARD_SHOTS
      if (shots !== undefined) await page.screenshot({ path: `${shots}/routing-${tab.split(' ')[0]}-${colorScheme}.png` })
      expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
    }
  })
})
