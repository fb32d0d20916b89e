/** Why an answer ended: Anthropic's words and ours. */
import type { Finish } from '../../../../shared/chat.ts'

const FINISH_OF: Readonly<Record<string, Finish>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  // a long server-side tool turn was paused; the client sends it back to go on
  pause_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  refusal: 'content-filter',
}

/** A word that came after this was written still ends the answer well. */
export function finishOf(stopReason: string): Finish {
  return FINISH_OF[stopReason] ?? 'stop'
}

export interface EndOfAnswer {
  readonly reason: 'stop' | 'length' | 'tool-calls' | 'content-filter'
  readonly raw: string
  readonly stopSequence: string | undefined
  readonly hasToolCalls: boolean
  readonly refused: boolean
}

export function stopReasonOf(end: EndOfAnswer): string {
  // Anthropic's own word survives a rewrite (pause_turn has no counterpart elsewhere)
  if (FINISH_OF[end.raw] === end.reason) return end.raw
  switch (end.reason) {
    case 'length':
      return 'max_tokens'
    case 'content-filter':
      return 'refusal'
    case 'tool-calls':
      return 'tool_use'
    case 'stop':
      if (end.refused) return 'refusal'
      // OpenAI says `stop` after a call that the client had named; Anthropic's clients run tools only on tool_use
      if (end.hasToolCalls) return 'tool_use'
      return end.stopSequence === undefined ? 'end_turn' : 'stop_sequence'
  }
}
