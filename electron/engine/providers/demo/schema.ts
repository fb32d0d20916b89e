/**
 * A value that fits a JSON Schema, made out of the question: its words where text is wanted, its numbers where numbers are. Covers what tools and
 * structured output use (types, enum, const, properties, items, bounds, formats, anyOf/oneOf/allOf, local $ref); `pattern` is not followed.
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { isObject } from './request.ts'

/** Schemas may refer to themselves. Beyond this depth only what is required is filled in, and beyond twice of it nothing. */
const DEPTH = 6

export interface Material {
  readonly words: string
  readonly numbers: readonly number[]
}

/** Numbers that stand in the text, at most eight. */
export function numbersIn(text: string): readonly number[] {
  return (text.match(/-?\d+(?:\.\d+)?/g) ?? []).slice(0, 8).map(Number)
}

export function fitting(schema: JsonObject, material: Material): JsonValue {
  return fill(schema, { root: schema, material, depth: 0, property: '' })
}

interface Place {
  readonly root: JsonObject
  readonly material: Material
  readonly depth: number
  readonly property: string
}

function fill(schema: JsonValue | undefined, place: Place): JsonValue {
  if (!isObject(schema) || place.depth > 2 * DEPTH) return null
  const target = resolve(schema, place.root)
  const deeper = { ...place, depth: place.depth + 1 }
  if (target.const !== undefined) return target.const
  if (Array.isArray(target.enum) && target.enum.length > 0) return chosen(target.enum, place.material)
  const alternatives = target.anyOf ?? target.oneOf
  if (Array.isArray(alternatives)) return fill({ ...without(target, 'anyOf', 'oneOf'), ...simplest(alternatives, place) }, deeper)
  if (Array.isArray(target.allOf)) return fill(merged(target, target.allOf, place.root), deeper)
  if (target.default !== undefined) return target.default
  switch (typeOf(target)) {
    case 'object':
      return fillObject(target, deeper)
    case 'array':
      return fillArray(target, deeper)
    case 'integer':
    case 'number':
      return fillNumber(target, place.material)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return fillString(target, place)
  }
}

function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  let target = schema
  // a chain of references is short; one that runs in a circle must end too
  for (let hops = 0; hops < 8 && typeof target.$ref === 'string'; hops++) {
    let at: JsonValue | undefined = root
    for (const step of target.$ref.replace(/^#\/?/, '').split('/').filter(Boolean)) {
      at = isObject(at) ? at[step.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined
    }
    if (!isObject(at)) return {}
    target = at
  }
  return target
}

function typeOf(schema: JsonObject): JsonValue | undefined {
  const type = schema.type
  if (Array.isArray(type)) return type.find((one: JsonValue) => one !== 'null') ?? 'null'
  return type ?? (isObject(schema.properties) ? 'object' : undefined)
}

/** An enum value that the question names, or the first. */
function chosen(values: readonly JsonValue[], material: Material): JsonValue {
  const words = new Set(material.words.toLowerCase().split(/[^\p{L}\p{N}_-]+/u))
  return values.find((value) => typeof value === 'string' && words.has(value.toLowerCase())) ?? values[0] ?? null
}

/** In a schema that refers to itself the way out is the alternative without a reference; otherwise the first that is not null. */
function simplest(alternatives: readonly JsonValue[], place: Place): JsonObject {
  const schemas = alternatives.filter(isObject)
  const plain = place.depth >= DEPTH ? schemas.find((schema) => schema.$ref === undefined) : schemas.find((schema) => schema.type !== 'null')
  return resolve(plain ?? schemas[0] ?? {}, place.root)
}

function merged(schema: JsonObject, parts: readonly JsonValue[], root: JsonObject): JsonObject {
  let properties: JsonObject = {}
  let required: JsonValue[] = []
  let whole: JsonObject = {}
  for (const part of [without(schema, 'allOf'), ...parts]) {
    if (!isObject(part)) continue
    const resolved = resolve(part, root)
    whole = { ...whole, ...resolved }
    if (isObject(resolved.properties)) properties = { ...properties, ...resolved.properties }
    if (Array.isArray(resolved.required)) required = [...required, ...resolved.required]
  }
  return Object.keys(properties).length === 0 ? whole : { ...whole, properties, required }
}

function fillObject(schema: JsonObject, place: Place): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {}
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  const names = Object.keys(properties).filter((name) => required.has(name) || place.depth < DEPTH)
  for (const name of required) if (typeof name === 'string' && !(name in properties)) names.push(name)
  return Object.fromEntries(names.map((name) => [name, fill(properties[name] ?? {}, { ...place, property: name })]))
}

function fillArray(schema: JsonObject, place: Place): readonly JsonValue[] {
  const least = numberOr(schema.minItems, 0)
  // two items show that it is a list; equal ones may not be repeated where the schema forbids it
  const usual = schema.uniqueItems === true ? 1 : 2
  const count = place.depth >= DEPTH ? least : Math.min(numberOr(schema.maxItems, Infinity), Math.max(least, usual))
  return Array.from({ length: count }, () => fill(schema.items ?? {}, place))
}

function fillNumber(schema: JsonObject, material: Material): number {
  const step = numberOr(schema.multipleOf, typeOf(schema) === 'integer' ? 1 : 0)
  const lowest = Math.max(numberOr(schema.minimum, -Infinity), numberOr(schema.exclusiveMinimum, -Infinity) + (step || 0.5))
  const highest = Math.min(numberOr(schema.maximum, Infinity), numberOr(schema.exclusiveMaximum, Infinity) - (step || 0.5))
  const wanted = material.numbers.find((number) => number >= lowest && number <= highest && (step === 0 || number % step === 0))
  if (wanted !== undefined) return wanted
  const nearest = Math.min(highest, Math.max(lowest, 1))
  return step === 0 ? nearest : Math.ceil(nearest / step) * step
}

const FORMATS: Readonly<Record<string, string>> = {
  date: '2026-01-01',
  'date-time': '2026-01-01T00:00:00Z',
  time: '00:00:00Z',
  duration: 'PT1H',
  email: 'simulated@example.org',
  hostname: 'example.org',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.org/simulated',
  uuid: '00000000-0000-4000-8000-000000000000',
}

function fillString(schema: JsonObject, place: Place): string {
  const format = typeof schema.format === 'string' ? FORMATS[schema.format] : undefined
  if (format !== undefined) return format
  const text = place.property === '' ? `simulated: ${place.material.words}` : `simulated ${place.property}: ${place.material.words}`
  const cut = [...text].slice(0, numberOr(schema.maxLength, 80)).join('').trimEnd()
  return cut.padEnd(numberOr(schema.minLength, 0), '.')
}

function numberOr(value: JsonValue | undefined, fallback: number): number {
  return typeof value === 'number' ? value : fallback
}

function without(schema: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !names.includes(name)))
}
