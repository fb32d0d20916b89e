/**
 * `npm run bench:routing`: what automatic routing is worth, on labelled questions. `--data FOLDER` (five-fold within a folder, and whole subjects left
 * out), or `--train A --test B`. `--pair strong/weak` names two models in part; without it the first model listed is held against the last.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { UNSURE_TOLERANCE } from '../../../electron/engine/routing/auto/decide.ts'
import { SHIPPED_WEIGHTS_FILE } from '../../../electron/engine/routing/auto/shipped-weights.ts'
import { type QuestionSet, readSets } from './data.ts'
import { checkDecisions, decisionTimes } from './decisions.ts'
import { weightsOf } from './labelled.ts'
import { type ManyRow, measureMany, SHARES } from './many.ts'
import { measureLocal, measureUnknown, pooledDifficulty, withoutAsked } from './new-ground.ts'
import { measurePair, type PairRow, pairOf, qualitiesOf } from './pairs.ts'
import { acrossFolders, byQuestion, bySubject, partsOf, type Split } from './protocols.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: fileURLToPath(new URL('../../../../shared/data/routing', import.meta.url)) },
    train: { type: 'string' },
    test: { type: 'string' },
    pair: { type: 'string' },
    set: { type: 'string', multiple: true },
  },
})
/** A benchmark of fewer questions is not read alone. */
const LEAST_QUESTIONS = 200
/** A part of fewer questions leaves too few to ask after 300 labels. */
const LEAST_FOR_LOCAL = 600
const LABELS = [60, 300, 1_000]
const RANDOM_REQUESTS = 100_000
const only = values.set === undefined ? undefined : new Set(values.set)

const percent = (share: number | undefined): string => (share === undefined ? '-' : (100 * share).toFixed(0))
const fixed = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(3))

function printPair(heading: string, rows: readonly PairRow[]): void {
  console.info(`\n${heading}`)
  for (const { router, apgr, cpt50, cpt80, for95, for99, brier, ece } of rows) {
    const figures = [fixed(apgr), percent(cpt50), percent(cpt80), percent(for95), percent(for99), fixed(brier), fixed(ece)]
    console.info(`| ${router.padEnd(24)} | ${figures.join(' | ')} |`)
  }
}

const PAIR_HEAD = '| router | APGR | CPT(50) % | CPT(80) % | strong calls for 95 % | for 99 % | Brier | calibration error |'

function printMany(rows: readonly (ManyRow | undefined)[]): void {
  console.info(`\nMany models: cost as a share of the best single model's, at ${SHARES.map((share) => `${100 * share} %`).join(' / ')} of its quality`)
  console.info('| questions | n | best single | fixed mix of two | mixture |')
  for (const row of rows) {
    if (row === undefined) continue
    console.info(`| ${row.name} | ${row.n} | ${row.best} | ${row.fixedMix.map(percent).join(' / ')} | ${row.mixture.map(percent).join(' / ')} |`)
  }
}

function pairHeading(set: QuestionSet, name: string, how: string, splits: readonly Split[]): string {
  const pair = pairOf(set, values.pair)
  const asked = splits.flatMap((split) => split.asked)
  const [strong, weak] = qualitiesOf(asked, pair)
  return `${name}, ${how}: ${set.models[pair.strong]} over ${set.models[pair.weak]} (${(100 * strong).toFixed(1)} / ${(100 * weak).toFixed(1)}, n ${asked.length})`
}

function within(sets: readonly QuestionSet[]): void {
  const many: (ManyRow | undefined)[] = []
  for (const set of sets) {
    const pair = pairOf(set, values.pair)
    for (const { name, questions } of partsOf(set, LEAST_QUESTIONS)) {
      const clean = questions.filter(({ contaminated }) => !contaminated)
      const unseen = bySubject(clean)
      for (const [how, splits] of [
        ['five-fold', byQuestion(clean)],
        ['subjects never seen', unseen],
      ] as const) {
        if (splits !== undefined) printPair(pairHeading(set, name, how, splits), measurePair(name, pair, splits))
      }
    }
    if (set.models.length > 2) {
      many.push(measureMany(`${set.name}, five-fold`, set, byQuestion(set.questions)))
      const unseen = bySubject(set.questions)
      if (unseen !== undefined) many.push(measureMany(`${set.name}, subjects never seen`, set, unseen))
    }
  }
  printMany(many)
}

