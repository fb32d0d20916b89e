/** Everything that the bench compares, each worked out once a pair. */
import { type Alignment, align } from '../../../electron/engine/cache/semantic/alignment.ts'
import { excludedText } from '../../../electron/engine/cache/semantic/eligibility.ts'
import { cosine, type Embedder } from '../../../electron/engine/cache/semantic/embedders/embedder.ts'
import { objections, type Refusal } from '../../../electron/engine/cache/semantic/gate.ts'
import { type Reading, readQuestion } from '../../../electron/engine/cache/semantic/reading.ts'
import type { Pair } from './data.ts'

export interface Judged extends Pair {
  readonly strict: readonly Refusal[]
  readonly guarded: readonly Refusal[]
  /** Both may be answered from the cache at all. */
  readonly eligible: boolean
  /** By the embedder's id. */
  readonly cosines: Readonly<Record<string, number>>
  /** Equal but for case, spaces and closing punctuation. */
  readonly normalisedEqual: boolean
}

export async function judge(pairs: readonly Pair[], embedders: readonly Embedder[]): Promise<readonly Judged[]> {
  const texts = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]
  const readings = new Map(texts.map((text): [string, Reading] => [text, readQuestion(text)]))
  const vectors = new Map<string, ReadonlyMap<string, Float32Array>>()
  for (const { id, embed } of embedders) {
    const embedded = await embed(texts)
    vectors.set(id, new Map(texts.map((text, index): [string, Float32Array] => [text, embedded[index] ?? new Float32Array(0)])))
  }
  return pairs.map((pair) => {
    const [one, other] = [readings.get(pair.a) ?? readQuestion(pair.a), readings.get(pair.b) ?? readQuestion(pair.b)]
    const alignment: Alignment = align(one, other)
    const similarity = (id: string): number => cosine(vectors.get(id)?.get(pair.a) ?? new Float32Array(0), vectors.get(id)?.get(pair.b) ?? new Float32Array(0))
    return {
      ...pair,
      strict: objections(one, other, 'strict', alignment),
      guarded: objections(one, other, 'guarded', alignment),
      eligible: excludedText(pair.a) === undefined && excludedText(pair.b) === undefined,
      cosines: Object.fromEntries(embedders.map(({ id }) => [id, similarity(id)])),
      normalisedEqual: normalised(pair.a) === normalised(pair.b),
    }
  })
}

const normalised = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s?.!]+$/, '')
    .trim()
