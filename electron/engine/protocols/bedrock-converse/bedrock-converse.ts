/**
 * Amazon Bedrock's Converse format, as providers answer it: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 * No client speaks it to us, so it has no other half.
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import type { IsLeftOut } from '../earlier-thoughts.ts'
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

/** With a budget Claude wants to see the thinking that led to the calls whose results come now; where that is gone this turn goes without. */
function withoutThoughts(body: JsonObject, _target: WriteTarget, isLeftOut: IsLeftOut): JsonObject {
  const messages = arrayOf(body.messages).flatMap((message) => {
    const content = arrayOf(objectOf(message)?.content).filter((block) => {
      const thought = thoughtOf(block)
      return thought === undefined || !isLeftOut(thought)
    })
    return content.length === 0 ? [] : [{ ...objectOf(message), content }]
  })
  const { thinking, ...additional } = objectOf(body.additionalModelRequestFields) ?? {}
  const endsInResults = messages.at(-1)?.content.some((block) => objectOf(block)?.toolResult !== undefined)
  const lastThinks = messages.findLast((message) => objectOf(message)?.role === 'assistant')?.content.some((block) => thoughtOf(block) !== undefined)
  if (objectOf(thinking)?.type !== 'enabled' || !endsInResults || lastThinks) return { ...body, messages }
  return { ...body, messages, additionalModelRequestFields: additional }
}

function thoughtOf(block: JsonValue): JsonObject | undefined {
  const reasoning = objectOf(objectOf(block)?.reasoningContent)
  return objectOf(reasoning?.reasoningText) ?? reasoning
}

/** Ids hold colons, and slashes where they are ARNs. */
function path(target: WriteTarget): string {
  return `/model/${encodeURIComponent(target.upstreamModel)}/${target.stream ? 'converse-stream' : 'converse'}`
}
