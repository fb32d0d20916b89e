/**
 * Questions in time order: each is looked up, served or asked upstream and added. A match that is held for want of evidence is asked upstream and then
 * judged by its cluster, as the product judges by comparing the fresh answer; of the answers served the first 20 of a kind and then one in ten are checked.
 */
import { createSemanticTier } from '../../../electron/engine/cache/semantic/semantic.ts'
import type { StreamSet } from './data.ts'
import { percent, table } from './rates.ts'

const CHECKED = 10
const SLICES = 4
const TARGETS = [0.02, 0.05, 0.1, 0.4, 1]

interface Slice {
  arrivals: number
  served: number
  wrong: number
}

export async function printStream({ name, arrivals }: StreamSet): Promise<void> {
  console.info(
    `\n## ${name}: ${arrivals.length} arrivals, ${percent(repeats(arrivals.map(({ cluster }) => cluster)) / arrivals.length)} of them of a cluster seen before\n`,
  )
  const head = [
    'accepted error',
    'shipped evidence',
    ...Array.from({ length: SLICES }, (_, slice) => `quarter ${slice + 1}: served (wrong)`),
    'served',
    'wrong of served',
    'wrong of all',
  ]
  const rows: (readonly string[])[] = []
  for (const trustShipped of [true, false]) {
    for (const target of TARGETS) {
      const slices = await run(arrivals, target, trustShipped)
      const [served, wrong] = [slices.reduce((sum, slice) => sum + slice.served, 0), slices.reduce((sum, slice) => sum + slice.wrong, 0)]
      rows.push([
        target === 1 ? 'any' : percent(target),
        trustShipped ? 'counts at first' : 'does not count',
        ...slices.map((slice) => `${percent(slice.served / slice.arrivals)} (${slice.wrong} of ${slice.served})`),
        percent(served / arrivals.length),
        percent(served === 0 ? Number.NaN : wrong / served),
        percent(wrong / arrivals.length),
      ])
    }
  }
  console.info(table(head, rows))
}

async function run(arrivals: StreamSet['arrivals'], targetErrorRate: number, trustShipped: boolean): Promise<readonly Slice[]> {
  const tier = createSemanticTier({ targetErrorRate, trustShipped, checkOneIn: CHECKED })
  const clusters = new Map<string, string>()
  const slices: Slice[] = Array.from({ length: SLICES }, () => ({ arrivals: 0, served: 0, wrong: 0 }))
  for (const [index, { question, cluster }] of arrivals.entries()) {
    const slice = slices[Math.floor((index * SLICES) / arrivals.length)] as Slice
    slice.arrivals++
    const found = await tier.find(question, 'one', 'one')
    if (found.is === 'hit' || found.is === 'would-hit') {
      const verdict = clusters.get(found.entry.id) === cluster ? 'right' : 'wrong'
      if (found.is === 'would-hit') tier.learn({ entryId: found.entry.id, question, verdict, by: 'check', kind: found.kind, similarity: found.similarity })
      else {
        slice.served++
        if (verdict === 'wrong') slice.wrong++
        if (found.check) tier.learn({ entryId: found.entry.id, question, verdict, by: 'check', kind: found.kind, similarity: found.similarity })
        continue
      }
    }
    const id = String(index)
    clusters.set(id, cluster)
    tier.add({ id, question, fingerprint: 'one', scope: 'one' })
  }
  return slices
}

function repeats(clusters: readonly string[]): number {
  const seen = new Set<string>()
  return clusters.filter((cluster) => seen.has(cluster) || seen.add(cluster) === undefined).length
}
