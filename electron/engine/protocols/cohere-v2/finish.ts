import type { Finish } from '../../../../shared/chat.ts'

const FINISHES: Readonly<Record<string, Finish>> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  TOOL_CALL: 'tool-calls',
  ERROR: 'error',
  ERROR_TOXIC: 'content-filter',
  TIMEOUT: 'error',
}

export function readFinish(raw: string): Finish {
  return FINISHES[raw] ?? 'stop'
}

/** Cohere has no word for filtered answers. */
const WORDS: Readonly<Record<Finish, string>> = {
  stop: 'COMPLETE',
  length: 'MAX_TOKENS',
  'tool-calls': 'TOOL_CALL',
  'content-filter': 'ERROR',
  error: 'ERROR',
}

export function writeFinish(reason: Finish, raw: string): string {
  return FINISHES[raw] === reason ? raw : WORDS[reason]
}
