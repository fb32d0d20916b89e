/**
 * Questions in time order: each is looked up, served or asked upstream and added. A match that is held for want of evidence is asked upstream and then
 * judged by its cluster, as the product judges by comparing the fresh answer. Of the answers served none is checked, as the product is set up at first, or
 * the first 20 of a kind and then one in ten. Nobody ever objects to a wrong one.
 */
import { createSemanticTier } from '../../../electron/engine/cache/semantic/semantic.ts'
import type { StreamSet } from './data.ts'
import { percent, table } from './rates.ts'

const CHECKED = 10
const SLICES = 4
const TARGETS = [0.02, 0.05, 0.1, 0.4, 1]
/** How the tier is set up, the product's own way first. */
const WAYS = [
  { name: 'as set up at first', checkOneIn: 0, trustShipped: true },
  { name: `checks one in ${CHECKED}`, checkOneIn: CHECKED, trustShipped: true },
  { name: 'shipped evidence does not count', checkOneIn: CHECKED, trustShipped: false },
] as const

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
    'way',
    ...Array.from({ length: SLICES }, (_, slice) => `quarter ${slice + 1}: served (wrong)`),
    'served',
    'wrong of served',
    'wrong of all',
    'bound held',
  ]
  const rows: (readonly string[])[] = []
  for (const way of WAYS) {
    for (const target of TARGETS) {
      const slices = await run(arrivals, target, way)
      const [served, wrong] = [slices.reduce((sum, slice) => sum + slice.served, 0), slices.reduce((sum, slice) => sum + slice.wrong, 0)]
      rows.push([
        target === 1 ? 'any' : percent(target),
        way.name,
        ...slices.map((slice) => `${percent(slice.served / slice.arrivals)} (${slice.wrong} of ${slice.served})`),
        percent(served / arrivals.length),
        percent(served === 0 ? Number.NaN : wrong / served),
        percent(wrong / arrivals.length),
        // over all that was served by the end of each quarter
        slices.every((_, end) => held(slices.slice(0, end + 1), target)) ? 'yes' : 'no',
      ])
    }
  }
  console.info(table(head, rows))
}

function held(slices: readonly Slice[], target: number): boolean {
  const [served, wrong] = [slices.reduce((sum, slice) => sum + slice.served, 0), slices.reduce((sum, slice) => sum + slice.wrong, 0)]
  return wrong <= target * served
}

async function run(arrivals: StreamSet['arrivals'], targetErrorRate: number, { checkOneIn, trustShipped }: (typeof WAYS)[number]): Promise<readonly Slice[]> {
  const tier = createSemanticTier({ targetErrorRate, trustShipped, checkOneIn })
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
