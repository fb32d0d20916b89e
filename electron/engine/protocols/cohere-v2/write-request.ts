/** The view as a body for Cohere. https://docs.cohere.com/reference/chat */
import type { ChatView, Effort, JsonObject, JsonValue, Message, Part, Tool, ToolResultPart } from '../../../../shared/chat.ts'
import { writeMediaUrl } from '../data-url.ts'
import { argumentsText, known } from '../json.ts'
import { CALL_SIGNATURE, opaqueName, thoughtName } from '../left-out.ts'
import { wantsReasoning } from '../needs.ts'
import type { WriteTarget, WrittenRequest } from '../protocol.ts'
import { tierFor } from '../service-tier.ts'

const STOP_LIMIT = 5
const TOP_K_LIMIT = 500
const TOP_P_RANGE = [0.01, 0.99] as const

/** Models from before Cohere's reasoning ones; they refuse `thinking`. */
const DOES_NOT_REASON = /^(?:command(?:-(?:light|nightly))?|command-r\b.*|command-a(?:-03-2025)?|command-a-(?:vision|translate).*|c4ai-.*)$/

type Body = Record<string, JsonValue>

export function writeRequest(view: ChatView, target: WriteTarget): WrittenRequest {
  const dropped = new Set(Object.keys(view.unmodelled))
  const body: Body = { model: target.upstreamModel, messages: view.messages.flatMap((message) => writeMessage(message, dropped)) }
  if (view.maxOutputTokens !== undefined) body.max_tokens = view.maxOutputTokens
  writeSampling(body, view, dropped)
  writeTools(body, view, dropped)
  writeOutput(body, view, dropped)
  writeThinking(body, view, target, dropped)
  // 0 to 999, the lowest is served first; a cheaper tier there is none
  if (tierFor(view, { priority: 'priority' }, dropped) !== undefined) body.priority = 0
  if (view.user !== undefined) dropped.add('user')
  body.stream = target.stream
  return { body, dropped: [...dropped], ...((view.stop?.length ?? 0) > STOP_LIMIT && { cutAt: view.stop ?? [] }) }
}

function writeSampling(body: Body, view: ChatView, dropped: Set<string>): void {
  const put = (field: string, client: string, value: number | undefined, [least, most]: readonly [number, number]): void => {
    if (value === undefined) return
    body[field] = Math.min(most, Math.max(least, value))
    if (body[field] !== value) dropped.add(client)
  }
  if (view.temperature !== undefined) body.temperature = view.temperature
  // 1 and 0 are as near to these ends as makes no difference
  if (view.topP !== undefined) body.p = Math.min(TOP_P_RANGE[1], Math.max(TOP_P_RANGE[0], view.topP))
  put('k', 'top_k', view.topK, [0, TOP_K_LIMIT])
  put('frequency_penalty', 'frequency_penalty', view.frequencyPenalty, [0, 1])
  put('presence_penalty', 'presence_penalty', view.presencePenalty, [0, 1])
  if (view.seed !== undefined) body.seed = view.seed
  if (view.stop !== undefined) {
    body.stop_sequences = view.stop.slice(0, STOP_LIMIT)
    if (view.stop.length > STOP_LIMIT) dropped.add('stop')
  }
}

/** There is no choice by name here, so the tool is left as the only one; `auto` is what holds without a word. */
function writeTools(body: Body, view: ChatView, dropped: Set<string>): void {
  if (view.tools.length === 0) return
  const choice = view.toolChoice
  const offered = choice?.type === 'tool' ? view.tools.filter((tool) => tool.name === choice.name) : view.tools
  body.tools = offered.map((tool) => writeTool(tool, dropped))
  if (choice?.type === 'none') body.tool_choice = 'NONE'
  else if (choice?.type === 'required' || choice?.type === 'tool') body.tool_choice = 'REQUIRED'
  if (offered.every((tool) => tool.strict === true)) body.strict_tools = true
  else if (offered.some((tool) => tool.strict === true)) dropped.add('strict')
  if (view.parallelToolCalls === false) dropped.add('parallel_tool_calls')
}

function writeTool({ name, description, parameters, cache }: Tool, dropped: Set<string>): JsonObject {
  if (cache !== undefined) dropped.add('cache_control')
  return { type: 'function', function: { name, ...known({ description }), parameters: parameters ?? { type: 'object', properties: {} } } }
}

function writeOutput(body: Body, view: ChatView, dropped: Set<string>): void {
  if (view.output === undefined) return
  // refused together with tools
  if (view.tools.length > 0) dropped.add('response_format')
  else body.response_format = view.output.type === 'json-schema' ? { type: 'json_object', json_schema: view.output.schema } : { type: 'json_object' }
}

/** The share of the output that an effort may think for, where only a budget can be told. */
const SHARES: Readonly<Record<Effort, number>> = { none: 0, minimal: 0.1, low: 0.2, medium: 0.5, high: 0.8, xhigh: 0.95, max: 0.95 }

