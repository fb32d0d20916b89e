/** What the user's own judgements say of a model on such a prompt: the most similar of at most 2,000, newer ones more, against a prior of fifty. Pure. */
import type { Evidence, Signal } from '../../../../shared/auto.ts'
import type { EndpointId, Ms } from '../../../../shared/ids.ts'
import { indexNeighbours, type NeighbourIndex, neighboursOf } from './learning/neighbours.ts'
import { sketchOf } from './sketch.ts'
import { hashesOf } from './words.ts'

/** The newest so many count. */
export const MOST_EVIDENCE = 2_000
/** So many judgements of an exact kind weigh as much as all that is known beforehand. */
const PRIOR_WEIGHT = 50
const HALF_LIFE_MS = 90 * 86_400_000
const NEIGHBOURS = 120
/** Word overlap at which a prompt counts as of the same kind; less counts in proportion. */
const ALIKE = 0.3
/** The same for embeddings, whose cosines of strangers are high already. */
const ALIKE_EMBEDDED = 0.85
const STRANGE_EMBEDDED = 0.5

/** A blind vote says more than a question asked again, which may have had other reasons; that a conversation went on says least. */
const TRUST: Readonly<Record<Signal, number>> = { vote: 1, check: 1, wrong: 0.8, edited: 0.5, 're-asked': 0.4, 'went-on': 0.1 }

/** Whether a sign says enough by itself to hold expectations against it. */
export function isJudgement({ signal }: Pick<Evidence, 'signal'>): boolean {
  return signal !== 'went-on'
}

export interface Judgement {
  readonly at: Ms
  readonly signal: Signal
  readonly model: EndpointId
  readonly quality: number
  readonly hashes: Uint32Array
  /** Of unit length, and no longer than a decision has time for; made by `embedder`. */
  readonly embedding: Float32Array | undefined
  readonly embedder: string | undefined
}

/** How much a judgement counts by its kind and its age, 0..1. */
export function weightAt({ signal, at }: Pick<Judgement, 'signal' | 'at'>, now: Ms): number {
  return TRUST[signal] * 0.5 ** (Math.max(0, now - at) / HALF_LIFE_MS)
}

export interface EvidenceIndex {
  readonly judgements: readonly Judgement[]
  readonly words: NeighbourIndex
  /** Whose vectors are compared; undefined: words alone. */
  readonly embedder: string | undefined
  /** Of the judgements in their order; undefined: this one is found by its words. */
  readonly vectors: readonly (Float32Array | undefined)[]
  /** The same one behind the other, which is read several times as fast; the judgements without one hold nothing but zeros. */
  readonly flat: Float32Array
  readonly dimensions: number
}

export const NO_EVIDENCE: EvidenceIndex = {
  judgements: [],
  words: indexNeighbours([]),
  embedder: undefined,
  vectors: [],
  flat: new Float32Array(0),
  dimensions: 0,
}

export function judgementOf(evidence: Omit<Evidence, 'id'>): Judgement {
  const { at, signal, prompt, model, quality, embedding, embedder } = evidence
  return { at, signal, model, quality, hashes: hashesOf(prompt), embedding: embedding && sketchOf(embedding), embedder }
}

/**
 * Built when a judgement comes or goes, never on the way of a request.
 * @param embedder vectors of others are left alone, since they cannot be compared with its own
 */
export function indexEvidence(all: readonly Judgement[], embedder?: string): EvidenceIndex {
  const judgements = all.toSorted((a, b) => b.at - a.at).slice(0, MOST_EVIDENCE)
  const own = judgements.map((judgement) => (embedder !== undefined && judgement.embedder === embedder ? judgement.embedding : undefined))
  // an embedder that has changed its length has begun anew
  const dimensions = own.find((vector) => vector !== undefined)?.length ?? 0
  const vectors = own.map((vector) => (vector?.length === dimensions ? vector : undefined))
  const flat = new Float32Array(judgements.length * dimensions)
  for (const [at, vector] of vectors.entries()) if (vector !== undefined) flat.set(vector, at * dimensions)
  return {
    judgements,
    words: indexNeighbours(
      judgements.map(({ hashes }) => hashes),
      1,
    ),
    embedder,
    ...{ vectors, flat, dimensions },
  }
}

/** What is known of one model near a prompt. */
export interface OwnRecord {
  readonly weight: number
  /** Weighted mean of the judgements. */
  readonly quality: number
}

/** @param asked its vector is a sketch by the index's embedder; judgements without one are found by their words all the same */
export function recordsNear(
  index: EvidenceIndex,
  asked: { readonly hashes: Uint32Array; readonly embedding?: Float32Array | undefined },
  now: Ms,
): ReadonlyMap<EndpointId, OwnRecord> {
  const sums = new Map<EndpointId, { weight: number; good: number }>()
  const count = (judgement: Judgement, alike: number): void => {
    const weight = alike * weightAt(judgement, now)
    if (weight < 1e-4) return
    const sum = sums.get(judgement.model) ?? { weight: 0, good: 0 }
    sum.weight += weight
    sum.good += weight * judgement.quality
    sums.set(judgement.model, sum)
  }
  const embedding = asked.embedding?.length === index.dimensions ? asked.embedding : undefined
  if (embedding !== undefined) {
    for (let at = 0; at < index.judgements.length; at++) {
      const alike = (dot(embedding, index.flat, at * index.dimensions) - STRANGE_EMBEDDED) / (ALIKE_EMBEDDED - STRANGE_EMBEDDED)
      if (alike > 0) count(index.judgements[at] as Judgement, Math.min(1, alike))
    }
  }
  if (embedding === undefined || index.vectors.includes(undefined)) {
    for (const { at, similarity } of neighboursOf(index.words, asked.hashes, NEIGHBOURS)) {
      if (embedding !== undefined && index.vectors[at] !== undefined) continue
      count(index.judgements[at] as Judgement, Math.min(1, similarity / ALIKE))
    }
  }
  return new Map([...sums].map(([model, { weight, good }]) => [model, { weight, quality: good / weight }]))
}

/** Expected quality after the user's own evidence, and the share of it that is theirs. */
export function blend(prior: number, record: OwnRecord | undefined): { readonly quality: number; readonly own: number } {
  if (record === undefined) return { quality: prior, own: 0 }
  const own = record.weight / (record.weight + PRIOR_WEIGHT)
  return { quality: (1 - own) * prior + own * record.quality, own }
}

/** Of a unit vector and one of those that stand one behind the other, so their cosine. */
function dot(a: Float32Array, flat: Float32Array, from: number): number {
  // four sums at a time wait for each other less
  let s = 0
  let t = 0
  let u = 0
  let v = 0
  let at = 0
  for (; at + 3 < a.length; at += 4) {
    s += (a[at] as number) * (flat[from + at] as number)
    t += (a[at + 1] as number) * (flat[from + at + 1] as number)
    u += (a[at + 2] as number) * (flat[from + at + 2] as number)
    v += (a[at + 3] as number) * (flat[from + at + 3] as number)
  }
  for (; at < a.length; at++) s += (a[at] as number) * (flat[from + at] as number)
  return s + t + u + v
}
