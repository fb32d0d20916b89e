import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { constants } from 'node:os'

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly afterMs: number
}

/** Signals of a program that crashed, as opposed to one that was told to go. Chromium ends with SIGTRAP when its sandbox is not to be had. */
const CRASHES: ReadonlySet<NodeJS.Signals> = new Set(['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL', 'SIGBUS'])
/** Of a shell: not executable, or (also the loader's, for a missing shared library) not found. */
const NOT_RUNNABLE: ReadonlySet<number> = new Set([126, 127])
/** A crash later than this happened to an app that had started. */
const STARTING_MS = 15_000

/** True when the program never got going, and something else may be tried in its place. */
export function neverStarted({ code, signal, afterMs }: Exit): boolean {
  if (code !== null && NOT_RUNNABLE.has(code)) return true
  return signal !== null && CRASHES.has(signal) && afterMs < STARTING_MS
}

/** The exit code for our own process: the child's, or by custom 128 + the signal that ended it. */
export function exitCodeOf({ code, signal }: Exit): number {
  return code ?? (signal === null ? 1 : 128 + constants.signals[signal])
}

/** Runs a program to its end. What we are told by signal it is told too, and then we wait for it. @throws when it cannot be run at all */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<Exit> {
  const startedAt = performance.now()
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  const stopForwarding = forwardSignals(child)
  return new Promise<Exit>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve({ code, signal, afterMs: performance.now() - startedAt }))
  }).finally(stopForwarding)
}

/** Returns the function that ends it. */
export function forwardSignals(child: ChildProcess): () => void {
  // Ctrl-C in a terminal reaches the whole process group, so the child has it already; we only must not die before it.
  const forward = (signal: NodeJS.Signals): void => void (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal))
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, forward)
  return () => {
    for (const signal of signals) process.off(signal, forward)
  }
}
