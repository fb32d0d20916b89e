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

/** @throws Error when the folder has no models.json or a line is not what it should be */
export function readSets(folder: string, only?: ReadonlySet<string>): readonly QuestionSet[] {
  const path = join(folder, 'models.json')
  if (!existsSync(path)) throw new Error(`${folder} has no models.json`)
  const models = modelsFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .flatMap((file) => {
      const name = basename(file, '.jsonl')
      const known = models[name]
      if (known === undefined || (only !== undefined && !only.has(name))) return []
      const questions = readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((text) => text.trim() !== '')
        .map((text) => questionOf(text))
        .filter(({ scores }) => scores.length === known.models.length)
      return [{ name, models: known.models, prices: known.models.map((model) => known.usd_per_million?.[model] ?? UNKNOWN_PRICE), questions }]
    })
}

function questionOf(text: string): Question {
  const { id, b, d, p, s, t, x } = line.parse(JSON.parse(text))
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
