/**
 * Amazon Bedrock's Converse format, as providers answer it: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 * No client speaks it to us, so it has no other half.
 */
import type { JsonObject } from '../../../../shared/chat.ts'
import { EventStreamSplitter } from '../event-stream.ts'
import { arrayOf, objectOf } from '../json.ts'
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
  withoutThoughts,
  relayEdits: () => ({ fields: {}, dropped: [] }),
  reader: () => new ConverseReader(),
  splitter: () => new EventStreamSplitter(),
  readWhole,
  classify,
}

/** With a budget Claude wants to see the thinking that led to the calls whose results come now; then this turn goes without. */
function withoutThoughts(body: JsonObject): JsonObject {
  const messages = arrayOf(body.messages).flatMap((message) => {
    const content = arrayOf(objectOf(message)?.content).filter((block) => objectOf(block)?.reasoningContent === undefined)
    return content.length === 0 ? [] : [{ ...objectOf(message), content }]
  })
  const { thinking, ...additional } = objectOf(body.additionalModelRequestFields) ?? {}
  const endsInResults = messages.at(-1)?.content.some((block) => objectOf(block)?.toolResult !== undefined)
  if (objectOf(thinking)?.type !== 'enabled' || !endsInResults) return { ...body, messages }
  return { ...body, messages, additionalModelRequestFields: additional }
}

/** Ids hold colons, and slashes where they are ARNs. */
function path(target: WriteTarget): string {
  return `/model/${encodeURIComponent(target.upstreamModel)}/${target.stream ? 'converse-stream' : 'converse'}`
}
