import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ReusedTimer } from '../../../../../electron/engine/attempt/reused-timer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('fires once, after its whole time, also when it is taken up again', () => {
  const fired: string[] = []
  const first = ReusedTimer.start(1_000, () => fired.push('first'))
  vi.advanceTimersByTime(900)
  first.stop()
  const second = ReusedTimer.start(1_000, () => fired.push('second'))
  expect(second).toBe(first)
  vi.advanceTimersByTime(999)
  expect(fired).toEqual([])
  vi.advanceTimersByTime(5_000)
  expect(fired).toEqual(['second'])
})

it('is good for another use after it fired or lay idle past its time', () => {
  const fired: string[] = []
  const first = ReusedTimer.start(50, () => fired.push('first'))
  vi.advanceTimersByTime(50)
  first.stop()
  vi.advanceTimersByTime(1_000)
  ReusedTimer.start(50, () => fired.push('second'))
  vi.advanceTimersByTime(50)
  expect(fired).toEqual(['first', 'second'])
})

it('keeps times apart', () => {
  const fired: string[] = []
  ReusedTimer.start(10, () => fired.push('short')).stop()
  ReusedTimer.start(70, () => fired.push('long'))
  vi.advanceTimersByTime(60)
  expect(fired).toEqual([])
  vi.advanceTimersByTime(10)
  expect(fired).toEqual(['long'])
})
