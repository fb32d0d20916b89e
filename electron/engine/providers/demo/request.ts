/** Reads an OpenAI chat request as far as the simulated models look at it; everything else is let be. */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { type DemoModel, demoModels, isDemoModel } from './models.ts'

export interface DemoRequest {
  readonly model: DemoModel
  readonly stream: boolean
  readonly includeUsage: boolean
  /** The newest user message. */
  readonly prompt: string
  /** User messages so far, this one included. */
  readonly turn: number
  readonly instructions: string
  /** What tools answered since the newest user message. */
  readonly toolResults: readonly string[]
  readonly tools: readonly DemoTool[]
  /** undefined where no JSON was asked for; `{}` where any object will do. */
  readonly schema: JsonObject | undefined
  readonly maxTokens: number
  /** Characters of everything that was sent to read. */
  readonly inputCharacters: number
}

export interface DemoTool {
  readonly name: string
  readonly description: string
  readonly parameters: JsonObject
  /** The client insists on a call, of this tool if it is the only one left. */
  readonly required: boolean
}

/** A request that a real provider would refuse, with what it would say. */
export class Refusal extends Error {
  readonly status: number
  readonly param: string | null
  readonly code: string | null

  constructor(status: number, message: string, param: string | null, code: string | null = null) {
    super(message)
    this.status = status
    this.param = param
    this.code = code
  }
}

/** @throws Refusal in the words of OpenAI's errors */
export function readRequest(bytes: Uint8Array | string | undefined): DemoRequest {
  const body = parse(bytes)
  const model = body.model
  if (typeof model !== 'string') throw new Refusal(400, 'you must provide a model parameter', 'model')
  if (!isDemoModel(model)) {
    const known = demoModels.map(({ id }) => id).join(', ')
    throw new Refusal(404, `The model \`${model}\` does not exist. The simulated models are ${known}.`, 'model', 'model_not_found')
  }
  const messages = readMessages(body.messages)
  const lastUser = messages.findLastIndex(({ role }) => role === 'user')
  const users = messages.filter(({ role }) => role === 'user')
  const tools = readTools(body.tools, body.tool_choice)
  return {
    model,
    stream: body.stream === true,
    includeUsage: isObject(body.stream_options) && body.stream_options.include_usage === true,
    prompt: messages[lastUser]?.text ?? '',
    turn: users.length,
    instructions: messages
      .filter(({ role }) => role === 'system' || role === 'developer')
      .map(({ text }) => text)
      .join('\n'),
    toolResults: messages.slice(lastUser + 1).flatMap(({ role, text }) => (role === 'tool' ? [text] : [])),
    tools,
    schema: readSchema(body.response_format),
    maxTokens: readLimit(body.max_completion_tokens ?? body.max_tokens),
    inputCharacters: messages.reduce((sum, { text }) => sum + text.length, 0) + (tools.length === 0 ? 0 : JSON.stringify(tools).length),
  }
}

function parse(bytes: Uint8Array | string | undefined): JsonObject {
  const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    // the parser's message says no more than this does
    throw new Refusal(400, 'We could not parse the JSON body of your request.', null)
  }
  if (!isObject(body)) throw new Refusal(400, 'The body of your request is not a JSON object.', null)
  return body
}

function readMessages(value: JsonValue | undefined): readonly { readonly role: string; readonly text: string }[] {
  if (!Array.isArray(value)) throw new Refusal(400, "Missing required parameter: 'messages'.", 'messages', 'missing_required_parameter')
  if (value.length === 0) throw new Refusal(400, "Invalid 'messages': empty array.", 'messages', 'empty_array')
  return value.map((message: JsonValue, index) => {
    if (!isObject(message) || typeof message.role !== 'string') {
      throw new Refusal(400, `Missing required parameter: 'messages[${index}].role'.`, `messages[${index}].role`, 'missing_required_parameter')
    }
    return { role: message.role, text: readContent(message.content, `messages[${index}].content`) }
  })
}

function readContent(content: JsonValue | undefined, param: string): string {
  if (content === undefined || content === null) return ''
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) throw new Refusal(400, `Invalid type for '${param}': expected a string or an array of parts.`, param, 'invalid_type')
  return content.flatMap((part: JsonValue) => (isObject(part) && typeof part.text === 'string' ? [part.text] : [])).join('\n')
}

/** The tools that may be called: none, all, or the one that `tool_choice` names. */
function readTools(value: JsonValue | undefined, choice: JsonValue | undefined): readonly DemoTool[] {
  if (!Array.isArray(value) || choice === 'none') return []
  const named = isObject(choice) && isObject(choice.function) ? choice.function.name : undefined
  const required = choice === 'required' || named !== undefined
  return value.flatMap((tool: JsonValue) => {
    const declared = isObject(tool) ? tool.function : undefined
    if (!isObject(declared) || typeof declared.name !== 'string') return []
    if (named !== undefined && declared.name !== named) return []
    const { name, description, parameters } = declared
    return [{ name, description: typeof description === 'string' ? description : '', parameters: isObject(parameters) ? parameters : {}, required }]
  })
}

function readSchema(format: JsonValue | undefined): JsonObject | undefined {
  if (!isObject(format)) return undefined
  if (format.type === 'json_object') return {}
  if (format.type !== 'json_schema' || !isObject(format.json_schema)) return undefined
  const schema = format.json_schema.schema
  return isObject(schema) ? schema : {}
}

function readLimit(value: JsonValue | undefined): number {
  return typeof value === 'number' && value >= 1 ? Math.floor(value) : Number.POSITIVE_INFINITY
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
