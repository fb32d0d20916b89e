/** Which way the arrows point: shared <- protocols, providers, routing <- attempt, cache, ledger <- pipeline <- http <- gateway <- shell. */
import { describe, expect, it } from 'vitest'
import { type Import, importsOf, sourceOf, sourcesIn } from './support/imports.ts'

/** A file or folder (the longest one that fits a file counts), and what its code may import besides itself. `node:` is all of Node's own modules. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  'shared/api': ['shared', 'zod'],
  'shared/contract.ts': ['shared/messages', 'zod'],
  'shared/settings.ts': ['shared', 'zod'],
  'shared/answer-check.ts': ['shared/messages', 'zod'],
  'shared/network.ts': ['zod'],
  'shared/models-config.ts': ['shared', 'zod'],
  'shared/routing-config.ts': ['shared', 'zod'],

  'electron/engine/protocols': ['shared', 'electron/engine/as-buffer.ts', 'node:'],
  'electron/engine/providers': ['shared', 'electron/engine/departure.ts', 'electron/engine/protocols', 'node:'],
  'electron/engine/storage': ['shared', 'better-sqlite3', 'zod', 'node:'],
  'electron/engine/routing': ['shared', 'electron/engine/slot-map.ts', 'node:'],
  'electron/engine/as-buffer.ts': [],
  'electron/engine/departure.ts': [],
  'electron/engine/one-write.ts': ['electron/engine/as-buffer.ts', 'node:'],
  'electron/engine/slot-map.ts': [],
  'electron/engine/attempt': [
    'shared',
    'electron/engine/as-buffer.ts',
    'electron/engine/departure.ts',
    'electron/engine/one-write.ts',
    'electron/engine/protocols',
    'undici',
    'node:',
  ],
  'electron/engine/catalog': [
    'shared',
    'electron/engine/attempt',
    'electron/engine/departure.ts',
    'electron/engine/providers',
    '@pydantic/genai-prices',
    'node:',
  ],
  'electron/engine/credentials': ['shared', 'electron/engine/attempt', 'electron/engine/departure.ts', 'electron/engine/protocols', 'keytar', 'zod', 'node:'],
  'electron/engine/cache': ['shared', 'electron/engine/attempt/deadline.ts', 'electron/engine/departure.ts', 'electron/engine/storage', 'node:'],
  'electron/engine/guardrails': ['shared', 'node:'],
  'electron/engine/ledger/tokenizer-worker.ts': ['gpt-tokenizer', 'node:'],
  'electron/engine/ledger': ['shared', 'electron/engine/as-buffer.ts', 'electron/engine/slot-map.ts', 'electron/engine/storage', 'node:'],
  'electron/engine/votes': ['shared'],
  // joins a job to the pipeline and the database; schemas and patterns of the user's are checked here
  'electron/engine/matrix': ['shared', 'electron/engine', 're2js', 'zod', 'node:'],
  // the pipeline and its like, which join the stages
  'electron/engine': ['shared', 'electron/engine', 'node:'],

  'electron/http': ['shared', 'electron/engine', 'hono', '@hono/node-server', 'node:'],
  'electron/log.ts': ['pino', 'node:'],
  // its parts, joined by the file beside it
  'electron/gateway': ['shared', 'electron/engine', 'electron/http', 'electron/log.ts', 'node:'],
  'electron/gateway.ts': ['shared', 'electron/engine', 'electron/gateway', 'electron/http', 'electron/log.ts', 'electron/version.ts', 'node:'],
  // the database is opened ahead of the rest, see there
  'electron/headless.ts': [
    'electron/data-dir.ts',
    'electron/doctor',
    'electron/engine/storage/worker-client.ts',
    'electron/flags.ts',
    'electron/gateway.ts',
    'electron/log.ts',
    'electron/tick-shape.ts',
    'node:',
  ],
  // has the engine's doctor look at a folder that nobody uses, and prints what it finds
  'electron/doctor': ['shared', 'electron/engine', 'electron/flags.ts', 'electron/version.ts', 'node:'],
  'electron/data-dir.ts': ['node:'],
  'electron/tick-shape.ts': ['node:'],
  'electron/flags.ts': ['node:'],
  'electron/start': ['electron/flags.ts', 'vite', 'node:'],
  'electron/start.ts': ['electron/flags.ts', 'electron/start', 'node:'],
  'electron/version.ts': [],

  // what Electron is given as data; of Electron itself types alone
  'electron/menus': ['shared'],
  'electron/shell': ['shared', 'electron/flags.ts', 'electron/http', 'electron/menus', 'node:'],
  'electron/shell/icons': ['playwright-core', 'node:'],
  'electron/main.ts': [
    'electron',
    'electron/data-dir.ts',
    'electron/flags.ts',
    'electron/gateway.ts',
    'electron/log.ts',
    'electron/shell',
    'electron/tick-shape.ts',
    'node:',
  ],
  'electron/preload.ts': ['electron', 'shared'],

  renderer: [
    ...['shared', 'react', 'react-dom', 'zustand', '@base-ui/react', '@tanstack/react-virtual'],
    ...['lucide-react', 'react-markdown', 'react-resizable-panels', 'remark-gfm', 'diff', 'papaparse'],
  ],
}

/** Types make no dependency at run time: stages know each other's faces by them, and the shell knows Electron. */
const MAY_IMPORT_TYPES: Readonly<Record<string, readonly string[]>> = {
  'electron/engine': ['electron/engine'],
  'electron/shell': ['electron'],
}

