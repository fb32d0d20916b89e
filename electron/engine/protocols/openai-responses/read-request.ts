import type { ChatView, JsonObject, JsonValue, Message, OutputFormat, ReasoningWish } from '../../../../shared/chat.ts'
import { EFFORTS } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { arrayOf, badField, booleanAt, known, numberAt, numberOf, objectAt, optional, stringAt, textOf } from '../json.ts'
import { needsOf } from '../needs.ts'
import type { RouteFacts } from '../protocol.ts'
import { readRoutingWish } from '../routing-wish.ts'
import { readInput } from './read-input.ts'
import { readToolChoice, readTools } from './tools.ts'

/** Fields this reader turns into the view; whatever else a body holds is kept in `unmodelled`. */
const MODELLED = new Set([
  'model',
  'input',
  'instructions',
  'stream',
  'max_output_tokens',
  'temperature',
  'top_p',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'text',
  'reasoning',
  'include',
  'user',
  'safety_identifier',
  // answered by our own store, whoever serves the request
  'store',
  'previous_response_id',
  // padding of stream events, which a translation does not have
  'stream_options',
  // for the router alone
  'models',
  'provider',
  'session_id',
])

/** Values that say what holds anyway, so that leaving them out changes nothing. */
const SAYS_NOTHING: Readonly<Record<string, JsonValue>> = { truncation: 'disabled', service_tier: 'auto', background: false, top_logprobs: 0 }

const LOGPROBS = 'message.output_text.logprobs'

/** What makes the provider keep state for us, and why that is refused. Sending such a field on would seem to work and then lose the conversation. */
const REFUSED: Readonly<Record<string, string>> = {
  background: 'cannot be served: answers are given at once here. Leave it out, or stream',
  conversation: 'names a conversation that the provider keeps. Use previous_response_id, or send the items',
  prompt: 'names a prompt that the provider keeps. Send its text',
}

/**
 * A Responses body as the canonical view. Source: https://platform.openai.com/docs/api-reference/responses/create. `previous_response_id` and
 * references to stored items have been resolved before (engine/stored-responses.ts); what is still there is unknown.
 * @throws Failure 'bad-request' naming the field.
 */
export function readRequest(body: JsonObject, route: RouteFacts): ChatView {
  const model = route.model ?? optional(body, 'model', stringAt)
  if (model === undefined || model === '') throw badField('model', 'is missing: name the model to ask')
  const unmodelled: Record<string, JsonValue> = {}
  for (const [key, value] of Object.entries(body)) {
    if (MODELLED.has(key) || value === null || SAYS_NOTHING[key] === value) continue
    const why = REFUSED[key]
    if (why !== undefined) throw badField(key, why)
    unmodelled[key] = value
  }
  const previous = optional(body, 'previous_response_id', stringAt)
  if (previous !== undefined) throw unknownResponse(previous)

  const instructions = readInstructions(body)
  const messages = [...instructions, ...readInput(body.input ?? (instructions.length > 0 ? [] : undefined))]
  if (messages.length === 0) throw badField('input', 'must hold at least one item')
  const tools = readTools(body, unmodelled)
  const output = readOutputFormat(body, unmodelled)
  const reasoning = readReasoning(body, unmodelled)
  const others = arrayOf(body.include).filter((what) => what !== 'reasoning.encrypted_content')
  if (others.length > 0) unmodelled.include = others
  const wantsLogprobs = others.includes(LOGPROBS)
  const asked = { messages, tools, ...known({ output, reasoning }) }
  return {
    model,
    ...asked,
    stream: route.stream ?? optional(body, 'stream', booleanAt) ?? false,
    wantsUsage: true,
    ...known({
      maxOutputTokens: optional(body, 'max_output_tokens', numberAt),
      temperature: optional(body, 'temperature', numberAt),
      topP: optional(body, 'top_p', numberAt),
      toolChoice: readToolChoice(body, unmodelled),
      parallelToolCalls: optional(body, 'parallel_tool_calls', booleanAt),
      user: optional(body, 'safety_identifier', stringAt) ?? optional(body, 'user', stringAt),
      logprobs: wantsLogprobs
        ? { fields: others.length === 1 ? ['include', 'top_logprobs'] : ['top_logprobs'], ...known({ top: numberOf(body.top_logprobs) }) }
        : undefined,
    }),
    needs: needsOf(asked),
    unmodelled,
    routing: readRoutingWish(body),
  }
}

/** What OpenAI says of an id it does not know; clients match on the code. */
export function unknownResponse(id: string): Failure {
  return new Failure('bad-request', `Previous response with id '${id}' not found.`, { param: 'previous_response_id', code: 'previous_response_not_found' })
}

/** A text, or items as in a conversation. */
function readInstructions(body: JsonObject): readonly Message[] {
  const { instructions } = body
  if (instructions === undefined || instructions === null || instructions === '') return []
  if (typeof instructions === 'string') return [{ role: 'system', parts: [{ type: 'text', text: instructions }] }]
  if (!Array.isArray(instructions)) throw badField('instructions', 'must be a text')
  return readInput(instructions)
}

function readOutputFormat(body: JsonObject, unmodelled: Record<string, JsonValue>): OutputFormat | undefined {
  const text = optional(body, 'text', objectAt)
  if (text === undefined) return undefined
  for (const [key, value] of Object.entries(text)) if (key !== 'format' && value !== null && value !== 'medium') unmodelled[`text.${key}`] = value
  const format = optional(text, 'format', objectAt, 'text')
  switch (format?.type) {
    case undefined:
    case 'text':
      return undefined
    case 'json_object':
      return { type: 'json-object' }
    case 'json_schema': {
      const path = 'text.format'
      if (textOf(format.description) !== undefined) unmodelled[`${path}.description`] = format.description ?? null
      return {
        type: 'json-schema',
        name: optional(format, 'name', stringAt, path) ?? 'answer',
        schema: objectAt(format.schema, `${path}.schema`),
        ...known({ strict: optional(format, 'strict', booleanAt, path) }),
      }
    }
    default:
      unmodelled['text.format'] = text.format ?? null
      return undefined
  }
}

function readReasoning(body: JsonObject, unmodelled: Record<string, JsonValue>): ReasoningWish | undefined {
  const wish = optional(body, 'reasoning', objectAt)
  if (wish === undefined) return undefined
  const effort = EFFORTS.find((word) => word === wish.effort)
  for (const [key, value] of Object.entries(wish)) {
    const isRead = key === 'effort' ? effort !== undefined : (key === 'summary' || key === 'generate_summary') && value === 'auto'
    if (value !== null && !isRead) unmodelled[`reasoning.${key}`] = value
  }
  const summary = textOf(wish.summary) ?? textOf(wish.generate_summary)
  const asked = known({ effort, shown: summary === undefined ? undefined : true })
  return Object.keys(asked).length === 0 ? undefined : asked
}
