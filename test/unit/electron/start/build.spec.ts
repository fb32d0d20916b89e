import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { buildIsStale } from '../../../../electron/start/build.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const SOURCES = ['electron/engine/pipeline.ts', 'renderer/index.html', 'shared/money.ts', 'vite.config.ts']
const OUTPUTS = ['out/renderer/index.html', 'out/main/main.js', 'out/main/headless.js', 'out/preload/preload.cjs']
/** Seconds since the epoch, as utimes takes them. */
const EARLIER = 1_000
const BUILT_AT = 2_000
const LATER = 3_000

function write(root: string, path: string, at: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), '')
  utimesSync(join(root, path), at, at)
}

function project() {
  const folder = temporaryFolder()
  for (const path of SOURCES) write(folder.path, path, EARLIER)
  for (const path of OUTPUTS) write(folder.path, path, BUILT_AT)
  for (const path of ['electron', 'electron/engine', 'renderer', 'shared']) utimesSync(join(folder.path, path), EARLIER, EARLIER)
  return folder
}

it('is not built again when nothing changed', async () => {
  using folder = project()
  expect(await buildIsStale(folder.path)).toBe(false)
})

it.each(SOURCES)('is built again when %s changed', async (path) => {
  using folder = project()
  write(folder.path, path, LATER)
  expect(await buildIsStale(folder.path)).toBe(true)
})

it.each(OUTPUTS)('is built again when %s is missing', async (path) => {
  using folder = project()
  rmSync(join(folder.path, path))
  expect(await buildIsStale(folder.path)).toBe(true)
})

it('is built again when a source was taken away', async () => {
  using folder = project()
  rmSync(join(folder.path, 'electron/engine/pipeline.ts'))
  expect(await buildIsStale(folder.path)).toBe(true)
})
