import { beforeEach, describe, expect, it } from 'vitest'
import { Health } from '../../../../../electron/engine/routing/health.ts'
import { KeyLimits } from '../../../../../electron/engine/routing/key-limits.ts'
import { Wakefulness } from '../../../../../electron/engine/routing/wakefulness.ts'
import { Failure, type FailureFacts, type FailureKind } from '../../../../../shared/failure.ts'
import { inEnglish } from '../../../../support/in-english.ts'

let now: number
let health: Health
const awake = { disturbed: () => false }
beforeEach(() => {
  now = 1_000_000
  health = new Health(
    () => now,
    awake,
    () => 5,
  )
})

const place = { endpoint: 'openai/m', credential: 'k' }
const openai = { provider: 'openai', runsLocally: false }
const standing = (at = place): string => health.standing(at.endpoint, at.credential).is
const fail = (kind: FailureKind = 'overloaded', facts: FailureFacts = { upstreamStatus: 503 }, at = place, provider = openai): void =>
  health.failed(at, provider, new Failure(kind, 'made up', facts), now)
const failTimes = (times: number, ...rest: Parameters<typeof fail>): void => {
  for (let time = 0; time < times; time++) fail(...rest)
}
const unreachable = (code: string): [FailureKind, FailureFacts] => ['upstream-unreachable', { cause: Object.assign(new Error(code), { code }) }]

describe('a breaker', () => {
  it('opens after five failures in a row, for longer each time, and half opens by itself', () => {
    failTimes(4)
    expect(standing()).toBe('troubled')
    fail()
    expect(health.standing('openai/m', 'k')).toMatchObject({ is: 'resting', until: now + 1_000, because: 'failures' })
    now += 1_000
    expect(health.standing('openai/m', 'k')).toMatchObject({ is: 'on-trial', running: false })
    expect(health.begin(place)).toBe(true)
    fail()
    expect(health.standing('openai/m', 'k')).toMatchObject({ is: 'resting', until: now + 2_000 })
  })

  it('lets one request through at a time while half open, and another when that one was left', () => {
    failTimes(5)
    now += 1_000
    expect([health.begin(place), health.begin(place)]).toEqual([true, false])
    health.left(place)
    expect(health.begin(place)).toBe(true)
    health.answered(place, { provider: 'openai', runsLocally: false }, 20)
    expect(health.begin(place)).toBe(true)
    expect(health.begin(place)).toBe(true)
  })

  it('concerns one model and one key alone', () => {
    failTimes(5)
    expect(standing({ endpoint: 'openai/m', credential: 'other' })).toBe('well')
    expect(standing({ endpoint: 'openai/n', credential: 'k' })).toBe('well')
  })

  it.each<FailureKind>(['bad-request', 'context-too-long', 'credential-refused', 'model-missing', 'content-policy', 'cancelled'])(
    'is not opened by %s',
    (kind) => {
      failTimes(20, kind)
      expect(standing()).toBe('well')
    },
  )

  it('forgets trouble half a minute later, so that the place gets its share again', () => {
    fail()
    expect(standing()).toBe('troubled')
    now += 30_000
    expect(standing()).toBe('well')
  })
})

describe('a rest that a provider asks for', () => {
  it('lasts as long as it says, and a later, shorter one does not cut it short', () => {
    fail('rate-limited', { retryAfterSeconds: 30, upstreamStatus: 429 })
    fail('rate-limited', { retryAfterSeconds: 2, upstreamStatus: 429 })
    expect(health.standing('openai/m', 'k')).toMatchObject({ is: 'resting', until: now + 30_000, because: 'limit' })
    expect(health.begin(place)).toBe(false)
    now += 30_000
    expect(standing()).toBe('well')
  })
})

