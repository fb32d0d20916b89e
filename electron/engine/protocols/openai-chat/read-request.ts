import type { ChatView, Effort, JsonObject, JsonValue, OutputFormat, ReasoningWish, Tool, ToolChoice } from '../../../../shared/chat.ts'
import { EFFORTS } from '../../../../shared/chat.ts'
import { freeformTool } from '../freeform.ts'
import { arrayAt, badField, booleanAt, isObject, known, numberAt, numberOf, objectAt, objectOf, optional, put, stringAt, textOf } from '../json.ts'
import { needsOf } from '../needs.ts'
import type { RouteFacts } from '../protocol.ts'
import { readRoutingWish } from '../routing-wish.ts'
import { readCacheMark, readMessages } from './read-messages.ts'

/** Fields this reader turns into the view; whatever else a body holds is kept in `unmodelled`. */
const MODELLED = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'top_k',
  'frequency_penalty',
  'presence_penalty',
  'seed',
  'random_seed',
  'stop',
  'tools',
  'tool_choice',
  'functions',
  'function_call',
  'parallel_tool_calls',
  'response_format',
  'reasoning',
  'include_reasoning',
  'user',
  'safety_identifier',
  'usage',
  // for the router alone
  'models',
  'provider',
  'route',
  'session_id',
])

/** Values that say what holds anyway, so that leaving them out changes nothing. */
const SAYS_NOTHING: Readonly<Record<string, JsonValue>> = { n: 1, logprobs: false, store: false, service_tier: 'auto' }

/**
 * A chat completions body as the canonical view. Source: https://platform.openai.com/docs/api-reference/chat/create, with OpenRouter's
 * extensions. What has no place in the view is named in `unmodelled`, nested fields by their path.
 * @throws Failure 'bad-request' naming the field.
 */
export function readRequest(body: JsonObject, route: RouteFacts): ChatView {
  const model = route.model ?? optional(body, 'model', stringAt)
  if (model === undefined || model === '') throw badField('model', 'is missing: name the model to ask')
  const unmodelled: Record<string, JsonValue> = {}
  for (const key in body) {
    if (MODELLED.has(key)) continue
    const value = body[key]
    if (value !== undefined && value !== null && SAYS_NOTHING[key] !== value) unmodelled[key] = value
  }

  const streamOptions = optional(body, 'stream_options', objectAt)
  const otherStreamOptions = streamOptions === undefined ? [] : Object.entries(streamOptions).filter(([key]) => key !== 'include_usage')
  if (otherStreamOptions.length > 0) unmodelled.stream_options = Object.fromEntries(otherStreamOptions)

  const messages = readMessages(arrayAt(body.messages, 'messages'), unmodelled)
  if (messages.length === 0) throw badField('messages', 'must hold at least one message')
  const tools = readTools(body, unmodelled)
  const output = optional(body, 'response_format', objectAt)
  const format = output === undefined ? undefined : readOutputFormat(output, unmodelled)
  const reasoning = readReasoning(body, unmodelled)
  const view: { -readonly [Field in keyof ChatView]: ChatView[Field] } = {
    model,
    messages,
    tools,
    stream: route.stream ?? optional(body, 'stream', booleanAt) ?? false,
    wantsUsage: streamOptions?.include_usage === true || objectOf(body.usage)?.include === true,
    needs: needsOf({ messages, tools, output: format, reasoning }),
    unmodelled,
    routing: readRoutingWish(body),
  }
  put(view, 'output', format)
  put(view, 'reasoning', reasoning)
  put(view, 'maxOutputTokens', optional(body, 'max_completion_tokens', numberAt) ?? optional(body, 'max_tokens', numberAt))
  put(view, 'temperature', optional(body, 'temperature', numberAt))
  put(view, 'topP', optional(body, 'top_p', numberAt))
  put(view, 'topK', optional(body, 'top_k', numberAt))
  put(view, 'frequencyPenalty', optional(body, 'frequency_penalty', numberAt))
  put(view, 'presencePenalty', optional(body, 'presence_penalty', numberAt))
  put(view, 'seed', optional(body, 'seed', numberAt) ?? optional(body, 'random_seed', numberAt))
  put(view, 'stop', readStop(body.stop))
  put(view, 'toolChoice', readToolChoice(body, unmodelled))
  put(view, 'parallelToolCalls', optional(body, 'parallel_tool_calls', booleanAt))
  put(view, 'user', optional(body, 'safety_identifier', stringAt) ?? optional(body, 'user', stringAt))
  if (body.logprobs === true) view.logprobs = { fields: ['logprobs', 'top_logprobs'], ...known({ top: numberOf(body.top_logprobs) }) }
  return view
}

function readStop(value: JsonValue | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return [value]
  const stop = arrayAt(value, 'stop').map((entry, index) => stringAt(entry, `stop[${index}]`))
  return stop.length === 0 ? undefined : stop
}

const NO_TOOLS: readonly Tool[] = []

