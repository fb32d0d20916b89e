/** Brings a window into one of its states. */
import type { Page, Route } from 'playwright-core'
import type { Ms } from '../../../shared/ids.ts'
import type { EngineMood, ScreenState } from './state.ts'
import type { Words } from './words.ts'

const REFUSED = JSON.stringify({ ok: false, failure: { kind: 'unavailable', message: 'The database is in use by another program. Close it, then try again.' } })
/** Without it the window knows neither its language nor its theme. */
const ALWAYS = '/api/settings.get'
const CHANGES = '/api/live.changes'
const SETTLED_MS = 250

export interface ReachOptions {
  /** Of the engine that serves the window, without a slash at the end. */
  readonly address: string
  readonly words: Words
  /** What the playground is laid out as: its entry of the local storage. The window's own choice when not told. */
  readonly desk?: string
  /** After the last step: for what moves to come to rest. */
  readonly settledMs?: Ms
}

/** Forgets what the window remembers, goes to the screen, and takes the steps of the state. @throws when a step finds nothing to press */
export async function reach(page: Page, state: ScreenState, { address, words, desk, settledMs = SETTLED_MS }: ReachOptions): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  // a document of the window's origin without the window, so that nothing is written back behind our back
  await page.route(`${address}/blank`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>blank</title>' }))
  await page.goto(`${address}/blank`)
  await page.evaluate(`localStorage.clear(); ${desk === undefined ? '' : `localStorage.setItem('switchyard.playground', ${JSON.stringify(desk)})`}`)
  const mood = state.engine ?? 'answers'
  if (mood !== 'answers') await page.route('**/api/**', (route) => moody(route, mood))
  await page.goto(`${address}/${state.hash}`)
  // a screen that is still loading says so, and has its title already
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
  await state.prepare?.(page, words)
  if (mood !== 'silent') await page.locator('[data-skeleton]').first().waitFor({ state: 'detached' })
  await page.waitForTimeout(settledMs)
}

function moody(route: Route, mood: Exclude<EngineMood, 'answers'>): Promise<void> | undefined {
  const { pathname } = new URL(route.request().url())
  if (pathname === ALWAYS) return route.continue()
  switch (mood) {
    case 'silent':
      return pathname === CHANGES ? route.continue() : undefined
    case 'refuses':
      return pathname === CHANGES ? route.continue() : route.fulfill({ contentType: 'application/json', body: REFUSED })
    case 'leaves':
      return pathname === CHANGES ? route.abort() : route.continue()
  }
}
