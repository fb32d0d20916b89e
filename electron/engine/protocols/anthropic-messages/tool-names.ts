/** What Anthropic demands of tool names, of the ids of calls and of their arguments. */
import type { JsonObject } from '../../../../shared/chat.ts'
import type { ToolNameRule } from '../tool-names.ts'
import { parseObject } from './json-fields.ts'

/** https://platform.claude.com/docs/en/api/messages: tools.name */
export const TOOL_NAMES: ToolNameRule = { legal: /^[a-zA-Z0-9_-]{1,128}$/, longest: 128 }

const LEGAL_ID = /^[a-zA-Z0-9_-]+$/

/** The id itself where it is legal; otherwise a legal one that is the same every time and differs for different ids. */
export function legalId(id: string, fallback: string): string {
  if (id === '') return fallback
  return LEGAL_ID.test(id) ? id : `${id.replace(/[^a-zA-Z0-9_-]/g, '_')}_${fingerprint(id)}`
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
