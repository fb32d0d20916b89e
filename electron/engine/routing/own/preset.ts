/**
 * A preset written into a client's own body, in the client's own dialect, before anyone reads it: so a relay carries it and a translation
 * translates it like everything else the client said. Names: `@preset/x`, `model@preset/x`, or the body's field `preset` (OpenRouter's three ways,
 * guides/features/presets of its documentation).
 */
import type { ChatDialect, JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import type { Preset } from '../../../../shared/routing-config.ts'

export interface PresetName {
  readonly slug: string
  /** The model named beside it. */
  readonly model: string | undefined
}

/** undefined: no preset is asked for. @throws Failure 'bad-request' for a `preset` that is no text */
export function presetNamed(model: string | undefined, body: JsonObject): PresetName | undefined {
  const [, before = '', slug] = /^(.*)@preset\/([^/@]+)$/.exec(model ?? '') ?? []
  if (slug !== undefined) return { slug, model: before === '' ? undefined : before }
  const { preset } = body
  if (preset === undefined || preset === null) return undefined
  if (typeof preset !== 'string') throw new Failure('bad-request', 'preset must be the name of a preset.', { param: 'preset' })
  return { slug: preset.replace(/^@preset\//, ''), model }
}

type Parameter = keyof Preset['parameters']
type Path = readonly [string] | readonly [string, string]

interface Places {
  readonly at: Readonly<Partial<Record<Parameter, Path>>>
  /** Other names of the same field: a client that gives one of these has given it. */
  readonly also?: Readonly<Partial<Record<Parameter, readonly Path[]>>>
  readonly system: (body: JsonObject, text: string, place: Preset['systemPlace']) => JsonObject
}

const CHAT: Places = {
  at: {
    temperature: ['temperature'],
    top_p: ['top_p'],
    max_tokens: ['max_completion_tokens'],
    seed: ['seed'],
    stop: ['stop'],
    reasoning_effort: ['reasoning_effort'],
  },
  also: { max_tokens: [['max_tokens']], reasoning_effort: [['reasoning']] },
  system: (body, text, place) => ({ ...body, messages: withSystemTurn(body.messages, text, place) }),
}

const PLACES: Readonly<Record<ChatDialect, Places>> = {
  'openai-chat': CHAT,
  'openai-completions': {
    at: { temperature: ['temperature'], top_p: ['top_p'], max_tokens: ['max_tokens'], seed: ['seed'], stop: ['stop'] },
    system: (body, text, place) =>
      place === 'missing' || typeof body.prompt !== 'string' ? body : { ...body, prompt: body.prompt === '' ? text : `${text}\n\n${body.prompt}` },
  },
  'openai-responses': {
    at: { temperature: ['temperature'], top_p: ['top_p'], max_tokens: ['max_output_tokens'], reasoning_effort: ['reasoning', 'effort'] },
    system: (body, text, place) => ({ ...body, instructions: joined(textOrNothing(body.instructions), text, place) }),
  },
  'anthropic-messages': {
    at: {
      temperature: ['temperature'],
      top_p: ['top_p'],
      max_tokens: ['max_tokens'],
      stop: ['stop_sequences'],
      reasoning_effort: ['output_config', 'effort'],
    },
    also: { reasoning_effort: [['thinking']] },
    system: (body, text, place) => ({ ...body, system: withSystemBlocks(body.system, { type: 'text', text }, text, place) }),
  },
  gemini: {
    at: {
      temperature: ['generationConfig', 'temperature'],
      top_p: ['generationConfig', 'topP'],
      max_tokens: ['generationConfig', 'maxOutputTokens'],
      seed: ['generationConfig', 'seed'],
      stop: ['generationConfig', 'stopSequences'],
    },
    system: (body, text, place) => {
      const name = body.system_instruction === undefined ? 'systemInstruction' : 'system_instruction'
      const given = isObject(body[name]) && Array.isArray(body[name].parts) ? body[name].parts : undefined
      const parts = given === undefined || given.length === 0 || place === 'instead' ? [{ text }] : place === 'missing' ? given : [{ text }, ...given]
      return { ...body, [name]: { ...(isObject(body[name]) ? body[name] : {}), parts } }
    },
  },
  'cohere-v2': {
    at: { temperature: ['temperature'], top_p: ['p'], max_tokens: ['max_tokens'], seed: ['seed'], stop: ['stop_sequences'] },
    system: CHAT.system,
  },
  'ollama-chat': {
    at: {
      temperature: ['options', 'temperature'],
      top_p: ['options', 'top_p'],
      max_tokens: ['options', 'num_predict'],
      seed: ['options', 'seed'],
      stop: ['options', 'stop'],
    },
    system: CHAT.system,
  },
  'ollama-generate': {
    at: {
      temperature: ['options', 'temperature'],
      top_p: ['options', 'top_p'],
      max_tokens: ['options', 'num_predict'],
      seed: ['options', 'seed'],
      stop: ['options', 'stop'],
    },
    system: (body, text, place) => ({ ...body, system: joined(textOrNothing(body.system), text, place) }),
  },
}

/** The body with what the preset says, and the preset's parameters that this dialect has no field for. The model is left to whoever routes. */
export function withPreset(dialect: ChatDialect, body: JsonObject, preset: Preset): { readonly body: JsonObject; readonly unsaid: readonly string[] } {
  const places = PLACES[dialect]
  const unsaid: string[] = []
  let written: JsonObject = body
  for (const [name, value] of Object.entries(preset.parameters) as [Parameter, JsonValue | undefined][]) {
    if (value === undefined) continue
    const path = places.at[name]
    if (path === undefined) {
      unsaid.push(name)
      continue
    }
    const others = places.also?.[name] ?? []
    if ([path, ...others].some((each) => at(body, each) !== undefined)) {
      if (!preset.overrides) continue
      for (const other of others) written = without(written, other)
    }
    written = put(written, path, value)
  }
  if (preset.system !== undefined && preset.system !== '') written = places.system(written, preset.system, preset.systemPlace)
  if (written.preset !== undefined) written = without(written, ['preset'])
  return { body: written, unsaid }
}

function at(body: JsonObject, [first, second]: Path): JsonValue | undefined {
  const value = body[first]
  const found = second === undefined ? value : isObject(value) ? value[second] : undefined
  return found === null ? undefined : found
}

function put(body: JsonObject, [first, second]: Path, value: JsonValue): JsonObject {
  const inside = body[first]
  return { ...body, [first]: second === undefined ? value : { ...(isObject(inside) ? inside : {}), [second]: value } }
}

function without(body: JsonObject, [first]: Path): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== first))
}

