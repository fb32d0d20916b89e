/** Embeddings for any client from any provider that makes them. */
import type { JsonObject } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import { estimateText } from '../ledger/estimate.ts'
import type { EmbeddingAnswer, EmbeddingRequest } from '../protocols/embeddings/embedding.ts'
import { type EmbeddingDialect, embeddingClients, embeddingUpstreamOf } from '../protocols/embeddings/formats.ts'
import { isEncoded, openaiUpstream } from '../protocols/embeddings/openai.ts'
import { patchTopLevel } from '../protocols/relay-body.ts'
import { type Question, type SideIncoming, viewOfModel } from './side-call.ts'

/** @throws Failure 'bad-request' naming the field */
export function readEmbeddings(body: JsonObject, incoming: SideIncoming): Question {
  const dialect = incoming.dialect as EmbeddingDialect
  const client = embeddingClients[dialect]
  const request = client.read(body, incoming.route)
  return {
    view: viewOfModel(request.model, request.fallbackModels),
    async ask({ endpoint }, post) {
      const upstream = embeddingUpstreamOf(endpoint)
      if (upstream === undefined) throw new Failure('unsupported-parameter', `${endpoint.provider} makes no embeddings.`)
      const relay = dialect === 'openai-embeddings' && upstream === openaiUpstream
      if (request.isTokenised && !relay) {
        throw new Failure('bad-request', `input must be text: its tokens mean nothing to ${endpoint.id}.`, { param: 'input' })
      }
      const edits = { model: endpoint.upstreamModel, models: undefined, provider: endpoint.provider === 'openrouter' ? body.provider : undefined }
      const written = relay ? { bytes: patchTopLevel(incoming.body, edits), dropped: [] } : encoded(upstream.write(request, endpoint))
      const { json, bytes, headers } = await post({ path: upstream.path(endpoint), ...written })
      const answer = upstream.read(json)
      if (!request.isTokenised && answer.vectors.length !== request.texts.length) {
        throw new Failure('upstream-unreadable', `The provider answered with ${answer.vectors.length} embeddings to ${request.texts.length} texts.`)
      }
      const tokens = answer.tokens ?? estimated(request)
      return {
        body: relay && isEncoded(json, request.encoding) ? bytes : client.write({ ...answer, tokens }, request, body),
        headers,
        tokens: { input: tokens },
        estimated: answer.tokens === undefined,
        dropped: written.dropped,
      }
    },
  }
}

function encoded({ body, dropped }: { readonly body: JsonObject; readonly dropped: readonly string[] }): {
  readonly bytes: Uint8Array
  readonly dropped: readonly string[]
} {
  return { bytes: Buffer.from(JSON.stringify(body)), dropped }
}

function estimated({ texts }: EmbeddingRequest): NonNullable<EmbeddingAnswer['tokens']> {
  return texts.reduce((sum, text) => sum + estimateText(text), 0)
}
