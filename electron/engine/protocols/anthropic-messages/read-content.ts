/** The turns of a client's conversation, block by block. What another dialect could not carry anyway stays an opaque part. */
import type { CacheMark, JsonObject, JsonValue, Media, Message, Part, ReasoningPart, Role, ToolResultPart } from '../../../../shared/chat.ts'
import { unsealForeign } from './foreign-reasoning.ts'
import { isArray, isObject, optionalArray, optionalBoolean, optionalObject, optionalString, refuse, requiredObject, requiredString } from './json-fields.ts'
import type { Leftovers } from './leftovers.ts'

/**
 * Claude Code's first system block. Its text changes with each kind of request and is addressed to Anthropic alone, so it is opaque: Anthropic gets
 * it, nobody else does.
 */
const BILLING_NOTE = /^x-anthropic-billing-header:/

/** @throws Failure 'bad-request' naming the field. */
export function readSystem(system: JsonValue | undefined, leftovers: Leftovers): readonly Message[] {
  if (system === undefined || system === null || system === '') return []
  const parts = readContent(system, 'system', leftovers)
  return parts.length === 0 ? [] : [{ role: 'system', parts }]
}

/**
 * Each turn as one message, a user turn with tool results as a 'tool' message before what else it says. Neighbours of one role are one message.
 * @throws Failure 'bad-request' naming the field.
 */
export function readMessages(messages: readonly JsonValue[], leftovers: Leftovers): readonly Message[] {
  const read: Message[] = []
  for (const [index, message] of messages.entries()) {
    const path = `messages.${index}`
    if (!isObject(message)) refuse(path, 'Input should be an object')
    const role = requiredString(message, 'role', `${path}.role`)
    if (role !== 'user' && role !== 'assistant' && role !== 'system') refuse(`${path}.role`, "Input should be 'user', 'assistant' or 'system'")
    if (message.content === undefined) refuse(`${path}.content`, 'Field required')
    leftovers.keepUnknown(message, ['role', 'content'], 'messages')
    const parts = readContent(message.content, `${path}.content`, leftovers)
    if (role !== 'user') read.push({ role, parts })
    else {
      const results = parts.filter((part) => part.type === 'tool-result')
      const rest = parts.filter((part) => part.type !== 'tool-result')
      if (results.length > 0) read.push({ role: 'tool', parts: results })
      if (rest.length > 0 || results.length === 0) read.push({ role, parts: rest })
    }
  }
  return joinRuns(read)
}

export function joinRuns(messages: readonly Message[]): readonly Message[] {
  const joined: { role: Role; parts: Part[] }[] = []
  for (const { role, parts } of messages) {
    const last = joined.at(-1)
    if (last?.role === role) last.parts.push(...parts)
    else joined.push({ role, parts: [...parts] })
  }
  return joined
}

function readContent(content: JsonValue, path: string, leftovers: Leftovers): readonly Part[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  if (!isArray(content)) refuse(path, 'Input should be a valid string or list')
  return content.map((block, index) => {
    // some clients put plain strings among the blocks
    if (typeof block === 'string') return { type: 'text', text: block }
    if (!isObject(block)) refuse(`${path}.${index}`, 'Input should be an object')
    return readBlock(block, `${path}.${index}`, leftovers)
  })
}

function readBlock(block: JsonObject, path: string, leftovers: Leftovers): Part {
  const name = `messages.${requiredString(block, 'type', `${path}.type`)}`
  switch (block.type) {
    case 'text': {
      const text = requiredString(block, 'text', `${path}.text`)
      if (BILLING_NOTE.test(text)) return opaque(block)
      leftovers.keepUnknown(block, ['type', 'text', 'cache_control'], name)
      return { type: 'text', text, ...readMark(block, path, leftovers) }
    }
    case 'image': {
      const media = readSource(requiredObject(block, 'source', `${path}.source`), `${path}.source`)
      if (media === undefined) return opaque(block)
      leftovers.keepUnknown(block, ['type', 'source', 'cache_control'], name)
      return { type: 'image', media, ...readMark(block, path, leftovers) }
    }
    case 'document': {
      const source = requiredObject(block, 'source', `${path}.source`)
      const media = readSource(source, `${path}.source`)
      if (media === undefined) {
        if (source.type !== 'content' || source.content === undefined) return opaque(block)
        return { ...opaque(block), words: readContent(source.content, `${path}.source.content`, leftovers) }
      }
      leftovers.keepUnknown(block, ['type', 'source', 'title', 'cache_control'], name)
      const title = optionalString(block, 'title', `${path}.title`)
      return { type: 'document', media, ...(title !== undefined && { name: title }), ...readMark(block, path, leftovers) }
    }
    case 'thinking':
      return readThinking(requiredString(block, 'thinking', `${path}.thinking`), optionalString(block, 'signature', `${path}.signature`) ?? '')
    case 'redacted_thinking':
      return { type: 'reasoning', text: '', redacted: requiredString(block, 'data', `${path}.data`), format: 'anthropic-messages' }
    case 'tool_use':
      keepCaller(block, name, leftovers)
      return {
        type: 'tool-call',
        id: requiredString(block, 'id', `${path}.id`),
        name: requiredString(block, 'name', `${path}.name`),
        arguments: JSON.stringify(requiredObject(block, 'input', `${path}.input`)),
        ...readMark(block, path, leftovers),
      }
    case 'tool_result':
      return readToolResult(block, path, leftovers)
    case 'search_result':
      return { ...opaque(block), words: searchResult(block, path, leftovers) }
    // what Claude Code's tool search has found: https://github.com/BerriAI/litellm/issues/36540
    case 'tool_reference':
      return { ...opaque(block), words: [{ type: 'text', text: `[Loaded tool: ${optionalString(block, 'tool_name', `${path}.tool_name`) ?? ''}]` }] }
    default:
      return opaque(block)
  }
}

