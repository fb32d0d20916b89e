/** The built renderer in a real browser, under the product's own content security policy, against the engine in memory. Needs `npm run build`. */
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type FakeServerOptions, serveFake } from '../support/serve-fake.ts'
import { workbenches } from '../support/workbench.ts'

const open = workbenches()

const start = (options: FakeServerOptions = {}, page: BrowserContextOptions = {}) =>
  open(undefined, { pace: 1, ...options }, { reducedMotion: 'no-preference', ...page })

/** Lays out the desk before the page loads, as an earlier visit would have. */
async function layOut(page: Page, models: readonly string[]): Promise<void> {
  const desk = { version: 1, state: { panes: models.map((model, index) => ({ id: `pane-${index}`, model })), draft: 'Why?', system: '', systemOpen: false } }
  await page.addInitScript(
    `localStorage.getItem('switchyard.playground') ?? localStorage.setItem('switchyard.playground', ${JSON.stringify(JSON.stringify(desk))})`,
  )
}

/** What the specs touch of an element; their compiler knows no DOM. */
interface Scroller {
  readonly scrollHeight: number
  readonly clientHeight: number
  readonly scrollTop: number
}

const pane = (page: Page, letter: string) => page.getByRole('region', { name: `Pane ${letter}` })
const answers = (page: Page, letter: string) => page.getByRole('group', { name: `Answers of ${letter}` })
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

