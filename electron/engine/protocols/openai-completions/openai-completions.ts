/**
 * OpenAI's legacy completions: as a door onto chat the prompt is what the user says, the answer's text is the completion; older tools speak nothing
 * else. The few models that know nothing else are asked in it. https://platform.openai.com/docs/api-reference/completions
 */
import type { ChatEvent, ChatView, Finish, JsonObject, JsonValue, Tokens } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { badField, objectOf, stringAt } from '../json.ts'
import { classify, writeFailure } from '../openai-chat/failure.ts'
import { readRequest as readChatRequest } from '../openai-chat/read-request.ts'
import { writeUsage } from '../openai-chat/usage.ts'
import type { AnswerContext, AnswerWriter, ClientFormat, RouteFacts, UpstreamFormat } from '../protocol.ts'
import { sse } from '../sse.ts'
import { CompletionsReader } from './read-answer.ts'
import { relayEdits, writeRequest } from './write-request.ts'

/** Values that say what holds anyway. */
const SAYS_NOTHING: readonly (readonly [string, JsonValue])[] = [
  ['best_of', 1],
  ['echo', false],
  ['suffix', ''],
]

/** Its other fields are those of chat. @throws Failure 'bad-request' naming the field. */
function readRequest({ prompt, ...rest }: JsonObject, route: RouteFacts): ChatView {
  const body: Record<string, JsonValue> = { ...rest }
  for (const [field, value] of SAYS_NOTHING) if (body[field] === value) delete body[field]
  const bias = objectOf(body.logit_bias)
  if (bias !== undefined && Object.keys(bias).length === 0) delete body.logit_bias
  return readChatRequest({ ...body, messages: [{ role: 'user', content: readPrompt(prompt) }] }, route)
}

function readPrompt(prompt: JsonValue | undefined): string {
  if (!Array.isArray(prompt)) return stringAt(prompt, 'prompt')
  const [only, ...others] = prompt as readonly JsonValue[]
  if (typeof only !== 'string') throw badField('prompt', 'must be a text: tokens are those of one model and cannot be read here')
  if (others.length > 0) throw badField('prompt', 'must be one text: send several prompts as several requests')
  return only
}

/** A completion cannot call a tool, so an answer that did has stopped. */
const FINISH_WORDS: Readonly<Record<Finish, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'stop',
  'content-filter': 'content_filter',
  error: 'stop',
}

class CompletionsWriter implements AnswerWriter {
  readonly #context: AnswerContext
  #model: string
  #tokens: Tokens | undefined
  #failed: boolean = false

  constructor(context: AnswerContext) {
    this.#context = context
    this.#model = context.model
  }

  write(event: ChatEvent): string {
    switch (event.type) {
      case 'response-start':
        this.#model = event.model ?? this.#model
        return ''
      case 'text-delta':
      case 'refusal-delta':
        return event.text === '' ? '' : this.#chunk({ choices: [choice(event.text, null)] })
      case 'usage':
        this.#tokens = event.tokens
        return ''
      case 'finish':
        // this dialect has no word for it among the reasons
        if (event.reason === 'error') return this.fail(new Failure('upstream-error', `The model ended its answer with an error (${event.raw}).`))
        return this.#chunk({ choices: [choice('', FINISH_WORDS[event.reason])] })
      case 'error':
        return this.fail(new Failure('upstream-error', event.message))
      default:
        // reasoning and calls have no place in a completion
        return ''
    }
  }

  end(): string {
    if (this.#failed) return ''
    const usage = this.#context.wantsUsage && this.#tokens !== undefined ? this.#chunk({ choices: [], usage: writeUsage(this.#tokens) }) : ''
    return usage + sse('[DONE]')
  }

  /** OpenAI's clients throw on a chunk with `error`; no [DONE] follows. */
  fail(failure: Failure): string {
    if (this.#failed) return ''
    this.#failed = true
    return sse(JSON.stringify(writeFailure(failure, this.#context.requestId)))
  }

  #chunk(fields: JsonObject): string {
    return sse(JSON.stringify({ ...head(this.#context, this.#model), ...fields }))
  }
}

function head({ requestId, createdAt }: AnswerContext, model: string): JsonObject {
  return { id: `cmpl-${requestId}`, object: 'text_completion', created: createdAt, model }
}

function choice(text: string, finish: string | null): JsonObject {
  return { text, index: 0, logprobs: null, finish_reason: finish }
}

/** @throws Failure 'upstream-error' when the model ended with one: this dialect has no word for it. */
function writeWhole(events: readonly ChatEvent[], context: AnswerContext): JsonObject {
  let text = ''
  let model = context.model
  let tokens: Tokens = {}
  let finish: Finish = 'stop'
  for (const event of events) {
    if (event.type === 'response-start') model = event.model ?? model
    else if (event.type === 'text-delta' || event.type === 'refusal-delta') text += event.text
    else if (event.type === 'usage') tokens = event.tokens
    else if (event.type === 'finish') finish = event.reason
  }
  if (finish === 'error') throw new Failure('upstream-error', 'The model ended its answer with an error.')
  return { ...head(context, model), choices: [choice(text, FINISH_WORDS[finish])], usage: writeUsage(tokens) }
}

export const openaiCompletions: ClientFormat & UpstreamFormat & { readonly id: 'openai-completions' } = {
  id: 'openai-completions',
  readRequest,
  // few models are asked in this format, those that know no other
  writeRequest,
  relayEdits,
  path: () => '/completions',
  reader: () => new CompletionsReader(),
  readWhole: (body) => new CompletionsReader().readWhole(body),
  classify,
  writer: (context) => new CompletionsWriter(context),
  writeWhole,
  writeFailure,
  streamType: 'text/event-stream',
  requestIdHeader: 'x-request-id',
  keepAlive: ': keep-alive\n\n',
}
