/** Cohere's chat, version 2. https://docs.cohere.com/reference/chat */
import type { ProtocolCodec } from '../protocol.ts'
import { classify, writeFailure } from './failure.ts'
import { CohereReader } from './read-answer.ts'
import { readRequest } from './read-request.ts'
import { CohereWriter, writeWhole } from './write-answer.ts'
import { writeRequest } from './write-request.ts'

export const cohereV2: ProtocolCodec = {
  id: 'cohere-v2',
  readRequest,
  writeRequest,
  relayEdits: (_view, target) => ({ model: target.upstreamModel, models: undefined, provider: undefined, session_id: undefined }),
  path: () => '/v2/chat',
  reader: () => new CohereReader(),
  readWhole: (body) => new CohereReader().readWhole(body),
  classify,
  writer: (context) => new CohereWriter(context),
  writeWhole,
  writeFailure,
  streamType: 'text/event-stream',
}
