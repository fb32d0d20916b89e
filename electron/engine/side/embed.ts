/** Embeddings for any client from any provider that makes them. */
import type { JsonObject, Part } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import { estimateText } from '../ledger/estimate.ts'
import type { EmbeddingAnswer, EmbeddingRequest, EmbeddingUpstream } from '../protocols/embeddings/embedding.ts'
import { type EmbeddingDialect, embeddingClients, embeddingUpstreamOf } from '../protocols/embeddings/formats.ts'
import { isEncoded, openaiUpstream } from '../protocols/embeddings/openai.ts'
import { known } from '../protocols/json.ts'
import { patchTopLevel } from '../protocols/relay-body.ts'
import { type Posted, type Question, type SideIncoming, viewOfModel } from './side-call.ts'

/** @throws Failure 'bad-request' naming the field */
export function readEmbeddings(body: JsonObject, incoming: SideIncoming): Question {
  const dialect = incoming.dialect as EmbeddingDialect
  const client = embeddingClients[dialect]
  const request = client.read(body, incoming.route)
  const view = viewOfModel(request.model, request.fallbackModels)
  return {
    view,
    paid: { ...view, messages: [{ role: 'user', parts: readBy(request, body) }], maxOutputTokens: 0 },
    async ask({ endpoint }, post) {
      const upstream = embeddingUpstreamOf(endpoint)
      if (upstream === undefined) throw new Failure('unsupported-parameter', `${endpoint.provider} makes no embeddings.`)
      const relay = dialect === 'openai-embeddings' && upstream === openaiUpstream
      if (request.isTokenised && !relay) {
        throw new Failure('bad-request', `input must be text: its tokens mean nothing to ${endpoint.id}.`, { param: 'input' })
      }
      const edits = { model: endpoint.upstreamModel, models: undefined, provider: endpoint.provider === 'openrouter' ? body.provider : undefined }
      const written = relay
        ? [{ bytes: patchTopLevel(incoming.body, edits), dropped: [] }]
        : batches(request, upstream).map((batch) => encoded(upstream.write(batch, endpoint)))
      const posted: Posted[] = []
      // one after another: together they would be the burst that rate limits are made against
      for (const body of written) posted.push(await post({ path: upstream.path(endpoint), ...body }))
      const answer = joined(posted.map(({ json }) => upstream.read(json)))
      if (!request.isTokenised && answer.vectors.length !== request.texts.length) {
        throw new Failure('upstream-unreadable', `The provider answered with ${answer.vectors.length} embeddings to ${request.texts.length} texts.`)
      }
      const [first] = posted
      const tokens = answer.tokens ?? estimated(request)
      return {
        body: relay && first !== undefined && isEncoded(first.json, request.encoding) ? first.bytes : client.write({ ...answer, tokens }, request, body),
        headers: first?.headers ?? {},
        tokens: { input: tokens },
        estimated: answer.tokens === undefined,
        dropped: written[0]?.dropped ?? [],
      }
    },
  }
}

/** Of texts that the client has made into tokens itself the numbers stand in, each of which is longer than a token's share of a text. */
function readBy({ isTokenised, texts }: EmbeddingRequest, { input }: JsonObject): readonly Part[] {
  return (isTokenised ? [JSON.stringify(input)] : texts).map((text) => ({ type: 'text', text }))
}

function batches(request: EmbeddingRequest, { mostTexts }: EmbeddingUpstream): readonly EmbeddingRequest[] {
  const { texts } = request
  if (mostTexts === undefined || texts.length <= mostTexts) return [request]
  const count = Math.ceil(texts.length / mostTexts)
  return Array.from({ length: count }, (_, index) => ({ ...request, texts: texts.slice(index * mostTexts, (index + 1) * mostTexts) }))
}

/** The vectors in the order of their texts; a count that one of the answers lacks is unknown for all. */
function joined(answers: readonly EmbeddingAnswer[]): EmbeddingAnswer {
  const [first] = answers
  if (first === undefined || answers.length === 1) return first ?? { vectors: [] }
  const tokens = answers.reduce<number | undefined>((sum, answer) => (sum === undefined || answer.tokens === undefined ? undefined : sum + answer.tokens), 0)
  return { vectors: answers.flatMap(({ vectors }) => vectors), ...known({ model: first.model, tokens }) }
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
