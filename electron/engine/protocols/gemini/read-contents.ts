/** `contents` and `systemInstruction` of a client's request as canonical messages. */
import type { JsonObject, JsonValue, Message, Part, ToolResultPart } from '../../../../shared/chat.ts'
import { badRequest, Fields, isArray, isObject } from './fields.ts'
import { readFileData, readInlineData } from './media.ts'

/** Where fields end up that no canonical part holds, by their place in the body. */
export type Rest = Map<string, JsonValue>

/** @throws Failure 'bad-request' naming the place. */
export function readContents(body: Fields, rest: Rest): Message[] {
  const contents = body.objects('contents')
  if (contents === undefined || contents.length === 0) throw badRequest('contents', 'a list of at least one turn')
  const calls = new Calls()
  const messages: Message[] = []
  for (const content of contents) {
    const role = readRole(content)
    const results: ToolResultPart[] = []
    const parts: Part[] = []
    for (const part of content.objects('parts') ?? []) {
      const read = readPart(part, calls, rest)
      for (const one of read) {
        if (one.type === 'tool-result') results.push(one)
        else parts.push(one)
      }
    }
    content.leaveRest(rest)
    // one Gemini turn may carry results and words; the results answer the turn before and so come first
    if (results.length > 0) messages.push({ role: 'tool', parts: results })
    if (parts.length > 0 || results.length === 0) messages.push({ role, parts })
  }
  return messages
}

/** `systemInstruction` comes as a Content, as a list of parts or as bare text; its role means nothing. */
export function readSystem(body: Fields, rest: Rest): Message[] {
  const value = body.value('systemInstruction')
  if (value === undefined) return []
  const place = body.place('systemInstruction')
  if (typeof value === 'string') return value === '' ? [] : [{ role: 'system', parts: [{ type: 'text', text: value }] }]
  const content = new Fields(isArray(value) ? { parts: value.map(asPart) } : asContent(value), place)
  content.value('role')
  const calls = new Calls()
  const parts = (content.objects('parts') ?? []).flatMap((part) => readPart(part, calls, rest))
  content.leaveRest(rest)
  return parts.length === 0 ? [] : [{ role: 'system', parts }]
}

function asPart(value: JsonValue): JsonValue {
  return typeof value === 'string' ? { text: value } : value
}

/** A lone part where a Content should be: `systemInstruction: {text: '...'}`. */
function asContent(value: JsonValue): JsonValue {
  return isObject(value) && value.parts === undefined && value.text !== undefined ? { parts: [value] } : value
}

function readRole(content: Fields): 'user' | 'assistant' | 'system' {
  const role = content.string('role') ?? 'user'
  if (role === 'user' || role === 'function' || role === 'tool' || role === '') return 'user'
  if (role === 'model') return 'assistant'
  if (role === 'system') return 'system'
  throw badRequest(content.place('role'), "'user' or 'model'")
}

/** One wire part as canonical parts: none for an empty one, two where a signature hangs on a text. */
function readPart(part: Fields, calls: Calls, rest: Rest): Part[] {
  const signature = part.string('thoughtSignature')
  const call = part.object('functionCall')
  if (call !== undefined) {
    part.leaveRest(rest)
    return [readCall(call, calls, signature, rest)]
  }
  const response = part.object('functionResponse')
  if (response !== undefined) {
    const result = readResult(response, calls, rest)
    part.leaveRest(rest)
    return [result]
  }
  const media = readMedia(part, rest)
  if (media !== undefined) {
    // an opaque part is the whole part, signature and all
    if (media.type === 'opaque') return [media]
    part.leaveRest(rest)
    return [media, ...hung(signature)]
  }
  const text = part.string('text')
  if (text === undefined && Object.keys(part.raw).some((key) => key !== 'thoughtSignature' && key !== 'thought_signature')) {
    return [{ type: 'opaque', protocol: 'gemini', value: part.raw }]
  }
  const thought = part.boolean('thought') === true
  part.leaveRest(rest)
  // an empty text with a signature stands alone on the wire, and does so again when written
  if (thought || text === undefined || text === '') {
    if (signature === undefined && (text === undefined || text === '')) return []
    return [{ type: 'reasoning', text: text ?? '', format: 'gemini', ...(signature === undefined ? {} : { signature }) }]
  }
  return [{ type: 'text', text }, ...hung(signature)]
}

