/** Which models are shown and in which order: a value that fits into the address, and what it does to the list. Pure. */
import type { ModelRow } from '../../../shared/api/providers.ts'
import { MODALITIES, MODEL_KINDS, type Modality, type ModelKind } from '../../../shared/models.ts'

export const SORTS = ['name', 'provider', 'input', 'output', 'cacheRead', 'context', 'longest', 'cutoff', 'abilities', 'usable'] as const
export type SortBy = (typeof SORTS)[number]

export const SWITCHES = ['usable', 'free', 'local', 'open-weights', 'tools', 'reasoning', 'json-schema'] as const
export type Switch = (typeof SWITCHES)[number]

/** US dollars per million tokens of input. */
export const PRICE_STEPS = [0.5, 1, 3, 10] as const
/** Tokens. */
export const CONTEXT_STEPS = [32_000, 128_000, 200_000, 1_000_000] as const

export interface ModelFilter {
  readonly text: string
  /** '' for all. */
  readonly provider: string
  readonly kind: ModelKind | ''
  /** What it must take besides text. */
  readonly takes: Modality | ''
  /** What it must be able to answer with. */
  readonly gives: Modality | ''
  /** Input costs at most this, in US dollars per million tokens; undefined: whatever. */
  readonly mostUsd: number | undefined
  /** Tokens. */
  readonly leastContext: number | undefined
  readonly on: readonly Switch[]
  readonly sort: SortBy
  readonly descending: boolean
}

/** What can be asked now comes first. */
const FIRST_ORDER: Pick<ModelFilter, 'sort' | 'descending'> = { sort: 'usable', descending: true }

export const NO_FILTER: ModelFilter = {
  text: '',
  provider: '',
  kind: '',
  takes: '',
  gives: '',
  mostUsd: undefined,
  leastContext: undefined,
  on: [],
  ...FIRST_ORDER,
}

/** What stands in the address after the section. '' for the whole list in its first order. */
export function writeFilter(filter: ModelFilter): string {
  const words = new URLSearchParams()
  if (filter.text !== '') words.set('q', filter.text)
  if (filter.provider !== '') words.set('provider', filter.provider)
  if (filter.kind !== '') words.set('kind', filter.kind)
  if (filter.takes !== '') words.set('takes', filter.takes)
  if (filter.gives !== '') words.set('gives', filter.gives)
  if (filter.mostUsd !== undefined) words.set('price', String(filter.mostUsd))
  if (filter.leastContext !== undefined) words.set('context', String(filter.leastContext))
  if (filter.on.length > 0) words.set('only', filter.on.join(' '))
  if (filter.sort !== FIRST_ORDER.sort || filter.descending !== FIRST_ORDER.descending) words.set('sort', `${filter.descending ? '-' : ''}${filter.sort}`)
  return words.toString()
}

/** Reads an address that may have been typed by hand: what it does not know it leaves out. */
export function readFilter(rest: string): ModelFilter {
  const words = new URLSearchParams(rest)
  const sort = words.get('sort') ?? ''
  const sorted = SORTS.find((each) => each === sort.replace(/^-/, ''))
  const on = (words.get('only') ?? '').split(' ')
  return {
    text: words.get('q') ?? '',
    provider: words.get('provider') ?? '',
    kind: MODEL_KINDS.find((each) => each === words.get('kind')) ?? '',
    takes: MODALITIES.find((each) => each === words.get('takes')) ?? '',
    gives: MODALITIES.find((each) => each === words.get('gives')) ?? '',
    mostUsd: positive(words.get('price')),
    leastContext: positive(words.get('context')),
    on: SWITCHES.filter((each) => on.includes(each)),
    ...(sorted === undefined ? FIRST_ORDER : { sort: sorted, descending: sort.startsWith('-') }),
  }
}

function positive(word: string | null): number | undefined {
  const value = Number(word ?? '')
  return Number.isFinite(value) && value > 0 ? value : undefined
}

/** Narrowed, not only sorted. */
export function isNarrowed(filter: ModelFilter): boolean {
  return writeFilter({ ...filter, ...FIRST_ORDER }) !== ''
}

