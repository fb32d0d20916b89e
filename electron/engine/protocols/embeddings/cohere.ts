/** Cohere's embed, version 2. https://docs.cohere.com/reference/embed */
import { Failure } from '../../../../shared/failure.ts'
import { arrayOf, known, numberOf, objectOf } from '../json.ts'
import type { EmbeddingUpstream } from './embedding.ts'
import { vectorOf } from './vectors.ts'

/** Gemini's words for a purpose in Cohere's, which demands one. */
const PURPOSES: Readonly<Record<string, string>> = {
  RETRIEVAL_QUERY: 'search_query',
  QUESTION_ANSWERING: 'search_query',
  RETRIEVAL_DOCUMENT: 'search_document',
  CLASSIFICATION: 'classification',
  CLUSTERING: 'clustering',
}

export const cohereUpstream: EmbeddingUpstream = {
  path: () => '/v2/embed',
  mostTexts: 96,
  write: (request, target) => ({
    body: {
      model: target.upstreamModel,
      texts: request.texts,
      // most calls fill an index
      input_type: request.purpose === undefined ? 'search_document' : (PURPOSES[request.purpose] ?? request.purpose),
      embedding_types: ['float'],
      ...known({ output_dimension: request.dimensions }),
    },
    dropped: Object.keys(request.unmodelled),
  }),
  read: (body) => {
    const vectors = arrayOf(objectOf(body.embeddings)?.float).map(vectorOf)
    if (vectors.length === 0) throw new Failure('upstream-unreadable', 'The provider answered without any embedding.')
    return { vectors, ...known({ tokens: numberOf(objectOf(objectOf(body.meta)?.billed_units)?.input_tokens) }) }
  },
}
