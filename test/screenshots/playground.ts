/**
 * `npm run screenshot`: the README's picture, taken of the real thing. Starts the built app headless in a folder of its own, signs in, lets three
 * simulated models answer, and takes the window as it is. Needs a Chromium (see test/support/chromium.ts).
 */
import { fileURLToPath } from 'node:url'
import { build, buildIsStale } from '../../electron/start/build.ts'
import { launchChromium, openPage } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { npmStart } from '../support/npm-start.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const PICTURE = `${root}.github/playground.png`
const PROMPT = 'How would you explain a hash map to a musician?'

if (await buildIsStale(root)) await build(root)
using folder = temporaryFolder()
const port = await freePort()
const { printed, child, ended } = npmStart([`--port=${port}`, `--data-dir=${folder.path}`, '--no-open', '--vault=memory'])
const browser = await launchChromium()
try {
  const link = await signInLink()
  const { page } = await openPage(browser, link, { colorScheme: 'light', viewport: { width: 1440, height: 900 } })
  await page.goto(link)
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
  child.kill('SIGINT')
  await ended
}

async function signInLink(): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    const link = /http:\S+#code=\S+/.exec(printed())?.[0]
    if (link !== undefined) return link
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`Switchyard did not start:\n${printed()}`)
}