describe('the playground', () => {
  it('compares three demo models at the first start, with one key', async () => {
    const { page, troubles, server } = await start({ pace: 0.1 })
    await page.goto(server.url)
    await page.getByText('demo/scholar').waitFor()
    await page.keyboard.press('Control+Enter')
    await answered(page, 'A', 'B', 'C')
    expect(await answers(page, 'C').getByRole('heading', { name: 'What a circuit breaker does' }).count()).toBe(1)
    expect(await answers(page, 'C').getByRole('cell', { name: 'one trial' }).count()).toBe(1)
    expect(await answers(page, 'B').locator('pre').textContent()).toContain('function allows')
    const figures = await pane(page, 'C').locator('dl').textContent()
    expect(figures).toMatch(/\d+ (?:m?s) first/)
    expect(figures).toContain('$0.00')
    // which of the three requests comes first is the browser's affair
    expect(server.engine.runs.map((run) => run.model).sort()).toEqual(['demo/scholar', 'demo/steady', 'demo/swift'])
    expect(troubles).toEqual([])
  })

  it('draws a finished block once, however much follows', async () => {
    const { page, server } = await start({ pace: 1 })
    await layOut(page, ['demo/scholar'])
    await page.goto(server.url)
    await page.getByText('demo/scholar').waitFor()
    await page.keyboard.press('Control+Enter')
    const first = answers(page, 'A').getByRole('heading', { name: 'What a circuit breaker does' })
    await answers(page, 'A').getByRole('table').waitFor()
    await first.evaluate((element: { marked?: boolean }) => {
      element.marked = true
    })
    await answered(page, 'A')
    expect(await first.evaluate((element: { marked?: boolean }) => element.marked)).toBe(true)
  })

  it('stops on Esc, keeps what was said, and goes on from there', async () => {
    const { page, server } = await start({ pace: 2 })
    await layOut(page, ['demo/steady', 'demo/scholar'])
    await page.goto(server.url)
    await page.getByText('demo/steady').waitFor()
    await page.keyboard.press('Control+Enter')
    await answers(page, 'A').getByText('A circuit breaker').waitFor()
    await page.keyboard.press('Escape')
    await answered(page, 'A', 'B')
    expect(await answers(page, 'A').textContent()).toMatch(/A circuit breaker.*Stopped after/s)
    await page.getByLabel('Question to 2 models').fill('And then?')
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => server.engine.runs.length).toBe(4)
    expect(server.engine.runs[2]?.messages.map((message) => message.role)).toEqual(['user', 'assistant', 'user'])
  })

  it('keeps a failure in its pane, with what the provider said and a way on', async () => {
    const { page, troubles, server } = await start({ pace: 0.1 })
    await layOut(page, ['bench/limited', 'bench/breaks', 'bench/tools', 'nobody/knows'])
    await page.goto(server.url)
    await page.getByText('bench/tools').waitFor()
    await page.keyboard.press('Control+Enter')
    await answered(page, 'A', 'B', 'C', 'D')
    expect(await answers(page, 'A').textContent()).toMatch(/Rate limit reached.*Try again \(best in \d+ s\)/s)
    expect(await answers(page, 'B').textContent()).toMatch(/A circuit breaker.*broke off.*Try again/s)
    expect(await answers(page, 'C').textContent()).toMatch(/get_weather.*Lisbon/s)
    expect(await answers(page, 'D').textContent()).toContain('There is no model')
    await answers(page, 'A').getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => server.engine.runs.length).toBe(5)
    expect(await serious(page)).toEqual([])
    expect(troubles).toEqual([])
  })

  it('says after ten silent seconds that it may be stuck', async () => {
    const { page, server } = await start()
    await page.clock.install()
    await layOut(page, ['bench/silent'])
    await page.goto(server.url)
    await page.getByText('bench/silent').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Waiting for the first token').waitFor()
    await page.clock.fastForward(11_000)
    await page.getByText(/Nothing came for 1\d s/).waitFor()
    await answers(page, 'A').getByRole('button', { name: 'Stop' }).click()
    await page.getByText('Stopped after').waitFor()
  })

  it('finds models by search, says why one cannot be used, and remembers the choice', async () => {
    const { page, troubles, server } = await start()
    await page.goto(server.url)
    await page.getByRole('combobox', { name: /^Model of pane B/ }).click()
    const search = page.getByRole('combobox', { name: 'Search models and providers' })
    await search.fill('google')
    const flash = page.getByRole('option', { name: /Gemini 2.5 Flash/ })
    expect(await flash.textContent()).toContain('No key for Google yet.')
    expect(await flash.getAttribute('aria-disabled')).toBe('true')
    await search.fill('sonnet')
    await page.getByRole('option', { name: /Claude Sonnet 4.5/ }).waitFor()
    expect(await serious(page)).toEqual([])
    await page.keyboard.press('Enter')
    await pane(page, 'B').getByText('Anthropic', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Add model' }).click()
    await page.getByRole('button', { name: 'Remove A' }).click()
    await page.reload()
    await page.getByText('demo/scholar').first().waitFor()
    expect(
      await page
        .getByRole('region', { name: /^Pane/ })
        .evaluateAll((panes: { getAttribute(name: string): string | null }[]) => panes.map((each) => each.getAttribute('aria-label'))),
    ).toEqual(['Pane A, Claude Sonnet 4.5', 'Pane B, Scholar', 'Pane C, Scholar'])
    expect(troubles).toEqual([])
  })

  it('says what leaving a warm conversation forfeits, where the other model is chosen', async () => {
    const { page, troubles, server } = await start({ pace: 0.1 })
    await layOut(page, ['demo/swift'])
    await page.goto(server.url)
    const picker = page.getByRole('combobox', { name: /^Model of pane A/ })
    await picker.click()
    await page.getByRole('combobox', { name: 'Search models and providers' }).waitFor()
    expect(await page.getByRole('note').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.getByRole('textbox', { name: /^Question/ }).fill('Keep this warm')
    await page.keyboard.press('Control+Enter')
    await answered(page, 'A')
    await picker.click()
    await page
      .getByRole('note')
      .filter({
        hasText:
          /152\.0k tokens of this conversation are in the prompt cache of anthropic.claude-sonnet-4-5 for \d (?:min|h) more\. Another model forfeits \$0\.4104\./,
      })
      .waitFor()
    expect(await serious(page)).toEqual([])
    await page.keyboard.press('Escape')
    // where several are chosen at once, and where the prompt is changed, which makes another beginning as well
    const note = (leaves: string) => page.getByRole('note').filter({ hasText: new RegExp(`Another ${leaves} forfeits \\$0\\.4104\\.`) })
    await page.locator('[data-models]').click()
    await note('model').waitFor()
    expect(await serious(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('[data-settings]').first().click()
    await note('system prompt').waitFor()
    expect(await serious(page)).toEqual([])
    expect(troubles).toEqual([])
  })

  it('follows a growing answer until the user scrolls up, and again from the end', async () => {
    const { page, server } = await start({ pace: 1 }, { viewport: { width: 900, height: 600 } })
    await layOut(page, ['demo/scholar'])
    await page.goto(server.url)
    await page.getByText('demo/scholar').waitFor()
    await page.keyboard.press('Control+Enter')
    await answers(page, 'A').getByRole('blockquote').waitFor()
    const left = () => answers(page, 'A').evaluate((element: Scroller) => element.scrollHeight - element.clientHeight - element.scrollTop)
    expect(await left()).toBeLessThan(24)
    await answers(page, 'A').hover()
    await page.mouse.wheel(0, -200)
    const latest = page.getByRole('button', { name: 'Latest' })
    await latest.waitFor()
    const top = await answers(page, 'A').evaluate((element: Scroller) => element.scrollTop)
    await answered(page, 'A')
    expect(await answers(page, 'A').evaluate((element: Scroller) => element.scrollTop)).toBe(top)
    await latest.click()
    await expect.poll(left).toBeLessThan(24)
    await latest.waitFor({ state: 'detached' })
  })

  it.each(['light', 'dark'] as const)('is readable for everyone, %s, in a small window too', async (colorScheme) => {
    const { page, troubles, server } = await start({ pace: 0 }, { colorScheme, viewport: { width: 900, height: 600 } })
    await page.goto(server.url)
    await page.getByText('demo/scholar').waitFor()
    expect(await serious(page)).toEqual([])
    await page.getByRole('button', { name: 'Run all' }).click()
    await answered(page, 'A', 'B', 'C')
    expect(await serious(page)).toEqual([])
    const box = await page.getByRole('button', { name: 'Run all' }).boundingBox()
    expect((box?.y ?? 600) + (box?.height ?? 0)).toBeLessThan(600)
    expect(troubles).toEqual([])
  })
})

describe('the frame', () => {
  it('goes to a section by its key and folds the rail', async () => {
    const { page, troubles, server } = await start()
    await page.goto(server.url)
    const rail = page.getByRole('navigation', { name: 'Sections' })
    await rail.waitFor()
    await page.keyboard.press('Control+2')
    await expect.poll(() => page.url()).toMatch(/#\/traffic$/)
    const wide = (await rail.boundingBox())?.width
    await page.keyboard.press('Control+b')
    expect([wide, (await rail.boundingBox())?.width]).toEqual([200, 48])
    expect(troubles).toEqual([])
  })

  it('keeps the theme that was chosen', async () => {
    const { page, server } = await start({}, { colorScheme: 'light' })
    await page.goto(server.url)
    await page.getByRole('button', { name: 'Theme' }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await expect.poll(() => page.evaluate('getComputedStyle(document.body).colorScheme')).toBe('dark')
    await page.reload()
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
  })

  it('says that the engine is gone, and comes back by itself', async () => {
    const { page, server } = await start()
    await page.goto(server.url)
    await page.getByText('demo/swift').waitFor()
    await server.close()
    await page.getByText('engine does not answer').waitFor()
    const again = await serveFake({ port: Number(new URL(server.url).port) })
    onTestFinished(() => again.close())
    await page.getByText('engine does not answer').waitFor({ state: 'detached' })
  })

  it('asks for the one-time code when signed out, and for a new one if need be', async () => {
    const { page, server } = await start({ locked: true, mode: 'headless' })
    await page.goto(server.url)
    await page.getByLabel('One-time code').fill('WRON-GONE')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('This code is wrong').waitFor()
    await page.getByRole('button', { name: 'Print a new code' }).click()
    await page.getByText('A new code is in the terminal').waitFor()
    expect(await serious(page)).toEqual([])
    await page.getByLabel('One-time code').fill(server.code().toLowerCase())
    await page.keyboard.press('Enter')
    await page.getByText('demo/swift').waitFor()
    const cookies = await page.context().cookies()
    expect(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }))).toEqual([{ httpOnly: true, sameSite: 'Strict' }])
  })

  it('takes the code out of the address and forgets it there', async () => {
    const { page, troubles, server } = await start({ locked: true, mode: 'headless' })
    await page.goto(`${server.url}/#code=${server.code()}`)
    await page.getByText('demo/swift').waitFor()
    expect(page.url()).toBe(`${server.url}/#/playground`)
    expect(troubles).toEqual([])
  })
})
