import { describe, expect, it } from 'vitest'
import type { UpstreamResponse } from '../../../../../electron/engine/attempt/send.ts'
import { checkClock } from '../../../../../electron/engine/doctor/outside.ts'

const NOW = Date.UTC(2026, 10, 25, 12)

describe('the clock', () => {
  const answering = (date: string | undefined) => async (): Promise<UpstreamResponse> => ({ status: 401, headers: { date }, body: (async function* () {})() })
  const at = (offsetMs: number): string => new Date(NOW + offsetMs).toUTCString()
  it.each([
    [0, 'ok'],
    [59_000, 'ok'],
    [120_000, 'warn'],
    [-120_000, 'warn'],
  ])('of a server %i ms off is %s', async (offset, is) => {
    expect(await checkClock('https://api.example/v1', answering(at(offset)), () => NOW)).toMatchObject({ is, by: 'api.example', aheadMs: -offset - 500 })
  })
  it('is not known where nobody tells', async () => {
    expect(await checkClock(undefined, answering(undefined), () => NOW)).toEqual({ of: 'clock', is: 'unknown', by: undefined })
    expect(await checkClock('https://api.example', answering(undefined), () => NOW)).toMatchObject({ is: 'unknown' })
    const offline = () => Promise.reject(new Error('offline'))
    expect(await checkClock('https://api.example', offline, () => NOW)).toMatchObject({ is: 'unknown', by: 'api.example' })
  })
})
