/** What a run is going to cost, before it is made: counted by estimate, and priced as the ledger will price it. */
import type { Forecast } from '../../shared/api/playground.ts'
import type { Catalog } from './catalog/catalog.ts'
import { costOf } from './ledger/cost.ts'
import { estimateInput, estimateText } from './ledger/estimate.ts'

/** A longish answer. Nobody knows how much a model will write. */
const ASSUMED_OUTPUT_TOKENS = 800

export interface Asking {
  readonly model: string
  /** All that is sent, in one. */
  readonly text: string
  readonly images?: number
  readonly documentBytes?: number
  readonly maxOutputTokens?: number | undefined
}

export function forecastOf({ model, text, images = 0, documentBytes = 0, maxOutputTokens }: Asking, catalog: Pick<Catalog, 'resolve' | 'priceOf'>): Forecast {
  const inputTokens = estimateText(text) + tokensOfFiles(images, documentBytes)
  const resolved = catalog.resolve(model)
  const limit = resolved.is === 'found' ? resolved.endpoint.limits.output : undefined
  const outputTokens = Math.min(maxOutputTokens ?? ASSUMED_OUTPUT_TOKENS, limit ?? Number.POSITIVE_INFINITY)
  const tokens = { input: inputTokens, output: outputTokens }
  const prices = resolved.is === 'found' ? catalog.priceOf(resolved.endpoint.id) : undefined
  return { model, inputTokens, outputTokens, cost: costOf(tokens, prices) }
}

function tokensOfFiles(images: number, documentBytes: number): number {
  if (images === 0 && documentBytes === 0) return 0
  const image = { type: 'image', media: { kind: 'url', url: '' } } as const
  const pdf = { type: 'document', media: { kind: 'base64', mediaType: 'application/pdf', data: ''.padEnd(Math.min(documentBytes, 50_000_000)) } } as const
  const parts = [...Array.from({ length: images }, () => image), ...(documentBytes > 0 ? [pdf] : [])]
  return estimateInput({ messages: [{ role: 'user', parts }], tools: [] })
}
