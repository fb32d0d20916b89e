/** Streams of every format that providers speak, as bytes and as the frames they are made of: recorded ones where they are at hand, always the project's own. */
import type { ClientProtocol } from '../../shared/chat.ts'
import { answers } from './answer-cases.ts'
import { converseMessage, framed } from './event-stream.ts'
import { load, recordings } from './recordings.ts'

/** A provider's format by the name of its recordings. No list knows these models, so that no other host of theirs is gone to when one fails. */
export const UPSTREAMS = {
  'openai-chat': { model: 'openrouter/openai/gpt-4o-mini-made-up', framing: 'sse', client: 'openai-chat' },
  'openai-responses': { model: 'openai/gpt-5-pro-made-up', framing: 'sse', client: 'openai-responses' },
  'openai-completions': { model: 'openai/gpt-3.5-turbo-instruct-made-up', framing: 'sse', client: 'openai-completions' },
  'anthropic-messages': { model: 'anthropic/claude-sonnet-4-5-made-up', framing: 'sse', client: 'anthropic-messages' },
  gemini: { model: 'google/gemini-2.5-flash-made-up', framing: 'sse', client: 'gemini' },
  'cohere-v2': { model: 'cohere/command-a-03-2025-made-up', framing: 'sse', client: 'cohere-v2' },
  'ollama-chat': { model: 'ollama/qwen3:8b-made-up', framing: 'ndjson', client: 'ollama-chat' },
  'bedrock-converse': { model: 'bedrock/amazon.nova-lite-v1:0-made-up', framing: 'binary', client: undefined },
  'bedrock-invoke-anthropic': { model: 'bedrock-anthropic/anthropic.claude-sonnet-4-6-made-up', framing: 'binary', client: 'anthropic-messages' },
} as const
export type Upstream = keyof typeof UPSTREAMS
export type Framing = (typeof UPSTREAMS)[Upstream]['framing']

export interface UpstreamStream {
  readonly what: string
  readonly body: Buffer
  readonly headers: Record<string, string>
  readonly expected: { readonly text: string; readonly calls: readonly { readonly name: string; readonly arguments: unknown }[] }
}

const CONTENT_TYPES: Readonly<Record<Framing, string>> = {
  sse: 'text/event-stream',
  ndjson: 'application/x-ndjson',
  binary: 'application/vnd.amazon.eventstream',
}

/** The project's own first. */
export function streamsOf(upstream: Upstream): readonly UpstreamStream[] {
  const { framing } = UPSTREAMS[upstream]
  const headers = { 'content-type': CONTENT_TYPES[framing] }
  switch (upstream) {
    case 'openai-completions':
      return [{ what: 'a completion', body: COMPLETION, headers, expected: { text: 'Once upon.', calls: [] } }, ...recorded(upstream, headers, false)]
    case 'bedrock-converse':
      return [{ what: 'text and a call', body: CONVERSE, headers, expected: CALLED }, ...recorded(upstream, headers, true)]
    case 'bedrock-invoke-anthropic':
      return [{ what: 'text and a call', body: INVOKE, headers, expected: CALLED }, ...recorded(upstream, headers, true)]
    default:
      return answers(upstream satisfies ClientProtocol)
        .filter(({ stream }) => stream)
        .map(({ what, body, expected }) => ({ what, body, headers, expected }))
  }
}

function recorded(api: Upstream, headers: Record<string, string>, tools: boolean): readonly UpstreamStream[] {
  const lines = recordings(
    api,
    (line) =>
      line.streaming && line.status === 200 && line.features.includes('tool_calls') === tools && !/citations|no_usage|guardrail/.test(line.features.join()),
  )
  return lines.slice(0, 1).map((line) => {
    const { body, expected } = load(line)
    const calls = (expected.tool_calls ?? []).map((call) => ({ name: call.name, arguments: call.arguments ?? {} }))
    return { what: line.id, body, headers, expected: { text: expected.text ?? '', calls } }
  })
}

