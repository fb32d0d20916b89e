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
}

export const NO_EVIDENCE: EvidenceIndex = { judgements: [], words: indexNeighbours([]), embedder: undefined, vectors: [] }

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
  return {
    judgements,
    words: indexNeighbours(
      judgements.map(({ hashes }) => hashes),
      1,
    ),
    embedder,
    vectors: judgements.map((judgement) => (embedder !== undefined && judgement.embedder === embedder ? judgement.embedding : undefined)),
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
  const { embedding } = asked
  let embedded = 0
  if (embedding !== undefined) {
    for (const [at, vector] of index.vectors.entries()) {
      if (vector?.length !== embedding.length) continue
      embedded++
      const alike = (dot(embedding, vector) - STRANGE_EMBEDDED) / (ALIKE_EMBEDDED - STRANGE_EMBEDDED)
      if (alike > 0) count(index.judgements[at] as Judgement, Math.min(1, alike))
    }
  }
  if (embedded < index.judgements.length) {
    for (const { at, similarity } of neighboursOf(index.words, asked.hashes, NEIGHBOURS)) {
      if (embedding !== undefined && index.vectors[at]?.length === embedding.length) continue
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

/** Of unit vectors of one length, so their cosine. */
function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number)
  return sum
}
