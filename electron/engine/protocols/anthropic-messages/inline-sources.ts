import type { JsonObject, JsonValue, Media } from '../../../../shared/chat.ts'
import { isArray, isObject } from './json-fields.ts'

/** `messages` with the files behind addresses as bytes in their places; everything else as the client wrote it. */
export function inlineSources(messages: JsonValue, files: ReadonlyMap<string, Media>): JsonValue {
  if (isArray(messages)) return messages.map((value) => inlineSources(value, files))
  if (!isObject(messages)) return messages
  const fields: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries(messages)) fields[name] = name === 'source' && isObject(value) ? source(value, files) : inlineSources(value, files)
  return fields
}

function source(value: JsonObject, files: ReadonlyMap<string, Media>): JsonObject {
  const file = value.type === 'url' && typeof value.url === 'string' ? files.get(value.url) : undefined
  if (file?.kind !== 'base64') return value
  if (!file.mediaType.startsWith('text/')) return { type: 'base64', media_type: file.mediaType, data: file.data }
  // documents of text have a source of their own
  return { type: 'text', media_type: 'text/plain', data: Buffer.from(file.data, 'base64').toString('utf8') }
}
