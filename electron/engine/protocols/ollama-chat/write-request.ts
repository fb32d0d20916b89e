/** The view as a body for an Ollama server. https://docs.ollama.com/api/chat */
import type { ChatView, Effort, JsonObject, JsonValue, Message, Part } from '../../../../shared/chat.ts'
import { isObject, known, parseJson } from '../json.ts'
import { CALL_SIGNATURE, opaqueName, thoughtName } from '../left-out.ts'
import type { WriteTarget, WrittenRequest } from '../protocol.ts'
import { systemFirst } from '../system-first.ts'

/** An assumption on the small side for text and code; a window that is too large costs memory, one too small cuts the prompt without a word. */
const CHARACTERS_PER_TOKEN = 3
const TOKENS_PER_IMAGE = 1_500
/** For an answer whose length nobody limited. */
const ANSWER_TOKENS = 4_096
/** What a server does of itself; windows grow by doubling, so that the model is not loaded anew for every turn. */
const LEAST_WINDOW = 4_096

export function writeRequest(view: ChatView, target: WriteTarget): WrittenRequest {
  const dropped = new Set(Object.keys(view.unmodelled))
  const names = toolNames(view.messages)
  const messages = systemFirst(view.messages).flatMap((message) => writeMessage(message, names, dropped))
  const options: JsonObject = known({
    num_ctx: windowFor(messages, view),
    num_predict: view.maxOutputTokens,
    temperature: view.temperature,
    top_p: view.topP,
    top_k: view.topK,
    frequency_penalty: view.frequencyPenalty,
    presence_penalty: view.presencePenalty,
    seed: view.seed,
    stop: view.stop,
  })
  const body: Record<string, JsonValue> = { model: target.upstreamModel, messages, stream: target.stream, options }
  writeTools(body, view, dropped)
  if (view.output?.type === 'json-object') body.format = 'json'
  if (view.output?.type === 'json-schema') body.format = view.output.schema
  const think = thinkOf(view)
  if (think !== undefined) body.think = think
  if (typeof think === 'string' && think !== view.reasoning?.effort) dropped.add('reasoning_effort')
  if (think === true && view.reasoning?.budgetTokens !== undefined) dropped.add('reasoning.max_tokens')
  if (view.reasoning?.exclude === true) dropped.add('reasoning.exclude')
  if (view.user !== undefined) dropped.add('user')
  return { body, dropped: [...dropped] }
}

/**
 * A context window that holds the prompt and its answer. Without one the server takes its default and cuts the beginning of a longer prompt off,
 * silently.
 */
function windowFor(messages: readonly JsonObject[], view: ChatView): number {
  let characters = view.tools.length === 0 ? 0 : JSON.stringify(view.tools).length
  let pictures = 0
  for (const { images, ...message } of messages) {
    characters += JSON.stringify(message).length
    if (Array.isArray(images)) pictures += images.length
  }
  const needed = characters / CHARACTERS_PER_TOKEN + pictures * TOKENS_PER_IMAGE + (view.maxOutputTokens ?? ANSWER_TOKENS)
  let window = LEAST_WINDOW
  while (window < needed) window *= 2
  return window
}

function writeTools(body: Record<string, JsonValue>, view: ChatView, dropped: Set<string>): void {
  const choice = view.toolChoice
  if (view.tools.length === 0) return
  // no tools is the one choice it can be told
  if (choice?.type === 'none') return
  if (choice?.type === 'required' || choice?.type === 'tool') dropped.add('tool_choice')
  if (view.parallelToolCalls === false) dropped.add('parallel_tool_calls')
  body.tools = view.tools.map(({ name, description, parameters, strict, cache }) => {
    if (strict === true) dropped.add('strict')
    if (cache !== undefined) dropped.add('cache_control')
    return { type: 'function', function: { name, ...known({ description }), parameters: parameters ?? { type: 'object', properties: {} } } }
  })
}

