/** Why a place is a candidate for a request, or is passed over, and how it is doing. Each is said of an endpoint, as `it ...` would be. */
import type { Need, RoutingWish } from '../chat.ts'
import type { Ms } from '../ids.ts'
import { formatUsd, type NanoUsd } from '../money.ts'
import type { Cause } from '../routing-config.ts'
import type { MessageOf, Said, Sentences } from './message.ts'

type PriceBound = keyof NonNullable<RoutingWish['maxPrice']>

/** In which unit each bound of a price is. */
const PER: Readonly<Record<PriceBound, string>> = {
  prompt: 'million tokens of prompt',
  completion: 'million tokens of completion',
  audio: 'million tokens of audio',
  request: 'request',
  image: 'picture',
}

/** Milliseconds for people: tenths of a second below ten of them. */
export function span(ms: Ms): string {
  return ms < 10_000 ? `${Math.max(0.1, Math.round(ms / 100) / 10)} s` : `${Math.ceil(ms / 1000)} s`
}

export const ROUTE_REASONS = {
  'asked-for': () => 'the model asked for',
  /** Counted from 1. */
  fallback: ({ place }: { place: number }) => `fallback ${place}`,
  'fallback-after': ({ causes }: { causes: readonly Cause[] }) => `fallback after ${causes.join(' or ')}`,
  'asked-again': () => 'asked again',
  'keep-warm': () => 'keeps the prefix of a conversation in its prompt cache',
  'one-of-keys': ({ why, key, of, label }: { why: Said; key: number; of: number; label: string }, say) => `${say(why)}, key ${key} of ${of} (${label})`,
  /** Several reasons that hold together. */
  reasons: ({ all }: { all: readonly Said[] }, say) => all.map(say).join('; '),
  forfeits: ({ why, worth, tokens, endpoint }: { why: Said; worth: NanoUsd; tokens: number; endpoint: string }, say) =>
    `${say(why)}; forfeits ${formatUsd(worth)}: ${tokens} tokens of this conversation are in the prompt cache of ${endpoint}`,
  'in-its-cache': () => 'this conversation is in its cache',
  'slower-than-asked': () => 'slower than asked for',

  'of-key': ({ label, why }: { label: string; why: Said }, say) => `key '${label}': ${say(why)}`,
  'key-rests': ({ label, why }: { label: string; why: Said }, say) => `key '${label}' ${say(why)}`,
  'no-key': () => 'no key',
  'no-such-model': () => 'no such model',
  'demo-key': () => 'this key opens the simulated demo/* models only',
  cannot: ({ need }: { need: Need }) => `cannot do ${need}`,
  'cannot-carry': ({ fields }: { fields: readonly string[] }) => `cannot carry ${fields.join(', ')}, and provider.require_parameters is set`,
  'one-answer': ({ field }: { field: string }) => `gives one answer in this format, and ${field} asks for more`,
  'not-free': () => 'is not known to be free, and :free was asked for',
  'no-service-tier': ({ tier }: { tier: string }) => `is not known to have the service tier ${tier}, and provider.require_parameters is set`,
  ignored: () => 'is in provider.ignore',
  'not-in-only': () => 'is not in provider.only',
  'not-in-order': () => 'is not in provider.order, and provider.allow_fallbacks is false',
  /** `region` undefined: not known which its key opens. */
  region: ({ region, rule }: { region: string | undefined; rule: 'only' | 'ignore' | 'order' }) =>
    `${region === undefined ? 'its region is not known, and one' : `it is in ${region}, which`} ${REGION_RULES[rule]}`,
  precision: ({ quantization }: { quantization: string }) => `serves the model in a precision (${quantization}) that is not asked for`,
  'no-price': ({ bound }: { bound: PriceBound }) => `has no known price, and provider.max_price.${bound} is set`,
  'too-dear': ({ usd, bound }: { usd: number; bound: PriceBound }) => `costs ${usd} USD per ${PER[bound]}, more than provider.max_price.${bound} allows`,
  'may-keep-data': () => 'is not known to keep nothing (see Providers, your contract)',
  'may-learn': () => 'is not known not to learn from prompts (see Providers, your contract)',
  'reads-less': ({ context, tokens }: { context: number | undefined; tokens: number }) => `reads ${context} tokens, and this is about ${tokens}`,
  'other-host-first': () => 'another host comes first, and provider.allow_fallbacks is false',

  'rate-limited': ({ ms }: { ms: Ms }) => `rate-limited for ${span(ms)}`,
  'failed-in-a-row': ({ times, ms }: { times: number; ms: Ms }) => `failed ${times} times in a row, rests for ${span(ms)}`,
  'tried-by-another': () => 'is being tried again by another request',
  'tried-after-rest': () => 'is tried again after a rest',
  'failed-ago': ({ ms }: { ms: Ms }) => `failed ${span(ms)} ago`,
  'failed-lately': () => 'failed several times lately',
  'key-concurrency': ({ running }: { running: number }) => `has ${running} requests at once, as many as it may`,
  'key-requests': ({ rpm }: { rpm: number }) => `had its ${rpm} requests of this minute`,
  'key-tokens': ({ tpm }: { tpm: number }) => `had its ${tpm} tokens of this minute`,

  'budget-needs-price': () => 'its price is not known, so no budget could be held; give it a price on the Models screen',
  'over-budget': ({ cost, everybodys, period, left }: { cost: NanoUsd; everybodys: boolean; period: 'day' | 'month'; left: NanoUsd }) =>
    `it may cost up to ${formatUsd(cost)}, and ${everybodys ? 'the budget for all clients' : "the client key's budget"} for this ${period} has ${formatUsd(left)} left`,
} satisfies Sentences

const REGION_RULES = {
  only: 'is not in provider.only',
  ignore: 'is in provider.ignore',
  order: 'is not in provider.order, and provider.allow_fallbacks is false',
}

export type RouteReason = MessageOf<typeof ROUTE_REASONS>
