import type { ChatEvent, JsonObject } from '../../../../shared/chat.ts'
import { numberOf, objectOf, parseJson, textOf } from '../json.ts'

interface Call {
  readonly index: number
  /** What the provider calls it: its index, its id, or both; either may be missing. */
  readonly wireIndex: number | undefined
  readonly wireId: string | undefined
  name: string
  arguments: string
  /** A call is told once its name is known. */
  started: boolean
  /** Its arguments are a freeform tool's text, told as the one argument of a JSON object. */
  isFreeform: boolean
}

const NOTHING: readonly never[] = []

/**
 * Puts tool calls together from deltas, for providers that number them, for those that do not, for those that give several calls one index, and
 * for those that send each call whole, repeat the id in each piece or leave it out.
 */
export class ToolCalls {
  readonly #calls: Call[] = []
  /** Gemini's signatures that came before the call they belong to. */
  #signatures: Map<string, string> | undefined
  #ended = 0

  get count(): number {
    return this.#calls.length
  }

  /** A signature for a call that is still to come. */
  expectSignature(callId: string, signature: string): void {
    this.#signatures ??= new Map()
    this.#signatures.set(callId, signature)
  }

  /** @param answerId makes ids of calls without one unlike those of other turns. @param position stands in for the index in whole answers. */
  read(delta: JsonObject, answerId: string, position?: number): ChatEvent[] {
    const custom = objectOf(delta.custom)
    const definition = objectOf(delta.function) ?? custom
    const name = textOf(definition?.name)
    const id = textOf(delta.id)
    const wireIndex = position ?? numberOf(delta.index) ?? numberOf(definition?.index)
    const written = custom === undefined ? definition?.arguments : custom.input
    const piece = typeof written === 'string' ? written : written === undefined || written === null ? '' : JSON.stringify(written)
    if (name === undefined && id === undefined && piece === '' && this.#calls.length === 0) return []

    let call = this.#find(wireIndex, id, name)
    if (call === undefined) {
      call = { index: this.#calls.length, wireIndex, wireId: id, name: '', arguments: '', started: false, isFreeform: custom !== undefined }
      this.#calls.push(call)
    }
    if (call.name === '' && name !== undefined) call.name = name
    const google = objectOf(objectOf(delta.extra_content)?.google)
    const signature = textOf(google?.thought_signature) ?? this.#signatures?.get(id ?? '')
    return this.#advance(call, piece, answerId, signature)
  }

  #find(wireIndex: number | undefined, id: string | undefined, name: string | undefined): Call | undefined {
    const last = this.#calls.at(-1)
    const candidate =
      wireIndex === undefined
        ? this.#calls.findLast((call) => id !== undefined && call.wireId === id)
        : this.#calls.findLast((call) => call.wireIndex === wireIndex)
    const known = candidate ?? (wireIndex === undefined && id === undefined ? last : undefined)
    if (known === undefined || name === undefined || known.name === '') return known
    // A name where one is known already: a repetition, or another call under the same number.
    if (id !== undefined && known.wireId !== undefined && id !== known.wireId) return undefined
    const sameId = id !== undefined && id === known.wireId
    return !sameId && known.arguments !== '' && parseJson(known.arguments) !== undefined ? undefined : known
  }

  #advance(call: Call, piece: string, answerId: string, signature: string | undefined): ChatEvent[] {
    const events: ChatEvent[] = []
    call.arguments += piece
    if (call.started) {
      if (piece !== '') events.push({ type: 'tool-call-delta', index: call.index, arguments: call.isFreeform ? escaped(piece) : piece })
      return events
    }
    if (call.name === '') return events
    call.started = true
    const id = call.wireId ?? `call_${answerId.replace(/\W+/g, '')}_${call.index}`
    events.push({ type: 'tool-call-start', index: call.index, id, name: call.name, ...(signature === undefined ? {} : { signature }) })
    this.#signatures?.delete(id)
    const told = call.isFreeform ? FREEFORM.before + escaped(call.arguments) : call.arguments
    if (told !== '') events.push({ type: 'tool-call-delta', index: call.index, arguments: told })
    return events
  }

  /** Whether some call's arguments stop in the middle of a JSON text. Ill-formed but complete arguments are the model's own mistake and pass. */
  get isBrokenOff(): boolean {
    return this.#calls.some((call) => !call.isFreeform && isCutShort(call.arguments))
  }

  /** Ends the calls that have not been ended yet, and hands out signatures whose call never came. */
  end(): readonly ChatEvent[] {
    if (this.#calls.length === 0 && this.#signatures === undefined) return NOTHING
    const events: ChatEvent[] = []
    for (const { index, started, isFreeform } of this.#calls.slice(this.#ended)) {
      if (!started) continue
      if (isFreeform) events.push({ type: 'tool-call-delta', index, arguments: FREEFORM.after })
      events.push({ type: 'tool-call-end', index })
    }
    this.#ended = this.#calls.length
    for (const signature of this.#signatures?.values() ?? []) events.push({ type: 'reasoning-signature', signature, format: 'gemini' })
    this.#signatures = undefined
    return events
  }
}

/** What a freeform tool's text stands between, see freeform.ts. */
const FREEFORM = { before: '{"input":"', after: '"}' } as const

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** Whether a JSON text ends inside a string or with brackets open. */
export function isCutShort(json: string): boolean {
  let depth = 0
  let isInString = false
  for (let index = 0; index < json.length; index++) {
    const character = json[index]
    if (isInString) {
      if (character === '\\') index++
      else if (character === '"') isInString = false
    } else if (character === '"') isInString = true
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
  }
  return isInString || depth > 0
}
