import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Names as in Electron's Linux distribution; electron-builder moves and removes some of them. */
const FILES = [
  'LICENSE',
  'LICENSES.chromium.html',
  'chrome-sandbox',
  'chrome_100_percent.pak',
  'chrome_crashpad_handler',
  'icudtl.dat',
  'libffmpeg.so',
  'locales/en-US.pak',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'version',
]

/** Where @electron/fuses finds the fuses in a binary: this text, the version of the wire, the number of fuses, and a character for each. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSE_WIRE_VERSION = 1
/** As Electron ships them: run-as-node, NODE_OPTIONS, inspect and file:// privileges on, the rest off. */
const FUSES_AS_SHIPPED = '101100011'

/** A folder with what electron-builder needs to find of Electron, and nothing that could run: packing works without a download of 120 MB. */
export function makeStandInElectron(folder: string): void {
  for (const file of FILES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), 'stand-in')
  }
  mkdirSync(join(folder, 'resources'), { recursive: true })
  const wire = Buffer.from([FUSE_WIRE_VERSION, FUSES_AS_SHIPPED.length])
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.alloc(64), Buffer.from(FUSE_SENTINEL), wire, Buffer.from(FUSES_AS_SHIPPED), Buffer.alloc(64)]))
  chmodSync(join(folder, 'electron'), 0o755)
}
