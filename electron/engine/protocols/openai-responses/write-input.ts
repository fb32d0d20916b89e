/** Canonical messages as the flat list of input items: a message for what is said, an item each for calls, results and reasoning. */
import type { CacheMark, ChatView, JsonObject, JsonValue, Message, Part, ReasoningPart, Role, ToolCallPart, ToolResultPart } from '../../../../shared/chat.ts'
import { withLastBreakpoints } from '../cache-breakpoints.ts'
import { fittedCallId } from '../call-ids.ts'
import { writeMediaUrl } from '../data-url.ts'
import type { IsLeftOut } from '../earlier-thoughts.ts'
import { unwrapFreeform } from '../freeform.ts'
import { argumentsText, arrayOf, isObject, known } from '../json.ts'
import { CALL_SIGNATURE, opaqueName, thoughtName } from '../left-out.ts'
import type { WriteTarget } from '../protocol.ts'
import type { Target } from './families.ts'
import { isContentPart } from './read-input.ts'
import { declaredName } from './tools.ts'

/** OpenAI refuses longer ids: https://github.com/BerriAI/litellm/issues/41534 */
const LONGEST_CALL_ID = 64

/** `dropped` gains the names of what this format or model cannot be told. */
export function writeInput(view: Pick<ChatView, 'messages' | 'tools'>, target: Target, dropped: Set<string>): JsonObject[] {
  const writer = new ItemWriter(view, target, dropped)
  for (const message of view.messages) writer.message(message)
  const items = withoutLoneReasoning(writer.items, dropped)
  return writer.breakpoints <= target.breakpoints ? items : withLastBreakpoints(items, target.breakpoints, dropped)
}

const NEEDS_NO_ID: ReadonlySet<JsonValue | undefined> = new Set([undefined, 'message', 'function_call', 'custom_tool_call'])

/** A body without reasoning of earlier turns. What it led to loses its id, by which OpenAI would miss it. */
export function withoutThoughts(body: JsonObject, _target: WriteTarget, isLeftOut: IsLeftOut): JsonObject {
  if (!Array.isArray(body.input)) return body
  /** Of the model's items that come next. */
  let hasReasoning = false
  const input = arrayOf(body.input).flatMap((item): readonly JsonValue[] => {
    if (!isObject(item)) return [item]
    if (item.type === 'reasoning') {
      hasReasoning = !isLeftOut(item)
      return hasReasoning ? [item] : []
    }
    hasReasoning &&= isByTheModel(item)
    const { id: _id, ...rest } = item
    return [!hasReasoning && NEEDS_NO_ID.has(item.type) && isByTheModel(item) ? rest : item]
  })
  return { ...body, input }
}

/** Reasoning without the item it led to is a 400 ("provided without its required following item"). */
function withoutLoneReasoning(items: readonly JsonObject[], dropped: Set<string>): JsonObject[] {
  const kept: JsonObject[] = []
  for (const item of [...items].reverse()) {
    const next = kept.at(-1)
    if (item.type === 'reasoning' && (next === undefined || !isByTheModel(next))) dropped.add('messages.reasoning')
    else kept.push(item)
  }
  return kept.reverse()
}

function isByTheModel(item: JsonObject): boolean {
  if (item.type === undefined || item.type === 'message') return item.role === 'assistant'
  return !String(item.type).endsWith('_output')
}

class ItemWriter {
  readonly items: JsonObject[] = []
  readonly #view: Pick<ChatView, 'messages' | 'tools'>
  readonly #target: Target
  readonly #dropped: Set<string>
  /** Ids of calls to freeform tools, whose results are items of another type. */
  readonly #freeformCalls = new Set<string>()
  breakpoints = 0

  constructor(view: Pick<ChatView, 'messages' | 'tools'>, target: Target, dropped: Set<string>) {
    this.#view = view
    this.#target = target
    this.#dropped = dropped
  }

