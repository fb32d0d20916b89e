/** The traffic filter's grammar: words separated by white space, `-` before a word turns it round, "quotes" hold words together. Pure. */
import {
  CACHE_WORDS,
  type CacheWord,
  type Comparison,
  type FilterTerm,
  FLAGS,
  NAME_FIELDS,
  type NameField,
  NUMBER_FIELDS,
  type NumberField,
  type TrafficFilter,
} from './filter.ts'

export const PROBLEMS = ['unknown-field', 'no-value', 'bad-number', 'no-unit', 'bad-comparison', 'unknown-word', 'open-quote'] as const
export type ProblemKind = (typeof PROBLEMS)[number]

/** What cannot be understood, and where: `start` to `end` of the text, in UTF-16 units. */
export interface FilterProblem {
  readonly kind: ProblemKind
  readonly start: number
  readonly end: number
  /** The piece in question. */
  readonly word: string
}

export interface ParsedFilter {
  readonly terms: TrafficFilter
  readonly problems: readonly FilterProblem[]
}

/** One word of the text, quotes and all. */
export interface FilterToken {
  readonly start: number
  readonly end: number
  readonly text: string
}

const WHITE = /\s/u
const FIELD = /^([a-z]+)(:|>=|<=|>|<|=)/i
const SPAN_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 }
const COUNT_OF: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6 }
const NANO_PER_USD = 1e9

/** Never throws: what is not understood is told in `problems`, and the rest holds. */
export function parseFilter(text: string): ParsedFilter {
  const terms: FilterTerm[] = []
  const problems: FilterProblem[] = []
  for (const token of tokensOf(text)) {
    const read = readTerm(token)
    if ('kind' in read) terms.push(read)
    else problems.push(read.problem)
  }
  return { terms, problems }
}

/** The words of the text, each with its place. A quote that never closes reaches to the end. */
export function tokensOf(text: string): readonly FilterToken[] {
  const tokens: FilterToken[] = []
  for (let at = 0; at < text.length; ) {
    if (WHITE.test(text[at] ?? '')) {
      at++
      continue
    }
    const start = at
    let quoted = false
    for (; at < text.length && (quoted || !WHITE.test(text[at] ?? '')); at++) if (text[at] === '"') quoted = !quoted
    tokens.push({ start, end: at, text: text.slice(start, at) })
  }
  return tokens
}

/** Whether a word with a field in front is a field to us, or a name such as `llama3.2:3b`, which is searched for. */
export function fieldOf(word: string): { readonly name: string; readonly operator: ':' | Comparison; readonly value: string } | undefined {
  const [whole, name, operator] = FIELD.exec(word) ?? []
  if (whole === undefined || name === undefined || operator === undefined) return undefined
  return { name: name.toLowerCase(), operator: operator as ':' | Comparison, value: word.slice(whole.length) }
}

type Read = FilterTerm | { readonly problem: FilterProblem }

function readTerm({ start, end, text }: FilterToken): Read {
  const not = text.length > 1 && text.startsWith('-')
  const word = not ? text.slice(1) : text
  const refuse = (kind: ProblemKind, piece = text): Read => ({ problem: { kind, start, end, word: piece } })
  if (quotesIn(word) % 2 === 1) return refuse('open-quote')
  const field = fieldOf(word)
  if (field === undefined) {
    const flag = FLAGS.find((each) => each === 'pinned' && each === word.toLowerCase())
    if (flag !== undefined) return { not, kind: 'flag', flag }
    const words = unquoted(word)
    return words === '' ? refuse('no-value') : { not, kind: 'text', words }
  }
  const { name, operator, value } = field
  const values = valuesOf(value)
  if (values.length === 0) return isField(name) ? refuse('no-value', name) : refuse('unknown-field', name)
  if (name === 'is') return readFlag(not, operator, values, refuse)
  if (name === 'cache') return readCache(not, operator, values, refuse)
  if (isNameField(name)) {
    if (operator !== ':' && operator !== '=') return refuse('bad-comparison', operator)
    return { not, kind: 'name', field: name, exact: operator === '=', anyOf: values }
  }
  if (isNumberField(name)) return readNumber(not, name, operator, values, refuse)
  return refuse('unknown-field', name)
}

type Refuse = (kind: ProblemKind, piece?: string) => Read

function readFlag(not: boolean, operator: string, values: readonly string[], refuse: Refuse): Read {
  if (operator !== ':' && operator !== '=') return refuse('bad-comparison', operator)
  const [value = ''] = values
  const flag = FLAGS.find((each) => each === value.toLowerCase())
  return flag === undefined || values.length > 1 ? refuse('unknown-word', values.join(',')) : { not, kind: 'flag', flag }
}

