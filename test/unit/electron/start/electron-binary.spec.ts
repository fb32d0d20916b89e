import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fetchElectron } from '../../../../electron/start/electron-binary.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

it.each([
  ['its installer fails', 'process.exit(1)', 20_000, /could not be fetched: see above/],
  ['it takes too long', 'setInterval(() => {}, 1000)', 1_000, /could not be fetched: it took longer than 1 s/],
])('says that Electron could not be fetched when %s', async (_when, installer, limitMs, message) => {
  using folder = temporaryFolder()
  const install = join(folder.path, 'install.cjs')
  writeFileSync(install, installer)
  const said: string[] = []
  expect(await fetchElectron((line) => said.push(line), install, limitMs)).toBeUndefined()
  expect(said[0]).toMatch(/^Fetching Electron \d+\.\d+\.\d+ .*--headless/)
  expect(said[1]).toMatch(message)
})
