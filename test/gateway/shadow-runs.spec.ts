/** Shadow runs and splits with their results, over whole requests. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { UsageRecord } from '../../shared/ledger.ts'
import type { SettingsInput } from '../../shared/settings.ts'
import { type Answering, answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { GOOD_TEXT, good } from '../support/faults.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'

let upstream: FakeUpstream
let running: TestGateway
let closed = false
const answers = new Map<string, Answering>()
const hostOf = (url: string): string => url.split('/')[1] ?? ''

beforeEach(async () => {
  answers.clear()
  closed = false
  upstream = await fakeUpstream((seen, response) => ((seen.method === 'POST' ? answers.get(hostOf(seen.url)) : undefined) ?? good)(seen, response))
})
afterEach(async () => {
  if (!closed) await running.close()
  await upstream.close()
})

async function start(own: object, budgets: SettingsInput['budgets'] = {}): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'switchyard-test-'))
  writeFileSync(join(dataDir, 'routing.json'), JSON.stringify({ version: 1, ...own }))
  const customProviders = ['left', 'right'].map((id) => ({ id, name: id, baseUrl: `${upstream.url}/${id}`, needsKey: false }))
  running = await startGateway({ dataDir, upstream: upstream.url, settings: { customProviders, budgets, attempts: { backoffMs: 5, waitMs: 50 } } })
}
const shadow = (more: object = {}) => ({ shadows: [{ name: 'trial', to: 'right/m', share: 1, mostUsdPerDay: 1, ...more }] })

const messages = [{ role: 'user', content: 'hi' }]
const ask = (path: string, body: object, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  raw(`${running.address}${path}`, { headers: { authorization: `Bearer ${TEST_KEYS.client}`, ...headers }, body: JSON.stringify(body) })
const WAYS = [true, false].flatMap((stream): readonly (readonly [string, string, object])[] => [
  [`chat completions, stream ${stream}`, '/v1/chat/completions', { model: 'left/m', messages, stream }],
  [`messages, stream ${stream}`, '/v1/messages', { model: 'left/m', messages, stream, max_tokens: 64 }],
  [`responses, stream ${stream}`, '/v1/responses', { model: 'left/m', input: 'hi', stream }],
])
const called = (): readonly string[] => upstream.seen.flatMap(({ method, url }) => (method === 'POST' ? [hostOf(url)] : []))
const bySource = (rows: readonly UsageRecord[], source: string): readonly UsageRecord[] => rows.filter((row) => row.source === source)
const results = async () => {
  const result = await running.client['routing.results']({ days: 1 })
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}

describe('a shadow run', () => {
  it.each(WAYS)('by %s asks another model beside the request, with a row of its own that is tied to it', async (_way, path, body) => {
    await start(shadow())
    const answer = await ask(path, body)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.text).toContain(GOOD_TEXT)
    expect(answer.headers['x-switchyard-served-by']).toBe('left/m')
    const rows = await running.rows(2)
    const [copy] = bySource(rows, 'shadow')
    const [original] = bySource(rows, 'proxy')
    expect(copy).toMatchObject({ requested: 'right/m', servedBy: 'right/m', outcome: 'ok', callerName: original?.callerName })
    expect(original).toMatchObject({ servedBy: 'left/m', attempts: [{ endpoint: 'left/m' }] })
    const { pairs, shadows } = await results()
    expect(pairs).toMatchObject([{ name: 'trial', shadow: copy?.id, original: original?.id }])
    expect(shadows).toMatchObject([
      { name: 'trial', arm: 'shadow', requests: 1, failed: 0 },
      { name: 'trial', arm: 'original', requests: 1, failed: 0 },
    ])
  })

  it('never delays its client, and neither its failure nor its slowness shows', async () => {
    await start(shadow())
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    answers.set('right', async (seen, response) => {
      await held
      return answerJson({ error: { message: 'broken' } }, 400)(seen, response)
    })
    // answered while the shadow still waits
    expect((await ask('/v1/chat/completions', { model: 'left/m', messages })).status).toBe(200)
    await expect.poll(called).toContain('right')
    release()
    const rows = await running.rows(2)
    expect(bySource(rows, 'proxy')[0]?.outcome).toBe('ok')
    expect(bySource(rows, 'shadow')[0]?.outcome).toBe('bad-request')
  })

  it('is cancelled upstream at shutdown and leaves no row open', async () => {
    await start(shadow())
    answers.set('right', () => undefined)
    await ask('/v1/chat/completions', { model: 'left/m', messages })
    await expect.poll(called).toContain('right')
    closed = true
    await running.close()
    await expect.poll(() => upstream.closed('/right')).toBe(true)
  })

  it('is held by the budgets of its client, and leaves no row where they do not bear it', async () => {
    // fifty tokens of gpt-5 may cost half a thousandth of a dollar, those of gpt-5-mini a tenth of one
    await start(
      {
        shadows: [
          { name: 'dear', to: 'openai/gpt-5', share: 1, mostUsdPerDay: 1 },
          { name: 'fair', to: 'openai/gpt-5-mini', share: 1, mostUsdPerDay: 1 },
        ],
      },
      { overall: { day: 0.0003 }, unpriced: 'let-through' },
    )
    expect((await ask('/v1/chat/completions', { model: 'left/m', messages, max_tokens: 50 })).status).toBe(200)
    const rows = await running.rows(2)
    expect(bySource(rows, 'shadow').map(({ requested }) => requested)).toEqual(['openai/gpt-5-mini'])
    await expect.poll(async () => (await running.client['budgets.list']({})) as unknown).toMatchObject({ value: [{ reserved: 0 }] })
  })

  it('ends for the day at its limit, and takes nothing without a price', async () => {
    await start({
      shadows: [
        { name: 'dear', to: 'openai/gpt-5', share: 1, mostUsdPerDay: 0.000001 },
        { name: 'unknown', to: 'openai/of-no-known-price', share: 1, mostUsdPerDay: 100 },
        { name: 'fair', to: 'openai/gpt-5-mini', share: 1, mostUsdPerDay: 1 },
      ],
    })
    await ask('/v1/chat/completions', { model: 'left/m', messages, max_tokens: 50 })
    const rows = await running.rows(2)
    expect(bySource(rows, 'shadow').map(({ requested }) => requested)).toEqual(['openai/gpt-5-mini'])
    expect(called().filter((host) => host === 'v1')).toHaveLength(1)
  })

  it('is only for those that it is meant for', async () => {
    await start(shadow({ when: { tags: { team: 'search' } } }))
    await ask('/v1/chat/completions', { model: 'left/m', messages })
    await ask('/v1/chat/completions', { model: 'left/m', messages }, { 'x-switchyard-tags': 'team=search' })
    await running.rows(3)
    expect(called().filter((host) => host === 'right')).toHaveLength(1)
  })
})

describe('the results of a split', () => {
  it('count requests and failures by arm', async () => {
    const arms = [
      { name: 'a', model: 'left/m' },
      { name: 'b', model: 'right/m' },
    ]
    await start({ splits: [{ name: 'trial', models: ['smart'], arms }] })
    answers.set('right', answerJson({ error: { message: 'no' } }, 400))
    const statuses = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => (await ask('/v1/chat/completions', { model: 'smart', messages, session_id: `s${index}` })).status),
    )
    await running.rows(12)
    const good = statuses.filter((status) => status === 200).length
    expect((await results()).splits).toMatchObject([
      { name: 'trial', arm: 'a', requests: good, failed: 0 },
      { name: 'trial', arm: 'b', requests: 12 - good, failed: 12 - good },
    ])
  })
})
