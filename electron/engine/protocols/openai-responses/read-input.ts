/** The input items of a Responses request as messages: neighbouring items of the model are one assistant turn, neighbouring results one tool turn. */
import type { CacheMark, JsonObject, JsonValue, Media, Message, Part, Role, ToolCallPart } from '../../../../shared/chat.ts'
import { readMediaUrl } from '../data-url.ts'
import { wrapFreeform } from '../freeform.ts'
import { arrayAt, arrayOf, badField, isObject, known, objectAt, objectOf, optional, stringAt, textOf } from '../json.ts'
import { readCacheMark } from '../openai-chat/read-messages.ts'
import { unsealCallSignature, unsealReasoning } from './sealed-reasoning.ts'
import { flatName } from './tools.ts'

/** @throws Failure 'bad-request' naming the field */
export function readInput(input: JsonValue | undefined): readonly Message[] {
  if (typeof input === 'string') return [{ role: 'user', parts: [{ type: 'text', text: input }] }]
  const turns = new Turns()
  for (const [index, value] of arrayAt(input, 'input').entries()) readItem(objectAt(value, `input[${index}]`), `input[${index}]`, turns)
  return turns.messages
}

/** Gathers parts into turns. Words of people and instructions stand alone, since each was a message of its own. */
class Turns {
  readonly messages: { readonly role: Role; readonly parts: Part[] }[] = []
  /** Gemini's signature for the call that follows. */
  callSignature: string | undefined

  add(role: Role, parts: readonly Part[]): void {
    const last = this.messages.at(-1)
    if (last?.role === role && (role === 'assistant' || role === 'tool')) last.parts.push(...parts)
    else this.messages.push({ role, parts: [...parts] })
  }
}

function readItem(item: JsonObject, path: string, turns: Turns): void {
  switch (item.type) {
    case undefined:
    case null:
    case 'message':
      turns.add(roleOf(item, path), readContent(item.content, `${path}.content`))
      return
    case 'reasoning':
      readReasoning(item, turns)
      return
    case 'function_call':
      addCall(item, stringAt(item.arguments, `${path}.arguments`), path, turns)
      return
    case 'custom_tool_call':
      addCall(item, wrapFreeform(stringAt(item.input, `${path}.input`)), path, turns)
      return
    case 'function_call_output':
    case 'custom_tool_call_output': {
      const parts = typeof item.output === 'string' ? textParts(item.output) : readContent(item.output, `${path}.output`)
      turns.add('tool', [{ type: 'tool-result', callId: stringAt(item.call_id, `${path}.call_id`), parts, isError: false }])
      return
    }
    case 'item_reference':
      throw badField(path, `refers to the item '${textOf(item.id) ?? ''}', which is not stored here. Send the item itself`)
    default:
      stringAt(item.type, `${path}.type`)
      // calls of the provider's own tools, their results, compactions: only this format knows them
      turns.add(item.role === 'developer' || item.role === 'system' ? 'system' : 'assistant', [opaque(item)])
  }
}

function roleOf(item: JsonObject, path: string): Role {
  switch (item.role) {
    case 'user':
    case 'assistant':
      return item.role
    case 'system':
    case 'developer':
      return 'system'
    default:
      throw badField(`${path}.role`, 'must be user, assistant, system or developer')
  }
}

function readReasoning(item: JsonObject, turns: Turns): void {
  const encrypted = textOf(item.encrypted_content) ?? ''
  turns.callSignature = unsealCallSignature(encrypted)
  if (turns.callSignature !== undefined) return
  const part = unsealReasoning(reasoningText(item), encrypted)
  // an item that only its provider's store could fill says nothing here
  if (part.text !== '' || part.signature !== undefined || part.redacted !== undefined) turns.add('assistant', [part])
}

/** The summary, or the model's own words where a provider shows them. */
export function reasoningText(item: JsonObject): string {
  const pieces = [...arrayOf(item.summary), ...arrayOf(item.content)]
  return pieces.map((piece) => textOf(objectOf(piece)?.text) ?? '').join('')
}

