/**
 * `npm run screenshot`: the README's picture, taken of the real thing. Starts the built app headless in a folder of its own, signs in, lets three
 * simulated models answer, and takes the window as it is. Needs a Chromium (see test/support/chromium.ts).
 */
import { fileURLToPath } from 'node:url'
import { build, buildIsStale } from '../../electron/start/build.ts'
import { launchChromium, openPage } from '../support/browser.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startWindow } from './window.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const PICTURE = `${root}.github/playground.png`
const PROMPT = 'How would you explain a hash map to a musician?'

if (await buildIsStale(root)) await build(root)
using folder = temporaryFolder()
const window = await startWindow(folder.path)
const browser = await launchChromium()
try {
  const { page } = await openPage(browser, window.link, { colorScheme: 'light', viewport: { width: 1440, height: 900 } })
  await page.goto(window.link)
  await page.getByRole('button', { name: 'Put the first steps away' }).click()
  await page.getByRole('textbox', { name: /Question to/ }).fill(PROMPT)
  await page.keyboard.press('Control+Enter')
  for (const letter of ['A', 'B', 'C']) {
    await page
      .getByRole('button', { name: `Regenerate ${letter}` })
      .and(page.locator(':enabled'))
      .waitFor({ timeout: 60_000 })
  }
  await page.getByRole('group', { name: /Answers of/ }).evaluateAll((groups: { scrollTop: number }[]) => {
    for (const group of groups) group.scrollTop = 0
  })
  await page.screenshot({ path: PICTURE })
  console.log(`Taken: ${PICTURE.slice(root.length)}`)
} finally {
  await browser.close()
  await window.close()
}
