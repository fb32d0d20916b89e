/** A conversation of any dialect as Anthropic's turns: user and assistant by turns, tool results first, thinking first. */

import type { CacheMark, JsonObject, Media, Message, Part, ReasoningPart, ToolResultPart } from '../../../../shared/chat.ts'
import { readMediaUrl, trueImageType } from '../data-url.ts'
import { CALL_SIGNATURE, opaqueName, thoughtName } from '../left-out.ts'
import { type Draft, stringIn } from './json-fields.ts'
import { argumentsObject, legalId } from './tool-names.ts'

/** A conversation must open with the user; some begin with a greeting of the assistant. */
const OPENING = '(The conversation begins with your message.)'

export interface Turn {
  readonly role: 'user' | 'assistant'
  readonly content: Draft[]
}

export interface WrittenConversation {
  readonly system: Draft[]
  readonly turns: Turn[]
}

export function writeConversation(messages: readonly Message[], dropped: Set<string>): WrittenConversation {
  const writer = new BlockWriter(dropped)
  const firstTurn = messages.findIndex((message) => message.role !== 'system')
  const head = firstTurn < 0 ? messages : messages.slice(0, firstTurn)
  const system = head.flatMap((message) => writer.systemBlocks(message.parts))
  const turns = firstTurn < 0 ? [] : writeTurns(messages.slice(firstTurn), writer)
  // instructions alone: they are the prompt
  if (turns.length === 0 && system.length > 0) return { system: [], turns: [{ role: 'user', content: system }] }
  if (turns[0]?.role === 'assistant') turns.unshift({ role: 'user', content: [{ type: 'text', text: OPENING }] })
  return { system, turns }
}

function writeTurns(messages: readonly Message[], writer: BlockWriter): Turn[] {
  const turns: Turn[] = []
  const add = (role: Turn['role'], blocks: readonly Draft[]): void => {
    if (blocks.length === 0) return
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...blocks)
    else turns.push({ role, content: [...blocks] })
  }
  for (const { role, parts } of messages) {
    if (role === 'assistant') add('assistant', writer.blocks(parts))
    else if (role === 'system') add('user', writer.systemBlocks(parts).map(tagged))
    else add('user', writer.blocks(parts))
  }
  return turns.map(({ role, content }) => ({ role, content: role === 'user' ? resultsFirst(content) : thinkingFirst(content) }))
}

/** Instructions in mid-conversation, for the models that take them in user turns only. */
function tagged(block: Draft): Draft {
  return block.type === 'text' ? { ...block, text: `<system>\n${stringIn(block, 'text') ?? ''}\n</system>` } : block
}

function resultsFirst(content: readonly Draft[]): Draft[] {
  const isResult = (block: Draft): boolean => block.type === 'tool_result'
  return [...content.filter(isResult), ...content.filter((block) => !isResult(block))]
}

/** A turn that opens with its thinking is left as the model wrote it, with later thinking between its calls. */
function thinkingFirst(content: readonly Draft[]): Draft[] {
  if (content[0] === undefined || isThinking(content[0])) return [...content]
  return [...content.filter(isThinking), ...content.filter((block) => !isThinking(block))]
}

export function isThinking(block: JsonObject): boolean {
  return block.type === 'thinking' || block.type === 'redacted_thinking'
}

class BlockWriter {
  readonly #dropped: Set<string>
  readonly #usedIds = new Set<string>()
  /** The id on the wire of the latest call with a client's id. */
  readonly #wireIds = new Map<string, string>()

  constructor(dropped: Set<string>) {
    this.#dropped = dropped
  }

