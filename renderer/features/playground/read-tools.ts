import type { DeclaredTool } from '../../../shared/api/playground.ts'
import type { JsonObject } from '../../../shared/chat.ts'

export type ReadTools =
  | { readonly is: 'ok'; readonly tools: DeclaredTool[] | undefined }
  | { readonly is: 'wrong'; readonly why: 'not-json' | 'not-a-list' | 'no-name' | 'parameters' }

const NAME = /^[A-Za-z0-9_-]{1,64}$/

/** Tools as people have them at hand: OpenAI's `{type, function}`, Anthropic's `input_schema`, or plain `{name, description, parameters}`. */
export function readTools(text: string): ReadTools {
  if (text.trim() === '') return { is: 'ok', tools: undefined }
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return { is: 'wrong', why: 'not-json' }
  }
  if (!Array.isArray(parsed)) return { is: 'wrong', why: 'not-a-list' }
  const tools: DeclaredTool[] = []
  for (const entry of parsed as readonly unknown[]) {
    const given = isObject(entry) && isObject(entry.function) ? entry.function : entry
    if (!isObject(given) || typeof given.name !== 'string' || !NAME.test(given.name)) return { is: 'wrong', why: 'no-name' }
    const parameters = given.parameters ?? given.input_schema
    if (parameters !== undefined && !isObject(parameters)) return { is: 'wrong', why: 'parameters' }
    tools.push({
      name: given.name,
      ...(typeof given.description === 'string' && { description: given.description }),
      ...(parameters !== undefined && { parameters: parameters as JsonObject }),
    })
  }
  return { is: 'ok', tools: tools.length === 0 ? undefined : tools }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
