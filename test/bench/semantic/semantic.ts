/**
 * `npm run bench:semantic`: what the semantic cache catches and what it gets wrong. Reads every *.jsonl of a folder that has the columns `a`, `b`, `y`
 * (pairs: one answer serves both or not) or `q`, `c` (questions in time order and their clusters). Everything printed but the times is the same on each run.
 */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Embedder } from '../../../electron/engine/cache/semantic/embedders/embedder.ts'
import { lexicalEmbedder } from '../../../electron/engine/cache/semantic/embedders/lexical.ts'
import { MODELS } from '../../../electron/engine/cache/semantic/embedders/models.ts'
import { refuses } from '../../../electron/engine/cache/semantic/gate.ts'
import { printChance } from './chance.ts'
import { foldOf, nearPairs, type PairSet, readFolder } from './data.ts'
import { printLookups, printVectorSearches } from './lookups.ts'
import { type Counts, count, falseHits, percent, precision, recall, sum, table } from './rates.ts'
import { type Judged, judge } from './rules.ts'
import { printStream } from './streams.ts'

const FOLDS = 5
const COSINES = [0.7, 0.8, 0.85, 0.9, 0.95]
const SUMS = [0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.8]
/** What tuning aims at: the fewest paraphrases lost while so many near misses are stopped. */
const STOP_AT_LEAST = 0.78
const FALSE_HITS_AT_MOST = 0.03

const EMBEDDERS: readonly Embedder[] = [lexicalEmbedder]

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}

if (process.argv.includes('--help')) {
  console.info('npm run bench:semantic [-- --data FOLDER --no-times]')
  process.exit(0)
}
const given = argument('--data')
const folder = given === undefined ? fileURLToPath(new URL('../../../../shared/data/semantic-cache/', import.meta.url)) : resolve(given)
if (!existsSync(folder)) {
  console.error(`There is no data in ${folder}; give a folder of pairs with --data. Nothing was measured.`)
  process.exit(1)
}

const { pairSets, streams, leftOut } = readFolder(folder)
console.info(`${pairSets.reduce((total, { pairs }) => total + pairs.length, 0)} pairs in ${pairSets.length} files, ${streams.length} streams.`)
for (const file of leftOut) console.info(`${file} has neither the columns a, b, y nor q, c and is left out.`)
console.info(
  `\n## embedders\n\n${table(
    ['embedder', 'measured'],
    [
      ...EMBEDDERS.map(({ id }) => [id, 'below']),
      ...MODELS.map(({ id }) => [id, 'not run: its weights are not at hand here']),
      ['an embedding endpoint of the user', 'not run: it needs a key, and is paid for'],
    ],
  )}`,
)
for (const set of pairSets) {
  const near = nearPairs(set.pairs)
  await printPairs(set)
  if (near.length > 0 && near.length < set.pairs.length) await printPairs({ name: `${set.name}, near pairs alone`, pairs: near })
}
printChance(pairSets)
for (const stream of streams) await printStream(stream)
if (!process.argv.includes('--no-times')) {
  await printLookups(pairSets, streams)
  await printVectorSearches()
}

