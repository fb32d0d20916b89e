import { createHash } from 'node:crypto'
import type { ChatView, Effort, JsonValue } from '../../../../shared/chat.ts'
import { arrayOf, known } from '../json.ts'
import { logprobsFor } from '../logprobs.ts'
import { effortOfBudget, fittedEffort } from '../openai-chat/families.ts'
import type { RelayEdits, WriteTarget, WrittenRequest } from '../protocol.ts'
import { OPENAI_TIERS, tierFor } from '../service-tier.ts'
import { type Target, targetOf } from './families.ts'
import { writeToolChoice, writeTools } from './tools.ts'
import { writeInput } from './write-input.ts'

/** OpenAI takes no less; a smaller wish is for a token or two, and its answer ends by itself. */
const LEAST_OUTPUT_TOKENS = 16
const USER_LIMIT_CHARACTERS = 64
const ENCRYPTED_REASONING = 'reasoning.encrypted_content'
const LOGPROBS = 'message.output_text.logprobs'

/** Fields of other clients' bodies that mean the same here and go on as they are. */
const CARRIED = ['prompt_cache_key', 'prompt_cache_retention', 'prompt_cache_options', 'metadata'] as const

type Body = Record<string, JsonValue>

/** The view as a Responses body for the target's provider and model, with the client's fields that found no place in it. */
export function writeRequest(view: ChatView, target: WriteTarget): WrittenRequest {
  const facts = targetOf(target)
  const dropped = new Set(Object.keys(view.unmodelled))
  const body: Body = { model: target.upstreamModel, input: writeInput(view, facts, dropped), store: false }
  if (facts.encryptsReasoning) body.include = [ENCRYPTED_REASONING]
  if (view.maxOutputTokens !== undefined) body.max_output_tokens = facts.isOpenAi ? Math.max(view.maxOutputTokens, LEAST_OUTPUT_TOKENS) : view.maxOutputTokens
  const effort = effortFor(view, target, facts, dropped)
  const summary = summaryFor(view, facts, effort, dropped)
  if ((effort ?? summary) !== undefined) body.reasoning = known({ effort, summary })
  writeSampling(body, view, facts, effort, dropped)
  if (view.tools.length > 0) {
    body.tools = writeTools(view.tools, dropped)
    if (view.toolChoice !== undefined) body.tool_choice = writeToolChoice(view.toolChoice, view.tools)
    if (view.parallelToolCalls !== undefined) body.parallel_tool_calls = view.parallelToolCalls
  }
  writeText(body, view, facts, dropped)
  if (view.user !== undefined) {
    body[facts.isOpenAi ? 'safety_identifier' : 'user'] =
      view.user.length <= USER_LIMIT_CHARACTERS ? view.user : createHash('sha256').update(view.user).digest('hex')
  }
  for (const field of facts.isOpenAi ? CARRIED : []) {
    const value = view.unmodelled[field]
    if (value === undefined) continue
    body[field] = value
    dropped.delete(field)
  }
  const tier = facts.isOpenAi ? tierFor(view, OPENAI_TIERS, dropped) : undefined
  if (tier !== undefined) body.service_tier = tier
  if (target.stream) body.stream = true
  // no field for it: cut here
  return { body, dropped: [...dropped], ...known({ cutAt: view.stop }) }
}

function writeSampling(body: Body, view: ChatView, { family, isOpenAi }: Target, effort: Effort | undefined, dropped: Set<string>): void {
  const isFree = family === undefined || family.sampling === 'free' || (family.sampling === 'free-with-effort-none' && effort === 'none')
  const put = (field: string, value: number | undefined): void => {
    if (value === undefined) return
    if (isFree) body[field] = value
    else if (value !== 1) dropped.add(field)
  }
  put('temperature', view.temperature)
  put('top_p', view.topP)
  const logprobs = isFree && isOpenAi ? logprobsFor(view, dropped) : undefined
  if (logprobs !== undefined) {
    body.include = [...arrayOf(body.include), LOGPROBS]
    if (logprobs.top !== undefined) body.top_logprobs = logprobs.top
  }
  // this format has no field for these
  if (view.topK !== undefined) dropped.add('top_k')
  if ((view.frequencyPenalty ?? 0) !== 0) dropped.add('frequency_penalty')
  if ((view.presencePenalty ?? 0) !== 0) dropped.add('presence_penalty')
  if (view.seed !== undefined) dropped.add('seed')
  if (view.stop !== undefined) dropped.add('stop')
}

