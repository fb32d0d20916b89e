/**
 * Numbers and moments as people read them in a dense table: short, of even width, units kept, with the separators of the language in use. Unknown is
 * 'n/a', never 0.
 */
import type { Ms } from '../../shared/ids.ts'
import { formatUsd, type NanoUsd } from '../../shared/money.ts'
import { type Language, language, textsNow } from '../i18n/texts.ts'
import { UI_TEXTS } from './texts.ts'

/** The same in every language, for it stands in narrow columns. */
export const UNKNOWN = 'n/a'

/** Of one language and one number of decimals each: making one takes longer than using it a thousand times. */
const formats = new Map<string, Intl.NumberFormat>()

function decimals(value: number, digits: number): string {
  const now: Language = language.getState().now
  const key = `${now} ${digits}`
  const format = formats.get(key) ?? new Intl.NumberFormat(now, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  formats.set(key, format)
  return format.format(value)
}

/** Dollars as `formatUsd` writes them, with the language's own decimal sign. */
export function formatMoney(cost: NanoUsd | undefined): string {
  if (cost === undefined) return UNKNOWN
  return localDecimals(formatUsd(cost))
}

/** A number written with a decimal point, with the language's own sign for it. Only for numbers too small to be grouped. */
export function localDecimals(written: string): string {
  return language.getState().now === 'en' ? written : written.replace('.', ',')
}

/** A span of milliseconds: `268 ms`, `3.42 s`, `34.2 s`, `2 m 05 s`. */
export function formatSpan(ms: number | undefined): string {
  if (ms === undefined) return UNKNOWN
  if (ms < 999.5) return `${Math.round(ms)} ms`
  const seconds = ms / 1000
  if (seconds < 9.995) return `${decimals(seconds, 2)} s`
  if (seconds < 59.95) return `${decimals(seconds, 1)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} m ${String(whole % 60).padStart(2, '0')} s`
}

/** A count: `1,234`, `12.3k`, `4.1M`. */
export function formatCount(count: number | undefined): string {
  if (count === undefined) return UNKNOWN
  if (count < 10_000) return decimals(count, 0)
  if (count < 999_950) return `${decimals(count / 1000, 1)}k`
  return `${decimals(count / 1_000_000, 1)}M`
}

/** A rate with one decimal below 100: `26.4`, `170`; of what came all at once, as a count: `120.0k`. */
export function formatRate(perSecond: number | undefined): string {
  if (perSecond === undefined) return UNKNOWN
  return perSecond < 99.95 ? decimals(perSecond, 1) : formatCount(perSecond)
}

/** `512 B`, `64 KB`, `1.5 MB`, `72.3 GB`, in steps of 1024. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${trimmed(bytes / 1024)} KB`
  if (bytes < 1024 ** 3) return `${trimmed(bytes / 1024 ** 2)} MB`
  return `${trimmed(bytes / 1024 ** 3)} GB`
}

function trimmed(value: number): string {
  return decimals(value, Number.isInteger(Number(value.toFixed(1))) ? 0 : 1)
}

/** Local wall clock, `14:03:27`. */
export function formatClock(at: Ms): string {
  const moment = new Date(at)
  return [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')
}

/** Local day, `2026-11-22`. */
export function formatDay(at: Ms): string {
  const moment = new Date(at)
  return [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

/** The clock alone for today, with the day before it otherwise. */
export function formatMoment(at: Ms, now: Ms): string {
  return formatDay(at) === formatDay(now) ? formatClock(at) : `${formatDay(at)} ${formatClock(at)}`
}

/** Younger than this a weekday is unambiguous. */
const SIX_DAYS_MS = 6 * 86_400_000

/** As short as it can be told apart in a list: `14:03:27` today, `Sat 14:03` this week, `12 Nov` before. */
export function formatListMoment(at: Ms, now: Ms): string {
  if (formatDay(at) === formatDay(now)) return formatClock(at)
  const moment = new Date(at)
  if (now - at < SIX_DAYS_MS) return `${named(moment, { weekday: 'short' })} ${formatClock(at).slice(0, 5)}`
  return named(moment, { day: 'numeric', month: 'short' })
}

/** British order in English: `2 Nov`. */
function named(moment: Date, parts: Intl.DateTimeFormatOptions): string {
  const now = language.getState().now
  return moment.toLocaleDateString(now === 'en' ? 'en-GB' : now, parts)
}

/** A day for an axis or a table: `2 Nov`. */
export function formatShortDay(at: Ms): string {
  return named(new Date(at), { day: 'numeric', month: 'short' })
}

/** How long ago, for things that are looked at now and then: `just now`, `3 min ago`, `2 h ago`, `5 days ago`, then the day itself. */
export function formatAgo(at: Ms | undefined, now: Ms): string {
  const texts = textsNow(UI_TEXTS)
  if (at === undefined) return texts.never
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return texts.justNow
  if (minutes < 60) return texts.minutesAgo(decimals(minutes, 0))
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return texts.hoursAgo(decimals(hours, 0))
  const days = Math.floor(hours / 24)
  if (days === 1) return texts.yesterday
  return days < 30 ? texts.daysAgo(decimals(days, 0)) : formatDay(at)
}

/** How long until, rounded up: `12 s`, `3 min`, `2 h`. */
export function formatUntil(at: Ms, now: Ms): string {
  const seconds = Math.max(0, Math.ceil((at - now) / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`
}

/** `1 model`, `3 models`, in English alone: texts of two languages use `plural`. */
export function formatNoun(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
