/** Nothing but the answers themselves moves while six panes are written at once: Chromium's own record of layout shifts. Needs `npm run build`. */
import { setTimeout } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RunEvent } from '../../shared/api/playground.ts'
import { asNanoUsd } from '../../shared/money.ts'
import { flood } from '../bench/ui/flood.ts'
import { launchChromium, openPage } from '../support/browser.ts'
import { serveFake } from '../support/serve-fake.ts'

const PANES = 6
const TOKENS_PER_SECOND = 120
const SECONDS = 3
/** Three digits in the place of the first token, as most models need. */
const FIRST_TOKEN_MS = 250
const DESK = {
  panes: Array.from({ length: PANES }, (_, index) => ({ id: `pane-${index}`, model: 'demo/swift' })),
  draft: 'What is a semaphore?',
  layout: 'grid',
}
/**
 * Layout Instability API: each entry names what moved, from where to where. What is within an answer is its growth; a figure that is written anew in the
 * very place where it stood is named too, and has not moved.
 */
const WATCH = `
  window.moved = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      for (const { node, previousRect, currentRect } of entry.sources) {
        const element = node?.nodeType === 1 ? node : node?.parentElement
        const moved = Math.abs(previousRect.x - currentRect.x) + Math.abs(previousRect.y - currentRect.y) > 0.5
        if (!moved || element?.closest('[data-pane] [role="group"]')) continue
        window.moved.push((element?.className ?? 'gone') + ' from ' + JSON.stringify(previousRect) + ' to ' + JSON.stringify(currentRect))
      }
    }
  }).observe({ type: 'layout-shift', buffered: false })`

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
})

/** How far each part of pane A's metric line reaches over the next one's beginning, in pixels; none is above zero where nothing overlaps. */
const OVERLAPS = `(() => {
  const line = document.querySelector('[data-pane="1"] dl').parentElement
  const parts = [...line.querySelectorAll('dl > div'), ...[...line.children].slice(1)].map((part) => {
    const range = document.createRange()
    range.selectNodeContents(part.querySelector('dd') ?? part)
    return part.querySelector('dd') ? range.getBoundingClientRect() : part.getBoundingClientRect()
  })
  return parts.slice(1).map((part, index) => parts[index].right - part.left)
})()`

/** What moved so far. */
function moved(page: Page): Promise<readonly string[]> {
  return page.evaluate('window.moved')
}

it.each([
  ['as a grid', 'grid'],
  ['in columns', 'columns'],
] as const)('nothing moves while six panes answer, %s', async (_, layout) => {
  const server = await serveFake({ answer: usual })
  const { page, troubles, close } = await openPage(browser, server.url)
  try {
    await page.addInitScript(
      `localStorage.setItem('switchyard.layout', JSON.stringify({ state: { welcomed: true }, version: 1 })); localStorage.setItem('switchyard.playground', ${JSON.stringify(JSON.stringify({ state: { ...DESK, layout }, version: 2 }))})`,
    )
    await page.goto(`${server.url}/#/playground`)
    await page.locator(`[data-pane="${PANES}"]`).getByText('demo/swift').first().waitFor()
    // one question first: from then on every place is there
    await ask(page)
    await page.evaluate(WATCH)
    await ask(page)
    expect(await moved(page)).toEqual([])
    // that it would have been told at all
    await page.evaluate("document.querySelector('main').style.paddingTop = '40px'")
    await expect.poll(async () => (await moved(page)).length).toBeGreaterThan(0)
    expect(troubles).toEqual([])
  } finally {
    await close()
    await server.close()
  }
})

it.each(['en', 'de'])('the figures of an answer never run into each other, however narrow its pane is (%s)', async (language) => {
  const server = await serveFake({ answer: (model, signal) => usual(model, signal, 0.2) })
  const { page, close } = await openPage(browser, server.url)
  try {
    await page.addInitScript(
      `localStorage.setItem('switchyard.layout', JSON.stringify({ state: { welcomed: true }, version: 1 })); localStorage.setItem('switchyard.language', '${language}'); localStorage.setItem('switchyard.playground', ${JSON.stringify(JSON.stringify({ state: { ...DESK, panes: DESK.panes.slice(0, 3), layout: 'columns' }, version: 2 }))})`,
    )
    await page.goto(`${server.url}/#/playground`)
    await page.locator('textarea').last().fill('What is a semaphore?')
    await page.keyboard.press('Control+Enter')
    await page.locator('[data-pane="1"] dl').getByText('5,678').or(page.locator('[data-pane="1"] dl').getByText('5.678')).waitFor()
    const widths: number[] = []
    for (let width = 1100; width <= 1840; width += 14) {
      await page.setViewportSize({ width, height: 800 })
      widths.push((await page.locator('[data-pane="1"]').boundingBox())?.width ?? 0)
      expect(Math.max(...(await page.evaluate<readonly number[]>(OVERLAPS))), `at ${widths.at(-1)} px`).toBeLessThanOrEqual(0)
    }
    expect(Math.min(...widths)).toBeLessThan(325)
    expect(Math.max(...widths)).toBeGreaterThan(521)
  } finally {
    await close()
    await server.close()
  }
})

/** A flood with the figures of an everyday answer. */
async function* usual(model: string, signal: AbortSignal, seconds = SECONDS): AsyncGenerator<RunEvent> {
  await setTimeout(FIRST_TOKEN_MS)
  for await (const event of flood(model, TOKENS_PER_SECOND, seconds, signal)) {
    if (event.type !== 'ended') yield event
    else yield { ...event, summary: { ...event.summary, firstEventMs: 1_320, tokens: { input: 1_234, output: 5_678 }, cost: asNanoUsd(12_300_000) } }
  }
}

/** Asks all panes, and waits until the last has answered. */
async function ask(page: Page): Promise<void> {
  await page.locator('textarea').last().fill('What is a semaphore?')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Stop A', exact: true }).waitFor()
  for (const letter of 'ABCDEF') {
    await page
      .getByRole('button', { name: `Regenerate ${letter}` })
      .and(page.locator(':enabled'))
      .waitFor()
  }
}
