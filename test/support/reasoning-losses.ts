/**
 * What becomes of reasoning in a translated request: the thoughts of earlier turns with what proves them, and how much the client wants to be thought.
 * Knows no writer: it looks for words among what a body holds, and reads settings as each provider documents them.
 */
import type { ChatView, JsonObject, JsonValue, Part, Protocol, ReasoningPart, ReasoningWish } from '../../shared/chat.ts'

export interface Destination {
  readonly protocol: Protocol
  readonly provider: string
  readonly model: string
  /** Whether the model reasons: never, when asked, or unless told not to. */
  readonly thinks: 'never' | 'asked' | 'always'
  /** Whether its provider tells what it thought. */
  readonly tells: 'never' | 'asked' | 'always'
  /** The largest budget that the model takes, in tokens, where it takes one. */
  readonly mostBudget?: number
}

/** Names under which reasoning of earlier turns, and wishes about it, are reported as left out. */
const OF_HISTORY = /^messages\.(?:reasoning|thinking|thought_signature|reasoning_details)$/
const OF_SETTINGS = /^(?:reasoning(?:_effort|\.\w+)?|thinking(?:\.\w+)?|output_config\.effort)$/

interface Thought {
  readonly what: string
  /** The words that have to arrive. */
  readonly words: readonly string[]
  /** Of these what only its maker can read, and others refuse. */
  readonly seals: readonly string[]
  readonly isCarried: boolean
}

/** Reasoning that a body neither holds nor is named as left out, and seals in it that its provider would refuse. */
export function historyLosses(view: ChatView, body: JsonObject, dropped: readonly string[], to: Destination): readonly string[] {
  const isNamed = dropped.some((name) => OF_HISTORY.test(name))
  return thoughtsOf(view, to).flatMap(({ what, words, seals, isCarried }) => {
    if (isCarried) return words.filter((word) => !holds(body, word)).map((word) => `${what} is not there: ${word.slice(0, 40)}`)
    const refused = seals.filter((seal) => holds(body, seal)).map((seal) => `${what} would be refused: ${seal.slice(0, 40)}`)
    return isNamed ? refused : [...refused, `${what} is left out without a word`]
  })
}

/** The words of earlier reasoning that a provider of this kind is given. */
export function carriedWords(view: ChatView, to: Destination): readonly string[] {
  return thoughtsOf(view, to).flatMap(({ words, isCarried }) => (isCarried ? words : []))
}

export function holds(body: JsonObject, word: string): boolean {
  const encoded = Buffer.from(word, 'utf8').toString('base64')
  const all = leavesOf(body)
  return all.some((leaf) => leaf.includes(word) || leaf === encoded)
}

function leavesOf(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return (Array.isArray(value) ? (value as readonly JsonValue[]) : Object.values(value as JsonObject)).flatMap(leavesOf)
}

function thoughtsOf(view: ChatView, to: Destination): readonly Thought[] {
  return view.messages.flatMap(({ role, parts }) => (role === 'assistant' ? parts.flatMap((part) => thoughtOf(part, to) ?? []) : []))
}

function thoughtOf(part: Part, to: Destination): Thought | undefined {
  const keepsAll = to.protocol === 'openai-chat' && to.provider === 'openrouter'
  if (part.type === 'reasoning') {
    const seals = [part.signature, part.redacted].filter((seal) => seal !== undefined && seal !== '') as readonly string[]
    const words = [...(part.text.trim() === '' ? [] : [part.text]), ...seals]
    return words.length === 0 ? undefined : { what: `reasoning of ${part.format}`, words, seals, isCarried: KEEPS[to.protocol](part, to) }
  }
  if (part.type === 'tool-call' && part.signature !== undefined) {
    const seals = [part.signature]
    return { what: 'the signature of a call', words: seals, seals, isCarried: to.protocol === 'gemini' || keepsAll }
  }
  if (part.type !== 'opaque') return undefined
  const { thoughtSignature, reasoning_details: details } = part.value
  const seals = leavesOf([thoughtSignature ?? null, ...((details ?? []) as readonly JsonObject[]).map((detail) => detail.data ?? detail.signature ?? null)])
  return seals.length === 0
    ? undefined
    : { what: `a seal of ${part.protocol}`, words: seals, seals, isCarried: part.protocol === to.protocol && (part.protocol === 'gemini' || keepsAll) }
}

