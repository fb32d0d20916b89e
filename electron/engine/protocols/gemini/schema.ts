/**
 * Gemini's `parameters` and `responseSchema` are a subset of OpenAPI 3.0 (https://ai.google.dev/api/caching#Schema): types in upper case,
 * `nullable` beside the type, counts as strings. Everybody else takes JSON Schema.
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { isArray, isObject } from './fields.ts'

const CHILDREN = new Set(['items', 'additionalProperties', 'not'])
const CHILD_LISTS = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems'])
const CHILD_MAPS = new Set(['properties', '$defs', 'defs', 'definitions'])
const COUNTS = new Set(['minItems', 'maxItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties'])
/** Gemini's own spellings that differ from JSON Schema's by more than case. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['any_of', 'anyOf'],
  ['one_of', 'oneOf'],
  ['all_of', 'allOf'],
  ['prefix_items', 'prefixItems'],
  ['min_items', 'minItems'],
  ['max_items', 'maxItems'],
  ['min_length', 'minLength'],
  ['max_length', 'maxLength'],
  ['min_properties', 'minProperties'],
  ['max_properties', 'maxProperties'],
  ['additional_properties', 'additionalProperties'],
  ['property_ordering', 'propertyOrdering'],
])

/** An OpenAPI-subset schema as JSON Schema. What is JSON Schema already comes out as it went in. */
export function toJsonSchema(schema: JsonObject): JsonObject {
  const result: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries(schema)) {
    const key = RENAMED.get(name) ?? name
    // `nullable` is folded in below; the order of properties is a wish to Gemini's decoder and no constraint, format `enum` says what `enum` says
    if (key === 'nullable' || key === 'propertyOrdering' || (key === 'format' && value === 'enum')) continue
    if (key === 'type') {
      const type = lowerType(value)
      if (type !== undefined) result.type = type
    } else if (CHILDREN.has(key) && isObject(value)) {
      result[key] = toJsonSchema(value)
    } else if (CHILD_LISTS.has(key) && isArray(value)) {
      result[key] = value.map(childSchema)
    } else if (CHILD_MAPS.has(key) && isObject(value)) {
      result[key] = Object.fromEntries(Object.entries(value).map(([child, inner]) => [child, childSchema(inner)]))
    } else if (COUNTS.has(key) && typeof value === 'string' && /^\d+$/.test(value)) {
      result[key] = Number(value)
    } else {
      result[key] = value
    }
  }
  return schema.nullable === true ? orNull(result) : result
}

function childSchema(value: JsonValue): JsonValue {
  return isObject(value) ? toJsonSchema(value) : value
}

function lowerType(value: JsonValue): JsonValue | undefined {
  if (typeof value === 'string') return value === 'TYPE_UNSPECIFIED' ? undefined : value.toLowerCase()
  return isArray(value) ? value.map((item) => (typeof item === 'string' ? item.toLowerCase() : item)) : value
}

function orNull(schema: JsonObject): JsonObject {
  const { type, enum: values, anyOf } = schema
  const choices = isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}
  if (typeof type === 'string') return { ...schema, ...choices, type: [type, 'null'] }
  if (isArray(anyOf)) return { ...schema, ...choices, anyOf: [...anyOf, { type: 'null' }] }
  return { ...schema, ...choices }
}
