/** The canonical view as a generateContent request. Format: https://ai.google.dev/api/generate-content */
import type { ChatView, JsonObject, JsonValue, Tool } from '../../../../shared/chat.ts'
import { logprobsFor } from '../logprobs.ts'
import type { WriteTarget, WrittenRequest } from '../protocol.ts'
import { tierFor } from '../service-tier.ts'
import { takesCallIds, withoutCallIds } from './call-ids.ts'
import { type Family, familyOf, planThinking } from './families.ts'
import { isObject } from './fields.ts'
import { writeContents } from './write-contents.ts'

/** https://ai.google.dev/api/generate-content#generationconfig */
const MOST_STOP_SEQUENCES = 5
const INT32 = { least: -(2 ** 31), most: 2 ** 31 - 1 }

/** Fields that Gemini lacks are named in `dropped` as OpenRouter's clients know them; so are those that had to be altered. */
export function writeRequest(view: ChatView, target: WriteTarget): WrittenRequest {
  const family = familyOf(target.upstreamModel)
  const dropped = new Set(Object.keys(view.unmodelled))
  const { systemInstruction, contents } = writeContents(view.messages, family, dropped)
  const tools = view.tools.map((tool) => writeTool(tool, dropped))
  const schemaInWords = tools.length > 0 && !family.takesSchemaWithTools ? schemaInstruction(view, dropped) : undefined
  const toolConfig = writeToolChoice(view)
  const config = writeConfig(view, target, family, schemaInWords !== undefined, dropped)
  if (view.parallelToolCalls === false) dropped.add('parallel_tool_calls')
  if (view.user !== undefined) dropped.add('user')
  const serviceTier = tierFor(view, { default: 'standard', flex: 'flex', priority: 'priority' }, dropped)
  const system = schemaInWords === undefined ? systemInstruction : withInstruction(systemInstruction, schemaInWords)
  return {
    body: {
      ...(system === undefined ? {} : { systemInstruction: system }),
      contents: takesCallIds(target) ? contents : withoutCallIds(contents),
      ...(tools.length === 0 ? {} : { tools: [{ functionDeclarations: tools }] }),
      ...(toolConfig === undefined ? {} : { toolConfig }),
      ...(Object.keys(config).length === 0 ? {} : { generationConfig: config }),
      ...(serviceTier === undefined ? {} : { serviceTier }),
    },
    dropped: [...dropped],
    ...((view.stop?.length ?? 0) > MOST_STOP_SEQUENCES && { cutAt: view.stop ?? [] }),
  }
}

function writeTool(tool: Tool, dropped: Set<string>): JsonObject {
  if (tool.strict === true) dropped.add('strict')
  if (tool.cache !== undefined) dropped.add('cache_control')
  return {
    name: tool.name,
    ...(tool.description === undefined ? {} : { description: tool.description }),
    ...(tool.parameters === undefined ? {} : { parametersJsonSchema: tool.parameters }),
  }
}

function writeToolChoice(view: ChatView): JsonObject | undefined {
  const { toolChoice, tools } = view
  if (toolChoice === undefined || tools.length === 0) return undefined
  switch (toolChoice.type) {
    case 'auto':
      return { functionCallingConfig: { mode: 'AUTO' } }
    case 'none':
      return { functionCallingConfig: { mode: 'NONE' } }
    case 'required':
      return { functionCallingConfig: { mode: 'ANY' } }
    case 'tool':
      return { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: [toolChoice.name] } }
    default:
      return toolChoice satisfies never
  }
}

function writeConfig(view: ChatView, target: WriteTarget, family: Family, schemaIsInWords: boolean, dropped: Set<string>): JsonObject {
  const config: Record<string, JsonValue> = {}
  const set = (name: string, value: JsonValue | undefined): void => {
    if (value !== undefined) config[name] = value
  }
  const limit = limitOf(view.maxOutputTokens, target.outputLimit)
  if (limit !== view.maxOutputTokens) dropped.add('max_tokens')
  set('maxOutputTokens', limit)
  set('temperature', view.temperature)
  set('topP', view.topP)
  set('topK', view.topK)
  set('frequencyPenalty', view.frequencyPenalty)
  set('presencePenalty', view.presencePenalty)
  if (view.seed !== undefined && (view.seed < INT32.least || view.seed > INT32.most)) dropped.add('seed')
  else set('seed', view.seed)
  if (view.stop !== undefined && view.stop.length > 0) {
    if (view.stop.length > MOST_STOP_SEQUENCES) dropped.add('stop')
    set('stopSequences', view.stop.slice(0, MOST_STOP_SEQUENCES))
  }
  if (view.output !== undefined && !schemaIsInWords) {
    set('responseMimeType', 'application/json')
    if (view.output.type === 'json-schema') set('responseJsonSchema', view.output.schema)
  }
  const logprobs = logprobsFor(view, dropped)
  if (logprobs !== undefined) set('responseLogprobs', true)
  set('logprobs', logprobs?.top)
  const thinking = planThinking(family, view.reasoning, limit)
  if (thinking.altered) dropped.add('reasoning')
  set('thinkingConfig', thinking.config)
  return config
}

/** More than a model can write is a 400 at Google. */
function limitOf(wanted: number | undefined, most: number | undefined): number | undefined {
  return wanted === undefined || most === undefined ? wanted : Math.min(wanted, most)
}

/** Before Gemini 3, JSON output and functions in one request are a 400: then the wish for JSON is told in words, and reported. */
function schemaInstruction(view: ChatView, dropped: Set<string>): string | undefined {
  if (view.output === undefined) return undefined
  dropped.add('response_format')
  const wish = 'When you answer without calling a function, answer with a single JSON value and nothing around it.'
  return view.output.type === 'json-object' ? wish : `${wish} It must conform to this JSON Schema:\n${JSON.stringify(view.output.schema)}`
}

function withInstruction(system: JsonObject | undefined, text: string): JsonObject {
  const parts = system?.parts
  return { parts: [...(Array.isArray(parts) ? (parts as readonly JsonValue[]).filter(isObject) : []), { text }] }
}
