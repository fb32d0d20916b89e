/** A short run of `npm run report:chaos` at every run of the tests. */
import { expect, it } from 'vitest'
import { ATTEMPTS, runChaos } from './chaos-run.ts'

it('lets no client see a failure while one of three providers is well', async () => {
  const requests = 600
  const { calls, mostAttempts, ...rest } = await runChaos({ requests, phase: 100, atOnce: 8, seed: 7 })
  expect(rest).toEqual({ failed: 0, firstFailure: undefined, overBudget: 0, open: 0 })
  expect(mostAttempts).toBeLessThanOrEqual(ATTEMPTS)
  // rates change five times as often as in the report, and each change has to be learned
  expect(calls).toBeLessThanOrEqual(requests * 1.5)
})
