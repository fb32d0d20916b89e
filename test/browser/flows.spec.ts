/**
 * The main flows of the workbench by keyboard alone, with their actions counted: the fewest there are. A mouse takes a click for each aim and Enter here.
 * The first run is counted in first-run.spec.ts. Needs `npm run build`.
 */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { WatchedPage } from '../support/browser.ts'
import type { FakeOptions } from '../support/fake-api.ts'
import { openRecord } from '../support/fake-traffic.ts'
import { type Hands, handsOn } from '../support/hands.ts'
import type { FakeServer } from '../support/serve-fake.ts'
import { workbenches } from '../support/workbench.ts'

const open = workbenches()

interface Started extends WatchedPage {
  readonly server: FakeServer
  readonly hands: Hands
}

async function start(hash: string, options: FakeOptions = {}, permissions: readonly string[] = []): Promise<Started> {
  const opened = await open(hash, options, { permissions: [...permissions] })
  await opened.page.getByRole('navigation').first().waitFor()
  return { ...opened, hands: handsOn(opened.page) }
}

const drawer = (page: Page) => page.getByRole('complementary', { name: 'Request details' })
const grid = (page: Page) => page.getByRole('grid')
const answered = async (page: Page, ...letters: readonly string[]): Promise<void> => {
  for (const letter of letters) {
    await page
      .getByRole('button', { name: `Regenerate ${letter}` })
      .and(page.locator(':enabled'))
      .waitFor()
  }
}

it('connect a tool: Connect, tool, copy; green at its first request', async () => {
  const { page, hands, server } = await start('#/playground', {}, ['clipboard-read', 'clipboard-write'])
  await page.getByRole('textbox', { name: /Question to/ }).waitFor()
  await hands.press('Control+8')
  await hands.reach(page.getByRole('tab', { name: 'curl', exact: true }).or(page.getByRole('tab', { selected: true })))
  await hands.press('ArrowRight')
  await hands.press('Enter')
  await hands.reach(page.getByRole('tabpanel').getByRole('button', { name: /^Copy/ }))
  await hands.press('Enter')
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain('127.0.0.1:4747')
  const ended = { outcome: 'ok', status: 200, servedBy: 'openai/gpt-5-mini' } as const
  server.engine.record({ ...openRecord('first', Date.now(), 'openai/gpt-5-mini'), source: 'proxy', caller: 'client-0', callerName: 'Claude Code', ...ended })
  await page.getByText(/^Connected: Claude Code asked for openai\/gpt-5-mini/).waitFor()
  expect(hands.done).toEqual({ aims: 2, texts: 0, keys: 4 })
})

it('compare three models in a new tab: Ctrl+T, Esc, M, choose, Esc, type, Ctrl+Enter', async () => {
  const { page, hands, server, troubles } = await start('#/playground')
  const question = page.getByRole('textbox', { name: /^Question to/ })
  await question.waitFor()
  await page.getByText('demo/scholar').first().waitFor()
  await hands.press('Control+t')
  await page.getByRole('navigation', { name: 'Tabs' }).waitFor()
  await hands.press('Escape')
  await hands.press('m')
  for (const name of ['Steady', 'Scholar', 'Sonnet', 'Haiku']) {
    await hands.type(name)
    await page.getByRole('option', { name: new RegExp(name) }).waitFor()
    await hands.press('Enter')
  }
  await hands.press('Escape')
  await question.and(page.locator(':focus')).waitFor()
  await hands.type('What is a circuit breaker?')
  await hands.press('Control+Enter')
  await answered(page, 'A', 'B', 'C')
  // which of the three requests comes first is the browser's affair
  expect(server.engine.runs.map(({ model }) => model).sort()).toEqual(['anthropic/claude-haiku-4-5', 'anthropic/claude-sonnet-4-5', 'demo/swift'])
  expect(hands.done).toEqual({ aims: 0, texts: 5, keys: 9 })
  expect(troubles).toEqual([])
})

