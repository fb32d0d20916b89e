/** A real browser for the specs under test/browser/; the machine's own, since none is downloaded. Under CI=true its absence is a failure. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const PLACES = [
  process.env.SWITCHYARD_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

export const CHROMIUM = PLACES.find((place) => place !== undefined && existsSync(place))

if (CHROMIUM === undefined) {
  if (process.env.CI === 'true') throw new Error('CI=true, but there is no Chromium; set SWITCHYARD_CHROMIUM')
  console.warn('there is no Chromium here: the browser specs are left out')
}

export function launchChromium(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error('there is no Chromium here')
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
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
