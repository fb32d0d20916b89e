/** The messages of a chat completions request, part by part, each mistake named by its path. */
import type { CacheMark, JsonObject, JsonValue, Media, Message, Part, ToolCallPart } from '../../../../shared/chat.ts'
import { readMediaUrl } from '../data-url.ts'
import { wrapFreeform } from '../freeform.ts'
import { arrayAt, arrayOf, badField, isObject, known, objectAt, objectOf, optional, stringAt, textOf } from '../json.ts'
import { partsOfDetails, readDetails } from './reasoning-details.ts'

/** Message fields that end up in the view; `refusal` as text, `annotations` are the provider's own and mean nothing on the way back. */
const MODELLED = new Set([
  'role',
  'content',
  'tool_calls',
  'tool_call_id',
  'function_call',
  'reasoning',
  'reasoning_content',
  'reasoning_details',
  'refusal',
  'annotations',
  'cache_control',
  'prompt_cache_breakpoint',
])

/** Calls that no result has been seen for, for the clients and dialects whose calls have no id. */
type OpenCalls = { readonly id: string; readonly name: string; readonly named: boolean }[]

/** @param unmodelled gets message fields that the view has no place for, as `messages[].name` with the values by message. */
export function readMessages(values: readonly JsonValue[], unmodelled: Record<string, JsonValue>): readonly Message[] {
  const openCalls: OpenCalls = []
  let leftOver: Record<string, Record<string, JsonValue>> | undefined
  const messages = values.map((value, index) => {
    const path = `messages[${index}]`
    const message = objectAt(value, path)
    for (const key in message) {
      if (MODELLED.has(key)) continue
      const field = message[key]
      if (field === undefined || field === null || (key === 'name' && isResult(message))) continue
      leftOver ??= {}
      leftOver[key] = { ...leftOver[key], [index]: field }
    }
    return readMessage(message, path, openCalls)
  })
  for (const [key, fields] of Object.entries(leftOver ?? {})) unmodelled[`messages[].${key}`] = fields
  return messages
}

function isResult(message: JsonObject): boolean {
  return message.role === 'tool' || message.role === 'function'
}

function readMessage(message: JsonObject, path: string, openCalls: OpenCalls): Message {
  const role = message.role
  switch (role) {
    case 'system':
    case 'developer':
      return { role: 'system', parts: markLast(readContent(message.content, path, '.content'), readCacheMark(message)) }
    case 'user':
      return { role: 'user', parts: markLast(readContent(message.content, path, '.content'), readCacheMark(message)) }
    case 'assistant':
      return { role: 'assistant', parts: markLast(readAssistant(message, path, openCalls), readCacheMark(message)) }
    case 'tool':
    case 'function':
      return { role: 'tool', parts: [readResult(message, path, openCalls)] }
    default:
      throw badField(`${path}.role`, 'must be system, developer, user, assistant or tool')
  }
}

function readAssistant(message: JsonObject, path: string, openCalls: OpenCalls): readonly Part[] {
  const details = readDetails(message.reasoning_details)
  const parts: Part[] = [...partsOfDetails(details)]
  const plainReasoning = textOf(message.reasoning_content) ?? textOf(message.reasoning)
  // clients of DeepSeek put a blank where there is none
  if (parts.length === 0 && plainReasoning !== undefined && plainReasoning.trim() !== '')
    parts.push({ type: 'reasoning', text: plainReasoning, format: 'openai-chat' })

  const content = message.content
  if (content !== undefined && content !== null && content !== '') parts.push(...readContent(content, path, '.content'))
  const refusal = textOf(message.refusal)
  if (refusal !== undefined) parts.push({ type: 'text', text: refusal })

  const signatures = new Map(details.flatMap((detail) => (detail.type === 'signature' ? [[detail.callId, detail.signature] as const] : [])))
  for (const [index, value] of (optional(message, 'tool_calls', arrayAt, path) ?? []).entries()) {
    const callPath = `${path}.tool_calls[${index}]`
    const call = objectAt(value, callPath)
    const id = textOf(call.id)
    const google = objectOf(objectOf(call.extra_content)?.google)
    parts.push(
      readCall(call, callPath, id, `${path}.${index}`, openCalls, {
        ...known({ signature: signatures.get(id) ?? textOf(google?.thought_signature), cache: readCacheMark(call) }),
      }),
    )
  }
  const legacy = objectOf(message.function_call)
  if (legacy !== undefined && textOf(legacy.name) !== undefined) {
    parts.push(readCall({ function: legacy }, path, undefined, `${path}.function_call`, openCalls, {}))
  }
  return parts
}

function readCall(
  call: JsonObject,
  path: string,
  id: string | undefined,
  place: string,
  openCalls: OpenCalls,
  extra: { readonly signature?: string; readonly cache?: CacheMark },
): Part {
  const custom = call.type === 'custom' ? objectOf(call.custom) : undefined
  const tool = textOf(custom?.name)
  if (tool !== undefined) {
    const written = wrapFreeform(textOf(custom?.input) ?? '')
    return readCall({ function: { name: tool, arguments: written } }, path, id, place, openCalls, extra)
  }
  if (call.type !== undefined && call.type !== null && call.type !== 'function') {
    return { type: 'opaque', protocol: 'openai-chat', value: { tool_calls: [call] } }
  }
  const definition = objectAt(call.function, `${path}.function`)
  const name = stringAt(definition.name, `${path}.function.name`)
  const written = definition.arguments
  // Some clients hand the arguments back as the object they parsed.
  const text = isObject(written) ? JSON.stringify(written) : (optional(definition, 'arguments', stringAt, `${path}.function`) ?? '')
  const callPart: ToolCallPart = { type: 'tool-call', id: id ?? `call_${place.replace(/\W+/g, '_')}`, name, arguments: text, ...extra }
  openCalls.push({ id: callPart.id, name, named: id !== undefined })
  return callPart
}