function readTools(body: JsonObject, unmodelled: Record<string, JsonValue>): readonly Tool[] {
  if (body.tools === undefined && body.functions === undefined) return NO_TOOLS
  const tools: Tool[] = []
  for (const [index, value] of (optional(body, 'tools', arrayAt) ?? []).entries()) {
    const path = `tools[${index}]`
    const tool = objectAt(value, path)
    // Mistral's own clients leave the type out
    if (tool.type === undefined || tool.type === 'function') {
      tools.push(readFunction(objectAt(tool.function, `${path}.function`), `${path}.function`, tool))
      continue
    }
    const custom = tool.type === 'custom' ? objectOf(tool.custom) : undefined
    const name = textOf(custom?.name)
    if (custom === undefined || name === undefined) unmodelled[path] = tool
    else tools.push({ ...freeformTool(name, asInResponses(custom)), ...known({ cache: readCacheMark(tool) }) })
  }
  for (const [index, value] of (optional(body, 'functions', arrayAt) ?? []).entries()) {
    tools.push(readFunction(objectAt(value, `functions[${index}]`), `functions[${index}]`))
  }
  return tools
}

/** Responses say beside each other what is in objects of their own here: `custom`, and in its format `grammar`. */
function asInResponses(custom: JsonObject): JsonObject {
  const { grammar, ...format } = objectOf(custom.format) ?? {}
  return { type: 'custom', ...custom, ...(isObject(grammar) && { format: { ...format, ...grammar } }) }
}

function readFunction(definition: JsonObject, path: string, tool: JsonObject = {}): Tool {
  const name = stringAt(definition.name, `${path}.name`)
  if (name === '') throw badField(`${path}.name`, 'must not be empty')
  return {
    name,
    ...known({
      description: optional(definition, 'description', stringAt, path),
      parameters: optional(definition, 'parameters', objectAt, path),
      strict: optional(definition, 'strict', booleanAt, path),
      cache: readCacheMark(tool),
    }),
  }
}

function readToolChoice(body: JsonObject, unmodelled: Record<string, JsonValue>): ToolChoice | undefined {
  const legacy = body.function_call
  const choice = body.tool_choice ?? (isObject(legacy) ? { type: 'function', function: legacy } : legacy)
  if (choice === undefined || choice === null) return undefined
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { type: choice }
  // Mistral's word for required
  if (choice === 'any') return { type: 'required' }
  if (!isObject(choice)) throw badField('tool_choice', 'must be none, auto, required or an object that names a tool')
  if (choice.type === 'function' || choice.type === undefined) {
    const named = objectAt(choice.function, 'tool_choice.function')
    return { type: 'tool', name: stringAt(named.name, 'tool_choice.function.name') }
  }
  const custom = choice.type === 'custom' ? textOf(objectOf(choice.custom)?.name) : undefined
  if (custom !== undefined) return { type: 'tool', name: custom }
  if (choice.type === 'auto' || choice.type === 'none' || choice.type === 'required') return { type: choice.type }
  unmodelled.tool_choice = choice
  return undefined
}

function readOutputFormat(format: JsonObject, unmodelled: Record<string, JsonValue>): OutputFormat | undefined {
  if (format.type === 'text') return undefined
  if (format.type === 'json_object') return { type: 'json-object' }
  if (format.type !== 'json_schema') {
    unmodelled.response_format = format
    return undefined
  }
  const path = 'response_format.json_schema'
  const definition = objectAt(format.json_schema, path)
  if (typeof definition.description === 'string') unmodelled[`${path}.description`] = definition.description
  return {
    type: 'json-schema',
    // only OpenAI itself insists on a name
    name: optional(definition, 'name', stringAt, path) ?? 'answer',
    schema: objectAt(definition.schema, `${path}.schema`),
    ...known({ strict: optional(definition, 'strict', booleanAt, path) }),
  }
}

const REASONING_FIELDS: ReadonlySet<string> = new Set(['effort', 'max_tokens', 'exclude', 'enabled'])

/** `reasoning_effort`, and OpenRouter's `reasoning {effort, max_tokens, exclude, enabled}` with its elder `include_reasoning`. */
function readReasoning(body: JsonObject, unmodelled: Record<string, JsonValue>): ReasoningWish | undefined {
  if (body.reasoning === undefined && body.reasoning_effort === undefined && body.include_reasoning === undefined) return undefined
  delete unmodelled.reasoning_effort
  const wish = optional(body, 'reasoning', objectAt) ?? {}
  const words = [wish.effort, body.reasoning_effort].filter((word) => word !== undefined && word !== null)
  const effort = words.find(isEffort)
  // a dialect's own word, such as Groq's "default"
  if (effort === undefined && words[0] !== undefined) unmodelled.reasoning_effort = words[0]
  const budgetTokens = optional(wish, 'max_tokens', numberAt, 'reasoning')
  const exclude = wish.exclude === true || body.include_reasoning === false ? true : undefined
  const shown = textOf(wish.summary) !== undefined || body.include_reasoning === true ? true : undefined
  for (const [key, value] of Object.entries(wish)) {
    const isRead = REASONING_FIELDS.has(key) || (key === 'summary' && value === 'auto')
    if (!isRead && value !== null) unmodelled[`reasoning.${key}`] = value
  }
  const asked = known({ effort: effort ?? effortOfSwitch(wish, budgetTokens), budgetTokens, exclude, shown })
  return Object.keys(asked).length === 0 ? undefined : asked
}

/** OpenRouter: `enabled` alone means medium effort. */
function effortOfSwitch(wish: JsonObject, budgetTokens: number | undefined): Effort | undefined {
  if (wish.enabled === false) return 'none'
  return wish.enabled === true && budgetTokens === undefined ? 'medium' : undefined
}

function isEffort(word: JsonValue | undefined): word is Effort {
  return EFFORTS.some((effort) => effort === word)
}