function addCall(item: JsonObject, text: string, path: string, turns: Turns): void {
  const call: ToolCallPart = {
    type: 'tool-call',
    id: stringAt(item.call_id, `${path}.call_id`),
    name: flatName(stringAt(item.name, `${path}.name`), textOf(item.namespace)),
    arguments: text,
    ...known({ signature: turns.callSignature }),
  }
  turns.callSignature = undefined
  turns.add('assistant', [call])
}

function textParts(text: string): readonly Part[] {
  return text === '' ? [] : [{ type: 'text', text }]
}

function readContent(content: JsonValue | undefined, path: string): readonly Part[] {
  if (typeof content === 'string') return textParts(content)
  return arrayAt(content, path).map((value, index) => {
    const at = `${path}[${index}]`
    const part = objectAt(value, at)
    return withMark(readPart(part, at), readCacheMark(part))
  })
}

function readPart(part: JsonObject, path: string): Part {
  switch (part.type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return { type: 'text', text: stringAt(part.text, `${path}.text`) }
    case 'refusal':
      return { type: 'text', text: stringAt(part.refusal, `${path}.refusal`) }
    case 'input_image': {
      const url = optional(part, 'image_url', stringAt, path)
      if (url === undefined) return byFileId(part, `${path}.image_url`)
      const detail = textOf(part.detail)
      return { type: 'image', media: mediaAt(url, `${path}.image_url`, 'image/png'), ...(detail !== undefined && detail !== 'auto' && { detail }) }
    }
    case 'input_file':
      return readFile(part, path)
    case 'input_audio': {
      const audio = objectAt(part.input_audio, `${path}.input_audio`)
      const format = stringAt(audio.format, `${path}.input_audio.format`)
      return { type: 'audio', format, data: stringAt(audio.data, `${path}.input_audio.data`) }
    }
    default:
      stringAt(part.type, `${path}.type`)
      return opaque(part)
  }
}

function readFile(part: JsonObject, path: string): Part {
  const url = optional(part, 'file_url', stringAt, path)
  const data = optional(part, 'file_data', stringAt, path)
  if (url === undefined && data === undefined) return byFileId(part, `${path}.file_data`)
  const media = url === undefined ? fileData(data ?? '', `${path}.file_data`) : mediaAt(url, `${path}.file_url`, 'application/pdf')
  return { type: 'document', media, ...known({ name: optional(part, 'filename', stringAt, path) }) }
}

/** With or without the `data:` prefix. */
function fileData(data: string, path: string): Media {
  const media = readMediaUrl(data, 'application/pdf')
  if (media !== undefined) return media
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(data)) throw badField(path, 'must be a data: URL with the file in base64')
  return { kind: 'base64', mediaType: 'application/pdf', data }
}

/** Files that the provider keeps are its own to resolve. */
function byFileId(part: JsonObject, path: string): Part {
  if (textOf(part.file_id) === undefined) throw badField(path, 'is missing: give the content, its address or a file_id')
  return opaque(part)
}

function mediaAt(url: string, path: string, fallbackType: string): Media {
  const media = readMediaUrl(url, fallbackType)
  if (media === undefined) throw badField(path, 'must be an https: address or a data: URL')
  return media
}

function withMark(part: Part, cache: CacheMark | undefined): Part {
  return cache === undefined || (part.type !== 'text' && part.type !== 'image' && part.type !== 'document') ? part : { ...part, cache }
}

function opaque(value: JsonObject): Part {
  return { type: 'opaque', protocol: 'openai-responses', value }
}

/** Whether a kept value stands among the content of a message rather than among the items. */
export function isContentPart(value: JsonValue | undefined): boolean {
  return isObject(value) && typeof value.type === 'string' && /^(?:input|output)_/.test(value.type)
}
