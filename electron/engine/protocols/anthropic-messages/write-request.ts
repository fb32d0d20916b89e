/** A canonical view as a body for an Anthropic upstream. Every field that cannot go, or goes altered, is named in `dropped`. */
import type { ChatView, JsonObject, JsonValue, OutputFormat, Tool } from '../../../../shared/chat.ts'
import { known } from '../json.ts'
import type { WriteTarget, WrittenRequest } from '../protocol.ts'
import { tierFor } from '../service-tier.ts'
import { objectRooted } from '../tool-schema.ts'
import { type Draft, isArray, isObject, stringIn } from './json-fields.ts'
import { type ModelPolicy, policyOf } from './model-policy.ts'
import { strictSchema } from './strict-schema.ts'
import { planThinking, type ThinkingPlan } from './thinking.ts'
import { cacheControl, isThinking, type Turn, writeConversation } from './write-messages.ts'

/** Anthropic demands a limit. Where neither client nor catalogue nor the model's family has one: what the oldest Claude 3 can do at most, so it is never refused. */
export const DEFAULT_MAX_TOKENS = 4096

/** Anthropic refuses a fifth mark. */
const MOST_CACHE_MARKS = 4

/** https://platform.claude.com/docs/en/api/messages: metadata.user_id */
const LONGEST_USER_ID = 256

const NO_PARAMETERS: JsonObject = { type: 'object', properties: {} }

/** The turn that takes the place of a prefill where the model refuses one. */
const GO_ON = 'Continue.'

export function writeRequest(view: ChatView, target: WriteTarget): WrittenRequest {
  const dropped = new Set<string>(Object.keys(view.unmodelled))
  const policy = policyOf(target.upstreamModel)
  const conversation = writeConversation(view.messages, dropped)
  const { turns } = conversation

  // a thinking budget comes out of the limit, so an answer still fits beside it
  const open = target.outputLimit ?? policy.outputLimit ?? DEFAULT_MAX_TOKENS + (view.reasoning?.budgetTokens ?? 0)
  const maxTokens = view.maxOutputTokens === undefined ? open : maxTokensOf(view.maxOutputTokens, target, dropped)
  const forcesTool = view.tools.length > 0 && (view.toolChoice?.type === 'required' || view.toolChoice?.type === 'tool')
  const plan = planThinking(view.reasoning, policy, { maxTokens, forcesTool, loopWithoutThinking: isLoopWithoutThinking(turns) }, dropped)
  const instructions: string[] = []
  const format = outputFormat(view.output, policy, instructions, dropped)
  const toolChoice = toolChoiceOf(view, policy, plan, instructions, dropped)
  // at the end of the last turn, where they leave the cached prefix alone
  if (instructions.length > 0) lastUserTurn(turns).content.push({ type: 'text', text: instructions.join('\n') })
  endWithUser(turns, policy, plan, dropped)
  const tools = view.tools.map((tool) => toolOf(tool, policy, dropped))
  limitCacheMarks([...tools, ...conversation.system, ...turns.flatMap((turn) => turn.content.flatMap(withInner))], dropped)

  const outputConfig = { ...(plan.effort !== undefined && { effort: plan.effort }), ...(format !== undefined && { format }) }
  const body: JsonObject = {
    model: target.upstreamModel,
    max_tokens: maxTokens,
    ...(conversation.system.length > 0 && { system: conversation.system }),
    messages: turns.map(({ role, content }) => ({ role, content })),
    ...(tools.length > 0 && { tools }),
    ...(toolChoice !== undefined && { tool_choice: toolChoice }),
    ...(plan.thinking !== undefined && { thinking: plan.thinking }),
    ...(Object.keys(outputConfig).length > 0 && { output_config: outputConfig }),
    ...samplingOf(view, policy, plan, dropped),
    ...stopOf(view.stop, dropped),
    ...userOf(view.user, dropped),
    ...known({ service_tier: tierFor(view, TIERS, dropped) }),
    ...(target.stream && { stream: true }),
  }
  if (view.frequencyPenalty !== undefined) dropped.add('frequency_penalty')
  if (view.presencePenalty !== undefined) dropped.add('presence_penalty')
  if (view.seed !== undefined) dropped.add('seed')
  return { body, dropped: [...dropped] }
}

/** A limit that the client has set, as far as the model can go. */
export function maxTokensOf(wanted: number, { outputLimit }: Pick<WriteTarget, 'outputLimit'>, dropped: Set<string>): number {
  if (outputLimit === undefined || wanted <= outputLimit) return wanted
  dropped.add('max_tokens')
  return outputLimit
}

/** With a budget, Anthropic wants the turn that called the tools to open with its thinking; a history of another model's has none. */
export function isLoopWithoutThinking(turns: readonly Turn[]): boolean {
  const asked = turns.at(-2)
  const answered = turns.at(-1)
  if (asked?.role !== 'assistant' || answered?.content[0]?.type !== 'tool_result') return false
  return asked.content[0] !== undefined && !isThinking(asked.content[0])
}

