import { createHash } from 'node:crypto'
import type { ChatView, Effort, JsonObject, JsonValue, Tool, ToolChoice } from '../../../../shared/chat.ts'
import { withLastBreakpoints } from '../cache-breakpoints.ts'
import { known } from '../json.ts'
import { logprobsFor } from '../logprobs.ts'
import type { RelayEdits, WriteTarget, WrittenRequest } from '../protocol.ts'
import { tierFor } from '../service-tier.ts'
import { systemFirst } from '../system-first.ts'
import { objectRooted } from '../tool-schema.ts'
import { alternating } from './alternating.ts'
import { type Dialect, dialectOf } from './dialects.ts'
import { effortOfBudget, type FamilyPolicy, familyOf, fittedEffort, MOST_BREAKPOINTS, refusedByGrok, takesBreakpoints } from './families.ts'
import { writtenAnew } from './mistral.ts'
import { ownMessages } from './own-messages.ts'
import { writeMessages } from './write-messages.ts'

/** OpenAI takes no more. */
const STOP_LIMIT = 4
const USER_LIMIT_CHARACTERS = 64

/** What nobody but OpenRouter does; other providers refuse or misread these fields. */
const OPENROUTER_ONLY = ['plugins', 'transforms', 'preset', 'trace', 'route'] as const
/** Fields of OpenRouter that are taken out for all others because we do what they say, or what they say holds anyway. */
const OPENROUTER_FIELDS = ['models', 'provider', 'session_id', 'usage', 'reasoning', 'include_reasoning'] as const
/** All of them as edits, of which each relay gets a copy. */
const WITHOUT_OPENROUTER: Readonly<Record<string, undefined>> = Object.fromEntries(
  [...OPENROUTER_FIELDS, ...OPENROUTER_ONLY].map((field) => [field, undefined]),
)

type Body = Record<string, JsonValue>

/** The provider's dialect as the model at hand speaks it. */
function dialectFor({ provider, upstreamModel }: WriteTarget): Dialect {
  const dialect = dialectOf(provider)
  if (provider === 'xai') return { ...dialect, refuses: refusedByGrok(upstreamModel) }
  return dialect.isOpenAi && takesBreakpoints(upstreamModel) ? { ...dialect, cacheMarks: 'prompt_cache_breakpoint' } : dialect
}

/** The view as a chat completions body for the target's provider and model, with the client's fields that found no place in it. */
export function writeRequest(view: ChatView, target: WriteTarget): WrittenRequest {
  const family = familyOf(target.upstreamModel)
  const dialect = dialectFor(target)
  const dropped = new Set(Object.keys(view.unmodelled))
  const turns = dialect.alternates ? alternating(view.messages) : view.messages
  const messages = withLastBreakpoints(
    writeMessages(dialect.systemFirst ? systemFirst(turns) : turns, dialect, family?.takesSystem ?? true, dropped),
    MOST_BREAKPOINTS,
    dropped,
  )
  const body: Body = { model: target.upstreamModel, messages }

  if (view.maxOutputTokens !== undefined) body[limitFieldOf(dialect, family)] = view.maxOutputTokens
  const effort = effortFor(view, target, dialect, family, dropped)
  writeReasoning(body, view, dialect, effort, dropped)
  writeSampling(body, view, dialect, family, effort, dropped)
  writeTools(body, view, dialect, family, dropped)
  if (view.output?.type === 'json-object') body.response_format = { type: 'json_object' }
  if (view.output?.type === 'json-schema') {
    const { name, schema, strict } = view.output
    body.response_format = { type: 'json_schema', json_schema: { name, schema, ...known({ strict }) } }
  }
  if (view.user !== undefined) {
    if (dialect.userField === undefined) dropped.add('user')
    else body[dialect.userField] = view.user.length <= USER_LIMIT_CHARACTERS ? view.user : createHash('sha256').update(view.user).digest('hex')
  }
  if (target.stream) {
    body.stream = true
    if (dialect.takesStreamOptions) body.stream_options = { include_usage: true }
  }
  for (const field of dialect.carries) {
    const value = view.unmodelled[field]
    if (value === undefined) continue
    // Responses put it beside the format of the text
    body[field === 'text.verbosity' ? 'verbosity' : field] = value
    dropped.delete(field)
  }
  for (const field of dialect.refuses) {
    if (body[field] === undefined) continue
    delete body[field]
    dropped.add(field)
  }
  const tier = tierFor(view, dialect.tiers, dropped)
  if (tier !== undefined) body.service_tier = tier
  // what the model takes no note of is cut here
  return { body, dropped: [...dropped], ...(dropped.has('stop') && view.stop !== undefined && { cutAt: view.stop }) }
}

