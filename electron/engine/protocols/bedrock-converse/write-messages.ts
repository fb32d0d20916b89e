/** A conversation of any dialect as Converse's turns: user and assistant by turns, tool results first, reasoning first, cache points behind what they mark. */
import { createHash } from 'node:crypto'
import type { CacheMark, JsonObject, Media, Message, Part, ReasoningPart, ToolResultPart } from '../../../../shared/chat.ts'
import { argumentsObject } from '../anthropic-messages/tool-names.ts'
import { trueImageType } from '../data-url.ts'
import { CALL_SIGNATURE, opaqueName, thoughtName } from '../left-out.ts'
import type { Family } from './families.ts'

/** A conversation must open with the user; some begin with a greeting of the assistant. */
const OPENING = '(The conversation begins with your message.)'
/** Bedrock refuses a turn that has a document and no words. */
const DOCUMENT_WORDS = '(See the attached document.)'

const LONGEST_ID = 64
const LONGEST_DOCUMENT_NAME = 200

export interface Turn {
  readonly role: 'user' | 'assistant'
  readonly content: JsonObject[]
}

export interface WrittenConversation {
  readonly system: JsonObject[]
  readonly turns: Turn[]
  /** Names of the tools that were called, or whose results are told, in order of appearance. */
  readonly toolsInHistory: readonly string[]
}

export function writeConversation(messages: readonly Message[], family: Family, dropped: Set<string>): WrittenConversation {
  const writer = new BlockWriter(family, dropped)
  const firstTurn = messages.findIndex((message) => message.role !== 'system')
  const head = firstTurn < 0 ? messages : messages.slice(0, firstTurn)
  const system = head.flatMap((message) => writer.system(message.parts))
  const turns: Turn[] = []
  for (const { role, parts } of firstTurn < 0 ? [] : inTurns(messages.slice(firstTurn))) {
    const content = writer.blocks(role === 'user' ? resultsFirst(family.imagesInResults ? parts : imagesBehind(parts)) : reasoningFirst(parts))
    if (content.length === 0) continue
    if (content.some((block) => block.document !== undefined) && !content.some((block) => block.text !== undefined)) content.push({ text: DOCUMENT_WORDS })
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...content)
    else turns.push({ role, content })
  }
  // instructions alone: they are the prompt
  if (turns.length === 0 && system.length > 0) return { system: [], turns: [{ role: 'user', content: system }], toolsInHistory: [] }
  if (turns[0]?.role === 'assistant') turns.unshift({ role: 'user', content: [{ text: OPENING }] })
  return { system, turns, toolsInHistory: [...writer.tools] }
}

/** Neighbours of one role as one turn; instructions in mid-conversation as tagged text of the user. */
function inTurns(messages: readonly Message[]): readonly { readonly role: Turn['role']; readonly parts: readonly Part[] }[] {
  const turns: { role: Turn['role']; parts: Part[] }[] = []
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const parts = message.role === 'system' ? message.parts.map(tagged) : message.parts
    const last = turns.at(-1)
    if (last?.role === role) last.parts.push(...parts)
    else turns.push({ role, parts: [...parts] })
  }
  return turns
}

function tagged(part: Part): Part {
  return part.type === 'text' ? { ...part, text: `<system>\n${part.text}\n</system>` } : part
}

/** Images of results as the user's own, for models that refuse the whole request for one inside of a result. */
function imagesBehind(parts: readonly Part[]): readonly Part[] {
  return parts.flatMap((part): readonly Part[] => {
    if (part.type !== 'tool-result') return [part]
    const images = part.parts.filter(({ type }) => type === 'image')
    if (images.length === 0) return [part]
    const rest = part.parts.filter(({ type }) => type !== 'image')
    const said: readonly Part[] = rest.length > 0 ? rest : [{ type: 'text', text: 'The result follows behind all results.' }]
    return [{ ...part, parts: said }, { type: 'text', text: `Result of tool call ${part.callId}:` }, ...images]
  })
}

function resultsFirst(parts: readonly Part[]): readonly Part[] {
  return [...parts.filter(({ type }) => type === 'tool-result'), ...parts.filter(({ type }) => type !== 'tool-result')]
}

/** A turn that opens with its reasoning is left as the model wrote it, with later reasoning between its calls. */
function reasoningFirst(parts: readonly Part[]): readonly Part[] {
  if (parts[0]?.type === 'reasoning') return parts
  return [...parts.filter(({ type }) => type === 'reasoning'), ...parts.filter(({ type }) => type !== 'reasoning')]
}

/** Named by their subtype; any other text is plain to Bedrock too. */
const DOCUMENT_FORMATS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'text/csv': 'csv',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'text/html': 'html',
  'text/markdown': 'md',
}
const IMAGE_FORMATS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
}

class BlockWriter {
  readonly #family: Family
  readonly #dropped: Set<string>
  readonly tools = new Set<string>()
  readonly #usedIds = new Set<string>()
  /** The id on the wire of the latest call with a client's id. */
  readonly #wireIds = new Map<string, string>()
  readonly #names = new Map<string, string>()
  #documents = 0

  constructor(family: Family, dropped: Set<string>) {
    this.#family = family
    this.#dropped = dropped
  }

