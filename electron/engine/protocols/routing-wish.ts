/**
 * What a client wants of the router, out of the body of any dialect: the fields are OpenRouter's and the same everywhere, only how a place in the
 * body is written differs. Source: guides/routing/provider-selection in OpenRouter's documentation.
 */
import type { JsonObject, JsonValue, MaxPrice, Percentiles, RoutingWish, Sort, SortBy } from '../../../shared/chat.ts'
import { arrayAt, badField, booleanAt, known, numberAt, objectAt, optional, stringAt } from './json.ts'

const SORTS: readonly SortBy[] = ['price', 'throughput', 'latency']
const PARTITIONS: readonly Sort['partition'][] = ['model', 'none']
const PERCENTILES = ['p50', 'p75', 'p90', 'p99'] as const
const PRICES = ['prompt', 'completion', 'request', 'image', 'audio'] as const
export const QUANTIZATIONS = ['int4', 'int8', 'fp4', 'fp6', 'fp8', 'fp16', 'bf16', 'fp32', 'unknown'] as const
/** Classes of service that have a price of their own. */
const PRICED_TIERS = ['flex', 'priority', 'fast'] as const
/** OpenRouter's bound; a longer one is a mistake. */
const LONGEST_SESSION = 256

/** How a dialect names the third entry of a list: `only[2]`, or `only.2` as Anthropic has it. */
export type ListStyle = 'brackets' | 'dots'

/** For requests that say nothing about routing. */
export const NO_WISH: RoutingWish = { fallbackModels: [], requireParameters: false }

/**
 * @param fallbackModels read by the dialect where it has a list of its own; absent: `models[]`
 * @throws Failure 'bad-request' naming the field
 */
export function readRoutingWish(body: JsonObject, style: ListStyle = 'brackets', fallbackModels?: readonly string[]): RoutingWish {
  const session = optional(body, 'session_id', sessionAt)
  const promptCacheKey = optional(body, 'prompt_cache_key', stringAt)
  const serviceTier = tierAsked(body.service_tier ?? body.serviceTier)
  const isSilent = body.models === undefined && body.provider === undefined && fallbackModels === undefined
  if (isSilent && session === undefined && promptCacheKey === undefined && serviceTier === undefined) return NO_WISH
  const names = fallbackModels ?? strings(body, 'models', '', style) ?? []
  const provider = optional(body, 'provider', objectAt)
  return { fallbackModels: names, requireParameters: false, ...(provider && readProvider(provider, style)), ...known({ session, promptCacheKey, serviceTier }) }
}

/** Words that no host has a price for say nothing to the router; whether they are words at all is their dialect's affair. */
function tierAsked(value: JsonValue | undefined): RoutingWish['serviceTier'] {
  return typeof value === 'string' ? PRICED_TIERS.find((tier) => tier === value.toLowerCase()) : undefined
}

function readProvider(provider: JsonObject, style: ListStyle): Omit<RoutingWish, 'fallbackModels'> {
  const at = 'provider'
  return {
    requireParameters: optional(provider, 'require_parameters', booleanAt, at) ?? false,
    ...known({
      order: strings(provider, 'order', at, style),
      only: strings(provider, 'only', at, style),
      ignore: strings(provider, 'ignore', at, style),
      allowFallbacks: optional(provider, 'allow_fallbacks', booleanAt, at),
      sort: optional(provider, 'sort', readSort, at),
      preferredMinThroughput: optional(provider, 'preferred_min_throughput', readPercentiles, at),
      preferredMaxLatency: optional(provider, 'preferred_max_latency', readPercentiles, at),
      maxPrice: optional(provider, 'max_price', readMaxPrice, at),
      quantizations: readQuantizations(provider, style),
      dataCollection: optional(provider, 'data_collection', (value, path) => oneOf(value, path, ['allow', 'deny'] as const), at),
      zdr: optional(provider, 'zdr', booleanAt, at),
    }),
  }
}

function readSort(value: JsonValue, path: string): Sort {
  if (typeof value === 'string') return { by: oneOf(value, path, SORTS), partition: 'model' }
  const sort = objectAt(value, path)
  const partition = optional(sort, 'partition', (partition, at) => oneOf(partition, at, PARTITIONS), path)
  return { by: oneOf(sort.by, `${path}.by`, SORTS), partition: partition ?? 'model' }
}

function readPercentiles(value: JsonValue, path: string): Percentiles {
  if (typeof value === 'number') return { p50: positiveAt(value, path) }
  const given = objectAt(value, path)
  onlyKeys(given, path, PERCENTILES)
  return Object.fromEntries(PERCENTILES.flatMap((name) => entry(name, optional(given, name, positiveAt, path))))
}

function readMaxPrice(value: JsonValue, path: string): MaxPrice {
  const given = objectAt(value, path)
  onlyKeys(given, path, PRICES)
  return Object.fromEntries(PRICES.flatMap((name) => entry(name, optional(given, name, priceAt, path))))
}

function readQuantizations(provider: JsonObject, style: ListStyle): readonly string[] | undefined {
  const given = strings(provider, 'quantizations', 'provider', style)
  for (const [index, name] of given?.entries() ?? []) oneOf(name, entryPath('provider.quantizations', index, style), QUANTIZATIONS)
  return given
}

function entry(name: string, value: number | undefined): readonly (readonly [string, number])[] {
  return value === undefined ? [] : [[name, value]]
}

function strings(body: JsonObject, key: string, parent: string, style: ListStyle): readonly string[] | undefined {
  return optional(body, key, (value, path) => arrayAt(value, path).map((item, index) => nonEmptyAt(item, entryPath(path, index, style))), parent)
}

function entryPath(path: string, index: number, style: ListStyle): string {
  return style === 'dots' ? `${path}.${index}` : `${path}[${index}]`
}

function nonEmptyAt(value: JsonValue, path: string): string {
  const text = stringAt(value, path)
  if (text === '') throw badField(path, 'must not be empty')
  return text
}

function positiveAt(value: JsonValue, path: string): number {
  const number = numberAt(value, path)
  if (number <= 0) throw badField(path, 'must be above 0')
  return number
}

/** Also as text, as OpenRouter writes prices. */
function priceAt(value: JsonValue, path: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !(number >= 0) || !Number.isFinite(number)) throw badField(path, 'must be a price of 0 or more')
  return number
}

function sessionAt(value: JsonValue, path: string): string {
  const session = stringAt(value, path)
  if (session === '' || session.length > LONGEST_SESSION) throw badField(path, `must have 1 to ${LONGEST_SESSION} characters`)
  return session
}

function oneOf<Name extends string>(value: JsonValue | undefined, path: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === value)
  if (found === undefined) throw badField(path, `must be one of ${names.join(', ')}`)
  return found
}

function onlyKeys(given: JsonObject, path: string, keys: readonly string[]): void {
  const other = Object.keys(given).find((key) => !keys.includes(key))
  if (other !== undefined) throw badField(`${path}.${other}`, `is not known here: there are ${keys.join(', ')}`)
}
