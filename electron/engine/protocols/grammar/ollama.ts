/**
 * The grammar of Ollama's streams, of `/api/chat` and `/api/generate` alike: one object a line, each naming its model and its moment; every step but
 * the last says `done: false`; tool calls come whole and in their order; the last line says why it stopped and how much was counted. An object with
 * `error` ends the stream in place of that line. Source: https://docs.ollama.com/api/streaming and https://docs.ollama.com/api/chat
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { isObject, objectOf, parseJson } from '../json.ts'
import { isCount, onlyFields, type StreamGrammar } from './stream-grammar.ts'

const STEP_FIELDS = ['model', 'created_at', 'done'] as const
const COUNTS = ['total_duration', 'load_duration', 'prompt_eval_count', 'prompt_eval_duration', 'eval_count', 'eval_duration'] as const
const LAST_FIELDS = ['done_reason', ...COUNTS] as const
const MESSAGE_FIELDS: ReadonlySet<string> = new Set(['role', 'content', 'thinking', 'tool_calls'])
const CALL_FIELDS: ReadonlySet<string> = new Set(['id', 'function'])
const FUNCTION_FIELDS: ReadonlySet<string> = new Set(['index', 'name', 'arguments'])
/** What the official server says: https://github.com/ollama/ollama/blob/main/llm/server.go (DoneReason). */
const DONE_REASONS: ReadonlySet<JsonValue | undefined> = new Set(['stop', 'length', 'load', 'unload'])

/** Where the two say what the model said. */
const SAID = {
  'ollama-chat': { holder: 'message', fields: [] },
  'ollama-generate': { holder: 'response', fields: ['thinking'] },
} as const

export class OllamaGrammar implements StreamGrammar {
  readonly #dialect: keyof typeof SAID
  readonly #stepFields: ReadonlySet<string>
  readonly #lastFields: ReadonlySet<string>
  #rest = ''
  #phase: 'before' | 'within' | 'done' | 'failed' = 'before'
  #identity: string | undefined
  #calls = 0

  constructor(dialect: keyof typeof SAID) {
    this.#dialect = dialect
    const { holder, fields } = SAID[dialect]
    this.#stepFields = new Set([...STEP_FIELDS, holder, ...fields])
    this.#lastFields = new Set([...this.#stepFields, ...LAST_FIELDS])
  }

  push(piece: string): void {
    const lines = (this.#rest + piece).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      const value = parseJson(line)
      // the official client parses every line, an empty one too
      if (!isObject(value)) throw new Error('a line that is no JSON object')
      this.#take(value)
    }
  }

  end(): 'complete' | 'failed' {
    if (this.#rest !== '') throw new Error('the last line does not end')
    if (this.#phase === 'failed') return 'failed'
    if (this.#phase !== 'done') throw new Error('the stream stopped before a line that says done')
    return 'complete'
  }

  #take(line: JsonObject): void {
    if (this.#phase === 'done' || this.#phase === 'failed') throw new Error('something follows the end')
    if (line.error !== undefined) {
      onlyFields(line, ERROR_FIELDS, 'the error')
      if (typeof line.error !== 'string' || line.error === '') throw new Error('an error without a message')
      this.#phase = 'failed'
      return
    }
    this.#checkHead(line)
    if (this.#dialect === 'ollama-chat') this.#checkMessage(objectOf(line.message))
    else checkText(line.response, line.thinking)
    if (line.done === false) {
      onlyFields(line, this.#stepFields, 'a step')
      this.#phase = 'within'
    } else this.#checkLast(line)
  }

  #checkHead({ model, created_at: createdAt, done }: JsonObject): void {
    if (typeof model !== 'string' || model === '') throw new Error('a line without model')
    if (typeof createdAt !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(createdAt)) throw new Error('created_at is no moment')
    if (typeof done !== 'boolean') throw new Error('a line without done')
    if (this.#identity !== undefined && model !== this.#identity) throw new Error('the model changed on the way')
    this.#identity = model
  }

  #checkMessage(message: JsonObject | undefined): void {
    if (message?.role !== 'assistant') throw new Error('a message that is not the assistant’s')
    onlyFields(message, MESSAGE_FIELDS, 'the message')
    checkText(message.content, message.thinking)
    if (message.tool_calls === undefined) return
    if (!Array.isArray(message.tool_calls) || message.tool_calls.length === 0) throw new Error('tool_calls is no list with something in it')
    for (const call of message.tool_calls as readonly JsonValue[]) this.#checkCall(objectOf(call))
  }

  #checkCall(call: JsonObject | undefined): void {
    const index = this.#calls++
    const definition = objectOf(call?.function)
    if (call === undefined || definition === undefined) throw new Error(`tool call ${index} is no call`)
    onlyFields(call, CALL_FIELDS, 'a tool call')
    onlyFields(definition, FUNCTION_FIELDS, 'the function')
    if (call.id !== undefined && (typeof call.id !== 'string' || call.id === '')) throw new Error(`the id of tool call ${index} is no text`)
    if (definition.index !== index) throw new Error(`tool call ${String(definition.index)} instead of ${index}`)
    if (typeof definition.name !== 'string' || definition.name === '') throw new Error(`tool call ${index} has no name`)
    if (!isObject(definition.arguments)) throw new Error(`the arguments of tool call ${index} are no object`)
  }

  #checkLast(line: JsonObject): void {
    onlyFields(line, this.#lastFields, 'the last line')
    if (!DONE_REASONS.has(line.done_reason)) throw new Error(`unknown done_reason ${String(line.done_reason)}`)
    for (const name of COUNTS) if (line[name] !== undefined && !isCount(line[name])) throw new Error(`${name} is no count`)
    // clients divide the one by the other
    if ((line.eval_count === undefined) !== (line.eval_duration === undefined)) throw new Error('eval_count and eval_duration stand together')
    this.#phase = 'done'
  }
}

const ERROR_FIELDS: ReadonlySet<string> = new Set(['error'])

function checkText(text: JsonValue | undefined, thinking: JsonValue | undefined): void {
  if (typeof text !== 'string') throw new Error('what the model said is no text')
  if (thinking !== undefined && typeof thinking !== 'string') throw new Error('thinking is no text')
}
