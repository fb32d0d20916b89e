/**
 * Tools of this format that others lack, and the way back. A tool in a namespace becomes a flat one named `namespace__name`; a freeform
 * tool becomes a function. What they were stands in the view's `Tool`, so calls go back to the client as it declared them.
 */
import type { JsonObject, JsonValue, Tool, ToolChoice } from '../../../../shared/chat.ts'
import { freeformTool } from '../freeform.ts'
import { arrayAt, badField, booleanAt, isObject, known, objectAt, optional, stringAt, textOf } from '../json.ts'
import { objectRooted } from '../tool-schema.ts'

const SEPARATOR = '__'

/** @param unmodelled gets tools that only the provider could run, by their place. @throws Failure 'bad-request' naming the field */
export function readTools(body: JsonObject, unmodelled: Record<string, JsonValue>): readonly Tool[] {
  return (optional(body, 'tools', arrayAt) ?? []).flatMap((value, index) => {
    const path = `tools[${index}]`
    return readTool(objectAt(value, path), path, undefined, unmodelled)
  })
}

function readTool(tool: JsonObject, path: string, namespace: string | undefined, unmodelled: Record<string, JsonValue>): readonly Tool[] {
  switch (tool.type) {
    case 'function':
      return [
        {
          name: flatName(nameAt(tool, path), namespace),
          ...known({
            description: optional(tool, 'description', stringAt, path),
            parameters: optional(tool, 'parameters', objectAt, path),
            strict: optional(tool, 'strict', booleanAt, path),
            namespace,
          }),
        },
      ]
    case 'custom':
      return [{ ...freeformTool(flatName(nameAt(tool, path), namespace), tool), ...known({ namespace }) }]
    case 'namespace': {
      const name = nameAt(tool, path)
      if (tool.description !== undefined && tool.description !== null) unmodelled[`${path}.description`] = tool.description
      return arrayAt(tool.tools, `${path}.tools`).flatMap((value, index) => {
        const within = `${path}.tools[${index}]`
        return readTool(objectAt(value, within), within, name, unmodelled)
      })
    }
    default:
      stringAt(tool.type, `${path}.type`)
      unmodelled[path] = tool
      return []
  }
}

function nameAt(tool: JsonObject, path: string): string {
  const name = stringAt(tool.name, `${path}.name`)
  if (name === '') throw badField(`${path}.name`, 'must not be empty')
  return name
}

/** OpenAI's tool search hands out lone functions as their own namespace; those stay what they are. */
export function flatName(name: string, namespace: string | undefined): string {
  return namespace === undefined || namespace === name ? name : namespace + SEPARATOR + name
}

export interface DeclaredName {
  readonly name: string
  readonly namespace?: string
  readonly isFreeform: boolean
}

/** A tool's name as its client declared it. What was never declared keeps its name: `__` alone proves no namespace. */
export function declaredName(flat: string, tools: readonly Tool[]): DeclaredName {
  const tool = tools.find(({ name }) => name === flat)
  const isFreeform = tool?.freeform !== undefined
  if (tool?.namespace === undefined) return { name: flat, isFreeform }
  return { name: flat.slice(tool.namespace.length + SEPARATOR.length), namespace: tool.namespace, isFreeform }
}

/** Namespaces are put together again, each in the place of its first tool. */
export function writeTools(tools: readonly Tool[], dropped: Set<string>): JsonObject[] {
  const written: JsonObject[] = []
  const namespaces = new Map<string, JsonObject[]>()
  for (const tool of tools) {
    if (tool.cache !== undefined) dropped.add('cache_control')
    const { name, namespace } = declaredName(tool.name, tools)
    const plain = tool.freeform ?? writeFunction(tool, name, dropped)
    if (namespace === undefined) {
      written.push(plain)
      continue
    }
    const members = namespaces.get(namespace)
    if (members !== undefined) members.push(plain)
    else {
      const first = [plain]
      namespaces.set(namespace, first)
      written.push({ type: 'namespace', name: namespace, tools: first })
    }
  }
  return written
}

function writeFunction(tool: Tool, name: string, dropped: Set<string>): JsonObject {
  return {
    type: 'function',
    name,
    ...known({ description: tool.description }),
    parameters: objectRooted(tool.parameters ?? { type: 'object', properties: {} }, dropped),
    // absent, the service would try strict validation, which most schemas do not pass
    strict: tool.strict ?? false,
  }
}

/** @returns undefined for choices among tools that only the provider could run; they are kept in `unmodelled` */
export function readToolChoice(body: JsonObject, unmodelled: Record<string, JsonValue>): ToolChoice | undefined {
  const choice = body.tool_choice
  if (choice === undefined || choice === null) return undefined
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { type: choice }
  if (!isObject(choice)) throw badField('tool_choice', 'must be none, auto, required or an object that names a tool')
  if (choice.type === 'function' || choice.type === 'custom') {
    return { type: 'tool', name: flatName(stringAt(choice.name, 'tool_choice.name'), textOf(choice.namespace)) }
  }
  unmodelled.tool_choice = choice
  return undefined
}

export function writeToolChoice(choice: ToolChoice, tools: readonly Tool[]): JsonValue {
  if (choice.type !== 'tool') return choice.type
  const { name, namespace, isFreeform } = declaredName(choice.name, tools)
  return { type: isFreeform ? 'custom' : 'function', name, ...known({ namespace }) }
}
