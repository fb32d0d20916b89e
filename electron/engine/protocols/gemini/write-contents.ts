/**
 * Canonical messages as Gemini's `contents`. Gemini is strict about their order: user and model take turns, and the turn after function calls
 * holds exactly one functionResponse for each of them (https://ai.google.dev/gemini-api/docs/function-calling).
 */
import type { JsonObject, Message, Part, ToolCallPart, ToolResultPart } from '../../../../shared/chat.ts'
import { opaqueName, thoughtName } from '../left-out.ts'
import type { Family } from './families.ts'
import { parseObject } from './fields.ts'
import { writeMedia } from './media.ts'
import { signed } from './signatures.ts'

const NO_RESULT = 'The conversation holds no result of this call.'

interface Turn {
  readonly role: 'user' | 'model'
  readonly parts: readonly JsonObject[]
}

export interface WrittenContents {
  readonly systemInstruction: JsonObject | undefined
  readonly contents: readonly JsonObject[]
}

/** `dropped` gains the names of what Gemini cannot be told. */
export function writeContents(messages: readonly Message[], family: Family, dropped: Set<string>): WrittenContents {
  const firstTurn = messages.findIndex((message) => message.role !== 'system')
  const leading = messages.slice(0, firstTurn < 0 ? messages.length : firstTurn)
  const instructions = leading.flatMap((message) => writeParts(message.parts, dropped))
  const turns: Turn[] = []
  let open: readonly ToolCallPart[] = []
  for (const run of runs(firstTurn < 0 ? [] : messages.slice(firstTurn))) {
    if (run.role === 'assistant') {
      const parts = run.messages.flatMap((message) => writeParts(message.parts, dropped))
      push(turns, { role: 'model', parts: family.demandsSignatures ? signed(parts) : parts })
      open = run.messages.flatMap((message) => message.parts.filter((part) => part.type === 'tool-call'))
    } else {
      push(turns, { role: 'user', parts: writeUserRun(run.messages, open, family, dropped) })
      open = []
    }
  }
  // a request needs at least one turn, and some models know no instructions
  const alone = turns.length === 0 || !family.takesSystemInstruction
  if (alone && instructions.length > 0) {
    const [first, ...others] = turns
    const opening: Turn = { role: 'user', parts: [...instructions, ...(first?.role === 'user' ? first.parts : [])] }
    turns.splice(0, turns.length, opening, ...(first?.role === 'model' ? [first] : []), ...others)
  }
  return {
    systemInstruction: alone || instructions.length === 0 ? undefined : { parts: instructions },
    contents: turns.map((turn) => ({ role: turn.role, parts: turn.parts })),
  }
}

interface Run {
  readonly role: 'assistant' | 'user'
  readonly messages: Message[]
}

/** Neighbouring messages of one side. */
function runs(messages: readonly Message[]): Run[] {
  const found: Run[] = []
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const last = found.at(-1)
    if (last?.role === role) last.messages.push(message)
    else found.push({ role, messages: [message] })
  }
  return found
}

/** A turn without parts is a 400: it is left out, and its neighbours become one. */
function push(turns: Turn[], turn: Turn): void {
  if (turn.parts.length === 0) return
  const last = turns.at(-1)
  if (last?.role === turn.role) turns[turns.length - 1] = { role: turn.role, parts: [...last.parts, ...turn.parts] }
  else turns.push(turn)
}

/** Results first and in the order of their calls, whatever order they came in; then the rest as it was said. */
function writeUserRun(messages: readonly Message[], open: readonly ToolCallPart[], family: Family, dropped: Set<string>): JsonObject[] {
  const results = messages.flatMap((message) => message.parts.filter((part) => part.type === 'tool-result'))
  const attachments: JsonObject[] = []
  const responses = open.map((call) => {
    const index = results.findIndex((result) => result.callId === call.id)
    const [result] = index < 0 ? [] : results.splice(index, 1)
    if (result === undefined) return writeResponse(call.id, call.name, { error: NO_RESULT }, [])
    const media = result.parts.flatMap((part) => (isMedia(part) ? [writeMedia(part)] : []))
    if (!family.takesMediaInResults) attachments.push(...media.splice(0))
    return writeResponse(call.id, result.name ?? call.name, outcomeOf(result), media)
  })
  const orphans = new Set<Part>(results)
  const said = messages.flatMap((message) => {
    const parts = message.parts.flatMap((part) => {
      if (part.type !== 'tool-result') return [part]
      return orphans.has(part) ? orphanParts(part) : []
    })
    const written = writeParts(parts, dropped)
    return message.role === 'system' ? written.map(asInstruction) : written
  })
  return [...responses, ...attachments, ...said]
}