  blocks(parts: readonly Part[]): Draft[] {
    return parts.map((part) => this.#block(part)).filter((block) => block !== undefined)
  }

  /** The system prompt and turns of its role take text only. */
  systemBlocks(parts: readonly Part[]): Draft[] {
    return this.blocks(parts).filter((block) => {
      if (block.type === 'text') return true
      this.#dropped.add(`system.${stringIn(block, 'type') ?? 'part'}`)
      return false
    })
  }

  #block(part: Part): Draft | undefined {
    switch (part.type) {
      case 'text':
        // refused when there is nothing but white space in it
        return part.text.trim() === '' ? undefined : { type: 'text', text: part.text, ...mark(part.cache) }
      case 'image':
        return { type: 'image', source: imageSource(part.media), ...mark(part.cache) }
      case 'document':
        return this.#document(part)
      case 'audio':
        this.#dropped.add('messages.input_audio')
        return undefined
      case 'reasoning':
        return this.#thinking(part)
      case 'tool-call':
        if (part.signature !== undefined) this.#dropped.add(CALL_SIGNATURE)
        return {
          type: 'tool_use',
          id: this.#callId(part.id),
          name: part.name,
          input: argumentsObject(part.arguments),
          ...mark(part.cache),
        }
      case 'tool-result':
        return this.#toolResult(part)
      case 'opaque':
        if (part.protocol === 'anthropic-messages') return { ...part.value }
        this.#dropped.add(opaqueName(part.value, 'messages.'))
        return undefined
    }
  }

  #document(part: Extract<Part, { type: 'document' }>): Draft | undefined {
    const { media } = part
    const rest = { ...(part.name !== undefined && { title: part.name }), ...mark(part.cache) }
    if (media.kind === 'url') return { type: 'document', source: { type: 'url', url: media.url }, ...rest }
    if (media.mediaType.startsWith('text/')) {
      const data = Buffer.from(media.data, 'base64').toString('utf8')
      return { type: 'document', source: { type: 'text', media_type: 'text/plain', data }, ...rest }
    }
    if (media.mediaType === 'application/pdf') return { type: 'document', source: sourceOf(media), ...rest }
    this.#dropped.add(`messages.document (${media.mediaType})`)
    return undefined
  }

  /** Anthropic takes back its own thinking only, and only with what proves it. */
  #thinking(part: ReasoningPart): Draft | undefined {
    if (part.format === 'anthropic-messages') {
      if (part.redacted !== undefined) return { type: 'redacted_thinking', data: part.redacted }
      if (part.signature !== undefined) return { type: 'thinking', thinking: part.text, signature: part.signature }
    }
    this.#dropped.add(thoughtName(part))
    return undefined
  }

  #toolResult(part: ToolResultPart): Draft {
    const content = this.blocks(part.parts)
    const only = content.length === 1 && part.parts.length === 1 ? part.parts[0] : undefined
    const plain = only?.type === 'text' && only.cache === undefined ? only.text : undefined
    return {
      type: 'tool_result',
      tool_use_id: this.#wireIds.get(part.callId) ?? legalId(part.callId, 'toolu_unknown'),
      ...(content.length > 0 && { content: plain ?? content }),
      ...(part.isError && { is_error: true }),
      ...mark(part.cache),
    }
  }

  /** Ids must be legal and unique in the whole conversation; some providers count theirs anew in each turn. */
  #callId(id: string): string {
    const legal = legalId(id, `toolu_${this.#usedIds.size}`)
    let unique = legal
    for (let count = 2; this.#usedIds.has(unique); count++) unique = `${legal}_${count}`
    this.#usedIds.add(unique)
    this.#wireIds.set(id, unique)
    return unique
  }
}

function mark(cache: CacheMark | undefined): { readonly cache_control?: JsonObject } {
  return cache === undefined ? {} : { cache_control: cacheControl(cache) }
}

export function cacheControl(cache: CacheMark): JsonObject {
  return { type: 'ephemeral', ...(cache.ttl !== undefined && { ttl: cache.ttl }) }
}

function imageSource(address: Media): JsonObject {
  const media = inlined(address)
  return sourceOf(media.kind === 'base64' ? { ...media, mediaType: trueImageType(media) } : media)
}

function sourceOf(address: Media): JsonObject {
  const media = inlined(address)
  return media.kind === 'base64' ? { type: 'base64', media_type: media.mediaType, data: media.data } : { type: 'url', url: media.url }
}

/** Some clients of Anthropic put a data URL where an address belongs. */
function inlined(media: Media): Media {
  return media.kind === 'url' ? (readMediaUrl(media.url) ?? media) : media
}