/** A signature that belongs to the part before it. */
function hung(signature: string | undefined): Part[] {
  return signature === undefined ? [] : [{ type: 'opaque', protocol: 'gemini', value: { thoughtSignature: signature } }]
}

function readMedia(part: Fields, rest: Rest): Part | undefined {
  const inline = part.object('inlineData')
  const file = inline === undefined ? part.object('fileData') : undefined
  if (inline === undefined && file === undefined) return undefined
  const media = inline === undefined ? file && readFileData(file) : readInlineData(inline)
  if (media === undefined) return { type: 'opaque', protocol: 'gemini', value: part.raw }
  inline?.leaveRest(rest)
  file?.leaveRest(rest)
  return media
}

function readCall(call: Fields, calls: Calls, signature: string | undefined, rest: Rest): Part {
  const name = call.string('name')
  if (name === undefined || name === '') throw badRequest(call.place('name'), 'the name of a function')
  const args = call.value('args')
  if (args !== undefined && !isObject(args)) throw badRequest(call.place('args'), 'an object')
  const id = calls.call(call.string('id'), name)
  call.leaveRest(rest)
  return { type: 'tool-call', id, name, arguments: JSON.stringify(args ?? {}), ...(signature === undefined ? {} : { signature }) }
}

function readResult(response: Fields, calls: Calls, rest: Rest): ToolResultPart {
  const name = response.string('name')
  if (name === undefined || name === '') throw badRequest(response.place('name'), 'the name of a function')
  const callId = calls.answer(response.string('id'), name)
  const media = (response.objects('parts') ?? []).flatMap((part): Part[] => {
    const read = readMedia(part, rest) ?? { type: 'opaque', protocol: 'gemini', value: part.raw }
    if (read.type !== 'opaque') part.leaveRest(rest)
    return [read]
  })
  const value = response.value('response')
  if (value !== undefined && !isObject(value)) throw badRequest(response.place('response'), 'an object')
  response.leaveRest(rest)
  const { text, isError } = readOutcome(value ?? {})
  const words: Part[] = text === '{}' && media.length > 0 ? [] : [{ type: 'text', text }]
  return { type: 'tool-result', callId, name, parts: [...words, ...media], isError }
}

/** Google's convention: `result` or `output` holds a success, `error` a failure; anything else is the result itself. */
function readOutcome(response: JsonObject): { readonly text: string; readonly isError: boolean } {
  const [key, ...others] = Object.keys(response)
  if (key !== undefined && others.length === 0) {
    const value = response[key] as JsonValue
    if (key === 'error') return { text: typeof value === 'string' ? value : JSON.stringify(value), isError: true }
    if ((key === 'result' || key === 'output') && typeof value === 'string') return { text: value, isError: false }
  }
  return { text: JSON.stringify(response), isError: false }
}

/**
 * Which result answers which call. Gemini's ids are optional on both sides: a call without one gets its number in the conversation, so that it is
 * the same in each later turn; a result goes to the open call of its id, else to the first open one of its name.
 */
class Calls {
  readonly #open: { readonly id: string; readonly name: string }[] = []
  readonly #ids = new Set<string>()
  #count = 0

  call(given: string | undefined, name: string): string {
    const id = given || this.#makeUp()
    this.#ids.add(id)
    this.#open.push({ id, name })
    return id
  }

  answer(given: string | undefined, name: string): string {
    let index = given ? this.#open.findIndex((call) => call.id === given) : -1
    if (index < 0) index = this.#open.findIndex((call) => call.name === name)
    const [call] = index < 0 ? [] : this.#open.splice(index, 1)
    return call?.id ?? (given || this.#makeUp())
  }

  #makeUp(): string {
    let id = `call_${this.#count++}`
    while (this.#ids.has(id)) id = `call_${this.#count++}`
    return id
  }
}