const LEVELS: Readonly<Record<Effort, boolean | string>> = {
  none: false,
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
  max: 'high',
}

/** Levels are for gpt-oss; every other model that thinks knows on and off, and reads a level as on. */
function thinkOf({ reasoning }: ChatView): boolean | string | undefined {
  if (reasoning === undefined) return undefined
  if (reasoning.effort !== undefined) return LEVELS[reasoning.effort]
  if (reasoning.budgetTokens !== undefined) return reasoning.budgetTokens > 0
  return reasoning.adaptive
}

/** Results are told by the name of their tool; most dialects only bear the id of the call. */
function toolNames(messages: readonly Message[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { parts } of messages) for (const part of parts) if (part.type === 'tool-call') names.set(part.id, part.name)
  return names
}

function writeMessage(message: Message, names: ReadonlyMap<string, string>, dropped: Set<string>): readonly JsonObject[] {
  const results = message.parts.filter((part) => part.type === 'tool-result')
  const rest = message.parts.filter((part) => part.type !== 'tool-result')
  const written: JsonObject[] = []
  const pictures: Part[] = []
  for (const result of results) {
    const said = textOf(result.parts, dropped)
    const name = result.name ?? names.get(result.callId)
    written.push({ role: 'tool', content: result.isError ? `Error: ${said}` : said, ...known({ tool_name: name }) })
    pictures.push(...result.parts.filter((part) => part.type === 'image'))
  }
  if (rest.length === 0 && pictures.length === 0 && results.length > 0) return written
  const content = textOf(rest, dropped)
  if (message.role === 'assistant') return [...written, writeAssistant(rest, content, dropped)]
  const images = imagesOf([...pictures, ...rest], dropped)
  written.push({ role: message.role === 'system' ? 'system' : 'user', content, ...(images.length === 0 ? {} : { images }) })
  return written
}

function writeAssistant(parts: readonly Part[], content: string, dropped: Set<string>): JsonObject {
  const calls: JsonObject[] = []
  let thinking = ''
  for (const part of parts) {
    if (part.type === 'tool-call') {
      const parsed = parseJson(part.arguments)
      calls.push({ function: { name: part.name, arguments: isObject(parsed) ? parsed : {} } })
      if (part.arguments !== '' && !isObject(parsed)) dropped.add('tool_calls.arguments')
      if (part.signature !== undefined) dropped.add(CALL_SIGNATURE)
    } else if (part.type === 'reasoning') {
      // a signature vouches for its text to one provider only
      if (part.signature === undefined && part.redacted === undefined) thinking += part.text
      else dropped.add(thoughtName(part))
    }
  }
  return { role: 'assistant', content, ...(thinking === '' ? {} : { thinking }), ...(calls.length === 0 ? {} : { tool_calls: calls }) }
}

function textOf(parts: readonly Part[], dropped: Set<string>): string {
  const texts = parts.flatMap((part): readonly string[] => {
    if ('cache' in part && part.cache !== undefined) dropped.add('cache_control')
    switch (part.type) {
      case 'text':
        return [part.text]
      case 'document':
        if (part.media.kind === 'base64' && part.media.mediaType.startsWith('text/')) return [Buffer.from(part.media.data, 'base64').toString('utf8')]
        dropped.add('document')
        return [`[A document was left out here: ${part.name ?? 'without a name'}]`]
      case 'image':
        return part.media.kind === 'url' ? ['[An image was left out here: it could not be fetched]'] : []
      case 'audio':
        dropped.add('input_audio')
        return []
      case 'opaque':
        dropped.add(opaqueName(part.value))
        return []
      default:
        return []
    }
  })
  return texts.join('\n\n')
}

/** It takes bytes only. */
function imagesOf(parts: readonly Part[], dropped: Set<string>): readonly string[] {
  return parts.flatMap((part) => {
    if (part.type !== 'image') return []
    if (part.media.kind === 'base64') return [part.media.data]
    dropped.add('image_url')
    return []
  })
}
