import { describe, expect, it } from 'vitest'
import { asCurl } from '../../../renderer/features/traffic/curl.ts'
import { appendPage, matches, mergeRows, NO_FILTER, replaceFirstPage, tokensPerSecond } from '../../../renderer/features/traffic/rows.ts'
import { failureWords, outcomeLabel, whatHappened } from '../../../renderer/features/traffic/story.ts'
import { waterfall } from '../../../renderer/features/traffic/waterfall.ts'
import { FAILURE_KINDS } from '../../../shared/failure.ts'
import type { Exchange, UsageRecord } from '../../../shared/ledger.ts'
import { asNanoUsd } from '../../../shared/money.ts'
import { record } from '../support/records.ts'

const changed = (...records: readonly UsageRecord[]) => new Map(records.map((each) => [each.id, each]))
const ids = (rows: readonly UsageRecord[]) => rows.map((row) => row.id)

describe('live records over fetched pages', () => {
  const rows = [record('c', 30), record('b', 20), record('a', 10)]

  it('puts a new request where its time says', () => {
    expect(ids(mergeRows(rows, changed(record('d', 40), record('b2', 25)), NO_FILTER))).toEqual(['d', 'c', 'b2', 'b', 'a'])
  })

  it('changes a known request in its place', () => {
    const merged = mergeRows(rows, changed(record('b', 20, { outcome: 'timeout' })), NO_FILTER)
    expect(ids(merged)).toEqual(['c', 'b', 'a'])
    expect(merged[1]?.outcome).toBe('timeout')
  })

  it('does not reopen a request when its opening arrives late', () => {
    expect(mergeRows(rows, changed(record('b', 20, { outcome: 'open' })), NO_FILTER)).toBe(rows)
  })

  it('leaves the list itself untouched when nothing in it changed', () => {
    expect(mergeRows(rows, new Map(), NO_FILTER)).toBe(rows)
    expect(mergeRows(rows, changed(record('x', 50, { outcome: 'timeout' })), { text: '', outcome: 'ok' })).toBe(rows)
  })

  it('takes a request out that the filter no longer fits', () => {
    const open = [record('o', 40, { outcome: 'open' })]
    expect(mergeRows(open, changed(record('o', 40)), { text: '', outcome: 'open' })).toEqual([])
  })

  it('lists a request once that comes in two pages', () => {
    expect(ids(appendPage(rows, [record('a', 10), record('0', 5)]))).toEqual(['c', 'b', 'a', '0'])
  })

  it('keeps older rows behind a fresh first page only where the two meet', () => {
    expect(ids(replaceFirstPage(rows, [record('d', 40), record('c', 30)], true))).toEqual(['d', 'c', 'b', 'a'])
    expect(ids(replaceFirstPage(rows, [record('z', 90), record('y', 80)], true))).toEqual(['z', 'y'])
    expect(ids(replaceFirstPage(rows, [record('c', 30)], false))).toEqual(['c'])
  })
})

describe('the filter', () => {
  const failed = record('f', 1, { outcome: 'rate-limited', servedBy: undefined, requested: 'smart', callerName: 'Aider' })
  it.each([
    ['SMART', true],
    ['aider', true],
    ['rate-', true],
    ['  ', true],
    ['gemini', false],
  ])('looks at model, client and outcome for “%s”', (text, fits) => {
    expect(matches(failed, { text, outcome: 'all' })).toBe(fits)
  })

  it('counts neither open nor good requests as failed', () => {
    const outcomes = (['open', 'ok', 'timeout', 'cancelled'] as const).map((outcome) => matches(record('x', 1, { outcome }), { text: '', outcome: 'failed' }))
    expect(outcomes).toEqual([false, false, true, true])
  })
})

describe('speed', () => {
  it('counts output and reasoning from the first content on', () => {
    expect(tokensPerSecond(record('a', 0, { tokens: { output: 30, reasoning: 20 } }))).toBe(50)
  })

  it('is unknown without tokens, and for an answer that came in one piece', () => {
    expect(tokensPerSecond(record('a', 0))).toBeUndefined()
    expect(tokensPerSecond(record('a', 0, { tokens: { output: 30 }, firstEventMs: 1200 }))).toBeUndefined()
  })
})

