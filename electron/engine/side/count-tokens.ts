/**
 * How long a prompt is: asked of the provider where it can say, otherwise an estimate that is marked as one. Nothing is used by it, so nothing is
 * charged.
 */
import type { ChatView, JsonObject, JsonValue } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import { countInput } from '../ledger/tokenizer.ts'
import { codecs } from '../protocols/codecs.ts'
import { isObject, numberOf, objectAt } from '../protocols/json.ts'
import { patchTopLevel } from '../protocols/relay-body.ts'
import type { Post, Posted, Question, SideAnswer, SideIncoming } from './side-call.ts'

/** What Anthropic's count takes of a message request: https://platform.claude.com/docs/en/api/messages/count_tokens */
const COUNTED_BY_ANTHROPIC = ['model', 'messages', 'system', 'tools', 'tool_choice', 'thinking'] as const

/** @throws Failure 'bad-request' naming the field */
export function readCount(body: JsonObject, incoming: SideIncoming): Question {
  const isGemini = incoming.dialect === 'gemini-count-tokens'
  const view = isGemini ? geminiView(body, incoming) : codecs['anthropic-messages'].readRequest({ max_tokens: 1, ...body }, incoming.route)
  const write = isGemini ? writeGemini : writeAnthropic
  return {
    view,
    async ask({ endpoint }, post) {
      const counted = await countedBy(endpoint, view, body, incoming, post)
      if (counted === undefined) {
        const { tokens, estimated } = await countInput(view, endpoint)
        return { body: write(tokens), estimated, dropped: [] }
      }
      const { tokens, posted, isOwn } = counted
      const answer: SideAnswer = { body: isOwn ? posted.bytes : write(tokens), headers: posted.headers, estimated: false, dropped: [] }
      return answer
    },
  }
}

function geminiView(body: JsonObject, incoming: SideIncoming): ChatView {
  const inner = body.generateContentRequest === undefined ? body : objectAt(body.generateContentRequest, 'generateContentRequest')
  return codecs.gemini.readRequest(inner, { ...incoming.route, stream: false })
}

function writeAnthropic(tokens: number): JsonObject {
  return { input_tokens: tokens }
}

function writeGemini(tokens: number): JsonObject {
  return { totalTokens: tokens }
}

/** undefined: this provider does not count. */
async function countedBy(
  endpoint: Endpoint,
  view: ChatView,
  body: JsonObject,
  incoming: SideIncoming,
  post: Post,
): Promise<{ readonly tokens: number; readonly posted: Posted; readonly isOwn: boolean } | undefined> {
  const target = { provider: endpoint.provider, upstreamModel: endpoint.upstreamModel, stream: false, outputLimit: endpoint.limits.output }
  if (endpoint.protocol === 'anthropic-messages' && !endpoint.simulated) {
    const isOwn = incoming.dialect === 'anthropic-count-tokens'
    const bytes = isOwn
      ? patchTopLevel(incoming.body, { model: endpoint.upstreamModel, models: undefined, provider: undefined, fallbacks: undefined })
      : json(picked(codecs['anthropic-messages'].writeRequest(view, target).body, COUNTED_BY_ANTHROPIC))
    const posted = await post({ path: '/messages/count_tokens', bytes, dropped: [] })
    return { tokens: countIn(posted.json.input_tokens), posted, isOwn }
  }
  if (endpoint.protocol === 'gemini' && !endpoint.simulated) {
    const isOwn = incoming.dialect === 'gemini-count-tokens'
    const model = `models/${endpoint.upstreamModel.replace(/^models\//, '')}`
    const asked = isOwn ? ownGemini(body, model) : { generateContentRequest: { model, ...codecs.gemini.writeRequest(view, target).body } }
    const posted = await post({ path: `/models/${encodeURIComponent(model.slice('models/'.length))}:countTokens`, bytes: json(asked), dropped: [] })
    return { tokens: countIn(posted.json.totalTokens), posted, isOwn }
  }
  return undefined
}

/** A model named inside the body has to be the one in the path. */
function ownGemini(body: JsonObject, model: string): JsonObject {
  const inner = body.generateContentRequest
  return isObject(inner) ? { ...body, generateContentRequest: { ...inner, model } } : body
}

function picked(body: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(fields.flatMap((field) => (body[field] === undefined ? [] : [[field, body[field]]])))
}

function json(body: JsonObject): Uint8Array {
  return Buffer.from(JSON.stringify(body))
}

function countIn(value: JsonValue | undefined): number {
  const tokens = numberOf(value)
  if (tokens === undefined) throw new Failure('upstream-unreadable', 'The provider answered without a count.')
  return tokens
}
