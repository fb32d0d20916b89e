/** Why an answer ended, in Gemini's words and ours. Words: FinishReason of https://ai.google.dev/api/generate-content#FinishReason */
import type { Finish } from '../../../../shared/chat.ts'

const FINISH_BY_REASON: ReadonlyMap<string, Finish> = new Map<string, Finish>([
  ['STOP', 'stop'],
  ['FINISH_REASON_UNSPECIFIED', 'stop'],
  ['MAX_TOKENS', 'length'],
  // more can be had by a continuation token; to everyone else the answer was cut
  ['CONTINUATION', 'length'],
  ['SAFETY', 'content-filter'],
  ['RECITATION', 'content-filter'],
  ['LANGUAGE', 'content-filter'],
  ['BLOCKLIST', 'content-filter'],
  ['PROHIBITED_CONTENT', 'content-filter'],
  ['SPII', 'content-filter'],
  ['IMAGE_SAFETY', 'content-filter'],
  ['IMAGE_PROHIBITED_CONTENT', 'content-filter'],
  ['IMAGE_RECITATION', 'content-filter'],
  ['MALFORMED_FUNCTION_CALL', 'error'],
  ['UNEXPECTED_TOOL_CALL', 'error'],
  ['TOO_MANY_TOOL_CALLS', 'error'],
  ['MISSING_THOUGHT_SIGNATURE', 'error'],
  ['MALFORMED_RESPONSE', 'error'],
  ['NO_IMAGE', 'error'],
  ['IMAGE_OTHER', 'error'],
  ['OTHER', 'error'],
])

/** Gemini says STOP after function calls too. Words that are new since this was written named something unusual so far: 'error'. */
export function readFinish(reason: string, hasCalls: boolean): Finish {
  const finish = FINISH_BY_REASON.get(reason) ?? 'error'
  return finish === 'stop' && hasCalls ? 'tool-calls' : finish
}

const REASON_BY_FINISH: Readonly<Record<Finish, string>> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  'tool-calls': 'STOP',
  'content-filter': 'SAFETY',
  error: 'OTHER',
}

/** Gemini's own word when the answer bore one, else the nearest it has. */
export function writeFinish(finish: Finish, raw: string): string {
  const own = FINISH_BY_REASON.get(raw)
  const same = own === finish || (own === 'stop' && finish === 'tool-calls')
  return same ? raw : REASON_BY_FINISH[finish]
}