function readCache(not: boolean, operator: string, values: readonly string[], refuse: Refuse): Read {
  if (operator !== ':' && operator !== '=') return refuse('bad-comparison', operator)
  const anyOf: CacheWord[] = []
  for (const value of values) {
    const word = CACHE_WORDS.find((each) => each === value.toLowerCase())
    if (word === undefined) return refuse('unknown-word', value)
    anyOf.push(word)
  }
  return { not, kind: 'cache', anyOf }
}

function readNumber(not: boolean, field: NumberField, operator: ':' | Comparison, values: readonly string[], refuse: Refuse): Read {
  const [value = ''] = values
  if (values.length > 1) return refuse('bad-number', values.join(','))
  const hundred = field === 'status' && operator === ':' ? /^([1-5])xx$/i.exec(value)?.[1] : undefined
  if (hundred !== undefined) return { not, kind: 'between', field, from: Number(hundred) * 100, to: Number(hundred) * 100 + 99 }
  const read = numberOf(field, value)
  if (typeof read === 'string') return refuse(read, value)
  return { not, kind: 'number', field, is: operator === ':' ? '=' : operator, value: read }
}

/** In the unit in which the field is kept. */
function numberOf(field: NumberField, text: string): number | 'bad-number' | 'no-unit' {
  const [whole, digits = '', unit = ''] = /^\$?(\d{1,12}(?:\.\d{1,9})?)([a-z]{0,3})$/i.exec(text) ?? []
  if (whole === undefined) return 'bad-number'
  const number = Number(digits)
  switch (NUMBER_FIELDS[field]) {
    case 'usd':
      return unit === '' ? Math.round(number * NANO_PER_USD) : 'bad-number'
    case 'span': {
      if (unit === '') return number === 0 ? 0 : 'no-unit'
      const factor = SPAN_MS[unit.toLowerCase()]
      return factor === undefined || text.startsWith('$') ? 'bad-number' : number * factor
    }
    case 'count': {
      const factor = COUNT_OF[unit.toLowerCase()]
      return factor === undefined || text.startsWith('$') ? 'bad-number' : number * factor
    }
  }
}

/** `a,"b, c"` is two values. */
function valuesOf(text: string): readonly string[] {
  const values: string[] = []
  let piece = ''
  let quoted = false
  for (const character of text) {
    if (character === '"') quoted = !quoted
    else if (character === ',' && !quoted) {
      values.push(piece)
      piece = ''
    } else piece += character
  }
  return [...values, piece].filter((each) => each !== '')
}

function quotesIn(text: string): number {
  return text.split('"').length - 1
}

function unquoted(text: string): string {
  return text.replaceAll('"', '').trim()
}

function isField(name: string): boolean {
  return name === 'is' || name === 'cache' || isNameField(name) || isNumberField(name)
}

export function isNameField(name: string): name is NameField {
  return NAME_FIELDS.some((each) => each === name)
}

export function isNumberField(name: string): name is NumberField {
  return Object.hasOwn(NUMBER_FIELDS, name)
}

/** A word as it has to be written so that it is searched for as it stands. */
export function quotedWord(word: string): string {
  return /[\s",]/.test(word) || word.startsWith('-') || fieldOf(word) !== undefined ? `"${word.replaceAll('"', '')}"` : word
}

/** The text that means these terms; for filters that are made and not typed. */
export function writeFilter(terms: TrafficFilter): string {
  return terms.map((term) => `${term.not ? '-' : ''}${writeTerm(term)}`).join(' ')
}

function writeTerm(term: FilterTerm): string {
  switch (term.kind) {
    case 'text':
      return quotedWord(term.words)
    case 'name':
      return `${term.field}${term.exact ? '=' : ':'}${term.anyOf.map((value) => (/[\s",]/.test(value) ? `"${value}"` : value)).join(',')}`
    case 'cache':
      return `cache:${term.anyOf.join(',')}`
    case 'flag':
      return `is:${term.flag}`
    case 'between':
      return `${term.field}:${Math.floor(term.from / 100)}xx`
    case 'number':
      return `${term.field}${term.is}${writeNumber(term.field, term.value)}`
  }
}

function writeNumber(field: NumberField, value: number): string {
  switch (NUMBER_FIELDS[field]) {
    case 'usd':
      // plain digits for a billionth too, where a number's own text would be 1e-9
      return (value / NANO_PER_USD).toFixed(9).replace(/\.?0+$/, '')
    case 'span':
      return `${value}ms`
    case 'count':
      return String(value)
  }
}
