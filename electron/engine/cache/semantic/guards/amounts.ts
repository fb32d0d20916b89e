import type { Reading } from '../reading.ts'
import { differing, type Guard, veto } from './guard.ts'

const DAYS_AND_MONTHS = new Map(
  `january jan; february feb; april apr; june jun; july jul; august aug; september sep sept; october oct; november nov; december dec;
  monday mon; tuesday tue tues; wednesday wed; thursday thu thurs; friday fri; saturday sat; sunday sun;
  today; tomorrow; yesterday; tonight; weekend; christmas xmas; easter; midnight; noon; am a.m; pm p.m; bc bce; morning; afternoon; evening; spring; summer; autumn fall; winter`
    .split(';')
    .flatMap((group) => {
      const [name = '', ...others] = group.trim().split(/\s+/)
      return [name, ...others].map((spelling): [string, string] => [spelling, name])
    }),
)
/** Also everyday words: dates only beside a number or with a capital inside a sentence. */
const MAYBE_DATES = new Set(['may', 'march', 'sun', 'mon', 'sat', 'wed', 'am', 'fall', 'spring', 'jan', 'mar'])

const numbersOf = ({ tokens }: Reading): readonly string[] =>
  tokens.flatMap(({ kind, lower }) => (kind === 'number' ? [lower] : kind === 'name' ? (lower.match(/\d+(?:[.,]\d+)*/g) ?? []) : []))

function datesOf({ tokens }: Reading): readonly string[] {
  return tokens.flatMap(({ kind, raw, lower, opensSentence }, at) => {
    if (kind !== 'word') return []
    if (!MAYBE_DATES.has(lower)) return DAYS_AND_MONTHS.get(lower) ?? []
    const beside = tokens[at - 1]?.kind === 'number' || tokens[at + 1]?.kind === 'number'
    return beside || (lower !== 'am' && !opensSentence && /^\p{Lu}\p{Ll}/u.test(raw)) ? [DAYS_AND_MONTHS.get(lower) ?? lower] : []
  })
}

/** Amounts, ordinals, years, versions, identifiers, percentages: equal after parsing, however they are written, each as often. */
export const numbers: Guard = { name: 'numbers', check: (a, b) => veto(differing('numbers', numbersOf(a), numbersOf(b))) }

export const dates: Guard = { name: 'dates', check: (a, b) => veto(differing('dates', datesOf(a), datesOf(b))) }

const unitsOf = ({ tokens }: Reading): readonly string[] => tokens.filter(({ kind }) => kind === 'unit').map(({ lower }) => lower)

/** Units and currencies by their name: km and kilometres are one, km and miles two. */
export const units: Guard = { name: 'units', check: (a, b) => veto(differing('units', unitsOf(a), unitsOf(b))) }
