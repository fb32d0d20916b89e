import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const bench = fileURLToPath(new URL('./semantic.ts', import.meta.url))
const lines = (rows: readonly object[]): string => rows.map((row) => JSON.stringify(row)).join('\n')

it('measures any folder of the columns it knows, names what it left out, and says the same twice', () => {
  using temporary = temporaryFolder()
  const folder = temporary.path
  writeFileSync(
    join(folder, 'whatever.jsonl'),
    lines([
      { a: 'What is a mutex?', b: 'what is a mutex', y: 1, more: 'ignored' },
      { a: 'Convert 5 miles to km', b: 'Convert 6 miles to km', y: 0 },
      { a: 'Is Rust faster than Go?', b: 'Is Go faster than Rust?', y: 0 },
      { a: 'How do I bake bread?', b: 'What is the best way to bake bread?', y: 1 },
    ]),
  )
  writeFileSync(
    join(folder, 'arrivals.jsonl'),
    lines([
      { q: 'What is a mutex?', c: 1 },
      { q: 'Hi, what is a mutex?', c: 1 },
      { q: 'What is bread?', c: 2 },
    ]),
  )
  writeFileSync(join(folder, 'other.jsonl'), lines([{ question: 'x' }]))
  const run = (): string => execFileSync(process.execPath, [bench, '--no-times', '--data', folder], { encoding: 'utf8' })
  const printed = run()
  expect(printed).toContain('4 pairs in 1 files, 1 streams.')
  expect(printed).toContain('other.jsonl has neither the columns a, b, y nor q, c and is left out.')
  expect(printed).toMatch(/all-minilm-l6-v2 +\| not run/)
  expect(printed).toMatch(/strict tier +\| 100\.0 % +\| 100\.0 % +\| 0\.0 %/)
  expect(printed).toContain('Guards alone stop 100.0 % of the different and keep 100.0 % of the same.')
  expect(printed).toMatch(/any +\| as set up at first .*\| 33\.3 % +\| 0\.0 % +\| 0\.0 % +\| yes/)
  expect(printed).toMatch(/whatever: 0 of \d+ pairs pass/)
  expect(run()).toBe(printed)
})
