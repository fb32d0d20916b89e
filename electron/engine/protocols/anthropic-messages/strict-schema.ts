/**
 * JSON Schema as Anthropic's constrained decoding takes it: objects must be closed, and limits on numbers, lengths and patterns are refused. Those
 * move into the description, where the model still reads them.
 * Source: platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { type Draft, isArray, isObject } from './json-fields.ts'

const KEPT = [
  ...['type', 'title', 'description', 'enum', 'const', 'default', 'required', '$ref', 'format'],
  ...['properties', 'items', 'anyOf', 'allOf', 'oneOf', '$defs', 'definitions', 'minItems'],
]
const FORMATS = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid']
/** Name the dialect or the file and constrain nothing. */
const SILENT = ['$schema', '$id', '$comment', 'additionalProperties', 'nullable']

export function strictSchema(schema: JsonObject): JsonObject {
  const kept: Draft = {}
  const told: string[] = []
  for (const [key, value] of Object.entries(schema)) {
    if (SILENT.includes(key)) continue
    if (isSupported(key, value)) kept[key === 'oneOf' ? 'anyOf' : key] = inner(key, value)
    else told.push(`${key}: ${JSON.stringify(value)}`)
  }
  if (isObject(kept.properties) || schema.type === 'object') kept.additionalProperties = false
  if (told.length > 0) kept.description = [kept.description, `{${told.join(', ')}}`].filter((line) => typeof line === 'string').join('\n\n')
  return kept
}

function isSupported(key: string, value: JsonValue): boolean {
  if (key === 'format') return typeof value === 'string' && FORMATS.includes(value)
  if (key === 'minItems') return value === 0 || value === 1
  return KEPT.includes(key)
}

function inner(key: string, value: JsonValue): JsonValue {
  switch (key) {
    case 'properties':
    case '$defs':
    case 'definitions':
      return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, isObject(schema) ? strictSchema(schema) : schema]))
        : value
    case 'items':
      return isObject(value) ? strictSchema(value) : value
    case 'anyOf':
    case 'allOf':
    case 'oneOf':
      return isArray(value) ? value.map((schema) => (isObject(schema) ? strictSchema(schema) : schema)) : value
    default:
      return value
  }
}
