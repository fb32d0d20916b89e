import { beforeEach, describe, expect, it, vi } from 'vitest'
import { MatrixRunner, type MatrixStages } from '../../../../../electron/engine/matrix/runner.ts'
import type { PlaygroundStorage } from '../../../../../electron/engine/storage/playground-storage.ts'
import type { MatrixSpec } from '../../../../../shared/api/matrix.ts'
import type { RunEvent, RunSummary } from '../../../../../shared/api/playground.ts'
import type { JsonObject } from '../../../../../shared/chat.ts'
import { asNanoUsd } from '../../../../../shared/money.ts'
import { storageInMemory } from '../../../../support/fake-playground.ts'

const summary: RunSummary = {
  outcome: 'ok',
  message: undefined,
  retryAfterSeconds: undefined,
  finish: 'stop',
  firstEventMs: 5,
  totalMs: 10,
  tokens: { input: 3, output: 2 },
  cost: asNanoUsd(100),
}

let storage: PlaygroundStorage
let asked: JsonObject[]
let answer: (body: JsonObject, signal: AbortSignal) => Promise<Partial<RunSummary> & { text?: string }>
let stages: MatrixStages

async function* converse(body: JsonObject, signal: AbortSignal): AsyncGenerator<RunEvent> {
  asked.push(body)
  const { text = 'fine', ...rest } = await answer(body, signal)
  yield { type: 'text', text }
  yield { type: 'ended', summary: { ...summary, ...rest } }
}

beforeEach(() => {
  storage = storageInMemory()
  asked = []
  answer = async () => ({})
  let ids = 0
  stages = {
    storage,
    converse,
    costOf: () => asNanoUsd(100),
    forecastOf: async ({ model }) => ({ cost: asNanoUsd(90), estimated: model === 'demo/steady' }),
    now: () => 0,
    newId: () => `run-${++ids}`,
    onChange: () => undefined,
    onError: (error) => expect.fail(String(error)),
  }
})

const spec = (changes: Partial<MatrixSpec> = {}): MatrixSpec => ({
  name: 'Cities',
  prompts: [
    { system: 'Be {{tone}}.', text: 'Where is {{city}}?' },
    { system: '', text: 'Who lives in {{city}}?' },
  ],
  models: ['demo/swift', 'demo/steady'],
  rows: [
    { city: 'Lisbon', tone: 'brief' },
    { city: 'Lima', tone: 'kind' },
  ],
  parameters: {},
  checks: [],
  concurrency: 2,
  ...changes,
})
const stateOf = async (runner: MatrixRunner, id: string) => (await runner.get(id, 0)).progress.state
const reaches = (runner: MatrixRunner, id: string, state: string) => vi.waitFor(async () => expect(await stateOf(runner, id)).toBe(state))