/** https://platform.claude.com/docs/en/build-with-claude/search-results */
function searchResult(block: JsonObject, path: string, leftovers: Leftovers): readonly Part[] {
  const title = optionalString(block, 'title', `${path}.title`) ?? ''
  const source = optionalString(block, 'source', `${path}.source`) ?? ''
  const content = block.content === undefined ? [] : readContent(block.content, `${path}.content`, leftovers)
  return [{ type: 'text', text: `Search result "${title}" (${source}):` }, ...content]
}

function readToolResult(block: JsonObject, path: string, leftovers: Leftovers): ToolResultPart {
  leftovers.keepUnknown(block, ['type', 'tool_use_id', 'content', 'is_error', 'cache_control'], 'messages.tool_result')
  const content = block.content
  return {
    type: 'tool-result',
    callId: requiredString(block, 'tool_use_id', `${path}.tool_use_id`),
    parts: content === undefined || content === null ? [] : readContent(content, `${path}.content`, leftovers),
    isError: optionalBoolean(block, 'is_error', `${path}.is_error`) ?? false,
    ...readMark(block, path, leftovers),
  }
}

/** A signature of ours stands for reasoning of another provider's model: it is taken off, and what it covers is that format's again. */
function readThinking(text: string, signature: string): ReasoningPart {
  const foreign = unsealForeign(signature)
  if (foreign !== undefined) return { type: 'reasoning', text, ...foreign }
  return { type: 'reasoning', text, ...(signature !== '' && { signature }), format: 'anthropic-messages' }
}

/** undefined for sources that only Anthropic can resolve: its file ids, lists of blocks, kinds of later. */
function readSource(source: JsonObject, path: string): Media | undefined {
  switch (requiredString(source, 'type', `${path}.type`)) {
    case 'base64':
      return {
        kind: 'base64',
        mediaType: requiredString(source, 'media_type', `${path}.media_type`),
        data: requiredString(source, 'data', `${path}.data`),
      }
    case 'url':
      return { kind: 'url', url: requiredString(source, 'url', `${path}.url`) }
    case 'text': {
      const data = Buffer.from(requiredString(source, 'data', `${path}.data`), 'utf8').toString('base64')
      return { kind: 'base64', mediaType: optionalString(source, 'media_type', `${path}.media_type`) ?? 'text/plain', data }
    }
    default:
      return undefined
  }
}

/** `direct` is what every call is that no sandbox made. */
function keepCaller(block: JsonObject, name: string, leftovers: Leftovers): void {
  const { caller, ...rest } = block
  leftovers.keepUnknown(rest, ['type', 'id', 'name', 'input', 'cache_control'], name)
  if (isObject(caller) && caller.type !== 'direct') leftovers.keepNested(`${name}.caller`, caller)
}

/** The prompt-cache mark of a block or tool. */
export function readMark(block: JsonObject, path: string, leftovers: Leftovers): { readonly cache?: CacheMark } {
  const mark = optionalObject(block, 'cache_control', `${path}.cache_control`)
  if (mark === undefined) return {}
  leftovers.keepUnknown(mark, ['type', 'ttl'], 'cache_control')
  const ttl = optionalString(mark, 'ttl', `${path}.cache_control.ttl`)
  if (ttl === undefined) return { cache: {} }
  return ttl === '5m' || ttl === '1h' ? { cache: { ttl } } : refuse(`${path}.cache_control.ttl`, "Input should be '5m' or '1h'")
}

function opaque(block: JsonObject): Extract<Part, { type: 'opaque' }> {
  return { type: 'opaque', protocol: 'anthropic-messages', value: block }
}

/** A list of strings. @throws Failure 'bad-request' naming the item. */
export function readStrings(object: JsonObject, key: string): readonly string[] | undefined {
  return optionalArray(object, key, key)?.map((value, index) =>
    typeof value === 'string' ? value : refuse(`${key}.${index}`, 'Input should be a valid string'),
  )
}
