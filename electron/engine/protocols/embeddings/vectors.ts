import type { JsonValue } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import type { Vector } from './embedding.ts'

const BYTES_PER_FLOAT = 4

/** The numbers of a vector; those out of base64 are exact, since every 32-bit float is a double. */
export function asFloats(vector: Vector): readonly number[] {
  if (typeof vector !== 'string') return vector
  const bytes = Buffer.from(vector, 'base64')
  return Array.from({ length: Math.floor(bytes.length / BYTES_PER_FLOAT) }, (_, index) => bytes.readFloatLE(index * BYTES_PER_FLOAT))
}

export function asBase64(vector: Vector): string {
  if (typeof vector === 'string') return vector
  const bytes = Buffer.alloc(vector.length * BYTES_PER_FLOAT)
  for (const [index, number] of vector.entries()) bytes.writeFloatLE(number, index * BYTES_PER_FLOAT)
  return bytes.toString('base64')
}

/** @throws Failure 'upstream-unreadable' when it is no vector */
export function vectorOf(value: JsonValue | undefined): Vector {
  if (typeof value === 'string' && value !== '') return value
  if (Array.isArray(value) && value.length > 0 && value.every((number) => typeof number === 'number')) return value as readonly number[]
  throw new Failure('upstream-unreadable', 'The provider answered with something that is no embedding.')
}
