/**
 * What local servers (and any that speak OpenAI's format) say they hold. Lenient: a row that cannot be read is left out, an answer that is no list
 * at all gives undefined, so that a stranger on the same port is not taken for Ollama.
 */

import type { IsoDate } from '../../../shared/ids.ts'
import type { Ability, Modality, ModelKind } from '../../../shared/models.ts'
import type { Prices } from '../../../shared/routing.ts'

/** A model as a server lists it. `context` and `output` in tokens. */
export interface LiveModel {
  readonly id: string
  readonly name?: string
  readonly context?: number
  readonly output?: number
  /** What the server says it takes, does and costs, where its list tells. */
  readonly kind?: ModelKind
  readonly inputModalities?: readonly Modality[]
  readonly outputModalities?: readonly Modality[]
  readonly abilities?: Readonly<Partial<Record<Ability, boolean>>>
  /** Its provider has said that it will go. */
  readonly deprecated?: boolean
  /** When it is switched off. */
  readonly retiresOn?: IsoDate
  readonly price?: Prices
}

/** Ollama's `GET /api/tags`: https://docs.ollama.com/api/tags. Embedding models (the bert families) are left out. */
export function readOllamaTags(body: unknown): readonly LiveModel[] | undefined {
  const rows = isRecord(body) ? body.models : undefined
  if (!Array.isArray(rows)) return undefined
  return rows.flatMap((row: unknown) => {
    if (!isRecord(row)) return []
    const id = text(row.model) ?? text(row.name)
    if (id === undefined || isEmbedder(row.details)) return []
    return [{ id }]
  })
}

function isEmbedder(details: unknown): boolean {
  if (!isRecord(details)) return false
  const families = Array.isArray(details.families) ? details.families : [details.family]
  return families.some((family: unknown) => typeof family === 'string' && family.includes('bert'))
}

/**
 * `GET /v1/models` of LM Studio, Ollama and whoever else follows https://platform.openai.com/docs/api-reference/models/list. Reads the names and
 * context lengths that some add to it: LM Studio's `max_context_length` (and its `type`), OpenRouter's `name` and `context_length`, vLLM's `max_model_len`,
 * Anthropic's `display_name`.
 */
export function readModelList(body: unknown): readonly LiveModel[] | undefined {
  const rows = isRecord(body) ? body.data : undefined
  if (!Array.isArray(rows)) return undefined
  return rows.flatMap((row: unknown) => {
    if (!isRecord(row)) return []
    const id = text(row.id)
    if (id === undefined || row.type === 'embeddings') return []
    const name = text(row.name) ?? text(row.display_name)
    const context = tokens(row.context_length) ?? tokens(row.max_context_length) ?? tokens(row.max_model_len)
    return [{ id, ...(name === undefined ? {} : { name }), ...(context === undefined ? {} : { context }) }]
  })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function tokens(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
