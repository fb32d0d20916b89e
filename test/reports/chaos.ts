/** `npm run report:chaos`: 10,000 requests over three providers that fail at random, see chaos-run.ts. `--requests N`, `--seed N`. */
import { ATTEMPTS, runChaos } from './chaos-run.ts'

const given = (name: string, otherwise: number): number => {
  const place = process.argv.indexOf(`--${name}`)
  return place < 0 ? otherwise : Number(process.argv[place + 1])
}
/** Calls for each request: one where the router knew best. */
const MOST_CALLS = 1.3

const requests = given('requests', 10_000)
const { calls, failed, overBudget, open, mostAttempts, firstFailure } = await runChaos({ requests, phase: 500, atOnce: 16, seed: given('seed', 1) })
console.info(`${requests} requests over three failing providers, one of them well at any time:`)
console.info(`- ${failed} failures seen by clients${firstFailure === undefined ? '' : `, the first: ${firstFailure}`}`)
console.info(`- ${overBudget} requests above their budget of ${ATTEMPTS} attempts; the most was ${mostAttempts}`)
console.info(`- ${open} ledger rows left open`)
console.info(`- ${calls} calls, ${(calls / requests).toFixed(3)} for each request (at most ${MOST_CALLS})`)
process.exit(failed === 0 && overBudget === 0 && open === 0 && calls <= requests * MOST_CALLS ? 0 : 1)