/** Messages in the manner of OpenAI, Cohere and Ollama: a system turn in front. */
function withSystemTurn(messages: JsonValue | undefined, text: string, place: Preset['systemPlace']): JsonValue {
  // what is no list is told by whoever reads the body
  if (!Array.isArray(messages)) return messages ?? []
  const isSystem = (message: JsonValue): boolean => isObject(message) && (message.role === 'system' || message.role === 'developer')
  if (place === 'missing' && messages.some(isSystem)) return messages
  const kept = place === 'instead' ? messages.filter((message: JsonValue) => !isSystem(message)) : messages
  return [{ role: 'system', content: text }, ...kept]
}

/** Anthropic's `system`: text, or blocks that may bear cache marks, which stay with their text. */
function withSystemBlocks(given: JsonValue | undefined, block: JsonObject, text: string, place: Preset['systemPlace']): JsonValue {
  if (Array.isArray(given) && given.length > 0) return place === 'missing' ? given : place === 'instead' ? text : [block, ...given]
  return joined(textOrNothing(given), text, place)
}

function joined(given: string | undefined, text: string, place: Preset['systemPlace']): string {
  if (given === undefined || given === '' || place === 'instead') return text
  return place === 'missing' ? given : `${text}\n\n${given}`
}

function textOrNothing(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
