/** Reading fields of untrusted JSON. The first group never complains; the second speaks to the caller in Anthropic's own error style. */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'

/** A JSON object under construction. */
export type Draft = { [key: string]: JsonValue }

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isArray(value)
}

/** `Array.isArray` loses readonly arrays in its other branch. */
export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

export function stringIn(object: JsonObject | undefined, key: string): string | undefined {
  const value = object?.[key]
  return typeof value === 'string' ? value : undefined
}

export function objectIn(object: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = object?.[key]
  return isObject(value) ? value : undefined
}

export function arrayIn(object: JsonObject | undefined, key: string): readonly JsonValue[] {
  const value = object?.[key]
  return isArray(value) ? value : []
}

/** A count of tokens and the like; null, negative and non-numbers read as absent. */
export function countIn(object: JsonObject | undefined, key: string): number | undefined {
  const value = object?.[key]
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

/** The text as a JSON object, or undefined when it is anything else. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue
    return isObject(value) ? value : undefined
  } catch {
    // not JSON: callers decide what that means for them
    return undefined
  }
}

/** @throws Failure 'bad-request' for the field at `path`. */
export function refuse(path: string, complaint: string): never {
  throw new Failure('bad-request', `${path}: ${complaint}`, { param: path })
}

function missing(value: JsonValue | undefined, path: string): void {
  if (value === undefined) refuse(path, 'Field required')
}

export function requiredString(object: JsonObject, key: string, path: string): string {
  const value = object[key]
  missing(value, path)
  return typeof value === 'string' ? value : refuse(path, 'Input should be a valid string')
}

export function requiredObject(object: JsonObject, key: string, path: string): JsonObject {
  const value = object[key]
  missing(value, path)
  return isObject(value) ? value : refuse(path, 'Input should be an object')
}

export function requiredArray(object: JsonObject, key: string, path: string): readonly JsonValue[] {
  const value = object[key]
  missing(value, path)
  return isArray(value) ? value : refuse(path, 'Input should be a valid list')
}

/** null counts as absent in all optional fields, as SDKs of several languages send it. */
export function optionalString(object: JsonObject, key: string, path: string): string | undefined {
  const value = object[key]
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : refuse(path, 'Input should be a valid string')
}

export function optionalNumber(object: JsonObject, key: string, path: string): number | undefined {
  const value = object[key]
  if (value === undefined || value === null) return undefined
  return typeof value === 'number' ? value : refuse(path, 'Input should be a valid number')
}

export function optionalInteger(object: JsonObject, key: string, path: string, least: number): number | undefined {
  const value = optionalNumber(object, key, path)
  if (value === undefined) return undefined
  if (!Number.isInteger(value)) refuse(path, 'Input should be a valid integer')
  return value >= least ? value : refuse(path, `Input should be greater than or equal to ${least}`)
}

export function optionalBoolean(object: JsonObject, key: string, path: string): boolean | undefined {
  const value = object[key]
  if (value === undefined || value === null) return undefined
  return typeof value === 'boolean' ? value : refuse(path, 'Input should be a valid boolean')
}

export function optionalObject(object: JsonObject, key: string, path: string): JsonObject | undefined {
  const value = object[key]
  if (value === undefined || value === null) return undefined
  return isObject(value) ? value : refuse(path, 'Input should be an object')
}

export function optionalArray(object: JsonObject, key: string, path: string): readonly JsonValue[] | undefined {
  const value = object[key]
  if (value === undefined || value === null) return undefined
  return isArray(value) ? value : refuse(path, 'Input should be a valid list')
}
