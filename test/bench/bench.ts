/**
 * `npm run bench`: our engine beside the bare pass-through `floor-http`, interleaved in one run, full path on. Figures that matter are the
 * x_ columns: ratios to the floor of the same run. Further arguments go to compare.mjs, for example `npm run bench -- --scenarios small --rounds 3`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

if (process.argv.includes('--help')) {
  console.info('npm run bench [-- --scenarios small,load,stream,hold1000,startup --rounds N --quiet SECONDS]')
  process.exit(0)
}
const root = fileURLToPath(new URL('../../', import.meta.url))
const compare = fileURLToPath(new URL('../../../shared/bench/compare.mjs', import.meta.url))
if (!existsSync(compare)) {
  console.error('The load generator is not here (../shared/bench). Nothing was measured.')
  process.exit(1)
}
const build = spawnSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: 'inherit' })
if (build.status !== 0) process.exit(build.status ?? 1)
const own = process.argv.slice(2)
const given = (name: string): boolean => own.includes(`--${name}`)
const run = spawnSync(
  process.execPath,
  [
    compare,
    '--extra',
    fileURLToPath(new URL('./targets.mjs', import.meta.url)),
    ...(given('targets') ? [] : ['--targets', 'floor-http,switchyard']),
    ...(given('scenarios') ? [] : ['--scenarios', 'small,load,stream,hold1000,startup']),
    ...own,
  ],
  { stdio: 'inherit' },
)
process.exit(run.status ?? 1)
