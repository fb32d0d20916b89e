import { type ClientProtocol, type Dialect, type Protocol, SIDE_CALLS } from '../../../shared/chat.ts'
import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts'
import { bedrockConverse } from './bedrock-converse/bedrock-converse.ts'
import { cohereV2 } from './cohere-v2/cohere-v2.ts'
import { gemini } from './gemini/gemini.ts'
import { ollamaChat } from './ollama-chat/ollama-chat.ts'
import { ollamaGenerate } from './ollama-chat/ollama-generate.ts'
import { openaiChat } from './openai-chat/openai-chat.ts'
import { openaiCompletions } from './openai-completions/openai-completions.ts'
import { openaiResponses } from './openai-responses/openai-responses.ts'
import type { ClientFormat, ProtocolCodec, UpstreamFormat } from './protocol.ts'

/** The formats that clients and providers speak, by name. */
export const codecs: Readonly<Record<ClientProtocol, ProtocolCodec>> = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
  'cohere-v2': cohereV2,
  'ollama-chat': ollamaChat,
}

/** Every format that a provider may speak, by name. */
export const upstreamFormats: Readonly<Record<Protocol, UpstreamFormat>> = {
  ...codecs,
  'bedrock-converse': bedrockConverse,
  'openai-completions': openaiCompletions,
}

/** How to speak with a client; in a side call that is how to tell it of errors. */
export function clientCodec(dialect: Dialect): ClientFormat {
  switch (dialect) {
    case 'openai-completions':
      return openaiCompletions
    case 'ollama-generate':
      return ollamaGenerate
    default:
      return codecs[isSideCall(dialect) ? SIDE_CALLS[dialect] : dialect]
  }
}

function isSideCall(dialect: Dialect): dialect is keyof typeof SIDE_CALLS {
  return Object.hasOwn(SIDE_CALLS, dialect)
}
