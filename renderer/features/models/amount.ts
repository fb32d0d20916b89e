import type { ApiFailure } from '../../../shared/contract.ts'

/** A number as people type it, with a point or a comma. undefined: nothing typed; null: no such number. */
export function amountOf(typed: string, most = 1_000_000): number | undefined | null {
  const text = typed.trim().replace(',', '.')
  if (text === '') return undefined
  const value = Number(text)
  return /^\d*\.?\d{0,6}$/.test(text) && Number.isFinite(value) && value <= most ? value : null
}

/** What the engine says of one field; its last part is the field's name. */
export function errorAt(failure: ApiFailure | undefined, field: string): string | undefined {
  return failure?.field?.split('.').at(-1) === field ? failure.message : undefined
}
