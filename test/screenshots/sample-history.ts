/** Sample data: three weeks of made-up requests in a data folder, the same ones for the same day, charged at the bundled price lists. */

import { loadModelBook } from '../../electron/engine/catalog/model-book.ts'
import { costOf } from '../../electron/engine/ledger/cost.ts'
import { writeExchange } from '../../electron/engine/storage/ledger-json.ts'
import type { ClientKeyRow } from '../../electron/engine/storage/storage.ts'
import { openStorage } from '../../electron/engine/storage/worker-client.ts'
import type { CacheUse } from '../../shared/cache.ts'
import type { Dialect, Tokens } from '../../shared/chat.ts'
import type { FailureKind } from '../../shared/failure.ts'
import type { Exchange, UsageRecord } from '../../shared/ledger.ts'
import { asNanoUsd, type NanoUsd } from '../../shared/money.ts'
import type { Attempt } from '../../shared/routing.ts'
import { SAMPLE_TURNS } from './sample-conversations.ts'

const DAY_MS = 86_400_000
const DAYS = 21

/** Every name says what it is, so that no picture can be mistaken for anybody's real bill. */
export const SAMPLE_CLIENTS = ['Claude Code (sample)', 'Codex (sample)', 'Cursor (sample)', 'Nightly evals (sample)'] as const

interface Habit {
  readonly client: number
  readonly dialect: Dialect
  readonly model: string
  /** Requests on a working day. */
  readonly daily: number
  readonly input: number
  readonly output: number
  /** Of the input, what the provider had in its cache. */
  readonly cached: number
  readonly reasoning?: number
}

const HABITS: readonly Habit[] = [
  { client: 0, dialect: 'anthropic-messages', model: 'anthropic/claude-sonnet-4-5', daily: 22, input: 38_000, output: 900, cached: 0.86 },
  { client: 0, dialect: 'anthropic-messages', model: 'anthropic/claude-haiku-4-5', daily: 14, input: 6_000, output: 260, cached: 0.6 },
  { client: 1, dialect: 'openai-responses', model: 'openai/gpt-5', daily: 12, input: 24_000, output: 1_400, cached: 0.7, reasoning: 900 },
  { client: 2, dialect: 'openai-chat', model: 'openai/gpt-5-mini', daily: 18, input: 4_200, output: 420, cached: 0.3, reasoning: 120 },
  { client: 2, dialect: 'openai-chat', model: 'google/gemini-2.5-flash', daily: 9, input: 5_500, output: 380, cached: 0.1 },
  { client: 3, dialect: 'openai-chat', model: 'openai/gpt-5-nano', daily: 16, input: 900, output: 140, cached: 0 },
]

const FAILURES: readonly { readonly kind: FailureKind; readonly status: number; readonly message: string }[] = [
  { kind: 'rate-limited', status: 429, message: 'The provider answered 429: “Rate limit reached for tokens per minute.”' },
  { kind: 'overloaded', status: 529, message: 'The provider answered 529: “Overloaded.”' },
  { kind: 'timeout', status: 504, message: 'No first token within 30 s.' },
]

/** Park and Miller's generator: whole numbers below 2^31 - 1. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Writes clients and their history. Returns how many requests there are. @throws StorageError */
export async function writeSampleHistory(dataDir: string, now: number): Promise<number> {
  const book = await loadModelBook()
  const storage = await openStorage({ dataDir })
  const roll = dice(20_261_125)
  const midnight = Math.floor(now / DAY_MS) * DAY_MS
  const records: UsageRecord[] = []

  function costed(model: string, tokens: Tokens, at: number): NanoUsd | undefined {
    const [provider = '', ...rest] = model.split('/')
    return costOf(tokens, book.find(provider, rest.join('/'))?.pricing(at).price, { at })
  }

  for (let day = DAYS; day >= 0; day--) {
    const start = midnight - day * DAY_MS
    const isWeekend = [0, 6].includes(new Date(start).getUTCDay())
    for (const habit of HABITS) {
      const count = Math.round(habit.daily * (isWeekend && habit.client !== 3 ? 0.15 : 1) * (0.7 + roll() * 0.6))
      for (let each = 0; each < count; each++) {
        const at = Math.round(start + (7 + roll() * 12) * 3_600_000)
        if (at < now - 60_000) records.push(recordOf(habit, at, records.length, roll, costed))
      }
    }
  }
  records.sort((first, second) => first.at - second.at)
  for (const [index, name] of SAMPLE_CLIENTS.entries()) await storage.putClientKey(clientOf(index, name, now))
  const rows = records.map((record, index) => ({ record, exchange: index > records.length - 400 ? writeExchange(exchangeOf(record, index)) : undefined }))
  for (let from = 0; from < rows.length; from += 500) await storage.writeLedger(rows.slice(from, from + 500))
  await storage.close()
  return records.length
}

