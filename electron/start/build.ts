import { existsSync, type Stats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodeOf, run } from './child.ts'

const SOURCES = ['electron', 'renderer', 'shared', 'vite.config.ts', 'package-lock.json']
/** The last file of each bundle: a build that was cut short lacks one. */
const OUTPUTS = ['out/renderer/index.html', 'out/main/main.js', 'out/main/headless.js', 'out/preload/preload.cjs']

/** True when something is missing in out/ or a source is newer than what was made of it. @param root the project's folder */
export async function buildIsStale(root: string): Promise<boolean> {
  if (OUTPUTS.some((path) => !existsSync(join(root, path)))) return true
  const built = await Promise.all(OUTPUTS.map((path) => stat(join(root, path))))
  const newest = await Promise.all(SOURCES.map((path) => newestIn(join(root, path))))
  return Math.max(...newest) > Math.min(...built.map(({ mtimeMs }) => mtimeMs))
}

/** Builds out/ in a process of its own, so that a NODE_ENV of ours (vitest's, say) does not choose React's development build. @throws when it fails */
export async function build(root: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const exit = await run(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], { cwd: root, env: { ...process.env, NODE_ENV: 'production' } })
  if (exitCodeOf(exit) !== 0) throw new Error(`the build failed (exit code ${exitCodeOf(exit)})`)
}

/** Milliseconds since the epoch; 0 when there is nothing. */
async function newestIn(path: string): Promise<number> {
  if (!existsSync(path)) return 0
  const found: Stats = await stat(path)
  if (!found.isDirectory()) return found.mtimeMs
  // A folder's own time tells of files that were taken away.
  const inside = await Promise.all((await readdir(path)).map((name) => newestIn(join(path, name))))
  return Math.max(found.mtimeMs, ...inside)
}