export function chosenRows(rows: readonly ModelRow[], filter: ModelFilter): readonly ModelRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => fits(row, filter, words)).sort(comparison(filter))
}

function fits(row: ModelRow, filter: ModelFilter, words: readonly string[]): boolean {
  if (filter.provider !== '' && row.provider !== filter.provider) return false
  if (filter.kind !== '' && (row.facts?.kind ?? 'chat') !== filter.kind) return false
  if (filter.takes !== '' && takes(row, filter.takes) !== true) return false
  if (filter.gives !== '' && row.facts?.outputModalities?.includes(filter.gives) !== true) return false
  const { input } = row.price?.microUsdPerMillion ?? {}
  if (filter.mostUsd !== undefined && (input === undefined || input > filter.mostUsd * 1e6)) return false
  if (filter.leastContext !== undefined && (row.context ?? 0) < filter.leastContext) return false
  if (!filter.on.every((each) => isOn(row, each))) return false
  if (words.length === 0) return true
  const haystack = `${row.name} ${row.id} ${row.providerName} ${row.canonical ?? ''}`.toLowerCase()
  return words.every((word) => haystack.includes(word))
}

function isOn(row: ModelRow, each: Switch): boolean {
  switch (each) {
    case 'usable':
      return row.usable
    case 'free':
      return isFree(row)
    case 'local':
      return row.runsLocally
    case 'open-weights':
      return row.facts?.openWeights === true
    default:
      return can(row, each) === true
  }
}

export function isFree({ price }: ModelRow): boolean {
  return price?.microUsdPerMillion.input === 0 && price.microUsdPerMillion.output === 0
}

/** undefined: nobody told. */
export function can(row: ModelRow, what: 'tools' | 'reasoning' | 'json-schema'): boolean | undefined {
  return row.facts?.abilities[what] ?? row.can?.includes(what)
}

/** undefined: nobody told. */
export function takes(row: ModelRow, what: Modality): boolean | undefined {
  const told = row.facts?.inputModalities?.includes(what)
  if (told !== undefined || what === 'text' || what === 'video') return told ?? (what === 'text' ? true : undefined)
  return row.can?.includes(({ image: 'vision', file: 'documents', audio: 'audio' } as const)[what])
}

/** What is unknown comes last in both directions; equals go by name. */
function comparison({ sort, descending }: ModelFilter): (one: ModelRow, other: ModelRow) => number {
  const sign = descending ? -1 : 1
  return (one, other) => {
    const a = sortValue(one, sort)
    const b = sortValue(other, sort)
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined) || byName(one, other)
    const difference = typeof a === 'string' || typeof b === 'string' ? COLLATOR.compare(String(a), String(b)) : a - b
    return difference * sign || byName(one, other)
  }
}

/** Made once: comparing with a collator of its own each time takes many times longer over 5,000 rows. */
const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function byName(one: ModelRow, other: ModelRow): number {
  return COLLATOR.compare(one.name, other.name) || COLLATOR.compare(one.id, other.id)
}

function sortValue(row: ModelRow, sort: SortBy): string | number | undefined {
  const prices = row.price?.microUsdPerMillion
  switch (sort) {
    case 'name':
      return row.name
    case 'provider':
      return row.providerName
    case 'context':
      return row.context
    case 'longest':
      return row.output
    case 'cutoff':
      return row.facts?.cutoff
    case 'abilities':
      return abilitiesOf(row).length
    case 'usable':
      return Number(row.usable)
    default:
      return prices?.[sort]
  }
}

/** What it is known to be able to, in the order of the column. */
export function abilitiesOf(row: ModelRow): readonly ('tools' | 'reasoning' | 'json-schema' | 'image' | 'audio' | 'file')[] {
  return [
    ...(['tools', 'reasoning', 'json-schema'] as const).filter((each) => can(row, each) === true),
    ...(['image', 'audio', 'file'] as const).filter((each) => takes(row, each) === true),
  ]
}
