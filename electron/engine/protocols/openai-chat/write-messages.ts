/** Canonical messages as chat completions messages: results before the user's words, pictures of results after them, reasoning where it is taken. */
import type { CacheMark, JsonObject, JsonValue, Message, Part, ReasoningPart, ToolCallPart, ToolResultPart } from '../../../../shared/chat.ts'
import { fittedCallId } from '../call-ids.ts'
import { writeMediaUrl } from '../data-url.ts'
import { argumentsText, arrayOf, known } from '../json.ts'
import { CALL_SIGNATURE, opaqueName, thoughtName } from '../left-out.ts'
import type { Dialect } from './dialects.ts'
import { nineCharacterId, withBridges } from './mistral.ts'
import { LONGEST_CALL_ID, withEveryReasoning } from './own-messages.ts'
import { writeDetail } from './reasoning-details.ts'

export function writeMessages(messages: readonly Message[], dialect: Dialect, takesSystem: boolean, dropped: Set<string>): JsonObject[] {
  let written: JsonObject[] = []
  /** Pictures out of tool results; a tool message holds text only, and nothing may stand between the results of one turn. */
  let pictures: JsonObject[] = []
  const flush = () => {
    if (pictures.length > 0) written.push({ role: 'user', content: pictures })
    pictures = []
  }
  for (const message of messages) {
    const results = message.parts.filter((part) => part.type === 'tool-result')
    const rest = message.parts.filter((part) => part.type !== 'tool-result')
    for (const result of results) {
      written.push(writeResult(result, dialect, dropped))
      pictures.push(...picturesOf(result, dialect, dropped))
    }
    if (rest.length === 0 && (results.length > 0 || message.role === 'tool')) continue
    flush()
    if (message.role === 'assistant') written.push(writeAssistant(rest, dialect, dropped))
    else if (message.role === 'system') written.push({ role: takesSystem ? 'system' : 'user', content: writeSystem(rest, dialect, dropped) })
    else written.push({ role: 'user', content: writeContent(rest, dialect, dropped) })
  }
  flush()
  if (dialect.wantsEveryReasoning) written = [...withEveryReasoning(written)]
  if (dialect.isMistral) written = [...withBridges(written)]
  const last = written.at(-1)
  // a beginning to go on from must say so there
  return dialect.isMistral && last?.role === 'assistant' ? [...written.slice(0, -1), { ...last, prefix: true }] : written
}

function idFor(id: string, dialect: Dialect): string {
  if (dialect.isMistral) return nineCharacterId(id)
  return dialect.isOpenAi ? fittedCallId(id, LONGEST_CALL_ID) : id
}

function writeSystem(parts: readonly Part[], dialect: Dialect, dropped: Set<string>): JsonValue {
  const content = parts.flatMap((part) => writePart(part, dialect, dropped))
  if (content.some(isMarked)) return content
  return content.map((part) => (typeof part.text === 'string' ? part.text : '')).join('\n\n')
}

function isMarked(part: JsonObject): boolean {
  return part.cache_control !== undefined || part.prompt_cache_breakpoint !== undefined
}

/** A text alone is a string, as every server takes it; anything else a list of parts. */
function writeContent(parts: readonly Part[], dialect: Dialect, dropped: Set<string>): JsonValue {
  const content = parts.flatMap((part) => writePart(part, dialect, dropped))
  const [only] = content
  if (only === undefined) return ''
  return content.length === 1 && only.type === 'text' && !isMarked(only) ? (only.text ?? '') : content
}

function writePart(part: Part, dialect: Dialect, dropped: Set<string>): JsonObject[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: part.text, ...writeMark(part.cache, dialect, dropped) }]
    case 'image':
      return [
        { type: 'image_url', image_url: { url: writeMediaUrl(part.media), ...known({ detail: part.detail }) }, ...writeMark(part.cache, dialect, dropped) },
      ]
    case 'audio':
      return [{ type: 'input_audio', input_audio: { data: part.data, format: part.format } }]
    case 'document':
      return [{ ...writeDocument(part, dialect, dropped), ...writeMark(part.cache, dialect, dropped) }]
    case 'opaque':
      if (part.protocol === 'openai-chat' && part.value.reasoning_details === undefined && part.value.tool_calls === undefined) return [part.value]
      dropped.add(opaqueName(part.value))
      return []
    case 'reasoning':
      dropReasoning(part, dropped)
      return []
    case 'tool-call':
    case 'tool-result':
      // calls stand in assistant messages and results beside the content; neither belongs here
      dropped.add(part.type)
      return []
  }
}

function writeDocument(part: Extract<Part, { type: 'document' }>, dialect: Dialect, dropped: Set<string>): JsonObject {
  const { media, name } = part
  if (media.kind === 'base64' && media.mediaType.startsWith('text/')) return { type: 'text', text: Buffer.from(media.data, 'base64').toString('utf8') }
  if (dialect.documents === 'document_url') return { type: 'document_url', document_url: writeMediaUrl(media), ...known({ document_name: name }) }
  if (media.kind === 'url' && dialect.documents === 'file') {
    dropped.add('document')
    return { type: 'text', text: `[A document was left out here: ${media.url}]` }
  }
  return { type: 'file', file: { filename: name ?? 'document.pdf', file_data: writeMediaUrl(media) } }
}

