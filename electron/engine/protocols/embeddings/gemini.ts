/** Gemini's embedContent and batchEmbedContents. https://ai.google.dev/api/embeddings */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { arrayAt, arrayOf, badField, known, numberAt, numberOf, objectAt, objectOf, optional, stringAt } from '../json.ts'
import type { EmbeddingClient, EmbeddingUpstream } from './embedding.ts'
import { asFloats, vectorOf } from './vectors.ts'

const MODELLED: ReadonlySet<string> = new Set(['model', 'content', 'requests', 'taskType', 'outputDimensionality'])

/** Always in one batch: the answer is the same for one text. */
export const geminiUpstream: EmbeddingUpstream = {
  // undocumented, told in its 400: https://github.com/langchain-ai/langchainjs/issues/4491
  mostTexts: 100,
  path: ({ upstreamModel }) => `/models/${encodeURIComponent(bare(upstreamModel))}:batchEmbedContents`,
  write: (request, { upstreamModel }) => {
    const taskType = request.purpose === undefined ? undefined : (TASKS[request.purpose] ?? (/^[A-Z_]+$/.test(request.purpose) ? request.purpose : undefined))
    const shared = { model: `models/${bare(upstreamModel)}`, ...known({ taskType, outputDimensionality: request.dimensions }) }
    return {
      body: { requests: request.texts.map((text) => ({ ...shared, content: { parts: [{ text }] } })) },
      dropped: [...Object.keys(request.unmodelled), ...(request.purpose !== undefined && taskType === undefined ? ['purpose'] : [])],
    }
  },
  read: (body) => ({
    vectors: arrayOf(body.embeddings ?? [body.embedding ?? null]).map((embedding) => vectorOf(objectOf(embedding)?.values)),
    ...known({ tokens: numberOf(objectOf(body.usageMetadata)?.promptTokenCount) }),
  }),
}

/** Cohere's words for a purpose in Gemini's. */
const TASKS: Readonly<Record<string, string>> = {
  search_query: 'RETRIEVAL_QUERY',
  search_document: 'RETRIEVAL_DOCUMENT',
  classification: 'CLASSIFICATION',
  clustering: 'CLUSTERING',
}

export const geminiClient: EmbeddingClient = {
  read: (body, route) => {
    const requests = body.requests === undefined ? [body] : arrayAt(body.requests, 'requests').map((entry, index) => objectAt(entry, `requests[${index}]`))
    const [first] = requests
    if (first === undefined) throw badField('requests', 'must not be empty')
    const unmodelled: Record<string, JsonValue> = {}
    for (const request of [body, ...requests])
      for (const [key, value] of Object.entries(request)) if (!MODELLED.has(key) && value !== null) unmodelled[key] = value
    return {
      model: bare(route.model ?? stringAt(body.model, 'model')),
      texts: requests.map((request, index) => textOf(request, body.requests === undefined ? '' : `requests[${index}].`)),
      isTokenised: false,
      encoding: 'float',
      unmodelled,
      fallbackModels: [],
      ...known({ dimensions: optional(first, 'outputDimensionality', numberAt), purpose: optional(first, 'taskType', stringAt) }),
    }
  },
  write: ({ vectors, tokens }, _request, asked) => {
    const embeddings = vectors.map((vector) => ({ values: asFloats(vector) }))
    const usageMetadata = { promptTokenCount: tokens }
    return asked.requests === undefined ? { embedding: embeddings[0] ?? { values: [] }, usageMetadata } : { embeddings, usageMetadata }
  },
}

function textOf(request: JsonObject, prefix: string): string {
  const content = objectAt(request.content, `${prefix}content`)
  return arrayAt(content.parts, `${prefix}content.parts`)
    .map((part, index) => stringAt(objectAt(part, `${prefix}content.parts[${index}]`).text, `${prefix}content.parts[${index}].text`))
    .join('\n')
}

function bare(model: string): string {
  return model.replace(/^models\//, '')
}
