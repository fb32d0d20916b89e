/** OpenAI's Responses format, spoken by Codex and the Agents SDK: https://platform.openai.com/docs/api-reference/responses */
import { ComposedWriter } from '../composed-writer.ts'
import { classify, writeFailure } from '../openai-chat/failure.ts'
import type { ProtocolCodec } from '../protocol.ts'
import { ResponsesReader, readWhole } from './read-answer.ts'
import { readRequest } from './read-request.ts'
import { AnswerComposer, writeWhole } from './write-answer.ts'
import { relayEdits, writeRequest } from './write-request.ts'

export const openaiResponses: ProtocolCodec = {
  id: 'openai-responses',
  readRequest,
  writeRequest,
  relayEdits,
  path: () => '/responses',
  reader: () => new ResponsesReader(),
  readWhole,
  // both of OpenAI's formats refuse in the same words and are refused in the same shape
  classify,
  writer: (context) => new ComposedWriter(new AnswerComposer(context)),
  writeWhole,
  writeFailure,
  streamType: 'text/event-stream; charset=utf-8',
  keepAlive: ': keep-alive\n\n',
}
