/**
 * A provider that answers without a key, a network or a model, so that everything else in Switchyard can be seen working. Its models are called
 * simulated wherever they appear, begin every answer by saying so, and cost an explicit nothing.
 *
 * It speaks OpenAI's chat format through the same door as the network does, byte stream and pauses included, so what works with it works with
 * a real provider. What a prompt can ask of it (to fail, hang, break off) is written in directives.ts.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { JsonObject } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import type { UpstreamRequest, UpstreamResponse } from '../../attempt/send.ts'
import { defineProvider, type ProviderDefinition } from '../define.ts'
import { errorBody, measure, type Piece, streamedAnswer, wholeAnswer } from './answer.ts'
import { compose } from './compose.ts'
import { type Directive, readDirectives } from './directives.ts'
import { demoModels, tempers } from './models.ts'
import { Refusal, readRequest } from './request.ts'

export interface DemoOptions {
  /** Waits, and rejects as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>
  /** 2 is twice as fast. */
  readonly speed?: number
  /** Milliseconds since the Unix epoch, for `created`. */
  readonly now?: () => number
}

/** How much of an answer is out before `stall` and `break` take hold. */
const BEGUN_PIECES = 12
const SLOWER = 10
/** Longer than any timeout of ours, within what a timer can count. */
const FOREVER_MS = 2_000_000_000

export function demoProvider({ sleep, speed = 1, now = Date.now }: DemoOptions): ProviderDefinition {
  return defineProvider({
    id: 'demo',
    name: 'Demo (simulated)',
    protocol: 'openai-chat',
    // .invalid is reserved and never resolves (RFC 6761): nothing could be sent there by mistake
    baseUrl: 'https://demo.invalid/v1',
    authorization: { kind: 'none' },
    keyPrefixes: [],
    environment: [],
    validatePath: '/models',
    runsLocally: true,
    simulated: true,
    models: demoModels,
    send: (request, { signal }) => answer(request, signal, { sleep: (ms) => interruptible(sleep, ms / speed, signal), created: Math.floor(now() / 1000) }),
  })
}

interface Surroundings {
  readonly sleep: (ms: number) => Promise<void>
  readonly created: number
}

async function answer(request: UpstreamRequest, signal: AbortSignal, { sleep, created }: Surroundings): Promise<UpstreamResponse> {
  if (signal.aborted) throw whyAborted(signal)
  try {
    const path = new URL(request.url).pathname
    if (request.method === 'GET' && path.endsWith('/models')) return json(200, modelList())
    if (request.method !== 'POST' || !path.endsWith('/chat/completions'))
      throw new Refusal(404, `Unknown request URL: ${request.method} ${path}.`, null, 'unknown_url')

    const chat = readRequest(request.body)
    const { directives, question } = readDirectives(chat.prompt, chat.model)
    const failing = directives.find((directive) => directive.does === 'fail')
    if (failing) throw new Refusal(failing.status, `This prompt asked for status ${failing.status}. (Simulated.)`, null, 'demo_directive')
    if (has(directives, 'hang')) await sleep(FOREVER_MS)

    const temper = tempers[chat.model]
    const pace = has(directives, 'slow') ? SLOWER : 1
    const measured = measure(chat, compose(chat, question))
    const msPerToken = (1000 / temper.tokensPerSecond) * pace
    await sleep(temper.firstWordMs * pace)
    if (chat.stream) {
      const body = stream(streamedAnswer(chat, measured, created), msPerToken, ending(directives), sleep)
      return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' }, body }
    }
    await sleep(measured.usage.completion_tokens * msPerToken)
    if (has(directives, 'stall')) await sleep(FOREVER_MS)
    if (has(directives, 'break')) throw new Failure('upstream-unreachable', 'The simulated connection ended before an answer came, as the prompt had asked.')
    return json(200, wholeAnswer(chat, measured, created))
  } catch (thrown) {
    if (thrown instanceof Refusal) return json(thrown.status, errorBody(thrown), waits(thrown.status))
    throw thrown
  }
}

/** Pulled: without a reader nothing moves on, and leaving the loop ends it. */
async function* stream(
  pieces: readonly Piece[],
  msPerToken: number,
  ends: 'well' | 'stall' | 'break',
  sleep: Surroundings['sleep'],
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for (const [index, { chunk, tokens }] of pieces.entries()) {
    if (index === BEGUN_PIECES && ends === 'break') return
    if (index === BEGUN_PIECES && ends === 'stall') await sleep(FOREVER_MS)
    if (tokens > 0) await sleep(tokens * msPerToken)
    yield encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`)
  }
  yield encoder.encode('data: [DONE]\n\n')
}

function json(status: number, body: JsonObject, headers: Readonly<Record<string, string>> = {}): UpstreamResponse {
  async function* once(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(JSON.stringify(body))
  }
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: once() }
}

function modelList(): JsonObject {
  return { object: 'list', data: demoModels.map(({ id }) => ({ id, object: 'model', created: 0, owned_by: 'switchyard' })) }
}

function has(directives: readonly Directive[], does: Directive['does']): boolean {
  return directives.some((directive) => directive.does === does)
}

function ending(directives: readonly Directive[]): 'well' | 'stall' | 'break' {
  return has(directives, 'stall') ? 'stall' : has(directives, 'break') ? 'break' : 'well'
}

function waits(status: number): Readonly<Record<string, string>> {
  return status === 429 || status === 503 ? { 'retry-after': '1' } : {}
}

async function interruptible(sleep: DemoOptions['sleep'], ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, signal)
  } catch (thrown) {
    throw signal.aborted ? whyAborted(signal) : thrown
  }
  // a sleep of no length may not have looked at the signal
  if (signal.aborted) throw whyAborted(signal)
}

/** Whoever aborts may say why with a Failure, such as a timeout; otherwise the caller left. */
function whyAborted(signal: AbortSignal): Failure {
  return signal.reason instanceof Failure ? signal.reason : new Failure('cancelled', 'The request was cancelled.')
}

export default demoProvider({ sleep: (ms, signal) => delay(ms, undefined, { signal }) })
