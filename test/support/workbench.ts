/** Windows for the tests of one spec file. */
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { launchChromium, openPage, type WatchedPage } from './browser.ts'
import { type FakeServer, type FakeServerOptions, serveFake } from './serve-fake.ts'

export interface OpenedWorkbench extends WatchedPage {
  readonly server: FakeServer
}

/** @param hash where to go at once; undefined: nowhere yet */
export type OpenWorkbench = (hash: string | undefined, options?: FakeServerOptions, page?: BrowserContextOptions) => Promise<OpenedWorkbench>

/**
 * Call it once at the top of a spec. What it returns opens a window on an engine in memory of its own, quick and with reduced motion unless told
 * otherwise; all windows share one browser, and are closed behind the test that opened them.
 */
export function workbenches(): OpenWorkbench {
  let browser: Browser | undefined
  const open: { close(): Promise<void> }[] = []
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close()
  })
  afterAll(async () => {
    await browser?.close()
  })
  return async (hash, options = {}, page = {}) => {
    if (browser === undefined) throw new Error('A window is opened within a test, not before.')
    const server = await serveFake({ pace: 0.1, ...options })
    open.push(server)
    const watched = await openPage(browser, server.url, { reducedMotion: 'reduce', ...page })
    open.push(watched)
    if (hash !== undefined) await watched.page.goto(`${server.url}/${hash}`)
    return { ...watched, server }
  }
}
