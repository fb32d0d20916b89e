/** Gemini's generateContent and streamGenerateContent, on the Gemini API and on Vertex AI alike. https://ai.google.dev/api/generate-content */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import type { ProtocolCodec, WriteTarget } from '../protocol.ts'
import { type ToolNameRule, withLegalToolNames } from '../tool-names.ts'
import { takesCallIds, withoutCallIds } from './call-ids.ts'
import { classify, writeFailure } from './failure.ts'
import { familyOf } from './families.ts'
import { reader, readWhole } from './read-answer.ts'
import { readRequest } from './read-request.ts'
import { signedHistory, withoutSignatures } from './signatures.ts'
import { writer, writeWhole } from './write-answer.ts'
import { writeRequest } from './write-request.ts'

/**
 * https://ai.google.dev/api/caching#FunctionDeclaration, and Vertex AI's, which wants a letter or '_' first. Newer versions of both take colons and
 * up to 128 characters; a name that the older ones take is taken by all.
 */
const TOOL_NAMES: ToolNameRule = { legal: /^[a-zA-Z_][a-zA-Z0-9_.-]{0,63}$/, longest: 64 }

export const gemini: ProtocolCodec = {
  id: 'gemini',
  readRequest,
  writeRequest: withLegalToolNames(writeRequest, TOOL_NAMES),
  // the model stands in the path; Google refuses the routing fields it does not know
  relayEdits: (_view, target, body) => ({
    fields: { models: undefined, provider: undefined, session_id: undefined, ...ownHistory(body, target) },
    dropped: [],
  }),
  refusesAddress: (_part, { upstreamModel }) => !familyOf(upstreamModel).fetchesAddresses,
  withoutThoughts: (body, target, isLeftOut) => {
    const bare = withoutSignatures(body, isLeftOut)
    return { ...bare, ...signedHistory(bare, target) }
  },
  path,
  reader,
  readWhole,
  classify,
  writer,
  writeWhole,
  writeFailure,
  streamType: 'text/event-stream',
}

/** A client's own contents as the target takes them; nothing where it takes them as they are. */
function ownHistory(body: JsonObject, target: WriteTarget): { readonly contents?: JsonValue } {
  const signed = signedHistory(body, target)
  const { contents } = { ...body, ...signed }
  if (contents === undefined || takesCallIds(target)) return signed
  const bare = withoutCallIds(contents)
  return bare === body.contents ? {} : { contents: bare }
}

function path(target: WriteTarget): string {
  const model = encodeURIComponent(target.upstreamModel.replace(/^models\//, ''))
  return `/models/${model}:${target.stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`
}
