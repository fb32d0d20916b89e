/** How soon and at what price an answer is wanted, which each dialect says in words of its own. */
import type { ChatView, JsonValue } from '../../../shared/chat.ts'

/** OpenAI's words, the richest of all. */
type Tier = 'auto' | 'default' | 'flex' | 'scale' | 'priority'

/** Anthropic's and Google's words for the same. */
const SAME: Readonly<Record<string, Tier>> = { standard_only: 'default', standard: 'default', unspecified: 'auto' }
const TIERS: readonly Tier[] = ['auto', 'default', 'flex', 'scale', 'priority']

/** Dialects' names of the field. */
const FIELDS = ['service_tier', 'serviceTier'] as const

/** The client's tier in the target's own word, no longer dropped then; undefined where it asked for none, or for one that the target lacks. */
export function tierFor(view: ChatView, words: Readonly<Partial<Record<Tier, string>>>, dropped: Set<string>): string | undefined {
  for (const field of FIELDS) {
    const tier = tierOf(view.unmodelled[field])
    const word = tier === undefined ? undefined : words[tier]
    // what holds without a word is no loss
    if (word !== undefined || tier === 'auto') dropped.delete(field)
    if (word !== undefined) return word
  }
  return undefined
}

function tierOf(value: JsonValue | undefined): Tier | undefined {
  if (typeof value !== 'string') return undefined
  const word = value.toLowerCase()
  return TIERS.find((tier) => tier === word) ?? SAME[word]
}

export const OPENAI_TIERS: Readonly<Record<Tier, string>> = { auto: 'auto', default: 'default', flex: 'flex', scale: 'scale', priority: 'priority' }
