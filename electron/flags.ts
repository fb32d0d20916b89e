/** The flags of every way in: `npm start`, the desktop entry and the headless entry read the same ones. */
import { parseArgs } from 'node:util'

export interface Flags {
  readonly headless: boolean
  /** undefined: 4747, or the next free one. A port that was asked for is taken as it is or refused. */
  readonly port: number | undefined
  /** undefined: the platform's usual place, see data-dir.ts. */
  readonly dataDir: string | undefined
  readonly vault: string | undefined
  readonly newKey: string | undefined
  /** Look whether everything is in order, say so, and end. */
  readonly doctor: boolean
  /** With `doctor`: also whether providers can be reached, which nothing else in it asks the network for. */
  readonly online: boolean
  /** false: open neither browser nor, on the desktop, a window at the start. */
  readonly open: boolean
  readonly help: boolean
  readonly dev: boolean
  readonly desktop: boolean
  /** Origin of the Vite dev server that serves the workbench instead of us; set by `npm run dev` alone. */
  readonly devServer: string | undefined
}

export const DEFAULT_PORT = 4747
const HIGHEST_PORT = 65_535

export const HELP = `Switchyard: one local endpoint for every model, and a workbench beside it.

  npm start -- [flags]

  --headless         serve the workbench to a browser instead of opening a window
  --port N           listen on 127.0.0.1:N, and fail if it is taken (otherwise ${DEFAULT_PORT} or the next free port)
  --data-dir DIR     keep settings, ledger and cache in DIR
  --vault NAME       where provider keys rest: keychain, file, environment or memory
  --new-key NAME     make a key for a tool, named NAME, print it, and end
  --doctor           check data folder, database, keychain, port and catalog, and end: 0 if all is well, 1 if not
  --online           with --doctor: also ask whether the providers that you have keys for can be reached
  --no-open          do not open a browser or window at the start
  --dev              rebuild and restart as the sources change (npm run dev; with --desktop in a window)
  --help             this text
`

/** A mistake in how Switchyard was called; the message says which flag and what it takes. */
export class FlagError extends Error {
  override readonly name = 'FlagError'
}

const OPTIONS = {
  headless: { type: 'boolean' },
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  vault: { type: 'string' },
  'new-key': { type: 'string' },
  doctor: { type: 'boolean' },
  online: { type: 'boolean' },
  open: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  dev: { type: 'boolean' },
  desktop: { type: 'boolean' },
  'dev-server': { type: 'string' },
} as const

/**
 * Reads the flags that follow the entry file.
 * @param others 'refuse' what is not ours, or 'ignore' it: Electron finds Chromium's own switches among its arguments.
 * @throws FlagError
 */
export function parseFlags(commandLine: readonly string[], others: 'refuse' | 'ignore' = 'refuse'): Flags {
  const { values } = parsed(others === 'ignore' ? onlyOurs(commandLine) : commandLine)
  return {
    headless: values.headless ?? false,
    port: values.port === undefined ? undefined : portOf(values.port),
    dataDir: notEmpty('data-dir', values['data-dir']),
    vault: notEmpty('vault', values.vault),
    newKey: notEmpty('new-key', values['new-key']),
    doctor: values.doctor ?? false,
    online: values.online ?? false,
    open: values.open ?? true,
    help: values.help ?? false,
    dev: values.dev ?? false,
    desktop: values.desktop ?? false,
    devServer: values['dev-server'],
  }
}

/** The flags as a command line again, for the process that start.ts hands them to; --dev and --desktop are for start.ts alone. */
export function commandLineOf(flags: Flags): readonly string[] {
  return [
    ...(flags.port === undefined ? [] : [`--port=${flags.port}`]),
    ...(flags.dataDir === undefined ? [] : [`--data-dir=${flags.dataDir}`]),
    ...(flags.vault === undefined ? [] : [`--vault=${flags.vault}`]),
    ...(flags.newKey === undefined ? [] : [`--new-key=${flags.newKey}`]),
    ...(flags.doctor ? ['--doctor'] : []),
    ...(flags.online ? ['--online'] : []),
    ...(flags.open ? [] : ['--no-open']),
    ...(flags.devServer === undefined ? [] : [`--dev-server=${flags.devServer}`]),
  ]
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowNegative: true, strict: true, allowPositionals: false })
  } catch (thrown) {
    // parseArgs names the flag well, and then goes on to advise on positional arguments, which we have none of
    const [first = 'cannot be read'] = (thrown instanceof Error ? thrown.message : String(thrown)).split('. ')
    throw new FlagError(first)
  }
}

/** Keeps our flags with their values and drops the rest. */
function onlyOurs(args: readonly string[]): readonly string[] {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, allowNegative: true, strict: false, allowPositionals: true, tokens: true })
  return tokens.flatMap((token) => {
    if (token.kind !== 'option' || !Object.hasOwn(OPTIONS, token.name)) return []
    return [token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`]
  })
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > HIGHEST_PORT) throw new FlagError(`--port takes a number from 1 to ${HIGHEST_PORT}, not '${text}'`)
  return port
}

function notEmpty(name: string, value: string | undefined): string | undefined {
  if (value === '') throw new FlagError(`--${name} takes a value`)
  return value
}
