/** Ollama's embed, and its elder `/api/embeddings` with one prompt. https://docs.ollama.com/api/embed */
import type { JsonValue } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { arrayAt, arrayOf, known, numberAt, numberOf, optional, stringAt, textOf } from '../json.ts'
import type { EmbeddingClient, EmbeddingUpstream } from './embedding.ts'
import { asFloats, vectorOf } from './vectors.ts'

const MODELLED: ReadonlySet<string> = new Set(['model', 'input', 'prompt', 'dimensions', 'keep_alive', 'truncate'])

export const ollamaUpstream: EmbeddingUpstream = {
  path: () => '/api/embed',
  write: (request, target) => ({
    body: { model: target.upstreamModel, input: request.texts, ...known({ dimensions: request.dimensions }) },
    dropped: [...Object.keys(request.unmodelled), ...(request.purpose === undefined ? [] : ['purpose'])],
  }),
  read: (body) => {
    const vectors = arrayOf(body.embeddings).map(vectorOf)
    if (vectors.length === 0) throw new Failure('upstream-unreadable', 'The provider answered without any embedding.')
    return { vectors, ...known({ model: textOf(body.model), tokens: numberOf(body.prompt_eval_count) }) }
  },
}

export const ollamaClient: EmbeddingClient = {
  read: (body) => {
    const input: JsonValue | undefined = body.input ?? body.prompt
    const unmodelled: Record<string, JsonValue> = {}
    for (const [key, value] of Object.entries(body)) if (!MODELLED.has(key) && value !== null) unmodelled[key] = value
    return {
      model: stringAt(body.model, 'model'),
      texts: typeof input === 'string' ? [input] : arrayAt(input, 'input').map((text, index) => stringAt(text, `input[${index}]`)),
      isTokenised: false,
      encoding: 'float',
      unmodelled,
      fallbackModels: [],
      ...known({ dimensions: optional(body, 'dimensions', numberAt) }),
    }
  },
  write: ({ vectors, tokens }, request, asked) => {
    const embeddings = vectors.map(asFloats)
    if (asked.prompt !== undefined) return { embedding: embeddings[0] ?? [] }
    return { model: request.model, embeddings, total_duration: 0, load_duration: 0, prompt_eval_count: tokens }
  },
}
