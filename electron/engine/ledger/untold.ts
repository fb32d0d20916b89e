/** What an answer used beyond what its provider has told, reckoned from what was written and asked. */
import { type ChatView, type Tokens, totalInput, totalOutput } from '../../../shared/chat.ts'
import type { AnswerSummary } from './answer-summary.ts'
import { estimateInput } from './estimate.ts'

/**
 * An answer that ended before its provider had told what it used was charged all the same: what was written since its last count is reckoned from the text,
 * and so is an input that nobody counted. undefined: everything was counted, or there is nothing to go by.
 */
export function withUntold({ tokens, finish, uncountedTokens }: AnswerSummary, asked: Pick<ChatView, 'messages' | 'tools' | 'output'>): Tokens | undefined {
  const isCounted = finish !== undefined && totalOutput(tokens) !== undefined
  const written = isCounted ? 0 : uncountedTokens
  const read = totalInput(tokens) === undefined ? estimateInput(asked) : 0
  if (written === 0 && read === 0) return undefined
  return { ...tokens, ...(read > 0 && { input: read }), ...(written > 0 && { output: (tokens.output ?? 0) + written }) }
}