  message({ role, parts }: Message): void {
    let content: JsonObject[] = []
    const flush = (): void => {
      if (content.length > 0) this.items.push({ type: 'message', role: this.#roleOf(role), content })
      content = []
    }
    for (const part of parts) {
      const piece = this.#content(part, role)
      if (piece !== undefined) {
        content.push(piece)
        continue
      }
      const item = this.#item(part)
      if (item === undefined) continue
      flush()
      this.items.push(item)
    }
    flush()
  }

  #roleOf(role: Role): string {
    if (role === 'system') return this.#target.isOpenAi ? 'developer' : 'system'
    return role === 'assistant' ? 'assistant' : 'user'
  }

  /** A part of a message; undefined for what is an item of its own, or nothing. */
  #content(part: Part, role: Role): JsonObject | undefined {
    switch (part.type) {
      case 'text':
        return role === 'assistant' ? { type: 'output_text', text: part.text } : { type: 'input_text', text: part.text, ...this.#mark(part.cache) }
      case 'image':
      case 'document':
        if (role !== 'assistant') return this.#media(part)
        this.#dropped.add(part.type)
        return undefined
      case 'audio':
        this.#dropped.add('input_audio')
        return undefined
      case 'opaque':
        return part.protocol === 'openai-responses' && isContentPart(part.value) ? part.value : undefined
      default:
        return undefined
    }
  }

  #media(part: Extract<Part, { type: 'image' | 'document' }>): JsonObject {
    const { media } = part
    if (part.type === 'image') {
      return { type: 'input_image', image_url: writeMediaUrl(media), detail: part.detail ?? 'auto', ...this.#mark(part.cache) }
    }
    // only PDF and its like are taken as files
    if (media.kind === 'base64' && media.mediaType.startsWith('text/')) {
      return { type: 'input_text', text: Buffer.from(media.data, 'base64').toString('utf8'), ...this.#mark(part.cache) }
    }
    const file = media.kind === 'url' ? { file_url: media.url } : { filename: part.name ?? 'document.pdf', file_data: writeMediaUrl(media) }
    return { type: 'input_file', ...file, ...this.#mark(part.cache) }
  }

  #item(part: Part): JsonObject | undefined {
    switch (part.type) {
      case 'reasoning':
        return this.#reasoning(part)
      case 'tool-call':
        return this.#call(part)
      case 'tool-result':
        return this.#result(part)
      case 'opaque':
        if (part.protocol === 'openai-responses') return part.value
        this.#dropped.add(opaqueName(part.value))
        return undefined
      default:
        return undefined
    }
  }

  /** Only reasoning of this format, and of it only what proves itself, or the plain words where the provider shows those. */
  #reasoning({ format, text, signature }: ReasoningPart): JsonObject | undefined {
    if (format === 'openai-responses' && signature !== undefined) {
      return { type: 'reasoning', summary: text === '' ? [] : [{ type: 'summary_text', text }], encrypted_content: signature }
    }
    if (format === 'openai-responses' && !this.#target.isOpenAi && text !== '') {
      return { type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text }] }
    }
    this.#dropped.add(thoughtName({ format }))
    return undefined
  }

  #call(call: ToolCallPart): JsonObject {
    if (call.signature !== undefined) this.#dropped.add(CALL_SIGNATURE)
    if (call.cache !== undefined) this.#dropped.add('cache_control')
    const { name, namespace, isFreeform } = declaredName(call.name, this.#view.tools)
    const common = { call_id: fittedCallId(call.id, LONGEST_CALL_ID), name, ...known({ namespace }) }
    if (!isFreeform) return { type: 'function_call', ...common, arguments: argumentsText(call.arguments) }
    this.#freeformCalls.add(call.id)
    return { type: 'custom_tool_call', ...common, input: unwrapFreeform(call.arguments) }
  }

  #result(result: ToolResultPart): JsonObject {
    if (result.cache !== undefined) this.#dropped.add('cache_control')
    const type = this.#freeformCalls.has(result.callId) ? 'custom_tool_call_output' : 'function_call_output'
    return { type, call_id: fittedCallId(result.callId, LONGEST_CALL_ID), output: this.#output(result) }
  }

  #output({ parts, isError }: ToolResultPart): JsonValue {
    const prefix = isError ? 'Error: ' : ''
    const [only] = parts
    if (only === undefined) return prefix.trim()
    if (parts.length === 1 && only.type === 'text') return prefix + only.text
    const content = parts.flatMap((part) => this.#content(part, 'user') ?? [])
    return isError ? [{ type: 'input_text', text: 'Error:' }, ...content] : content
  }

  #mark(cache: CacheMark | undefined): { readonly prompt_cache_breakpoint?: JsonObject } {
    if (cache === undefined) return {}
    if (this.#target.breakpoints === 0) {
      this.#dropped.add('cache_control')
      return {}
    }
    this.breakpoints++
    if (cache.ttl !== undefined) this.#dropped.add('cache_control.ttl')
    return { prompt_cache_breakpoint: { mode: 'explicit' } }
  }
}
