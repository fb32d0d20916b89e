import { readFileSync } from 'node:fs'
import type { JsonObject } from '../../../../../../shared/chat.ts'

const folder = new URL('../../../../../fixtures/gemini/', import.meta.url)

/** The bytes of a stream, comments with its origin included: readers skip those. */
export function streamFixture(name: string): Buffer {
  return readFileSync(new URL(`${name}.sse`, folder))
}

export function bodyFixture(name: string): JsonObject {
  return (JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as { body: JsonObject }).body
}
