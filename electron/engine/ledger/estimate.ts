/**
 * How many tokens something would be, where nobody counts. Made from characters with a margin, so that a client which trims its history by it trims a
 * little early rather than too late; every use is marked as an estimate.
 */
import type { ChatView, Part } from '../../../shared/chat.ts'

/** Of text in an alphabet. English prose has about 4 characters to a token, code and JSON about 3. */
const CHARACTERS_PER_TOKEN = 3.5
/** Chinese, Japanese and Korean take about a token for each character, as do emoji. */
const WIDE = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|\p{Extended_Pictographic}/gu
/** Roles and separators. */
const TOKENS_PER_MESSAGE = 4
const TOKENS_PER_TOOL = 12
/** What models are told about tools in general before they are told of these: 346 at Anthropic, about 300 at DeepSeek, none at OpenAI. */
const TOKENS_BEFORE_TOOLS = 300
/** A picture of about a megapixel at Anthropic and OpenAI. */
const TOKENS_PER_IMAGE = 1_500
/** A page of a PDF is a picture and a page of text; its bytes say little about how many there are. */
const BYTES_PER_DOCUMENT_TOKEN = 30
const LEAST_DOCUMENT_TOKENS = 1_500
/** 32 tokens a second at Google, and compressed speech has about 4 kB a second. */
const BYTES_PER_AUDIO_TOKEN = 125
const MARGIN = 1.1

export function estimateText(text: string): number {
  return Math.ceil(tokensOf(text) * MARGIN)
}

/** The input of a conversation: its messages, tools and what an answer has to look like. */
export function estimateInput(view: Pick<ChatView, 'messages' | 'tools' | 'output'>): number {
  let tokens = 0
  for (const { parts } of view.messages) {
    tokens += TOKENS_PER_MESSAGE
    for (const part of parts) tokens += tokensOfPart(part)
  }
  if (view.tools.length > 0) tokens += TOKENS_BEFORE_TOOLS
  for (const { name, description, parameters } of view.tools) {
    tokens += TOKENS_PER_TOOL + tokensOf(name) + tokensOf(description ?? '') + tokensOf(JSON.stringify(parameters ?? {}))
  }
  if (view.output?.type === 'json-schema') tokens += tokensOf(JSON.stringify(view.output.schema))
  return Math.ceil(tokens * MARGIN)
}

function tokensOf(text: string): number {
  const wide = text.match(WIDE)?.length ?? 0
  return wide + (text.length - wide) / CHARACTERS_PER_TOKEN
}

function tokensOfPart(part: Part): number {
  switch (part.type) {
    case 'text':
      return tokensOf(part.text)
    case 'reasoning':
      return tokensOf(part.text) + tokensOf(part.redacted ?? '')
    case 'tool-call':
      return TOKENS_PER_TOOL + tokensOf(part.name) + tokensOf(part.arguments)
    case 'tool-result':
      return part.parts.reduce((sum, inner) => sum + tokensOfPart(inner), TOKENS_PER_TOOL)
    case 'image':
      return TOKENS_PER_IMAGE
    case 'document':
      if (part.media.kind === 'url') return LEAST_DOCUMENT_TOKENS
      if (part.media.mediaType.startsWith('text/')) return tokensOf(Buffer.from(part.media.data, 'base64').toString('utf8'))
      return Math.max(LEAST_DOCUMENT_TOKENS, part.media.data.length / BYTES_PER_DOCUMENT_TOKEN)
    case 'audio':
      return part.data.length / BYTES_PER_AUDIO_TOKEN
    case 'opaque':
      return tokensOf(JSON.stringify(part.value))
  }
}
