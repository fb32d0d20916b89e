/**
 * Sources that another provider's model has named, as Anthropic's clients know them. Claude's own carry an encrypted index that Anthropic wants back;
 * ours carry a mark in its place, by which they are taken off again before they reach Anthropic, which would refuse them.
 */
import type { Citation, JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { isArray, isObject } from './json-fields.ts'

const MARK = 'switchyard.citation.1'

export function foreignCitation({ url, title, quote }: Citation): JsonObject {
  return { type: 'web_search_result_location', url, title: title ?? null, cited_text: quote ?? '', encrypted_index: MARK }
}

/** `messages` without citations of ours; undefined where there are none. */
export function withoutForeignCitations(messages: JsonValue | undefined): JsonValue | undefined {
  if (!isArray(messages)) return undefined
  let hasChanged = false
  const cleaned = messages.map((message) => {
    if (!isObject(message) || message.role !== 'assistant' || !isArray(message.content)) return message
    if (!message.content.some(hasForeign)) return message
    hasChanged = true
    return { ...message, content: message.content.map((block) => (hasForeign(block) ? cleanedBlock(block) : block)) }
  })
  return hasChanged ? cleaned : undefined
}

function hasForeign(block: JsonValue): block is JsonObject & { readonly citations: readonly JsonValue[] } {
  return isObject(block) && isArray(block.citations) && block.citations.some(isForeign)
}

function isForeign(citation: JsonValue): boolean {
  return isObject(citation) && citation.encrypted_index === MARK
}

function cleanedBlock({ citations, ...block }: JsonObject & { readonly citations: readonly JsonValue[] }): JsonObject {
  const own = citations.filter((citation) => !isForeign(citation))
  return own.length === 0 ? block : { ...block, citations: own }
}
