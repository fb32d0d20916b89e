/** The playground's flows by keyboard alone, each action counted, against the engine in memory. Needs `npm run build`. */
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { FakeOptions } from '../support/fake-api.ts'
import { type OpenedWorkbench, workbenches } from '../support/workbench.ts'

const open = workbenches()

async function start(options: FakeOptions = {}, page: BrowserContextOptions = {}): Promise<OpenedWorkbench & { keys: Keys }> {
  const opened = await open('', { pace: 0, ...options }, { reducedMotion: 'no-preference', ...page })
  await opened.page.getByText('demo/scholar').first().waitFor()
  return { ...opened, keys: keysOf(opened.page) }
}

interface Keys {
  readonly pressed: () => number
  press(...keys: readonly string[]): Promise<void>
}

/** Presses keys and counts them. */
function keysOf(page: Page): Keys {
  let count = 0
  return {
    pressed: () => count,
    async press(...keys) {
      for (const key of keys) {
        count++
        await page.keyboard.press(key)
      }
    },
  }
}

const group = (page: Page, letter: string) => page.getByRole('group', { name: `Answers of ${letter}` })
const answered = async (page: Page, ...letters: string[]) => {
  for (const letter of letters)
    await page
      .getByRole('button', { name: `Regenerate ${letter}` })
      .and(page.locator(':enabled'))
      .waitFor()
}
const serious = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']).analyze()
  return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

describe('the playground by keyboard', () => {
  it('compares blind, votes and shows the names, with five keys', async () => {
    const { page, troubles, keys } = await start()
    // Alt+1 leaves the question, where letters are letters
    await keys.press('Alt+1', 'b')
    await page.getByRole('textbox', { name: /Question to/ }).focus()
    await keys.press('Control+Enter')
    await page.getByText('Which is best?').waitFor()
    expect(await page.getByText('Hidden model').count()).toBe(3)
    expect(await page.locator('main, body').first().textContent()).not.toContain('demo/scholar')
    expect(await serious(page)).toEqual([])
    await keys.press('Alt+1', '2')
    await page.getByText(/Voted for B/).waitFor()
    expect(await page.getByText('Hidden model').count()).toBe(0)
    expect(keys.pressed()).toBe(5)
    await page.getByRole('button', { name: 'Ratings' }).press('Enter')
    await page.getByRole('table').waitFor()
    expect(await page.getByRole('row').count()).toBe(4)
    expect(await serious(page)).toEqual([])
    expect(troubles).toEqual([])
  })

  it('shows a word diff, one pane alone, and other layouts', async () => {
    const { page, troubles, keys } = await start()
    await keys.press('Control+Enter')
    await answered(page, 'A', 'B', 'C')
    await keys.press('Alt+2', 'd')
    await page.getByText(/% of the words are the same/).waitFor()
    expect(await page.locator('ins').count()).toBeGreaterThan(0)
    expect(await serious(page)).toEqual([])
    await keys.press('d', 'f')
    await expect.poll(() => page.getByRole('region', { name: /^Pane/ }).count()).toBe(1)
    expect(await page.getByRole('region', { name: 'Pane B' }).count()).toBe(1)
    await keys.press('Alt+3')
    await page.getByRole('region', { name: 'Pane C' }).waitFor()
    await page.getByRole('button', { name: 'Layout: One in focus' }).press('Enter')
    await page.getByRole('menuitemradio', { name: 'Grid' }).press('Enter')
    await expect.poll(() => page.getByRole('region', { name: /^Pane/ }).count()).toBe(3)
    await page.reload()
    await page.getByRole('button', { name: 'Layout: Grid' }).waitFor()
    expect(troubles).toEqual([])
  })

  it('edits a question, keeps both answers, and forks to a tab', async () => {
    const { page, troubles, keys, server } = await start()
    await keys.press('Control+Enter')
    await answered(page, 'A', 'B', 'C')
    const edit = group(page, 'A').getByRole('button', { name: 'Edit and ask again' })
    await edit.press('Enter')
    await keys.press('Escape')
    await edit.and(page.locator(':focus')).waitFor()
    await keys.press('Enter')
    await group(page, 'A').getByRole('textbox', { name: 'Edit and ask again' }).fill('Why otters?')
    await keys.press('Control+Enter')
    await answered(page, 'A', 'B', 'C')
    expect(server.engine.runs.slice(-3).map(({ messages }) => messages.at(-1)?.text)).toEqual(['Why otters?', 'Why otters?', 'Why otters?'])
    await group(page, 'B').getByRole('img', { name: 'Answer 2 of 2' }).waitFor()
    await group(page, 'B').getByRole('button', { name: 'Previous answer' }).press('Enter')
    await group(page, 'B').getByRole('img', { name: 'Answer 1 of 2' }).waitFor()
    await group(page, 'A').getByRole('button', { name: 'Go on from here in a new tab' }).press('Enter')
    const tabs = page.getByRole('navigation', { name: 'Tabs' })
    await tabs.getByRole('button', { name: 'From: Why otters?' }).waitFor()
    expect(await group(page, 'A').getByText('Why otters?').count()).toBe(1)
    expect(await serious(page)).toEqual([])
    await tabs.getByRole('button', { name: 'Comparison 1' }).press('Enter')
    await group(page, 'B').getByRole('img', { name: 'Answer 1 of 2' }).waitFor()
    expect(troubles).toEqual([])
  })

  it('unlinks a pane and sends its own settings', async () => {
    const { page, troubles, keys, server } = await start()
    await keys.press('Alt+2', 'p')
    const settings = page.getByRole('dialog', { name: 'Settings of pane B' })
    await settings.getByRole('switch', { name: 'Linked with the other panes' }).press('Space')
    await settings.getByLabel('Temperature').fill('0.3')
    await settings.getByLabel('Tools (JSON)').fill('[{"name":"look"}]')
    expect(await serious(page)).toEqual([])
    await settings.getByLabel('Top P').fill('3')
    await settings.getByText('from 0 to 1').waitFor()
    await keys.press('Escape')
    await page.getByRole('img', { name: 'Has settings of its own' }).waitFor()
    await page.getByRole('textbox', { name: /Question to/ }).focus()
    await keys.press('Control+Enter')
    await answered(page, 'A', 'B', 'C')
    expect(Object.fromEntries(server.engine.runs.map(({ model, temperature, tools }) => [model, [temperature, tools?.[0]?.name]]))).toEqual({
      'demo/swift': [undefined, undefined],
      'demo/steady': [0.3, 'look'],
      'demo/scholar': [undefined, undefined],
    })
    expect(troubles).toEqual([])
  })

  it('takes files by choosing, and says which pane is left out and why', async () => {
    const { page, troubles, keys, server } = await start()
    await page.locator('form input[type=file]').setInputFiles([
      { name: 'cat.png', mimeType: 'image/png', buffer: Buffer.from('not really a cat') },
      { name: 'x.zip', mimeType: 'application/zip', buffer: Buffer.from([80, 75, 0]) },
    ])
    await page.getByText('cat.png').waitFor()
    await page.getByText(/x\.zip cannot be sent/).waitFor()
    expect(await page.getByText(/takes no images, so this pane is left out/).count()).toBe(3)
    expect(await serious(page)).toEqual([])
    await keys.press('Control+Enter')
    expect(server.engine.runs).toEqual([])
    await page.getByRole('button', { name: 'Remove cat.png' }).press('Enter')
    expect(await page.getByText(/is left out/).count()).toBe(0)
    expect(troubles).toEqual([])
  })

  it('scrolls panes together until told not to', async () => {
    const { page, keys } = await start({}, { viewport: { width: 1000, height: 560 } })
    await keys.press('Control+Enter')
    await answered(page, 'A', 'B', 'C')
    const share = (letter: string) =>
      group(page, letter).evaluate((element: { scrollTop: number; scrollHeight: number; clientHeight: number }) =>
        Math.round((100 * element.scrollTop) / (element.scrollHeight - element.clientHeight)),
      )
    await group(page, 'C').focus()
    await keys.press('Home')
    await expect.poll(() => share('B')).toBe(0)
    await keys.press('s', 'End')
    await expect.poll(() => share('C')).toBe(100)
    expect(await share('B')).toBe(0)
  })
})

