/**
 * Reading other people's JSON. The `…Of` functions are for answers, where anything unexpected reads as absent; the `…At` functions
 * are for requests of clients, where a wrong type is the caller's mistake and is named by its field.
 */
import type { JsonObject, JsonValue } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectOf(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined
}

export function arrayOf(value: unknown): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : []
}

/** A string that says something; '' reads as absent, since providers fill what they do not have with it. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A finite number, also when written as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** The value of JSON text, or undefined when it is none. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    // the caller decides what text that is not JSON means
    return undefined
  }
}

/** A call's arguments for formats that take them as text: models write nothing, blanks or `null` for tools without parameters. */
export function argumentsText(text: string): string {
  const trimmed = text.trim()
  return trimmed === '' || trimmed === 'null' ? '{}' : text
}

/** A bad request that names its field; `problem` continues the field's name: "must be a string". */
export function badField(path: string, problem: string): Failure {
  return new Failure('bad-request', `${path} ${problem}.`, { param: path })
}

export function stringAt(value: JsonValue | undefined, path: string): string {
  if (typeof value !== 'string') throw badField(path, 'must be a string')
  return value
}

export function objectAt(value: JsonValue | undefined, path: string): JsonObject {
  if (!isObject(value)) throw badField(path, 'must be an object')
  return value
}

export function arrayAt(value: JsonValue | undefined, path: string): readonly JsonValue[] {
  if (!Array.isArray(value)) throw badField(path, 'must be a list')
  return value as readonly JsonValue[]
}

export function numberAt(value: JsonValue | undefined, path: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw badField(path, 'must be a number')
  return value
}

export function booleanAt(value: JsonValue | undefined, path: string): boolean {
  if (typeof value !== 'boolean') throw badField(path, 'must be true or false')
  return value
}

/** Reads a field that may be absent; null counts as absent, as SDKs send it for options that were not given. */
export function optional<T>(body: JsonObject, key: string, read: (value: JsonValue, path: string) => T, parent = ''): T | undefined {
  const value = body[key]
  if (value === undefined || value === null) return undefined
  return read(value, parent === '' ? key : `${parent}.${key}`)
}

/** Sets a field of what is being made, where there is something to set: where most are absent, `known` costs more than the reading. */
export function put<T, Field extends keyof T>(made: T, field: Field, value: T[Field] | undefined): void {
  if (value !== undefined) made[field] = value
}

/** `fields` without those that are undefined, so that they can be spread under exactOptionalPropertyTypes. */
export function known<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const result: Record<string, unknown> = {}
  // not Object.entries: this runs for every chunk of every stream, and pairs cost more than the copying
  for (const key in fields) if (fields[key] !== undefined) result[key] = fields[key]
  return result as { [K in keyof T]?: Exclude<T[K], undefined> }
}
