/**
 * `npm run report:recordings`: every recorded exchange, read and compared with what its independent reader found in it, cut anywhere, written out
 * for the clients of each dialect and checked there by that dialect's grammar and official client. Prints Markdown; exit code 1 when a case fails.
 * `--dir FOLDER` takes any folder of the same layout.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { clientFormats, formatOf } from '../support/formats.ts'
import { type IndexLine, indexOf, loadFrom, SHARED_DIR } from '../support/recordings.ts'
import { checkRecording, type Problem } from './check-recording.ts'
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

const results: Result[] = []
for (const line of indexOf(values.dir)) {
  const recording = loadFrom(values.dir, line)
  const format = formatOf(line.api)
  if (format === undefined) results.push({ line, problems: undefined, leftOut: `no reader for this api (${line.api})` })
  else if (recording.expected.aux === true) results.push({ line, problems: undefined, leftOut: 'no chat answer' })
  else results.push({ line, problems: await checkRecording(recording, format), leftOut: '' })
}

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
    ['provider', 'api', 'answers', 'passed', 'read', 'cut alike', ...clientFormats.map(({ id }) => `to ${id}`), 'left out'],
    [...groups].map(([name, some]) => {
      const counted = some.filter(({ problems }) => problems !== undefined)
      const steps = ['read', 'cut', ...clientFormats.map(({ id }) => `-> ${id}`)]
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
const features = checked.flatMap((result) => result.line.features.map((feature) => ({ key: `${result.line.provider} | ${feature}`, result })))
const byFeature = Map.groupBy(features, ({ key }) => key)
console.log(
  markdownTable(
    ['provider', 'feature', 'whole', 'streamed'],
    [...byFeature]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, some]) => {
        const of = (streaming: boolean): string => passed(some.flatMap(({ result }) => (result.line.streaming === streaming ? [result] : [])))
        return [...name.split(' | '), of(false), of(true)]
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
console.log(
  `\n${results.length} recordings: ${checked.length - failed.length} passed, ${failed.length} failed, ${leftOut.length} left out; each answer written for ${clientFormats.length} dialects.`,
)
process.exitCode = failed.length > 0 ? 1 : 0
