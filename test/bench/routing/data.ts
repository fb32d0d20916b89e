/** Reads folders of labelled questions: `*.jsonl` with id, b, d, p, s, t, x a line, and `models.json`. Whatever lies there is found; no name is known here. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { structureOf } from '../../../electron/engine/routing/auto/structure.ts'
import { hashesOf } from '../../../electron/engine/routing/auto/words.ts'

const line = z.object({
  id: z.string(),
  b: z.string(),
  d: z.string(),
  p: z.string(),
  s: z.array(z.number().nullable()),
  t: z.array(z.number().nullable()).optional(),
  x: z.union([z.number(), z.boolean()]).optional(),
})
const modelsFile = z.record(
  z.string(),
  z.object({ models: z.array(z.string()), usd_per_million: z.record(z.string(), z.tuple([z.number(), z.number()])).optional() }),
)

export interface Question {
  readonly id: string
  readonly benchmark: string
  readonly domain: string
  readonly prompt: string
  /** 0..1 for each model of the set. */
  readonly scores: readonly number[]
  /** Output tokens for each model, where known. */
  readonly tokens: readonly number[] | undefined
  /** On RouteLLM's list of contaminated prompts. */
  readonly contaminated: boolean
  readonly structure: Float64Array
  readonly hashes: Uint32Array
}

export interface QuestionSet {
  readonly name: string
  readonly models: readonly string[]
  /** [input, output] in USD per million tokens. */
  readonly prices: readonly (readonly [number, number])[]
  readonly questions: readonly Question[]
}

const UNKNOWN_PRICE = [1, 1] as const

/**
 * @param tell hears of what is left out, and why
 * @throws Error for people, naming file, line and column, when the folder has no models.json or a line is not what it should be
 */
export function readSets(folder: string, only?: ReadonlySet<string>, tell: (line: string) => void = () => undefined): readonly QuestionSet[] {
  const path = join(folder, 'models.json')
  if (!existsSync(path)) throw new Error(`${folder} has no models.json`)
  const models = checked(modelsFile, readFileSync(path, 'utf8'), 'models.json')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .flatMap((file) => {
      const name = basename(file, '.jsonl')
      const known = models[name]
      if (only !== undefined && !only.has(name)) return []
      if (known === undefined) {
        tell(`${file} is left out: models.json does not say whose its scores are`)
        return []
      }
      const lines = readFileSync(join(folder, file), 'utf8').split('\n')
      const all = lines.flatMap((text, at) => (text.trim() === '' ? [] : [questionOf(text, `${file}, line ${at + 1}`)]))
      const questions = all.filter(({ scores }) => scores.length === known.models.length)
      if (questions.length < all.length) tell(`${all.length - questions.length} lines of ${file} are left out: they have not ${known.models.length} scores`)
      return [{ name, models: known.models, prices: known.models.map((model) => known.usd_per_million?.[model] ?? UNKNOWN_PRICE), questions }]
    })
}

function questionOf(text: string, where: string): Question {
  const { id, b, d, p, s, t, x } = checked(line, text, where)
  return {
    id,
    benchmark: b,
    domain: d,
    prompt: p,
    scores: s.map((score) => score ?? 0),
    tokens: t?.map((count) => count ?? 0),
    contaminated: x === 1 || x === true,
    structure: structureOf(p),
    hashes: hashesOf(p),
  }
}

function checked<T>(schema: z.ZodType<T>, text: string, where: string): T {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`${where} is not JSON`)
  }
  const read = schema.safeParse(json)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Error(`${where}: ${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'is not what it should be'}`)
}
