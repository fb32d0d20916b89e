/** The Traffic screen's half of the engine, over whole requests. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '../../shared/contract.ts'
import type { UsageRecord } from '../../shared/ledger.ts'
import { type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { good } from '../support/faults.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'

let upstream: FakeUpstream
let running: TestGateway

beforeEach(async () => {
  upstream = await fakeUpstream(good)
  running = await startGateway({ upstream: upstream.url })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.message}`)
  return result.value
}
const MODEL = 'openai/gpt-5-mini'
const chat = (more: object = {}): Promise<RawAnswer> =>
  raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: 'hi' }], ...more }),
  })
/** The newest request, once `count` have ended. */
async function newest(count: number): Promise<UsageRecord> {
  const [row] = await running.rows(count)
  if (row === undefined) throw new Error('there is no request')
  return row
}
const ids = async (filter: string) => value(await running.client['traffic.list']({ filter, limit: 100 })).rows.map(({ id }) => id)

describe('a request', () => {
  it.each([false, true])('is kept with what its client was told, streamed: %s', async (stream) => {
    const answer = await chat({ stream })
    const { exchange } = value(await running.client['traffic.get']({ id: (await newest(1)).id }))
    expect(answer.status).toBe(200)
    expect(exchange?.response?.text).toBe(answer.text)
    expect(exchange?.response?.headers).toMatchObject({ 'x-switchyard-served-by': MODEL })
  })

  it('is billed bucket by bucket, at the price it was charged at', async () => {
    await chat()
    const { record, bill } = value(await running.client['traffic.get']({ id: (await newest(1)).id }))
    expect(record.cost).toBeGreaterThan(0)
    expect(bill).toMatchObject({ endpoint: MODEL, from: 'version', tier: 'usual', sum: record.cost })
    expect(bill?.lines.reduce((sum, { nanoUsd = 0 }) => sum + nanoUsd, 0)).toBeCloseTo(record.cost ?? 0, 0)
  })

  it('that failed is kept with the error its client was told', async () => {
    const answer = await chat({ model: 'openai/gpt-5-mini', messages: [] })
    expect(answer.status).toBe(400)
    const { exchange } = value(await running.client['traffic.get']({ id: (await newest(1)).id }))
    expect(exchange?.response?.text).toBe(answer.text)
  })

  it('is sent again as it came, by the workbench and not by its client', async () => {
    await chat({ temperature: 0.3 })
    const first = await newest(1)
    const { id } = value(await running.client['traffic.replay']({ id: first.id }))
    const again = (await running.rows(2)).find((row) => row.id === id)
    expect(again).toMatchObject({ source: 'playground', callerName: 'Playground', servedBy: MODEL, outcome: 'ok' })
    expect(upstream.seen).toHaveLength(2)
    expect(upstream.seen[1]?.body).toEqual(upstream.seen[0]?.body)
  })

  it('becomes a question with models that cost less', async () => {
    await chat({
      model: 'openai/gpt-5',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Why?' },
      ],
      temperature: 0.3,
    })
    const question = value(await running.client['traffic.question']({ id: (await newest(1)).id }))
    expect(question).toMatchObject({ system: 'Be brief.', prompt: 'Why?', turns: 1, temperature: 0.3, filesLeftOut: 0 })
    expect(question.models[0]).toBe('openai/gpt-5')
    expect(question.models).toHaveLength(3)
    const prices = new Map(value(await running.client['models.list']({})).map(({ id, price }) => [id, price?.microUsdPerMillion.input]))
    for (const cheaper of question.models.slice(1)) expect(prices.get(cheaper)).toBeLessThan(prices.get('openai/gpt-5') ?? 0)
  })

  it('is told to have no body where none was kept', async () => {
    value(await running.client['settings.update']({ capture: 'none' }))
    await chat()
    expect(await running.client['traffic.replay']({ id: (await newest(1)).id })).toMatchObject({ ok: false, failure: { kind: 'conflict' } })
  })
})

describe('the list', () => {
  it('is filtered, pinned, cleared with a dry run first, and brought back', async () => {
    await chat()
    await chat({ messages: [] })
    await running.rows(2)
    const [failed = ''] = await ids('is:failed')
    expect(await ids(`-is:failed model:gpt* status:2xx`)).toHaveLength(1)
    expect(value(await running.client['traffic.pin']({ id: failed, pinned: true })).pinned).toBe(true)
    expect(await ids('pinned')).toEqual([failed])
    expect(value(await running.client['traffic.remove']({ what: { filter: '' }, dryRun: true }))).toEqual({ rows: 1, pinned: 1, open: 0 })
    expect(await ids('')).toHaveLength(2)
    const { removal } = value(await running.client['traffic.remove']({ what: { filter: '' }, dryRun: false }))
    expect(await ids('')).toEqual([failed])
    expect(value(await running.client['traffic.totals']({})).requests).toBe(2)
    expect(value(await running.client['traffic.restore']({ removal: removal ?? 0 }))).toEqual({ restored: 1 })
    expect(await ids('')).toHaveLength(2)
  })

  it('says where a filter cannot be understood', async () => {
    expect(await running.client['traffic.list']({ filter: 'is:ok colour:red', limit: 100 })).toMatchObject({
      ok: false,
      failure: { kind: 'bad-input', field: 'filter', message: expect.stringContaining('characters 7 to 16') },
    })
  })

  it('has places from which a page anywhere is one step away', async () => {
    for (let count = 0; count < 12; count++) await chat()
    await running.rows(12)
    const { total, marks } = value(await running.client['traffic.marks']({ every: 10 }))
    expect([total, marks.length]).toEqual([12, 2])
    expect(value(await running.client['traffic.list']({ from: marks[1] ?? '', limit: 10 })).rows).toHaveLength(2)
    expect(value(await running.client['traffic.list']({ after: marks[1] ?? '', limit: 3 })).rows).toHaveLength(3)
  })
})
