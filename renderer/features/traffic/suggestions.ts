/** What the filter field proposes while one types. Pure. */
import { CACHE_WORDS, FLAGS, NAME_FIELDS, NUMBER_FIELDS, type NumberField } from '../../../shared/traffic/filter.ts'
import { fieldOf, tokensOf } from '../../../shared/traffic/parse-filter.ts'
import type { TrafficTexts } from './texts.ts'

export interface Suggestion {
  /** What takes the place of the word at the caret. */
  readonly insert: string
  readonly note: string
  /** A whole term: a space follows it. Otherwise its value is still to come. */
  readonly isWhole: boolean
  /** What was typed means this and nothing else: Enter takes it without being asked. */
  readonly isMeant: boolean
}

export interface Suggestions {
  /** The word that is replaced: `start` to `end` of the text. */
  readonly start: number
  readonly end: number
  readonly options: readonly Suggestion[]
}

/** Names that are in the list, for values. */
export interface KnownNames {
  readonly models: readonly string[]
  readonly clients: readonly string[]
}

const MOST = 8
const SOURCES = ['proxy', 'playground', 'cache-check', 'shadow', 'keep-warm']
const DIALECTS = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini', 'ollama-chat', 'cohere-v2']
const OUTCOMES = ['ok', 'open', 'rate-limited', 'timeout', 'cancelled', 'upstream-error', 'overloaded', 'credential-refused', 'bad-request']
const FINISHES = ['stop', 'length', 'tool-calls']
/** A value that shows how the field is meant. */
const EXAMPLES: Readonly<Record<NumberField, readonly string[]>> = {
  status: ['>=400', ':4xx', ':5xx', ':200'],
  cost: ['>0.01', '>0.1'],
  saved: ['>0'],
  tokens: ['>10k', '>1k'],
  in: ['>10k'],
  out: ['>1k'],
  cached: ['>0'],
  ttft: ['>2s', '>5s'],
  total: ['>10s', '>30s'],
  speed: ['<20', '>100'],
  tries: ['>1'],
  age: ['<1h', '<1d', '<7d'],
}

type Words = Pick<TrafficTexts['filter'], 'fields' | 'flags' | 'cacheWords' | 'aliases'>

export function suggestionsAt(text: string, caret: number, known: KnownNames, texts: Words): Suggestions {
  const token = tokensOf(text).find(({ start, end }) => start <= caret && caret <= end)
  const start = token?.start ?? caret
  const end = token?.end ?? caret
  const typed = token?.text ?? ''
  const minus = typed.startsWith('-') ? '-' : ''
  const word = typed.slice(minus.length)
  const options = optionsFor(word, known, texts).filter(({ insert }) => insert !== word)
  return { start, end, options: options.slice(0, MOST).map((each) => ({ ...each, insert: minus + each.insert })) }
}

function optionsFor(word: string, known: KnownNames, texts: Words): readonly Suggestion[] {
  const field = fieldOf(word)
  return field === undefined ? namesFor(word.toLowerCase(), texts) : valuesFor(field, known, texts)
}

function namesFor(word: string, texts: Words): readonly Suggestion[] {
  const aliases = texts.aliases
    .filter(([alias]) => word !== '' && alias.startsWith(word))
    .map(([alias, insert, note]): Suggestion => ({ insert, note, isWhole: true, isMeant: alias === word }))
  const flags = FLAGS.filter((flag) => word === '' || flag.startsWith(word) || `is:${flag}`.startsWith(word))
  const fields = ['is', ...NAME_FIELDS, 'cache', ...(Object.keys(NUMBER_FIELDS) as NumberField[])] as const
  const named = fields
    .filter((each) => each.startsWith(word))
    .map(
      (each): Suggestion => ({
        insert: isNumber(each) ? `${each}${EXAMPLES[each][0]?.startsWith('<') === true ? '<' : '>'}` : `${each}:`,
        note: texts.fields[each],
        isWhole: false,
        isMeant: false,
      }),
    )
  const flagged = flags.map((flag): Suggestion => ({ insert: `is:${flag}`, note: texts.flags[flag], isWhole: true, isMeant: false }))
  // nothing is typed yet: the usual questions first
  return distinct(word === '' ? [...flagged.slice(0, 3), ...named] : [...aliases, ...named, ...flagged])
}

function valuesFor({ name, operator, value }: NonNullable<ReturnType<typeof fieldOf>>, known: KnownNames, texts: Words): readonly Suggestion[] {
  if (isNumber(name)) {
    if (value !== '') return []
    return EXAMPLES[name].map((example) => ({ insert: name + example, note: texts.fields[name], isWhole: true, isMeant: false }))
  }
  const comma = value.lastIndexOf(',') + 1
  const [before, last] = [value.slice(0, comma), value.slice(comma).replaceAll('"', '').toLowerCase()]
  return candidates(name, known, texts)
    .filter(([each]) => each.toLowerCase().includes(last))
    .sort(([one], [other]) => Number(other.toLowerCase().startsWith(last)) - Number(one.toLowerCase().startsWith(last)))
    .map(([each, note]) => ({ insert: `${name}${operator}${before}${/[\s",]/.test(each) ? `"${each}"` : each}`, note, isWhole: true, isMeant: false }))
}

function candidates(name: string, { models, clients }: KnownNames, texts: Words): readonly (readonly [string, string])[] {
  const plain = (values: readonly string[]): readonly (readonly [string, string])[] => values.map((value) => [value, ''] as const)
  switch (name) {
    case 'is':
      return FLAGS.map((flag) => [flag, texts.flags[flag]] as const)
    case 'cache':
      return CACHE_WORDS.map((word) => [word, texts.cacheWords[word]] as const)
    case 'model':
    case 'requested':
    case 'served':
      return plain(models)
    case 'provider':
      return plain([...new Set(models.filter((model) => model.includes('/')).map((model) => model.slice(0, model.indexOf('/'))))])
    case 'client':
      return plain(clients)
    case 'source':
      return plain(SOURCES)
    case 'dialect':
      return plain(DIALECTS)
    case 'outcome':
      return plain(OUTCOMES)
    case 'finish':
      return plain(FINISHES)
    default:
      return []
  }
}

function isNumber(name: string): name is NumberField {
  return Object.hasOwn(NUMBER_FIELDS, name)
}

function distinct(options: readonly Suggestion[]): readonly Suggestion[] {
  const seen = new Set<string>()
  return options.filter(({ insert }) => !seen.has(insert) && seen.add(insert))
}
