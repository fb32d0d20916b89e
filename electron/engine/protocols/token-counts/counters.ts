/** How providers are asked for the length of a prompt, by the place or else by its format; those that cannot say are absent. Pure. */
import type { ChatView, JsonObject, JsonValue, Protocol } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { anthropicMessages } from '../anthropic-messages/anthropic-messages.ts'
import { bedrockConverse } from '../bedrock-converse/bedrock-converse.ts'
import { gemini } from '../gemini/gemini.ts'
import { isObject, numberOf } from '../json.ts'
import { openaiResponses } from '../openai-responses/openai-responses.ts'
import type { WriteTarget } from '../protocol.ts'

export interface TokenCounter {
  /** Whose clients ask this very question, so that their own bytes may go on; undefined: nobody's. */
  readonly dialect: CountDialect | undefined
  /** Below the provider's base URL. */
  readonly path: (target: WriteTarget) => string
  readonly write: (view: ChatView, target: WriteTarget) => JsonObject
  /** Top-level fields to set, or with undefined to remove, in a client's own body. */
  readonly relayEdits: (body: JsonObject, target: WriteTarget) => Readonly<Record<string, JsonValue | undefined>>
  /** The field of the answer that holds the count. */
  readonly field: 'input_tokens' | 'totalTokens' | 'inputTokens'
}

export type CountDialect = 'anthropic-count-tokens' | 'gemini-count-tokens' | 'openai-input-tokens'

/** What Anthropic's count takes of a message request: https://platform.claude.com/docs/en/api/messages/count_tokens */
const COUNTED_BY_ANTHROPIC = ['model', 'messages', 'system', 'tools', 'tool_choice', 'thinking'] as const
/** What OpenAI's takes of a response request: https://platform.openai.com/docs/api-reference/responses/input-tokens */
const COUNTED_BY_OPENAI = ['model', 'input', 'instructions', 'tools', 'tool_choice', 'parallel_tool_calls', 'reasoning', 'text'] as const
/** What Bedrock's takes of a Converse request: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseTokensRequest.html */
const COUNTED_BY_BEDROCK = ['messages', 'system', 'toolConfig', 'additionalModelRequestFields'] as const

const FOR_ROUTING = { models: undefined, provider: undefined, fallbacks: undefined } as const

export const anthropicCounter: TokenCounter = {
  dialect: 'anthropic-count-tokens',
  path: () => '/messages/count_tokens',
  write: (view, target) => picked(anthropicMessages.writeRequest(view, target).body, COUNTED_BY_ANTHROPIC),
  relayEdits: (_body, { upstreamModel }) => ({ model: upstreamModel, ...FOR_ROUTING }),
  field: 'input_tokens',
}

export const openaiCounter: TokenCounter = {
  dialect: 'openai-input-tokens',
  path: () => '/responses/input_tokens',
  write: (view, target) => picked(openaiResponses.writeRequest(view, target).body, COUNTED_BY_OPENAI),
  relayEdits: (_body, { upstreamModel }) => ({ model: upstreamModel, ...FOR_ROUTING }),
  field: 'input_tokens',
}

export const geminiCounter: TokenCounter = {
  dialect: 'gemini-count-tokens',
  path: ({ upstreamModel }) => `/models/${encodeURIComponent(bare(upstreamModel))}:countTokens`,
  write: (view, target) => ({ generateContentRequest: { model: named(target), ...gemini.writeRequest(view, target).body } }),
  // a model named inside the body has to be the one in the path
  relayEdits: ({ generateContentRequest: inner }, target) => (isObject(inner) ? { generateContentRequest: { ...inner, model: named(target) } } : {}),
  field: 'totalTokens',
}

/** Vertex takes the request itself, not wrapped: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/count-tokens */
const vertexCounter: TokenCounter = {
  ...geminiCounter,
  path: (target) => `/publishers/google${geminiCounter.path(target)}`,
  write: (view, target) => picked(gemini.writeRequest(view, target).body, ['contents', 'systemInstruction', 'tools', 'generationConfig']),
  relayEdits: ({ generateContentRequest: inner }) => {
    if (!isObject(inner)) return {}
    const { model: _model, ...request } = inner
    return { generateContentRequest: undefined, ...request }
  },
}

/** Claude on Vertex: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/count-tokens */
const vertexAnthropicCounter: TokenCounter = { ...anthropicCounter, path: () => '/publishers/anthropic/models/count-tokens:rawPredict' }

/**
 * Bedrock counts for Claude alone and by the model's own id, not that of an inference profile.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html
 */
export const bedrockCounter: TokenCounter = {
  dialect: undefined,
  path: ({ upstreamModel }) => `/model/${encodeURIComponent(upstreamModel.replace(/^[a-z-]+\.(?=anthropic\.)/, ''))}/count-tokens`,
  write: (view, target) => ({ input: { converse: picked(bedrockConverse.writeRequest(view, target).body, COUNTED_BY_BEDROCK) } }),
  relayEdits: () => ({}),
  field: 'inputTokens',
}

const BY_PLACE: Readonly<Record<string, TokenCounter>> = {
  openai: openaiCounter,
  vertex: vertexCounter,
  'vertex-anthropic': vertexAnthropicCounter,
  'bedrock-anthropic': bedrockCounter,
}
const BY_FORMAT: Partial<Readonly<Record<Protocol, TokenCounter>>> = {
  'anthropic-messages': anthropicCounter,
  gemini: geminiCounter,
  'bedrock-converse': bedrockCounter,
}

/** undefined: nobody there counts. */
export function counterOf({ provider, protocol, upstreamModel }: WriteTarget & { readonly protocol: Protocol }): TokenCounter | undefined {
  const counter = BY_PLACE[provider] ?? BY_FORMAT[protocol]
  return counter === bedrockCounter && !/^(?:[a-z-]+\.)?anthropic\./.test(upstreamModel) ? undefined : counter
}

/** @throws Failure 'upstream-unreadable' when there is none */
export function readTokenCount(counter: TokenCounter, answer: JsonObject): number {
  const tokens = numberOf(answer[counter.field])
  if (tokens === undefined) throw new Failure('upstream-unreadable', 'The provider answered without a count.')
  return tokens
}

/** A count as each dialect's clients expect it. */
export const writeTokenCount: Readonly<Record<CountDialect, (tokens: number) => JsonObject>> = {
  'anthropic-count-tokens': (tokens) => ({ input_tokens: tokens }),
  'gemini-count-tokens': (tokens) => ({ totalTokens: tokens }),
  'openai-input-tokens': (tokens) => ({ object: 'response.input_tokens', input_tokens: tokens }),
}

function named({ upstreamModel }: WriteTarget): string {
  return `models/${bare(upstreamModel)}`
}

function bare(model: string): string {
  return model.replace(/^models\//, '')
}

function picked(body: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(fields.flatMap((field) => (body[field] === undefined ? [] : [[field, body[field]]])))
}
