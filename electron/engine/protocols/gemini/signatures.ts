/**
 * Gemini 3 answers 400 when the first functionCall of a step bears no signature. Calls that another provider's model made, or whose signature the
 * client has lost, get Google's own stand-in for one: https://ai.google.dev/gemini-api/docs/thought-signatures
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import type { IsLeftOut } from '../earlier-thoughts.ts'
import type { WriteTarget } from '../protocol.ts'
import { familyOf } from './families.ts'
import { isArray, isObject } from './fields.ts'

const PLACEHOLDER_SIGNATURE = 'skip_thought_signature_validator'

/** The parts of one step. Only its first call is looked at: with several at once the others bear none even in Gemini's own answers. */
export function signed(parts: readonly JsonObject[]): readonly JsonObject[] {
  const first = parts.findIndex((part) => callOf(part) !== undefined)
  const call = parts[first]
  if (call === undefined || isSigned(call)) return parts
  return parts.with(first, { ...call, thoughtSignature: PLACEHOLDER_SIGNATURE })
}

/** `contents` of a client's own body with the stand-ins it needs; nothing where it needs none. */
export function signedHistory(body: JsonObject, { upstreamModel }: Pick<WriteTarget, 'upstreamModel'>): { readonly contents?: JsonValue } {
  const { contents } = body
  if (!isArray(contents) || !familyOf(upstreamModel).demandsSignatures) return {}
  let hasChanged = false
  const turns = contents.map((turn) => {
    if (!isObject(turn) || turn.role !== 'model' || !isArray(turn.parts) || !turn.parts.every(isObject)) return turn
    const parts = signed(turn.parts)
    hasChanged ||= parts !== turn.parts
    return parts === turn.parts ? turn : { ...turn, parts }
  })
  return hasChanged ? { contents: turns } : {}
}

/** A body without thoughts and signatures of earlier turns. */
export function withoutSignatures(body: JsonObject, isLeftOut: IsLeftOut): JsonObject {
  const { contents } = body
  if (!isArray(contents)) return body
  const turns = contents.flatMap((turn) => {
    if (!isObject(turn) || !isArray(turn.parts)) return [turn]
    const said = turn.parts.flatMap((part): readonly JsonValue[] => {
      if (!isObject(part) || !isThought(part) || !isLeftOut(part)) return [part]
      const rest = part.thought === true ? {} : withoutSignature(part)
      return Object.keys(rest).length === 0 ? [] : [rest]
    })
    return said.length === 0 ? [] : [{ ...turn, parts: said }]
  })
  return { ...body, contents: turns }
}

function isThought(part: JsonObject): boolean {
  const signature = part.thoughtSignature ?? part.thought_signature
  return part.thought === true || (signature !== undefined && signature !== PLACEHOLDER_SIGNATURE)
}

function withoutSignature(part: JsonObject): JsonObject {
  const { thoughtSignature: _one, thought_signature: _other, ...rest } = part
  // an empty text is there to bear a signature
  return rest.text === '' ? {} : rest
}

/** Bodies are protobuf JSON, which knows each field under two spellings. */
function callOf(part: JsonObject): JsonValue | undefined {
  return part.functionCall ?? part.function_call
}

function isSigned(part: JsonObject): boolean {
  const signature = part.thoughtSignature ?? part.thought_signature
  return typeof signature === 'string' && signature !== ''
}
