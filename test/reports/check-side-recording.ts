/** What must hold for recorded exchanges that are no conversation: embeddings, token counts and lists of models. */
import { isDeepStrictEqual } from 'node:util'
import { readModelList, readOllamaTags } from '../../electron/engine/catalog/local.ts'
import { upstreamFormats } from '../../electron/engine/protocols/codecs.ts'
import { cohereUpstream } from '../../electron/engine/protocols/embeddings/cohere.ts'
import type { EmbeddingAnswer, EmbeddingRequest, EmbeddingUpstream } from '../../electron/engine/protocols/embeddings/embedding.ts'
import { type EmbeddingDialect, embeddingClients } from '../../electron/engine/protocols/embeddings/formats.ts'
import { geminiUpstream } from '../../electron/engine/protocols/embeddings/gemini.ts'
import { ollamaUpstream } from '../../electron/engine/protocols/embeddings/ollama.ts'
import { openaiUpstream } from '../../electron/engine/protocols/embeddings/openai.ts'
import { perplexityUpstream } from '../../electron/engine/protocols/embeddings/perplexity.ts'
import {
  anthropicCounter,
  bedrockCounter,
  type CountDialect,
  geminiCounter,
  openaiCounter,
  readTokenCount,
  type TokenCounter,
  writeTokenCount,
} from '../../electron/engine/protocols/token-counts/counters.ts'
import type { JsonObject, Protocol } from '../../shared/chat.ts'
import { officialCounts, officialVectors } from '../support/official-side-calls.ts'
import type { Recording } from '../support/recordings.ts'
import { checkRefusal, type Problem } from './check-recording.ts'

interface SideApi {
  /** Whose words a refusal is in. */
  readonly protocol: Protocol
  readonly check: (recording: Recording, body: JsonObject) => Promise<readonly Problem[]>
}

const APIS: Readonly<Record<string, SideApi>> = {
  'openai-embeddings': {
    protocol: 'openai-chat',
    check: (recording, body) => checkEmbeddings(recording.provider === 'perplexity' ? perplexityUpstream : openaiUpstream, recording, body),
  },
  'cohere-embed': { protocol: 'cohere-v2', check: (...given) => checkEmbeddings(cohereUpstream, ...given) },
  'gemini-embed': { protocol: 'gemini', check: (...given) => checkEmbeddings(geminiUpstream, ...given) },
  'ollama-embed': { protocol: 'ollama-chat', check: (...given) => checkEmbeddings(ollamaUpstream, ...given) },
  'anthropic-count-tokens': { protocol: 'anthropic-messages', check: (...given) => checkCount(anthropicCounter, ...given) },
  'gemini-count-tokens': { protocol: 'gemini', check: (...given) => checkCount(geminiCounter, ...given) },
  'bedrock-count-tokens': { protocol: 'bedrock-converse', check: (...given) => checkCount(bedrockCounter, ...given) },
  'openai-input-tokens': { protocol: 'openai-responses', check: (...given) => checkCount(openaiCounter, ...given) },
  'models-list': { protocol: 'openai-chat', check: checkModels },
}

/** undefined: not one of these. */
export function sideCheckOf(api: string): ((recording: Recording) => Promise<readonly Problem[]>) | undefined {
  const found = Object.hasOwn(APIS, api) ? APIS[api] : undefined
  if (found === undefined) return undefined
  return async (recording) =>
    recording.status >= 400
      ? checkRefusal(recording, upstreamFormats[found.protocol])
      : await found.check(recording, JSON.parse(recording.body.toString('utf8')) as JsonObject)
}

type Numbers = readonly (readonly number[])[]

