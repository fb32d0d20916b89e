/** OpenAI's Responses format, spoken by Codex and the Agents SDK: https://platform.openai.com/docs/api-reference/responses */
import { ComposedWriter } from '../composed-writer.ts'
import { classify, writeFailure } from '../openai-chat/failure.ts'
import type { ProtocolCodec } from '../protocol.ts'
import { USUAL_TOOL_NAMES, withLegalToolNames } from '../tool-names.ts'
import { withEveryResult } from '../tool-results.ts'
import { ResponsesReader, readWhole } from './read-answer.ts'
import { readRequest } from './read-request.ts'
import { AnswerComposer, writeWhole } from './write-answer.ts'
import { withoutThoughts } from './write-input.ts'
import { relayEdits, writeRequest } from './write-request.ts'

export const openaiResponses: ProtocolCodec = {
  id: 'openai-responses',
  readRequest,
  writeRequest: withLegalToolNames(withEveryResult(writeRequest, 'kept'), USUAL_TOOL_NAMES),
  relayEdits,
  withoutThoughts,
  path: () => '/responses',
  reader: () => new ResponsesReader(),
  readWhole,
  // both of OpenAI's formats refuse in the same words and are refused in the same shape
  classify,
  writer: (context) => new ComposedWriter(new AnswerComposer(context)),
  writeWhole,
  writeFailure,
  // Codex trims its conversation on this code in a stream, and gives up on a 400: https://github.com/openai/codex/blob/main/codex-rs/codex-api/src/api_bridge.rs
  toldInStream: new Set(['context-too-long']),
  streamType: 'text/event-stream; charset=utf-8',
  requestIdHeader: 'x-request-id',
  keepAlive: ': keep-alive\n\n',
}
