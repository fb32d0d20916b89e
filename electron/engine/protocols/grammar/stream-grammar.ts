/**
 * What a stream of ours must look like on the wire. The grammars are stricter than any client, so that a slip of ours is seen here first; they run
 * over every translated stream in tests, and over live ones where `debug.checkStreams` asks for it. Pure: text in, a complaint out. Complaints go into
 * the log, so they never quote what an answer says.
 */
import type { JsonObject } from '../../../../shared/chat.ts'
import { isObject, objectOf, parseJson } from '../json.ts'
import type { SseEvent } from '../protocol.ts'

export interface StreamGrammar {
  /** Takes the next piece of the stream, cut anywhere. @throws Error naming the first breach */
  push(piece: string): void
  /** The stream has ended: complete, or with an error told in band. @throws Error when it has stopped anywhere else */
  end(): 'complete' | 'failed'
}

/** Cuts our own streams into events. Stricter than a client has to be: line feeds only, and every event ends in a blank line. */
export class EventCutter {
  #rest = ''

  /** The complete events so far; undefined stands for a comment. @throws Error for a line that is none of the format's */
  push(piece: string): (SseEvent | undefined)[] {
    const frames = (this.#rest + piece).split('\n\n')
    this.#rest = frames.pop() ?? ''
    return frames.map(readFrame)
  }

  /** @throws Error when the stream stops inside an event */
  end(): void {
    if (this.#rest !== '') throw new Error('the last event has no blank line')
  }
}

function readFrame(frame: string): SseEvent | undefined {
  if (frame.startsWith(':') && !frame.includes('\n')) return undefined
  const lines = frame.split('\n')
  const event = lines[0]?.startsWith('event: ') === true ? (lines.shift() ?? '').slice('event: '.length) : ''
  const [data, ...more] = lines
  if (data === undefined || !data.startsWith('data: ') || more.length > 0) throw new Error('an event that is not one data line')
  return { event, data: data.slice('data: '.length) }
}

/** The object that an event carries. @throws Error when it is none */
export function objectIn(event: SseEvent): JsonObject {
  const value = parseJson(event.data)
  if (!isObject(value)) throw new Error('data that is no JSON object')
  return value
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}

/** @throws Error naming a field that the dialect does not know */
export function onlyFields(value: JsonObject, allowed: ReadonlySet<string>, name: string): void {
  for (const key of Object.keys(value)) if (!allowed.has(key)) throw new Error(`${name} has no field ${key}`)
}

/** The `usage` of OpenAI's chat and completions. @throws Error when it is incomplete or does not add up */
export function checkOpenAiCounts(usage: JsonObject | undefined): void {
  const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = usage ?? {}
  if (!isCount(prompt) || !isCount(completion) || !isCount(total)) throw new Error('usage lacks its counts')
  if (prompt + completion !== total) throw new Error('total_tokens is not the sum')
  const cached = objectOf(usage?.prompt_tokens_details)?.cached_tokens
  if (isCount(cached) && cached > prompt) throw new Error('more tokens cached than sent')
  const reasoned = objectOf(usage?.completion_tokens_details)?.reasoning_tokens
  if (isCount(reasoned) && reasoned > completion) throw new Error('more tokens of reasoning than of answer')
}
