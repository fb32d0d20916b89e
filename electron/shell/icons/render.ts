/**
 * Makes every icon out of icon.svg, tray.svg and tray-stopped.svg: `node electron/shell/icons/render.ts /usr/bin/chromium`. The results are committed, for
 * neither a build nor electron-builder should need a browser; run this after a change to a drawing.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256]
/** An .icns file's names for PNGs by their size in pixels; a size may stand for another at double density. */
const ICNS_TYPES: readonly (readonly [type: string, size: number])[] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

const executablePath = process.argv[2]
if (executablePath === undefined) throw new Error('name a Chromium: node electron/shell/icons/render.ts /usr/bin/chromium')
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const page = await browser.newPage()

async function render(drawing: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`)
  return page.screenshot({ omitBackground: true })
}

const icon = readFileSync(here('icon.svg'), 'utf8')
const bySize = new Map<number, Buffer>()
for (const size of new Set([...LINUX_SIZES, ...ICO_SIZES, ...ICNS_TYPES.map(([, size]) => size)])) bySize.set(size, await render(icon, size))
const png = (size: number): Buffer => bySize.get(size) ?? Buffer.alloc(0)

for (const size of LINUX_SIZES) writeFileSync(here(`${size}x${size}.png`), png(size))
writeFileSync(here('icon.ico'), ico(ICO_SIZES))
writeFileSync(here('icon.icns'), icns())
for (const [drawing, name] of [
  ['tray.svg', 'tray'],
  ['tray-stopped.svg', 'trayStopped'],
] as const) {
  const tray = readFileSync(here(drawing), 'utf8')
  // A grey that reads on light and dark panels alike; macOS recolours its template itself.
  const grey = tray.replace('color="#000"', 'color="#8a93a1"')
  for (const [density, size] of [
    ['', 16],
    ['@2x', 32],
  ] as const) {
    writeFileSync(here(`${name}${density}.png`), await render(grey, size))
    writeFileSync(here(`${name}Template${density}.png`), await render(tray, size))
  }
}
await browser.close()

/** Header, one 16-byte entry an image, then the PNGs; a size of 256 is written as 0. */
function ico(sizes: readonly number[]): Buffer {
  const header = Buffer.alloc(6 + 16 * sizes.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(sizes.length, 4)
  let offset = header.length
  for (const [index, size] of sizes.entries()) {
    const entry = 6 + 16 * index
    header.writeUInt8(size % 256, entry)
    header.writeUInt8(size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(png(size).length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += png(size).length
  }
  return Buffer.concat([header, ...sizes.map(png)])
}

/** 'icns' and the whole length, then for each image its type, its length with these eight bytes, and the PNG. */
function icns(): Buffer {
  const block = (type: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8)
    head.write(type, 'ascii')
    head.writeUInt32BE(content.length + 8, 4)
    return Buffer.concat([head, content])
  }
  return block('icns', Buffer.concat(ICNS_TYPES.map(([type, size]) => block(type, png(size)))))
}
