/** `npm run dev`: Vite serves the workbench with hot reload, and the engine runs straight from TypeScript, restarted when a file of it changes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { commandLineOf, DEFAULT_PORT, type Flags } from '../flags.ts'
import { build, buildIsStale } from './build.ts'
import { forwardSignals, run } from './child.ts'
import { electronBinary } from './electron-binary.ts'

const SIGNALLED = 128

/** Resolves with the exit code once the engine ends, which it does when we are told to by signal. */
export async function startDev(root: string, flags: Flags): Promise<number> {
  const port = flags.port ?? (await freePortFrom(DEFAULT_PORT))
  // Read by vite.config.ts, which sends /api, /session and /v1 there.
  process.env.SWITCHYARD_ENGINE = `http://127.0.0.1:${port}`
  const { createServer } = await import('vite')
  const vite = await createServer({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  // Vite ends the process by itself on SIGTERM; the engine needs a moment more, to close its ledger.
  process.removeAllListeners('SIGTERM')
  await vite.listen()
  const page = vite.resolvedUrls?.local[0]
  if (page === undefined) throw new Error('the Vite dev server has no address')

  // It restarts at every change, and must not open a tab each time.
  const args = commandLineOf({ ...flags, port, open: false, devServer: page.replace(/\/$/, '') })
  const engine = spawn(process.execPath, ['--watch', '--watch-preserve-output', join(root, 'electron/headless.ts'), ...args], {
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  const stopForwarding = forwardSignals(engine)
  try {
    const ended = new Promise<number>((resolve, reject) => {
      engine.once('error', reject)
      engine.once('exit', (code, signal) => resolve(wasToldToGo(code, signal) ? 0 : (code ?? 1)))
    })
    const signIn = echoUntilAddress(engine, page)
    if (flags.desktop) await openDevWindow(root, flags, await signIn)
    return await ended
  } finally {
    stopForwarding()
    await vite.close()
  }
}

/** `node --watch` passes a signal on and then ends as if by it, with 128 and its number. For us that is the usual end. */
function wasToldToGo(code: number | null, signal: NodeJS.Signals | null): boolean {
  return signal !== null || (code !== null && code > SIGNALLED)
}

/** Passes the engine's words on, and resolves with the first address in them that is the dev server's: it carries the code to sign in. undefined when the engine ended before. */
function echoUntilAddress(engine: ChildProcess, page: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (engine.stdout === null) return resolve(undefined)
    const lines = createInterface({ input: engine.stdout })
    lines.on('line', (line) => {
      console.log(line)
      const address = line.split(/\s+/).find((word) => word.startsWith(page))
      if (address !== undefined) resolve(address)
    })
    lines.once('close', () => resolve(undefined))
  })
}

async function openDevWindow(root: string, flags: Flags, address: string | undefined): Promise<void> {
  const binary = electronBinary()
  if (address === undefined) return console.log('No window: the engine did not say where it is.')
  if (binary === undefined)
    return console.log(`No window, for Electron's binary is not here ('npx install-electron' fetches it). The same workbench: ${address}`)
  if (await buildIsStale(root)) await build(root)
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  run(binary, [root, ...commandLineOf({ ...flags, port: undefined, devServer: address })], { env }).catch((thrown: unknown) =>
    console.error('The window could not be opened:', thrown),
  )
}

/** The first port from `port` on that nobody listens on; the engine asks for it by name, since the dev server must know it beforehand. */
function freePortFrom(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createTcpServer()
    probe.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(freePortFrom(port + 1)) : reject(error)))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)))
  })
}
