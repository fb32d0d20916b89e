/** `npm start` as a process: what it prints, what it runs, how it ends. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { npmStart as start, stopAllStarts } from '../support/npm-start.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

afterEach(stopAllStarts)

describe('npm start', () => {
  it('explains its flags', async () => {
    const { ended, printed } = start(['--help'])
    expect(await ended).toBe(0)
    expect(printed()).toContain('--data-dir DIR')
  })

  it('refuses a flag that it does not know, with code 2', async () => {
    const { ended, printed } = start(['--bogus'])
    expect(await ended).toBe(2)
    expect(printed()).toContain("Unknown option '--bogus'")
  })

  it('says why it is headless where there is no display, serves, and ends by signal with code 0', async () => {
    using folder = temporaryFolder()
    const port = await freePort()
    const { child, ended, printed } = start([`--port=${port}`, `--data-dir=${folder.path}`, '--vault=memory'])
    await expect.poll(printed, { timeout: 20_000 }).toContain(`127.0.0.1:${port}`)
    expect(printed()).toContain('Starting headless, for there is no display')
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
  })

  it('passes on the failure of what it runs', async () => {
    using folder = temporaryFolder()
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { ended } = start([`--port=${port}`, `--data-dir=${folder.path}`, '--vault=memory'])
    expect(await ended).toBe(1)
    taken.close()
  })
})

describe('npm run dev', () => {
  it('serves the workbench from its sources and sends the engine’s paths to the engine', async () => {
    using folder = temporaryFolder()
    const port = await freePort()
    const { child, ended, printed } = start(['--dev', `--port=${port}`, `--data-dir=${folder.path}`, '--vault=memory'])
    const address = /http:\/\/127\.0\.0\.1:\d+(?=\/\S*code=)/
    await expect.poll(() => address.test(printed()), { timeout: 20_000 }).toBe(true)
    const page = address.exec(printed())?.[0] ?? ''
    expect(page).not.toContain(`:${port}`)
    expect(await (await fetch(`${page}/`)).text()).toContain('/@vite/client')
    // As a page of the dev server would: the engine must take the origin for its own. Without a session it then asks for one.
    const answer = await fetch(`${page}/api/connect.status`, { method: 'POST', headers: { origin: page, 'content-type': 'application/json' }, body: '{}' })
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(answer.status).not.toBe(403)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})

it('tells an older Node what to do instead', async () => {
  const preflight = spawn(
    process.execPath,
    ['-e', `Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } }); require('./electron/start/node-version.cjs')`],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let printed = ''
  preflight.stderr.on('data', (piece: Buffer) => (printed += piece.toString()))
  const [code] = (await once(preflight, 'close')) as [number | null]
  expect(code).toBe(1)
  expect(printed).toContain('npm ci')
})
