/** The playground's routes through the real gateway, its database and its pipeline. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MatrixSpec } from '../../shared/api/matrix.ts'
import type { Result } from '../../shared/contract.ts'
import { type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'

let upstream: FakeUpstream
let running: TestGateway

beforeEach(async () => {
  upstream = await fakeUpstream()
  running = await startGateway({ upstream: upstream.url, keepData: true })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

function answered<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}

const spec: MatrixSpec = {
  name: 'Capitals',
  prompts: [{ system: '', text: 'Capital of {{country}}?' }],
  models: ['demo/swift'],
  rows: ['Portugal', 'Peru', 'Kenya', 'Japan', 'Chile', 'Norway'].map((country) => ({ country })),
  // the simulated models take their time, as real ones would
  parameters: { maxOutputTokens: 4 },
  checks: [{ kind: 'contains', text: 'e', ignoreCase: true }],
  concurrency: 1,
}
const progressOf = async (id: string) => answered(await running.client['matrix.get']({ id, after: 0 })).progress

it('closes the row of a pane that is left just when its answer begins', async () => {
  const opening = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content: 'Once' }, finish_reason: null }] }
  upstream.answer((_seen, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${JSON.stringify(opening)}\n\n`))
  const body = JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', text: 'x' }] })
  const headers = { 'content-type': 'application/json' }
  const response = await running.gateway.handleApp(new Request('app://switchyard/api/playground.run', { method: 'POST', headers, body }))
  const pane = response.body?.getReader()
  await pane?.read()
  // that it is being answered is ready to be read, and nobody reads it
  await vi.waitFor(() => expect(upstream.seen).toHaveLength(1))
  await new Promise((resolve) => setTimeout(resolve, 150))
  await pane?.cancel()
  expect(await running.rows(1)).toMatchObject([{ outcome: 'cancelled', attempts: [{ phase: 'left' }] }])
  await vi.waitFor(() => expect(upstream.left).toBe(1))
})

describe('a matrix in the engine', () => {
  it('goes on after the engine was ended in the middle of it, and asks nothing twice', async () => {
    const { id } = answered(await running.client['matrix.start']({ spec }))
    await vi.waitFor(async () => expect((await progressOf(id)).done).toBeGreaterThan(0), 20_000)
    const { dataDir } = running
    await running.close()
    running = await startGateway({ upstream: upstream.url, dataDir })
    const found = await progressOf(id)
    expect(found).toMatchObject({ state: 'paused', total: 6 })
    expect(found.done).toBeLessThan(6)
    answered(await running.client['matrix.resume']({ id }))
    await vi.waitFor(async () => expect((await progressOf(id)).state).toBe('done'), 30_000)
    const { cells } = answered(await running.client['matrix.get']({ id, after: 0 }))
    expect(new Set(cells.map(({ place }) => place)).size).toBe(6)
    expect(cells.every(({ checks }) => checks.length === 1)).toBe(true)
  }, 90_000)
})

describe('a vote', () => {
  it('is evidence for automatic routing, until it is taken back', async () => {
    const vote = { tag: 'Facts', models: ['demo/swift', 'demo/steady'], verdict: { is: 'won', index: 1 } as const, prompt: 'Capital of Peru?', blind: true }
    const { id, tag } = answered(await running.client['votes.add'](vote))
    expect(tag).toBe('facts')
    const learned = answered(await running.client['auto.evidence']({ limit: 10 }))
    expect(
      learned
        .map(({ signal, model, quality, prompt }) => [signal, model, quality, prompt])
        .toSorted(([, one], [, other]) => String(one).localeCompare(String(other))),
    ).toEqual([
      ['vote', 'demo/steady', 1, 'Capital of Peru?'],
      ['vote', 'demo/swift', 0.25, 'Capital of Peru?'],
    ])
    expect(answered(await running.client['votes.ratings']({})).ratings[0]).toMatchObject({ model: 'demo/steady', wins: 1 })
    answered(await running.client['votes.remove']({ id }))
    expect(answered(await running.client['auto.evidence']({ limit: 10 }))).toEqual([])
    expect(answered(await running.client['votes.list']({ limit: 10 }))).toEqual([])
  })

  it('keeps no words where the settings say that contents are not kept', async () => {
    answered(await running.client['settings.update']({ capture: 'none' }))
    const vote = { tag: 'facts', models: ['demo/swift', 'demo/steady'], verdict: { is: 'tie' } as const, prompt: 'A secret', blind: false }
    const kept = answered(await running.client['votes.add'](vote))
    expect(kept.prompt).toBeUndefined()
    expect(kept.promptHash).toMatch(/^[0-9a-f]{64}$/)
    expect(answered(await running.client['auto.evidence']({ limit: 10 }))).toEqual([])
    const comparison = { id: 'c1', prompt: 'A secret', files: [], answers: [{ model: 'demo/swift', system: '', text: 'Yes', outcome: 'ok' }] }
    expect(answered(await running.client['history.put']({ comparison }))).toBe(false)
    expect(answered(await running.client['history.list']({ limit: 10 })).rows).toEqual([])
  })
})

describe('the library', () => {
  it('is imported whole or not at all, and says which entry is at fault', async () => {
    const entries = [
      { kind: 'prompt' as const, name: 'Review', text: 'Look at {{code}}' },
      { kind: 'preset' as const, name: 'Exact', system: '', parameters: { temperature: 9 } },
    ]
    const refused = await running.client['library.import']({ version: 1, entries })
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'bad-input', field: 'entries.1.parameters.temperature' } })
    expect(answered(await running.client['library.list']({}))).toEqual([])
  })
})