// written from documentation, as the fixtures beside are
const CALLED = { text: 'Let me look.', calls: [{ name: 'weather', arguments: { city: 'Ulm' } }] } as const

const chunk = (fields: object): string =>
  `data: ${JSON.stringify({ id: 'cmpl-1', object: 'text_completion', created: 1, model: 'gpt-3.5-turbo-instruct', ...fields })}\n\n`
const COMPLETION = Buffer.from(
  [
    chunk({ choices: [{ text: 'Once', index: 0, logprobs: null, finish_reason: null }] }),
    chunk({ choices: [{ text: ' upon.', index: 0, logprobs: null, finish_reason: null }] }),
    chunk({ choices: [{ text: '', index: 0, logprobs: null, finish_reason: 'stop' }] }),
    chunk({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } }),
    'data: [DONE]\n\n',
  ].join(''),
)

const CONVERSE = Buffer.concat([
  converseMessage('messageStart', { role: 'assistant' }),
  converseMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Let me look.' } }),
  converseMessage('contentBlockStop', { contentBlockIndex: 0 }),
  converseMessage('contentBlockStart', { contentBlockIndex: 1, start: { toolUse: { toolUseId: 'tooluse_a', name: 'weather' } } }),
  converseMessage('contentBlockDelta', { contentBlockIndex: 1, delta: { toolUse: { input: '{"city":' } } }),
  converseMessage('contentBlockDelta', { contentBlockIndex: 1, delta: { toolUse: { input: '"Ulm"}' } } }),
  converseMessage('contentBlockStop', { contentBlockIndex: 1 }),
  converseMessage('messageStop', { stopReason: 'tool_use' }),
  converseMessage('metadata', { usage: { inputTokens: 20, outputTokens: 9, totalTokens: 29 }, metrics: { latencyMs: 1 } }),
])

const INVOKE = Buffer.concat(
  [
    {
      type: 'message_start',
      message: {
        ...{ id: 'msg_bdrk_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-6', content: [] },
        ...{ stop_reason: null, stop_sequence: null, usage: { input_tokens: 60, output_tokens: 1 } },
      },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Let me look.' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 'toolu_1', name: 'weather', input: {} } },
    { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"city":' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '"Ulm"}' } },
    { type: 'content_block_stop', index: 1 },
    { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ].map((event) => converseMessage('chunk', { bytes: Buffer.from(JSON.stringify(event)).toString('base64') })),
)

/** The frames of a stream, each with whatever ends it. */
export function framesOf(framing: Framing, body: Buffer): readonly Buffer[] {
  if (framing === 'binary') return messagesOf(body)
  const [between, after] = framing === 'sse' ? ['\n\n', '\n\n'] : ['\n', '\n']
  return body
    .toString()
    .replaceAll('\r\n', '\n')
    .split(between)
    .filter((frame) => frame.trim() !== '')
    .map((frame) => Buffer.from(frame + after))
}

function messagesOf(body: Buffer): readonly Buffer[] {
  const messages: Buffer[] = []
  for (let start = 0; start + 4 <= body.length; ) {
    const end = start + body.readUInt32BE(start)
    messages.push(body.subarray(start, end))
    start = end
  }
  return messages
}

/** The same frame with so much white space before its JSON. */
export function padded(framing: Framing, frame: Buffer, bytes: number): Buffer {
  const space = Buffer.alloc(bytes, ' ')
  if (framing === 'ndjson') return Buffer.concat([space, frame])
  if (framing === 'sse') {
    const start = frame.indexOf('data:') + 'data:'.length
    return Buffer.concat([frame.subarray(0, start), space, frame.subarray(start)])
  }
  const headersEnd = 12 + frame.readUInt32BE(4)
  return framed(frame.subarray(12, headersEnd), Buffer.concat([space, frame.subarray(headersEnd, -4)]))
}
