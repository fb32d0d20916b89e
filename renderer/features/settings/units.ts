/** Numbers as one types them in Settings: seconds and kilobytes in the field, milliseconds and bytes in the engine. */
import { textsNow } from '../../i18n/texts.ts'
import { SETTINGS_TEXTS } from './texts.ts'

export interface Unit {
  /** Behind the field. */
  readonly sign: string
  /** How many of the engine's own units it is. */
  readonly size: number
}

export const SECONDS: Unit = { sign: 's', size: 1000 }
export const KILOBYTES: Unit = { sign: 'KB', size: 1024 }
export const MEGABYTES: Unit = { sign: 'MB', size: 1024 * 1024 }
export const DAYS: Unit = { sign: 'days', size: 1 }
export const PLAIN: Unit = { sign: '', size: 1 }

/** As it is written in the language in use. */
export function signOf(unit: Unit): string {
  return unit === DAYS ? textsNow(SETTINGS_TEXTS).days : unit.sign
}

/** Three decimals are milliseconds of a second: nothing finer is ever stored. */
const DECIMALS = 3

export function shown(value: number, unit: Unit): string {
  return String(Number((value / unit.size).toFixed(DECIMALS)))
}

export type Parsed = { readonly is: 'number'; readonly value: number } | { readonly is: 'refused'; readonly why: string }

/** What was typed, in the engine's unit and rounded to a whole one. `least` and `most` are in the engine's unit. */
export function parsed(text: string, unit: Unit, least: number, most: number): Parsed {
  const texts = textsNow(SETTINGS_TEXTS)
  const typed = text.trim().replace(',', '.')
  if (!/^\d+(\.\d+)?$/.test(typed)) return { is: 'refused', why: texts.typeNumber }
  const value = Math.round(Number(typed) * unit.size)
  const words = (bound: number): string => [shown(bound, unit), signOf(unit)].filter(Boolean).join(' ')
  if (value < least) return { is: 'refused', why: texts.atLeast(words(least)) }
  if (value > most) return { is: 'refused', why: texts.atMost(words(most)) }
  return { is: 'number', value }
}
