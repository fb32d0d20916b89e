/** Which formats know embeddings, on either side. */
import type { Protocol, SideCall } from '../../../../shared/chat.ts'
import { cohereUpstream } from './cohere.ts'
import type { EmbeddingClient, EmbeddingUpstream } from './embedding.ts'
import { geminiClient, geminiUpstream } from './gemini.ts'
import { ollamaClient, ollamaUpstream } from './ollama.ts'
import { openaiClient, openaiUpstream } from './openai.ts'
import { perplexityUpstream } from './perplexity.ts'

export type EmbeddingDialect = Extract<SideCall, `${string}-embeddings`>

export const embeddingClients: Readonly<Record<EmbeddingDialect, EmbeddingClient>> = {
  'openai-embeddings': openaiClient,
  'gemini-embeddings': geminiClient,
  'ollama-embeddings': ollamaClient,
}

/** undefined: providers of that format make no embeddings. */
export function embeddingUpstreamOf({ provider, protocol }: { readonly provider: string; readonly protocol: Protocol }): EmbeddingUpstream | undefined {
  return provider === 'perplexity' ? perplexityUpstream : BY_FORMAT[protocol]
}

const BY_FORMAT: Partial<Readonly<Record<Protocol, EmbeddingUpstream>>> = {
  'openai-chat': openaiUpstream,
  gemini: geminiUpstream,
  'cohere-v2': cohereUpstream,
  'ollama-chat': ollamaUpstream,
}
