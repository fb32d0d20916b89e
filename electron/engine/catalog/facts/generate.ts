/**
 * Makes `model-facts.ts` from the packages in packages.ts: `npm run catalog:facts`. Takes each tarball from the registry by npm's own client, holds it to
 * its checksum and reads its tables. The same packages give the same bytes, which a test checks.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FactRow } from './fact-row.ts'
import { readPiRows } from './from-pi.ts'
import { addLangchain, addTokenizer, addTokenlens, addZoo, type LangchainProfile, type TokenizerModel, type ZooModel } from './from-profiles.ts'
import { FACT_PACKAGES, type FactPackage } from './packages.ts'

const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/catalog-facts/', import.meta.url))
export const FACTS_FILE = fileURLToPath(new URL('./model-facts.ts', import.meta.url))

/** The unpacked package, fetched where it is not here yet. @throws Error when it cannot be had or is not the one that is pinned */
function unpacked(key: FactPackage): string {
  const { name, version, integrity } = FACT_PACKAGES[key]
  const stem = `${name.replace('@', '').replace('/', '-')}-${version}`
  const folder = join(CACHE, stem)
  if (existsSync(join(folder, 'package'))) return join(folder, 'package')
  mkdirSync(folder, { recursive: true })
  execFileSync('npm', ['pack', `${name}@${version}`, '--pack-destination', CACHE, '--silent'], { stdio: ['ignore', 'ignore', 'pipe'] })
  const tarball = join(CACHE, `${stem}.tgz`)
  const found = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
  if (found !== integrity) throw new Error(`${name}@${version} has the checksum ${found}, not the pinned one`)
  execFileSync('tar', ['xzf', tarball, '-C', folder])
  return join(folder, 'package')
}

/** The table's module; it has data and nothing else. */
function moduleIn(key: FactPackage, file: string): unknown {
  return createRequire(import.meta.url)(join(unpacked(key), file))
}

function tableIn<Table>(key: FactPackage, file: string, name: string): Table {
  const module = moduleIn(key, file) as Record<string, unknown>
  const table = module[name]
  if (typeof table !== 'object' || table === null) throw new Error(`${FACT_PACKAGES[key].name} has no table ${name} in ${file}`)
  return table as Table
}

/** The text of `model-facts.ts`. @throws Error when a package cannot be had */
export function makeFacts(): string {
  const data = join(unpacked('pi'), 'dist/providers/data')
  const files = readdirSync(data).filter((file) => file.endsWith('.json') && !file.startsWith('.'))
  const rows = readPiRows(files.sort().map((file) => JSON.parse(readFileSync(join(data, file), 'utf8')) as Parameters<typeof readPiRows>[0][number]))

  const byKey = new Map<string, FactRow>(rows.map((row) => [`${row.provider}/${row.model}`, row]))
  addTokenizer(byKey, moduleIn('tokenizer', 'esm/models.gen.js') as Readonly<Record<string, TokenizerModel>>)
  const profiles: readonly (readonly [FactPackage, string, string, 'adds' | 'fills'])[] = [
    ['langchainOpenai', 'dist/chat_models/profiles.js', 'openai', 'adds'],
    ['langchainAnthropic', 'dist/profiles.js', 'anthropic', 'adds'],
    ['langchainGoogle', 'dist/profiles.js', 'google', 'adds'],
    ['langchainGroq', 'dist/profiles.js', 'groq', 'adds'],
    ['langchainXai', 'dist/profiles.js', 'xai', 'adds'],
    ['langchainDeepseek', 'dist/profiles.js', 'deepseek', 'adds'],
    ['langchainOpenrouter', 'dist/profiles.js', 'openrouter', 'fills'],
    ['langchainVertex', 'dist/profiles.js', 'vertex', 'fills'],
  ]
  for (const [key, file, provider, does] of profiles)
    addLangchain(byKey, provider, tableIn<Readonly<Record<string, LangchainProfile>>>(key, file, 'default'), does === 'adds')
  addZoo(byKey, Object.values(tableIn<Readonly<Record<string, ZooModel>>>('zoo', 'dist/index.js', 'MODEL_CONFIGS')))

  const lists = join(unpacked('tokenlens'), 'dist/providers')
  const listed = readdirSync(lists).filter((file) => file.endsWith('.js'))
  for (const file of listed.sort()) {
    const module = moduleIn('tokenlens', `dist/providers/${file}`) as Readonly<Record<string, Parameters<typeof addTokenlens>[1]>>
    for (const list of Object.values(module)) if (list.models !== undefined) addTokenlens(byKey, list)
  }

  const sorted = [...byKey.values()].sort((a, b) => compare(a.provider, b.provider) || compare(a.model, b.model))
  return fileOf(sorted.map((row) => JSON.stringify(row, FIELDS)))
}

/** In this order in every line; the words inside are those of `service`. */
const FIELDS = [
  ...['provider', 'model', 'name', 'kind', 'context', 'output', 'in', 'out', 'can', 'cannot', 'efforts', 'cutoff', 'open', 'deprecated', 'retired', 'snapshot'],
  ...['batches', 'price', 'tiers', 'service', 'batch', 'priority', 'fast'],
]

function compare(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0
}

function fileOf(lines: readonly string[]): string {
  const sources = Object.values(FACT_PACKAGES).map(
    ({ name, version, licence, publishedOn }) => ` * - ${name}@${version}, ${licence}, published on ${publishedOn}`,
  )
  for (const line of lines) if (/[`\\]|\$\{/.test(line)) throw new Error(`cannot stand in a template: ${line}`)
  return `/**
 * Made by generate.ts (\`npm run catalog:facts\`), never by hand, from
${sources.join('\n')}
 *
 * One model a line, see fact-row.ts.
 */
export const MODEL_FACTS = \`
${lines.join('\n')}
\`
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FACTS_FILE, makeFacts())