/**
 * OpenAI's models tell what they thought when asked, in a summary; others do it by themselves. An organisation that has not been verified is
 * refused one, and then the request goes out without (`DROPPABLE` in attempt/in-turn.ts).
 */
function summaryFor({ reasoning }: ChatView, { isOpenAi, encryptsReasoning }: Target, effort: Effort | undefined, dropped: Set<string>): 'auto' | undefined {
  if (reasoning?.exclude === true && !isOpenAi) dropped.add('reasoning.exclude')
  return reasoning?.shown === true && isOpenAi && encryptsReasoning && effort !== 'none' ? 'auto' : undefined
}

/** The effort to ask for, fitted to what the model knows; one that had to change is named. */
function effortFor(view: ChatView, target: WriteTarget, { family, isOpenAi }: Target, dropped: Set<string>): Effort | undefined {
  const wish = view.reasoning
  if (wish === undefined) return undefined
  const limit = view.maxOutputTokens ?? target.outputLimit
  if (family === undefined && !isOpenAi) return wish.effort ?? (wish.budgetTokens === undefined ? undefined : effortOfBudget(wish.budgetTokens, limit))
  const { effort, isAltered } = fittedEffort(wish, family?.efforts ?? [], limit)
  if (isAltered) dropped.add('reasoning.effort')
  return effort
}

function writeText(body: Body, view: ChatView, { isOpenAi }: Target, dropped: Set<string>): void {
  const text: Record<string, JsonValue> = {}
  if (view.output?.type === 'json-object') text.format = { type: 'json_object' }
  if (view.output?.type === 'json-schema') {
    const { name, schema, strict } = view.output
    text.format = { type: 'json_schema', name, schema, ...known({ strict }) }
  }
  // chat's name for it, and this format's
  for (const field of ['verbosity', 'text.verbosity']) {
    const verbosity = view.unmodelled[field]
    if (verbosity === undefined || !isOpenAi) continue
    text.verbosity = verbosity
    dropped.delete(field)
  }
  if (Object.keys(text).length > 0) body.text = text
}

/** What nobody but OpenRouter does. */
const OPENROUTER_ONLY = ['plugins', 'transforms', 'preset', 'trace'] as const
/** OpenRouter's routing fields; other providers refuse fields that they do not know. */
const ROUTING_FIELDS = ['models', 'provider', 'session_id', ...OPENROUTER_ONLY] as const

/**
 * What to change in a client's own body on its way to a provider of this format. State is kept here and not at the provider, so a conversation can
 * move to another one: nothing is stored there, and reasoning comes back encrypted instead.
 */
export function relayEdits(view: ChatView, target: WriteTarget): RelayEdits {
  const facts = targetOf(target)
  const dropped = new Set<string>()
  const edits: Record<string, JsonValue | undefined> = { model: target.upstreamModel, store: false }
  if (view.stream !== target.stream) edits.stream = target.stream
  if (facts.encryptsReasoning) edits.include = [...arrayOf(view.unmodelled.include), ENCRYPTED_REASONING]
  if (target.provider !== 'openrouter') {
    for (const field of ROUTING_FIELDS) edits[field] = undefined
    for (const field of OPENROUTER_ONLY) if (view.unmodelled[field] !== undefined) dropped.add(field)
  }
  if (hasForeignReasoning(view)) {
    // instructions open the conversation and go along as its first item
    edits.instructions = undefined
    edits.input = writeInput(view, facts, dropped)
  }
  return { fields: edits, dropped: [...dropped] }
}

/** Earlier turns were answered by another maker's model, and OpenAI would refuse our seals for its encrypted reasoning. */
function hasForeignReasoning(view: ChatView): boolean {
  return view.messages.some(({ parts }) =>
    parts.some((part) => (part.type === 'reasoning' && part.format !== 'openai-responses') || (part.type === 'tool-call' && part.signature !== undefined)),
  )
}
