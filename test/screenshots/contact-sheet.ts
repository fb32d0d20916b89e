/**
 * `node test/screenshots/contact-sheet.ts OUT.png PICTURE...`: several pictures on one sheet, two in a row, each under its name. Needs a Chromium (see
 * test/support/chromium.ts).
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { launchChromium } from '../support/browser.ts'

const [out, ...pictures] = process.argv.slice(2)
if (out === undefined || pictures.length === 0) throw new Error('Usage: node test/screenshots/contact-sheet.ts OUT.png PICTURE...')

const figures = pictures.map((path) => {
  const name = basename(path, '.png')
  return `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${readFileSync(path).toString('base64')}"></figure>`
})
const browser = await launchChromium()
try {
  const page = await browser.newPage({ viewport: { width: 1840, height: 600 } })
  await page.setContent(
    `<style>body{display:grid;grid-template-columns:1fr 1fr;gap:8px;margin:8px;background:#888;font:13px system-ui}figure{margin:0}img{width:100%}</style>${figures.join('')}`,
  )
  await page.screenshot({ path: out, fullPage: true })
} finally {
  await browser.close()
}
