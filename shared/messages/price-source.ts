/** Where a price comes from, as `Prices.source` states it: the name of a list, an address, or a sentence of ours. Rows of the past hold that text too. */
import type { CatalogMessage } from './catalog.ts'

/** Prices that no list has, in the words that stand in them. */
export const OWN_SOURCES = {
  'runs-here': 'runs on this machine',
  'simulated-here': 'simulated by Switchyard itself',
  'made-up': 'made up for tests',
} as const

/** What stands behind the source of a price that a discount was taken from. */
export function lessPercent(source: string, percent: number): string {
  return `${source}, less ${percent}%`
}

export function sourceSaid(source: string): string | CatalogMessage {
  const less = /^(.*), less (\d+(?:\.\d+)?)%$/.exec(source)
  if (less !== null) return { code: 'less-percent', source: sourceSaid(less[1] ?? ''), percent: Number(less[2]) }
  const own = (Object.keys(OWN_SOURCES) as (keyof typeof OWN_SOURCES)[]).find((code) => OWN_SOURCES[code] === source)
  return own === undefined ? source : { code: own }
}
