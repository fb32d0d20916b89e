/** A request of one of Cohere's own clients as the view. https://docs.cohere.com/reference/chat */
import type { ChatView, JsonObject, JsonValue, Message, OutputFormat, Part, ReasoningWish, Tool, ToolChoice } from '../../../../shared/chat.ts'
import { readMediaUrl } from '../data-url.ts'
import { arrayAt, badField, booleanAt, isObject, known, numberAt, objectAt, optional, stringAt, textOf } from '../json.ts'
import { needsOf } from '../needs.ts'
import type { RouteFacts } from '../protocol.ts'
import { readRoutingWish } from '../routing-wish.ts'

const MODELLED: ReadonlySet<string> = new Set([
  ...['model', 'messages', 'stream', 'max_tokens', 'temperature', 'p', 'k', 'seed', 'frequency_penalty', 'presence_penalty', 'stop_sequences'],
  ...['tools', 'tool_choice', 'strict_tools', 'response_format', 'thinking', 'models', 'provider', 'session_id'],
])

/** @throws Failure 'bad-request' naming the field. */
export function readRequest(body: JsonObject, route: RouteFacts): ChatView {
  const model = route.model ?? optional(body, 'model', stringAt)
  if (model === undefined || model === '') throw badField('model', 'is missing: name the model to ask')
  const unmodelled: Record<string, JsonValue> = {}
  for (const [key, value] of Object.entries(body)) if (!MODELLED.has(key) && value !== null) unmodelled[key] = value
  const messages = arrayAt(body.messages, 'messages').map((value, index) => readMessage(objectAt(value, `messages[${index}]`), `messages[${index}]`))
  const strict = optional(body, 'strict_tools', booleanAt)
  const tools = (optional(body, 'tools', arrayAt) ?? []).map((value, index) => readTool(objectAt(value, `tools[${index}]`), `tools[${index}]`, strict))
  const asked = { messages, tools, ...known({ output: readOutput(body), reasoning: readThinking(body) }) }
  return {
    model,
    ...asked,
    stream: optional(body, 'stream', booleanAt) ?? false,
    wantsUsage: true,
    ...known({
      maxOutputTokens: optional(body, 'max_tokens', numberAt),
      temperature: optional(body, 'temperature', numberAt),
      topP: optional(body, 'p', numberAt),
      topK: optional(body, 'k', numberAt),
      frequencyPenalty: optional(body, 'frequency_penalty', numberAt),
      presencePenalty: optional(body, 'presence_penalty', numberAt),
      seed: optional(body, 'seed', numberAt),
      stop: optional(body, 'stop_sequences', arrayAt)?.map((stop, index) => stringAt(stop, `stop_sequences[${index}]`)),
      toolChoice: readToolChoice(body.tool_choice),
    }),
    needs: needsOf(asked),
    unmodelled,
    routing: readRoutingWish(body),
  }
}

function readMessage(message: JsonObject, path: string): Message {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', parts: readContent(message.content, `${path}.content`) }
    case 'user':
      return { role: 'user', parts: readContent(message.content, `${path}.content`) }
    case 'assistant': {
      const plan = textOf(message.tool_plan)
      const calls = (optional(message, 'tool_calls', arrayAt, path) ?? []).map((value, index) => readCall(value, `${path}.tool_calls[${index}]`))
      const content = message.content === undefined || message.content === null ? [] : readContent(message.content, `${path}.content`)
      const reasoning: readonly Part[] = plan === undefined ? [] : [{ type: 'reasoning', text: plan, format: 'cohere-v2' }]
      return { role: 'assistant', parts: [...reasoning, ...content, ...calls] }
    }
    case 'tool': {
      const callId = stringAt(message.tool_call_id, `${path}.tool_call_id`)
      return { role: 'tool', parts: [{ type: 'tool-result', callId, parts: readContent(message.content, `${path}.content`), isError: false }] }
    }
    default:
      throw badField(`${path}.role`, 'must be system, user, assistant or tool')
  }
}

function readCall(value: JsonValue, path: string): Part {
  const call = objectAt(value, path)
  const definition = objectAt(call.function, `${path}.function`)
  const written = optional(definition, 'arguments', stringAt, `${path}.function`) ?? ''
  return {
    type: 'tool-call',
    id: stringAt(call.id, `${path}.id`),
    name: stringAt(definition.name, `${path}.function.name`),
    arguments: written.trim() === 'null' ? '' : written,
  }
}

function readContent(content: JsonValue | undefined, path: string): readonly Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return arrayAt(content, path).map((value, index): Part => {
    const at = `${path}[${index}]`
    const part = objectAt(value, at)
    if (part.type === 'text') return { type: 'text', text: stringAt(part.text, `${at}.text`) }
    if (part.type === 'thinking') return { type: 'reasoning', text: stringAt(part.thinking, `${at}.thinking`), format: 'cohere-v2' }
    if (part.type === 'image_url') {
      const image = objectAt(part.image_url, `${at}.image_url`)
      const media = readMediaUrl(stringAt(image.url, `${at}.image_url.url`), 'image/png')
      if (media === undefined) throw badField(`${at}.image_url.url`, 'must be an https: address or a data: URL')
      return { type: 'image', media, ...known({ detail: textOf(image.detail) }) }
    }
    // a result's document: what it says is all that other providers can use, and Cohere gets the client's own bytes
    if (part.type === 'document') return { type: 'text', text: documentText(part.document) }
    return { type: 'opaque', protocol: 'cohere-v2', value: part }
  })
}

function documentText(value: JsonValue | undefined): string {
  const data = isObject(value) ? value.data : value
  return typeof data === 'string' ? data : JSON.stringify(data ?? '')
}

function readTool(tool: JsonObject, path: string, strict: boolean | undefined): Tool {
  const definition = objectAt(tool.function, `${path}.function`)
  return {
    name: stringAt(definition.name, `${path}.function.name`),
    ...known({
      description: optional(definition, 'description', stringAt, `${path}.function`),
      parameters: optional(definition, 'parameters', objectAt, `${path}.function`),
      strict,
    }),
  }
}

function readToolChoice(choice: JsonValue | undefined): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined
  if (choice === 'REQUIRED') return { type: 'required' }
  if (choice === 'NONE') return { type: 'none' }
  throw badField('tool_choice', 'must be REQUIRED or NONE')
}

function readOutput(body: JsonObject): OutputFormat | undefined {
  const format = optional(body, 'response_format', objectAt)
  if (format?.type !== 'json_object') return undefined
  const schema = optional(format, 'json_schema', objectAt, 'response_format') ?? optional(format, 'schema', objectAt, 'response_format')
  return schema === undefined ? { type: 'json-object' } : { type: 'json-schema', name: 'answer', schema }
}

function readThinking(body: JsonObject): ReasoningWish | undefined {
  const thinking = optional(body, 'thinking', objectAt)
  if (thinking === undefined) return undefined
  if (thinking.type === 'disabled') return { effort: 'none' }
  const budgetTokens = optional(thinking, 'token_budget', numberAt, 'thinking')
  return budgetTokens === undefined ? { adaptive: true, shown: true } : { budgetTokens, shown: true }
}
