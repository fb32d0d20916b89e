/**
 * Schemas of tools whose root is more than an object. JSON Schema and MCP allow unions and references there; Anthropic and OpenAI refuse the whole
 * request for one ("input_schema does not support oneOf, allOf, or anyOf at the top level"): https://github.com/dearlordylord/huly-mcp/issues/66,
 * https://github.com/chatanywhere/GPT_API_free/issues/403
 */
import type { JsonObject, JsonValue } from '../../../shared/chat.ts'
import { arrayOf, isObject, objectOf } from './json.ts'

const UNIONS = ['anyOf', 'oneOf'] as const
/** What a root must not say. The last two OpenAI alone refuses. */
const REFUSED = ['allOf', ...UNIONS, 'enum', 'not'] as const
/** What several parts of an `allOf` may say without any of it being lost. */
const MERGED: ReadonlySet<string> = new Set(['type', 'properties', 'required', 'title', 'description', '$ref'])
/** A reference may lead to another one. */
const MOST_REFERENCES = 10

/**
 * A tool's schema with an object as its root; the very same one where it has that. What the root cannot say stands in its description, where the model
 * still reads it, and is named as `tools.parameters` in `dropped`.
 */
export function objectRooted(schema: JsonObject, dropped: Set<string>): JsonObject {
  if (schema.type === 'object' && schema.$ref === undefined && REFUSED.every((key) => schema[key] === undefined)) return schema
  const whole = resolved(schema, schema)
  const parts = [whole, ...branches(whole.allOf, schema)]
  const unions = parts.flatMap((part) => UNIONS.map((union) => branches(part[union], schema))).filter(({ length }) => length > 0)
  const required = new Set([...parts.flatMap((part) => arrayOf(part.required)), ...unions.flatMap(neededByAll)])
  const told = REFUSED.filter((key) => whole[key] !== undefined && (key !== 'allOf' || arrayOf(whole.allOf).some(saysMore)))
  if (told.length > 0) dropped.add('tools.parameters')
  const words = told.length === 0 ? undefined : JSON.stringify(Object.fromEntries(told.map((key) => [key, whole[key]])))
  const description = [whole.description, words].filter((line) => typeof line === 'string').join('\n\n')
  return {
    ...Object.fromEntries(Object.entries(whole).filter(([key]) => !REFUSED.some((refused) => refused === key))),
    type: 'object',
    properties: propertiesOf([...parts, ...unions.flat()]),
    ...(required.size > 0 && { required: [...required] }),
    ...(description !== '' && { description }),
  }
}

function branches(list: JsonValue | undefined, document: JsonObject): readonly JsonObject[] {
  return arrayOf(list)
    .filter(isObject)
    .map((branch) => resolved(branch, document))
}

/** What a schema refers to within the document, with what stands beside the reference. */
function resolved(schema: JsonObject, document: JsonObject): JsonObject {
  let found = schema
  for (let count = 0; typeof found.$ref === 'string' && count < MOST_REFERENCES; count++) {
    const { $ref, ...beside } = found
    found = { ...targetOf(String($ref), document), ...beside }
  }
  return found
}

/** By a JSON pointer: https://www.rfc-editor.org/rfc/rfc6901 */
function targetOf(reference: string, document: JsonObject): JsonObject {
  let place: JsonValue | undefined = document
  for (const step of reference.split('/').slice(1)) place = objectOf(place)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  return objectOf(place) ?? {}
}

function saysMore(part: JsonValue): boolean {
  return isObject(part) && Object.keys(part).some((key) => !MERGED.has(key))
}

/** A property that several schemas describe in different words may be any of them. */
function propertiesOf(schemas: readonly JsonObject[]): JsonObject {
  const found = new Map<string, Map<string, JsonValue>>()
  for (const { properties } of schemas) {
    for (const [name, schema] of Object.entries(objectOf(properties) ?? {})) {
      found.set(name, (found.get(name) ?? new Map<string, JsonValue>()).set(JSON.stringify(schema), schema))
    }
  }
  return Object.fromEntries(
    [...found].map(([name, ways]) => {
      const [only, ...others] = ways.values()
      return [name, others.length === 0 ? (only ?? {}) : { anyOf: [...ways.values()] }]
    }),
  )
}

function neededByAll(union: readonly JsonObject[]): readonly JsonValue[] {
  const [first, ...others] = union
  return arrayOf(first?.required).filter((name) => others.every(({ required }) => arrayOf(required).includes(name)))
}