/** OpenAI's reasoning models refuse the older name, and many compatible servers pass over the newer one. */
function limitFieldOf(dialect: Dialect, family: FamilyPolicy | undefined): Dialect['limitField'] {
  return family === undefined ? dialect.limitField : 'max_completion_tokens'
}

function writeSampling(body: Body, view: ChatView, dialect: Dialect, family: FamilyPolicy | undefined, effort: Effort | undefined, dropped: Set<string>): void {
  const isFree = family === undefined || family.sampling === 'free' || (family.sampling === 'free-with-effort-none' && effort === 'none')
  const put = (field: string, value: number | undefined, defaultValue: number) => {
    if (value === undefined) return
    if (isFree) body[field] = value
    else if (value !== defaultValue) dropped.add(field)
  }
  const { temperatureLimit } = dialect
  const isTooHot = temperatureLimit !== undefined && (view.temperature ?? 0) > temperatureLimit
  if (isTooHot) dropped.add('temperature')
  put('temperature', isTooHot ? temperatureLimit : view.temperature, 1)
  put('top_p', view.topP, 1)
  put('frequency_penalty', view.frequencyPenalty, 0)
  put('presence_penalty', view.presencePenalty, 0)
  const logprobs = isFree && dialect.takesLogprobs ? logprobsFor(view, dropped) : undefined
  if (logprobs !== undefined) Object.assign(body, { logprobs: true, ...known({ top_logprobs: logprobs.top }) })
  if (view.topK !== undefined) {
    if (dialect.takesTopK) body.top_k = view.topK
    else dropped.add('top_k')
  }
  if (view.seed !== undefined) body[dialect.seedField] = view.seed
  if (view.stop !== undefined) {
    if (family?.takesStop === false) dropped.add('stop')
    else {
      body.stop = dialect.isOpenAi ? view.stop.slice(0, STOP_LIMIT) : view.stop
      if (dialect.isOpenAi && view.stop.length > STOP_LIMIT) dropped.add('stop')
    }
  }
}

/** The effort to ask the target for, fitted to what its family knows. An effort that had to change is reported as dropped. */
function effortFor(view: ChatView, target: WriteTarget, dialect: Dialect, family: FamilyPolicy | undefined, dropped: Set<string>): Effort | undefined {
  const wish = view.reasoning
  const budget = wish?.budgetTokens === undefined ? undefined : effortOfBudget(wish.budgetTokens, view.maxOutputTokens ?? target.outputLimit)
  const asked = wish?.effort ?? budget
  if (dialect.reasoningField === 'reasoning') return asked
  if (family?.toolsNeedEffortNone === true && view.tools.length > 0) {
    if ((asked ?? wish?.adaptive) !== undefined && asked !== 'none') dropped.add('reasoning_effort')
    return 'none'
  }
  if (wish === undefined) return undefined
  // OpenAI's older models refuse the field; what other providers' names mean is not for this table to say
  if (family === undefined && !dialect.isOpenAi) {
    const wanted = asked ?? (wish.adaptive === true && dialect.effort !== undefined ? 'medium' : undefined)
    const own = wanted === undefined ? undefined : (dialect.effort?.(wanted) ?? wanted)
    if (asked !== undefined && own !== asked) dropped.add('reasoning_effort')
    return own
  }
  const { effort, isAltered } = fittedEffort(wish, family?.efforts ?? [], view.maxOutputTokens ?? target.outputLimit)
  if (isAltered) dropped.add('reasoning_effort')
  // OpenAI never shows reasoning here
  if (wish.shown === true && effort !== 'none' && (family?.efforts.length ?? 0) > 0) dropped.add('reasoning.summary')
  return effort
}

function writeReasoning(body: Body, view: ChatView, dialect: Dialect, effort: Effort | undefined, dropped: Set<string>): void {
  const wish = view.reasoning
  if (dialect.reasoningField === 'reasoning') {
    if (wish === undefined) return
    // OpenRouter takes an effort or a budget, not both
    const depth = wish.budgetTokens === undefined ? known({ effort: wish.effort }) : { max_tokens: wish.budgetTokens }
    const isSwitchOnly = wish.adaptive === true && Object.keys(depth).length === 0
    body.reasoning = { ...depth, ...(isSwitchOnly ? { enabled: true } : {}), ...known({ exclude: wish.exclude }) }
    return
  }
  if (effort !== undefined) body.reasoning_effort = effort
  // OpenAI never shows reasoning here, so there is nothing to leave out
  if (wish?.exclude === true && !dialect.isOpenAi) dropped.add('reasoning.exclude')
}