describe('a machine that is offline', () => {
  it('opens no breaker where the system itself says that there is no network', () => {
    failTimes(20, ...unreachable('ENETUNREACH'))
    expect(standing()).toBe('well')
    expect(health.offlineSince).toBe(now)
    health.answered(place, { provider: 'openai', runsLocally: false }, 20)
    expect(health.offlineSince).toBeUndefined()
  })

  it('takes back what was held against the first provider once a second cannot be reached either', () => {
    failTimes(5, ...unreachable('ENOTFOUND'))
    expect(standing()).toBe('resting')
    failTimes(1, ...unreachable('ENOTFOUND'), { endpoint: 'anthropic/n', credential: 'k2' }, { provider: 'anthropic', runsLocally: false })
    expect(standing()).toBe('well')
    expect(standing({ endpoint: 'anthropic/n', credential: 'k2' })).toBe('well')
  })

  it('is not assumed while another provider answers', () => {
    health.answered({ endpoint: 'anthropic/n', credential: 'k2' }, { provider: 'anthropic', runsLocally: false }, 20)
    failTimes(5, ...unreachable('ENOTFOUND'))
    expect(standing()).toBe('resting')
  })
})

describe('a machine that slept', () => {
  it('holds nothing against anybody that was under way, nor what fails while the network comes up', () => {
    const wakefulness = new Wakefulness(() => now)
    health = new Health(
      () => now,
      wakefulness,
      () => 5,
    )
    const startedAt = now
    now += 3_600_000
    for (let time = 0; time < 10; time++) health.failed(place, openai, new Failure('timeout', 'made up'), startedAt)
    now += 1_000
    for (let time = 0; time < 10; time++) health.failed(place, openai, new Failure(...unreachableFailure()), now)
    expect(standing()).toBe('well')
    // ticks go on, and half a minute later failures count again
    for (let tick = 0; tick < 15; tick++) {
      now += 2_000
      wakefulness.disturbed(now)
    }
    failTimes(5)
    expect(standing()).toBe('resting')
    wakefulness.stop()
  })
})
function unreachableFailure(): ['upstream-unreachable', string] {
  return ['upstream-unreachable', 'made up']
}

describe('what is kept over a restart', () => {
  it('is all that a plan asks', () => {
    fail('rate-limited', { retryAfterSeconds: 60, upstreamStatus: 429 })
    const other = { endpoint: 'openai/n', credential: undefined }
    for (let time = 0; time < 5; time++) health.failed(other, openai, new Failure('overloaded', 'made up', { upstreamStatus: 503 }), now)
    health.answered({ endpoint: 'openai/o', credential: 'k' }, { provider: 'openai', runsLocally: false }, 420)
    health.streamed('openai/o', 500, 5_000)
    const rows = health.takeChanges()
    expect(health.takeChanges()).toEqual([])
    const again = new Health(
      () => now,
      awake,
      () => 5,
    )
    again.restore(rows)
    expect(again.standing('openai/m', 'k')).toEqual(health.standing('openai/m', 'k'))
    expect(again.standing('openai/n', undefined)).toEqual(health.standing('openai/n', undefined))
    expect(again.pace('openai/o').firstEventMs(0.5)).toBe(420)
    expect(again.pace('openai/o').tokensPerSecond(0.5)).toBe(100)
  })

  it('says nothing of speed after five minutes', () => {
    health.answered(place, { provider: 'openai', runsLocally: false }, 420)
    now += 5 * 60_000 + 1
    expect(health.pace('openai/m').firstEventMs(0.5)).toBeUndefined()
  })
})

describe("the user's own limits of a key", () => {
  const limited = (limit: object): KeyLimits =>
    new KeyLimits(
      () => now,
      () => ({ k: limit }),
    )

  it('count requests and tokens in a sliding minute', () => {
    const limits = limited({ rpm: 2, tpm: 100 })
    limits.begin('k')
    now += 10_000
    limits.begin('k')
    expect(limits.reached('k')).toMatchObject({ until: now + 50_000 })
    now += 50_000
    expect(limits.reached('k')).toBeUndefined()
    limits.end('k', 150)
    expect(inEnglish(limits.reached('k'))).toMatchObject({ why: expect.stringContaining('tokens'), until: now + 60_000 })
    expect(limits.reached('other')).toBeUndefined()
  })

  it('let no more requests run at once than they say', () => {
    const limits = limited({ concurrency: 1 })
    limits.begin('k')
    expect(inEnglish(limits.reached('k'))?.why).toContain('at once')
    limits.end('k', 0)
    expect(limits.reached('k')).toBeUndefined()
  })
})
