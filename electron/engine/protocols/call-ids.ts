/** Ids of tool calls as formats take them that set a limit: other providers' and gateways' ids may be much longer. */
import { createHash } from 'node:crypto'

/** 128 bits, so that no two calls of a conversation fall together. */
const DIGEST_CHARACTERS = 32

/** The id itself where it is short enough; otherwise one that is the same for it every time, so that calls and results keep finding each other. */
export function fittedCallId(id: string, longest: number): string {
  return id.length <= longest ? id : `call_${createHash('sha256').update(id).digest('hex').slice(0, DIGEST_CHARACTERS)}`
}
