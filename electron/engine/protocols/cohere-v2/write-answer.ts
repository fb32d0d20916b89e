/** Answers towards Cohere's clients: its named events, or one object. Reasoning goes out as thinking, whoever it came from. */
import type { ChatEvent, Citation, JsonObject, Tokens } from '../../../../shared/chat.ts'
import type { Failure } from '../../../../shared/failure.ts'
import { arrayOf, known } from '../json.ts'
import type { AnswerContext, AnswerWriter } from '../protocol.ts'
import { sse } from '../sse.ts'
import { writeFinish } from './finish.ts'
import { writeUsage } from './usage.ts'

type PartType = 'text' | 'thinking'

export class CohereWriter implements AnswerWriter {
  readonly #context: AnswerContext
  #started: boolean = false
  #ended: boolean = false
  #index = -1
  #open: PartType | undefined
  #citations = 0
  readonly #callIds = new Set<string>()
  /** Calls whose arguments are still empty. */
  readonly #withoutArguments = new Set<number>()
  #tokens: Tokens = {}
  #finish: Extract<ChatEvent, { type: 'finish' }> | undefined

  constructor(context: AnswerContext) {
    this.#context = context
  }

  write(event: ChatEvent): string {
    if (event.type === 'usage') this.#tokens = event.tokens
    if (event.type === 'finish') this.#finish = event
    return this.#start() + this.#writeEvent(event)
  }

  /** Counts may follow the finish, so both go out together. */
  end(): string {
    if (this.#ended) return ''
    const { reason, raw } = this.#finish ?? { reason: 'stop', raw: '' }
    return this.#endMessage({ finish_reason: writeFinish(reason, raw), usage: writeUsage(this.#tokens) }) + sse('[DONE]')
  }

  fail(failure: Failure): string {
    return this.#ended ? '' : this.#endMessage({ error: failure.message, finish_reason: 'ERROR', usage: writeUsage(this.#tokens) })
  }

  #endMessage(delta: JsonObject): string {
    const before = this.#start() + this.#close()
    this.#ended = true
    return before + event('message-end', { id: this.#context.requestId, delta })
  }

  #start(): string {
    if (this.#started) return ''
    this.#started = true
    const message = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] }
    return event('message-start', { id: this.#context.requestId, delta: { message } })
  }

  #writeEvent(step: ChatEvent): string {
    switch (step.type) {
      case 'text-delta':
      case 'refusal-delta':
        return this.#write('text', step.text)
      case 'reasoning-delta':
        return this.#write('thinking', step.text)
      case 'tool-call-start': {
        this.#withoutArguments.add(step.index)
        // two calls under one id would get each other's results
        const id = step.id === '' || this.#callIds.has(step.id) ? `call_${this.#context.requestId}_${step.index}` : step.id
        this.#callIds.add(id)
        const call = { id, type: 'function', function: { name: step.name, arguments: '' } }
        return this.#close() + event('tool-call-start', { index: step.index, delta: { message: { tool_calls: call } } })
      }
      case 'tool-call-delta':
        return this.#argue(step.index, step.arguments)
      case 'tool-call-end':
        // clients parse the arguments without looking whether there are any
        return (this.#withoutArguments.has(step.index) ? this.#argue(step.index, '{}') : '') + event('tool-call-end', { index: step.index })
      case 'opaque':
        return step.protocol === 'cohere-v2'
          ? arrayOf(step.value.citations)
              .map((cited) => this.#cite(cited as JsonObject))
              .join('')
          : ''
      case 'citation':
        return step.origin === 'cohere-v2' ? '' : this.#cite(citationOf(step.citation))
      case 'error':
        return this.#ended ? '' : this.#endMessage({ error: step.message, finish_reason: 'ERROR', usage: writeUsage(this.#tokens) })
      default:
        // signatures are of use to their own format alone
        return ''
    }
  }

  #argue(index: number, text: string): string {
    if (text === '') return ''
    this.#withoutArguments.delete(index)
    return event('tool-call-delta', { index, delta: { message: { tool_calls: { function: { arguments: text } } } } })
  }

  #write(type: PartType, text: string): string {
    if (text === '') return ''
    let before = ''
    if (this.#open !== type) {
      before = this.#close()
      this.#open = type
      this.#index++
      before += event('content-start', { index: this.#index, delta: { message: { content: { type, [type]: '' } } } })
    }
    return before + event('content-delta', { index: this.#index, delta: { message: { content: { [type]: text } } } })
  }

  #cite(citations: JsonObject): string {
    const index = this.#citations++
    return event('citation-start', { index, delta: { message: { citations } } }) + event('citation-end', { index })
  }

  #close(): string {
    if (this.#open === undefined) return ''
    this.#open = undefined
    return event('content-end', { index: this.#index })
  }
}

function citationOf({ url, title, quote, start = 0, end = start }: Citation): JsonObject {
  const document = { id: url, url, ...known({ title, snippet: quote }) }
  return { start, end, text: '', sources: [{ type: 'document', id: url, document }], type: 'TEXT_CONTENT' }
}

function event(type: string, fields: JsonObject): string {
  return sse(JSON.stringify({ type, ...fields }), type)
}

export function writeWhole(events: readonly ChatEvent[], context: AnswerContext): JsonObject {
  const content: { type: PartType; text: string }[] = []
  const calls = new Map<number, { readonly id: string; readonly name: string; arguments: string }>()
  const citations: JsonObject[] = []
  let tokens: Tokens = {}
  let finish = 'COMPLETE'
  const say = (type: PartType, text: string): void => {
    const last = content.at(-1)
    if (last?.type === type) last.text += text
    else if (text !== '') content.push({ type, text })
  }
  for (const step of events) {
    if (step.type === 'text-delta' || step.type === 'refusal-delta') say('text', step.text)
    else if (step.type === 'reasoning-delta') say('thinking', step.text)
    else if (step.type === 'tool-call-start') calls.set(step.index, { id: step.id, name: step.name, arguments: '' })
    else if (step.type === 'tool-call-delta') {
      const call = calls.get(step.index)
      if (call !== undefined) call.arguments += step.arguments
    } else if (step.type === 'opaque' && step.protocol === 'cohere-v2') citations.push(...(arrayOf(step.value.citations) as readonly JsonObject[]))
    else if (step.type === 'citation' && step.origin !== 'cohere-v2') citations.push(citationOf(step.citation))
    else if (step.type === 'usage') tokens = step.tokens
    else if (step.type === 'finish') finish = writeFinish(step.reason, step.raw)
    else if (step.type === 'error') finish = 'ERROR'
  }
  const toolCalls = [...calls.values()].map(({ id, name, arguments: text }) => ({
    id,
    type: 'function',
    function: { name, arguments: text === '' ? '{}' : text },
  }))
  return {
    id: context.requestId,
    finish_reason: finish,
    message: {
      role: 'assistant',
      content: content.map(({ type, text }) => ({ type, [type]: text })),
      ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
      ...(citations.length === 0 ? {} : { citations }),
    },
    usage: writeUsage(tokens),
  }
}
