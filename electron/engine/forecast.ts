/** What a run is going to cost, before it is made: its input counted as the provider counts where that can be had, and priced as the ledger will price it. */
import type { DeclaredTool, Forecast } from '../../shared/api/playground.ts'
import type { ChatView, Part } from '../../shared/chat.ts'
import type { Endpoint } from '../../shared/routing.ts'
import type { Catalog } from './catalog/catalog.ts'
import { costOf } from './ledger/cost.ts'
import { estimateInput } from './ledger/estimate.ts'
import { countInput, type InputCount } from './ledger/tokenizer.ts'

/** A longish answer. Nobody knows how much a model will write. */
const ASSUMED_OUTPUT_TOKENS = 800
/** Of a document that is only there to be estimated by its length. */
const MOST_DOCUMENT_BYTES = 50_000_000

export interface Asking {
  readonly model: string
  /** All that is sent, one a message. */
  readonly texts: readonly string[]
  readonly tools?: readonly DeclaredTool[] | undefined
  readonly images?: number
  readonly documentBytes?: number
  readonly maxOutputTokens?: number | undefined
}

type KnownModels = Pick<Catalog, 'resolve' | 'priceOf'>

/** At once, from the lengths of what is sent; `estimated` therefore. */
export function roughForecast(asking: Asking, catalog: KnownModels): Forecast {
  return forecastWith(asking, { tokens: estimateInput(viewOf(asking)), estimated: true }, endpointOf(asking, catalog), catalog)
}

/** The same with the input counted by the model's own tokenizer where it has one, which happens in a thread of its own. Never rejects. */
export async function forecastOf(asking: Asking, catalog: KnownModels): Promise<Forecast> {
  const endpoint = endpointOf(asking, catalog)
  return forecastWith(asking, await countInput(viewOf(asking), endpoint ?? { upstreamModel: asking.model }), endpoint, catalog)
}

function forecastWith({ model, maxOutputTokens }: Asking, input: InputCount, endpoint: Endpoint | undefined, catalog: KnownModels): Forecast {
  const outputTokens = Math.min(maxOutputTokens ?? ASSUMED_OUTPUT_TOKENS, endpoint?.limits.output ?? Number.POSITIVE_INFINITY)
  const prices = endpoint && catalog.priceOf(endpoint.id)
  return {
    ...{ model, inputTokens: input.tokens, estimated: input.estimated, outputTokens },
    cost: costOf({ input: input.tokens, output: outputTokens }, prices),
  }
}

function endpointOf({ model }: Asking, catalog: KnownModels): Endpoint | undefined {
  const resolved = catalog.resolve(model)
  return resolved.is === 'found' ? resolved.endpoint : undefined
}

function viewOf({ texts, tools = [], images = 0, documentBytes = 0 }: Asking): Pick<ChatView, 'messages' | 'tools' | 'output'> {
  const messages = texts.map((text) => ({ role: 'user' as const, parts: [{ type: 'text', text }] as readonly Part[] }))
  const image: Part = { type: 'image', media: { kind: 'url', url: '' } }
  const files: readonly Part[] = [...Array.from({ length: images }, () => image), ...(documentBytes > 0 ? [pdfOf(documentBytes)] : [])]
  return {
    messages: files.length === 0 ? messages : [...messages, { role: 'user', parts: files }],
    tools: tools.map(({ name, description = '', parameters = {} }) => ({ name, description, parameters })),
  }
}

function pdfOf(bytes: number): Part {
  return { type: 'document', media: { kind: 'base64', mediaType: 'application/pdf', data: ''.padEnd(Math.min(bytes, MOST_DOCUMENT_BYTES)) } }
}
