/**
 * OpenAI's freeform ("custom") tools, which take plain text, as functions with one text, `input`, for everybody else. Such a tool stands in the view's
 * `Tool.freeform` as Responses declare it; chat completions put the same into objects of their own.
 */
import type { JsonObject, Tool } from '../../../shared/chat.ts'
import { isObject, objectOf, parseJson, textOf } from './json.ts'

const PARAMETERS: JsonObject = {
  type: 'object',
  properties: { input: { type: 'string', description: 'The whole input of the tool, as plain text.' } },
  required: ['input'],
  additionalProperties: false,
}

export function freeformTool(name: string, declared: JsonObject): Tool {
  return { name, description: descriptionOf(declared), parameters: PARAMETERS, freeform: declared }
}

/** A grammar binds OpenAI's models; for others it can only be told. */
function descriptionOf(declared: JsonObject): string {
  const format = objectOf(declared.format)
  const grammar = textOf(format?.definition)
  const told = grammar === undefined ? '' : `The input must match this ${textOf(format?.syntax) ?? ''} grammar:\n${grammar}`
  return [textOf(declared.description) ?? '', told].filter((text) => text !== '').join('\n\n')
}

export function isFreeform(name: string, tools: readonly Tool[]): boolean {
  return tools.some((tool) => tool.name === name && tool.freeform !== undefined)
}

/** A freeform tool's text as arguments in JSON. */
export function wrapFreeform(input: string): string {
  return JSON.stringify({ input })
}

/** The text of a freeform tool out of its arguments; a model that ignored the schema is taken at its word. */
export function unwrapFreeform(text: string): string {
  const parsed = parseJson(text)
  return (isObject(parsed) && typeof parsed.input === 'string' ? parsed.input : undefined) ?? text
}
