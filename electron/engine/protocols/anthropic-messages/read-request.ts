/** What an Anthropic client asks for, as the canonical view. */
import type {
  ChatView,
  Effort,
  JsonObject,
  JsonValue,
  Message,
  Need,
  OutputFormat,
  Part,
  ReasoningWish,
  RoutingWish,
  Tool,
  ToolChoice,
} from '../../../../shared/chat.ts'
import { EFFORTS } from '../../../../shared/chat.ts'
import type { RouteFacts } from '../protocol.ts'
import { readRoutingWish } from '../routing-wish.ts'
import {
  isObject,
  optionalArray,
  optionalBoolean,
  optionalInteger,
  optionalNumber,
  optionalObject,
  optionalString,
  refuse,
  requiredArray,
  requiredObject,
  requiredString,
} from './json-fields.ts'
import { Leftovers } from './leftovers.ts'
import { joinRuns, readMark, readMessages, readStrings, readSystem } from './read-content.ts'

/** As many as Anthropic-side clients may name; more is a mistake that should not pass in silence. */
const MOST_FALLBACKS = 3

/** Structured outputs have no name in this format, and OpenAI demands one. */
const OUTPUT_NAME = 'answer'

const READ_FIELDS = [
  ...['model', 'messages', 'system', 'max_tokens', 'tools', 'tool_choice', 'thinking', 'output_config', 'output_format', 'stop_sequences'],
  ...['temperature', 'top_p', 'top_k', 'metadata', 'stream', 'fallbacks', 'models', 'provider', 'session_id'],
]

/** @throws Failure 'bad-request' naming the field in Anthropic's style, such as `messages.2.content.0.source`. */
export function readRequest(body: JsonObject, route: RouteFacts): ChatView {
  const leftovers = new Leftovers()
  for (const [name, value] of Object.entries(body)) if (!READ_FIELDS.includes(name) && value !== null) leftovers.keep(name, value)

  const model = body.model === undefined && route.model !== undefined ? route.model : requiredString(body, 'model', 'model')
  if (model === '') refuse('model', 'String should have at least 1 character')
  if (body.max_tokens === undefined) refuse('max_tokens', 'Field required')
  const maxOutputTokens = optionalInteger(body, 'max_tokens', 'max_tokens', 0) ?? refuse('max_tokens', 'Input should be a valid integer')
  const turns = readMessages(requiredArray(body, 'messages', 'messages'), leftovers)
  if (turns.length === 0) refuse('messages', 'at least one message is required')
  const messages = joinRuns([...readSystem(body.system, leftovers), ...turns])

  const tools = readTools(body, leftovers)
  const output = readOutput(body, leftovers)
  const temperature = optionalNumber(body, 'temperature', 'temperature')
  const topP = optionalNumber(body, 'top_p', 'top_p')
  const topK = optionalInteger(body, 'top_k', 'top_k', 0)
  const stop = readStrings(body, 'stop_sequences')
  const user = readUser(body, leftovers)
  const reasoning = readReasoning(body, leftovers)
  return {
    model,
    messages,
    stream: optionalBoolean(body, 'stream', 'stream') ?? route.stream ?? false,
    wantsUsage: true,
    maxOutputTokens,
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(stop !== undefined && { stop }),
    tools,
    ...readToolChoice(body),
    ...(output !== undefined && { output }),
    ...(reasoning !== undefined && { reasoning }),
    ...(user !== undefined && { user }),
    needs: needsOf(messages, tools, output),
    unmodelled: leftovers.fields(),
    routing: readRouting(body, leftovers),
  }
}

/** Tools that the client runs. Those that Anthropic runs itself have a dated type; nobody else could, so they count as lost in translation. */
function readTools(body: JsonObject, leftovers: Leftovers): readonly Tool[] {
  const tools: Tool[] = []
  for (const [index, tool] of (optionalArray(body, 'tools', 'tools') ?? []).entries()) {
    const path = `tools.${index}`
    if (!isObject(tool)) refuse(path, 'Input should be an object')
    const type = optionalString(tool, 'type', `${path}.type`) ?? 'custom'
    if (type !== 'custom') leftovers.keepNested(`tools.${type}`, tool)
    else tools.push(readTool(tool, path, leftovers))
  }
  return tools
}

function readTool(tool: JsonObject, path: string, leftovers: Leftovers): Tool {
  leftovers.keepUnknown(tool, ['type', 'name', 'description', 'input_schema', 'strict', 'cache_control'], 'tools')
  const description = optionalString(tool, 'description', `${path}.description`)
  const strict = optionalBoolean(tool, 'strict', `${path}.strict`)
  return {
    name: requiredString(tool, 'name', `${path}.name`),
    ...(description !== undefined && { description }),
    parameters: requiredObject(tool, 'input_schema', `${path}.input_schema`),
    ...(strict !== undefined && { strict }),
    ...readMark(tool, path, leftovers),
  }
}

function readToolChoice(body: JsonObject): { readonly toolChoice?: ToolChoice; readonly parallelToolCalls?: boolean } {
  const choice = optionalObject(body, 'tool_choice', 'tool_choice')
  if (choice === undefined) return {}
  const disabled = optionalBoolean(choice, 'disable_parallel_tool_use', 'tool_choice.disable_parallel_tool_use')
  return { toolChoice: toolChoiceOf(choice), ...(disabled !== undefined && { parallelToolCalls: !disabled }) }
}