  blocks(parts: readonly Part[]): JsonObject[] {
    return parts.flatMap((part) => {
      const block = this.#block(part)
      if (block === undefined) return []
      const point = cachePoint(markOf(part), this.#family, this.#family.cachePoints !== 'none', this.#dropped)
      return point === undefined ? [block] : [block, point]
    })
  }

  /** The system prompt takes text and cache points only. */
  system(parts: readonly Part[]): JsonObject[] {
    for (const { type } of parts) if (type !== 'text') this.#dropped.add(`system.${type}`)
    return this.blocks(parts.filter(({ type }) => type === 'text'))
  }

  #block(part: Part): JsonObject | undefined {
    switch (part.type) {
      case 'text':
        // refused when there is nothing but white space in it
        return part.text.trim() === '' ? undefined : { text: part.text }
      case 'image':
        return this.#image(part.media)
      case 'document':
        return this.#document(part.media, part.name)
      case 'audio':
        return this.#drop('messages.input_audio')
      case 'reasoning':
        return this.#reasoning(part)
      case 'tool-call': {
        const name = part.name
        if (part.signature !== undefined) this.#dropped.add(CALL_SIGNATURE)
        this.tools.add(name)
        this.#names.set(part.id, name)
        return { toolUse: { toolUseId: this.#callId(part.id), name, input: argumentsObject(part.arguments) } }
      }
      case 'tool-result':
        return this.#toolResult(part)
      case 'opaque':
        return this.#drop(opaqueName(part.value, 'messages.'))
    }
  }

  /** The model can say that it does not see it. */
  #missing(what: string, kind: string): JsonObject {
    this.#dropped.add(what)
    return { text: `[${kind} was left out here: it could not be fetched]` }
  }

  #drop(what: string): undefined {
    this.#dropped.add(what)
  }

  /** Bedrock takes bytes only; it fetches nothing but its own storage. */
  #image(media: Media): JsonObject | undefined {
    if (media.kind === 'url') return this.#missing('messages.image_url', 'An image')
    const format = IMAGE_FORMATS[trueImageType(media)]
    return format === undefined ? this.#drop(`messages.image (${media.mediaType})`) : { image: { format, source: { bytes: media.data } } }
  }

  #document(media: Media, name: string | undefined): JsonObject | undefined {
    if (media.kind === 'url') return this.#missing('messages.document_url', 'A document')
    const format = DOCUMENT_FORMATS[media.mediaType] ?? (media.mediaType.startsWith('text/') ? 'txt' : undefined)
    if (format === undefined) return this.#drop(`messages.document (${media.mediaType})`)
    return { document: { format, name: this.#documentName(name), source: { bytes: media.data } } }
  }

  /** Letters, digits, single blanks, hyphens and brackets, and no name twice: Bedrock refuses everything else. */
  #documentName(name: string | undefined): string {
    this.#documents++
    const neutral = (name ?? '')
      .replace(/\.[A-Za-z0-9]{1,5}$/, '')
      .replace(/[^A-Za-z0-9()[\]-]+/g, ' ')
      .trim()
      .slice(0, LONGEST_DOCUMENT_NAME - 10)
    return neutral === '' ? `Document ${this.#documents}` : this.#documents === 1 ? neutral : `${neutral} ${this.#documents}`
  }

  /** A signature proves Claude's thinking on every platform; nobody else's reasoning is taken back. */
  #reasoning(part: ReasoningPart): JsonObject | undefined {
    if (this.#family.claude !== undefined && part.format === 'anthropic-messages') {
      if (part.redacted !== undefined) return { reasoningContent: { redactedContent: Buffer.from(part.redacted, 'utf8').toString('base64') } }
      if (part.signature !== undefined) return { reasoningContent: { reasoningText: { text: part.text, signature: part.signature } } }
    }
    if (part.format === 'bedrock-converse' && part.redacted !== undefined) return { reasoningContent: { redactedContent: part.redacted } }
    return this.#drop(thoughtName(part))
  }

  #toolResult(part: ToolResultPart): JsonObject {
    this.tools.add(this.#names.get(part.callId) ?? part.name ?? 'tool')
    const content = part.parts.map((inner) => this.#block(inner)).filter((block) => block !== undefined)
    if (part.isError && !this.#family.toolStatus) this.#dropped.add('messages.tool_result.is_error')
    return {
      toolResult: {
        toolUseId: this.#wireIds.get(part.callId) ?? legalId(part.callId, 'tooluse_unknown'),
        // an empty list is refused
        content: content.length === 0 ? [{ text: '(no output)' }] : content,
        ...(part.isError && this.#family.toolStatus && { status: 'error' }),
      },
    }
  }

  /** Ids must be unique in the whole conversation; some providers count theirs anew in each turn. */
  #callId(id: string): string {
    const legal = legalId(id, `tooluse_${this.#usedIds.size}`)
    let unique = legal
    for (let count = 2; this.#usedIds.has(unique); count++) unique = `${legal.slice(0, LONGEST_ID - 4)}_${count}`
    this.#usedIds.add(unique)
    this.#wireIds.set(id, unique)
    return unique
  }
}

/** The id itself where Bedrock takes it; otherwise one that is the same every time and differs for different ids. */
function legalId(id: string, fallback: string): string {
  if (id === '') return fallback
  if (id.length <= LONGEST_ID && /^[A-Za-z0-9_-]+$/.test(id)) return id
  return `tooluse_${createHash('sha256').update(id).digest('hex').slice(0, 32)}`
}

/** A mark inside a tool's result cannot stay there; behind the result it covers the same. */
function markOf(part: Part): CacheMark | undefined {
  if (part.type === 'tool-result') return part.cache ?? part.parts.map(markOf).findLast((mark) => mark !== undefined)
  return part.type === 'audio' || part.type === 'reasoning' || part.type === 'opaque' ? undefined : part.cache
}

export function cachePoint(mark: CacheMark | undefined, family: Family, isTaken: boolean, dropped: Set<string>): JsonObject | undefined {
  if (mark === undefined) return undefined
  if (!isTaken) {
    dropped.add('cache_control')
    return undefined
  }
  if (mark.ttl === '1h' && !family.longCache) dropped.add('cache_control.ttl')
  return { cachePoint: { type: 'default', ...(mark.ttl === '1h' && family.longCache && { ttl: '1h' }) } }
}
