/** The items of an answer as they are written: what opens each, what its pieces say, and the item as it is when complete. */
import type { JsonObject, JsonValue, TokenLogprob, Tool } from '../../../../shared/chat.ts'
import { unwrapFreeform } from '../freeform.ts'
import { known } from '../json.ts'
import { writeOpenAiLogprobs } from '../logprobs.ts'
import { type DeclaredName, declaredName } from './tools.ts'

export type Fields = JsonObject & { readonly type: string }
export type ItemStatus = 'completed' | 'incomplete'

export type Piece =
  | { readonly is: 'output_text'; readonly text: string; readonly logprobs?: readonly TokenLogprob[] }
  | { readonly is: 'refusal' | 'reasoning' | 'arguments'; readonly text: string }
  | { readonly is: 'annotation'; readonly annotation: JsonObject }

/** One item on its way out. Events come without `output_index` and `item_id`, which whoever orders the items knows. */
export interface OutputItem {
  readonly kind: 'message' | 'reasoning' | 'call' | 'whole'
  readonly opening: JsonObject
  write(piece: Piece): readonly Fields[]
  /** The last events of the item; `item` is complete then. */
  close(status: ItemStatus): { readonly events: readonly Fields[]; readonly item: JsonObject }
}

/** Text and refusals, each run of one kind a content part. */
export class MessageItem implements OutputItem {
  readonly kind = 'message'
  readonly opening: JsonObject
  readonly #content: JsonObject[] = []
  #part: { readonly type: 'output_text' | 'refusal'; text: string; readonly annotations: JsonObject[]; readonly logprobs: JsonObject[] } | undefined

  constructor(id: string) {
    this.opening = { id, type: 'message', status: 'in_progress', role: 'assistant', content: [] }
  }