function writeTools(body: Body, view: ChatView, dialect: Dialect, family: FamilyPolicy | undefined, dropped: Set<string>): void {
  // a choice without tools is a 400 at OpenAI, and says nothing anyway
  if (view.tools.length === 0) return
  if (!dialect.takesTools) {
    dropped.add('tools')
    return
  }
  body.tools = view.tools.map((tool) => writeTool(tool, dialect, dropped))
  if (view.toolChoice !== undefined) body.tool_choice = writeToolChoice(view.toolChoice)
  if (view.parallelToolCalls === undefined) return
  if (family?.takesParallelToolCalls === false) dropped.add('parallel_tool_calls')
  else body.parallel_tool_calls = view.parallelToolCalls
}

function writeTool(tool: Tool, dialect: Dialect, dropped: Set<string>): JsonObject {
  const { name, description, strict } = tool
  // OpenAI reads an absent schema as "no arguments", several compatible servers insist on one
  const own = tool.parameters ?? (dialect.isOpenAi ? undefined : { type: 'object', properties: {} })
  const parameters = own !== undefined && dialect.isOpenAi ? objectRooted(own, dropped) : own
  // OpenAI's breakpoints stand on parts of messages only
  const isMarked = tool.cache !== undefined && dialect.cacheMarks === 'cache_control'
  if (tool.cache !== undefined && !isMarked) dropped.add('cache_control')
  return {
    type: 'function',
    function: { name, ...known({ description, parameters, strict }) },
    ...(isMarked ? { cache_control: { type: 'ephemeral', ...tool.cache } } : {}),
  }
}

function writeToolChoice(choice: ToolChoice): JsonValue {
  return choice.type === 'tool' ? { type: 'function', function: { name: choice.name } } : choice.type
}

/**
 * What to change in a client's own body on its way to a provider of this format: the model, usage in streams (our ledger needs it; the client
 * sees it only if it asked), and OpenRouter's fields for everybody else, with its reasoning wish put in OpenAI's words.
 */
export function relayEdits(view: ChatView, target: WriteTarget, body: JsonObject): RelayEdits {
  const dialect = dialectOf(target.provider)
  const family = familyOf(target.upstreamModel)
  const dropped = new Set<string>()
  const isOpenRouter = target.provider === 'openrouter'
  const fields: Record<string, JsonValue | undefined> = { ...(isOpenRouter ? {} : WITHOUT_OPENROUTER), model: target.upstreamModel }
  const others = view.unmodelled.stream_options
  if (target.stream && dialect.takesStreamOptions) {
    fields.stream_options = { ...(others as JsonObject | undefined), include_usage: true }
  } else {
    fields.stream_options = undefined
    if (others !== undefined) dropped.add('stream_options')
  }
  if (isOpenRouter) return { fields, dropped: [...dropped] }
  for (const field of OPENROUTER_ONLY) if (body[field] !== undefined && body[field] !== null) dropped.add(field)
  if (view.reasoning !== undefined) {
    const altered = new Set<string>()
    const effort = effortFor(view, target, dialect, family, altered)
    if (effort !== undefined) fields.reasoning_effort = effort
    // the client's own word goes on where we have no better one
    if (effort !== undefined || (body.reasoning_effort ?? null) === null) for (const name of altered) dropped.add(name)
  }
  // OpenAI never shows reasoning here, so there is nothing to leave out
  if (view.reasoning?.exclude === true && !dialect.isOpenAi) dropped.add('reasoning.exclude')
  Object.assign(fields, limitEdits(view, body, dialect, family))
  const messages = ownMessages(body.messages, dialect)
  if (messages !== undefined) fields.messages = messages
  if (dialect.isMistral) Object.assign(fields, mistralEdits(view, dialect, dropped))
  if (dialect.alternates) {
    const turns = alternating(view.messages)
    if (turns !== view.messages) fields.messages = writeMessages(turns, dialect, true, dropped)
  }
  return { fields, dropped: dropped.size === 0 ? NOTHING_DROPPED : [...dropped] }
}

const NOTHING_DROPPED: readonly string[] = []

/** The client's limit under the name that the model knows. OpenAI's older models take both. */
function limitEdits(view: ChatView, body: JsonObject, dialect: Dialect, family: FamilyPolicy | undefined): RelayEdits['fields'] {
  const name = limitFieldOf(dialect, family)
  const other = name === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens'
  if (view.maxOutputTokens === undefined || (body[other] ?? null) === null || (dialect.isOpenAi && family === undefined)) return {}
  return { [other]: undefined, [name]: view.maxOutputTokens }
}

/** Mistral refuses OpenAI's name of the seed, and messages that another provider's turns have left their marks on. */
function mistralEdits(view: ChatView, dialect: Dialect, dropped: Set<string>): RelayEdits['fields'] {
  return {
    ...(view.seed === undefined ? {} : { seed: undefined, random_seed: view.seed }),
    ...(writtenAnew(view) ? { messages: writeMessages(view.messages, dialect, true, dropped) } : {}),
  }
}
