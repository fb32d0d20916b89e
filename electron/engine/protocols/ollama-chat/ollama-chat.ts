/** Ollama's own chat, newline-delimited JSON both ways. https://docs.ollama.com/api/chat */
import type { ProtocolCodec } from '../protocol.ts'
import { classify, writeFailure } from './failure.ts'
import { NdjsonSplitter } from './ndjson.ts'
import { OllamaReader } from './read-answer.ts'
import { readRequest } from './read-request.ts'
import { OllamaChatWriter, writeWhole } from './write-answer.ts'
import { writeRequest } from './write-request.ts'

export const ollamaChat: ProtocolCodec = {
  id: 'ollama-chat',
  readRequest,
  writeRequest,
  // unlike the others it streams unless told not to
  relayEdits: (_view, target) => ({
    fields: { model: target.upstreamModel, stream: target.stream, models: undefined, provider: undefined, session_id: undefined },
    dropped: [],
  }),
  refusesAddress: () => true,
  path: () => '/api/chat',
  reader: () => new OllamaReader(),
  splitter: () => new NdjsonSplitter(),
  readWhole: (body) => new OllamaReader().readWhole(body),
  classify,
  writer: (context) => new OllamaChatWriter(context),
  writeWhole,
  writeFailure,
  streamType: 'application/x-ndjson',
}
