/**
 * Arguments that come in pieces: Vertex streams a call as values for JSON paths when asked to (`streamFunctionCallArguments`), a string in several
 * pieces. https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { isArray, isObject } from './fields.ts'

/** Lists are filled from the front; a position far beyond would only fill memory. */
const MOST_ITEMS = 10_000

type Container = { [key: string]: unknown } | unknown[]

export class PartialArguments {
  // without a prototype, an argument may be called anything
  readonly #args = Object.create(null) as { [key: string]: unknown }

  /**
   * Files the values of one piece: `[{jsonPath: '$.city', stringValue: 'Os', willContinue: true}]`.
   * @throws Failure 'upstream-unreadable' for a path that does not fit the values before it.
   */
  add(partialArgs: JsonValue | undefined): void {
    if (!isArray(partialArgs)) return
    for (const piece of partialArgs) if (isObject(piece)) this.#addOne(piece)
  }

  /** All arguments so far as JSON text. */
  json(): string {
    return JSON.stringify(this.#args)
  }

  #addOne(piece: JsonObject): void {
    const steps = typeof piece.jsonPath === 'string' ? stepsOf(piece.jsonPath) : []
    const last = steps.pop()
    const value = toldValue(piece)
    if (last === undefined || value === undefined) return
    let place: Container = this.#args
    for (const [index, step] of steps.entries()) {
      const next = steps[index + 1] ?? last
      place = (read(place, step) ?? write(place, step, typeof next === 'number' ? [] : Object.create(null))) as Container
    }
    const before = read(place, last)
    write(place, last, typeof before === 'string' && typeof value === 'string' ? before + value : value)
  }
}

function toldValue(piece: JsonObject): JsonValue | undefined {
  if (piece.nullValue !== undefined) return null
  return piece.stringValue ?? piece.numberValue ?? piece.boolValue
}

/** `$.trips[0]['to city']` as trips, 0, to city. */
function stepsOf(path: string): (string | number)[] {
  const steps = path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]/g)
  return [...steps].map(([, dotted, position, single, double]) => (position === undefined ? (dotted ?? single ?? double ?? '') : Number(position)))
}

function read(place: Container, step: string | number): unknown {
  const fits = Array.isArray(place) ? typeof step === 'number' && step <= MOST_ITEMS : typeof place === 'object'
  if (!fits) throw new Failure('upstream-unreadable', 'The provider streamed arguments that do not fit together.')
  return (place as { [key: string | number]: unknown })[step]
}

function write(place: Container, step: string | number, value: unknown): unknown {
  ;(place as { [key: string | number]: unknown })[step] = value
  return value
}