describe('what happened', () => {
  const at = 1_000
  const tried = { credential: 'k', startedAt: at }
  const limited = { ...tried, endpoint: 'openai/x', phase: 'failed', kind: 'rate-limited', message: '429', upstreamStatus: 429, afterMs: 300 } as const
  const done = { ...tried, endpoint: 'anthropic/y', startedAt: at + 320, phase: 'done', firstEventMs: 200, totalMs: 900, finish: 'stop' } as const

  it('names the detour of a request that was failed over', () => {
    expect(whatHappened(record('a', at, { requested: 'smart', servedBy: 'anthropic/y', totalMs: 1220, attempts: [limited, done] }))).toBe(
      'Cursor asked for smart. At openai/x the provider limits the rate; anthropic/y answered in 1.22 s.',
    )
  })

  it('tells of an answer that was set aside for a better one', () => {
    const poor = { ...done, endpoint: 'openai/x', setAside: { why: 'not good enough: it is empty', cost: undefined, tokens: {} } }
    expect(whatHappened(record('a', at, { requested: 'smart', servedBy: 'anthropic/y', totalMs: 1220, attempts: [poor, done] }))).toBe(
      'Cursor asked for smart. The answer of openai/x was set aside, not good enough: it is empty; anthropic/y answered in 1.22 s.',
    )
  })

  it('says when the length limit cut the answer', () => {
    expect(whatHappened(record('a', at, { finish: 'length' }))).toContain('stopped at its length limit')
  })

  it('tells leaving before the answer from leaving within it', () => {
    const left = { outcome: 'cancelled', totalMs: 800 } as const
    expect(whatHappened(record('a', at, { ...left, firstEventMs: undefined }))).toContain('left after 800 ms, before the answer began')
    expect(whatHappened(record('a', at, left))).toContain('in the middle of the answer')
  })

  it('does not claim a model for a request that nobody could read', () => {
    expect(whatHappened(record('a', at, { requested: '', callerName: undefined, outcome: 'invalid-json' }))).toBe(
      'Someone without a known key asked for a model that could not be read. It failed: the body was not valid JSON.',
    )
  })

  it('has words for every failure', () => {
    for (const kind of FAILURE_KINDS) expect(failureWords(kind)).not.toBe('')
  })

  it('tells waiting from streaming while a request is open', () => {
    expect(outcomeLabel(record('a', at, { outcome: 'open', firstEventMs: undefined }))).toBe('waiting')
    expect(outcomeLabel(record('a', at, { outcome: 'open' }))).toBe('streaming')
  })

  it('lays attempts on one axis', () => {
    const { bars, totalMs } = waterfall(record('a', at, { totalMs: 1220, attempts: [limited, done] }), 0)
    expect(totalMs).toBe(1220)
    expect(bars.map(({ startMs, waitedMs, streamedMs }) => [startMs, waitedMs, streamedMs])).toEqual([
      [0, 300, 0],
      [320, 200, 700],
    ])
    expect(bars.every((bar) => bar.start + bar.waited + bar.streamed <= 1.000001)).toBe(true)
    expect(bars[0]?.label).toBe('429, the provider limits the rate, after 300 ms')
  })

  it('tells the loser of a hedge from a client that left, and what it may have cost', () => {
    const lost = { ...tried, endpoint: 'openai/x', phase: 'left', afterMs: 400, estimatedCost: asNanoUsd(2_000_000) } as const
    const won = { ...tried, endpoint: 'google/y', phase: 'done', hedge: true, firstEventMs: 100, totalMs: 200, finish: 'stop' } as const
    const { bars } = waterfall(record('a', at, { outcome: 'ok', cost: asNanoUsd(30_000_000), attempts: [lost, won] }), 0)
    expect(bars.map(({ label }) => label)).toEqual([
      'cancelled, another was faster, after 400 ms, may have cost $0.002000',
      'first content 100 ms, then 100 ms, begun while another was silent, $0.0300',
    ])
    const gone = record('a', at, { outcome: 'cancelled', attempts: [{ ...tried, endpoint: 'openai/x', phase: 'left', afterMs: 400 }] })
    expect(waterfall(gone, 0).bars[0]?.label).toBe('the client left after 400 ms')
  })

  it('lets the bar of a running attempt grow with the clock', () => {
    const waiting = { ...tried, endpoint: 'openai/x', phase: 'waiting' } as const
    const running = record('a', at, { outcome: 'open', totalMs: undefined, attempts: [limited, { ...waiting, startedAt: at + 320 }] })
    expect(waterfall(running, at + 1_320).bars[1]?.waitedMs).toBe(1000)
    expect(waterfall(running, at + 2_320).totalMs).toBe(2320)
  })
})

describe('copy as curl', () => {
  const exchange: Exchange = {
    id: 'a',
    requestHeaders: { 'Content-Type': 'application/json', authorization: 'Bearer [hidden]', 'anthropic-version': '2023-06-01', 'x-stainless-os': 'Linux' },
    requestBody: '{\n  "model": "smart"\n}',
    sentBody: undefined,
    sentTo: undefined,
    plan: undefined,
    answer: undefined,
    dropped: [],
    truncated: [],
  }

  it('uses the address, path and key header of the client’s own format', () => {
    const text = asCurl(record('a', 0, { dialect: 'anthropic-messages' }), exchange, 'http://127.0.0.1:4747')
    expect(text).toContain("curl 'http://127.0.0.1:4747/v1/messages'")
    expect(text).toContain('-H "x-api-key: $SWITCHYARD_KEY"')
    expect(text).toContain("-H 'anthropic-version: 2023-06-01'")
    expect(text).toContain(`--data-raw '{"model":"smart"}'`)
  })

  it('takes along neither credentials nor what curl sets itself', () => {
    const text = asCurl(record('a', 0), exchange, 'http://127.0.0.1:4747')
    expect(text).not.toMatch(/hidden|stainless|content-type.*content-type/is)
  })

  it('asks Gemini for a stream by its own path', () => {
    expect(asCurl(record('a', 0, { dialect: 'gemini', requested: 'google/g' }), exchange, 'http://h')).toContain(
      "'http://h/v1beta/models/google/g:streamGenerateContent?alt=sse'",
    )
  })
})