/** These want their own words back: https://api-docs.deepseek.com/guides/thinking_mode, https://docs.mistral.ai/capabilities/reasoning */
const CHAT_WITH_THOUGHTS: ReadonlySet<string> = new Set(['deepseek', 'moonshot', 'zai', 'alibaba', 'mistral'])
const isOfOpenAi = ({ provider, model }: Destination): boolean => provider === 'openai' || provider === 'azure' || /(?:^|[/.])(?:gpt-\d|o\d|codex)/.test(model)
const isSealed = (part: ReasoningPart): boolean => part.signature !== undefined || part.redacted !== undefined

/** Whose reasoning a provider takes back (PROTOCOLS, the rows on reasoning). */
const KEEPS: Readonly<Record<Protocol, (part: ReasoningPart, to: Destination) => boolean>> = {
  'anthropic-messages': (part) => part.format === 'anthropic-messages' && isSealed(part),
  'bedrock-converse': (part, { model }) => /claude/.test(model) && part.format === 'anthropic-messages' && isSealed(part),
  gemini: (part) => part.format === 'gemini',
  'openai-responses': (part, to) => part.format === 'openai-responses' && (part.signature !== undefined || !isOfOpenAi(to)),
  'openai-chat': (part, { provider }) => provider === 'openrouter' || (CHAT_WITH_THOUGHTS.has(provider) && part.format === 'openai-chat'),
  'cohere-v2': (part) => !isSealed(part),
  'ollama-chat': (part) => !isSealed(part),
  'openai-completions': () => false,
}

/** What a body says of reasoning, in common words. */
interface Said {
  readonly isOff?: boolean
  readonly isOn?: boolean
  readonly level?: string
  readonly budget?: number
  readonly isShown?: boolean
}

const objectAt = (value: JsonValue | undefined, key: string): JsonObject => {
  const found = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)[key] : undefined
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as JsonObject) : {}
}
const known = (said: { readonly [Key in keyof Said]: JsonValue | undefined }): Said =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== null)) as Said
const levelOf = (level: JsonValue | undefined): Said =>
  level === 'none' ? { isOff: true } : known({ level: typeof level === 'string' ? level.toLowerCase() : undefined })

const SAYS: Readonly<Record<Protocol, (body: JsonObject) => Said>> = {
  'openai-chat': (body) => {
    const { effort, max_tokens: budget, enabled, exclude } = objectAt(body, 'reasoning')
    return { ...levelOf(effort ?? body.reasoning_effort), ...known({ budget, isOn: enabled, isShown: exclude === true ? false : undefined }) }
  },
  'openai-responses': (body) => {
    const { effort, summary } = objectAt(body, 'reasoning')
    return { ...levelOf(effort), ...known({ isShown: summary === undefined ? undefined : true }) }
  },
  'anthropic-messages': (body) => claudeSays(objectAt(body, 'thinking'), objectAt(body, 'output_config')),
  'bedrock-converse': (body) => {
    const additional = objectAt(body, 'additionalModelRequestFields')
    const { type, maxReasoningEffort } = objectAt(additional, 'reasoningConfig')
    if (type !== undefined) return known({ level: maxReasoningEffort, isOn: type === 'enabled' })
    const own = additional.reasoning_effort ?? additional.reasoning_config
    return own === undefined ? claudeSays(objectAt(additional, 'thinking'), objectAt(body, 'outputConfig')) : levelOf(own)
  },
  gemini: (body) => {
    const { includeThoughts, thinkingLevel, thinkingBudget } = objectAt(objectAt(body, 'generationConfig'), 'thinkingConfig')
    if (thinkingBudget === 0) return { isOff: true }
    const isDynamic = thinkingBudget === -1
    return {
      ...levelOf(thinkingLevel),
      ...known({ budget: isDynamic ? undefined : thinkingBudget, isOn: isDynamic || undefined, isShown: includeThoughts ?? false }),
    }
  },
  'cohere-v2': (body) => {
    const { type, token_budget: budget } = objectAt(body, 'thinking')
    return known({ isOff: type === 'disabled' || undefined, isOn: type === 'enabled' || undefined, budget })
  },
  'ollama-chat': ({ think }) =>
    typeof think === 'string' ? { level: think, isShown: true } : known({ isOff: think === false || undefined, isOn: think === true || undefined }),
  'openai-completions': () => ({}),
}

function claudeSays({ type, budget_tokens: budget, display }: JsonObject, { effort }: JsonObject): Said {
  const isShown = display === undefined ? undefined : display === 'summarized'
  if (type === 'disabled' || type === 'between_tools') return { isOff: true }
  return known({ isOn: type !== undefined || undefined, budget, isShown, level: effort })
}

const RANKS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']
/** Shares of the output limit that OpenRouter documents for each effort. */
const SHARES = [0, 0.1, 0.2, 0.5, 0.8, 0.95, 0.95]

