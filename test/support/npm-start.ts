/** `npm start` as a process, as a person starts it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { DISPLAY: _, WAYLAND_DISPLAY: __, ...withoutDisplay } = process.env
const running = new Set<ChildProcess>()

export interface Started {
  readonly child: ChildProcess
  /** The exit code to come. */
  readonly ended: Promise<number | null>
  /** All it has printed so far. */
  readonly printed: () => string
}

/** A start that is running, without a display. `environment` comes on top of this process's own. */
export function npmStart(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Started {
  const command = ['-r', './electron/start/node-version.cjs', 'electron/start.ts', ...args]
  const child = spawn(process.execPath, command, { cwd: root, env: { ...withoutDisplay, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (printed += piece.toString()))
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  return { child, ended, printed: () => printed }
}

/** For afterEach: what a failed test left running. */
export function stopAllStarts(): void {
  for (const child of running) child.kill('SIGTERM')
}