function writeThinking(body: Body, view: ChatView, target: WriteTarget, dropped: Set<string>): void {
  const wish = view.reasoning
  if (wish === undefined) return
  if (wish.exclude === true) dropped.add('reasoning.exclude')
  const isOff = wish.effort === 'none' || wish.budgetTokens === 0
  if (DOES_NOT_REASON.test(target.upstreamModel)) {
    if (wantsReasoning(wish)) dropped.add('reasoning')
    return
  }
  if (!isOff && !wantsReasoning(wish)) return
  const limit = view.maxOutputTokens ?? target.outputLimit
  const share = wish.effort === undefined || limit === undefined ? undefined : Math.floor(limit * SHARES[wish.effort])
  if (!isOff && wish.effort !== undefined && (wish.budgetTokens ?? share) === undefined) dropped.add('reasoning_effort')
  body.thinking = isOff ? { type: 'disabled' } : { type: 'enabled', ...known({ token_budget: wish.budgetTokens ?? share }) }
}

function writeMessage(message: Message, dropped: Set<string>): readonly JsonObject[] {
  const results = message.parts.filter((part) => part.type === 'tool-result')
  const rest = message.parts.filter((part) => part.type !== 'tool-result')
  const written = results.map((result) => writeResult(result, dropped))
  // pictures of results follow as the user's: a tool message holds text and documents only
  const pictures = results.flatMap((result) => result.parts.filter((part) => part.type !== 'text'))
  if (message.role === 'assistant') written.push(writeAssistant(rest, dropped))
  else if (rest.length + pictures.length > 0) {
    written.push({ role: message.role === 'system' ? 'system' : 'user', content: writeContent([...pictures, ...rest], dropped) })
  } else if (results.length === 0) written.push({ role: message.role === 'system' ? 'system' : 'user', content: '' })
  return written
}

function writeAssistant(parts: readonly Part[], dropped: Set<string>): JsonObject {
  const calls = parts.filter((part) => part.type === 'tool-call')
  const thoughts = parts.filter((part) => part.type === 'reasoning')
  const content = parts.filter((part) => part.type !== 'tool-call' && part.type !== 'reasoning')
  for (const thought of thoughts) if (thought.signature !== undefined || thought.redacted !== undefined) dropped.add(thoughtName(thought))
  // what another provider has signed is no plan of this one
  const plan = thoughts.map((part) => (part.signature === undefined && part.redacted === undefined ? part.text : '')).join('')
  if (calls.some((call) => call.signature !== undefined)) dropped.add(CALL_SIGNATURE)
  const said = writeContent(content, dropped)
  if (calls.length === 0) {
    if (plan === '') return { role: 'assistant', content: said }
    const texts = typeof said === 'string' ? (said === '' ? [] : [{ type: 'text', text: said }]) : said
    return { role: 'assistant', content: [{ type: 'thinking', thinking: plan }, ...texts] }
  }
  return {
    role: 'assistant',
    ...(said === '' ? {} : { content: said }),
    ...(plan === '' ? {} : { tool_plan: plan }),
    tool_calls: calls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: argumentsText(call.arguments) },
    })),
  }
}

function writeContent(parts: readonly Part[], dropped: Set<string>): string | readonly JsonObject[] {
  const content = parts.flatMap((part) => writePart(part, dropped))
  return content.every((part) => part.type === 'text') ? content.map((part) => String(part.text)).join('\n\n') : content
}

function writePart(part: Part, dropped: Set<string>): JsonObject[] {
  if ('cache' in part && part.cache !== undefined) dropped.add('cache_control')
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: part.text }]
    case 'image':
      return [{ type: 'image_url', image_url: { url: writeMediaUrl(part.media), ...known({ detail: part.detail }) } }]
    case 'document':
      if (part.media.kind === 'base64' && part.media.mediaType.startsWith('text/')) {
        return [{ type: 'text', text: Buffer.from(part.media.data, 'base64').toString('utf8') }]
      }
      dropped.add('document')
      return [{ type: 'text', text: `[A document was left out here: ${part.name ?? 'without a name'}]` }]
    case 'audio':
      dropped.add('input_audio')
      return []
    case 'opaque':
      if (part.protocol === 'cohere-v2') return [part.value]
      dropped.add(opaqueName(part.value))
      return []
    default:
      // calls, results and reasoning have their own places
      return []
  }
}

function writeResult(result: ToolResultPart, dropped: Set<string>): JsonObject {
  if (result.cache !== undefined) dropped.add('cache_control')
  const texts = result.parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))
  const said = texts.length === 0 && result.parts.length > 0 ? 'The result follows in the next message.' : texts.join('\n\n')
  return { role: 'tool', tool_call_id: result.callId, content: result.isError ? `Error: ${said}` : said }
}