  write(piece: Piece): readonly Fields[] {
    if (piece.is === 'annotation') {
      const events = this.#openPart('output_text')
      const annotations = this.#part?.annotations ?? []
      annotations.push(piece.annotation)
      return [
        ...events,
        { type: 'response.output_text.annotation.added', ...this.#place(), annotation_index: annotations.length - 1, annotation: piece.annotation },
      ]
    }
    if (piece.is === 'reasoning' || piece.is === 'arguments') return []
    const events = this.#openPart(piece.is)
    if (this.#part !== undefined) this.#part.text += piece.text
    if (piece.is !== 'output_text') return [...events, { type: 'response.refusal.delta', ...this.#place(), delta: piece.text }]
    const logprobs = writeOpenAiLogprobs(piece.logprobs ?? [])
    this.#part?.logprobs.push(...logprobs)
    return [...events, { type: 'response.output_text.delta', ...this.#place(), delta: piece.text, logprobs }]
  }

  close(status: ItemStatus): { events: readonly Fields[]; item: JsonObject } {
    const events = this.#closePart()
    return { events, item: { ...this.opening, status, content: this.#content } }
  }

  #place(): { readonly content_index: number } {
    return { content_index: this.#content.length }
  }

  #openPart(type: 'output_text' | 'refusal'): Fields[] {
    if (this.#part?.type === type) return []
    const events = this.#closePart()
    this.#part = { type, text: '', annotations: [], logprobs: [] }
    return [...events, { type: 'response.content_part.added', ...this.#place(), part: this.#written() }]
  }

  #closePart(): Fields[] {
    const part = this.#part
    if (part === undefined) return []
    const written = this.#written()
    const place = this.#place()
    this.#content.push(written)
    this.#part = undefined
    const done: Fields =
      part.type === 'output_text'
        ? { type: 'response.output_text.done', ...place, text: part.text, logprobs: part.logprobs }
        : { type: 'response.refusal.done', ...place, refusal: part.text }
    return [done, { type: 'response.content_part.done', ...place, part: written }]
  }

  #written(): JsonObject {
    if (this.#part?.type === 'refusal') return { type: 'refusal', refusal: this.#part.text }
    return { type: 'output_text', text: this.#part?.text ?? '', annotations: [...(this.#part?.annotations ?? [])], logprobs: [...(this.#part?.logprobs ?? [])] }
  }
}

/** Reasoning as one summary, with what its maker wants back. */
export class ReasoningItem implements OutputItem {
  readonly kind = 'reasoning'
  readonly opening: JsonObject
  readonly #unsigned: string
  #text = ''
  #seal: string | undefined

  /** @param unsigned `encrypted_content` of reasoning that nobody signs */
  constructor(id: string, unsigned: string) {
    this.opening = { id, type: 'reasoning', summary: [] }
    this.#unsigned = unsigned
  }

  seal(sealed: string): void {
    this.#seal = sealed
  }

  write(piece: Piece): readonly Fields[] {
    if (piece.is !== 'reasoning') return []
    const events: Fields[] = []
    if (this.#text === '') events.push({ type: 'response.reasoning_summary_part.added', summary_index: 0, part: { type: 'summary_text', text: '' } })
    this.#text += piece.text
    events.push({ type: 'response.reasoning_summary_text.delta', summary_index: 0, delta: piece.text })
    return events
  }

  close(): { events: readonly Fields[]; item: JsonObject } {
    const part = { type: 'summary_text', text: this.#text }
    const events: Fields[] =
      this.#text === ''
        ? []
        : [
            { type: 'response.reasoning_summary_text.done', summary_index: 0, text: this.#text },
            { type: 'response.reasoning_summary_part.done', summary_index: 0, part },
          ]
    return { events, item: { ...this.opening, summary: this.#text === '' ? [] : [part], encrypted_content: this.#seal ?? this.#unsigned } }
  }
}

export class CallItem implements OutputItem {
  readonly kind = 'call'
  readonly opening: JsonObject
  readonly #name: DeclaredName
  #arguments = ''

  constructor(ids: { readonly item: string; readonly call: string }, flatName: string, tools: readonly Tool[]) {
    const { name, namespace, isFreeform } = declaredName(flatName, tools)
    this.#name = { name, isFreeform }
    const type = isFreeform ? { type: 'custom_tool_call', input: '' } : { type: 'function_call', arguments: '' }
    this.opening = { id: ids.item, ...type, status: 'in_progress', call_id: ids.call, name, ...known({ namespace }) }
  }

  write(piece: Piece): readonly Fields[] {
    if (piece.is !== 'arguments' || piece.text === '') return []
    this.#arguments += piece.text
    // a freeform tool's text can only be told once the JSON around it is complete
    return this.#name.isFreeform ? [] : [{ type: 'response.function_call_arguments.delta', delta: piece.text }]
  }

  close(status: ItemStatus): { events: readonly Fields[]; item: JsonObject } {
    if (this.#name.isFreeform) {
      const input = unwrapFreeform(this.#arguments)
      const delta: Fields[] = input === '' ? [] : [{ type: 'response.custom_tool_call_input.delta', delta: input }]
      return { events: [...delta, { type: 'response.custom_tool_call_input.done', input }], item: { ...this.opening, status, input } }
    }
    const events: Fields[] = []
    // clients parse the arguments without looking whether there are any
    if (this.#arguments === '') {
      this.#arguments = '{}'
      events.push({ type: 'response.function_call_arguments.delta', delta: '{}' })
    }
    events.push({ type: 'response.function_call_arguments.done', name: this.#name.name, arguments: this.#arguments })
    return { events, item: { ...this.opening, status, arguments: this.#arguments } }
  }
}

/** An item that only this format knows, as it came. */
export class WholeItem implements OutputItem {
  readonly kind = 'whole'
  readonly opening: JsonObject

  constructor(value: JsonObject, fallbackId: string) {
    const id: JsonValue = typeof value.id === 'string' && value.id !== '' ? value.id : fallbackId
    this.opening = { ...value, id }
  }

  write(): readonly Fields[] {
    return []
  }

  close(): { events: readonly Fields[]; item: JsonObject } {
    return { events: [], item: this.opening }
  }
}
