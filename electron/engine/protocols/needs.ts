import type { Message, Need, OutputFormat, Part, ReasoningWish, Tool } from '../../../shared/chat.ts'

interface Asked {
  readonly messages: readonly Message[]
  readonly tools: readonly Tool[]
  readonly output?: OutputFormat | undefined
  readonly reasoning?: ReasoningWish | undefined
}

const NOTHING_SPECIAL: ReadonlySet<Need> = new Set()

/** What a conversation needs from a model, read off its parts and options. */
export function needsOf(asked: Asked): ReadonlySet<Need> {
  const isPlain = asked.tools.length === 0 && asked.output === undefined && asked.reasoning === undefined && asked.messages.every(hasOnlyText)
  if (isPlain) return NOTHING_SPECIAL
  const needs = new Set<Need>()
  if (asked.tools.length > 0) needs.add('tools')
  if (asked.output?.type === 'json-schema') needs.add('json-schema')
  if (wantsReasoning(asked.reasoning)) needs.add('reasoning')
  for (const message of asked.messages) addPartNeeds(message.parts, needs)
  return needs
}

/** Whether the model is to think; a wish to be told what it thought is none. */
export function wantsReasoning(wish: ReasoningWish | undefined): boolean {
  if (wish === undefined) return false
  if (wish.effort !== undefined) return wish.effort !== 'none'
  return wish.adaptive === true || (wish.budgetTokens ?? 0) > 0
}

function hasOnlyText({ parts }: Message): boolean {
  return parts.every(({ type }) => type === 'text')
}

function addPartNeeds(parts: readonly Part[], needs: Set<Need>): void {
  for (const part of parts) {
    if (part.type === 'image') needs.add('vision')
    else if (part.type === 'document') needs.add('documents')
    else if (part.type === 'audio') needs.add('audio')
    else if (part.type === 'tool-result') addPartNeeds(part.parts, needs)
  }
}
