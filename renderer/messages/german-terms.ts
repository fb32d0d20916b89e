/** Words that the German sentences have in common. */
import type { Need } from '../../shared/chat.ts'
import { asNanoUsd, type NanoUsd } from '../../shared/money.ts'
import type { Cause } from '../../shared/routing-config.ts'

/** As what a model can or cannot: `kann keine Bilder`. */
export const ABILITY: Readonly<Record<Need, string>> = {
  tools: 'Werkzeuge',
  vision: 'Bilder',
  'json-schema': 'JSON-Schemata',
  reasoning: 'Nachdenken',
  audio: 'Ton',
  documents: 'Dokumente',
}

/** Behind `nach`. */
const CAUSE: Readonly<Record<Cause, string>> = {
  error: 'einem Fehler',
  'rate-limit': 'einem Limit',
  'context-too-long': 'zu langem Prompt',
  'content-policy': 'Ablehnung des Inhalts',
}

export function afterCauses(causes: readonly Cause[]): string {
  return causes.map((cause) => CAUSE[cause] ?? cause).join(' oder ')
}

const NUMBER = new Intl.NumberFormat('de', { maximumFractionDigits: 6 })
export function number(value: number): string {
  return NUMBER.format(value)
}

/** Seconds as the English sentences give them: tenths below ten. */
export function seconds(ms: number): string {
  return ms < 10_000 ? `${number(Math.max(0.1, Math.round(ms / 100) / 10))} s` : `${number(Math.ceil(ms / 1000))} s`
}

const CENTS = new Intl.NumberFormat('de', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const SMALL = [
  [0.01, 4],
  [0.000001, 6],
] as const

/** Dollars with as many decimals as it takes that a tiny charge does not read as free, as `formatUsd` has them. */
export function dollars(cost: NanoUsd | undefined): string {
  if (cost === undefined) return 'n/a'
  const usd = cost / 1e9
  const size = Math.abs(usd)
  if (size === 0 || size >= 1) return `$${CENTS.format(usd)}`
  const decimals = SMALL.find(([least]) => size >= least)?.[1] ?? 9
  return `$${usd.toFixed(decimals).replace('.', ',')}`
}

export function dollarsOf(usd: number): string {
  return dollars(asNanoUsd(Math.round(usd * 1e9)))
}

/** Somebody else's words, which stay as they are. */
export function quoted(said: unknown, text: string): string {
  return typeof said === 'string' ? `„${text}“` : text
}
