/** `npm start`: builds what is out of date, then opens the desktop app, or says why not in one line and serves the same workbench to a browser. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandLineOf, FlagError, type Flags, HELP, parseFlags } from './flags.ts'
import { build, buildIsStale } from './start/build.ts'
import { exitCodeOf, neverStarted, run } from './start/child.ts'
import { chooseMode } from './start/choose-mode.ts'
import { electronBinary, fetchElectron } from './start/electron-binary.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const say = (line: string): void => console.log(line)

async function start(flags: Flags): Promise<number> {
  if (flags.help) {
    say(HELP)
    return 0
  }
  if (flags.dev) return (await import('./start/dev.ts')).startDev(root, flags)
  if (await buildIsStale(root)) {
    say('Building Switchyard (a few seconds, after a change only) ...')
    await build(root)
  }

  const installed = electronBinary()
  const isRoot = process.getuid?.() === 0
  const choice = chooseMode({ platform: process.platform, env: process.env, flags, electronInstalled: installed !== undefined, isRoot })
  if (choice.mode === 'headless') return headless(flags, choice.why)
  const binary = installed ?? (await fetchElectron(say))
  if (binary === undefined) return headless(flags, 'for Electron is not installed')
  return desktop(binary, flags)
}

async function desktop(binary: string, flags: Flags): Promise<number> {
  // Set in the terminals of editors that are Electron apps themselves; with it ours would start as a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const exit = await run(binary, [root, ...commandLineOf(flags)], { env })
  if (neverStarted(exit)) return headless(flags, `for Electron could not start here (${exit.signal ?? `exit code ${exit.code}`}, see above)`)
  return exitCodeOf(exit)
}

async function headless(flags: Flags, why: string): Promise<number> {
  if (!flags.doctor) say(`Starting headless, ${why}.`)
  return exitCodeOf(await run(process.execPath, [join(root, 'out/main/headless.js'), ...commandLineOf(flags)]))
}

try {
  process.exitCode = await start(parseFlags(process.argv.slice(2)))
} catch (thrown) {
  process.exitCode = thrown instanceof FlagError ? 2 : 1
  console.error(
    thrown instanceof FlagError ? `${thrown.message}\n\n${HELP}` : `Switchyard could not start: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
  )
}
