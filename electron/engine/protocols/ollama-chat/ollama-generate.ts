/** Ollama's `/api/generate`: one prompt, and the answer under `response`. https://docs.ollama.com/api/generate */
import type { ClientFormat } from '../protocol.ts'
import { writeFailure } from './failure.ts'
import { readGenerate } from './read-request.ts'
import { OllamaGenerateWriter, writeWholeGenerate } from './write-answer.ts'

export const ollamaGenerate: ClientFormat = {
  id: 'ollama-generate',
  readRequest: readGenerate,
  writer: (context) => new OllamaGenerateWriter(context),
  writeWhole: writeWholeGenerate,
  writeFailure,
  streamType: 'application/x-ndjson',
}
