import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface Import {
  /** Path of the importing file from the project's folder. */
  readonly from: string
  /** Path of the imported file from the project's folder, or the name of a package. */
  readonly to: string
  /** Gone at run time. */
  readonly typeOnly: boolean
}

/** Every .ts and .tsx file below these folders, as paths from the project's folder. */
export function sourcesIn(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => posix.join(folder, path.replaceAll('\\', '/'))),
  )
}

export function sourceOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** What a file imports or exports on, dynamically with a literal name included; styles and other assets left out. */
export function importsOf(from: string): readonly Import[] {
  const source = sourceOf(from)
  const { module, errors } = parseSync(from, source)
  const [error] = errors
  if (error !== undefined) throw new Error(`${from}: ${error.message}`)
  const found = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      name: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.moduleRequest === null ? [] : [{ name: entry.moduleRequest.value, typeOnly: entry.isType }])),
    ),
    ...module.dynamicImports
      .map(({ moduleRequest }) => source.slice(moduleRequest.start, moduleRequest.end))
      // a name that is only known at run time is none of our files
      .filter((name) => /^['"]/.test(name))
      .map((name) => ({ name: name.slice(1, -1), typeOnly: false })),
  ]
  return found
    .filter(({ name }) => !/\.(css|svg|png)$/.test(name))
    .map(({ name, typeOnly }) => ({ from, to: name.startsWith('.') ? posix.join(dirname(from), name) : packageOf(name), typeOnly }))
}

/** `@scope/name` of `@scope/name/part`; Node's own modules are all `node:`. */
function packageOf(name: string): string {
  if (name.startsWith('node:')) return 'node:'
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}