function writeAssistant(parts: readonly Part[], dialect: Dialect, dropped: Set<string>): JsonObject {
  const calls: JsonObject[] = []
  const details: JsonObject[] = []
  const thoughts: JsonObject[] = []
  let reasoning = ''
  const content: Part[] = []
  for (const part of parts) {
    if (part.type === 'tool-call') {
      calls.push(writeCall(part, dialect, dropped))
      if (part.signature !== undefined) {
        if (dialect.replay === 'reasoning_details') details.push(writeDetail({ signature: part.signature, format: 'gemini', callId: part.id }, details.length))
        else dropped.add(CALL_SIGNATURE)
      }
    } else if (part.type === 'reasoning') {
      if (dialect.replay === 'reasoning_details') details.push(...detailsOf(part, details.length))
      else if (dialect.replay === 'thinking' && part.format === 'openai-chat')
        thoughts.push({ type: 'thinking', thinking: [{ type: 'text', text: part.text }] })
      else if (dialect.replay === 'reasoning_content' && part.format === 'openai-chat') reasoning += part.text
      else dropReasoning(part, dropped)
    } else if (part.type === 'opaque' && part.protocol === 'openai-chat' && part.value.tool_calls !== undefined) {
      calls.push(...(arrayOf(part.value.tool_calls) as readonly JsonObject[]))
    } else if (part.type === 'opaque' && part.protocol === 'openai-chat' && part.value.reasoning_details !== undefined) {
      if (dialect.replay === 'reasoning_details') details.push(...(arrayOf(part.value.reasoning_details) as readonly JsonObject[]))
      else dropped.add(opaqueName(part.value))
    } else content.push(part)
  }
  const written = writeContent(content, dialect, dropped)
  if (thoughts.length > 0) {
    const rest = typeof written === 'string' ? (written === '' ? [] : [{ type: 'text', text: written }]) : arrayOf(written)
    return { role: 'assistant', content: [...thoughts, ...rest], ...(calls.length > 0 ? { tool_calls: calls } : {}) }
  }
  const text = Array.isArray(written) && written.every(isPlainText) ? written.map((part) => part.text).join('') : written
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
    ...(details.length > 0 ? { reasoning_details: details } : {}),
    ...(reasoning !== '' ? { reasoning_content: reasoning } : {}),
  }
}

function isPlainText(part: JsonValue): part is { readonly type: 'text'; readonly text: string } {
  const { type, text, cache_control } = part as JsonObject
  return type === 'text' && typeof text === 'string' && cache_control === undefined
}

function writeCall(part: ToolCallPart, dialect: Dialect, dropped: Set<string>): JsonObject {
  const call = { name: part.name, arguments: argumentsText(part.arguments) }
  return { id: idFor(part.id, dialect), type: 'function', function: call, ...writeMark(part.cache, dialect, dropped) }
}

/** The details of one block; Gemini's signature and OpenAI's encrypted content stand apart from the text they follow. */
export function detailsOf(part: ReasoningPart, index: number): JsonObject[] {
  if ((part.format !== 'gemini' && part.format !== 'openai-responses') || part.text === '' || part.signature === undefined) return [writeDetail(part, index)]
  return [writeDetail({ text: part.text, format: part.format }, index), writeDetail({ signature: part.signature, format: part.format }, index + 1)]
}

function dropReasoning(part: ReasoningPart, dropped: Set<string>): void {
  dropped.add(thoughtName(part))
}

function writeResult(result: ToolResultPart, dialect: Dialect, dropped: Set<string>): JsonObject {
  const texts = result.parts.filter((part) => part.type === 'text').map((part) => part.text)
  const hasPictures = result.parts.some((part) => part.type !== 'text' && (part.type !== 'opaque' || part.protocol === 'openai-chat'))
  const said = texts.join('\n\n')
  const text = said === '' && hasPictures ? 'The result follows in the next message.' : said
  const mark = result.cache ?? result.parts.findLast((part) => part.type === 'text')?.cache
  const content = result.isError ? `Error: ${text}` : text
  return {
    role: 'tool',
    tool_call_id: idFor(result.callId, dialect),
    content: mark !== undefined && dialect.cacheMarks !== undefined ? [{ type: 'text', text: content, ...writeMark(mark, dialect, dropped) }] : content,
  }
}

function picturesOf(result: ToolResultPart, dialect: Dialect, dropped: Set<string>): JsonObject[] {
  const pictures = result.parts.filter((part) => part.type !== 'text').flatMap((part) => writePart(part, dialect, dropped))
  return pictures.length === 0 ? [] : [{ type: 'text', text: `Result of tool call ${result.callId}:` }, ...pictures]
}

function writeMark(cache: CacheMark | undefined, dialect: Dialect, dropped: Set<string>): JsonObject {
  if (cache === undefined) return {}
  if (dialect.cacheMarks === 'prompt_cache_breakpoint') {
    if (cache.ttl !== undefined) dropped.add('cache_control.ttl')
    return { prompt_cache_breakpoint: { mode: 'explicit' } }
  }
  if (dialect.cacheMarks !== undefined) return { cache_control: { type: 'ephemeral', ...cache } }
  dropped.add('cache_control')
  return {}
}