function outputFormat(output: OutputFormat | undefined, policy: ModelPolicy, instructions: string[], dropped: Set<string>): JsonObject | undefined {
  if (output === undefined) return undefined
  if (output.type === 'json-schema' && policy.jsonSchema) return { type: 'json_schema', schema: strictSchema(output.schema) }
  // asked for in words: nothing enforces it
  dropped.add('response_format')
  const shape = output.type === 'json-schema' ? ` that fits this JSON Schema: ${JSON.stringify(output.schema)}` : ''
  instructions.push(`Answer with a single JSON object${shape} and nothing else: no explanation, no code fence.`)
  return undefined
}

function toolOf(tool: Tool, policy: ModelPolicy, dropped: Set<string>): Draft {
  const isStrict = tool.strict === true && policy.jsonSchema
  if (tool.strict === true && !isStrict) dropped.add('tools.strict')
  const schema = objectRooted(tool.parameters ?? NO_PARAMETERS, dropped)
  return {
    name: tool.name,
    ...(tool.description !== undefined && { description: tool.description }),
    input_schema: isStrict ? strictSchema(schema) : schema,
    ...(isStrict && { strict: true }),
    ...(tool.cache !== undefined && { cache_control: cacheControl(tool.cache) }),
  }
}

function toolChoiceOf(view: ChatView, policy: ModelPolicy, plan: ThinkingPlan, instructions: string[], dropped: Set<string>): JsonObject | undefined {
  // without tools the field is refused
  if (view.tools.length === 0) return undefined
  const choice = view.toolChoice ?? { type: 'auto' }
  const parallel = view.parallelToolCalls === undefined ? {} : { disable_parallel_tool_use: !view.parallelToolCalls }
  switch (choice.type) {
    case 'none':
      return { type: 'none' }
    case 'auto':
      return view.toolChoice === undefined && view.parallelToolCalls !== false ? undefined : { type: 'auto', ...parallel }
    case 'required':
    case 'tool':
      break
  }
  if (policy.forcedTool === 'refused' || (policy.forcedTool === 'not-while-thinking' && plan.isOn)) {
    dropped.add('tool_choice')
    instructions.push(choice.type === 'tool' ? `Call the tool \`${choice.name}\` now.` : 'Call one of your tools now.')
    return { type: 'auto', ...parallel }
  }
  return choice.type === 'tool' ? { type: 'tool', name: choice.name, ...parallel } : { type: 'any', ...parallel }
}

function lastUserTurn(turns: Turn[]): Turn {
  const last = turns.at(-1)
  if (last?.role === 'user') return last
  const turn: Turn = { role: 'user', content: [] }
  turns.push(turn)
  return turn
}

/** A last turn of the assistant is a beginning to go on from, where that is allowed; it must not end in white space then. */
function endWithUser(turns: Turn[], policy: ModelPolicy, plan: ThinkingPlan, dropped: Set<string>): void {
  const last = turns.at(-1)
  if (last?.role !== 'assistant') return
  if (!policy.prefill || plan.isOn) {
    dropped.add('prefill')
    turns.push({ role: 'user', content: [{ type: 'text', text: GO_ON }] })
    return
  }
  const block = last.content.at(-1)
  if (block?.type === 'text') block.text = (stringIn(block, 'text') ?? '').trimEnd()
}

export function samplingOf(view: ChatView, policy: ModelPolicy, plan: ThinkingPlan, dropped: Set<string>): JsonObject {
  const body: Draft = {}
  const { temperature, topP, topK } = view
  const free = policy.sampling !== 'refused'
  if (temperature !== undefined) {
    const clamped = Math.min(Math.max(temperature, 0), 1)
    const goes = free && (!plan.isOn || clamped === 1)
    if (goes) body.temperature = clamped
    if (!goes || clamped !== temperature) dropped.add('temperature')
  }
  if (topP !== undefined) {
    const goes = free && (!plan.isOn || topP >= 0.95) && !(policy.sampling === 'one-of' && temperature !== undefined)
    if (goes) body.top_p = topP
    else dropped.add('top_p')
  }
  if (topK !== undefined) {
    if (free && !plan.isOn) body.top_k = topK
    else dropped.add('top_k')
  }
  return body
}

/** Anthropic refuses stop sequences of nothing but white space. */
export function stopOf(stop: readonly string[] | undefined, dropped: Set<string>): JsonObject {
  if (stop === undefined) return {}
  const visible = stop.filter((sequence) => sequence.trim() !== '')
  if (visible.length < stop.length) dropped.add('stop')
  return visible.length === 0 ? {} : { stop_sequences: visible }
}

function userOf(user: string | undefined, dropped: Set<string>): JsonObject {
  if (user === undefined) return {}
  if (user.length <= LONGEST_USER_ID) return { metadata: { user_id: user } }
  dropped.add('user')
  return {}
}

/** The other tiers of OpenAI have no counterpart. */
const TIERS = { auto: 'auto', default: 'standard_only' } as const

function withInner(block: Draft): Draft[] {
  const content: JsonValue | undefined = block.content
  return block.type === 'tool_result' && isArray(content) ? [...content.filter(isObject).map((inner) => inner as Draft), block] : [block]
}

/** The latest marks stay: each of them covers what the earlier ones did. */
function limitCacheMarks(blocks: readonly Draft[], dropped: Set<string>): void {
  const marked = blocks.filter((block) => block.cache_control !== undefined)
  for (const block of marked.slice(0, Math.max(0, marked.length - MOST_CACHE_MARKS))) {
    delete block.cache_control
    dropped.add('cache_control')
  }
}
