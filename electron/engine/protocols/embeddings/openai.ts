/** OpenAI's embeddings, which most providers speak. https://platform.openai.com/docs/api-reference/embeddings */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { arrayAt, arrayOf, badField, isObject, known, numberAt, numberOf, objectOf, optional, stringAt, textOf } from '../json.ts'
import type { EmbeddingClient, EmbeddingUpstream } from './embedding.ts'
import { asBase64, asFloats, vectorOf } from './vectors.ts'

const MODELLED: ReadonlySet<string> = new Set(['model', 'input', 'dimensions', 'encoding_format', 'user', 'input_type', 'models', 'provider'])

export const openaiUpstream: EmbeddingUpstream = {
  path: () => '/embeddings',
  write: (request, target) => ({
    body: { model: target.upstreamModel, input: request.texts, encoding_format: request.encoding, ...known({ dimensions: request.dimensions }) },
    dropped: [...Object.keys(request.unmodelled), ...(request.purpose === undefined ? [] : ['purpose'])],
  }),
  read: (body) => {
    const rows = arrayOf(body.data).map((row) => objectOf(row))
    if (rows.length === 0) throw new Failure('upstream-unreadable', 'The provider answered without any embedding.')
    // the index tells the place; most providers keep the order anyway
    const placed = rows.map((row, place) => ({ place: numberOf(row?.index) ?? place, vector: vectorOf(row?.embedding) })).sort((a, b) => a.place - b.place)
    const usage = objectOf(body.usage)
    return {
      vectors: placed.map(({ vector }) => vector),
      ...known({ model: textOf(body.model), tokens: numberOf(usage?.prompt_tokens) ?? numberOf(usage?.total_tokens) }),
    }
  },
}

export const openaiClient: EmbeddingClient = {
  read: (body) => {
    const model = stringAt(body.model, 'model')
    const { input } = body
    const texts = textsOf(input)
    const format = optional(body, 'encoding_format', stringAt) ?? 'float'
    if (format !== 'float' && format !== 'base64') throw badField('encoding_format', 'must be float or base64')
    const unmodelled: Record<string, JsonValue> = {}
    for (const [key, value] of Object.entries(body)) if (!MODELLED.has(key) && value !== null) unmodelled[key] = value
    return {
      model,
      texts: texts ?? [],
      isTokenised: texts === undefined,
      encoding: format,
      unmodelled,
      fallbackModels: (optional(body, 'models', arrayAt) ?? []).map((name, index) => stringAt(name, `models[${index}]`)),
      ...known({ dimensions: optional(body, 'dimensions', numberAt), purpose: optional(body, 'input_type', stringAt) }),
    }
  },
  write: ({ vectors, model, tokens }, request) => ({
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: request.encoding === 'base64' ? asBase64(vector) : asFloats(vector),
    })),
    model: model ?? request.model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }),
}

/** undefined for tokens. @throws Failure 'bad-request' */
function textsOf(input: JsonValue | undefined): readonly string[] | undefined {
  if (typeof input === 'string') return [input]
  const list = arrayAt(input, 'input')
  if (list.length === 0) throw badField('input', 'must not be empty')
  if (list.every((text) => typeof text === 'string')) return list as readonly string[]
  if (list.every((entry) => typeof entry === 'number' || (Array.isArray(entry) && entry.every((token) => typeof token === 'number')))) return undefined
  throw badField('input', 'must be a text, a list of texts, or tokens')
}

/** Whether vectors of an answer are packed as they were asked for; some servers know no base64. */
export function isEncoded(body: JsonObject, encoding: 'float' | 'base64'): boolean {
  return arrayOf(body.data).every((row) => isObject(row) && (typeof row.embedding === 'string') === (encoding === 'base64'))
}
