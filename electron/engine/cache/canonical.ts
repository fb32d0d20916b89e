/** JSON values as one text each: equal values have equal texts, whatever order their fields came in. */
import { createHash } from 'node:crypto'

/** A number that JSON.parse has rounded stands for several numbers, so it can be part of no key. */
export class Unkeyable extends Error {}

/** @throws Unkeyable for a number beyond what a double holds exactly */
export function canonical(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) throw new Unkeyable()
      return String(Object.is(value, -0) ? 0 : value)
    case 'boolean':
      return String(value)
    case 'object': {
      if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
      const fields = Object.entries(value).filter(([, field]) => field !== undefined)
      fields.sort(([one], [other]) => (one < other ? -1 : 1))
      return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
    }
    default:
      throw new Unkeyable()
  }
}

/** SHA-256, hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