function readResult(message: JsonObject, path: string, openCalls: OpenCalls): Part {
  const name = optional(message, 'name', stringAt, path)
  let callId = textOf(message.tool_call_id)
  if (callId === undefined) {
    // a legacy function result or a dialect without ids: the eldest call that waits for one
    const waiting = openCalls.find((call) => !call.named && (name === undefined || call.name === name))
    if (waiting === undefined) throw badField(`${path}.tool_call_id`, 'must be the id of the tool call that this message answers')
    callId = waiting.id
  }
  const position = openCalls.findIndex((call) => call.id === callId)
  if (position >= 0) openCalls.splice(position, 1)
  const content = message.content
  const parts = content === undefined || content === null ? [] : readContent(content, path, '.content')
  return { type: 'tool-result', callId, parts, isError: false, ...known({ name, cache: readCacheMark(message) }) }
}

/** @param within the field of what stands at `path`; joined only where a mistake is to be named */
function readContent(content: JsonValue | undefined, path: string, within: string): readonly Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  if (!Array.isArray(content)) throw badField(path + within, 'must be a text or a list of content parts')
  return (content as readonly JsonValue[]).flatMap((value, index) => {
    const place = `${path}${within}[${index}]`
    const part = objectAt(value, place)
    const cache = readCacheMark(part)
    return readPart(part, place).map((read) => withMark(read, cache))
  })
}

function readPart(part: JsonObject, path: string): readonly Part[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: stringAt(part.text, `${path}.text`) }]
    case 'refusal':
      return [{ type: 'text', text: stringAt(part.refusal, `${path}.refusal`) }]
    case 'image_url':
      return [readImage(part.image_url, `${path}.image_url`)]
    case 'input_audio': {
      const audio = objectAt(part.input_audio, `${path}.input_audio`)
      const format = stringAt(audio.format, `${path}.input_audio.format`)
      return [{ type: 'audio', format, data: stringAt(audio.data, `${path}.input_audio.data`) }]
    }
    case 'file':
      return [readFile(part, objectAt(part.file, `${path}.file`), `${path}.file`)]
    // Mistral's form of a document
    case 'document_url': {
      const url = stringAt(part.document_url, `${path}.document_url`)
      return [{ type: 'document', media: mediaAt(url, `${path}.document_url`, 'application/pdf'), ...known({ name: textOf(part.document_name) }) }]
    }
    // Mistral's form of reasoning
    case 'thinking': {
      const text = thinkingText(part.thinking)
      return text === '' ? [] : [{ type: 'reasoning', text, format: 'openai-chat' }]
    }
    default:
      stringAt(part.type, `${path}.type`)
      return [{ type: 'opaque', protocol: 'openai-chat', value: part }]
  }
}

function readImage(value: JsonValue | undefined, path: string): Part {
  // Mistral's clients send the address itself
  if (typeof value === 'string') return { type: 'image', media: mediaAt(value, path, 'image/png') }
  const image = objectAt(value, path)
  const media = mediaAt(stringAt(image.url, `${path}.url`), `${path}.url`, 'image/png')
  return { type: 'image', media, ...known({ detail: textOf(image.detail) }) }
}

function readFile(part: JsonObject, file: JsonObject, path: string): Part {
  const data = optional(file, 'file_data', stringAt, path)
  if (data === undefined) {
    if (textOf(file.file_id) === undefined) throw badField(`${path}.file_data`, 'is missing: give file_data or file_id')
    return { type: 'opaque', protocol: 'openai-chat', value: part }
  }
  const name = optional(file, 'filename', stringAt, path)
  const media = readMediaUrl(data, 'application/pdf') ?? bareBase64(data, `${path}.file_data`)
  return { type: 'document', media, ...known({ name }) }
}

/** Some clients leave the `data:` prefix out. */
function bareBase64(data: string, path: string): Media {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(data)) throw badField(path, 'must be a data: URL with the file in base64')
  return { kind: 'base64', mediaType: 'application/pdf', data }
}

function mediaAt(url: string, path: string, fallbackType: string): Media {
  const media = readMediaUrl(url, fallbackType)
  if (media === undefined) throw badField(path, 'must be an https: address or a data: URL')
  return media
}

/** The text of Mistral's `thinking`: a list of text parts, or the text itself. */
export function thinkingText(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value
  return arrayOf(value)
    .map((piece) => textOf(objectOf(piece)?.text) ?? '')
    .join('')
}

/** `cache_control` of Anthropic's and OpenRouter's clients, or `prompt_cache_breakpoint` of OpenAI's. */
export function readCacheMark(holder: JsonObject): CacheMark | undefined {
  const mark = objectOf(holder.cache_control) ?? objectOf(holder.prompt_cache_breakpoint)
  if (mark === undefined) return undefined
  return mark.ttl === '5m' || mark.ttl === '1h' ? { ttl: mark.ttl } : {}
}

function markLast(parts: readonly Part[], cache: CacheMark | undefined): readonly Part[] {
  const last = parts.at(-1)
  return cache === undefined || last === undefined ? parts : [...parts.slice(0, -1), withMark(last, cache)]
}

function withMark(part: Part, cache: CacheMark | undefined): Part {
  if (cache === undefined || part.type === 'reasoning' || part.type === 'opaque' || part.type === 'audio') return part
  return { ...part, cache }
}