/** What Google's own OpenAI surface makes of low, medium and high, where nothing limits the output: https://ai.google.dev/gemini-api/docs/openai#thinking */
const USUAL_BUDGETS = [0, 1024, 1024, 8192, 24_576]

/** A budget as the nearest rank by its share of the limit. */
function rankOfBudget(budget: number, limit: number | undefined): number {
  if (limit === undefined) return USUAL_BUDGETS.findLastIndex((each) => each <= budget)
  if (budget > 0 && budget / limit < 0.1) return 1
  const share = Math.min(budget / limit, 0.95)
  return SHARES.reduce((nearest, each, rank) => (Math.abs(each - share) < Math.abs((SHARES[nearest] ?? 0) - share) ? rank : nearest), 0)
}

/** How strongly a body asks for reasoning, 0 for not at all; undefined where it leaves that to the model. */
export function depthIn(view: ChatView, body: JsonObject, to: Destination): number | undefined {
  const said = SAYS[to.protocol](body)
  if (said.isOff === true) return 0
  if (said.level !== undefined) return RANKS.indexOf(said.level)
  return said.budget === undefined ? undefined : rankOfBudget(said.budget, limitOf(view, body, to))
}

/** Wishes about reasoning that a body does not fulfil as far as the provider could, and that are not named as left out. */
export function settingLosses(view: ChatView, body: JsonObject, dropped: readonly string[], to: Destination): readonly string[] {
  const wish = view.reasoning
  if (wish === undefined) return []
  const isNamed = (pattern: RegExp): boolean => dropped.some((name) => OF_SETTINGS.test(name) && pattern.test(name))
  const said = SAYS[to.protocol](body)
  const limit = limitOf(view, body, to)
  const depth = depthLoss(wish, said, to, limit)
  const isThinking = said.isOff !== true && (to.thinks === 'always' || (to.thinks === 'asked' && (said.isOn ?? said.level ?? said.budget) !== undefined))
  const losses = depth === undefined || isNamed(/^(?!.*\.(?:exclude|summary|display)$)/) ? [] : [depth]
  if (wish.exclude === true && isThinking && to.tells !== 'never' && (said.isShown ?? to.tells === 'always') && !isNamed(/^reasoning$|exclude|display/))
    losses.push('is shown')
  if (wish.shown === true && isThinking && to.tells !== 'always' && said.isShown !== true && !isNamed(/^reasoning$|summary|display/))
    losses.push('is not shown')
  return losses
}

/** Smaller models on Bedrock write no more, and nobody says what the one at hand does. */
const LIMIT_ON_BEDROCK = 8192

/** Tokens that the body lets the model write, thoughts included. */
function limitOf(view: ChatView, body: JsonObject, to: Destination): number | undefined {
  const { maxOutputTokens } = objectAt(body, 'generationConfig')
  const { maxTokens } = objectAt(body, 'inferenceConfig')
  const limit = body.max_tokens ?? body.max_completion_tokens ?? body.max_output_tokens ?? maxOutputTokens ?? maxTokens
  if (typeof limit === 'number') return limit
  return view.maxOutputTokens ?? (to.protocol === 'bedrock-converse' ? LIMIT_ON_BEDROCK : undefined)
}

function depthLoss(wish: ReasoningWish, said: Said, to: Destination, limit: number | undefined): string | undefined {
  const words = `${JSON.stringify(wish)} became ${JSON.stringify(said)}`
  const isMost = said.budget !== undefined && said.budget === to.mostBudget
  const rank = said.level !== undefined ? RANKS.indexOf(said.level) : said.budget === undefined ? undefined : rankOfBudget(said.budget, limit)
  if (wish.effort === 'none') return said.isOff === true || (rank === undefined && said.isOn !== true && to.thinks !== 'always') ? undefined : words
  if (wish.effort !== undefined) {
    if (said.level !== undefined) return said.level === wish.effort ? undefined : words
    const wanted = RANKS.indexOf(wish.effort)
    return rank !== undefined && (Math.abs(rank - wanted) <= 1 || (isMost && rank < wanted)) ? undefined : words
  }
  if (wish.budgetTokens !== undefined) {
    if (said.budget !== undefined) return said.budget === wish.budgetTokens ? undefined : words
    return rank !== undefined && Math.abs(rank - rankOfBudget(wish.budgetTokens, limit)) <= 1 ? undefined : words
  }
  if (wish.adaptive === true) return said.isOff !== true && (rank !== undefined || said.isOn === true || to.thinks === 'always') ? undefined : words
  return undefined
}
