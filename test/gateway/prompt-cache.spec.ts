/** Automatic marks for Anthropic's prompt cache: what is sent, and what a conversation then costs by the provider's rules. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Settings } from '../../shared/settings.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

let upstream: FakeUpstream
let running: TestGateway
/** Prompts that the fake Anthropic has kept, as texts. */
let kept: string[]

const TOKEN_CHARACTERS = 4
const tokens = (text: string): number => Math.ceil(text.length / TOKEN_CHARACTERS)
/** Of claude-sonnet-4-5. */
const LEAST = 1_024

interface Sent {
  readonly cache_control?: { readonly type: string }
  readonly system?: unknown
  readonly messages: readonly unknown[]
}

/** Counts as the documentation says: the longest prefix that was kept is read, the rest of a marked prompt is written, if it is long enough. */
function usageOf(body: Sent): object {
  const pieces = [JSON.stringify(body.system ?? ''), ...body.messages.map((message) => JSON.stringify(message))]
  const prefixes = pieces.map((_, index) => pieces.slice(0, index + 1).join(''))
  const whole = prefixes.at(-1) ?? ''
  const marked = body.cache_control !== undefined && tokens(whole) >= LEAST
  const read = marked ? (prefixes.findLast((prefix) => kept.includes(prefix)) ?? '') : ''
  if (marked) kept.push(whole)
  const rest = tokens(whole) - tokens(read)
  return {
    input_tokens: marked ? 0 : rest,
    cache_read_input_tokens: tokens(read),
    cache_creation_input_tokens: marked ? rest : 0,
    output_tokens: 75,
  }
}

beforeEach(async () => {
  kept = []
  upstream = await fakeUpstream((seen, response) => {
    const body = JSON.parse(seen.body) as Sent
    const content = [{ type: 'text', text: 'x'.repeat(300) }]
    return answerJson({
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude-sonnet-4-5',
      content,
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: usageOf(body),
    })(seen, response)
  })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const start = async (anthropic: Settings['promptCache']['anthropic']): Promise<void> => {
  running = await startGateway({ upstream: upstream.url, settings: { promptCache: { anthropic } } })
}
const SYSTEM = 'You are a careful assistant. '.repeat(300)
const long = { role: 'user', content: SYSTEM }

function post(path: string, body: object) {
  return raw(running.address + path, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}
async function sentFor(path: string, body: object): Promise<Sent> {
  const answer = await post(path, body)
  expect(answer.status).toBe(200)
  return JSON.parse(upstream.seen.at(-1)?.body ?? '') as Sent
}
const MODEL = 'anthropic/claude-sonnet-4-5'
const messages = (more: object) => ({ model: MODEL, max_tokens: 100, messages: [long], ...more })
const MARK = { type: 'ephemeral' }

describe('a prompt for Anthropic', () => {
  it('is left as it is unless the user wants marks', async () => {
    await start('off')
    expect((await sentFor('/v1/messages', messages({}))).cache_control).toBeUndefined()
  })

  it('is marked where it is long enough, in every dialect', async () => {
    await start('aggressive')
    expect((await sentFor('/v1/messages', messages({}))).cache_control).toEqual(MARK)
    expect((await sentFor('/v1/chat/completions', { model: MODEL, messages: [long] })).cache_control).toEqual(MARK)
    expect((await sentFor('/v1/messages', messages({ messages: [{ role: 'user', content: 'short' }] }))).cache_control).toBeUndefined()
  })

  it('is marked with care only where another turn is likely', async () => {
    await start('safe')
    expect((await sentFor('/v1/messages', messages({}))).cache_control).toBeUndefined()
    const turns = [long, { role: 'assistant', content: 'Yes.' }, { role: 'user', content: 'And?' }]
    expect((await sentFor('/v1/messages', messages({ messages: turns }))).cache_control).toEqual(MARK)
    const tools = [{ name: 'f', input_schema: { type: 'object', properties: {} } }]
    expect((await sentFor('/v1/messages', messages({ tools }))).cache_control).toEqual(MARK)
  })

  it('keeps its client’s own marks, and gets no other', async () => {
    await start('aggressive')
    const system = [{ type: 'text', text: SYSTEM, cache_control: { type: 'ephemeral', ttl: '1h' } }]
    const sent = await sentFor('/v1/messages', messages({ system }))
    expect(sent.cache_control).toBeUndefined()
    expect(sent.system).toEqual(system)
    expect((await sentFor('/v1/messages', messages({ cache_control: { type: 'ephemeral', ttl: '1h' } }))).cache_control).toEqual({
      type: 'ephemeral',
      ttl: '1h',
    })
  })
})

/** $3 and $15 a million; writing 1.25 times, reading a tenth: in millionths of a dollar. */
const RATE = { input: 3, write: 3.75, read: 0.3, output: 15 }

async function conversation(turns: number): Promise<{ readonly paid: number; readonly prompts: readonly number[] }> {
  const said: { role: string; content: unknown }[] = []
  const prompts: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    said.push({ role: 'user', content: `Question ${turn}: ${'y'.repeat(400)}` })
    const answer = (await post('/v1/messages', { model: MODEL, max_tokens: 100, system: SYSTEM, messages: said })).json<{ content: unknown }>()
    prompts.push(tokens(JSON.stringify(SYSTEM) + said.map((message) => JSON.stringify(message)).join('')))
    said.push({ role: 'assistant', content: answer.content })
  }
  const rows = await running.rows(turns)
  return { paid: rows.reduce((sum, row) => sum + (row.cost ?? 0), 0), prompts }
}

/** The least that these prompts can cost by the provider's rules: each turn reads what the turn before has written, and writes what it adds, or none does. */
function bestPossible(prompts: readonly number[]): number {
  let best = Number.POSITIVE_INFINITY
  // from some turn on every prompt is kept, and before it none is
  for (let from = 0; from <= prompts.length; from++) {
    let cost = 0
    for (const [turn, size] of prompts.entries()) {
      const before = turn > from ? (prompts[turn - 1] ?? 0) : 0
      cost += turn < from ? size * RATE.input : before * RATE.read + (size - before) * RATE.write
      cost += 75 * RATE.output
    }
    best = Math.min(best, cost)
  }
  return best * 1_000
}

it('a conversation of twenty turns costs within 5 % of the best possible', async () => {
  await start('aggressive')
  const { paid, prompts } = await conversation(20)
  expect(paid).toBeLessThanOrEqual(bestPossible(prompts) * 1.05)
  expect(paid).toBeGreaterThanOrEqual(bestPossible(prompts) * 0.99)
})

it('without marks it costs more than twice that', async () => {
  await start('off')
  const { paid, prompts } = await conversation(20)
  expect(paid).toBeGreaterThan(2 * bestPossible(prompts))
})
