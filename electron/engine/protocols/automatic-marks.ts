/**
 * Marks for providers' prompt caches where the client has set none. At Claude a mark costs a quarter more for what it writes and saves nine tenths of what
 * is read again while it lives, so it pays from the second time on. OpenAI marks the newest message by itself and charges for that write in any case;
 * a mark of ours behind the system prompt lets other conversations read it too. Below a size that depends on the model nothing is kept.
 * Sources: https://platform.claude.com/docs/en/build-with-claude/prompt-caching (the mark for a whole prompt is known to Anthropic's own API alone) and
 * https://developers.openai.com/api/docs/guides/prompt-caching (matched at marks exactly; up to four are written).
 */
import type { ChatView, JsonObject, JsonValue, Message, Part } from '../../../shared/chat.ts'
import { promptCacheRules } from '../../../shared/prompt-cache-rules.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import { familyOf } from './bedrock-converse/families.ts'
import { takesBreakpoints } from './openai-chat/families.ts'

/** 'safe': only where a next turn is likely, for the conversation has had one already or the model may call tools. 'aggressive': wherever it is long enough. */
export type AutomaticMarks = 'off' | 'safe' | 'aggressive'

/** By family: Claude wherever it is served, and OpenAI's models that take explicit marks. */
export interface MarkSettings {
  readonly anthropic: AutomaticMarks
  readonly openai: AutomaticMarks
}

export type Marks =
  /** One field at the top level of the body. */
  | { readonly on: 'whole-prompt' }
  | {
      readonly on: 'blocks'
      readonly as: 'cache_control' | 'prompt_cache_breakpoint'
      readonly system: boolean
      /** How many of the last turns that are not the model's own: the one before is where the turn before has written. */
      readonly turns: 0 | 1 | 2
    }

/** Of English text; others have fewer, so that what is estimated to be long enough is. */
const CHARACTERS_A_TOKEN = 4
/** Claude behind a format that takes `cache_control` or cache points on blocks. */
const CLAUDE_HOSTS: ReadonlySet<string> = new Set(['bedrock', 'bedrock-anthropic', 'vertex-anthropic', 'openrouter'])
const OPENAI_HOSTS: ReadonlySet<string> = new Set(['openai', 'azure'])

/** How a prompt is to be marked for its endpoint; undefined: not at all. */
export function marksFor(view: ChatView, endpoint: Pick<Endpoint, 'provider' | 'protocol' | 'upstreamModel'>, settings: MarkSettings): Marks | undefined {
  const { provider, upstreamModel } = endpoint
  const least = promptCacheRules(provider, upstreamModel).leastTokens * CHARACTERS_A_TOKEN
  if (provider === 'anthropic') return isWanted(view, settings.anthropic) && isLong(view, least) ? { on: 'whole-prompt' } : undefined
  if (CLAUDE_HOSTS.has(provider) && /claude/i.test(upstreamModel)) {
    if (provider === 'bedrock' && familyOf(upstreamModel).cachePoints === 'none') return undefined
    if (!isWanted(view, settings.anthropic) || !isLong(view, least)) return undefined
    return { on: 'blocks', as: 'cache_control', system: true, turns: 2 }
  }
  if (OPENAI_HOSTS.has(provider) && takesBreakpoints(upstreamModel)) {
    if (!isWanted(view, settings.openai)) return undefined
    const system = isLong({ tools: view.tools, messages: opening(view.messages) }, least)
    const turns = settings.openai === 'aggressive' && isLong(view, least) ? 1 : 0
    return system || turns > 0 ? { on: 'blocks', as: 'prompt_cache_breakpoint', system, turns } : undefined
  }
  return undefined
}

/** Never where the client has set marks of its own, or said how marks are to be set. */
function isWanted(view: ChatView, marks: AutomaticMarks): boolean {
  if (marks === 'off' || hasMarks(view)) return false
  return marks === 'aggressive' || view.tools.length > 0 || view.messages.some(({ role }) => role === 'assistant')
}

function hasMarks({ unmodelled, tools, messages }: ChatView): boolean {
  return (
    unmodelled.cache_control !== undefined ||
    unmodelled.prompt_cache_options !== undefined ||
    tools.some(({ cache }) => cache !== undefined) ||
    messages.some(({ parts }) => parts.some((part) => 'cache' in part && part.cache !== undefined))
  )
}

