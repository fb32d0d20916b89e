/** Requests of Ollama's clients: `/api/chat`, and `/api/generate` as a conversation of one turn. https://docs.ollama.com/api/chat */
import type { ChatView, JsonObject, JsonValue, Media, Message, OutputFormat, Part, ReasoningWish, Tool } from '../../../../shared/chat.ts'
import { EFFORTS } from '../../../../shared/chat.ts'
import { imageType, readMediaUrl } from '../data-url.ts'
import { arrayAt, badField, booleanAt, isObject, known, numberAt, objectAt, optional, stringAt, textOf } from '../json.ts'
import { needsOf } from '../needs.ts'
import type { RouteFacts } from '../protocol.ts'
import { readRoutingWish } from '../routing-wish.ts'

const MODELLED: ReadonlySet<string> = new Set([
  ...['model', 'messages', 'prompt', 'system', 'images', 'stream', 'tools', 'format', 'options', 'think'],
  // for the router alone
  ...['models', 'provider', 'session_id'],
])
/** Of the options; others, such as `num_ctx`, are for a server that loads models. */
const MODELLED_OPTIONS: ReadonlySet<string> = new Set([
  ...['num_predict', 'temperature', 'top_k', 'top_p', 'seed', 'stop', 'presence_penalty', 'frequency_penalty'],
])
/** They say how a model is kept in memory, which is nobody's business elsewhere. */
const WITHOUT_MEANING: ReadonlySet<string> = new Set(['keep_alive', 'context'])

/** @throws Failure 'bad-request' naming the field. */
export function readRequest(body: JsonObject, route: RouteFacts): ChatView {
  const calls: { readonly id: string; readonly name: string }[] = []
  const messages = (optional(body, 'messages', arrayAt) ?? []).flatMap((value, index) => readMessage(value, `messages[${index}]`, calls))
  return viewOf(body, route, messages)
}

/** `/api/generate`: one prompt, with a system text and pictures beside it. @throws Failure 'bad-request' naming the field. */
export function readGenerate(body: JsonObject, route: RouteFacts): ChatView {
  const system = optional(body, 'system', stringAt)
  const prompt = optional(body, 'prompt', stringAt) ?? ''
  const pictures = readImages(body, '')
  const text: readonly Part[] = prompt === '' ? [] : [{ type: 'text', text: prompt }]
  return viewOf(body, route, [
    ...(system === undefined || system === '' ? [] : [{ role: 'system', parts: [{ type: 'text', text: system }] } as const]),
    { role: 'user', parts: [...text, ...pictures] },
  ])
}

function viewOf(body: JsonObject, route: RouteFacts, messages: readonly Message[]): ChatView {
  const model = route.model ?? optional(body, 'model', stringAt)
  if (model === undefined || model === '') throw badField('model', 'is missing: name the model to ask')
  const options = optional(body, 'options', objectAt) ?? {}
  const unmodelled: Record<string, JsonValue> = {}
  for (const [key, value] of Object.entries(body)) if (!MODELLED.has(key) && !WITHOUT_MEANING.has(key) && value !== null) unmodelled[key] = value
  for (const [key, value] of Object.entries(options)) if (!MODELLED_OPTIONS.has(key) && value !== null) unmodelled[`options.${key}`] = value
  const tools = (optional(body, 'tools', arrayAt) ?? []).map((value, index) => readTool(value, `tools[${index}]`))
  const limit = optional(options, 'num_predict', numberAt, 'options')
  const asked = { messages, tools, ...known({ output: readFormat(body.format), reasoning: readThink(body.think) }) }
  return {
    model,
    ...asked,
    // the one dialect that streams unless told not to
    stream: optional(body, 'stream', booleanAt) ?? true,
    wantsUsage: true,
    ...known({
      // -1 and -2 mean without end
      maxOutputTokens: limit !== undefined && limit > 0 ? limit : undefined,
      temperature: optional(options, 'temperature', numberAt, 'options'),
      topP: optional(options, 'top_p', numberAt, 'options'),
      topK: optional(options, 'top_k', numberAt, 'options'),
      frequencyPenalty: optional(options, 'frequency_penalty', numberAt, 'options'),
      presencePenalty: optional(options, 'presence_penalty', numberAt, 'options'),
      seed: optional(options, 'seed', numberAt, 'options'),
      stop: readStop(options.stop),
    }),
    needs: needsOf(asked),
    unmodelled,
    routing: readRoutingWish(body),
  }
}