function across(train: readonly QuestionSet[], tests: readonly QuestionSet[]): void {
  const many: (ManyRow | undefined)[] = []
  for (const test of tests) {
    const known = train.find(({ name, models }) => name === test.name && models.join() === test.models.join())
    if (known === undefined) {
      const pair = pairOf(test, values.pair)
      const row = measureUnknown(test.name, pair, test.questions, pooledDifficulty(train, test.questions))
      printPair(pairHeading(test, test.name, 'models and questions unknown to the training folder', [{ known: [], asked: test.questions }]), [row])
      continue
    }
    for (const { name, questions } of partsOf(test, LEAST_QUESTIONS)) {
      const { split, leftOut } = acrossFolders(known, { ...test, questions: questions.filter(({ contaminated }) => !contaminated) })
      printPair(
        `${pairHeading(test, name, 'trained on the other folder', [split])}; ${leftOut} training questions left out`,
        measurePair(name, pairOf(test, values.pair), [split]),
      )
    }
    if (test.models.length > 2) many.push(measureMany(test.name, test, [acrossFolders(known, test).split]))
  }
  printMany(many)
}

/**
 * What a user's own labels add, beginning with weights made as those that ship are, of the other sets at hand: they know nothing of this benchmark.
 * Without another set it begins with the shipped weights, which may know it.
 */
async function newGround(sets: readonly QuestionSet[], tests: readonly QuestionSet[] = sets): Promise<void> {
  for (const set of tests) {
    const others = sets.filter(({ name }) => name !== set.name)
    const pair = pairOf(set, values.pair)
    const parts = partsOf(set, LEAST_QUESTIONS).filter(({ questions: { length } }) => length >= LEAST_FOR_LOCAL)
    if (parts.length === 0) continue
    const fair = withoutAsked(others, set.questions)
    const file = fair.some(({ questions }) => questions.length > 0) ? weightsOf(fair) : undefined
    for (const { name, questions } of parts) {
      const clean = questions.filter(({ contaminated }) => !contaminated)
      const start = file === undefined ? 'the shipped weights' : 'weights of the other sets'
      console.info(`\n${name}, labels of the user's own, from ${start} on (${set.models[pair.strong]} over ${set.models[pair.weak]}, n ${clean.length})`)
      if (others.length > 0) {
        const { apgr } = measureUnknown(name, pair, clean, pooledDifficulty(others, clean))
        console.info(`| for comparison: difficulty of the other sets by the bench's own learners, no labels | ${fixed(apgr)} |`)
      }
      console.info('| labels | APGR without | with | added, mean of eight draws | deviation | least to most |')
      for (const labels of LABELS.filter((count) => 2 * count <= clean.length)) {
        const { before, after, deviation, least, most } = await measureLocal(file ?? SHIPPED_WEIGHTS_FILE, set, clean, pair, labels)
        console.info(`| ${labels} | ${fixed(before)} | ${fixed(after)} | ${fixed(after - before)} | ${fixed(deviation)} | ${fixed(least)} to ${fixed(most)} |`)
      }
    }
  }
}

async function decisions(sets: readonly QuestionSet[]): Promise<void> {
  console.info('\nThe decision at 8,000 characters, 300 models, 2,000 judgements')
  console.info('| goes by | median, best of five runs of each text | p95 | median, all runs | p95 |')
  for (const { knows, best, all } of await decisionTimes(sets.flatMap(({ questions }) => questions))) {
    console.info(`| ${knows} | ${[best.median, best.p95, all.median, all.p95].map((ms) => `${ms.toFixed(2)} ms`).join(' | ')} |`)
  }
  const { requests, decided, violations, unsure, unsureBelow } = checkDecisions(RANDOM_REQUESTS)
  console.info(`| ${requests} random requests | ${decided} decided | ${violations} violations of a hard constraint |`)
  console.info(`| ${unsure} unsure | ${unsureBelow} of them further below the best than the stated ${100 * UNSURE_TOLERANCE} % |`)
}

function folder(path: string): readonly QuestionSet[] {
  let sets: readonly QuestionSet[] = []
  try {
    if (existsSync(join(path, 'models.json'))) sets = readSets(path, only, (line) => console.info(line)).filter(({ questions }) => questions.length > 0)
  } catch (thrown) {
    console.error(`${path}: ${thrown instanceof Error ? thrown.message : String(thrown)}. Nothing was measured.`)
    process.exit(1)
  }
  if (sets.length > 0) return sets
  console.error(`There are no labelled questions in ${path} (*.jsonl, each named in models.json). Nothing was measured.`)
  process.exit(1)
}

if ((values.train === undefined) !== (values.test === undefined)) {
  console.error('--train and --test belong together.')
  process.exit(1)
}
console.info(PAIR_HEAD)
console.info('| random | 0.500 | 50 | 80 | (share of the gap) | | - | - |')
if (values.train !== undefined && values.test !== undefined) {
  const [train, test] = [folder(values.train), folder(values.test)]
  across(train, test)
  await newGround(train, test)
} else {
  const sets = folder(values.data)
  await decisions(sets)
  within(sets)
  await newGround(sets)
}