function toolChoiceOf(choice: JsonObject): ToolChoice {
  switch (requiredString(choice, 'type', 'tool_choice.type')) {
    case 'auto':
      return { type: 'auto' }
    case 'any':
      return { type: 'required' }
    case 'none':
      return { type: 'none' }
    case 'tool':
      return { type: 'tool', name: requiredString(choice, 'name', 'tool_choice.name') }
    default:
      return refuse('tool_choice.type', "Input should be 'auto', 'any', 'tool' or 'none'")
  }
}

function readReasoning(body: JsonObject, leftovers: Leftovers): ReasoningWish | undefined {
  const config = optionalObject(body, 'output_config', 'output_config')
  const stated = config === undefined ? undefined : optionalString(config, 'effort', 'output_config.effort')
  const effort = EFFORTS.find((known) => known === stated)
  if (stated !== undefined && effort === undefined) leftovers.keepNested('output_config.effort', stated)
  const thinking = optionalObject(body, 'thinking', 'thinking')
  if (thinking === undefined) return effort === undefined ? undefined : { effort }
  leftovers.keepUnknown(thinking, ['type', 'budget_tokens', 'display'], 'thinking')
  return thinkingWish(thinking, effort, leftovers)
}

function thinkingWish(thinking: JsonObject, effort: Effort | undefined, leftovers: Leftovers): ReasoningWish {
  const display = optionalString(thinking, 'display', 'thinking.display')
  const shared = {
    ...(effort !== undefined && { effort }),
    ...(display === 'omitted' && { exclude: true }),
    ...(display === 'summarized' && { shown: true }),
  }
  switch (requiredString(thinking, 'type', 'thinking.type')) {
    case 'enabled': {
      // the models that take a budget tell their thoughts unasked
      const budgetTokens = optionalInteger(thinking, 'budget_tokens', 'thinking.budget_tokens', 1)
      return budgetTokens === undefined
        ? refuse('thinking.budget_tokens', 'Field required')
        : { ...(display === undefined && { shown: true }), ...shared, budgetTokens }
    }
    case 'adaptive':
      return { ...shared, adaptive: true }
    case 'disabled':
      // effort then only shapes the visible answer, which no other dialect can ask for
      if (effort !== undefined) leftovers.keepNested('output_config.effort', effort)
      return { effort: 'none' }
    case 'between_tools':
      leftovers.keepNested('thinking.type', 'between_tools')
      return { ...shared, effort: 'minimal' }
    default:
      return refuse('thinking.type', "Input should be 'enabled', 'adaptive', 'disabled' or 'between_tools'")
  }
}

/** `output_format` is the name that `output_config.format` had in its beta. */
function readOutput(body: JsonObject, leftovers: Leftovers): OutputFormat | undefined {
  const config = optionalObject(body, 'output_config', 'output_config')
  if (config !== undefined) leftovers.keepUnknown(config, ['effort', 'format'], 'output_config')
  const [format, path] =
    config !== undefined && isObject(config.format)
      ? [config.format, 'output_config.format']
      : [optionalObject(body, 'output_format', 'output_format'), 'output_format']
  if (format === undefined) return undefined
  const type = requiredString(format, 'type', `${path}.type`)
  if (type !== 'json_schema') {
    leftovers.keepNested(path, format)
    return undefined
  }
  leftovers.keepUnknown(format, ['type', 'schema', 'name'], path)
  const name = optionalString(format, 'name', `${path}.name`) ?? OUTPUT_NAME
  return { type: 'json-schema', name, schema: requiredObject(format, 'schema', `${path}.schema`) }
}

function readUser(body: JsonObject, leftovers: Leftovers): string | undefined {
  const metadata = optionalObject(body, 'metadata', 'metadata')
  if (metadata === undefined) return undefined
  leftovers.keepUnknown(metadata, ['user_id'], 'metadata')
  return optionalString(metadata, 'user_id', 'metadata.user_id')
}

function readRouting(body: JsonObject, leftovers: Leftovers): RoutingWish {
  const fallbacks = optionalArray(body, 'fallbacks', 'fallbacks')
  if (fallbacks === undefined) return readRoutingWish(body, 'dots')
  if (fallbacks.length > MOST_FALLBACKS) refuse('fallbacks', `List should have at most ${MOST_FALLBACKS} items`)
  const models = fallbacks.map((fallback, index) => readFallback(fallback, `fallbacks.${index}`, leftovers))
  return readRoutingWish(body, 'dots', models)
}

function readFallback(fallback: JsonValue, path: string, leftovers: Leftovers): string {
  if (!isObject(fallback)) refuse(path, 'Input should be an object')
  leftovers.keepUnknown(fallback, ['model'], 'fallbacks')
  return requiredString(fallback, 'model', `${path}.model`)
}

/**
 * Thinking is a wish and no need: Claude Code asks every model for it, and one that cannot think answers it well all the same. What is then left out
 * is reported.
 */
function needsOf(messages: readonly Message[], tools: readonly Tool[], output: OutputFormat | undefined): ReadonlySet<Need> {
  const needs = new Set<Need>()
  if (tools.length > 0) needs.add('tools')
  if (output?.type === 'json-schema') needs.add('json-schema')
  const look = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if (part.type === 'image') needs.add('vision')
      else if (part.type === 'document') needs.add('documents')
      else if (part.type === 'tool-result') look(part.parts)
    }
  }
  for (const message of messages) look(message.parts)
  return needs
}
