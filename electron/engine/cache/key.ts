/**
 * When are two requests the same? When every part of their keys is: the canonical view, with whatever of the body the view does not hold beside
 * it. How the answer is framed (`stream`) is in no part, and neither is the dialect where two of them say the same. A hit so answers any client.
 */

import { type CacheKey, type CacheScope, KEY_PARTS, type KeyPart, type KeyPartName } from '../../../shared/cache.ts'
import type { ChatView, JsonObject, Part, ToolCallPart } from '../../../shared/chat.ts'
import type { EndpointId } from '../../../shared/ids.ts'
import type { ChatRequest } from '../request.ts'
import { canonical, sha256, Unkeyable } from './canonical.ts'
import { leftOver, SHAPES } from './shapes.ts'

export interface KeyedRequest {
  readonly view: ChatView
  readonly wire: { readonly codec: Pick<ChatRequest['wire']['codec'], 'id'>; readonly body: JsonObject }
  readonly incoming: Pick<ChatRequest['incoming'], 'headers'>
}

export interface RequestKey {
  readonly key: CacheKey
  /** What two requests share that differ in their last user turn alone. */
  readonly fingerprint: string
  /** The last user turn's text; '' when the conversation does not end with one, or it holds more than text. */
  readonly question: string
  readonly texts: Readonly<Record<KeyPartName, string>>
}

/** Client headers that are passed on to providers and change what a model does; with a value that every client sends and that says nothing. */
const MEANING_HEADERS = { 'anthropic-beta': '', 'anthropic-version': '2023-06-01', 'openai-beta': '' } as const

/**
 * Claude Code's first system block, `x-anthropic-billing-header: cc_version=2.1.197.1c6; cc_entrypoint=sdk-cli;`, ends differently for each kind of
 * request and is addressed to Anthropic's bookkeeping. Only a block that holds nothing else is left out.
 */
const BILLING_NOTE = /^x-anthropic-billing-header:(?: *[\w-]+=[\w.+-]*;?)*\s*$/

/**
 * undefined: the request holds something that cannot be part of a key.
 * @param family what stands for the model in the fingerprint; the key itself always holds the model
 */
export function keyOf(request: KeyedRequest, scope: CacheScope, model: EndpointId, family: string = model): RequestKey | undefined {
  try {
    return keyFrom(request, scope, model, family)
  } catch (thrown) {
    if (thrown instanceof Unkeyable) return undefined
    throw thrown
  }
}

function keyFrom({ view, wire, incoming }: KeyedRequest, scope: CacheScope, model: EndpointId, family: string): RequestKey {
  const dialect = wire.codec.id
  const last = view.messages.at(-1)
  const asks = last?.role === 'user' ? last : undefined
  const turns = asks === undefined ? view.messages : view.messages.slice(0, -1)
  // in the order of their paths, for bodies come in any
  const rest = Object.fromEntries(leftOver(wire.body, SHAPES[dialect]).filter(([path, value]) => path !== 'system[0]' || !isBillingNote(value)))
  const headers = Object.entries(MEANING_HEADERS).flatMap(([name, usual]) => {
    const value = incoming.headers[name]
    return value === undefined || value === usual ? [] : [[name, value]]
  })
  const texts: Record<KeyPartName, string> = {
    scope,
    model,
    system: canonical(turns.filter(({ role }) => role === 'system').map(plainMessage)),
    // the places of system texts among the turns, too
    turns: canonical(turns.map((message) => (message.role === 'system' ? 'system' : plainMessage(message)))),
    question: canonical(asks === undefined ? null : plainMessage(asks)),
    tools: canonical([view.tools.map(({ cache: _mark, ...tool }) => tool), view.toolChoice, view.parallelToolCalls]),
    parameters: canonical({
      maxOutputTokens: view.maxOutputTokens,
      temperature: view.temperature,
      topP: view.topP,
      topK: view.topK,
      frequencyPenalty: view.frequencyPenalty,
      presencePenalty: view.presencePenalty,
      seed: view.seed,
      stop: view.stop,
      reasoning: view.reasoning,
      user: view.user,
    }),
    format: canonical(view.output),
    routing: canonical(view.routing),
    rest: Object.keys(rest).length === 0 && headers.length === 0 ? '' : canonical([dialect, rest, headers]),
  }
  return {
    key: hashOfTexts(texts),
    fingerprint: sha256(canonical(withoutQuestion(texts).map(([name, text]) => (name === 'model' ? [name, family] : [name, text])))),
    question: asks === undefined || asks.parts.some((part) => part.type !== 'text') ? '' : textOf(asks.parts),
    texts,
  }
}

type Texts = Readonly<Record<KeyPartName, string>>

const withoutQuestion = (texts: Texts): readonly (readonly [KeyPartName, string])[] =>
  KEY_PARTS.filter((name) => name !== 'question').map((name) => [name, texts[name]])

function hashOfTexts(texts: Texts): string {
  return sha256(canonical([...withoutQuestion(texts), ['question', texts.question]]))
}

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
}

function plainMessage({ role, parts }: ChatView['messages'][number]): unknown {
  const said = role === 'system' ? parts.filter((part, place) => place > 0 || part.type !== 'opaque' || !isBillingNote(part.value)) : parts
  return [role, said.map(plainPart)]
}

/** Marks for prompt caches say nothing; a call's arguments are JSON, whose spaces and order say nothing either. */
function plainPart(part: Part): unknown {
  if (part.type === 'tool-call') {
    const { cache: _mark, ...call }: ToolCallPart = part
    return { ...call, arguments: parsed(call.arguments) }
  }
  if (part.type === 'tool-result') {
    const { cache: _mark, ...result } = part
    return { ...result, parts: part.parts.map(plainPart) }
  }
  if ('cache' in part) {
    const { cache: _mark, ...plain } = part
    return plain
  }
  return part
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? [value] : text
  } catch {
    // arguments that are no JSON are text
    return text
  }
}

function isBillingNote(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { type, text, cache_control: _mark, ...others } = value as Readonly<Record<string, unknown>>
  return type === 'text' && typeof text === 'string' && BILLING_NOTE.test(text) && Object.keys(others).length === 0
}

/** Of each part, this much is kept for whoever compares two keys. */
const PART_CHARACTERS = 4_000

export function partsOf({ texts }: RequestKey): readonly KeyPart[] {
  return KEY_PARTS.map((name) => ({ name, hash: sha256(texts[name]), text: texts[name].slice(0, PART_CHARACTERS) }))
}

/** Whether these parts, as they were exported, may belong to this key: a part that was cut can be held to its hash no more. */
export function fitsKey(key: string, parts: readonly KeyPart[]): boolean {
  const whole = parts.filter(({ text }) => text.length < PART_CHARACTERS)
  if (whole.some(({ hash, text }) => hash !== sha256(text))) return false
  const texts = Object.fromEntries(parts.map(({ name, text }) => [name, text])) as Partial<Texts>
  if (KEY_PARTS.some((name) => texts[name] === undefined)) return false
  return whole.length < parts.length || hashOfTexts(texts as Texts) === key
}
