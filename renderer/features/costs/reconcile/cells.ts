/** What single cells of an export say. Each gives undefined for what it cannot read. */
import type { IsoDate } from '../../../../shared/ids.ts'

const WRITTEN_DAY = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/

/**
 * The day in UTC of a Unix time (s or ms), a date or a moment, whose zone is UTC where none is written. Dates with the year last are refused: nobody
 * can tell whether 03/04 is in March or April.
 */
export function dayIn(cell: string): IsoDate | undefined {
  const text = cell.trim()
  if (/^\d{10}(?:\.\d+)?$/.test(text)) return dayOf(Number(text) * 1000)
  if (/^\d{13}$/.test(text)) return dayOf(Number(text))
  const [, year, month, date, hour = '0', minute = '0', second = '0', zone = 'Z'] = WRITTEN_DAY.exec(text) ?? []
  if (year === undefined || month === undefined || date === undefined) return undefined
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(date))
  // JavaScript makes the 2nd of March of the 30th of February, and next January of a 13th month
  if (
    new Date(midnight).toISOString().slice(0, 10) !== [year, month.padStart(2, '0'), date.padStart(2, '0')].join('-') ||
    Number(hour) > 24 ||
    Number(minute) > 59
  )
    return undefined
  return dayOf(midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 - offsetMs(zone))
}

function dayOf(at: number): IsoDate | undefined {
  return Number.isFinite(at) && Math.abs(at) < 8.64e15 ? new Date(at).toISOString().slice(0, 10) : undefined
}

function offsetMs(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? []
  return hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** A number, with or without thousands marked. `comma`: the file's cells are parted by something else, so that a comma may part decimals. */
export function numberIn(cell: string, comma: boolean): number | undefined {
  const text = cell.trim().replace(/^(-?)\s*(?:\$|US\$|USD)\s*/i, '$1')
  if (/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return Number(text)
  if (comma && /^-?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'))
  if (/^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) return Number(text.replaceAll(',', ''))
  return undefined
}

/** A count of tokens; exports write 3.0 for 3. */
export function tokensIn(cell: string, comma: boolean): number | undefined {
  const value = numberIn(cell, comma)
  return value !== undefined && value >= 0 && Number.isSafeInteger(value) ? value : undefined
}
