/** OpenAI chat completions, spoken by most clients and, with small departures (`dialects.ts`), by most providers. */
import type { ProtocolCodec } from '../protocol.ts'
import { USUAL_TOOL_NAMES, withLegalToolNames } from '../tool-names.ts'
import { withEveryResult } from '../tool-results.ts'
import { dialectOf } from './dialects.ts'
import { classify, writeFailure } from './failure.ts'
import { inChatShapes } from './foreign-shapes.ts'
import { withoutThoughts } from './own-messages.ts'
import { OpenAiChatReader } from './read-answer.ts'
import { readRequest } from './read-request.ts'
import { OpenAiChatWriter, writeWhole } from './write-answer.ts'
import { relayEdits, writeRequest } from './write-request.ts'

export const openaiChat: ProtocolCodec = {
  id: 'openai-chat',
  inOwnShapes: inChatShapes,
  readRequest,
  writeRequest: withLegalToolNames(withEveryResult(writeRequest), USUAL_TOOL_NAMES),
  relayEdits,
  refusesAddress: (part, { provider }) => part.type === 'document' && dialectOf(provider).documents === 'file',
  withoutThoughts,
  path: () => '/chat/completions',
  reader: () => new OpenAiChatReader(),
  readWhole: (body) => new OpenAiChatReader().readWhole(body),
  classify,
  writer: (context) => new OpenAiChatWriter(context),
  writeWhole,
  writeFailure,
  streamType: 'text/event-stream',
  requestIdHeader: 'x-request-id',
  keepAlive: ': keep-alive\n\n',
}