describe('matrix, history and library', () => {
  it.each(['light', 'dark'] as const)('run, filter and export a matrix, %s, in a small window', async (colorScheme) => {
    const { page, troubles } = await start({}, { colorScheme, viewport: { width: 900, height: 600 } })
    await page.getByRole('button', { name: 'Matrix' }).press('Enter')
    await page.getByText('3 rows: country').waitFor()
    await page.getByText(/6 answers, about/).waitFor()
    await page.getByRole('combobox', { name: 'Add a check' }).selectOption('regex')
    await page.getByLabel('Value of check 1').fill('(')
    expect(await serious(page)).toEqual([])
    await page.getByRole('button', { name: 'Start' }).press('Enter')
    await page.getByText(/spec\.checks\.0\.pattern/).waitFor()
    await page.getByLabel('Value of check 1').fill('Three states')
    await page.getByRole('button', { name: 'Start' }).press('Enter')
    await page.getByText(/6 of 6 · 3 failing/).waitFor()
    expect(await page.getByRole('row').count()).toBe(4)
    expect(await serious(page)).toEqual([])
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export as CSV' }).press('Enter')
    expect((await download).suggestedFilename()).toBe('Capitals.csv')
    expect(troubles).toEqual([])
  })

  it('find a past comparison by a word of an answer, and ask it again', async () => {
    const { page, troubles, keys } = await start()
    // the list is looked at while the last answers are still coming, and has the comparison once they are there
    await keys.press('Control+Enter')
    await page.getByRole('button', { name: 'History' }).press('Enter')
    await page.getByRole('heading', { name: 'Choose a comparison' }).waitFor()
    await page.getByRole('searchbox').fill('cool-down')
    await page.getByRole('list', { name: 'Past comparisons' }).getByRole('button').press('Enter')
    await page.getByRole('article', { name: 'demo/scholar' }).waitFor()
    // it cannot be brought back, so it is asked about
    await page.getByRole('button', { name: 'Delete' }).press('Enter')
    await page.getByRole('alertdialog', { name: 'Delete this comparison?' }).waitFor()
    await keys.press('Escape')
    expect(await serious(page)).toEqual([])
    await page.getByRole('button', { name: 'Ask again' }).press('Enter')
    await page.getByRole('navigation', { name: 'Tabs' }).waitFor()
    expect(await page.getByRole('textbox', { name: /Question to/ }).inputValue()).toContain('circuit breaker')
    expect(troubles).toEqual([])
  })

  it('keep a prompt and use it', async () => {
    const { page, troubles } = await start()
    await page.getByRole('button', { name: 'Library' }).press('Enter')
    await page.getByLabel('Name').fill('Review')
    await page.getByLabel('Prompt', { exact: true }).last().fill('Look at {{code}}')
    await page.getByRole('button', { name: 'Save' }).press('Enter')
    await page
      .getByRole('list', { name: 'Prompts and presets' })
      .getByRole('button', { name: /Review/ })
      .press('Enter')
    expect(await serious(page)).toEqual([])
    await page.getByRole('button', { name: 'Use in Compare' }).press('Enter')
    expect(await page.getByRole('textbox', { name: /Question to/ }).inputValue()).toBe('Look at {{code}}')
    expect(troubles).toEqual([])
  })
})
