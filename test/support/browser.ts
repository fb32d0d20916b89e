/** A real browser for the specs under test/browser/; the machine's own, since none is downloaded. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, chromiumPath } from './chromium.ts'

/** @throws when this machine has no Chromium */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_ARGS, '--disable-gpu'] })
}

export interface WatchedPage {
  readonly page: Page
  /** Console errors and warnings, uncaught exceptions, breaches of the content security policy and requests to anywhere but our own origin. */
  readonly troubles: readonly string[]
  close(): Promise<void>
}

/** A page in a fresh profile whose troubles are written down. */
export async function openPage(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('blob:')) troubles.push(`request to ${request.url()}`)
  })
  await page.addInitScript(
    "document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))",
  )
  return { page, troubles, close: () => context.close() }
}
