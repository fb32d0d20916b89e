import type { Validation } from '../../../shared/api/keys.ts'
import { Failure, type FailureKind } from '../../../shared/failure.ts'
import { english, type Ours } from '../../../shared/messages/english.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import { providerHeaders } from '../attempt/headers.ts'
import { readAll } from '../attempt/pulled-body.ts'
import type { Send, UpstreamRequest } from '../attempt/send.ts'
import { Departure } from '../departure.ts'
import { upstreamFormats } from '../protocols/codecs.ts'
import type { ProviderDefinition } from '../providers/define.ts'
import type { Secret } from './secret.ts'

/** Nobody wants to wait longer than this for a verdict on a key. */
const VALIDATION_LIMIT_MS = 15_000
const BODY_LIMIT_BYTES = 16 * 1024 * 1024

const VERDICTS: Partial<Record<FailureKind, Exclude<Validation['is'], 'valid' | 'unproven'>>> = {
  'credential-refused': 'refused',
  'out-of-credit': 'out-of-credit',
  'rate-limited': 'rate-limited',
  'upstream-unreachable': 'unreachable',
  timeout: 'unreachable',
}

/** Proves a key by the provider's cheapest call, which costs nothing. Never throws: every outcome is a verdict. */
export async function validateKey(provider: ProviderDefinition, baseUrl: string, secret: Secret, send: Send, now: () => number): Promise<Validation> {
  const startedAt = now()
  try {
    const plain: UpstreamRequest = {
      method: 'GET',
      url: baseUrl + provider.validatePath,
      headers: providerHeaders(provider, secret, {}),
      body: undefined,
      ...(provider.within !== undefined && { within: provider.within }),
    }
    const request = provider.authorize === undefined ? plain : await provider.authorize(plain, secret, { now, send })
    const response = await (provider.send ?? send)(request, Departure.of(AbortSignal.timeout(VALIDATION_LIMIT_MS)))
    const text = secret.hiddenIn((await readAll(response.body, BODY_LIMIT_BYTES)).toString('utf8'))
    // without a list nothing is proven either, but for a key that is refused before that is noticed
    if (response.status === 404 && provider.noList !== undefined && provider.listIsPublic === true) return { is: 'unproven', tookMs: now() - startedAt }
    if (response.status >= 200 && response.status < 300) {
      const tookMs = now() - startedAt
      return provider.listIsPublic === true ? { is: 'unproven', tookMs } : { is: 'valid', models: countModels(text), tookMs }
    }
    const classify = provider.classify ?? upstreamFormats[provider.protocol].classify
    const failure = classify(response.status, response.headers, text)
    const is = response.status === 403 ? 'forbidden' : (VERDICTS[failure.kind] ?? 'unexpected')
    return { is, ...told({ code: 'at-provider', provider: provider.name, said: saidBy(failure) }), status: response.status }
  } catch (thrown) {
    const failure = Failure.from(thrown)
    if (failure.kind === 'cancelled')
      return { is: 'unreachable', ...told({ code: 'no-answer-within', name: provider.name, seconds: VALIDATION_LIMIT_MS / 1000 }) }
    return { is: VERDICTS[failure.kind] ?? 'unexpected', ...told(saidBy(failure)) }
  }
}

function told(said: string | Ours): { readonly message: string; readonly said?: Ours } {
  return { message: english(said), ...(typeof said !== 'string' && { said }) }
}

/** How many models a list names, in OpenAI's, Anthropic's or Google's shape. */
function countModels(text: string): number | undefined {
  try {
    const body = JSON.parse(text) as { data?: unknown; models?: unknown }
    if (Array.isArray(body.data)) return body.data.length
    if (Array.isArray(body.models)) return body.models.length
  } catch {
    // the key is good all the same; only the number is unknown
  }
  return undefined
}
