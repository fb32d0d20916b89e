/**
 * Amazon Bedrock's Converse format, as providers answer it: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 * No client speaks it to us, so it has no other half.
 */
import { EventStreamSplitter } from '../event-stream.ts'
import type { UpstreamFormat, WriteTarget } from '../protocol.ts'
import { USUAL_TOOL_NAMES, withLegalToolNames } from '../tool-names.ts'
import { withEveryResult } from '../tool-results.ts'
import { classify } from './failure.ts'
import { ConverseReader, readWhole } from './read-answer.ts'
import { writeRequest } from './write-request.ts'

export const bedrockConverse: UpstreamFormat = {
  id: 'bedrock-converse',
  path,
  writeRequest: withLegalToolNames(withEveryResult(writeRequest), USUAL_TOOL_NAMES),
  // it fetches from its own storage alone
  refusesAddress: () => true,
  relayEdits: () => ({ fields: {}, dropped: [] }),
  reader: () => new ConverseReader(),
  splitter: () => new EventStreamSplitter(),
  readWhole,
  classify,
}

/** Ids hold colons, and slashes where they are ARNs. */
function path(target: WriteTarget): string {
  return `/model/${encodeURIComponent(target.upstreamModel)}/${target.stream ? 'converse-stream' : 'converse'}`
}
