/** Sample data: a provider on 127.0.0.1 that answers in three dialects with the sample conversations, streamed as a model would. */
import type { ServerResponse } from 'node:http'
import { type FakeUpstream, fakeUpstream, type Seen } from '../support/fake-upstream.ts'
import { SAMPLE_TURNS } from './sample-conversations.ts'

const EVERY_MS = 12
const WORDS_A_PIECE = 3

/** What a client asks is found by its own words; anything else gets the first answer. */
function answerTo(body: string): string {
  return (SAMPLE_TURNS.find(({ ask }) => body.includes(JSON.stringify(ask).slice(1, -1))) ?? SAMPLE_TURNS[0])?.answer ?? ''
}

function piecesOf(text: string): readonly string[] {
  const words = text.split(/(?<=\s)/)
  return Array.from({ length: Math.ceil(words.length / WORDS_A_PIECE) }, (_, index) => words.slice(index * WORDS_A_PIECE, (index + 1) * WORDS_A_PIECE).join(''))
}

/** The frames of one answer; `event` where the dialect names its events. */
interface Frame {
  readonly event?: string
  readonly data: unknown
}

function chatFrames(text: string, model: string): readonly Frame[] {
  const base = { id: 'chatcmpl-sample', object: 'chat.completion.chunk', created: 1_790_000_000, model }
  const usage = { prompt_tokens: 412, completion_tokens: Math.round(text.length / 4), total_tokens: 412 + Math.round(text.length / 4) }
  return [
    { data: { ...base, choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] } },
    ...piecesOf(text).map((content) => ({ data: { ...base, choices: [{ index: 0, delta: { content }, finish_reason: null }] } })),
    { data: { ...base, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] } },
    { data: { ...base, choices: [], usage } },
  ]
}

function messageFrames(text: string, model: string): readonly Frame[] {
  const usage = { input_tokens: 84, cache_read_input_tokens: 2_048, cache_creation_input_tokens: 0, output_tokens: 1 }
  const message = { id: 'msg_sample', type: 'message', role: 'assistant', model, content: [], stop_reason: null, stop_sequence: null, usage }
  return [
    { event: 'message_start', data: { type: 'message_start', message } },
    { event: 'content_block_start', data: { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } },
    ...piecesOf(text).map((piece) => ({
      event: 'content_block_delta',
      data: { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } },
    })),
    { event: 'content_block_stop', data: { type: 'content_block_stop', index: 0 } },
    {
      event: 'message_delta',
      data: { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: Math.round(text.length / 4) } },
    },
    { event: 'message_stop', data: { type: 'message_stop' } },
  ]
}

function geminiFrames(text: string, model: string): readonly Frame[] {
  const usageMetadata = { promptTokenCount: 390, candidatesTokenCount: Math.round(text.length / 4), totalTokenCount: 390 + Math.round(text.length / 4) }
  const pieces = piecesOf(text)
  return pieces.map((piece, index) => ({
    data: {
      candidates: [{ content: { role: 'model', parts: [{ text: piece }] }, index: 0, ...(index === pieces.length - 1 && { finishReason: 'STOP' }) }],
      modelVersion: model,
      usageMetadata,
    },
  }))
}

async function stream(response: ServerResponse, frames: readonly Frame[], done: string): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const { event, data } of frames) {
    response.write(`${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`)
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
  }
  response.end(done)
}

async function answer({ url, body, method }: Seen, response: ServerResponse): Promise<void> {
  if (method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data: [], models: [] }))
    return
  }
  const asked = JSON.parse(body) as { model?: string; stream?: boolean }
  const model = asked.model ?? /models\/([^:]+):/.exec(url)?.[1] ?? 'sample'
  const text = answerTo(body)
  const streamed = asked.stream === true || url.includes(':stream')
  if (url.includes('/messages')) return streamed ? stream(response, messageFrames(text, model), '') : whole(response, messageOf(text, model))
  if (url.includes('enerateContent')) return streamed ? stream(response, geminiFrames(text, model), '') : whole(response, geminiOf(text, model))
  return streamed ? stream(response, chatFrames(text, model), 'data: [DONE]\n\n') : whole(response, chatOf(text, model))
}

function whole(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function chatOf(text: string, model: string): object {
  const usage = { prompt_tokens: 412, completion_tokens: 120, total_tokens: 532 }
  const choices = [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }]
  return { id: 'chatcmpl-sample', object: 'chat.completion', created: 1_790_000_000, model, choices, usage }
}

function messageOf(text: string, model: string): object {
  const usage = { input_tokens: 84, cache_read_input_tokens: 2_048, cache_creation_input_tokens: 0, output_tokens: 120 }
  const content = [{ type: 'text', text }]
  return { id: 'msg_sample', type: 'message', role: 'assistant', model, content, stop_reason: 'end_turn', stop_sequence: null, usage }
}

function geminiOf(text: string, model: string): object {
  const candidates = [{ content: { role: 'model', parts: [{ text }] }, index: 0, finishReason: 'STOP' }]
  return { candidates, modelVersion: model, usageMetadata: { promptTokenCount: 390, candidatesTokenCount: 120, totalTokenCount: 510 } }
}

export function sampleUpstream(): Promise<FakeUpstream> {
  return fakeUpstream(answer)
}
