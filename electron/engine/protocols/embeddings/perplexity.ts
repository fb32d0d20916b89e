/** Perplexity's embeddings: OpenAI's in all but the address and the packing, signed bytes in base64. https://docs.perplexity.ai/api-reference/embeddings-post */
import type { EmbeddingUpstream } from './embedding.ts'
import { openaiUpstream } from './openai.ts'

export const perplexityUpstream: EmbeddingUpstream = {
  path: () => '/v1/embeddings',
  write: (request, target) => {
    const { body, dropped } = openaiUpstream.write(request, target)
    return { body: { ...body, encoding_format: 'base64_int8' }, dropped }
  },
  read: (body) => {
    const answer = openaiUpstream.read(body)
    return { ...answer, vectors: answer.vectors.map((vector) => (typeof vector === 'string' ? signedBytes(vector) : vector)) }
  },
}

/** They are not normalised; their cosine is what counts. */
function signedBytes(base64: string): readonly number[] {
  return [...new Int8Array(Buffer.from(base64, 'base64'))]
}