type Charge = (model: string, tokens: Tokens, at: number) => NanoUsd | undefined

function recordOf(habit: Habit, at: number, index: number, roll: () => number, charge: Charge): UsageRecord {
  const scale = 0.4 + roll() * 1.4
  const input = Math.round(habit.input * scale)
  const cacheRead = Math.round(input * habit.cached * (roll() > 0.15 ? 1 : 0))
  const tokens: Tokens = {
    input: input - cacheRead,
    cacheRead,
    output: Math.round(habit.output * (0.4 + roll() * 1.4)),
    ...(habit.reasoning !== undefined && { reasoning: Math.round(habit.reasoning * roll()) }),
  }
  const fault = roll() < 0.035 ? FAILURES[index % FAILURES.length] : undefined
  const isDown = fault !== undefined && roll() < 0.3
  const answeredFromCache = fault === undefined && habit.client >= 2 && roll() < 0.17
  const servedBy = fault !== undefined && habit.dialect === 'anthropic-messages' ? `openrouter/${habit.model}` : habit.model
  const firstEventMs = Math.round(answeredFromCache ? 2 + roll() * 4 : 260 + roll() * 900)
  const totalMs = firstEventMs + Math.round(answeredFromCache ? 3 : 400 + (tokens.output ?? 0) * (6 + roll() * 9))
  const before: Attempt[] =
    fault === undefined
      ? []
      : [
          {
            endpoint: habit.model,
            credential: 'sample-key',
            startedAt: at,
            phase: 'failed',
            kind: fault.kind,
            message: fault.message,
            upstreamStatus: fault.status,
            afterMs: 480,
          },
        ]
  const done: Attempt = {
    endpoint: servedBy,
    credential: 'sample-key',
    startedAt: at + before.length * 490,
    phase: 'done',
    firstEventMs,
    totalMs,
    finish: 'stop',
  }
  const cost = charge(habit.model, tokens, at)
  const cache: CacheUse = answeredFromCache
    ? { kind: roll() > 0.4 ? 'exact' : 'semantic', similarity: 0.93, key: 'c'.repeat(64), source: `sample-${index - 1}`, ageMs: 900_000 }
    : { kind: 'miss', key: 'd'.repeat(64) }
  return {
    id: `sample-${String(index).padStart(5, '0')}`,
    at,
    source: 'proxy',
    caller: `sample-client-${habit.client}`,
    callerName: SAMPLE_CLIENTS[habit.client],
    dialect: habit.dialect,
    requested: habit.client === 3 && index % 4 === 0 ? 'cheap' : habit.model,
    streamed: habit.client !== 3,
    servedBy: isDown ? undefined : servedBy,
    simulated: false,
    attempts: isDown ? before : answeredFromCache ? [] : [...before, done],
    tokens: isDown ? {} : tokens,
    countedBy: isDown ? undefined : 'provider',
    cost: isDown ? undefined : answeredFromCache ? asNanoUsd(0) : cost,
    pricesAsOf: isDown ? undefined : '2026-09-23',
    ...(habit.client >= 2 && !isDown && { cache }),
    ...(answeredFromCache && { saved: cost }),
    outcome: isDown ? (fault?.kind ?? 'timeout') : 'ok',
    message: isDown ? `No endpoint could answer. ${fault?.message ?? ''}` : undefined,
    status: isDown ? (fault?.status ?? 504) : 200,
    firstEventMs: isDown ? undefined : firstEventMs + before.length * 490,
    totalMs: isDown ? 480 : totalMs + before.length * 490,
    finish: isDown ? undefined : habit.client < 2 && index % 3 === 0 ? 'tool-calls' : 'stop',
  }
}

function exchangeOf(record: UsageRecord, index: number): Exchange {
  const turn = SAMPLE_TURNS[index % SAMPLE_TURNS.length]
  const body = { model: record.requested, stream: record.streamed, messages: [{ role: 'user', content: turn?.ask ?? '' }] }
  return {
    id: record.id,
    requestHeaders: { 'content-type': 'application/json', 'user-agent': record.callerName ?? '' },
    requestBody: JSON.stringify(body),
    sentBody: record.attempts.length > 0 ? JSON.stringify({ ...body, model: record.servedBy?.split('/').slice(1).join('/') }) : undefined,
    sentTo: record.attempts.length > 0 ? 'https://sample.invalid/v1' : undefined,
    plan: undefined,
    answer: record.outcome === 'ok' ? { text: turn?.answer ?? '', reasoning: '', toolCalls: [] } : undefined,
    dropped: [],
    truncated: [],
  }
}

function clientOf(index: number, name: string, now: number): ClientKeyRow {
  return {
    id: `sample-client-${index}`,
    name,
    last4: `smp${index}`,
    // of no key: nobody can call with it
    hash: String(index).repeat(64),
    createdAt: now - 30 * DAY_MS,
    lastUsedAt: now - (index + 1) * 420_000,
  }
}
