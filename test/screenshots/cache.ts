/**
 * `node test/screenshots/cache.ts FOLDER`: pictures of the Cache screen, wide and narrow, light and dark, empty and full, taken of the real thing with
 * simulated models. Needs a Chromium (see test/support/chromium.ts).
 */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build, buildIsStale } from '../../electron/start/build.ts'
import { launchChromium, openPage } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { raw } from '../support/http.ts'
import { npmStart } from '../support/npm-start.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const [folder = 'out/pictures'] = process.argv.slice(2)
const SIZES = [
  { width: 1440, height: 900 },
  { width: 900, height: 600 },
] as const
const QUESTIONS = [
  'How do I turn on two-factor authentication?',
  'How can I turn on two-factor authentication?',
  'How do I turn off two-factor authentication?',
  'What is the difference between a mutex and a semaphore?',
  'Translate "good morning" into Norwegian.',
  'What is the difference between a mutex and a semaphore?',
  'Why is the sky blue? Answer in one sentence and mention Rayleigh scattering, please.',
  'List three uses of a hash map.',
]

mkdirSync(folder, { recursive: true })
if (await buildIsStale(root)) await build(root)
using data = temporaryFolder()
const port = await freePort()
const { printed, child, ended } = npmStart([`--port=${port}`, `--data-dir=${data.path}`, '--no-open', '--vault=memory'])
const browser = await launchChromium()
try {
  const link = await signInLink()
  const { page } = await openPage(browser, link, { colorScheme: 'light', viewport: SIZES[0] })
  await page.goto(link)
  await goTo(page, 'Cache')
  await page.getByRole('heading', { name: 'No answers kept yet' }).waitFor()
  await pictures(page, 'empty')
  await page.getByRole('button', { name: 'All settings' }).click()
  await page.getByRole('combobox', { name: 'Demo key' }).selectOption('semantic')
  await pictures(page, 'settings')
  await page.keyboard.press('Escape')
  for (const content of QUESTIONS) {
    const body = JSON.stringify({ model: 'demo/swift', messages: [{ role: 'user', content }] })
    await raw(`http://127.0.0.1:${port}/v1/chat/completions`, { headers: { authorization: 'Bearer sk-switchyard-demo' }, body })
    await page.waitForTimeout(150)
  }
  await page.getByRole('gridcell', { name: /mutex/ }).first().waitFor()
  await page.waitForTimeout(1500)
  await pictures(page, 'list')
  await page
    .getByRole('gridcell', { name: /turn on two-factor/ })
    .first()
    .click()
  await page.getByRole('tab', { name: 'Answer' }).waitFor()
  for (const tab of ['Answer', 'Hits', 'Near', 'Key']) {
    await page.getByRole('tab', { name: tab }).click()
    await pictures(page, `drawer-${tab.toLowerCase()}`)
  }
  await page.getByRole('button', { name: 'Compare two questions' }).click()
  await page.getByRole('textbox', { name: 'Question that was answered' }).fill('How do I turn on two-factor authentication?')
  await page.getByRole('textbox', { name: 'Question that is asked' }).fill('How do I turn off two-factor authentication?')
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByText('Not the same question.').waitFor()
  await pictures(page, 'tester')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Remove answers' }).click()
  await page.getByText(/This removes/).waitFor()
  await pictures(page, 'clear')
  await page.keyboard.press('Escape')
  await goTo(page, 'Traffic')
  await page.getByText('cached', { exact: true }).first().click()
  await page.getByRole('region', { name: 'Response cache' }).waitFor()
  await pictures(page, 'traffic')
} finally {
  await browser.close()
  child.kill('SIGINT')
  await ended
}

async function goTo(page: Page, section: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: section }).click()
}

async function pictures(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.waitForTimeout(80)
      await page.screenshot({ path: `${folder}/${name}-${size.width}-${colorScheme}.png` })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(SIZES[0])
}

async function signInLink(): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    const link = /http:\S+#code=\S+/.exec(printed())?.[0]
    if (link !== undefined) return link
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`Switchyard did not start:\n${printed()}`)
}
