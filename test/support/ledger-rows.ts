import type { OpenRequest } from '../../electron/engine/ledger/ledger.ts'
import type { Exchange, UsageRecord } from '../../shared/ledger.ts'
import { asNanoUsd } from '../../shared/money.ts'

/** A row as it stands right after a request came in. */
export function openRow(id: string, more: Partial<UsageRecord> = {}): UsageRecord {
  return {
    id,
    at: 1_000,
    source: 'proxy',
    caller: 'caller-1',
    callerName: 'Claude Code',
    dialect: 'openai-chat',
    requested: 'openai/gpt-5-mini',
    streamed: true,
    servedBy: undefined,
    simulated: false,
    attempts: [],
    tokens: {},
    countedBy: undefined,
    cost: undefined,
    pricesAsOf: undefined,
    outcome: 'open',
    message: undefined,
    status: undefined,
    firstEventMs: undefined,
    totalMs: undefined,
    finish: undefined,
    ...more,
  }
}

/** A request that stands so for as long as it is open. */
export function opening(id: string, more: Partial<UsageRecord> = {}): OpenRequest {
  return { id, standing: () => openRow(id, more) }
}

/** The same row after a good answer. */
export function closedRow(id: string, more: Partial<UsageRecord> = {}): UsageRecord {
  return openRow(id, {
    servedBy: 'openai/gpt-5-mini',
    attempts: [{ endpoint: 'openai/gpt-5-mini', credential: 'key-1', startedAt: 1_001, phase: 'done', firstEventMs: 210.5, totalMs: 900, finish: 'stop' }],
    tokens: { input: 10, cacheRead: 0, output: 5 },
    countedBy: 'provider',
    cost: asNanoUsd(12_345),
    pricesAsOf: '2026-11-01',
    outcome: 'ok',
    status: 200,
    firstEventMs: 210.5,
    totalMs: 900,
    finish: 'stop',
    ...more,
  })
}

export function exchangeOf(id: string, more: Partial<Exchange> = {}): Exchange {
  return {
    id,
    requestHeaders: { 'user-agent': 'test' },
    requestBody: '{"model":"openai/gpt-5-mini"}',
    sentBody: '{"model":"gpt-5-mini"}',
    sentTo: 'https://api.openai.com/v1/chat/completions',
    plan: {
      requested: 'openai/gpt-5-mini',
      decidedBy: 'pinned',
      candidates: [
        {
          endpoint: {
            id: 'openai/gpt-5-mini',
            provider: 'openai',
            upstreamModel: 'gpt-5-mini',
            name: 'GPT-5 mini',
            protocol: 'openai-chat',
            price: undefined,
            limits: { context: 400_000, output: undefined },
            can: new Set(['tools', 'vision']),
            runsLocally: false,
            simulated: false,
          },
          credential: 'key-1',
          why: 'named by the client',
        },
      ],
      passedOver: [{ endpoint: 'azure/gpt-5-mini', why: 'no key' }],
    },
    answer: { text: 'Hello', reasoning: '', toolCalls: [] },
    dropped: [],
    truncated: [],
    ...more,
  }
}