function isLong({ tools, messages }: Pick<ChatView, 'tools' | 'messages'>, least: number): boolean {
  let characters = 0
  for (const tool of tools) characters += JSON.stringify(tool).length
  for (const { parts } of messages) {
    characters += charactersOf(parts)
    if (characters >= least) return true
  }
  return characters >= least
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

/** The system prompt, as far as it stands before everything else. */
function opening(messages: readonly Message[]): readonly Message[] {
  const end = messages.findIndex(({ role }) => role !== 'system')
  return end < 0 ? messages : messages.slice(0, end)
}

/** Which of a list is marked: the end of the system prompt, and the last turns that are not the model's own. */
function placesIn(roles: readonly (string | undefined)[], { system, turns }: Extract<Marks, { on: 'blocks' }>, mayBear: ReadonlySet<string>): Set<number> {
  const places = new Set<number>()
  const end = roles.findIndex((role) => role !== 'system' && role !== 'developer')
  const last = end < 0 ? roles.length - 1 : end - 1
  if (system && last >= 0) places.add(last)
  let left = turns
  for (let place = roles.length - 1; place >= 0 && left > 0; place--) {
    if (!mayBear.has(roles[place] ?? '')) continue
    // results of one turn's calls stand side by side: the last of them covers the others
    if (place < roles.length - 1 && mayBear.has(roles[place + 1] ?? '')) continue
    places.add(place)
    left--
  }
  return places
}

const BEARERS = {
  cache_control: new Set(['user', 'tool']),
  // results of tools take none at OpenAI; its own mark at the newest message covers them
  prompt_cache_breakpoint: new Set(['user']),
} as const

/** The view with the marks on it, for a body that is written from it. */
export function withMarks(view: ChatView, marks: Extract<Marks, { on: 'blocks' }>): ChatView {
  const places = placesIn(
    view.messages.map(({ role }) => role),
    marks,
    BEARERS[marks.as],
  )
  return {
    ...view,
    messages: view.messages.map((message, place) => (places.has(place) ? { ...message, parts: lastMarked(message.parts, marks.as) } : message)),
  }
}

function lastMarked(parts: readonly Part[], as: keyof typeof BEARERS): readonly Part[] {
  const last = parts.findLastIndex((part) => {
    if (part.type === 'text') return part.text.trim() !== ''
    return part.type === 'image' || part.type === 'document' || (part.type === 'tool-result' && as === 'cache_control')
  })
  return parts.map((part, index) => (index === last ? ({ ...part, cache: {} } as Part) : part))
}

/** The fields of a client's own body that bear the marks, for a relay; {}: it has no place for one. */
export function markedFields(body: Readonly<Record<string, JsonValue | undefined>>, dialect: string, marks: Marks): Readonly<Record<string, JsonValue>> {
  if (marks.on === 'whole-prompt') return { cache_control: { type: 'ephemeral' } }
  const mark: JsonObject = marks.as === 'cache_control' ? { cache_control: { type: 'ephemeral' } } : { prompt_cache_breakpoint: { mode: 'explicit' } }
  const field = dialect === 'openai-responses' ? 'input' : 'messages'
  const text = dialect === 'openai-responses' ? 'input_text' : 'text'
  const list = body[field]
  const fields: Record<string, JsonValue> = {}
  if (dialect === 'anthropic-messages' && marks.system && body.system !== undefined) fields.system = markedContent(body.system, text, mark)
  if (typeof list === 'string' && marks.turns > 0) fields[field] = [{ role: 'user', content: markedContent(list, text, mark) }]
  if (!Array.isArray(list)) return fields
  const items = list as readonly JsonObject[]
  const places = placesIn(
    items.map(({ role }) => (typeof role === 'string' ? role : undefined)),
    marks,
    BEARERS[marks.as],
  )
  fields[field] = items.map((item, place) =>
    places.has(place) && item.content !== undefined ? { ...item, content: markedContent(item.content, text, mark) } : item,
  )
  return fields
}

/** Blocks that no mark may stand on. */
const BARE: ReadonlySet<JsonValue | undefined> = new Set(['thinking', 'redacted_thinking', 'input_audio', 'refusal'])

function markedContent(content: JsonValue, text: string, mark: JsonObject): JsonValue {
  if (typeof content === 'string') return content.trim() === '' ? content : [{ type: text, text: content, ...mark }]
  if (!Array.isArray(content)) return content
  const blocks = content as readonly JsonObject[]
  const last = blocks.findLastIndex(({ type, text: said }) => !BARE.has(type) && !(typeof said === 'string' && said.trim() === ''))
  return blocks.map((block, index) => (index === last ? { ...block, ...mark } : block))
}
