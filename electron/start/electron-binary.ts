import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Exit, run } from './child.ts'

/** A slow line needs this long for the 120 MB; a firewall that swallows packets would need for ever. */
const FETCH_LIMIT_MS = 10 * 60_000

/** The npm package's folder. Its own index.js is not imported: that would start the download by itself, without a limit. */
const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))

/** The executable's path, or undefined while it has not been fetched. */
export function electronBinary(): string | undefined {
  const pathFile = join(folder, 'path.txt')
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override === undefined && !existsSync(pathFile)) return undefined
  const path = join(override ?? join(folder, 'dist'), existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron')
  return existsSync(path) ? path : undefined
}

/** Fetches the binary for this platform from Electron's releases, checked against the checksums in the package. undefined, with the reason said, when that fails. */
export async function fetchElectron(say: (line: string) => void, install = join(folder, 'install.js'), limitMs = FETCH_LIMIT_MS): Promise<string | undefined> {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  say(`Fetching Electron ${version} for the desktop window (about 120 MB, only this once; --headless goes without) ...`)
  const exit = await run(process.execPath, [install], { timeout: limitMs, stdio: ['ignore', 'inherit', 'inherit'] })
  const binary = exit.code === 0 ? electronBinary() : undefined
  if (binary === undefined) say(`Electron could not be fetched: ${reason(exit, limitMs)}.`)
  return binary
}

function reason({ code, signal, afterMs }: Exit, limitMs: number): string {
  if (signal !== null) return afterMs >= limitMs ? `it took longer than ${Math.round(limitMs / 1_000)} s` : `ended by ${signal}`
  return code === 0 ? 'its installer left no executable' : 'see above (no network, or a proxy in between?)'
}