it('why this model: the row, W', async () => {
  const { page, hands } = await start('#/traffic')
  await page.getByRole('row').nth(3).waitFor()
  await hands.reach(grid(page))
  await hands.press('j')
  await hands.press('w')
  await drawer(page).getByRole('tab', { name: 'Why', selected: true }).waitFor()
  await drawer(page).getByText('Candidates').waitFor()
  expect(hands.done).toEqual({ aims: 1, texts: 0, keys: 2 })
})

it('find a failure: Ctrl+2, /, err, Enter, J, Space', async () => {
  const { page, hands, troubles } = await start('#/playground')
  await page.getByRole('textbox', { name: /Question to/ }).waitFor()
  await hands.press('Control+2')
  await page.getByRole('row').nth(3).waitFor()
  await hands.press('/')
  await hands.type('err')
  await page.getByRole('option', { name: /is:failed/, selected: true }).waitFor()
  await hands.press('Enter')
  await page.getByText('That is all: 15 requests.').waitFor({ state: 'attached' })
  await grid(page).and(page.locator(':focus-within')).waitFor()
  await hands.press('j')
  await hands.press('Space')
  await drawer(page).getByText('It failed').waitFor()
  expect(hands.done).toEqual({ aims: 0, texts: 1, keys: 5 })
  expect(troubles).toEqual([])
})

it('try a real request on cheaper models: the row, C', async () => {
  const { page, hands } = await start('#/traffic')
  await page.getByRole('row').nth(3).waitFor()
  await hands.reach(grid(page))
  await hands.press('j')
  await hands.press('c')
  await page.locator('[data-pane="3"]').waitFor()
  expect(await page.locator('[data-pane]').count()).toBe(3)
  expect(hands.done).toEqual({ aims: 1, texts: 0, keys: 2 })
})

it('remove a wrong cached answer: its row, A, Delete; undone by one more', async () => {
  const { page, hands, server } = await start('#/traffic')
  await page.getByRole('row').nth(3).waitFor()
  const cache = { kind: 'exact', key: '0'.padStart(64, 'a'), source: 'past-0001', ageMs: 1_000 } as const
  server.engine.record({
    ...openRecord('live-1', Date.now(), 'openai/gpt-5-mini'),
    source: 'proxy',
    outcome: 'ok',
    status: 200,
    servedBy: 'openai/gpt-5-mini',
    cache,
  })
  await page.getByRole('row').getByRole('button', { name: 'cached' }).waitFor()
  await hands.reach(grid(page))
  await hands.press('j')
  await hands.press('a')
  await expect.poll(() => page.url()).toMatch(/#\/cache\/.+/)
  await page.getByRole('complementary', { name: 'Cached answer' }).waitFor()
  await hands.press('Delete')
  await page.getByText('That is all: 5 answers.').waitFor()
  expect(hands.done).toEqual({ aims: 1, texts: 0, keys: 3 })
  await hands.reach(page.getByRole('button', { name: 'Undo' }))
  await hands.press('Enter')
  await page.getByText('That is all: 6 answers.').waitFor()
})

it('set a budget: Costs, the amount in the bar, Enter', async () => {
  const { page, hands } = await start('#/playground')
  await page.getByRole('textbox', { name: /Question to/ }).waitFor()
  await hands.press('Control+3')
  const all = page.getByRole('group', { name: 'Budgets of All clients' })
  await hands.reach(all.getByRole('textbox', { name: 'Per day' }))
  await hands.type('2')
  await hands.press('Enter')
  await page.getByText('$1.70 of $2.00').first().waitFor()
  expect(hands.done).toEqual({ aims: 1, texts: 1, keys: 2 })
})

it('replace a key: its menu, to Replace, paste, Enter', async () => {
  const { page, hands } = await start('#/providers')
  await hands.reach(page.getByRole('button', { name: /^More for “/ }))
  await hands.press('Enter')
  const replace = page.getByRole('menuitem', { name: /Replace/ })
  await replace.waitFor()
  await hands.step('ArrowDown', replace)
  await hands.press('Enter')
  await page.getByRole('dialog').getByLabel(/key/i).first().and(page.locator(':focus')).waitFor()
  await hands.type('sk-proj-made-up-new')
  await hands.press('Enter')
  await page
    .getByText(/^Replaced/)
    .first()
    .waitFor()
  expect(hands.done).toEqual({ aims: 2, texts: 1, keys: 3 })
})