function writeResponse(id: string, name: string, response: JsonObject, media: readonly JsonObject[]): JsonObject {
  return { functionResponse: { id, name, response, ...(media.length === 0 ? {} : { parts: media }) } }
}

/** Gemini takes an object: one goes as it is, anything else under Google's own key for it. */
function outcomeOf(result: ToolResultPart): JsonObject {
  const text = textOf(result)
  if (result.isError) return { error: text }
  if (text === '' && result.parts.some(isMedia)) return {}
  // a number of 16 digits or more would come out of JSON.parse as another number
  const object = /\d{16}/.test(text) ? undefined : parseObject(text)
  return object ?? { result: text }
}

function textOf(result: ToolResultPart): string {
  return result.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
}

/** A result whose call is gone (cut from the history, or answered twice) can only be told in words. */
function orphanParts(result: ToolResultPart): Part[] {
  const label = result.name === undefined ? '<tool-result>' : `<tool-result name="${result.name}">`
  return [{ type: 'text', text: `${label}\n${textOf(result)}\n</tool-result>` }, ...result.parts.filter(isMedia)]
}

/** Gemini knows instructions at the beginning only; later ones keep their rank by a tag. */
function asInstruction(part: JsonObject): JsonObject {
  return typeof part.text === 'string' ? { text: `<system>\n${part.text}\n</system>` } : part
}

function isMedia(part: Part): part is Part & { type: 'image' | 'document' | 'audio' } {
  return part.type === 'image' || part.type === 'document' || part.type === 'audio'
}

function writeParts(parts: readonly Part[], dropped: Set<string>): JsonObject[] {
  const written: JsonObject[] = []
  for (const part of parts) {
    if ('cache' in part && part.cache !== undefined) dropped.add('cache_control')
    switch (part.type) {
      case 'text':
        if (part.text !== '') written.push({ text: part.text })
        break
      case 'image':
        if (part.detail !== undefined && part.detail !== 'auto') dropped.add('detail')
        written.push(writeMedia(part))
        break
      case 'document':
        if (part.name !== undefined) dropped.add('filename')
        written.push(writeMedia(part))
        break
      case 'audio':
        written.push(writeMedia(part))
        break
      case 'reasoning':
        // reasoning of another provider means nothing here, and its signature would be refused
        if (part.format !== 'gemini') dropped.add(thoughtName(part))
        else if (part.text !== '' || part.signature !== undefined) {
          const signature = part.signature === undefined ? {} : { thoughtSignature: part.signature }
          written.push({ text: part.text, ...(part.text === '' ? {} : { thought: true }), ...signature })
        }
        break
      case 'tool-call':
        written.push(writeCall(part))
        break
      case 'tool-result':
        // in a model turn or among the instructions, where no dialect puts it
        written.push(...writeParts(orphanParts(part), dropped))
        break
      case 'opaque':
        if (part.protocol === 'gemini') writeOpaque(part.value, written)
        else dropped.add(opaqueName(part.value))
        break
      default:
        part satisfies never
    }
  }
  return written
}

/** A whole part, or the signature of the part before it. */
function writeOpaque(value: JsonObject, written: JsonObject[]): void {
  const { thoughtSignature, ...others } = value
  const last = written.at(-1)
  if (thoughtSignature === undefined || Object.keys(others).length > 0) written.push(value)
  else if (last === undefined || last.thoughtSignature !== undefined) written.push({ text: '', thoughtSignature })
  else written[written.length - 1] = { ...last, thoughtSignature }
}

function writeCall(part: ToolCallPart): JsonObject {
  const text = part.arguments.trim()
  // models do write broken arguments now and then; the history keeps what they wrote, since an empty call would tell another story
  const args = text === '' || text === 'null' ? {} : (parseObject(text) ?? { arguments: part.arguments })
  const signature = part.signature === undefined ? {} : { thoughtSignature: part.signature }
  return { functionCall: { id: part.id, name: part.name, args }, ...signature }
}
