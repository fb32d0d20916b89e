/** Anthropic's Messages format: https://platform.claude.com/docs/en/api/messages */
import type { ChatView, JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { ComposedWriter } from '../composed-writer.ts'
import type { ProtocolCodec, RelayEdits, WriteTarget } from '../protocol.ts'
import { sse } from '../sse.ts'
import { withLegalToolNames } from '../tool-names.ts'
import { withEveryResult } from '../tool-results.ts'
import { classify, STATUSES, writeFailure } from './failure.ts'
import { withoutForeignCitations } from './foreign-citations.ts'
import { inlineSources } from './inline-sources.ts'
import { AnthropicReader, readWhole } from './read-answer.ts'
import { readRequest } from './read-request.ts'
import { TOOL_NAMES } from './tool-names.ts'
import { withoutThoughts } from './without-thoughts.ts'
import { AnswerComposer, writeWhole } from './write-answer.ts'
import { writeConversation } from './write-messages.ts'
import { isLoopWithoutThinking, writeRequest } from './write-request.ts'

export const anthropicMessages: ProtocolCodec = {
  id: 'anthropic-messages',
  streamType: 'text/event-stream; charset=utf-8',
  // Anthropic's own streams hold such events, so every client knows them; not every one knows comments
  keepAlive: sse('{"type":"ping"}', 'ping'),
  path: () => '/messages',
  readRequest,
  writeRequest: withLegalToolNames(withEveryResult(writeRequest), TOOL_NAMES),
  relayEdits,
  inlined: ({ messages = [] }, files) => ({ messages: inlineSources(messages, files) }),
  withoutThoughts,
  reader: () => new AnthropicReader(),
  readWhole,
  classify,
  writer: (context) => new ComposedWriter(new AnswerComposer(context)),
  writeWhole,
  writeFailure,
  statuses: STATUSES,
  requestIdHeader: 'request-id',
}

/** OpenRouter's routing fields; Anthropic refuses fields that it does not know. */
const ROUTING_FIELDS = ['fallbacks', 'models', 'provider', 'session_id'] as const

function relayEdits(view: ChatView, target: WriteTarget, body: JsonObject): RelayEdits {
  const edits: Record<string, JsonValue | undefined> = { model: target.upstreamModel }
  const dropped = new Set<string>()
  if (view.stream !== target.stream) edits.stream = target.stream
  if (target.provider !== 'openrouter') for (const field of ROUTING_FIELDS) edits[field] = undefined
  if (hasForeignReasoning(view)) {
    const { system, turns } = writeConversation(view.messages, dropped)
    if (system.length > 0) edits.system = system
    edits.messages = turns.map(({ role, content }) => ({ role, content }))
    // with a budget, Anthropic wants to see the thinking that led to the open tool calls, and that was another model's
    if (view.reasoning?.budgetTokens !== undefined && isLoopWithoutThinking(turns)) {
      edits.thinking = undefined
      dropped.add('thinking')
    }
  } else {
    const messages = withoutForeignCitations(body.messages)
    if (messages !== undefined) edits.messages = messages
  }
  return { fields: edits, dropped: [...dropped] }
}

/** Earlier turns of this conversation were answered by another maker's model; Anthropic would refuse our marks for its signatures. */
function hasForeignReasoning(view: ChatView): boolean {
  return view.messages.some((message) => message.parts.some((part) => part.type === 'reasoning' && part.format !== 'anthropic-messages'))
}
