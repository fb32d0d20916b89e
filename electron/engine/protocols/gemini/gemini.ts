/** Gemini's generateContent and streamGenerateContent, on the Gemini API and on Vertex AI alike. https://ai.google.dev/api/generate-content */
import type { ProtocolCodec, WriteTarget } from '../protocol.ts'
import { classify, writeFailure } from './failure.ts'
import { reader, readWhole } from './read-answer.ts'
import { readRequest } from './read-request.ts'
import { writer, writeWhole } from './write-answer.ts'
import { writeRequest } from './write-request.ts'

export const gemini: ProtocolCodec = {
  id: 'gemini',
  readRequest,
  writeRequest,
  // the model stands in the path; Google refuses the routing fields it does not know
  relayEdits: () => ({ models: undefined, provider: undefined, session_id: undefined }),
  path,
  reader,
  readWhole,
  classify,
  writer,
  writeWhole,
  writeFailure,
  streamType: 'text/event-stream',
}

function path(target: WriteTarget): string {
  const model = encodeURIComponent(target.upstreamModel.replace(/^models\//, ''))
  return `/models/${model}:${target.stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`
}
