/**
 * `node test/screenshots/traffic.ts FOLDER`: pictures of the Traffic screen, wide and narrow, light and dark, with sample requests of the engine in
 * memory. Needs `npm run build` and a Chromium (see test/support/chromium.ts).
 */
import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { launchChromium, openPage } from '../support/browser.ts'
import { serveFake } from '../support/serve-fake.ts'

const [folder = 'out/pictures'] = process.argv.slice(2)
const SIZES = [
  { width: 1440, height: 900 },
  { width: 900, height: 600 },
] as const
const TABS = ['Summary', 'Request', 'Response', 'Translated', 'Why', 'Cost', 'Cache'] as const

mkdirSync(folder, { recursive: true })
const server = await serveFake({ past: 3000 })
const browser = await launchChromium()
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of SIZES) {
      const { page, close } = await openPage(browser, server.url, { colorScheme, viewport, reducedMotion: 'reduce' })
      const picture = (name: string) => page.screenshot({ path: `${folder}/${name}-${viewport.width}-${colorScheme}.png` })
      await page.goto(`${server.url}/#/traffic`)
      await page.getByRole('row').nth(5).waitFor()
      await picture('list')
      await typing(page, 'mo')
      await picture('suggestions')
      await typing(page, 'colour:red ')
      await picture('mistake')
      await page.getByRole('button', { name: 'Clear the filter' }).click()
      await page.getByRole('row').nth(3).click()
      for (const tab of TABS) {
        await page.getByRole('tab', { name: tab, exact: true }).click()
        await page.waitForTimeout(100)
        await picture(`tab-${tab.toLowerCase()}`)
      }
      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menu').waitFor()
      await picture('actions')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await page.getByRole('grid').focus()
      for (const key of ['d', 'j', 'd']) await page.keyboard.press(key)
      await page.getByRole('complementary', { name: 'Two requests' }).waitFor()
      await picture('difference')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Delete what is shown' }).click()
      await page.getByText('would be deleted').waitFor()
      await picture('clear')
      await close()
    }
  }
} finally {
  await browser.close()
  await server.close()
}

async function typing(page: Page, text: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Filter by words' }).fill(text)
  await page.waitForTimeout(300)
}
