/**
 * Fields that an endpoint has refused and served the same request without: the next request leaves them out at once, instead of asking twice each
 * time. In memory only, and only for a while, since providers change what they take.
 */
import type { Ms } from '../../../shared/ids.ts'

const ENDPOINTS_LIMIT = 1_000
const VALUES_LIMIT = 50
/** Longer values are not worth keeping: they will hardly come again. */
const VALUE_CHARACTERS = 200
const REMEMBERED_MS = 24 * 3_600_000

/** A refusal of a field, or of the value that it had alone (`unsupported_value`). */
export interface RefusedField {
  readonly field: string
  readonly whatever: boolean
}

export class RefusedFields {
  readonly #now: () => Ms
  /** By endpoint, then by field and, where one value alone was refused, its JSON: when that was learned. */
  readonly #endpoints = new Map<string, Map<string, Ms>>()

  constructor(now: () => Ms) {
    this.#now = now
  }

  /** Whether nobody has refused anything lately, as is usual. */
  get isEmpty(): boolean {
    return this.#endpoints.size === 0
  }

  /** @param json the value that was refused, as it stood in the body */
  learn(endpoint: string, { field, whatever }: RefusedField, json: string): void {
    if (!whatever && json.length > VALUE_CHARACTERS) return
    const fields = this.#endpoints.get(endpoint) ?? new Map<string, Ms>()
    if (fields.size >= VALUES_LIMIT) fields.clear()
    fields.set(whatever ? field : keyOf(field, json), this.#now())
    this.#endpoints.delete(endpoint)
    this.#endpoints.set(endpoint, fields)
    if (this.#endpoints.size <= ENDPOINTS_LIMIT) return
    const [oldest] = this.#endpoints.keys()
    if (oldest !== undefined) this.#endpoints.delete(oldest)
  }

  /** Which fields of a body its endpoint is known to refuse. `jsonOf` gives a field's value as JSON; undefined where the body has none. */
  among(endpoint: string, jsonOf: (field: string) => string | undefined): readonly string[] {
    const fields = this.#endpoints.get(endpoint)
    if (fields === undefined) return []
    const found = new Set<string>()
    for (const [key, learnedAt] of fields) {
      if (this.#now() - learnedAt > REMEMBERED_MS) {
        fields.delete(key)
        continue
      }
      const field = fieldOf(key)
      const json = jsonOf(field)
      if (json !== undefined && (key === field || key === keyOf(field, json))) found.add(field)
    }
    return [...found]
  }
}

/** 0.20 and 0.2 are one value. */
function keyOf(field: string, json: string): string {
  return `${field}=${JSON.stringify(JSON.parse(json))}`
}

function fieldOf(key: string): string {
  const end = key.indexOf('=')
  return end < 0 ? key : key.slice(0, end)
}
