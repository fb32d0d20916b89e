/** Cohere's chat, version 2. https://docs.cohere.com/reference/chat */
import type { ProtocolCodec } from '../protocol.ts'
import { type ToolNameRule, withLegalToolNames } from '../tool-names.ts'
import { withEveryResult } from '../tool-results.ts'
import { classify, writeFailure } from './failure.ts'
import { CohereReader } from './read-answer.ts'
import { readRequest } from './read-request.ts'
import { CohereWriter, writeWhole } from './write-answer.ts'
import { writeRequest } from './write-request.ts'

/** https://docs.cohere.com/v1/reference/chat: tools.name. The second version says nothing of it; its length is ours. */
const TOOL_NAMES: ToolNameRule = { legal: /^[a-zA-Z_][a-zA-Z0-9_]{0,63}$/, longest: 64 }

export const cohereV2: ProtocolCodec = {
  id: 'cohere-v2',
  readRequest,
  writeRequest: withLegalToolNames(withEveryResult(writeRequest), TOOL_NAMES),
  relayEdits: (_view, target) => ({ fields: { model: target.upstreamModel, models: undefined, provider: undefined, session_id: undefined }, dropped: [] }),
  path: () => '/v2/chat',
  reader: () => new CohereReader(),
  readWhole: (body) => new CohereReader().readWhole(body),
  classify,
  writer: (context) => new CohereWriter(context),
  writeWhole,
  writeFailure,
  streamType: 'text/event-stream',
  keepAlive: ': keep-alive\n\n',
}
