/**
 * `npm run report:failures`: every fault in every dialect, streamed and whole, with one key, two keys and two providers. A figure is the number of calls
 * it took; a cell that is wrong is named with what is wrong, and makes the exit code 1. `--fault WORD` picks faults by their name.
 */
import { FAULTS } from '../support/faults.ts'
import { cellsOf, DIALECTS, LAYOUTS, type Result, runCells } from './failure-matrix.ts'
import { markdownTable } from './markdown.ts'

const place = process.argv.indexOf('--fault')
const wanted = place < 0 ? undefined : process.argv[place + 1]
const results: Result[] = []
for (const fault of FAULTS) if (wanted === undefined || fault.what.includes(wanted)) results.push(...(await runCells(cellsOf(fault))))

const figures = (of: readonly Result[]): string =>
  of.length === 0 ? '–' : of.map(({ calls, problems }) => (problems.length === 0 ? calls : `**${calls}!**`)).join(' / ')
const rows = [...new Set(results.map(({ cell }) => `${cell.fault.what}\n${cell.mode}`))].map((row) => {
  const [what = '', mode = ''] = row.split('\n')
  const ofRow = results.filter(({ cell }) => cell.fault.what === what && cell.mode === mode)
  return [
    what,
    mode,
    ...DIALECTS.map((dialect) => figures(LAYOUTS.flatMap((layout) => ofRow.filter(({ cell }) => cell.dialect === dialect && cell.layout === layout)))),
  ]
})
console.info(`Calls with ${LAYOUTS.join(' / ')}.\n`)
console.info(markdownTable(['fault', 'answer', ...DIALECTS], rows))
const wrong = results.filter(({ problems }) => problems.length > 0)
if (wrong.length > 0) console.info('\n## Wrong\n')
for (const { cell, problems } of wrong) console.info(`- ${cell.fault.what}, ${cell.dialect}, ${cell.mode}, ${cell.layout}: ${problems.join('; ')}`)
console.info(
  `\n${results.length} cells of ${new Set(results.map(({ cell }) => cell.fault.what)).size} faults: ${results.length - wrong.length} right, ${wrong.length} wrong.`,
)
process.exit(wrong.length === 0 ? 0 : 1)
