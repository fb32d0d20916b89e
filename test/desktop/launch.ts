/** One way to start the built desktop app for two kinds of Electron, so that the emulator cannot drift into a truth of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { _electron, chromium, type Page } from 'playwright-core'
import { electronBinary } from '../../electron/start/electron-binary.ts'
import type { EmulatorMessage } from './emulator/messages.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const BUILT_MAIN = `${root}out/main/main.js`
/** Nothing of a test belongs in this machine's keychain, which another test looks through. */
const OWN_FLAGS = ['--vault=memory']

export interface Desktop {
  readonly page: Page
  /** What was handed to the operating system to open. */
  openedOutside(): Promise<readonly string[]>
  /** Ends the app as a user would. Resolves with its exit code. */
  quit(): Promise<number | null>
}

export interface LaunchOptions {
  readonly dataDir: string
  readonly flags?: readonly string[]
  /** Another build than out/, such as one unpacked from a package. */
  readonly main?: string
}

/** @throws when the app shows no window, with what it printed */
export async function launchEmulated({ dataDir, flags = [], main = BUILT_MAIN }: LaunchOptions): Promise<Desktop> {
  const child = startEmulated({ dataDir, flags, main })
  const opened: string[] = []
  child.on('message', (message: EmulatorMessage) => message.kind === 'opened-outside' && opened.push(message.url))
  const loaded = await windowLoaded(child)
  const browser = await chromium.connectOverCDP(loaded.debugAddress)
  const page = browser
    .contexts()
    .flatMap((context) => context.pages())
    .find((candidate) => candidate.url() === loaded.url)
  if (page === undefined) throw new Error(`no page at ${loaded.url}`)
  return {
    page,
    openedOutside: () => Promise.resolve(opened),
    async quit() {
      if (child.exitCode !== null) return child.exitCode
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      const [code] = (await exited) as [number | null]
      return code
    },
  }
}

/** The emulated app as a process, for tests of how it starts and ends. */
export function startEmulated({ dataDir, flags = [], main = BUILT_MAIN }: LaunchOptions): ChildProcess {
  const emulator = `${root}test/desktop/emulator/run.ts`
  return spawn(process.execPath, [emulator, main, `--data-dir=${dataDir}`, ...OWN_FLAGS, ...flags], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
}

function windowLoaded(child: ChildProcess): Promise<Extract<EmulatorMessage, { kind: 'window-loaded' }>> {
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => (printed += piece.toString()))
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the app ended with code ${code} before its window was loaded:\n${printed}`)))
    child.on('message', (message: EmulatorMessage) => {
      if (message.kind === 'window-loaded') resolve(message)
      if (message.kind === 'error-box') reject(new Error(`${message.title}: ${message.text}`))
    })
  })
}

/** Why the same tests cannot run on real Electron here; undefined when they can. */
export function realElectronMissing(): string | undefined {
  if (electronBinary() === undefined) return 'no binary here'
  if (process.platform === 'linux' && process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined) return 'no display here'
  return undefined
}

export async function launchReal({ dataDir, flags = [], main = BUILT_MAIN }: LaunchOptions): Promise<Desktop> {
  const executablePath = electronBinary()
  if (executablePath === undefined) throw new Error('no binary here')
  const app = await _electron.launch({ executablePath, args: [main, `--data-dir=${dataDir}`, ...OWN_FLAGS, ...flags] })
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedOutside: opened })
    shell.openExternal = (url: string) => {
      opened.push(url)
      return Promise.resolve()
    }
  })
  const page = await app.firstWindow()
  await page.waitForLoadState()
  return {
    page,
    openedOutside: () => app.evaluate(() => (globalThis as unknown as { openedOutside: string[] }).openedOutside),
    async quit() {
      const exited = once(app.process(), 'exit')
      await app.evaluate(({ app: electronApp }) => electronApp.quit())
      const [code] = (await exited) as [number | null]
      return code
    },
  }
}
