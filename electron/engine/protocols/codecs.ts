import type { Dialect, Protocol } from '../../../shared/chat.ts'
import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts'
import { bedrockConverse } from './bedrock-converse/bedrock-converse.ts'
import { gemini } from './gemini/gemini.ts'
import { openaiChat } from './openai-chat/openai-chat.ts'
import { openaiResponses } from './openai-responses/openai-responses.ts'
import type { ProtocolCodec, UpstreamFormat } from './protocol.ts'

/** The formats that clients and providers speak, by name. */
export const codecs: Readonly<Record<Dialect, ProtocolCodec>> = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
}

/** Every format that a provider may speak, by name. */
export const upstreamFormats: Readonly<Record<Protocol, UpstreamFormat>> = { ...codecs, 'bedrock-converse': bedrockConverse }
