/**
 * `npm run report:recordings`: every recorded exchange, read and compared with what its independent reader found in it, cut anywhere, written out
 * for the clients of each dialect and checked there by that dialect's grammar and official client. Prints Markdown; exit code 1 when a case fails.
 * `--dir FOLDER` takes any folder of the same layout.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { clientDoors, formatOf } from '../support/formats.ts'
import { type IndexLine, indexOf, loadFrom, type Recording, SHARED_DIR } from '../support/recordings.ts'
import { checkRecording, type Problem, wordsOf } from './check-recording.ts'
import { sideCheckOf } from './check-side-recording.ts'
import { markdownTable } from './markdown.ts'

const { values } = parseArgs({ options: { dir: { type: 'string', default: `${SHARED_DIR}recordings` } } })
if (!existsSync(values.dir)) {
  console.error(`There is no folder ${values.dir}. Nothing was checked.`)
  process.exit(1)
}

interface Result {
  readonly line: IndexLine
  /** undefined: left out. */
  readonly problems: readonly Problem[] | undefined
  readonly leftOut: string
}

// official clients warn of parts that are no text
console.warn = () => undefined

/** What nobody can ask for here, and why. */
const OUT_OF_SCOPE: Readonly<Record<string, string>> = {
  'cohere-rerank': 'reranking is not offered here',
  'openai-moderations': 'moderation is not offered here',
  'cohere-v1-chat': 'version 1 of Cohere’s API, which version 2 has replaced',
  'openai-images': 'making pictures is not offered here',
}

async function resultOf(line: IndexLine): Promise<Result> {
  const format = formatOf(line.api)
  const check = format === undefined ? sideCheckOf(line.api) : (recording: Recording) => checkRecording(recording, format)
  if (check === undefined) return { line, problems: undefined, leftOut: `${OUT_OF_SCOPE[line.api] ?? 'no reader for this api'} (${line.api})` }
  try {
    const recording = loadFrom(values.dir, line)
    if (format !== undefined && recording.expected.aux === true) return { line, problems: undefined, leftOut: 'no chat answer' }
    return { line, problems: await check(recording), leftOut: '' }
  } catch (thrown) {
    // one case that cannot even be loaded must not hide the others
    return { line, problems: [{ step: 'read', what: wordsOf(thrown) }], leftOut: '' }
  }
}

const results: Result[] = []
for (const line of indexOf(values.dir)) results.push(await resultOf(line))

const checked = results.filter((result) => result.problems !== undefined)
const failed = checked.filter((result) => result.problems?.length !== 0)
const leftOut = results.filter((result) => result.problems === undefined)
const isPassed = ({ problems }: Result): boolean => problems?.length === 0
const passed = (some: readonly Result[]): string => {
  const counted = some.filter(({ problems }) => problems !== undefined)
  return counted.length === 0 ? '-' : `${counted.filter(isPassed).length} / ${counted.length}`
}
const passedStep = (some: readonly Result[], step: string): string => {
  const broken = some.filter(({ problems }) => problems?.some((problem) => problem.step === step) === true)
  return `${some.length - broken.length}`
}
const streamedWord = ({ line }: Result): string => (line.streaming ? 'streamed' : 'whole')

console.log('## Recordings by provider and format\n')
const groups = Map.groupBy(results, (result) => `${result.line.provider} | ${result.line.api} | ${streamedWord(result)}`)
console.log(
  markdownTable(
    ['provider', 'api', 'answers', 'passed', 'read', 'cut alike', ...clientDoors.map(({ id }) => `to ${id}`), 'left out'],
    [...groups].map(([name, some]) => {
      const counted = some.filter(({ problems }) => problems !== undefined)
      const steps = ['read', 'cut', ...clientDoors.map(({ id }) => `-> ${id}`)]
      return [
        ...name.split(' | '),
        passed(some),
        ...steps.map((step) => (counted.length === 0 ? '-' : passedStep(counted, step))),
        String(some.length - counted.length),
      ]
    }),
  ),
)

console.log('\n## By provider and feature (passed / checked)\n')
const features = results.flatMap((result) => (result.line.features ?? []).map((feature) => ({ key: `${result.line.provider} | ${feature}`, result })))
const byFeature = Map.groupBy(features, ({ key }) => key)
console.log(
  markdownTable(
    ['provider', 'feature', 'whole', 'streamed', 'left out'],
    [...byFeature]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, some]) => {
        const of = (streaming: boolean): string => passed(some.flatMap(({ result }) => (result.line.streaming === streaming ? [result] : [])))
        const left = some.filter(({ result }) => result.problems === undefined).length
        return [...name.split(' | '), of(false), of(true), left === 0 ? '' : String(left)]
      }),
  ),
)

console.log('\n## Left out\n')
for (const [reason, some] of Map.groupBy(leftOut, (result) => result.leftOut)) {
  console.log(`- ${reason}: ${some.length}`)
  for (const { line } of some) console.log(`  - ${line.id}`)
}
if (failed.length > 0) console.log('\n## Failed\n')
for (const { line, problems } of failed) {
  console.log(`- ${line.id}`)
  for (const { step, what } of problems ?? []) console.log(`  - ${step}: ${what}`)
}
console.log('\n## Summary\n')
console.log(
  markdownTable(
    ['api', 'providers', 'whole', 'streamed', 'left out'],
    [...Map.groupBy(results, ({ line }) => line.api)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([api, some]) => {
        const of = (streaming: boolean): string => passed(some.filter(({ line }) => line.streaming === streaming))
        const reasons = new Set(some.flatMap((result) => (result.problems === undefined ? [result.leftOut.replace(` (${api})`, '')] : [])))
        return [api, String(new Set(some.map(({ line }) => line.provider)).size), of(false), of(true), [...reasons].join('; ')]
      }),
  ),
)
console.log(
  `\n${results.length} recordings: ${checked.length - failed.length} passed, ${failed.length} failed, ${leftOut.length} left out; each answer written for the ${clientDoors.length} dialects of clients.`,
)
process.exitCode = failed.length > 0 ? 1 : 0
