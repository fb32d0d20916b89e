/**
 * Numbers and moments as people read them in a dense table: short, of even width, units kept. Unknown is 'n/a', never 0.
 */
import type { Ms } from '../../shared/ids.ts'

export const UNKNOWN = 'n/a'

/** A span of milliseconds: `268 ms`, `3.42 s`, `34.2 s`, `2 m 05 s`. */
export function formatSpan(ms: number | undefined): string {
  if (ms === undefined) return UNKNOWN
  if (ms < 999.5) return `${Math.round(ms)} ms`
  const seconds = ms / 1000
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} m ${String(whole % 60).padStart(2, '0')} s`
}

/** A count: `1,234`, `12.3k`, `4.1M`. */
export function formatCount(count: number | undefined): string {
  if (count === undefined) return UNKNOWN
  if (count < 10_000) return count.toLocaleString('en-US')
  if (count < 999_950) return `${(count / 1000).toFixed(1)}k`
  return `${(count / 1_000_000).toFixed(1)}M`
}

/** A rate with one decimal below 100: `26.4`, `170`. */
export function formatRate(perSecond: number | undefined): string {
  if (perSecond === undefined) return UNKNOWN
  return perSecond < 99.95 ? perSecond.toFixed(1) : Math.round(perSecond).toString()
}

/** `512 B`, `64 KB`, `1.5 MB`, in steps of 1024. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${trimmed(bytes / 1024)} KB`
  return `${trimmed(bytes / (1024 * 1024))} MB`
}

function trimmed(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '')
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

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
/** Younger than this a weekday is unambiguous. */
const SIX_DAYS_MS = 6 * 86_400_000

/** As short as it can be told apart in a list: `14:03:27` today, `Sat 14:03` this week, `12 Nov` before. */
export function formatListMoment(at: Ms, now: Ms): string {
  if (formatDay(at) === formatDay(now)) return formatClock(at)
  const moment = new Date(at)
  if (now - at < SIX_DAYS_MS) return `${WEEKDAYS[moment.getDay()]} ${formatClock(at).slice(0, 5)}`
  return `${moment.getDate()} ${MONTHS[moment.getMonth()]}`
}

/** How long ago, for things that are looked at now and then: `just now`, `3 min ago`, `2 h ago`, `5 days ago`, then the day itself. */
export function formatAgo(at: Ms | undefined, now: Ms): string {
  if (at === undefined) return 'never'
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h ago`
  const days = Math.floor(hours / 24)
  if (days === 1) return 'yesterday'
  return days < 30 ? `${days} days ago` : formatDay(at)
}

/** How long until, rounded up: `12 s`, `3 min`, `2 h`. */
export function formatUntil(at: Ms, now: Ms): string {
  const seconds = Math.max(0, Math.ceil((at - now) / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`
}

/** `1 model`, `3 models`. */
export function formatNoun(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
