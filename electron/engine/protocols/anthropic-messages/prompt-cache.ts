/**
 * Automatic marks for Anthropic's prompt cache. A mark costs a quarter more for what it writes and saves nine tenths of what is read again within five
 * minutes, so it pays from the second time on; below a size that depends on the model nothing is kept, and no error says so.
 * Source: https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
import type { ChatView, Part } from '../../../../shared/chat.ts'

export type AutomaticMarks = 'off' | 'safe' | 'aggressive'

/** Least tokens of a prefix that is kept, by model; the first row that fits holds. Where sources differ, the larger figure. */
const LEAST_TOKENS: readonly (readonly [pattern: RegExp, tokens: number])[] = [
  [/claude-(?:opus|sonnet|haiku)-5[-.]5|claude-opus-5(?!\d)|fable-5/i, 512],
  [/claude-opus-4[-.][5-8](?!\d)|claude-haiku-4[-.]5(?!\d)/i, 4_096],
  [/claude-3(?:[-.]5)?-haiku/i, 2_048],
]
const LEAST_TOKENS_OTHERWISE = 1_024

/** Of English text; others have fewer, so that what is estimated to be long enough is. */
const CHARACTERS_A_TOKEN = 4

export function leastTokens(model: string): number {
  return LEAST_TOKENS.find(([pattern]) => pattern.test(model))?.[1] ?? LEAST_TOKENS_OTHERWISE
}

/**
 * Whether the whole prompt so far is to be kept for the next turn (a `cache_control` at the top level of the body). Never where the client has set marks of
 * its own. 'safe': only where a next turn is likely, for the conversation has had one already or the model may call tools. 'aggressive': wherever
 * the prompt is long enough to be kept.
 */
export function wantsMark(view: ChatView, model: string, marks: AutomaticMarks): boolean {
  if (marks === 'off' || hasMarks(view)) return false
  const goesOn = view.tools.length > 0 || view.messages.some(({ role }) => role === 'assistant')
  if (marks === 'safe' && !goesOn) return false
  const least = leastTokens(model) * CHARACTERS_A_TOKEN
  let characters = 0
  for (const tool of view.tools) characters += JSON.stringify(tool).length
  for (const { parts } of view.messages) {
    characters += charactersOf(parts)
    if (characters >= least) return true
  }
  return characters >= least
}

function hasMarks(view: ChatView): boolean {
  return (
    view.unmodelled.cache_control !== undefined ||
    view.tools.some(({ cache }) => cache !== undefined) ||
    view.messages.some(({ parts }) => parts.some((part) => 'cache' in part && part.cache !== undefined))
  )
}

function charactersOf(parts: readonly Part[]): number {
  let characters = 0
  for (const part of parts) {
    if (part.type === 'text' || part.type === 'reasoning') characters += part.text.length
    else if (part.type === 'tool-call') characters += part.arguments.length
    else if (part.type === 'tool-result') characters += charactersOf(part.parts)
  }
  return characters
}
