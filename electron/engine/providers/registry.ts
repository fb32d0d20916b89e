/** All providers. To add one: a file beside this one, an import and its name in the list; or, where it is plainly OpenAI-compatible, a row in compatible.ts. */
import type { CustomProvider, Settings } from '../../../shared/settings.ts'
import alibaba from './alibaba.ts'
import anthropic from './anthropic.ts'
import azure from './azure.ts'
import bedrock from './bedrock/provider.ts'
import bedrockAnthropic from './bedrock-anthropic.ts'
import bedrockMantle from './bedrock-mantle.ts'
import cerebras from './cerebras.ts'
import cloudflare from './cloudflare.ts'
import cohere from './cohere.ts'
import { hostedRows, localRows } from './compatible.ts'
import databricks from './databricks.ts'
import deepseek from './deepseek.ts'
import type { ProviderDefinition } from './define.ts'
import demo from './demo/provider.ts'
import fireworks from './fireworks.ts'
import google from './google.ts'
import groq from './groq.ts'
import huggingface from './huggingface.ts'
import llamacpp from './llamacpp.ts'
import lmstudio from './lmstudio.ts'
import minimax from './minimax.ts'
import mistral from './mistral.ts'
import moonshot from './moonshot.ts'
import ollama from './ollama.ts'
import openai from './openai.ts'
import { openAiCompatible, PRIVATE_TOO, PUBLIC_OR_HERE } from './openai-compatible.ts'
import openrouter from './openrouter.ts'
import perplexity from './perplexity.ts'
import snowflake from './snowflake.ts'
import together from './together.ts'
import vertex from './vertex/provider.ts'
import vertexAnthropic from './vertex-anthropic.ts'
import vllm from './vllm.ts'
import xai from './xai.ts'
import zai from './zai.ts'

/** In the order in which people see them. */
export const builtInProviders: readonly ProviderDefinition[] = [
  openai,
  anthropic,
  google,
  openrouter,
  mistral,
  cohere,
  groq,
  deepseek,
  xai,
  together,
  fireworks,
  cerebras,
  perplexity,
  moonshot,
  zai,
  alibaba,
  minimax,
  huggingface,
  ...hostedRows,
  bedrock,
  bedrockAnthropic,
  bedrockMantle,
  vertex,
  vertexAnthropic,
  azure,
  cloudflare,
  databricks,
  snowflake,
  ollama,
  lmstudio,
  llamacpp,
  vllm,
  ...localRows,
  demo,
]

/** Base URLs of the user's own, by provider, and those among them that may lead into a private network. */
export type MovedProviders = Pick<Settings, 'baseUrls' | 'privateBaseUrls'>
const NONE_MOVED: MovedProviders = { baseUrls: {}, privateBaseUrls: [] }

/**
 * By id. A custom provider cannot take the place of a built-in one: keys of that id would then go to an address of its choosing. What has been moved to an
 * address of the user's own is bound as a provider of their own is.
 */
export function providersWith(custom: readonly CustomProvider[], moved = NONE_MOVED): ReadonlyMap<string, ProviderDefinition> {
  const providers = new Map<string, ProviderDefinition>()
  for (const provider of builtInProviders) {
    const within = moved.privateBaseUrls.includes(provider.id) ? PRIVATE_TOO : PUBLIC_OR_HERE
    providers.set(provider.id, Object.hasOwn(moved.baseUrls, provider.id) ? { ...provider, within } : provider)
  }
  for (const provider of custom) if (!providers.has(provider.id)) providers.set(provider.id, openAiCompatible(provider))
  return providers
}

/** The provider whose key this seems to be, by the longest matching beginning. */
export function recogniseKey(key: string, providers: Iterable<ProviderDefinition>): string | undefined {
  const pasted = key.trim()
  let found: { readonly id: string; readonly length: number } | undefined
  for (const provider of providers) {
    for (const prefix of provider.keyPrefixes) {
      if (pasted.startsWith(prefix) && prefix.length > (found?.length ?? 0)) found = { id: provider.id, length: prefix.length }
    }
  }
  return found?.id
}

/** Environment variable -> provider id. */
export function environmentVariables(providers: Iterable<ProviderDefinition>): ReadonlyMap<string, string> {
  const variables = new Map<string, string>()
  for (const provider of providers) for (const variable of provider.environment) variables.set(variable, provider.id)
  return variables
}
