import type { ChatView, Message } from '../../../../shared/chat.ts'
import type { CacheReason } from '../../../../shared/messages/cache-reasons.ts'
import { severalAnswersField } from '../../../../shared/several-answers.ts'
import { PLACEHOLDER, takeLiterals } from './literals.ts'
import { readQuestion } from './reading.ts'

export interface EligibilityLimits {
  /** Characters of the last user turn. */
  readonly longestPrompt: number
  /** Characters of code in it, fences included. */
  readonly mostCode: number
  /** User and assistant turns before the last one. They have to be equal anyway; beyond this the last turn rarely stands for itself. */
  readonly mostEarlierTurns: number
  /** Above this an answer is meant to vary. An unset temperature is the provider's own default and counts as eligible. */
  readonly highestTemperature: number
}

export const DEFAULT_LIMITS: EligibilityLimits = { longestPrompt: 2_000, mostCode: 400, mostEarlierTurns: 4, highestTemperature: 0.3 }

export type Eligibility = { readonly is: 'eligible'; readonly question: string } | { readonly is: 'excluded'; readonly why: CacheReason }

/** The question of a request, if another wording of it may be answered from the cache. Pure; reads the last turn alone. */
export function semanticQuestion(view: ChatView, limits: EligibilityLimits = DEFAULT_LIMITS): Eligibility {
  const excluded = (why: CacheReason): Eligibility => ({ is: 'excluded', why })
  const last = view.messages.at(-1)
  if (last?.role !== 'user') return excluded({ code: 'last-turn-not-users' })
  if (view.tools.length > 0) return excluded({ code: 'offers-tools' })
  if (view.messages.some(({ role, parts }) => role === 'tool' || parts.some(({ type }) => type === 'tool-call' || type === 'tool-result')))
    return excluded({ code: 'tool-loop' })
  if (last.parts.some(({ type }) => type !== 'text')) return excluded({ code: 'attachments' })
  if ((view.temperature ?? 0) > limits.highestTemperature) return excluded({ code: 'temperature', above: limits.highestTemperature })
  if (severalAnswersField(view) !== undefined) return excluded({ code: 'several-answers' })
  const earlier = view.messages.slice(0, -1).filter(({ role }) => role !== 'system').length
  if (earlier > limits.mostEarlierTurns) return excluded({ code: 'many-turns', most: limits.mostEarlierTurns })
  const question = textOf(last)
  const against = excludedText(question, limits) ?? (earlier > 0 ? leansOnConversation(question) : undefined)
  return against === undefined ? { is: 'eligible', question } : excluded(against)
}

const textOf = ({ parts }: Message): string => parts.map((part) => (part.type === 'text' ? part.text : '')).join('\n')

/** Says that another answer than the last is wanted. */
const NOVELTY =
  /\b(?:another|a different|a new|a fresh|something (?:else|new|different|random)|random(?:ly|ise|ize)?|surprise me|again|regenerate|retry|try again|once more|one more|more (?:of (?:these|them|those)|ideas|examples|options)|brainstorm|creative(?:ly)?|be original|come up with|make up|invent|imagine|roll (?:a|the) dice|flip a coin|shuffle|pick (?:one|a number)|joke|poem|haiku|limerick|rap|lyrics|story|tagline|slogan)\b/i
/** Asks for a state of the world that moves. */
const TIMELY =
  /\b(?:today(?:'s)?|tonight|right now|at the moment|this (?:morning|afternoon|evening|week|weekend|month|year|season)|tomorrow(?:'s)?|yesterday(?:'s)?|(?:last|next) (?:night|week|weekend|month)|as of now|up[- ]to[- ]date|latest|newest|breaking|weather|forecast|temperature (?:in|outside)|news|headlines|stock price|share price|exchange rate|conversion rate|market cap|(?:live|current|final) score|what time is it|what(?:'s| is) the (?:time|date)|what day is it|current(?:ly)? (?:time|date|price|rate|president|prime minister|ceo|version|status|weather|population))\b/i
const PRICE = /\b(?:price|prices|cost|rate) (?:of|for) (?:gold|silver|oil|petrol|gas|gasoline|diesel|bitcoin|btc|ethereum|eth|a share|shares|stocks?)\b/i

/** What in the text itself speaks against answering it from a wording like it; undefined: nothing. */
export function excludedText(question: string, limits: EligibilityLimits = DEFAULT_LIMITS): CacheReason | undefined {
  if (question.trim() === '') return { code: 'empty' }
  if (question.length > limits.longestPrompt) return { code: 'too-long', most: limits.longestPrompt }
  if (PLACEHOLDER.test(question)) return { code: 'private-use' }
  const { rest, code } = takeLiterals(question)
  const codeLength = code.reduce((sum, span) => sum + span.length, 0)
  if (codeLength > limits.mostCode || (code.length === 0 && looksLikeCode(question))) return { code: 'code-block' }
  const novelty = NOVELTY.exec(rest)
  if (novelty !== null) return { code: 'new-each-time', word: novelty[0].toLowerCase() }
  const timely = TIMELY.exec(rest) ?? PRICE.exec(rest)
  return timely === null ? undefined : { code: 'changes-with-time', word: timely[0].toLowerCase() }
}

/** Several lines that end or begin as code does, without fences. */
const looksLikeCode = (text: string): boolean =>
  text
    .split('\n')
    .filter(
      (line) =>
        /[;{}]\s*$|^\s*(?:def|class|import|from|function|const|let|var|return|if|for|while|#include|SELECT)\b.*[:;({]?\s*$/.test(line) &&
        line.trim().length > 0,
    ).length >= 3

/** "And in French?", "cancel it", "why?": what it means lies in the turns before, and how they are worded. */
function leansOnConversation(question: string): CacheReason | undefined {
  const { words, tokens } = readQuestion(question)
  const pronoun = tokens.find(({ lower }) => LEANING.has(lower))
  if (pronoun !== undefined) return { code: 'refers-back', word: pronoun.lower }
  return words.filter(({ kind }) => kind === 'word' || kind === 'name').length < LEAST_WORDS ? { code: 'too-short' } : undefined
}

const LEANING = new Set('it its that this these those they them their he she him her his above previous former latter same'.split(' '))
const LEAST_WORDS = 2
