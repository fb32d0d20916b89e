/**
 * `node test/desktop/emulator/run.ts out/main/main.js [flags]`: runs the built main process with `electron` standing for our emulator.
 * Electron emits `ready` only once the entry module is evaluated, so an entry that awaits it at its top level never gets there; the same here.
 */
import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Evaluating the entry takes a second or so on a slow machine; past this it waits for something. */
const EVALUATION_LIMIT_MS = 15_000

const emulator = new URL('./electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: emulator, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
})

const [node = 'node', , entry, ...flags] = process.argv
if (entry === undefined) throw new Error('name the built entry: out/main/main.js')
process.argv = [node, entry, ...flags]

const { becomeReady } = await import('./electron.ts')
const limit = setTimeout(() => {
  console.error('The entry module was not evaluated to its end: does it await app.whenReady() at its top level?')
  process.exit(70)
}, EVALUATION_LIMIT_MS)
await import(pathToFileURL(resolve(entry)).href)
clearTimeout(limit)
becomeReady()