const files = sourcesIn('shared', 'electron', 'renderer')
const imports = files.flatMap(importsOf)

const isIn = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`)
const rowOf = (path: string): string | undefined =>
  Object.keys(MAY_IMPORT)
    .filter((place) => isIn(path, place))
    .toSorted((a, b) => b.length - a.length)[0]

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const row = rowOf(from)
  if (row === undefined) return false
  if ([row, ...(MAY_IMPORT[row] ?? [])].some((place) => isIn(to, place))) return true
  return typeOnly && Object.entries(MAY_IMPORT_TYPES).some(([place, types]) => isIn(from, place) && types.some((type) => isIn(to, type)))
}

/** Files that `from` needs at run time, directly or through others. */
function reachedFrom(from: string): ReadonlySet<string> {
  const reached = new Set<string>()
  const waiting = [from]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { to } of runtimeImports.get(next) ?? []) if (!reached.has(to)) waiting.push(to)
    for (const { to } of runtimeImports.get(next) ?? []) reached.add(to)
  }
  return reached
}
const runtimeImports = Map.groupBy(
  imports.filter(({ typeOnly }) => !typeOnly),
  ({ from }) => from,
)

describe('imports', () => {
  it('are all seen by this test', () => {
    expect(imports).toContainEqual({ from: 'electron/preload.ts', to: 'electron', typeOnly: false })
    expect(imports).toContainEqual({ from: 'electron/preload.ts', to: 'shared/native.ts', typeOnly: false })
    expect(imports).toContainEqual({ from: 'electron/shell/electron-face.ts', to: 'electron', typeOnly: true })
    expect(imports).toContainEqual({ from: 'electron/start.ts', to: 'electron/start/dev.ts', typeOnly: false })
  })

  it('follow the table', () => {
    expect(imports.filter((found) => !isAllowed(found)).map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })

  it('go round in no circle at run time', () => {
    expect(files.filter((path) => reachedFrom(path).has(path))).toEqual([])
  })

  it('bring no schema into the renderer, which needs the contract’s types alone', () => {
    const withSchemas = files.filter((path) => isIn(path, 'renderer') && reachedFrom(path).has('zod'))
    expect(withSchemas).toEqual([])
  })

  it('leave headless mode without Electron', () => {
    expect([...reachedFrom('electron/headless.ts')].filter((path) => path === 'electron' || isIn(path, 'electron/shell'))).toEqual([])
  })
})

/** Who may open a connection to somewhere else, and why. Everybody else is handed a `Send`, which goes by the user's proxy and CA file. */
const MAY_CALL: Readonly<Record<string, string>> = {
  'electron/engine/attempt': 'the clients themselves, and downloads, which say why they use no proxy',
  'electron/engine/check-connection.ts': 'goes the way of the clients step by step',
  'electron/engine/doctor/machine.ts': 'asks 127.0.0.1 whether Switchyard listens there',
}
const CALLS = /\bfetch\(|globalThis\.fetch|\bhttps?\)?\.(get|request)\(|\b(net|tls)\.connect\(/

it('lets nothing leave the machine but by the way that the settings say', () => {
  const calling = files.filter((path) => isIn(path, 'electron') && CALLS.test(sourceOf(path)))
  expect(calling.filter((path) => !Object.keys(MAY_CALL).some((place) => isIn(path, place)))).toEqual([])
  expect(Object.keys(MAY_CALL).filter((place) => !calling.some((path) => isIn(path, place)))).toEqual([])
})

it('has no index files: a folder’s face is the file named for its job', () => {
  expect(files.filter((path) => /(^|\/)index\.tsx?$/.test(path))).toEqual([])
})
