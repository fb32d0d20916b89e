/** Finds question pairs and streams in a folder by their columns, whatever the files are called. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Two prompts and whether one answer serves both. */
export interface Pair {
  readonly a: string
  readonly b: string
  readonly same: boolean
}

/** A question in its order of arrival and the cluster of questions that one answer serves. */
export interface Arrival {
  readonly question: string
  readonly cluster: string
}

export interface PairSet {
  readonly name: string
  readonly pairs: readonly Pair[]
}

export interface StreamSet {
  readonly name: string
  readonly arrivals: readonly Arrival[]
}

type Row = Readonly<Record<string, unknown>>

/** @throws when the folder cannot be read or a line is not JSON; files of other columns are left out */
export function readFolder(folder: string): {
  readonly pairSets: readonly PairSet[]
  readonly streams: readonly StreamSet[]
  readonly leftOut: readonly string[]
} {
  const pairSets: PairSet[] = []
  const streams: StreamSet[] = []
  const leftOut: string[] = []
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()) {
    const rows = readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Row)
    const name = file.replace(/\.jsonl$/, '')
    const pairs = rows.flatMap(({ a, b, y }) => (typeof a === 'string' && typeof b === 'string' && y !== undefined ? [{ a, b, same: Number(y) === 1 }] : []))
    const arrivals = rows.flatMap(({ q, c }) => (typeof q === 'string' && c !== undefined ? [{ question: q, cluster: String(c) }] : []))
    if (pairs.length > 0) pairSets.push({ name, pairs })
    if (arrivals.length > 0) streams.push({ name, arrivals })
    if (pairs.length + arrivals.length === 0) leftOut.push(file)
  }
  return { pairSets, streams, leftOut }
}

const NEAR = 0.6

/** The pairs that a similarity threshold would let through: character 4-gram Jaccard of at least 0.60, as Kmemo selects them. */
export const nearPairs = (pairs: readonly Pair[]): readonly Pair[] => pairs.filter(({ a, b }) => jaccard(fourGrams(a), fourGrams(b)) >= NEAR)

function fourGrams(text: string): ReadonlySet<string> {
  const lower = text.toLowerCase()
  return new Set(Array.from({ length: Math.max(0, lower.length - 3) }, (_, start) => lower.slice(start, start + 4)))
}

function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((gram) => other.has(gram)).length
  return shared === 0 ? 0 : shared / (one.size + other.size - shared)
}

/** Which of `folds` parts a pair belongs to. By its first question, so that all pairs of one question are kept apart together. */
export function foldOf({ a }: Pair, folds: number): number {
  return createHash('sha256').update(a.trim().toLowerCase()).digest().readUInt32BE(0) % folds
}
