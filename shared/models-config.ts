import { z } from 'zod'
import { INPUT_HINTS } from './messages/input.ts'
import { ABILITIES, MODALITIES } from './models.ts'

/** What `models.json` in the data folder may hold. Prices in US dollars per million tokens, `request` and `webSearch` by the piece; discounts in percent. */

const usd = z
  .number()
  .min(0)
  .max(1_000_000)
  .refine((value) => /^\d+(\.\d{1,6})?$/.test(String(value)), 'at most six decimals')

const tokenPrices = {
  input: usd.optional(),
  cacheRead: usd.optional(),
  cacheWrite5m: usd.optional(),
  cacheWrite1h: usd.optional(),
  output: usd.optional(),
  reasoning: usd.optional(),
  audioInput: usd.optional(),
  audioCacheRead: usd.optional(),
  audioOutput: usd.optional(),
  imageInput: usd.optional(),
  imageOutput: usd.optional(),
}

export const writtenPrice = z.strictObject({
  ...tokenPrices,
  request: usd.optional(),
  webSearch: usd.optional(),
  tiers: z
    .array(z.strictObject({ overInputTokens: z.number().int().min(0), ...tokenPrices }))
    .max(10)
    .optional(),
  asOf: z.iso.date().optional(),
  source: z.string().min(1).max(300).optional(),
})

const endpointId = z.string().regex(/^[^/\s]+\/\S+$/, INPUT_HINTS['endpoint-id'])
const name = z.string().min(1).max(200)

export const ownModel = z.strictObject({
  provider: name,
  id: name,
  name: name.optional(),
  /** Tokens. */
  context: z.number().int().min(1).max(1_000_000_000).optional(),
  output: z.number().int().min(1).max(1_000_000_000).optional(),
  inputModalities: z.array(z.enum(MODALITIES)).min(1).max(5).optional(),
  /** false: it cannot; left out: nobody knows. */
  abilities: z.partialRecord(z.enum(ABILITIES), z.boolean()).optional(),
  price: writtenPrice.optional(),
})

export const modelsConfigSchema = z.strictObject({
  models: z.array(ownModel).max(5_000).default([]),
  prices: z.record(endpointId, writtenPrice).default({}),
  /** By provider or by `provider/model`. */
  discounts: z.record(z.string().min(1), z.number().min(0).max(100)).default({}),
})

export type WrittenPrice = z.infer<typeof writtenPrice>
export type ModelsConfig = z.infer<typeof modelsConfigSchema>

export const EMPTY_MODELS: ModelsConfig = { models: [], prices: {}, discounts: {} }
