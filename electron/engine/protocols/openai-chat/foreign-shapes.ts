/**
 * Cursor sends chat completions what is none: the whole body of a Responses request, or Anthropic's tools and the blocks of their calls and results
 * in messages, depending on the model's name. https://github.com/gabrii/Cursor-Azure-GPT-5/issues/69, https://github.com/automazeio/vibeproxy/issues/411
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { Leftovers } from '../anthropic-messages/leftovers.ts'
import { readMessages as readAnthropicMessages } from '../anthropic-messages/read-content.ts'
import { arrayOf, isObject, known, objectOf } from '../json.ts'
import { readInput } from '../openai-responses/read-input.ts'
import { dialectOf } from './dialects.ts'
import { writeMessages } from './write-messages.ts'

type Fields = Record<string, JsonValue>

/** Says the most of what this format can say, cache marks included. Reasoning is nobody's business but its maker's, who is not known yet. */
const WORDS = { ...dialectOf('openrouter'), replay: undefined }

/** Blocks that Anthropic's messages hold and this format's never do. */
const BLOCKS: ReadonlySet<JsonValue | undefined> = new Set(['tool_use', 'tool_result', 'image', 'document', 'thinking', 'redacted_thinking'])

/** Fields of Responses that say nothing to a door that stores nothing. */
const OF_RESPONSES = ['input', 'instructions', 'text', 'max_output_tokens', 'store', 'include', 'truncation', 'previous_response_id'] as const

/** The body as chat completions have it; the very same one where it is that already. @throws Failure 'bad-request' naming the field */
export function inChatShapes(body: JsonObject): JsonObject {
  const { input, messages, tools, tool_choice: choice } = body
  if (typeof input === 'string' || Array.isArray(input)) return inChatShapes(fromResponses(body, input))
  const changes: Fields = {}
  if (Array.isArray(messages) && messages.some(hasBlocks)) changes.messages = messages.flatMap(inMessages)
  if (Array.isArray(tools) && tools.some(isBare)) changes.tools = tools.map((tool) => (isBare(tool) ? dressed(tool) : tool))
  if (isObject(choice) && (choice.type === 'tool' || choice.type === 'any' || typeof choice.name === 'string')) changes.tool_choice = choiceOf(choice)
  return Object.keys(changes).length === 0 ? body : { ...body, ...changes }
}

function fromResponses(body: JsonObject, input: JsonValue): JsonObject {
  const rest: Fields = { ...body }
  for (const field of OF_RESPONSES) delete rest[field]
  const text = objectOf(body.text)
  const system = typeof body.instructions === 'string' ? [{ role: 'system', content: body.instructions }] : []
  return {
    ...rest,
    // what a preset has put there already
    messages: [...arrayOf(body.messages), ...system, ...writeMessages(readInput(input), WORDS, true, new Set())],
    ...known({ max_completion_tokens: body.max_output_tokens, verbosity: text?.verbosity, response_format: formatOf(text) }),
  }
}

/** Responses say beside each other what chat puts into an object of its own. */
function formatOf(text: JsonObject | undefined): JsonValue | undefined {
  const format = objectOf(text?.format)
  if (format?.type !== 'json_schema') return format
  const { type, ...schema } = format
  return { type, json_schema: schema }
}

function hasBlocks(message: JsonValue): boolean {
  return isObject(message) && Array.isArray(message.content) && message.content.some((block) => isObject(block) && BLOCKS.has(block.type))
}

/** A result is a message of its own here. Parts that only this format has stay as they are, behind the others. */
function inMessages(message: JsonValue): readonly JsonValue[] {
  if (!isObject(message) || !hasBlocks(message)) return [message]
  const { role = 'user', content, ...others } = message
  const isForeign = (part: JsonValue): boolean => !isObject(part) || part.type === 'text' || BLOCKS.has(part.type)
  const read = readAnthropicMessages([{ role, content: arrayOf(content).filter(isForeign) }], new Leftovers())
  const written = writeMessages(read, WORDS, true, new Set()).map((one) => (one.role === role ? { ...others, ...one } : one))
  const rest = arrayOf(content).filter((part) => !isForeign(part))
  return rest.length === 0 ? written : [...written, { ...others, role, content: rest }]
}

function isBare(tool: JsonValue): tool is JsonObject {
  if (!isObject(tool) || typeof tool.name !== 'string' || tool.function !== undefined) return false
  return (tool.type ?? null) === null || tool.type === 'function' || (tool.type === 'custom' && tool.custom === undefined)
}

function dressed({ type, cache_control, input_schema, ...tool }: JsonObject): JsonObject {
  const mark = known({ cache_control })
  if (type === 'custom' && input_schema === undefined) return { type, custom: { ...tool, ...known({ format: nested(tool.format) }) }, ...mark }
  return { type: 'function', function: { ...tool, ...(input_schema !== undefined && { parameters: input_schema }) }, ...mark }
}

/** Responses say of a grammar beside its type what chat puts into an object of its own. */
function nested(format: JsonValue | undefined): JsonValue | undefined {
  if (!isObject(format) || format.definition === undefined) return format
  const { type, ...grammar } = format
  return { type: type ?? 'grammar', grammar }
}

function choiceOf(choice: JsonObject): JsonValue {
  if (choice.type === 'any') return 'required'
  return choice.type === 'custom' ? { type: 'custom', custom: { name: choice.name ?? '' } } : { type: 'function', function: { name: choice.name ?? '' } }
}
