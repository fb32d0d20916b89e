/**
 * What a request cost, exactly: whole tokens times whole micro-USD per million tokens, and whole nano-USD by the piece, summed in BigInt and rounded once,
 * half up, to nano-USD.
 */
import { type Need, type Tokens, totalInput, type UsageExtras } from '../../../shared/chat.ts'
import type { Ms } from '../../../shared/ids.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import { type Prices, SERVICE_TIERS, type ServiceTier, type TokenPrices } from '../../../shared/routing.ts'

/** The prices a bucket is charged at, the first that there is: what has no price of its own costs what stands beside it. */
const CHARGED_AS: Readonly<Record<keyof Tokens, readonly (keyof TokenPrices)[]>> = {
  input: ['input'],
  cacheRead: ['cacheRead'],
  cacheWrite5m: ['cacheWrite5m'],
  cacheWrite1h: ['cacheWrite1h'],
  output: ['output'],
  reasoning: ['reasoning', 'output'],
  audioInput: ['audioInput', 'input'],
  audioCacheRead: ['audioCacheRead', 'cacheRead'],
  audioOutput: ['audioOutput', 'output'],
  imageInput: ['imageInput', 'input'],
  imageOutput: ['imageOutput', 'output'],
}
export const BUCKETS = Object.entries(CHARGED_AS) as readonly (readonly [keyof Tokens, readonly (keyof TokenPrices)[]])[]

/** A need whose tokens may cost more than text, and the bucket in which a provider that tells them apart counts them. */
const APART: readonly (readonly [Need, keyof Tokens & keyof TokenPrices])[] = [
  ['audio', 'audioInput'],
  ['vision', 'imageInput'],
]

/** A token at a micro-USD per million is a thousandth of a nano-USD. */
const PER_NANO_USD = 1000n
const DAY_MINUTES = 1440
/** 100,000 USD. No request costs as much: whoever counts tokens for it has miscounted, and sums of such figures would soon be no whole numbers any more. */
const MOST_NANO_USD = 100_000n * 1_000_000_000n
const HUNDRED = 100n

export interface Charged {
  /** When the request was made: prices may depend on the hour. Absent: the prices outside of special hours. */
  readonly at?: Ms
  readonly extras?: UsageExtras | undefined
  readonly needs?: ReadonlySet<Need>
}

/**
 * undefined means unknown: no prices, no counts at all, a bucket with tokens but no price, a count that is no whole number of tokens, a class of service
 * without a price, or sound and pictures that cost more than text and were not counted apart. A missing bucket adds nothing, so the cost of an answer that
 * broke off before its output was counted is a lower bound; so is that of web searches which nobody counted. A sum that no request comes to is unknown too.
 */
export function costOf(tokens: Tokens, prices: Prices | undefined, { at, extras, needs }: Charged = {}): NanoUsd | undefined {
  if (prices === undefined) return undefined
  const applicable = pricesFor(totalInput(tokens) ?? 0, prices, at, extras?.serviceTier)
  if (applicable === undefined) return undefined
  for (const [need, bucket] of APART) {
    if (needs?.has(need) && tokens[bucket] === undefined && applicable[bucket] !== undefined && applicable[bucket] !== applicable.input) return undefined
  }
  let sum: bigint | undefined
  for (const [bucket, charged] of BUCKETS) {
    const count = tokens[bucket]
    if (count === undefined) continue
    if (!Number.isSafeInteger(count) || count < 0) return undefined
    const price = priceIn(applicable, charged)
    if (count > 0 && price === undefined) return undefined
    sum = (sum ?? 0n) + BigInt(count) * BigInt(price ?? 0)
  }
  if (sum === undefined) return undefined
  const byPiece = byThePiece(prices, extras)
  if (byPiece === undefined) return undefined
  // of what is charged by the piece nothing is added
  const thousandths = sum * (HUNDRED + BigInt(extras?.surchargePercent ?? 0)) + byPiece * PER_NANO_USD * HUNDRED
  const unit = PER_NANO_USD * HUNDRED
  const cost = (thousandths + unit / 2n) / unit
  return cost > MOST_NANO_USD ? undefined : asNanoUsd(Number(cost))
}

export function priceIn(prices: TokenPrices, charged: readonly (keyof TokenPrices)[]): number | undefined {
  for (const name of charged) if (prices[name] !== undefined) return prices[name]
  return undefined
}

/** In nano-USD. undefined: something was charged by the piece and nobody knows at which price. */
export function byThePiece({ perCall }: Prices, extras: UsageExtras | undefined): bigint | undefined {
  const searches = extras?.webSearches ?? 0
  if (!Number.isSafeInteger(searches) || searches < 0) return undefined
  if (perCall?.requestAtMost !== undefined) return undefined
  if (searches > 0 && perCall?.webSearch === undefined) return undefined
  return BigInt(perCall?.request ?? 0) + BigInt(searches) * BigInt(perCall?.webSearch ?? 0)
}

/**
 * The prices of a whole request: those of its class of service at its length, else of its hour, else of the last tier that `inputTokens` exceeds.
 * undefined: it was served in a class whose price is unknown.
 */
export function pricesFor(inputTokens: number, prices: Prices, at?: Ms, serviceTier?: string): TokenPrices | undefined {
  const tier = SERVICE_TIERS.find((known): known is ServiceTier => known === serviceTier)
  const long = prices.tiers?.findLast(({ overInputTokens }) => inputTokens > overInputTokens)?.microUsdPerMillion
  if (tier !== undefined) {
    const served = prices.serviceTiers?.[tier]
    return served === undefined || long === undefined || SAME_AT_ALL_LENGTHS.has(tier) ? served : inProportion(served, long, prices.microUsdPerMillion)
  }
  const minute = at === undefined ? undefined : Math.floor(at / 60_000) % DAY_MINUTES
  const hour = minute === undefined ? undefined : prices.hours?.findLast(({ from, to }) => isBetween(minute, from, to))
  if (hour !== undefined) return hour.microUsdPerMillion
  return long ?? prices.microUsdPerMillion
}

/** "across the full context window": https://platform.claude.com/docs/en/build-with-claude/fast-mode#pricing */
const SAME_AT_ALL_LENGTHS: ReadonlySet<ServiceTier> = new Set(['fast'])

/**
 * What a class of service costs where the prompt is long: as much more as it costs more in the usual one. OpenAI asks its multiples of long prompts "for
 * standard, batch, and flex" alike (https://developers.openai.com/api/docs/models/gpt-5.5). A price for which that gives no whole micro-USD is unknown.
 */
function inProportion(served: TokenPrices, long: TokenPrices, usual: TokenPrices): TokenPrices {
  const found: { -readonly [Bucket in keyof TokenPrices]: number } = {}
  for (const [bucket, price] of Object.entries(served) as [keyof TokenPrices, number][]) {
    const [above, below] = [long[bucket], usual[bucket]]
    if (price === 0) found[bucket] = 0
    else if (above !== undefined && below !== undefined && below > 0 && (price * above) % below === 0) found[bucket] = (price * above) / below
  }
  return found
}

/** Also where the span goes over midnight. */
function isBetween(minute: number, from: number, to: number): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to
}
