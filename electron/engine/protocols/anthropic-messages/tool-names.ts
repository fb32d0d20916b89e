/**
 * Anthropic takes tool names and ids of letters, digits, '_' and '-' only; other dialects allow more (Gemini: dots and colons). Names are escaped
 * so that they can be read back from the answer alone, without remembering the request.
 */
import type { JsonObject } from '../../../../shared/chat.ts'
import { parseObject } from './json-fields.ts'

const LEGAL = /^[a-zA-Z0-9_-]+$/
const ESCAPED = 'sy0_'

export function escapeToolName(name: string): string {
  if (LEGAL.test(name)) return name
  return ESCAPED + name.replace(/[^a-zA-Z0-9-]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`)
}

export function unescapeToolName(name: string): string {
  if (!name.startsWith(ESCAPED)) return name
  return name.slice(ESCAPED.length).replace(/_([0-9a-f]{1,6})_/g, (_whole, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
}

/** The id itself where it is legal; otherwise a legal one that is the same every time and differs for different ids. */
export function legalId(id: string, fallback: string): string {
  if (id === '') return fallback
  return LEGAL.test(id) ? id : `${id.replace(/[^a-zA-Z0-9_-]/g, '_')}_${fingerprint(id)}`
}

/** FNV-1a, 32 bits: enough to keep apart the few ids of one conversation that differ only in illegal characters. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** Where arguments that are no JSON object are kept, so that the model still sees what it wrote. */
export const RAW_ARGUMENTS_KEY = '_raw_arguments'

/** A tool call's arguments as the object Anthropic demands: '' and 'null' (models write both for tools without parameters) are `{}`. */
export function argumentsObject(text: string): JsonObject {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed === 'null') return {}
  return parseObject(trimmed) ?? { [RAW_ARGUMENTS_KEY]: text }
}
