import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Deadline } from '../../../../../electron/engine/attempt/deadline.ts'
import { Departure } from '../../../../../electron/engine/departure.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const TIMEOUTS = { connectMs: 1_000, firstEventMs: 2_000, silenceMs: 3_000, wholeMs: 60_000 }
const started = (): Deadline => new Deadline(new Departure(), TIMEOUTS, 'Somebody', Date.now(), Date.now)

it.each<[string, (deadline: Deadline) => void]>([
  [
    'ended before it had any content',
    (deadline) => {
      deadline.done()
      deadline.committed()
    },
  ],
  [
    'is committed and then read by nobody, as that of the slower of two',
    (deadline) => {
      deadline.committed()
      deadline.departure.leave()
    },
  ],
])('runs no clock for an answer that %s', (_what, end) => {
  end(started())
  vi.advanceTimersByTime(10_000)
  expect(vi.getTimerCount()).toBe(0)
})

it('tells of a silence that is counted from the last look at a piece', () => {
  const deadline = started()
  deadline.committed()
  deadline.listening()
  vi.advanceTimersByTime(2_999)
  expect(deadline.departure.isGone).toBe(false)
  vi.advanceTimersByTime(2)
  expect(deadline.departure.isGone).toBe(true)
  expect(deadline.explain(undefined)).toMatchObject({ kind: 'timeout' })
})
