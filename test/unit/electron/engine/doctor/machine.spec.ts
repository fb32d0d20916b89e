import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { checkDataFolder, checkDisk, checkOpenFiles, checkPort } from '../../../../../electron/engine/doctor/machine.ts'
import { freePort } from '../../../../support/free-port.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
  chmodSync(folder.path, 0o700)
})
afterEach(() => folder[Symbol.dispose]())

describe('a data folder', () => {
  it('is added up, and nothing is left behind in it', async () => {
    mkdirSync(join(folder.path, 'inside'))
    writeFileSync(join(folder.path, 'inside', 'file'), 'x'.repeat(1_000))
    expect(await checkDataFolder(folder.path)).toEqual({ of: 'data-folder', is: 'ok', path: folder.path, bytes: 1_000 })
    expect(await checkDataFolder(folder.path)).toMatchObject({ bytes: 1_000 })
  })

  it('that others can read is noted', async () => {
    if (process.platform === 'win32') return
    chmodSync(folder.path, 0o755)
    expect(await checkDataFolder(folder.path)).toMatchObject({ is: 'warn', why: 'others-read' })
  })

  it('that is not there, or none, is told apart, and none is made', async () => {
    const nowhere = join(folder.path, 'not', 'there')
    expect(await checkDataFolder(nowhere)).toMatchObject({ is: 'warn', why: 'not-yet' })
    expect(await checkDisk(nowhere)).toMatchObject({ of: 'disk', freeBytes: expect.any(Number) })
    expect(existsSync(nowhere)).toBe(false)
    const file = join(folder.path, 'file')
    writeFileSync(file, '')
    expect(await checkDataFolder(file)).toMatchObject({ is: 'bad', why: 'no-folder' })
  })
})

describe('a port', () => {
  it('is free, Switchyard’s, or somebody else’s', async () => {
    const free = await freePort()
    expect(await checkPort(free, true)).toEqual({ of: 'endpoint', is: 'ok', state: 'free', address: `127.0.0.1:${free}` })
    const server = createServer((_request, response) => response.end('{"status":"ok","version":"9.9.9"}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())))
    const { port } = server.address() as AddressInfo
    expect(await checkPort(port, true)).toMatchObject({ is: 'ok', state: 'listens', address: `http://127.0.0.1:${port}` })
    expect(await checkPort(port, true, async () => false)).toMatchObject({ is: 'bad', state: 'taken' })
    expect(await checkPort(port, false, async () => false)).toMatchObject({ is: 'warn', state: 'next-port' })
  })
})

it.each([
  [256, 'warn'],
  [1_024, 'ok'],
  [1_048_576, 'ok'],
])('finds a limit of %i open files %s', async (limit, is) => {
  writeFileSync(
    join(folder.path, 'limits'),
    `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${limit}                 524288               files\n`,
  )
  mkdirSync(join(folder.path, 'fd'))
  writeFileSync(join(folder.path, 'fd', '0'), '')
  expect(await checkOpenFiles(folder.path)).toEqual({ of: 'open-files', is, limit, open: 1 })
})

it('says nothing of open files where the system does not tell', async () => {
  expect(await checkOpenFiles(join(folder.path, 'nowhere'))).toBeUndefined()
})
