/**
 * Google reads each field by two spellings, `inlineData` and `inline_data`, and real clients send both. `Fields` asks for the first, takes
 * either, names the place in the body when something is wrong with it, and remembers what was asked for: what nobody asked for is left over
 * and must be named, never lost.
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** The text as a JSON object; undefined when it is anything else. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue
    return isObject(value) ? value : undefined
  } catch {
    // not JSON at all: to the caller that is the same as JSON of another kind
    return undefined
  }
}

export function badRequest(param: string, mustBe: string): Failure {
  return new Failure('bad-request', `${param} must be ${mustBe}.`, { param })
}

export class Fields {
  /** Where the object stands in the body, such as `contents[0].parts[1]`; '' for the body itself. */
  readonly path: string
  readonly #object: JsonObject
  readonly #asked = new Set<string>()

  /** @throws Failure 'bad-request' when the value is no object. */
  constructor(value: JsonValue | undefined, path: string) {
    if (!isObject(value)) throw badRequest(path, 'an object')
    this.#object = value
    this.path = path
  }

  place(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`
  }

  /** The raw value under either spelling; null reads as absent, as protobuf JSON has it. */
  value(name: string): JsonValue | undefined {
    const other = snakeCase(name)
    this.#asked.add(name)
    this.#asked.add(other)
    return this.#object[name] ?? this.#object[other] ?? undefined
  }

  string(name: string): string | undefined {
    const value = this.value(name)
    if (value === undefined || typeof value === 'string') return value
    throw badRequest(this.place(name), 'a string')
  }

  number(name: string): number | undefined {
    const value = this.value(name)
    if (value === undefined || typeof value === 'number') return value
    // protobuf JSON writes 64-bit numbers as strings and takes any number so
    if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
    throw badRequest(this.place(name), 'a number')
  }

  boolean(name: string): boolean | undefined {
    const value = this.value(name)
    if (value === undefined || typeof value === 'boolean') return value
    throw badRequest(this.place(name), 'a boolean')
  }

  object(name: string): Fields | undefined {
    const value = this.value(name)
    return value === undefined ? undefined : new Fields(value, this.place(name))
  }

  /** A list of objects; a lone object stands for a list of one, as Google takes it. */
  objects(name: string): readonly Fields[] | undefined {
    const value = this.value(name)
    if (value === undefined) return undefined
    const list = isArray(value) ? value : [value]
    return list.map((item, index) => new Fields(item, `${this.place(name)}[${index}]`))
  }

  strings(name: string): readonly string[] | undefined {
    const value = this.value(name)
    if (value === undefined) return undefined
    if (!isArray(value)) throw badRequest(this.place(name), 'a list of strings')
    return value.map((item, index) => {
      if (typeof item !== 'string') throw badRequest(`${this.place(name)}[${index}]`, 'a string')
      return item
    })
  }

  /** A field that was looked at and yet counts as left over. */
  forget(name: string): void {
    this.#asked.delete(name)
    this.#asked.delete(snakeCase(name))
  }

  /** The object as it came. */
  get raw(): JsonObject {
    return this.#object
  }

  /** Files every field nobody asked for under its place in the body, in the client's own spelling. */
  leaveRest(into: Map<string, JsonValue>): void {
    for (const [key, value] of Object.entries(this.#object)) {
      if (value !== null && !this.#asked.has(key)) into.set(this.place(key), value)
    }
  }
}

const snakeNames = new Map<string, string>()

function snakeCase(name: string): string {
  let snake = snakeNames.get(name)
  if (snake === undefined) {
    snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    snakeNames.set(name, snake)
  }
  return snake
}
