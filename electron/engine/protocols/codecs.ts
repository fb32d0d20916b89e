import type { Protocol } from '../../../shared/chat.ts'
import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts'
import { gemini } from './gemini/gemini.ts'
import { openaiChat } from './openai-chat/openai-chat.ts'
import { openaiResponses } from './openai-responses/openai-responses.ts'
import type { ProtocolCodec } from './protocol.ts'

/** Every wire format, by its name. */
export const codecs: Readonly<Record<Protocol, ProtocolCodec>> = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
}
