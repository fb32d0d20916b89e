/** Turning texts into vectors: what clients ask, what providers answer, and the formats both come in. Pure. */
import type { JsonObject } from '../../../../shared/chat.ts'
import type { RouteFacts } from '../protocol.ts'

export interface EmbeddingRequest {
  readonly model: string
  readonly texts: readonly string[]
  /** The client sent tokens in place of text; only a provider of its own format can read them. */
  readonly isTokenised: boolean
  readonly dimensions?: number
  /** What the vectors are for, in the client's own words: Gemini's `taskType`, Cohere's `input_type`. */
  readonly purpose?: string
  readonly encoding: 'float' | 'base64'
  /** Fields that the request has no place for. */
  readonly unmodelled: JsonObject
  readonly fallbackModels: readonly string[]
}

/** A vector as numbers, or as base64 of its 32-bit floats in little-endian order, as OpenAI packs them. */
export type Vector = readonly number[] | string

export interface EmbeddingAnswer {
  readonly vectors: readonly Vector[]
  readonly model?: string
  /** Input tokens, where the provider counted. */
  readonly tokens?: number
}

export interface EmbeddingTarget {
  readonly upstreamModel: string
}

/** How providers of one format are asked. */
export interface EmbeddingUpstream {
  readonly path: (target: EmbeddingTarget) => string
  /** The most texts of one call; more are asked for in several. Absent: no limit that clients run into. */
  readonly mostTexts?: number
  readonly write: (request: EmbeddingRequest, target: EmbeddingTarget) => { readonly body: JsonObject; readonly dropped: readonly string[] }
  /** @throws Failure 'upstream-unreadable' */
  readonly read: (body: JsonObject) => EmbeddingAnswer
}

/** How clients of one dialect ask. */
export interface EmbeddingClient {
  /** @throws Failure 'bad-request' naming the field */
  readonly read: (body: JsonObject, route: RouteFacts) => EmbeddingRequest
  /** @param asked the client's own body, whose shape the answer may depend on */
  readonly write: (answer: EmbeddingAnswer & { readonly tokens: number }, request: EmbeddingRequest, asked: JsonObject) => JsonObject
}
