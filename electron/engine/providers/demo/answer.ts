/** A simulated answer as OpenAI sends it: one JSON body, or the events of a stream. Tokens are characters divided by four, at least one. */
import type { JsonObject } from '../../../../shared/chat.ts'
import type { DemoAnswer } from './compose.ts'
import { hash } from './question.ts'
import type { DemoRequest, Refusal } from './request.ts'

export interface Usage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
  readonly prompt_tokens_details: { readonly cached_tokens: 0 }
  readonly completion_tokens_details: { readonly reasoning_tokens: number }
}

/** An answer cut to the length that was asked for, with its token counts. */
export interface Measured {
  readonly answer: DemoAnswer
  readonly finish: 'stop' | 'length' | 'tool_calls'
  readonly usage: Usage
}

export function countTokens(characters: number): number {
  return Math.max(1, Math.ceil(characters / 4))
}

/** Reasoning counts towards the limit, as it does with real models. A tool call is never cut: half of one is of no use. */
export function measure(request: DemoRequest, answer: DemoAnswer): Measured {
  const room = request.maxTokens * 4
  const reasoning = cut(answer.reasoning, room)
  const text = cut(answer.text, Math.max(0, room - reasoning.length))
  const call = answer.toolCall
  const isCut = reasoning.length < answer.reasoning.length || text.length < answer.text.length
  const reasoningTokens = reasoning === '' ? 0 : countTokens(reasoning.length)
  const visible = text.length + (call ? call.name.length + call.arguments.length : 0)
  const completion = Math.max(1, visible === 0 ? reasoningTokens : reasoningTokens + countTokens(visible))
  const prompt = countTokens(request.inputCharacters)
  return {
    answer: { reasoning, text, toolCall: call },
    finish: call ? 'tool_calls' : isCut ? 'length' : 'stop',
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      prompt_tokens_details: { cached_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: reasoningTokens },
    },
  }
}

/** Never between the halves of a surrogate pair. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length)
}

/** `created` in seconds since the Unix epoch. */
export function wholeAnswer(request: DemoRequest, { answer, finish, usage }: Measured, created: number): JsonObject {
  return {
    id: answerId(request, answer),
    object: 'chat.completion',
    created,
    model: request.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: answer.toolCall ? null : answer.text,
          ...(answer.reasoning === '' ? {} : { reasoning_content: answer.reasoning }),
          ...(answer.toolCall ? { tool_calls: [toolCall(answer.toolCall)] } : {}),
          refusal: null,
        },
        logprobs: null,
        finish_reason: finish,
      },
    ],
    usage: { ...usage },
  }
}

/** A chunk of a stream with the tokens it stands for, which set its pace. */
export interface Piece {
  readonly chunk: JsonObject
  readonly tokens: number
}

export function streamedAnswer(request: DemoRequest, { answer, finish, usage }: Measured, created: number): readonly Piece[] {
  const frame = { id: answerId(request, answer), object: 'chat.completion.chunk', created, model: request.model }
  const usageElsewhere = request.includeUsage ? { usage: null } : {}
  const piece = (delta: JsonObject, tokens: number, finish_reason: string | null = null): Piece => ({
    chunk: { ...frame, choices: [{ index: 0, delta, logprobs: null, finish_reason }], ...usageElsewhere },
    tokens,
  })
  const pieces = [piece({ role: 'assistant', content: '' }, 0)]
  for (const word of words(answer.reasoning)) pieces.push(piece({ reasoning_content: word }, countTokens(word.length)))
  for (const word of words(answer.text)) pieces.push(piece({ content: word }, countTokens(word.length)))
  if (answer.toolCall) {
    const { arguments: written, ...start } = answer.toolCall
    pieces.push(piece({ tool_calls: [{ index: 0, ...toolCall({ ...start, arguments: '' }) }] }, 1))
    for (const part of written.match(/.{1,12}/gsu) ?? []) {
      pieces.push(piece({ tool_calls: [{ index: 0, function: { arguments: part } }] }, countTokens(part.length)))
    }
  }
  pieces.push(piece({}, 0, finish))
  if (request.includeUsage) pieces.push({ chunk: { ...frame, choices: [], usage: { ...usage } }, tokens: 0 })
  return pieces
}

export function errorBody(refusal: Pick<Refusal, 'message' | 'param' | 'code' | 'status'>): JsonObject {
  const type =
    refusal.status === 429
      ? 'rate_limit_error'
      : refusal.status >= 500
        ? 'server_error'
        : refusal.status === 401
          ? 'authentication_error'
          : 'invalid_request_error'
  return { error: { message: refusal.message, type, param: refusal.param, code: refusal.code } }
}

function toolCall(call: NonNullable<DemoAnswer['toolCall']>): JsonObject {
  return { id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } }
}

function answerId(request: DemoRequest, answer: DemoAnswer): string {
  return `chatcmpl-demo-${hash(`${request.model} ${request.inputCharacters} ${answer.reasoning}${answer.text}`).toString(16).padStart(8, '0')}`
}

/** Words with the space before them, so that joining them gives the text back. */
function words(text: string): readonly string[] {
  return text.match(/\s*\S+|\s+$/g) ?? []
}