async function checkEmbeddings(upstream: EmbeddingUpstream, recording: Recording, body: JsonObject): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  const isSignedBytes = upstream === perplexityUpstream
  const recorded = vectorsIn(body).map((vector) => (typeof vector === 'string' ? unpacked(vector, isSignedBytes) : vector))
  const answer = upstream.read(body)
  const read = answer.vectors.map((vector) => (typeof vector === 'string' ? unpacked(vector, false) : vector))
  if (recorded.length === 0 || !isDeepStrictEqual(read, recorded))
    problems.push({ step: 'read', what: `${read.length} vectors unlike the ${recorded.length} recorded` })
  const counted = recording.expected.usage?.prompt_tokens
  if (counted !== undefined && answer.tokens !== counted) problems.push({ step: 'read', what: `${answer.tokens} tokens instead of ${counted}` })
  for (const [dialect, parse] of Object.entries(officialVectors) as [EmbeddingDialect, (typeof officialVectors)[EmbeddingDialect]][]) {
    for (const encoding of dialect === 'openai-embeddings' ? (['float', 'base64'] as const) : (['float'] as const)) {
      // base64 packs 32-bit floats, which is also what providers compute in
      const wanted = encoding === 'base64' ? recorded.map((vector) => vector.map(Math.fround)) : recorded
      const heard = await parse(written(dialect, answer, encoding))
      const close = heard.map((vector) => (encoding === 'base64' ? [...vector] : vector))
      if (!isDeepStrictEqual(close, wanted)) problems.push({ step: `-> ${dialect}`, what: `as ${encoding} other numbers` })
    }
  }
  return problems
}

function written(dialect: EmbeddingDialect, answer: EmbeddingAnswer, encoding: 'float' | 'base64'): string {
  const texts = answer.vectors.map(() => 'x')
  const request: EmbeddingRequest = { model: 'm', texts, isTokenised: false, encoding, unmodelled: {}, fallbackModels: [] }
  // Google's and Ollama's answers depend on which of two questions was asked
  return JSON.stringify(embeddingClients[dialect].write({ ...answer, tokens: answer.tokens ?? 0 }, request, { requests: [], input: texts }))
}

/** Found by the shape of the answer, without our readers. */
function vectorsIn(body: JsonObject): readonly (readonly number[] | string)[] {
  const { data, embeddings, embedding } = body as { data?: unknown; embeddings?: unknown; embedding?: unknown }
  type Row = { readonly index?: number; readonly embedding: readonly number[] | string }
  if (Array.isArray(data)) return (data as Row[]).toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0)).map((row) => row.embedding)
  if (Array.isArray(embeddings))
    return (embeddings as (readonly number[] | { values: readonly number[] })[]).map((row) =>
      'values' in row && !Array.isArray(row) ? (row as { values: readonly number[] }).values : (row as readonly number[]),
    )
  if (embeddings !== undefined) return (embeddings as { float: Numbers }).float
  const only = Array.isArray(embedding) ? embedding : (embedding as { values?: readonly number[] } | undefined)?.values
  return only === undefined ? [] : [only as readonly number[]]
}

function unpacked(base64: string, isSignedBytes: boolean): readonly number[] {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'))
  return isSignedBytes ? [...new Int8Array(bytes.buffer)] : [...new Float32Array(bytes.buffer)]
}

async function checkCount(counter: TokenCounter, { expected }: Recording, body: JsonObject): Promise<readonly Problem[]> {
  const tokens = readTokenCount(counter, body)
  const problems: Problem[] = []
  if (tokens !== expected.input_tokens) problems.push({ step: 'read', what: `${tokens} tokens instead of ${expected.input_tokens}` })
  for (const [dialect, parse] of Object.entries(officialCounts) as [CountDialect, (typeof officialCounts)[CountDialect]][]) {
    const heard = await parse(JSON.stringify(writeTokenCount[dialect](tokens)))
    if (heard !== tokens) problems.push({ step: `-> ${dialect}`, what: `${heard} tokens instead of ${tokens}` })
  }
  return problems
}

async function checkModels(_recording: Recording, body: JsonObject): Promise<readonly Problem[]> {
  const rows = (body.data ?? body.models ?? []) as readonly JsonObject[]
  // models that only embed are not offered as models to talk to
  const names = rows.filter((row) => row.type !== 'embeddings' && !/bert/.test(JSON.stringify(row.details ?? ''))).map((row) => row.id ?? row.model ?? row.name)
  const read = (body.data === undefined ? readOllamaTags(body) : readModelList(body))?.map(({ id }) => id)
  return isDeepStrictEqual(read, names) ? [] : [{ step: 'read', what: `${read?.length ?? 'no'} models instead of ${names.length}` }]
}
