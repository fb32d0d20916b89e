/** How long a look-up takes, beside the hash that every request pays for the exact tier. Times are this machine's and change from run to run. */
import { createHash } from 'node:crypto'
import { toUnit } from '../../../electron/engine/cache/semantic/embedders/embedder.ts'
import { createSemanticTier } from '../../../electron/engine/cache/semantic/semantic.ts'
import { semanticThread } from '../../../electron/engine/cache/semantic/worker/thread.ts'
import type { PairSet, StreamSet } from './data.ts'

const SIZES = [12_000, 100_000]
const LOOKUPS = 1_000
const WARM = 200
/** About the body of a short request. */
const HASHED_BYTES = 4_096

export async function printLookups(pairSets: readonly PairSet[], streams: readonly StreamSet[]): Promise<void> {
  const questions = [
    ...new Set([
      ...streams.flatMap(({ arrivals }) => arrivals.map(({ question }) => question)),
      ...pairSets.flatMap(({ pairs }) => pairs.flatMap(({ a, b }) => [a, b])),
    ]),
  ]
  if (questions.length === 0) return
  console.info('\n## look-ups\n')
  const floor = median(timesOf(LOOKUPS, () => createHash('sha256').update(Buffer.alloc(HASHED_BYTES, 7)).digest('hex')))
  for (const size of SIZES) {
    const tier = createSemanticTier({ shadow: true })
    // beyond the questions at hand each comes again with a number of its own, so that common words grow as common as they would
    for (let index = 0; index < size; index++) {
      const round = Math.floor(index / questions.length)
      const question = questions[index % questions.length] ?? ''
      tier.add({ id: String(index), question: round === 0 ? question : `${question} ${round}${index}`, fingerprint: 'f', scope: 's' })
    }
    const times: number[] = []
    for (let index = 0; index < LOOKUPS + WARM; index++) {
      const question = questions[(index * 7919) % questions.length] ?? ''
      const start = performance.now()
      await tier.find(index % 2 === 0 ? question : `Please tell me, ${question}`, 'f', 's')
      if (index >= WARM) times.push(performance.now() - start)
    }
    const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)]
    console.info(
      `${size} entries: look-up p50 ${p50.toFixed(3)} ms (${(p50 / floor).toFixed(0)} times a hash of 4 KB), p95 ${p95.toFixed(3)} ms (${(p95 / floor).toFixed(0)} times)`,
    )
  }
}

function timesOf(times: number, work: () => unknown): readonly number[] {
  return Array.from({ length: times }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
}

const quantile = (values: readonly number[], at: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(at * values.length))] ?? 0
const median = (values: readonly number[]): number => quantile(values, 0.5)

const VECTORS = 100_000
const DIMENSIONS = 384
const SEARCHES = 200

/** Vectors made by a fixed rule, in the thread that the product uses; the time to and from the thread is in it. */
export async function printVectorSearches(): Promise<void> {
  const thread = semanticThread()
  let state = 1
  const made = (): Float32Array =>
    toUnit(
      Float32Array.from({ length: DIMENSIONS }, () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0
        return state / 2 ** 31 - 1
      }),
    )
  for (let index = 0; index < VECTORS; index++) thread.add('all', String(index), made())
  const asked = Array.from({ length: SEARCHES }, made)
  await thread.search('all', made(), 8)
  const times: number[] = []
  for (const vector of asked) {
    const start = performance.now()
    await thread.search('all', vector, 8)
    times.push(performance.now() - start)
  }
  await thread.close()
  console.info(`${VECTORS} vectors of ${DIMENSIONS}: search p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`)
}
