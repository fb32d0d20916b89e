/** The user's own models, prices and discounts as one file, `models.json`, in the data folder: made on the Models screen or by hand. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EMPTY_MODELS, type ModelsConfig, modelsConfigSchema, type WrittenPrice } from '../../../shared/models-config.ts'
import type { CallPrices, Prices, TokenPrices } from '../../../shared/routing.ts'
import type { Corrections } from './corrections.ts'
import { microUsd } from './genai-prices.ts'

const BUCKETS = [
  'input',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'output',
  'reasoning',
  'audioInput',
  'audioCacheRead',
  'audioOutput',
  'imageInput',
  'imageOutput',
] as const
const NANO_USD = 1e9

export class ModelsFile {
  readonly #path: string
  #config: ModelsConfig = EMPTY_MODELS
  #mark = ''

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'models.json')
  }

  get config(): ModelsConfig {
    return this.#config
  }

  /** Reads the file where it has changed. What is in force stays where it is not valid. @returns whether something changed. @throws Error naming file and field */
  async load(): Promise<boolean> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    const mark = createHash('sha256').update(text).digest('hex')
    if (mark === this.#mark || (text === '' && this.#mark === '')) return false
    this.#config = text === '' ? EMPTY_MODELS : checked(parsed(text, this.#path), this.#path)
    this.#mark = mark
    return true
  }

  /** Changes and writes it whole, so that a crash leaves the old or the new one. @throws Error naming the field */
  async update(change: (config: ModelsConfig) => ModelsConfig): Promise<void> {
    await this.load()
    const next = checked(change(this.#config), this.#path)
    const text = `${JSON.stringify(next, null, 2)}\n`
    await mkdir(join(this.#path, '..'), { recursive: true, mode: 0o700 })
    await writeFile(`${this.#path}.new`, text, { mode: 0o600 })
    await rename(`${this.#path}.new`, this.#path)
    this.#config = next
    this.#mark = createHash('sha256').update(text).digest('hex')
  }

  /** @param today the date of prices that bear none, ISO */
  corrections(today: string): Corrections {
    const { models, prices, discounts } = this.#config
    const own = models.flatMap(({ provider, id, price }) => (price === undefined ? [] : [[`${provider}/${id}`, toPrices(price, today)] as const]))
    return {
      prices: new Map([...own, ...Object.entries(prices).map(([endpoint, price]) => [endpoint, toPrices(price, today)] as const)]),
      discounts: new Map(Object.entries(discounts)),
      ownModels: models,
    }
  }
}

function toPrices({ asOf, source, tiers, request, webSearch, ...rest }: WrittenPrice, today: string): Prices {
  const perCall: CallPrices = {
    ...(request !== undefined && { request: Math.round(request * NANO_USD) }),
    ...(webSearch !== undefined && { webSearch: Math.round(webSearch * NANO_USD) }),
  }
  return {
    asOf: asOf ?? today,
    source: source ?? 'set by you',
    microUsdPerMillion: tokenPrices(rest),
    // the last that applies holds, in whatever order they were written
    ...(tiers !== undefined && {
      tiers: tiers
        .toSorted((one, other) => one.overInputTokens - other.overInputTokens)
        .map(({ overInputTokens, ...prices }) => ({ overInputTokens, microUsdPerMillion: tokenPrices(prices) })),
    }),
    ...(Object.keys(perCall).length > 0 && { perCall }),
  }
}

function tokenPrices(written: Readonly<Partial<Record<keyof TokenPrices, number | undefined>>>): TokenPrices {
  const found: { -readonly [Bucket in keyof TokenPrices]: number } = {}
  for (const bucket of BUCKETS) {
    const usd = written[bucket]
    const micro = usd === undefined ? undefined : microUsd(usd)
    if (micro !== undefined) found[bucket] = micro
  }
  return found
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${path} is not valid JSON. Mend it or move it away.`, { cause })
  }
}

function checked(value: unknown, path: string): ModelsConfig {
  const result = modelsConfigSchema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new Error(`${path}: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'not valid'}`)
}
