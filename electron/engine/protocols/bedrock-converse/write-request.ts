/** A canonical view as a body for Converse. Every field that cannot go, or goes altered, is named in `dropped`. */
import type { ChatView, Effort, JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { strictSchema } from '../anthropic-messages/strict-schema.ts'
import { effortOfShare, nearest, planThinking, type ThinkingPlan } from '../anthropic-messages/thinking.ts'
import { maxTokensOf, samplingOf, stopOf } from '../anthropic-messages/write-request.ts'
import type { WriteTarget, WrittenRequest } from '../protocol.ts'
import { tierFor } from '../service-tier.ts'
import { objectRooted } from '../tool-schema.ts'
import { type Family, familyOf } from './families.ts'
import { cachePoint, type Turn, writeConversation } from './write-messages.ts'

/** Bedrock refuses a fifth cache point. */
const MOST_CACHE_POINTS = 4
/** The turn that takes the place of a prefill where the model refuses one. */
const GO_ON = 'Continue.'
/** An effort becomes a share of the limit. Where neither client nor catalogue has one: what the smaller models on Bedrock can write at most. */
const ASSUMED_LIMIT_TOKENS = 8192

const NO_THINKING: ThinkingPlan = { isOn: false }

export function writeRequest(view: ChatView, target: WriteTarget): WrittenRequest {
  const dropped = new Set<string>(Object.keys(view.unmodelled))
  const family = familyOf(target.upstreamModel)
  const conversation = writeConversation(view.messages, family, dropped)
  const { turns } = conversation

  // a limit that the client left out is the model's own, also for Claude
  const maxTokens = view.maxOutputTokens === undefined ? undefined : maxTokensOf(view.maxOutputTokens, target, dropped)
  const limitTokens = maxTokens ?? target.outputLimit ?? ASSUMED_LIMIT_TOKENS + (view.reasoning?.budgetTokens ?? 0)
  const plan = thinkingOf(view, family, turns, limitTokens, dropped)
  const instructions: string[] = []
  const additional: Record<string, JsonValue> = { ...otherReasoning(view, family, limitTokens, dropped) }
  if (plan.thinking !== undefined) additional.thinking = plan.thinking
  const textFormat = textFormatOf(view, family, instructions, dropped)
  const toolConfig = toolConfigOf(view, family, plan, conversation.toolsInHistory, additional, instructions, dropped)
  // at the end of the last turn, where they leave the cached prefix alone
  if (instructions.length > 0) lastUserTurn(turns).content.push({ text: instructions.join('\n') })
  endWithUser(turns, family, plan, dropped)
  const inferenceConfig = inferenceConfigOf(view, family, plan, maxTokens, additional, dropped)
  const outputConfig = { ...(textFormat !== undefined && { textFormat }), ...(plan.effort !== undefined && { effort: plan.effort }) }

  const body = withoutEarlyCachePoints(
    {
      ...(conversation.system.length > 0 && { system: conversation.system }),
      messages: turns.map(({ role, content }) => ({ role, content })),
      ...(Object.keys(inferenceConfig).length > 0 && { inferenceConfig }),
      ...(toolConfig !== undefined && { toolConfig }),
      ...(Object.keys(outputConfig).length > 0 && { outputConfig }),
      ...(Object.keys(additional).length > 0 && { additionalModelRequestFields: additional }),
      ...userOf(view.user, dropped),
      ...serviceTierOf(view, dropped),
    },
    dropped,
  )
  if (view.frequencyPenalty !== undefined) dropped.add('frequency_penalty')
  if (view.presencePenalty !== undefined) dropped.add('presence_penalty')
  if (view.seed !== undefined) dropped.add('seed')
  return { body, dropped: [...dropped] }
}

/** Claude on Bedrock thinks by Anthropic's rules. */
function thinkingOf(view: ChatView, family: Family, turns: readonly Turn[], limitTokens: number, dropped: Set<string>): ThinkingPlan {
  if (family.claude === undefined) return NO_THINKING
  const forcesTool = view.tools.length > 0 && (view.toolChoice?.type === 'required' || view.toolChoice?.type === 'tool')
  return planThinking(view.reasoning, family.claude, { maxTokens: limitTokens, forcesTool, loopWithoutThinking: isLoopWithoutReasoning(turns) }, dropped)
}

/** With a budget, Claude's turn that called the tools must open with its thinking; a history of another model's has none. */
function isLoopWithoutReasoning(turns: readonly Turn[]): boolean {
  const asked = turns.at(-2)
  if (asked?.role !== 'assistant' || turns.at(-1)?.content[0]?.toolResult === undefined) return false
  return asked.content[0] !== undefined && asked.content[0].reasoningContent === undefined
}

const LOW_TO_HIGH: readonly Effort[] = ['low', 'medium', 'high']

/** How the other families are asked to reason: by a level, each in a field of its own. */
function otherReasoning(view: ChatView, family: Family, limitTokens: number, dropped: Set<string>): JsonObject {
  const wish = view.reasoning
  if (wish === undefined || family.reasoning === 'thinking') return {}
  if (wish.exclude === true) dropped.add('reasoning.exclude')
  const wanted =
    wish.effort ?? (wish.budgetTokens === undefined ? (wish.adaptive === true ? 'medium' : undefined) : effortOfShare(wish.budgetTokens / limitTokens))
  if (wanted === undefined) return {}
  const field = wish.effort === undefined ? 'reasoning.max_tokens' : 'reasoning_effort'
  if (wanted === 'none') {
    // gpt-oss always reasons
    if (family.reasoning !== 'reasoning_effort') return {}
    dropped.add(field)
    return { reasoning_effort: 'low' }
  }
  const effort = nearest(wanted, LOW_TO_HIGH)
  if (effort !== wish.effort) dropped.add(field)
  switch (family.reasoning) {
    case 'reasoningConfig':
      return { reasoningConfig: { type: 'enabled', maxReasoningEffort: effort } }
    case 'reasoning_effort':
      return { reasoning_effort: effort }
    case 'reasoning_config':
      return { reasoning_config: effort }
    default:
      dropped.add(field)
      return {}
  }
}

function textFormatOf(view: ChatView, family: Family, instructions: string[], dropped: Set<string>): JsonObject | undefined {
  const { output } = view
  if (output === undefined) return undefined
  if (output.type === 'json-schema' && family.jsonSchema) {
    return { type: 'json_schema', structure: { jsonSchema: { name: output.name, schema: JSON.stringify(strictSchema(output.schema)) } } }
  }
  // asked for in words: nothing enforces it
  dropped.add('response_format')
  const shape = output.type === 'json-schema' ? ` that fits this JSON Schema: ${JSON.stringify(output.schema)}` : ''
  instructions.push(`Answer with a single JSON object${shape} and nothing else: no explanation, no code fence.`)
  return undefined
}

function toolConfigOf(
  view: ChatView,
  family: Family,
  plan: ThinkingPlan,
  toolsInHistory: readonly string[],
  additional: Record<string, JsonValue>,
  instructions: string[],
  dropped: Set<string>,
): JsonObject | undefined {
  const isForbidden = view.toolChoice?.type === 'none'
  if (view.tools.length === 0 || (isForbidden && toolsInHistory.length === 0)) {
    // Bedrock refuses a conversation with calls or results in it when no tools are defined
    return toolsInHistory.length === 0 ? undefined : { tools: toolsInHistory.map(retiredTool) }
  }
  if (isForbidden) {
    // there is no choice `none`
    dropped.add('tool_choice')
    instructions.push('Answer without calling any tool.')
  }
  const tools = view.tools.flatMap((tool): JsonObject[] => {
    const isStrict = tool.strict === true && family.jsonSchema
    if (tool.strict === true && !isStrict) dropped.add('tools.strict')
    const schema = objectRooted(tool.parameters ?? { type: 'object', properties: {} }, dropped)
    const toolSpec = {
      name: tool.name,
      // an empty one is refused
      ...(tool.description !== undefined && tool.description !== '' && { description: tool.description }),
      inputSchema: { json: isStrict ? strictSchema(schema) : schema },
      ...(isStrict && { strict: true }),
    }
    const point = cachePoint(tool.cache, family, family.cachePoints === 'everywhere', dropped)
    return point === undefined ? [{ toolSpec }] : [{ toolSpec }, point]
  })
  const toolChoice = toolChoiceOf(view, family, plan, instructions, dropped)
  if (view.parallelToolCalls === false) {
    // Anthropic's own field; beside a `toolChoice` of Bedrock's it is refused as a second choice (https://github.com/BerriAI/litellm/issues/36536)
    const isTaken =
      family.claude !== undefined && family.claude.thinking !== 'none' && !isForbidden && (toolChoice === undefined || toolChoice.auto !== undefined)
    if (!isTaken) dropped.add('parallel_tool_calls')
    else {
      additional.tool_choice = { type: 'auto', disable_parallel_tool_use: true }
      return { tools }
    }
  }
  return { tools, ...(toolChoice !== undefined && { toolChoice }) }
}

function retiredTool(name: string): JsonObject {
  return { toolSpec: { name, description: 'No longer available.', inputSchema: { json: { type: 'object', properties: {} } } } }
}

function toolChoiceOf(view: ChatView, family: Family, plan: ThinkingPlan, instructions: string[], dropped: Set<string>): JsonObject | undefined {
  const choice = view.toolChoice
  if (choice === undefined || choice.type === 'none') return undefined
  if (choice.type === 'auto') return family.forcesTools ? { auto: {} } : undefined
  const { claude } = family
  if (!family.forcesTools || claude?.forcedTool === 'refused' || (claude?.forcedTool === 'not-while-thinking' && plan.isOn)) {
    dropped.add('tool_choice')
    instructions.push(choice.type === 'tool' ? `Call the tool \`${choice.name}\` now.` : 'Call one of your tools now.')
    return undefined
  }
  return choice.type === 'tool' ? { tool: { name: choice.name } } : { any: {} }
}

function lastUserTurn(turns: Turn[]): Turn {
  const last = turns.at(-1)
  if (last?.role === 'user') return last
  const turn: Turn = { role: 'user', content: [] }
  turns.push(turn)
  return turn
}

/** A last turn of the assistant is a beginning to go on from, where that is allowed; for Claude it must not end in white space then. */
function endWithUser(turns: Turn[], family: Family, plan: ThinkingPlan, dropped: Set<string>): void {
  const last = turns.at(-1)
  if (last?.role !== 'assistant' || family.claude === undefined) return
  if (!family.claude.prefill || plan.isOn) {
    dropped.add('prefill')
    turns.push({ role: 'user', content: [{ text: GO_ON }] })
    return
  }
  const block = last.content.at(-1)
  if (typeof block?.text === 'string') last.content[last.content.length - 1] = { text: block.text.trimEnd() }
}

function inferenceConfigOf(
  view: ChatView,
  family: Family,
  plan: ThinkingPlan,
  maxTokens: number | undefined,
  additional: Record<string, JsonValue>,
  dropped: Set<string>,
): JsonObject {
  const config: Record<string, JsonValue> = {}
  if (maxTokens !== undefined) config.maxTokens = maxTokens
  const sampling = family.claude === undefined ? openSampling(view, dropped) : samplingOf(view, family.claude, plan, dropped)
  if (sampling.temperature !== undefined) config.temperature = sampling.temperature
  if (sampling.top_p !== undefined) config.topP = sampling.top_p
  if (sampling.top_k !== undefined) {
    if (family.topK === 'top_k') additional.top_k = sampling.top_k
    else if (family.topK === 'inferenceConfig') additional.inferenceConfig = { topK: sampling.top_k }
    else dropped.add('top_k')
  }
  const { stop_sequences: stopSequences } = stopOf(view.stop, dropped)
  if (stopSequences !== undefined) config.stopSequences = stopSequences
  return config
}

function openSampling(view: ChatView, dropped: Set<string>): JsonObject {
  const { temperature, topP, topK } = view
  const clamped = temperature === undefined ? undefined : Math.min(Math.max(temperature, 0), 1)
  if (clamped !== temperature) dropped.add('temperature')
  return { ...(clamped !== undefined && { temperature: clamped }), ...(topP !== undefined && { top_p: topP }), ...(topK !== undefined && { top_k: topK }) }
}

/** It goes into the account's own invocation log; the format allows few characters. */
function userOf(user: string | undefined, dropped: Set<string>): JsonObject {
  if (user === undefined) return {}
  if (/^[a-zA-Z0-9\s:_@$#=/+,.-]{1,256}$/.test(user)) return { requestMetadata: { user_id: user } }
  dropped.add('user')
  return {}
}

function serviceTierOf(view: ChatView, dropped: Set<string>): JsonObject {
  const type = tierFor(view, { default: 'default', priority: 'priority', flex: 'flex' }, dropped)
  return type === undefined ? {} : { serviceTier: { type } }
}

/** The latest points stay: each of them covers what the earlier ones did. The prompt's order is tools, system, messages. */
function withoutEarlyCachePoints(body: JsonObject, dropped: Set<string>): JsonObject {
  const { toolConfig, system, messages } = body as { toolConfig?: { tools: JsonObject[] }; system?: JsonObject[]; messages: { content: JsonObject[] }[] }
  const lists = [toolConfig?.tools ?? [], system ?? [], ...messages.map(({ content }) => content)]
  let excess = lists.flat().filter((block) => block.cachePoint !== undefined).length - MOST_CACHE_POINTS
  for (const list of lists) {
    for (let index = 0; index < list.length && excess > 0; index++) {
      if (list[index]?.cachePoint === undefined) continue
      list.splice(index--, 1)
      excess--
      dropped.add('cache_control')
    }
  }
  return body
}
