import { english } from '../../shared/messages/english.ts'
import { isMessage } from '../../shared/messages/message.ts'

/** The same value with every message in it as its English sentence, for comparing with sentences. */
export function inEnglish<Value>(value: Value): Worded<Value> {
  return worded(value) as Worded<Value>
}

type Worded<Value> = Value extends readonly (infer Item)[]
  ? Worded<Item>[]
  : Value extends { readonly code: string }
    ? string
    : Value extends object
      ? { [Key in keyof Value]: Worded<Value[Key]> }
      : Value

function worded(value: unknown): unknown {
  if (isMessage(value)) return english(value)
  if (Array.isArray(value)) return value.map(worded)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, worded(inner)]))
}