describe('a matrix run', () => {
  it('asks each prompt with each row of each model, once', async () => {
    const runner = new MatrixRunner(stages)
    const { id, total } = await runner.start(spec())
    await reaches(runner, id, 'done')
    expect(total).toBe(8)
    const questions = asked.map(({ model, messages }) => `${model} ${(messages as { content: string }[]).map(({ content }) => content).join(' ')}`)
    expect(new Set(questions)).toEqual(
      new Set([
        'demo/steady Be brief. Where is Lisbon?',
        'demo/steady Be kind. Where is Lima?',
        'demo/steady Who lives in Lima?',
        'demo/steady Who lives in Lisbon?',
        'demo/swift Be brief. Where is Lisbon?',
        'demo/swift Be kind. Where is Lima?',
        'demo/swift Who lives in Lima?',
        'demo/swift Who lives in Lisbon?',
      ]),
    )
    expect(questions).toHaveLength(8)
    const { cells, progress } = await runner.get(id, 0)
    expect(cells.map(({ place }) => place).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(progress).toMatchObject({ done: 8, failing: 0, spent: 800, forecast: 800, unpriced: 0 })
    expect((await runner.get(id, 6)).cells).toHaveLength(2)
  })

  it('foresees its cost, and whether any input in it was estimated; a large one is estimated as a whole', async () => {
    const runner = new MatrixRunner(stages)
    expect(await runner.forecast(spec())).toEqual({ cells: 8, cost: 720, estimated: true })
    expect(await runner.forecast(spec({ models: ['demo/swift'] }))).toEqual({ cells: 4, cost: 360, estimated: false })
    const rows = Array.from({ length: 300 }, (_, place) => ({ city: `City ${place}`, tone: 'brief' }))
    expect(await runner.forecast(spec({ models: ['demo/swift'], rows }))).toEqual({ cells: 600, cost: 60_000, estimated: true })
  })

  it('goes on after a restart where it was, and asks nothing twice', async () => {
    // the third question never ends by itself: the process ends first
    answer = (_body, signal) =>
      asked.length <= 2 ? Promise.resolve({}) : new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('gone'))))
    stages = { ...stages, onError: () => undefined }
    const { id } = await new MatrixRunner(stages).start(spec({ concurrency: 1 }))
    await vi.waitFor(() => expect(asked).toHaveLength(3))
    const again = new MatrixRunner(stages)
    expect(await stateOf(again, id)).toBe('paused')
    answer = async () => ({})
    await again.resume(id, undefined)
    await reaches(again, id, 'done')
    expect(asked).toHaveLength(3 + 6)
    expect((await again.get(id, 0)).progress.done).toBe(8)
  })

  it('pauses after what is under way, and resumes', async () => {
    const runner = new MatrixRunner(stages)
    const { promise, resolve } = Promise.withResolvers<object>()
    answer = () => promise
    const { id } = await runner.start(spec())
    await runner.pause(id)
    resolve({})
    await vi.waitFor(async () => expect((await runner.get(id, 0)).progress.done).toBe(2))
    expect(await stateOf(runner, id)).toBe('paused')
    expect(asked).toHaveLength(2)
    await runner.resume(id, undefined)
    await reaches(runner, id, 'done')
    expect(asked).toHaveLength(8)
    await expect(runner.resume(id, undefined)).rejects.toThrow('Every cell')
  })

  it('stops before the cap would be passed, and goes on under a higher one', async () => {
    const runner = new MatrixRunner(stages)
    const { id } = await runner.start(spec({ costCap: 350 }))
    await reaches(runner, id, 'at-cap')
    expect((await runner.get(id, 0)).progress).toMatchObject({ done: 3, spent: 300 })
    await runner.resume(id, 10_000)
    await reaches(runner, id, 'done')
    expect((await runner.get(id, 0)).progress.spent).toBe(800)
  })

  it('ends the answers under way when it is cancelled', async () => {
    const runner = new MatrixRunner(stages)
    const ended: boolean[] = []
    answer = (_body, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          ended.push(true)
          resolve({ outcome: 'cancelled' })
        })
      })
    const { id } = await runner.start(spec())
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    await runner.cancel(id)
    await vi.waitFor(() => expect(ended).toHaveLength(2))
    expect((await runner.get(id, 0)).progress).toMatchObject({ state: 'cancelled', done: 0 })
    await runner.remove(id)
    await expect(runner.get(id, 0)).rejects.toThrow('not there')
  })

  it('counts failures and failed checks, and pays the judge too', async () => {
    const runner = new MatrixRunner(stages)
    answer = async ({ model, messages }): Promise<Partial<RunSummary> & { text?: string }> => {
      if (model === 'judge/one') return { text: `{"passed": ${JSON.stringify(messages).includes('good')}, "why": "Seen."}` }
      return model === 'demo/swift'
        ? { text: 'good' }
        : JSON.stringify(messages).includes('Lima')
          ? { outcome: 'upstream-error', cost: undefined }
          : { text: 'poor' }
    }
    const { id } = await runner.start(
      spec({ prompts: [{ system: '', text: '{{city}}?' }], checks: [{ kind: 'judge', model: 'judge/one', criterion: 'Is it well said?' }] }),
    )
    await reaches(runner, id, 'done')
    const { cells, progress } = await runner.get(id, 0)
    expect(progress).toMatchObject({ failing: 2, unpriced: 1, spent: 600 })
    expect(cells.find(({ place }) => place === 0)).toMatchObject({ answer: 'good', cost: 200, checks: [{ passed: true, why: 'Seen.' }] })
  })

  it.each<[Partial<MatrixSpec>, string]>([
    [{ rows: [] }, 'spec.rows'],
    [{ rows: [{ city: 'Lisbon', tone: 'x' }, { city: 'Lima' }] }, 'spec.rows.1'],
    [{ checks: [{ kind: 'regex', pattern: '(', ignoreCase: false }] }, 'spec.checks.0.pattern'],
  ])('refuses %j before anything is asked', async (changes, field) => {
    await expect(new MatrixRunner(stages).start(spec(changes))).rejects.toMatchObject({ failure: { kind: 'bad-input', field } })
    expect(asked).toEqual([])
  })

  it('waits as long as a provider wishes and asks again', async () => {
    const runner = new MatrixRunner(stages)
    answer = async () => (asked.length === 1 ? { outcome: 'rate-limited', retryAfterSeconds: 0 } : {})
    const { id } = await runner.start(spec({ prompts: [{ system: '', text: 'Hi' }], rows: [], models: ['demo/swift'] }))
    await reaches(runner, id, 'done')
    expect(asked).toHaveLength(2)
    expect((await runner.get(id, 0)).cells[0]?.outcome).toBe('ok')
  })
})