function readMessage(value: JsonValue, path: string, calls: { readonly id: string; readonly name: string }[]): readonly Message[] {
  const message = objectAt(value, path)
  const content = optional(message, 'content', stringAt, path) ?? ''
  const text: readonly Part[] = content === '' ? [] : [{ type: 'text', text: content }]
  switch (message.role) {
    case 'system':
      return [{ role: 'system', parts: text }]
    case 'user':
      return [{ role: 'user', parts: [...text, ...readImages(message, `${path}.`)] }]
    case 'assistant': {
      const thinking = textOf(message.thinking)
      const reasoning: readonly Part[] = thinking === undefined ? [] : [{ type: 'reasoning', text: thinking, format: 'ollama-chat' }]
      const own = (optional(message, 'tool_calls', arrayAt, path) ?? []).map((call, index) => readCall(call, `${path}.tool_calls[${index}]`))
      for (const { id, name } of own) calls.push({ id, name })
      return [{ role: 'assistant', parts: [...reasoning, ...text, ...own] }]
    }
    case 'tool': {
      const name = textOf(message.tool_name) ?? textOf(message.name)
      const id = textOf(message.tool_call_id)
      // results come in the order of the calls and name no more than the tool, older clients not even that
      const place = calls.findIndex((call) => (id === undefined ? name === undefined || call.name === name : call.id === id))
      const [call] = place < 0 ? [] : calls.splice(place, 1)
      const callId = id ?? call?.id
      if (callId === undefined) throw badField(`${path}.tool_name`, 'must name a tool that was called before')
      return [{ role: 'tool', parts: [{ type: 'tool-result', callId, parts: text, isError: false, ...known({ name: name ?? call?.name }) }] }]
    }
    default:
      throw badField(`${path}.role`, 'must be system, user, assistant or tool')
  }
}

function readCall(value: JsonValue, path: string): Extract<Part, { type: 'tool-call' }> {
  const call = objectAt(value, path)
  const definition = objectAt(call.function, `${path}.function`)
  const written = definition.arguments
  const text = typeof written === 'string' ? written : isObject(written) ? JSON.stringify(written) : ''
  return {
    type: 'tool-call',
    id: textOf(call.id) ?? `call_${path.replace(/\W+/g, '_')}`,
    name: stringAt(definition.name, `${path}.function.name`),
    arguments: text,
  }
}

/** Bare base64, whose first bytes tell what it is. */
function readImages(holder: JsonObject, prefix: string): readonly Part[] {
  return (optional(holder, 'images', arrayAt) ?? []).map((value, index) => {
    const image = stringAt(value, `${prefix}images[${index}]`)
    const media: Media = readMediaUrl(image, 'image/png') ?? { kind: 'base64', mediaType: imageType(image) ?? 'image/png', data: image }
    return { type: 'image', media }
  })
}

function readTool(value: JsonValue, path: string): Tool {
  const definition = objectAt(objectAt(value, path).function, `${path}.function`)
  return {
    name: stringAt(definition.name, `${path}.function.name`),
    ...known({
      description: optional(definition, 'description', stringAt, `${path}.function`),
      parameters: optional(definition, 'parameters', objectAt, `${path}.function`),
    }),
  }
}

function readFormat(format: JsonValue | undefined): OutputFormat | undefined {
  if (format === undefined || format === null || format === '') return undefined
  if (format === 'json') return { type: 'json-object' }
  return { type: 'json-schema', name: 'answer', schema: objectAt(format, 'format') }
}

function readThink(think: JsonValue | undefined): ReasoningWish | undefined {
  if (think === undefined || think === null) return undefined
  if (think === false) return { effort: 'none' }
  if (think === true) return { adaptive: true, shown: true }
  const effort = EFFORTS.find((word) => word === think)
  if (effort === undefined) throw badField('think', 'must be true, false, low, medium or high')
  return { effort, shown: true }
}

function readStop(stop: JsonValue | undefined): readonly string[] | undefined {
  if (stop === undefined || stop === null) return undefined
  if (typeof stop === 'string') return [stop]
  const words = arrayAt(stop, 'options.stop').map((word, index) => stringAt(word, `options.stop[${index}]`))
  return words.length === 0 ? undefined : words
}
