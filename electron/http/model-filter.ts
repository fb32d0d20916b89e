/** The query of `GET /models`, with the names and meanings of OpenRouter's: https://openrouter.ai/docs/api-reference/models/get-models */
import { Failure } from '../../shared/failure.ts'
import type { Endpoint } from '../../shared/routing.ts'
import { inputModalities, outputModalities, supportedParameters } from './openrouter-models.ts'

/** Where a provider works and what it keeps, as far as it says so. */
export interface PlaceFacts {
  readonly regions: readonly string[] | undefined
  readonly keepsNothing: boolean | undefined
}

const MOST = 1_000_000

type Order = (first: Endpoint, second: Endpoint) => number

/** Those that need measurements or ratings are not among them: we have none to sort by. */
const ORDERS: Readonly<Record<string, Order>> = {
  'pricing-low-to-high': (a, b) => average(a, Number.POSITIVE_INFINITY) - average(b, Number.POSITIVE_INFINITY) || 0,
  'pricing-high-to-low': (a, b) => average(b, -1) - average(a, -1),
  'context-high-to-low': (a, b) => (b.limits.context ?? 0) - (a.limits.context ?? 0),
  newest: (a, b) => compare(b.facts?.cutoff ?? '', a.facts?.cutoff ?? ''),
}

export interface Filtered {
  readonly page: readonly Endpoint[]
  /** Before limit and offset. */
  readonly total: number
  /** The query of the next page, or undefined when this is the last. */
  readonly next: string | undefined
}

/** @param others models that are no chat; asked for by `output_modalities` alone. @throws Failure 'bad-request' naming the parameter */
export function filterModels(
  endpoints: readonly Endpoint[],
  others: readonly Endpoint[],
  query: URLSearchParams,
  placeOf: (provider: string) => PlaceFacts,
): Filtered {
  const wanted = list(query, 'output_modalities')
  const all = wanted.length === 0 ? endpoints : [...endpoints, ...others]
  const tests = [
    ...textTests(query),
    ...numberTests(query),
    ...placeTests(query, placeOf),
    ...(wanted.length === 0 || wanted.includes('all') ? [] : [(model: Endpoint) => outputModalities(model).some((modality) => wanted.includes(modality))]),
  ]
  const matching = tests.length === 0 ? all : all.filter((model) => tests.every((test) => test(model)))
  const order = orderOf(query)
  const sorted = order === undefined ? matching : matching.toSorted(order)
  const offset = number(query, 'offset', 0, MOST) ?? 0
  const limit = number(query, 'limit', 1, MOST)
  const end = limit === undefined ? sorted.length : offset + limit
  const next = new URLSearchParams(query)
  next.set('offset', String(end))
  return { page: sorted.slice(offset, end), total: sorted.length, next: end < sorted.length ? next.toString() : undefined }
}

type Test = (model: Endpoint) => boolean

function textTests(query: URLSearchParams): readonly Test[] {
  const tests: Test[] = []
  const text = query.get('q')?.trim().toLowerCase()
  if (text) tests.push(({ id, name, canonical }) => [id, name, canonical ?? ''].some((field) => field.toLowerCase().includes(text)))
  const parameters = list(query, 'supported_parameters')
  if (parameters.length > 0) tests.push((model) => parameters.every((parameter) => supportedParameters(model).includes(parameter)))
  const inputs = list(query, 'input_modalities')
  if (inputs.length > 0) tests.push((model) => inputs.every((modality) => inputModalities(model).includes(modality)))
  const providers = list(query, 'providers').map((name) => name.toLowerCase())
  if (providers.length > 0) tests.push(({ provider }) => providers.includes(provider))
  const authors = list(query, 'model_authors').map((name) => name.toLowerCase())
  if (authors.length > 0) tests.push(({ canonical, provider }) => authors.includes((canonical ?? provider).split('/')[0] ?? ''))
  return tests
}

function numberTests(query: URLSearchParams): readonly Test[] {
  const tests: Test[] = []
  const context = number(query, 'context', 0, Number.MAX_SAFE_INTEGER)
  if (context !== undefined) tests.push(({ limits }) => limits.context !== undefined && limits.context >= context)
  for (const [name, bucket, isFloor] of [
    ['min_price', 'input', true],
    ['max_price', 'input', false],
    ['min_output_price', 'output', true],
    ['max_output_price', 'output', false],
  ] as const) {
    const usd = number(query, name, 0, MOST)
    if (usd === undefined) continue
    const micro = usd * 1e6
    // an unknown price is neither above nor below
    tests.push(({ price }) => {
      const known = price?.microUsdPerMillion[bucket]
      return known !== undefined && (isFloor ? known >= micro : known <= micro)
    })
  }
  return tests
}

function placeTests(query: URLSearchParams, placeOf: (provider: string) => PlaceFacts): readonly Test[] {
  const region = query.get('region')?.toLowerCase()
  return [
    ...(region ? [({ provider }: Endpoint) => placeOf(provider).regions?.includes(region) === true] : []),
    ...(query.get('zdr') === 'true' ? [({ provider }: Endpoint) => placeOf(provider).keepsNothing === true] : []),
  ]
}

function orderOf(query: URLSearchParams): Order | undefined {
  const name = query.get('sort')
  if (name === null || name === '') return undefined
  const order = ORDERS[name]
  if (order === undefined) throw new Failure('bad-request', `sort must be one of ${Object.keys(ORDERS).join(', ')}, not '${name}'.`, { param: 'sort' })
  return order
}

function list(query: URLSearchParams, name: string): readonly string[] {
  return (query.get(name) ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

/** @throws Failure 'bad-request' */
export function number(query: URLSearchParams, name: string, least: number, most: number): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  const value = Number(text)
  if (!Number.isFinite(value) || value < least || value > most)
    throw new Failure('bad-request', `${name} must be a number from ${least} to ${most}, not '${text}'.`, { param: name })
  return value
}

function average({ price }: Endpoint, unknown: number): number {
  const { input, output } = price?.microUsdPerMillion ?? {}
  return input === undefined || output === undefined ? unknown : (input + output) / 2
}

function compare(first: string, second: string): number {
  return first < second ? -1 : first > second ? 1 : 0
}
