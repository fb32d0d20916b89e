/**
 * Probabilities of an answer's tokens in the two forms that providers give them. OpenAI's, the same in both of its formats:
 * https://platform.openai.com/docs/api-reference/chat/object; Google's: https://ai.google.dev/api/generate-content#LogprobsResult
 */
import type { ChatView, JsonObject, JsonValue, LogprobsWish, TokenChoice, TokenLogprob } from '../../../shared/chat.ts'
import { arrayOf, known, numberOf, objectOf } from './json.ts'

/** The client's wish, no longer dropped then: for formats that can say it. */
export function logprobsFor(view: ChatView, dropped: Set<string>): LogprobsWish | undefined {
  for (const field of view.logprobs?.fields ?? []) dropped.delete(field)
  return view.logprobs
}

export function readOpenAiLogprobs(list: JsonValue | undefined): readonly TokenLogprob[] {
  return arrayOf(list).flatMap((value) => {
    const choice = readChoice(value, 'logprob')
    const top = arrayOf(objectOf(value)?.top_logprobs).flatMap((other) => readChoice(other, 'logprob') ?? [])
    return choice === undefined ? [] : [{ ...choice, top }]
  })
}

export function writeOpenAiLogprobs(tokens: readonly TokenLogprob[]): JsonObject[] {
  return tokens.map(({ top, ...token }) => ({ ...writeOpenAi(token), top_logprobs: top.map(writeOpenAi) }))
}

export function readGeminiLogprobs(result: JsonValue | undefined): readonly TokenLogprob[] {
  const { chosenCandidates, topCandidates } = objectOf(result) ?? {}
  const tops = arrayOf(topCandidates)
  return arrayOf(chosenCandidates).flatMap((value, index) => {
    const choice = readChoice(value, 'logProbability')
    const top = arrayOf(objectOf(tops[index])?.candidates).flatMap((other) => readChoice(other, 'logProbability') ?? [])
    return choice === undefined ? [] : [{ ...choice, top }]
  })
}

export function writeGeminiLogprobs(tokens: readonly TokenLogprob[]): JsonObject {
  const hasTop = tokens.some(({ top }) => top.length > 0)
  return {
    ...(hasTop ? { topCandidates: tokens.map(({ top }) => ({ candidates: top.map(writeGemini) })) } : {}),
    chosenCandidates: tokens.map(writeGemini),
  }
}

function readChoice(value: JsonValue, field: 'logprob' | 'logProbability'): TokenChoice | undefined {
  const { token, bytes, tokenId, [field]: said } = objectOf(value) ?? {}
  if (typeof token !== 'string') return undefined
  const numbers = Array.isArray(bytes) ? bytes.filter((byte) => typeof byte === 'number') : undefined
  // protobuf JSON leaves zeros out
  return { token, logprob: numberOf(said) ?? 0, ...known({ bytes: numbers, id: numberOf(tokenId) }) }
}

/** Google tells no bytes; a token without broken characters says its own. */
function writeOpenAi({ token, logprob, bytes }: TokenChoice): JsonObject {
  return { token, logprob, bytes: bytes ?? (token.includes('\ufffd') ? null : [...Buffer.from(token)]) }
}

function writeGemini({ token, logprob, id }: TokenChoice): JsonObject {
  return { token, ...known({ tokenId: id }), logProbability: logprob }
}
