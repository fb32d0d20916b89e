/** A generateContent request of a client as the canonical view. Format: https://ai.google.dev/api/generate-content */
import type {
  ChatView,
  Effort,
  JsonObject,
  LogprobsWish,
  Message,
  Need,
  OutputFormat,
  Part,
  ReasoningWish,
  RoutingWish,
  Tool,
  ToolChoice,
} from '../../../../shared/chat.ts'
import type { RouteFacts } from '../protocol.ts'
import { readRoutingWish } from '../routing-wish.ts'
import { badRequest, Fields } from './fields.ts'
import { type Rest, readContents, readSystem } from './read-contents.ts'
import { toJsonSchema } from './schema.ts'

/**
 * Model and streaming come from the URL. Fields without a canonical place are in `unmodelled` under their place in the body, such as
 * `safetySettings`, `tools[0].googleSearch` or `generationConfig.speechConfig`.
 * @throws Failure 'bad-request' with the place as `param`.
 */
export function readRequest(body: JsonObject, route: RouteFacts): ChatView {
  const fields = new Fields(body, '')
  const rest: Rest = new Map()
  const named = fields.string('model')
  const model = (route.model ?? named ?? '').replace(/^models\//, '')
  if (model === '') throw badRequest('model', 'named in the path: /v1beta/models/{model}:generateContent')
  const messages = [...readSystem(fields, rest), ...readContents(fields, rest)]
  const tools = readTools(fields, rest)
  const toolChoice = readToolChoice(fields, rest)
  const config = readConfig(fields, rest)
  const routing = readRouting(fields)
  fields.leaveRest(rest)
  return {
    model,
    messages,
    stream: route.stream ?? false,
    wantsUsage: true,
    ...config,
    tools,
    ...(toolChoice === undefined ? {} : { toolChoice }),
    needs: needsOf(messages, tools, config),
    unmodelled: Object.fromEntries(rest),
    routing,
  }
}

function readTools(body: Fields, rest: Rest): Tool[] {
  const tools: Tool[] = []
  for (const group of body.objects('tools') ?? []) {
    for (const declaration of group.objects('functionDeclarations') ?? []) {
      const name = declaration.string('name')
      if (name === undefined || name === '') throw badRequest(declaration.place('name'), 'the name of a function')
      const description = declaration.string('description')
      const parameters = readSchema(declaration, 'parametersJsonSchema', 'parameters')
      declaration.leaveRest(rest)
      tools.push({ name, ...(description === undefined ? {} : { description }), ...(parameters === undefined ? {} : { parameters }) })
    }
    // googleSearch, codeExecution, urlContext ...: Google's own tools
    group.leaveRest(rest)
  }
  return tools
}

/** A schema from the field for real JSON Schema, else from the one for the OpenAPI subset. */
function readSchema(fields: Fields, jsonSchema: string, openApi: string): JsonObject | undefined {
  const real = fields.object(jsonSchema)
  if (real !== undefined) return real.raw
  const subset = fields.object(openApi)
  return subset === undefined ? undefined : toJsonSchema(subset.raw)
}

function readToolChoice(body: Fields, rest: Rest): ToolChoice | undefined {
  const config = body.object('toolConfig')
  const calling = config?.object('functionCallingConfig')
  const choice = calling === undefined ? undefined : readMode(calling, rest)
  calling?.leaveRest(rest)
  config?.leaveRest(rest)
  return choice
}

function readMode(calling: Fields, rest: Rest): ToolChoice | undefined {
  const mode = calling.string('mode')?.toUpperCase()
  const names = calling.strings('allowedFunctionNames') ?? []
  switch (mode) {
    case undefined:
    case 'MODE_UNSPECIFIED':
      return undefined
    case 'NONE':
      return { type: 'none' }
    case 'ANY': {
      const [only, ...others] = names
      if (only !== undefined && others.length === 0) return { type: 'tool', name: only }
      if (names.length > 0) rest.set(calling.place('allowedFunctionNames'), names)
      return { type: 'required' }
    }
    case 'AUTO':
    case 'VALIDATED':
      // VALIDATED is AUTO with the arguments held to their schema, which no canonical choice says
      if (mode === 'VALIDATED') rest.set(calling.place('mode'), mode)
      if (names.length > 0) rest.set(calling.place('allowedFunctionNames'), names)
      return { type: 'auto' }
    default:
      throw badRequest(calling.place('mode'), 'AUTO, ANY, NONE or VALIDATED')
  }
}

type Config = Pick<
  ChatView,
  'maxOutputTokens' | 'temperature' | 'topP' | 'topK' | 'frequencyPenalty' | 'presencePenalty' | 'seed' | 'stop' | 'logprobs' | 'output' | 'reasoning'
>

function readConfig(body: Fields, rest: Rest): Config {
  const config = body.object('generationConfig')
  if (config === undefined) return {}
  const maxOutputTokens = config.number('maxOutputTokens')
  const temperature = config.number('temperature')
  const topP = config.number('topP')
  const topK = config.number('topK')
  const frequencyPenalty = config.number('frequencyPenalty')
  const presencePenalty = config.number('presencePenalty')
  const seed = config.number('seed')
  const stop = config.strings('stopSequences')
  const logprobs = readLogprobs(config)
  const output = readOutput(config, rest)
  const reasoning = readThinking(config, rest)
  // what is the default anyway asks for nothing
  if (config.value('candidateCount') !== 1) config.forget('candidateCount')
  if (String(config.value('responseModalities')).toUpperCase() !== 'TEXT') config.forget('responseModalities')
  config.leaveRest(rest)
  return {
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(topK === undefined ? {} : { topK }),
    ...(frequencyPenalty === undefined ? {} : { frequencyPenalty }),
    ...(presencePenalty === undefined ? {} : { presencePenalty }),
    ...(seed === undefined ? {} : { seed }),
    ...(stop === undefined || stop.length === 0 ? {} : { stop }),
    ...(logprobs === undefined ? {} : { logprobs }),
    ...(output === undefined ? {} : { output }),
    ...(reasoning === undefined ? {} : { reasoning }),
  }
}

/** Stays left over as well, for those who cannot give them. */
function readLogprobs(config: Fields): LogprobsWish | undefined {
  const isWanted = config.boolean('responseLogprobs') ?? false
  const top = config.number('logprobs')
  for (const name of isWanted ? ['responseLogprobs', 'logprobs'] : ['logprobs']) config.forget(name)
  if (!isWanted) return undefined
  const names = ['responseLogprobs', 'response_logprobs', 'logprobs']
  return { fields: names.map((name) => config.place(name)), ...(top === undefined ? {} : { top }) }
}

function readOutput(config: Fields, rest: Rest): OutputFormat | undefined {
  const mimeType = config.string('responseMimeType')?.toLowerCase()
  const schema = readSchema(config, 'responseJsonSchema', 'responseSchema')
  if (mimeType === undefined || mimeType === 'application/json') {
    if (schema !== undefined) {
      const title = schema.title
      return { type: 'json-schema', name: typeof title === 'string' && /^[\w-]{1,64}$/.test(title) ? title : 'response', schema }
    }
    return mimeType === undefined ? undefined : { type: 'json-object' }
  }
  if (mimeType !== 'text/plain') {
    // text/x.enum: a bare word out of the schema's enum, a habit of Gemini's alone
    rest.set(config.place('responseMimeType'), mimeType)
    if (schema !== undefined) rest.set(config.place('responseSchema'), schema)
  }
  return undefined
}

const EFFORT_BY_LEVEL: ReadonlyMap<string, Effort> = new Map<string, Effort>([
  ['MINIMAL', 'minimal'],
  ['LOW', 'low'],
  ['MEDIUM', 'medium'],
  ['HIGH', 'high'],
])

function readThinking(config: Fields, rest: Rest): ReasoningWish | undefined {
  const thinking = config.object('thinkingConfig')
  if (thinking === undefined) return undefined
  const level = thinking.string('thinkingLevel')?.toUpperCase()
  const budget = thinking.number('thinkingBudget')
  const shown = thinking.boolean('includeThoughts') ?? false
  thinking.leaveRest(rest)
  if (budget === 0) return { effort: 'none' }
  let effort: Effort | undefined
  if (level !== undefined && level !== 'THINKING_LEVEL_UNSPECIFIED') {
    effort = EFFORT_BY_LEVEL.get(level)
    if (effort === undefined) throw badRequest(thinking.place('thinkingLevel'), 'MINIMAL, LOW, MEDIUM or HIGH')
  }
  return {
    ...(effort === undefined ? {} : { effort }),
    ...(budget === undefined ? {} : budget < 0 ? { adaptive: true } : { budgetTokens: budget }),
    // Gemini keeps its thoughts to itself unless asked
    ...(shown ? { shown } : { exclude: true }),
  }
}

/** OpenRouter's routing fields, which a Gemini client may send along as well. */
function readRouting(body: Fields): RoutingWish {
  for (const name of ['models', 'provider', 'session_id']) body.value(name)
  return readRoutingWish(body.raw)
}

function needsOf(messages: readonly Message[], tools: readonly Tool[], config: Config): ReadonlySet<Need> {
  const needs = new Set<Need>()
  if (tools.length > 0) needs.add('tools')
  if (config.output?.type === 'json-schema') needs.add('json-schema')
  const wish = config.reasoning
  // a bare `includeThoughts: false` wishes for nothing
  if (wish !== undefined && wish.effort !== 'none' && (wish.exclude !== true || wish.effort || wish.budgetTokens || wish.adaptive)) needs.add('reasoning')
  const visit = (part: Part): void => {
    if (part.type === 'image') needs.add('vision')
    else if (part.type === 'audio') needs.add('audio')
    else if (part.type === 'document') needs.add('documents')
    else if (part.type === 'tool-result') part.parts.forEach(visit)
  }
  for (const message of messages) message.parts.forEach(visit)
  return needs
}
