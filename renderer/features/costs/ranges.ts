/** Which days are looked at. Pure. */
import type { Ms } from '../../../shared/ids.ts'

export const PRESETS = ['today', 'week', 'month', 'custom'] as const
export type Preset = (typeof PRESETS)[number]

const PRESET_DAYS: Readonly<Record<Exclude<Preset, 'custom'>, number>> = { today: 1, week: 7, month: 30 }

export interface Range {
  readonly preset: Preset
  /** Local days as `<input type="date">` writes them, both included; used with 'custom' alone. */
  readonly first: string
  readonly last: string
}

export interface Span {
  readonly from: Ms
  readonly until: Ms
}

/** The range's moments, or undefined while the two days of a custom one make none. */
export function spanOf({ preset, first, last }: Range, now: Ms): Span | undefined {
  if (preset !== 'custom') {
    const from = new Date(now)
    from.setHours(0, 0, 0, 0)
    from.setDate(from.getDate() - PRESET_DAYS[preset] + 1)
    return { from: from.getTime(), until: now }
  }
  const from = localMidnight(first)
  const lastDay = localMidnight(last)
  if (from === undefined || lastDay === undefined || lastDay < from) return undefined
  const until = new Date(lastDay)
  until.setDate(until.getDate() + 1)
  return { from, until: until.getTime() }
}

function localMidnight(day: string): Ms | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (year === undefined || month === undefined || date === undefined) return undefined
  return new Date(Number(year), Number(month) - 1, Number(date)).getTime()
}
