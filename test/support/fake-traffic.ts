/** A ledger in memory for the fake engine: some history, and whatever the playground adds. */

import type { Tokens } from '../../shared/chat.ts'
import { totalInput, totalOutput } from '../../shared/chat.ts'
import type { FailureKind } from '../../shared/failure.ts'
import type { UsageRecord } from '../../shared/ledger.ts'
import type { AttemptFailure } from '../../shared/messages/attempts.ts'
import { english } from '../../shared/messages/english.ts'
import { asNanoUsd, type NanoUsd } from '../../shared/money.ts'
import type { Attempt } from '../../shared/routing.ts'
import { MODELS } from './fake-models.ts'

const CLIENTS = ['Claude Code', 'Cursor', 'aider', 'Nightly evals']
const FAILED: readonly (FailureKind | 'ok')[] = ['ok', 'ok', 'ok', 'ok', 'rate-limited', 'ok', 'ok', 'ok', 'timeout', 'ok', 'credential-refused', 'ok']

export function costOf(model: string, tokens: Tokens): NanoUsd | undefined {
  const price = MODELS.find((row) => row.id === model)?.price?.microUsdPerMillion
  if (price === undefined) return undefined
  return asNanoUsd(Math.round(((totalInput(tokens) ?? 0) * (price.input ?? 0) + (totalOutput(tokens) ?? 0) * (price.output ?? 0)) / 1000))
}

export function openRecord(id: string, at: number, model: string): UsageRecord {
  return {
    id,
    at,
    source: 'playground',
    caller: 'playground',
    callerName: 'Playground',
    dialect: 'openai-chat',
    requested: model,
    streamed: true,
    servedBy: undefined,
    simulated: model.startsWith('demo/'),
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
  }
}

/** Every sixth answer came from a second endpoint, after the first had no room. */
function detour(index: number, at: number): readonly Attempt[] {
  if (index % 6 !== 2) return []
  const said: AttemptFailure = { code: 'at-provider', provider: 'OpenAI', said: 'Rate limit reached for requests per minute.' }
  return [
    {
      endpoint: 'openai/gpt-5-mini',
      credential: 'cred-1',
      startedAt: at,
      phase: 'failed',
      kind: 'rate-limited',
      ...toldBy(said),
      upstreamStatus: 429,
      afterMs: 610,
    },
  ]
}

function saidOf(outcome: FailureKind): AttemptFailure {
  return outcome === 'timeout' ? { code: 'sent-nothing', who: 'OpenAI', ms: 30_000 } : { code: 'at-provider', provider: 'OpenAI', said: `Refused: ${outcome}.` }
}

function toldBy(said: AttemptFailure): { readonly message: string; readonly said: AttemptFailure } {
  return { message: english(said), said }
}

/** `count` closed rows before `now`, newest first; the same ones at every start. */
export function history(count: number, now: number): UsageRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const model = MODELS[(index * 5) % 10]?.id ?? 'demo/swift'
    const outcome = FAILED[index % FAILED.length] ?? 'ok'
    const ok = outcome === 'ok'
    const at = now - (index + 1) * 97_000
    const firstEventMs = 180 + ((index * 137) % 900)
    const totalMs = firstEventMs + 600 + ((index * 311) % 9_000)
    const reasoning = index % 5 === 0 ? { reasoning: 120 + index } : {}
    const tokens: Tokens = ok ? { input: 300 + ((index * 211) % 9_000), cacheRead: (index % 3) * 1_024, output: 40 + ((index * 73) % 1_200), ...reasoning } : {}
    const started = { endpoint: model, credential: undefined, startedAt: at }
    return {
      ...openRecord(`past-${String(count - index).padStart(4, '0')}`, at, model),
      source: 'proxy',
      caller: `client-${index % CLIENTS.length}`,
      callerName: CLIENTS[index % CLIENTS.length],
      dialect: index % 4 === 0 ? 'anthropic-messages' : 'openai-chat',
      servedBy: ok ? model : undefined,
      attempts: ok
        ? [...detour(index, at), { ...started, startedAt: at + detour(index, at).length * 640, phase: 'done', firstEventMs, totalMs, finish: 'stop' }]
        : [{ ...started, phase: 'failed', kind: outcome, ...toldBy(saidOf(outcome)), afterMs: totalMs }],
      tokens,
      countedBy: ok ? 'provider' : undefined,
      cost: ok ? costOf(model, tokens) : undefined,
      pricesAsOf: ok ? '2026-11-01' : undefined,
      outcome,
      ...(ok ? { message: undefined } : toldBy(saidOf(outcome))),
      status: ok ? 200 : outcome === 'timeout' ? 504 : outcome === 'rate-limited' ? 429 : 401,
      firstEventMs: ok ? firstEventMs + detour(index, at).length * 640 : undefined,
      totalMs: totalMs + (ok ? detour(index, at).length * 640 : 0),
      finish: ok ? (index % 4 === 1 ? 'tool-calls' : 'stop') : undefined,
    } satisfies UsageRecord
  })
}
