import { describe, expect, it } from 'vitest'
import { asSdkCall } from '../../../renderer/features/traffic/code.ts'
import { asCurl } from '../../../renderer/features/traffic/curl.ts'
import { blocksOf, mergeRows, TrafficRows, withBlock } from '../../../renderer/features/traffic/rows.ts'
import { failureWords, outcomeLabel, whatHappened } from '../../../renderer/features/traffic/story.ts'
import { waterfall } from '../../../renderer/features/traffic/waterfall.ts'
import { FAILURE_KINDS } from '../../../shared/failure.ts'
import type { Exchange, UsageRecord } from '../../../shared/ledger.ts'
import { asNanoUsd } from '../../../shared/money.ts'
import { tokensPerSecond } from '../../../shared/traffic/match-filter.ts'
import { parseFilter } from '../../../shared/traffic/parse-filter.ts'
import { record } from '../support/records.ts'

const changed = (...records: readonly UsageRecord[]) => new Map(records.map((each) => [each.id, each]))
const ids = (rows: TrafficRows) => Array.from({ length: rows.length }, (_, index) => rows.at(index)?.id)
const filterOf = (text: string) => parseFilter(text).terms
const NOW = 1_000

describe('live records over fetched blocks', () => {
  const page = [record('c', 30), record('b', 20, { pinned: true }), record('a', 10)]
  const rows = new TrafficRows({ head: [], marks: ['m'], total: 3, blocks: new Map([[0, page]]), top: page[0] })
  const merged = (filter: string, ...records: readonly UsageRecord[]) => mergeRows(rows, changed(...records), filterOf(filter), NOW)

  it('puts new requests above, by their time', () => {
    expect(ids(merged('', record('d', 40), record('e', 50)).rows)).toEqual(['e', 'd', 'c', 'b', 'a'])
  })

  it('asks again when one turns up between those that are here', () => {
    expect(merged('', record('b2', 25))).toEqual({ rows, isUnsure: true })
    expect(merged('', record('older', 5)).isUnsure).toBe(false)
  })

  it('changes a known request in its place, and leaves it pinned', () => {
    const { rows: next } = merged('', record('b', 20, { outcome: 'timeout' }))
    expect(ids(next)).toEqual(['c', 'b', 'a'])
    expect(next.at(1)).toMatchObject({ outcome: 'timeout', pinned: true })
    expect(merged('', record('b', 20, { pinned: false })).rows.at(1)?.pinned).toBe(false)
  })

  it('does not reopen a request when its opening arrives late', () => {
    expect(merged('', record('b', 20, { outcome: 'open' })).rows).toBe(rows)
  })

  it('leaves the list itself untouched when nothing in it changed', () => {
    expect(mergeRows(rows, new Map(), [], NOW).rows).toBe(rows)
    expect(merged('is:ok', record('x', 50, { outcome: 'timeout' })).rows).toBe(rows)
  })

  it('takes a new request out that the filter no longer fits, and asks again for one further down', () => {
    const open = rows.with({ head: [record('o', 40, { outcome: 'open' })] })
    expect(ids(mergeRows(open, changed(record('o', 40)), filterOf('is:open'), NOW).rows)).toEqual(['c', 'b', 'a'])
    expect(merged('is:ok', record('b', 20, { outcome: 'timeout' })).isUnsure).toBe(true)
  })

  it('keeps the blocks nearest to the screen, and the one with the current row', () => {
    const many = new TrafficRows({ head: [], marks: Array(20).fill('m'), total: 2000, blocks: new Map(), top: undefined })
    let held = many
    for (let block = 0; block < 20; block++) held = withBlock(held, block, [record(`r${block}`, 100 - block)], 4, 'r2')
    expect([...held.blocks.keys()].sort((one, other) => one - other)).toEqual([2, 17, 18, 19])
    expect(held.at(1900)?.id).toBe('r19')
    expect(held.at(500)).toBeUndefined()
  })

  it('knows which blocks a stretch of the list lies in', () => {
    const many = new TrafficRows({ head: [record('h', 1)], marks: Array(5).fill('m'), total: 450, blocks: new Map(), top: undefined })
    expect(blocksOf(many, 0, 30)).toEqual([0])
    expect(blocksOf(many, 100, 101)).toEqual([0, 1])
    expect(blocksOf(many, 420, 9_999)).toEqual([4])
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

describe('copy as a call of an SDK', () => {
  const exchange: Exchange = {
    id: 'a',
    requestHeaders: {},
    requestBody: JSON.stringify({ model: 'smart', stream: true, n: null, tools: [], messages: [{ role: 'user', content: 'It’s “so”' }] }),
    sentBody: undefined,
    sentTo: undefined,
    plan: undefined,
    answer: undefined,
    dropped: [],
    truncated: [],
  }

  it('speaks the client’s own format, in TypeScript', () => {
    const code = asSdkCall('typescript', record('a', 0, { dialect: 'anthropic-messages' }), exchange, 'http://127.0.0.1:4747')
    expect(code).toContain("import Anthropic from '@anthropic-ai/sdk'")
    expect(code).toContain('baseURL: "http://127.0.0.1:4747", apiKey: process.env.SWITCHYARD_KEY')
    expect(code).toContain('client.messages.create({')
  })

  it('writes Python’s own words for null and true', () => {
    const code = asSdkCall('python', record('a', 0), exchange, 'http://127.0.0.1:4747')
    expect(code).toContain('base_url="http://127.0.0.1:4747/v1"')
    expect(code).toContain('    "stream": True,\n    "n": None,\n    "tools": [],\n')
    expect(code).toContain('answer = client.chat.completions.create(**body)')
  })

  it('says nothing where there is no such SDK or no whole body', () => {
    expect(asSdkCall('python', record('a', 0, { dialect: 'ollama-chat' }), exchange, '')).toBeUndefined()
    expect(asSdkCall('python', record('a', 0), { ...exchange, truncated: ['requestBody'] }, '')).toBeUndefined()
  })
})
