/** Answers towards Ollama's clients: a line for each step, and a last one with the counts. */
import type { ChatEvent, Finish, JsonObject, Tokens } from '../../../../shared/chat.ts'
import { totalInput, totalOutput } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { isObject, known, parseJson } from '../json.ts'
import type { AnswerContext, AnswerWriter } from '../protocol.ts'
import { writeFailure } from './failure.ts'
import { line } from './ndjson.ts'

interface Call {
  readonly id: string
  readonly name: string
  arguments: string
}

/** What one step says: the same for a conversation and for a completion, which put it in different fields. */
interface Said {
  readonly text?: string
  readonly thinking?: string
  readonly calls?: readonly JsonObject[]
}

type Shape = (said: Said) => JsonObject

const chatShape: Shape = ({ text, thinking, calls }) => ({
  message: { role: 'assistant', content: text ?? '', ...known({ thinking, tool_calls: calls }) },
})

const generateShape: Shape = ({ text, thinking }) => ({ response: text ?? '', ...known({ thinking }) })

class OllamaWriter implements AnswerWriter {
  readonly #context: AnswerContext
  readonly #shape: Shape
  readonly #startedAt = performance.now()
  /** In the order in which they began. */
  readonly #calls = new Map<number, Call>()
  readonly #ended = new Set<number>()
  #failed: boolean = false
  #tokens: Tokens = {}
  #finish: Finish | undefined

  constructor(context: AnswerContext, shape: Shape) {
    this.#context = context
    this.#shape = shape
  }

  /** Calls go out whole and in their order: one that ended before an earlier one waits for it. */
  #endedCalls(): string {
    const calls: JsonObject[] = []
    for (const [index, call] of this.#calls) {
      if (!this.#ended.has(index)) break
      this.#calls.delete(index)
      calls.push(writeCall(call, index))
    }
    return calls.length === 0 ? '' : this.#step({ calls })
  }

  /** @throws Failure 'upstream-unreadable' when a finished call's arguments are no JSON object: this dialect has no other way to say them. */
  write(event: ChatEvent): string {
    switch (event.type) {
      case 'text-delta':
      case 'refusal-delta':
        return event.text === '' ? '' : this.#step({ text: event.text })
      case 'reasoning-delta':
        return event.text === '' ? '' : this.#step({ thinking: event.text })
      case 'tool-call-start':
        this.#calls.set(event.index, { id: event.id, name: event.name, arguments: '' })
        return ''
      case 'tool-call-delta': {
        const call = this.#calls.get(event.index)
        if (call !== undefined) call.arguments += event.arguments
        return ''
      }
      case 'tool-call-end': {
        this.#ended.add(event.index)
        return this.#endedCalls()
      }
      case 'usage':
        this.#tokens = event.tokens
        return ''
      case 'finish':
        this.#finish = event.reason
        return ''
      case 'error':
        return this.fail(new Failure('upstream-error', event.message))
      default:
        return ''
    }
  }

  end(): string {
    if (this.#failed) return ''
    // this dialect has no word for it among the reasons
    if (this.#finish === 'error') return this.fail(new Failure('upstream-error', 'The model ended its answer with an error.'))
    return line({ ...head(this.#context), ...this.#shape({}), ...tail(this.#tokens, this.#finish, performance.now() - this.#startedAt) })
  }

  /** An object with `error` in place of the last line: Ollama's clients throw on it. */
  fail(failure: Failure): string {
    if (this.#failed) return ''
    this.#failed = true
    return line(writeFailure(failure))
  }

  #step(said: Said): string {
    return line({ ...head(this.#context), ...this.#shape(said), done: false })
  }
}

export class OllamaChatWriter extends OllamaWriter {
  constructor(context: AnswerContext) {
    super(context, chatShape)
  }
}

export class OllamaGenerateWriter extends OllamaWriter {
  constructor(context: AnswerContext) {
    super(context, generateShape)
  }
}

function head({ model, createdAt }: AnswerContext): JsonObject {
  return { model, created_at: new Date(createdAt * 1000).toISOString() }
}

/** Clients divide counts by durations, so there are durations: our own, in nanoseconds, the loading of a model being no part of it. */
function tail(tokens: Tokens, finish: Finish | undefined, tookMs: number): JsonObject {
  const took = Math.round(tookMs * 1e6)
  const input = totalInput(tokens)
  const output = totalOutput(tokens)
  return {
    done: true,
    done_reason: finish === 'length' ? 'length' : 'stop',
    total_duration: took,
    load_duration: 0,
    ...(input === undefined ? {} : { prompt_eval_count: input, prompt_eval_duration: 0 }),
    ...(output === undefined ? {} : { eval_count: output, eval_duration: took }),
  }
}

function writeCall(call: Call, index: number): JsonObject {
  const text = call.arguments.trim()
  const parsed = text === '' || text === 'null' ? {} : parseJson(text)
  if (!isObject(parsed)) throw new Failure('upstream-unreadable', `The model called ${call.name} with arguments that are no JSON object.`)
  return { id: call.id, function: { index, name: call.name, arguments: parsed } }
}

export function writeWhole(events: readonly ChatEvent[], context: AnswerContext): JsonObject {
  return whole(events, context, chatShape)
}

export function writeWholeGenerate(events: readonly ChatEvent[], context: AnswerContext): JsonObject {
  return whole(events, context, generateShape)
}

/** @throws Failure 'upstream-unreadable' as `write`, 'upstream-error' when the events tell of one. */
function whole(events: readonly ChatEvent[], context: AnswerContext, shape: Shape): JsonObject {
  let text = ''
  let thinking = ''
  const calls = new Map<number, Call>()
  let tokens: Tokens = {}
  let finish: Finish | undefined
  for (const event of events) {
    if (event.type === 'text-delta' || event.type === 'refusal-delta') text += event.text
    else if (event.type === 'reasoning-delta') thinking += event.text
    else if (event.type === 'tool-call-start') calls.set(event.index, { id: event.id, name: event.name, arguments: '' })
    else if (event.type === 'tool-call-delta') {
      const call = calls.get(event.index)
      if (call !== undefined) call.arguments += event.arguments
    } else if (event.type === 'usage') tokens = event.tokens
    else if (event.type === 'finish') finish = event.reason
    else if (event.type === 'error') throw new Failure('upstream-error', event.message)
  }
  if (finish === 'error') throw new Failure('upstream-error', 'The model ended its answer with an error.')
  const written = [...calls].map(([index, call]) => writeCall(call, index))
  const said = { text, ...(thinking === '' ? {} : { thinking }), ...(written.length === 0 ? {} : { calls: written }) }
  return { ...head(context), ...shape(said), ...tail(tokens, finish, 0) }
}
