import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import type { Draft } from './json-fields.ts'

/**
 * Fields of a request that the canonical view has no place for. On the way to a provider of the same format they are still in the client's body;
 * on the way to any other they are named as lost. Fields inside of lists share one name without the positions, or a long conversation would
 * name the same thing a hundred times.
 */
export class Leftovers {
  readonly #fields: Draft = {}
  readonly #nested = new Map<string, JsonValue[]>()

  /** A field at the top level of the body. */
  keep(name: string, value: JsonValue): void {
    this.#fields[name] = value
  }

  /** Every field of `object` but the known ones; null and empty lists mean nothing. */
  keepUnknown(object: JsonObject, known: readonly string[], name: string): void {
    for (const [key, value] of Object.entries(object)) if (!known.includes(key)) this.keepNested(`${name}.${key}`, value)
  }

  keepNested(name: string, value: JsonValue | undefined): void {
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return
    const values = this.#nested.get(name)
    if (values === undefined) this.#nested.set(name, [value])
    else values.push(value)
  }

  fields(): JsonObject {
    return { ...this.#fields, ...Object.fromEntries(this.#nested) }
  }
}
