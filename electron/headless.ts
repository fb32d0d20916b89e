/** Switchyard under plain Node: the same engine, the workbench in a browser, an address printed on the terminal. */
import './tick-shape.ts'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { defaultDataDir } from './data-dir.ts'
import { DEFAULT_PORT, FlagError, type Flags, HELP, parseFlags } from './flags.ts'

// Compiled code is kept from run to run; the rest of the engine is imported after this so that it profits.
enableCompileCache()

await main()

async function main(): Promise<void> {
  const flags = readFlags()
  const dataDir = flags.dataDir ?? defaultDataDir(process.platform, process.env)
  if (flags.doctor) {
    const { runDoctor } = await import('./doctor/doctor.ts')
    process.exitCode = await runDoctor({
      dataDir,
      port: flags.port,
      vault: flags.vault,
      online: flags.online,
      environment: process.env,
      say: (line) => console.log(line),
    })
    return
  }
  const logging = import('./log.ts').then(({ createLog }) => createLog(dataDir))
  // Its thread takes longest to get ready, and the first request waits for it: it starts before the rest of the engine is loaded.
  const { openStorage } = await import('./engine/storage/worker-client.ts')
  const storage = openStorage({ dataDir, log: (level, message) => void logging.then((log) => log[level](message)) })
  const { createGateway } = await import('./gateway.ts')
  const log = await logging
  const rendererDir = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../out/renderer' : '../renderer', import.meta.url))
  // one request's mistake of ours must not end everybody else's
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'a rejection that nobody handled'))
  const gateway = await createGateway({
    dataDir,
    mode: 'headless',
    log,
    storage: await storage,
    vault: flags.vault,
    rendererDir: existsSync(rendererDir) ? rendererDir : undefined,
    say: (line) => console.log(line),
  }).catch((error: unknown) => stop(error instanceof Error ? error.message : String(error)))

  if (flags.newKey !== undefined) {
    const secret = await gateway.newClientKey(flags.newKey)
    console.log(secret)
    await gateway.close()
    return
  }

  let leaving = false
  const leave = (): void => {
    // a second Ctrl+C means now
    if (leaving) process.exit(1)
    leaving = true
    console.log('\nStopping: telling running streams, closing the ledger.')
    gateway.close().then(
      () => process.exit(0),
      (error: unknown) => stop(error instanceof Error ? error.message : String(error)),
    )
  }
  process.on('SIGINT', leave)
  process.on('SIGTERM', leave)

  const wanted = flags.port ?? DEFAULT_PORT
  const { address, portWasTaken } = await gateway
    .listen({ port: wanted, fixedPort: flags.port !== undefined })
    .catch((error: NodeJS.ErrnoException) =>
      stop(error.code === 'EADDRINUSE' ? `Port ${wanted} is in use by another program. Choose another with --port.` : error.message),
    )
  gateway.ready().catch((error: unknown) => stop(error instanceof Error ? error.message : String(error)))
  if (portWasTaken) console.log(`Port ${wanted} is in use by another program, so this is the next free one.`)
  const workbench = flags.devServer ?? address
  const link = `${workbench}/#code=${gateway.newCode()}`
  console.log(`Switchyard listens on ${address}`)
  console.log(`Open the workbench (one-time code, good for 15 minutes): ${link}`)
  console.log('Stop with Ctrl+C.')
  if (flags.open) openBrowser(link)
}

function readFlags(): Flags {
  try {
    const flags = parseFlags(process.argv.slice(2))
    if (!flags.help) return flags
    console.log(HELP)
    process.exit(0)
  } catch (error) {
    if (error instanceof FlagError) stop(`${error.message}. See --help.`, 2)
    throw error
  }
}

function stop(message: string, code = 1): never {
  console.error(message)
  process.exit(code)
}

/** Opens the system's browser if there is one to open; the link stands on the terminal either way. */
function openBrowser(link: string): void {
  const { platform, env } = process
  if (platform === 'linux' && env.DISPLAY === undefined && env.WAYLAND_DISPLAY === undefined) return
  const [command, ...args] = platform === 'darwin' ? ['open', link] : platform === 'win32' ? ['cmd', '/c', 'start', '', link] : ['xdg-open', link]
  const opener = spawn(command ?? 'xdg-open', args, { stdio: 'ignore', detached: true })
  // no browser, or none that can be opened from here: the person has the link
  opener.once('error', () => undefined)
  opener.unref()
}
