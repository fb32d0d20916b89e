/** What the fake engine's inspector knows of a request: bodies, plan and answer, made up to fit the row. */
import { ASKED_FOR, fallback, pinned } from '../../electron/engine/routing/plan.ts'
import type { JsonObject } from '../../shared/chat.ts'
import type { Exchange, UsageRecord } from '../../shared/ledger.ts'
import type { RouteReason } from '../../shared/messages/routing.ts'
import type { Candidate } from '../../shared/routing.ts'
import { fakeDecision } from './fake-auto.ts'
import { MODELS } from './fake-models.ts'

/** Undefined for every ninth row, as if its bodies had been cleared to make room. */
export function exchangeOf(record: UsageRecord): Exchange | undefined {
  const serial = Number(/(\d+)$/.exec(record.id)?.[1] ?? 1)
  if (serial % 9 === 0) return undefined
  const auto = record.requested === 'switchyard/auto' ? fakeDecision(serial, 0.3) : undefined
  const wasSent = record.attempts.length > 0 && !record.simulated
  return {
    id: record.id,
    requestHeaders: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      'user-agent': record.callerName === 'Claude Code' ? 'claude-cli/2.1.197 (external, cli)' : 'fake/1',
      ...(record.dialect === 'anthropic-messages' && { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'interleaved-thinking-2025-05-14' }),
    },
    requestBody: JSON.stringify(bodyOf(record, record.requested), null, 2),
    sentBody: wasSent ? JSON.stringify(bodyOf(record, record.requested.slice(record.requested.indexOf('/') + 1))) : undefined,
    sentTo: wasSent ? 'https://upstream.example.org/v1/chat/completions' : undefined,
    plan: {
      requested: record.requested,
      decidedBy: pinned(record.attempts.length - 1),
      candidates: candidatesOf(record),
      passedOver: [
        { endpoint: 'google/gemini-2.5-pro', why: reason({ code: 'no-key' }) },
        { endpoint: 'ollama/qwen3:8b', why: reason({ code: 'reads-less', context: 40_960, tokens: 61_000 }) },
      ],
      ...(auto !== undefined && { auto }),
    },
    answer: {
      text:
        record.outcome === 'ok' ? 'The retry loop never resets `attempt`, so the second call starts at its limit.\n\nMove the declaration into the loop.' : '',
      reasoning:
        record.tokens.reasoning === undefined
          ? ''
          : 'The test fails only when run twice, so some state outlives the first run. The counter is declared outside.',
      toolCalls:
        record.finish === 'tool-calls' ? [{ id: 'call_0001', name: 'read_file', arguments: '{"path":"src/retry.ts","range":{"from":10,"to":42}}' }] : [],
    },
    ...(record.outcome === 'ok' && {
      response: {
        headers: { 'content-type': 'text/event-stream', 'x-generation-id': record.id, 'x-switchyard-served-by': record.servedBy ?? '' },
        text: 'data: {"choices":[{"delta":{"content":"The retry loop"}}]}\n\ndata: {"choices":[{"delta":{"content":" never resets"}}]}\n\ndata: [DONE]\n\n',
      },
    }),
    dropped: wasSent && serial % 3 === 0 ? ['logit_bias', 'metadata.user_id'] : [],
    truncated: serial % 7 === 0 ? ['requestBody'] : [],
  }
}

const reason = (said: RouteReason): RouteReason => said

function bodyOf(record: UsageRecord, model: string): JsonObject {
  return {
    model,
    stream: record.streamed,
    max_tokens: 4096,
    messages: [
      { role: 'system', content: 'You are a careful reviewer. Answer in two sentences.' },
      { role: 'user', content: 'Why does this test fail only the second time?' },
    ],
    tools: [
      {
        type: 'function',
        function: {
          name: 'read_file',
          description: 'Reads a file.',
          parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
        },
      },
    ],
    temperature: 0.2,
    user: null,
  }
}

function candidatesOf(record: UsageRecord): readonly Candidate[] {
  const names = new Set([...record.attempts.map((attempt) => attempt.endpoint), record.servedBy ?? record.requested])
  return [...names].map((id, index) => ({
    endpoint: {
      id,
      provider: id.slice(0, id.indexOf('/')),
      upstreamModel: id.slice(id.indexOf('/') + 1),
      name: id,
      protocol: 'openai-chat',
      price: MODELS.find((row) => row.id === id)?.price,
      limits: { context: 200_000, output: 8_192 },
      // a Set does not survive JSON; the screen does not look at it
      can: undefined,
      runsLocally: false,
      simulated: record.simulated,
    },
    credential: record.simulated ? undefined : 'cred-1',
    why: index === 0 ? ASKED_FOR : fallback(index),
  }))
}
