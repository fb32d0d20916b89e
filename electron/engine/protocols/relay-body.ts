/**
 * Changes a few top-level fields of a JSON object in its own bytes and leaves every other byte as the client sent it: numbers beyond double
 * precision, key order, white space and unknown fields reach the provider untouched, and a 20 MB image is never parsed and printed again.
 */
import { Failure } from '../../../shared/failure.ts'
import { asBuffer } from '../as-buffer.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const COMMA = 0x2c
const COLON = 0x3a
/** Up to here it takes longer to call a search than to look at each byte. */
const NEAR_BYTES = 64

interface Member {
  readonly name: string
  /** From the opening quote of the name ... */
  readonly start: number
  readonly valueStart: number
  /** ... to the byte after the value. */
  readonly end: number
}

interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * `body` with each field of `edits` set to its JSON, or removed where it is undefined. Of repeated names the last one counts, as in JSON.parse; the
 * earlier ones are removed. The body must be a valid JSON object already (it has been parsed before).
 * @param parsed the names of its fields as JSON.parse gave them, where they are at hand: then they need not be read anew
 */
export function patchTopLevel(body: Uint8Array, edits: Readonly<Record<string, unknown>>, parsed: readonly string[] = NO_NAMES): Uint8Array {
  const bytes = asBuffer(body)
  const { members, close, areAsParsed } = topLevel(bytes, parsed)
  // an object that has been parsed repeats no name
  const later = areAsParsed ? undefined : new Set<string>()
  const splices: Splice[] = []
  let kept = 0
  // from the back, so that of repeated names the last one is the one that is kept
  for (let index = members.length - 1; index >= 0; index--) {
    const member = members[index]
    if (member === undefined) continue
    const { name } = member
    const isRepeated = later?.has(name) === true
    later?.add(name)
    const isEdited = Object.hasOwn(edits, name)
    const value = isEdited ? edits[name] : undefined
    if (isRepeated || (isEdited && value === undefined)) {
      // with the comma that follows, or the one before when nothing is kept behind it
      splices.push(
        kept > 0
          ? { start: member.start, end: members[index + 1]?.start ?? member.end, text: '' }
          : { start: members[index - 1]?.end ?? member.start, end: member.end, text: '' },
      )
      continue
    }
    kept++
    if (isEdited) splices.push({ start: member.valueStart, end: member.end, text: JSON.stringify(value) })
  }
  splices.reverse()
  let added = ''
  for (const name in edits) {
    const value = edits[name]
    if (value === undefined || members.some((member) => member.name === name)) continue
    added += `${kept + added.length > 0 ? ',' : ''}${JSON.stringify(name)}:${JSON.stringify(value)}`
  }
  if (added !== '') splices.push({ start: close, end: close, text: added })
  return spliced(bytes, splices)
}

const NO_NAMES: readonly string[] = []

/** The JSON of a top-level field as it stands in the body; undefined where there is none. Of repeated names the last one counts. */
export function topLevelText(body: Uint8Array, field: string): string | undefined {
  const bytes = asBuffer(body)
  const member = topLevel(bytes, NO_NAMES).members.findLast(({ name }) => name === field)
  return member === undefined ? undefined : bytes.toString('utf8', member.valueStart, member.end)
}

/** Splices come in order and may overlap at a removed comma; what has gone already is not taken again. */
function spliced(bytes: Buffer, splices: readonly Splice[]): Buffer {
  let size = bytes.length
  let at = 0
  for (const { start, end, text } of splices) {
    size += Buffer.byteLength(text) - Math.max(0, end - Math.max(at, start))
    at = Math.max(at, end)
  }
  const whole = Buffer.allocUnsafe(size)
  let filled = 0
  at = 0
  for (const { start, end, text } of splices) {
    if (start > at) filled += bytes.copy(whole, filled, at, start)
    if (text !== '') filled += whole.write(text, filled)
    at = Math.max(at, end)
  }
  bytes.copy(whole, filled, at)
  return whole
}

interface TopLevel {
  readonly members: readonly Member[]
  readonly close: number
  /** Exactly the names that were expected, in that order. */
  readonly areAsParsed: boolean
}

function topLevel(bytes: Buffer, parsed: readonly string[]): TopLevel {
  const members: Member[] = []
  let areAsParsed = true
  let at = skipSpace(bytes, 0)
  if (bytes[at] !== OPEN_BRACE) throw new Failure('internal', 'A body to be relayed is no JSON object.')
  at = skipSpace(bytes, at + 1)
  while (at < bytes.length && bytes[at] !== CLOSE_BRACE) {
    const start = at
    const nameEnd = stringEnd(bytes, at)
    const expected = parsed[members.length]
    const isAsParsed = expected !== undefined && stands(expected, bytes, start + 1, nameEnd - 1)
    areAsParsed &&= isAsParsed
    const name = isAsParsed ? expected : nameOf(bytes, start, nameEnd)
    at = skipSpace(bytes, nameEnd)
    if (bytes[at] !== COLON) break
    const valueStart = skipSpace(bytes, at + 1)
    const end = valueEnd(bytes, valueStart)
    members.push({ name, start, valueStart, end })
    at = skipSpace(bytes, end)
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1)
  }
  return { members, close: at, areAsParsed: areAsParsed && members.length === parsed.length }
}

/** Whether a name of plain characters stands there, letter by letter. */
function stands(name: string, bytes: Buffer, start: number, end: number): boolean {
  if (name.length !== end - start) return false
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index)
    if (code !== bytes[start + index] || code > 0x7f || code === BACKSLASH) return false
  }
  return true
}

/** Names are short and plain nearly always; those with escapes take the long way. */
function nameOf(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end)
  return text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1)
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from
  for (;;) {
    const byte = bytes[at]
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at
    at++
  }
}

/** The byte after the string that opens at `from`. `indexOf` runs over long texts at memory speed. */
function stringEnd(bytes: Buffer, from: number): number {
  let at = from + 1
  for (const near = Math.min(bytes.length, at + NEAR_BYTES); at < near; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) return at + 1
    // what follows it is part of the escape
    if (byte === BACKSLASH) at++
  }
  // from here on no character before `at` belongs to an escape that goes on
  const settled = at
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at)
    if (quote < 0) return bytes.length
    let slashes = 0
    while (quote - 1 - slashes >= settled && bytes[quote - 1 - slashes] === BACKSLASH) slashes++
    if (slashes % 2 === 0) return quote + 1
    at = quote + 1
  }
}

function valueEnd(bytes: Buffer, from: number): number {
  if (bytes[from] === QUOTE) return stringEnd(bytes, from)
  let at = from
  let depth = 0
  while (at < bytes.length) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      at = stringEnd(bytes, at)
      continue
    }
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth === 0) return at
      depth--
      if (depth === 0) return at + 1
    } else if (depth === 0 && (byte === COMMA || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)) return at
    at++
  }
  return at
}