async function printPairs({ name, pairs }: PairSet): Promise<void> {
  const judged = await judge(pairs, EMBEDDERS)
  const same = pairs.filter((pair) => pair.same).length
  const row = (rule: string, counts: Counts): readonly string[] => [rule, percent(precision(counts)), percent(recall(counts)), percent(falseHits(counts))]
  const by = (rule: string, serves: (item: Judged) => boolean): readonly string[] => row(rule, count(judged, serves))
  // tuning needs both sides to weigh
  const tunable = same > 0 && same < pairs.length
  const folded = (rule: string, tune: (learn: readonly Judged[]) => (item: Judged) => boolean): readonly (readonly string[])[] =>
    tunable ? [row(`${rule}, ${FOLDS} folds`, inFolds(judged, tune))] : []
  console.info(`\n## ${name}: ${pairs.length} pairs, ${same} of them the same\n`)
  console.info(
    table(
      ['rule', 'precision', 'recall', 'false hits'],
      [
        by('equal but for case and spaces', ({ normalisedEqual }) => normalisedEqual),
        by('strict tier', ({ strict, eligible }) => eligible && !refuses(strict, 'strict')),
        by('strict tier, whatever is asked', ({ strict }) => !refuses(strict, 'strict')),
        ...EMBEDDERS.flatMap(({ id }) => [
          ...COSINES.map((least) => by(`${id} cosine >= ${least} alone`, ({ cosines }) => (cosines[id] ?? 0) >= least)),
          ...folded(`${id} cosine alone, best for ${percent(FALSE_HITS_AT_MOST)} false hits`, (learn) => bestCosine(learn, id, () => true)),
          ...COSINES.slice(0, 3).map((least) =>
            by(`${id} cosine >= ${least} and guards`, ({ cosines, guarded }) => (cosines[id] ?? 0) >= least && !refuses(guarded, 'guarded')),
          ),
          ...folded(`${id} cosine and guards, best for ${percent(FALSE_HITS_AT_MOST)} false hits`, (learn) =>
            bestCosine(learn, id, ({ guarded }) => !refuses(guarded, 'guarded')),
          ),
        ]),
      ],
    ),
  )
  const alone = count(judged, ({ guarded }) => !refuses(guarded, 'guarded'))
  console.info(`\nGuards alone stop ${percent(1 - falseHits(alone))} of the different and keep ${percent(recall(alone))} of the same.`)
  if (tunable) {
    const tuned = inFolds(judged, bestSum)
    console.info(
      `With the sum of doubts tuned on ${FOLDS - 1} folds and measured on the other: ${percent(1 - falseHits(tuned))} and ${percent(recall(tuned))}.`,
    )
  }
  printFirings(judged)
}

/** Tunes on all folds but one and counts on that one, each in turn. */
function inFolds(judged: readonly Judged[], tune: (learn: readonly Judged[]) => (item: Judged) => boolean): Counts {
  return sum(
    Array.from({ length: FOLDS }, (_, fold) => {
      const serves = tune(judged.filter((pair) => foldOf(pair, FOLDS) !== fold))
      return count(
        judged.filter((pair) => foldOf(pair, FOLDS) === fold),
        serves,
      )
    }),
  )
}

/** The lowest threshold with few enough false hits; none where nothing is that sure. */
function bestCosine(learn: readonly Judged[], id: string, passes: (item: Judged) => boolean): (item: Judged) => boolean {
  const passing = learn.filter(passes)
  const different = learn.filter(({ same }) => !same).length
  for (let least = 0.3; least <= 1; least += 0.01) {
    const served = (item: Judged): boolean => (item.cosines[id] ?? 0) >= least
    if (passing.filter((item) => served(item) && !item.same).length <= FALSE_HITS_AT_MOST * different) return (item) => served(item) && passes(item)
  }
  return () => false
}

/** How many doubts are too many: the most lenient sum that stops enough. */
function bestSum(learn: readonly Judged[]): (item: Judged) => boolean {
  const below = (most: number) => (item: Judged) =>
    item.guarded.reduce((total, { weight }) => total + weight, 0) < most && item.guarded.every(({ weight }) => weight < 1)
  const enough = SUMS.findLast((most) => 1 - falseHits(count(learn, below(most))) >= STOP_AT_LEAST)
  return below(enough ?? SUMS[0] ?? 1)
}

function printFirings(judged: readonly Judged[]): void {
  const firings = new Map<string, { different: number; same: number }>()
  for (const { guarded, same } of judged) {
    for (const { guard } of guarded) {
      const seen = firings.get(guard) ?? { different: 0, same: 0 }
      seen[same ? 'same' : 'different']++
      firings.set(guard, seen)
    }
  }
  const total = count(judged, ({ same }) => same)
  const [same, different] = [total.right + total.missed, total.wrong + total.refused]
  const rows = [...firings].sort(([, one], [, other]) => other.different + other.same - one.different - one.same)
  console.info(
    `\n${table(
      ['guard objects', 'to the different', 'to the same'],
      rows.map(([guard, fired]) => [guard, percent(fired.different / different), percent(fired.same / same)]),
    )}`,
  )
}
