/** The playground's states. */
import type { Page } from 'playwright-core'
import { dialog, press, type ScreenState } from './state.ts'
import type { Words } from './words.ts'

/** Long enough for a made-up answer on a busy machine. */
const ANSWERED_MS = 60_000

type Step = (page: Page, words: Words) => Promise<unknown>

/** Puts the first steps away, as whoever has used the window has. */
const settle: Step = async (page, words) => {
  const welcome = page.getByRole('button', { name: words.frame.welcome.dismiss })
  await page.getByRole('button', { name: words.playground.pane.more('A') }).waitFor()
  if (await welcome.isVisible()) await welcome.click()
}

const ask: Step = async (page, words) => {
  await settle(page, words)
  await page.keyboard.press('Control+Enter')
  await page
    .getByRole('button', { name: words.playground.pane.stop('A') })
    .waitFor({ timeout: 2_000 })
    .catch(() => undefined)
}

const answer: Step = async (page, words) => {
  await ask(page, words)
  const letters = await page.locator('[data-pane]').count()
  for (const letter of ['A', 'B', 'C'].slice(0, letters)) {
    const again = page.getByRole('button', { name: words.playground.pane.regenerate(letter) })
    await again.and(page.locator(':enabled')).waitFor({ timeout: ANSWERED_MS })
  }
  await page.locator('[data-pane="1"] [role="group"]').focus()
}

const layout = async (page: Page, words: Words, name: string): Promise<void> => {
  await answer(page, words)
  await page.getByRole('button', { name: new RegExp(`^${words.playground.layout}: `) }).click()
  await page.getByRole('menuitemradio', { name }).click()
}

const mode = (page: Page, name: string): Promise<void> => page.getByRole('navigation').getByRole('button', { name, exact: true }).click()

const startMatrix: Step = async (page, words) => {
  const t = words.matrix
  await mode(page, words.playground.modes.matrix)
  await page.getByLabel(t.name, { exact: true }).fill('Support answers (sample)')
  await page.getByLabel(t.prompt(1), { exact: true }).fill('Answer the customer in one sentence: {{question}}')
  await page.getByLabel(t.rows).fill('question\nWhere is my parcel?\nMay I send it back?\nIs there a discount?')
}

const runMatrix: Step = async (page, words) => {
  await startMatrix(page, words)
  await press(page, words.matrix.start)
  await page.getByRole('navigation', { name: words.matrix.runs }).getByText(words.matrix.states.done).waitFor({ timeout: ANSWERED_MS })
}

export const PLAYGROUND_STATES: readonly ScreenState[] = [
  { name: 'playground-ready', hash: '#/playground', prepare: settle },
  { name: 'playground-answering', hash: '#/playground', prepare: ask },
  { name: 'playground-columns', hash: '#/playground', prepare: answer },
  { name: 'playground-grid', hash: '#/playground', prepare: (page, words) => layout(page, words, words.playground.layouts.grid) },
  { name: 'playground-focus', hash: '#/playground', prepare: (page, words) => layout(page, words, words.playground.layouts.focus) },
  { name: 'playground-tabs', hash: '#/playground', prepare: (page, words) => layout(page, words, words.playground.layouts.tabs) },
  {
    name: 'playground-blind',
    hash: '#/playground',
    async prepare(page, words) {
      await settle(page, words)
      await page.keyboard.press('Alt+1')
      await page.keyboard.press('b')
      await answer(page, words)
    },
  },
  {
    name: 'playground-diff',
    hash: '#/playground',
    async prepare(page, words) {
      await answer(page, words)
      await page.keyboard.press('d')
      await page.getByLabel(words.playground.diff.from, { exact: true }).waitFor()
    },
  },
  {
    name: 'playground-times',
    hash: '#/playground',
    async prepare(page, words) {
      await answer(page, words)
      await press(page, words.playground.winners.waterfall)
    },
  },
  {
    name: 'playground-six',
    hash: '#/playground',
    async prepare(page, words) {
      await settle(page, words)
      for (const _ of [4, 5, 6]) await page.getByRole('button', { name: words.playground.addModel }).click()
      await answer(page, words)
    },
  },
  {
    name: 'playground-picker',
    hash: '#/playground',
    async prepare(page, words) {
      await settle(page, words)
      await page.keyboard.press('Alt+1')
      await page.keyboard.press('m')
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'playground-settings',
    hash: '#/playground',
    async prepare(page, words) {
      await settle(page, words)
      await page.keyboard.press('Alt+2')
      await page.keyboard.press('p')
      await dialog(page)
    },
  },
  {
    name: 'playground-menu',
    hash: '#/playground',
    async prepare(page, words) {
      await answer(page, words)
      await press(page, words.playground.pane.more('B'))
      await page.getByRole('menu').waitFor()
    },
  },
  { name: 'playground-matrix', hash: '#/playground', prepare: startMatrix },
  { name: 'playground-matrix-done', hash: '#/playground', prepare: runMatrix },
  { name: 'playground-history', hash: '#/playground', prepare: (page, words) => mode(page, words.playground.modes.history) },
  { name: 'playground-library', hash: '#/playground', prepare: (page, words) => mode(page, words.playground.modes.library) },
  {
    name: 'playground-library-entry',
    hash: '#/playground',
    async prepare(page, words) {
      await mode(page, words.playground.modes.library)
      await press(page, words.library.add)
    },
  },
  { name: 'playground-ratings', hash: '#/playground', prepare: (page, words) => mode(page, words.playground.modes.ratings) },
]
