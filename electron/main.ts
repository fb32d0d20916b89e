/**
 * Entry of the desktop app. No top-level await: Electron becomes ready only after this module is evaluated, so waiting for that here would
 * wait for ever (electron#40719).
 */
import './tick-shape.ts'
import { fileURLToPath } from 'node:url'
import * as electron from 'electron'
import { defaultDataDir } from './data-dir.ts'
import { FlagError, type Flags, parseFlags } from './flags.ts'
import { createGateway } from './gateway.ts'
import { createLog } from './log.ts'
import { startDesktop } from './shell/desktop.ts'

// Seen from the built file, out/main/main.js.
const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

function report(message: string, thrown?: unknown): void {
  console.error(thrown === undefined ? message : `${message}: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
}

function start(flags: Flags): void {
  const dataDir = flags.dataDir ?? defaultDataDir(process.platform, process.env)
  void startDesktop(electron, {
    flags,
    platform: process.platform,
    dataDir,
    openGateway: flags.devServer === undefined ? () => createGateway({ dataDir, mode: 'desktop', log: createLog(dataDir), vault: flags.vault }) : undefined,
    preload: fromHere('../preload/preload.cjs'),
    rendererDir: fromHere('../renderer'),
    iconsDir: fromHere('../../electron/shell/icons'),
    report,
  })
}

try {
  start(parseFlags(process.argv.slice(1), 'ignore'))
} catch (thrown) {
  if (!(thrown instanceof FlagError)) throw thrown
  report(thrown.message)
  process.exit(2)
}
