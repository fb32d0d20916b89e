/** Why a question was not answered from the cache in other words, in the language in use. */
import { type Alike, CACHE_REASONS, type CacheReason, type Gate } from '../../shared/messages/cache-reasons.ts'
import { type InOtherWords, type Sentences, speaker } from '../../shared/messages/message.ts'
import { type Texts, textsNow } from '../i18n/texts.ts'
import { localDecimals } from '../ui/figures.ts'

const ALIKE: Readonly<Record<Alike, string>> = {
  numbers: 'Zahlen',
  units: 'Einheiten',
  dates: 'Zeitangaben',
  symbols: 'Zeichen',
  code: 'Code',
  quotations: 'Zitate',
  names: 'Namen',
  languages: 'Sprachen',
  'scope words': 'Wörter der Reichweite',
  whose: 'wem es gehört',
  pronouns: 'Fürwörter',
  time: 'Zeit',
  modality: 'Können, Sollen, Wollen',
  'a negation': 'Verneinung',
  'an exception': 'Ausnahme',
}
/** Values that are ours, not the question's; what is missing stands as the question has it. */
const OURS: Readonly<Record<string, string>> = {
  mine: 'meins',
  yours: 'deins',
  past: 'Vergangenheit',
  future: 'Zukunft',
  once: 'früher',
  becoming: 'im Werden',
  still: 'noch',
  'how-to': 'wie man',
  'how-many': 'wie viele',
  'how-much': 'wie viel',
  'how-long': 'wie lange',
  'how-old': 'wie alt',
  'how-far': 'wie weit',
  'how-often': 'wie oft',
  how: 'wie',
  why: 'warum',
  what: 'was',
  'what-if': 'was wäre, wenn',
  who: 'wer',
  when: 'wann',
  where: 'wo',
  'yes-no': 'ja oder nein',
  meaning: 'Bedeutung',
  difference: 'Unterschied',
  task: 'Aufgabe',
}

const listed = (words: readonly string[]): string => words.join(', ')
const ours = (words: readonly string[]): readonly string[] => words.map((word) => OURS[word] ?? word)
const valuesOf = (what: Alike, words: readonly string[]): string => listed(what === 'whose' || what === 'time' ? ours(words) : words)
const percent = (share: number): string => `${localDecimals((100 * share).toFixed(1))} %`

const GERMAN = {
  differ: ({ what, one, other }) => `${ALIKE[what]} verschieden: ${valuesOf(what, one)} und ${valuesOf(what, other)}`,
  'one-has': ({ what, words }) => `nur auf einer Seite, ${ALIKE[what]}: ${valuesOf(what, words)}`,
  'symbol-order': ({ one, other }) => `Zeichen in anderer Folge: ${one.join(' ')} und ${other.join(' ')}`,
  'no-partner': ({ words }) => `Wörter ohne Gegenstück: ${listed(words)}`,
  'near-in-meaning': () => 'einige Wörter bedeuten Ähnliches, nicht dasselbe',
  'one-for-another': ({ one, other }) => `ein Wort statt eines anderen: ${listed(one)} statt ${listed(other)}`,
  'on-one-side': ({ words }) => `steht nur auf einer Seite: ${listed(words)}`,
  opposites: ({ one, other }) => `Gegenteile: ${one} und ${other}`,
  'asked-differently': ({ one, other }) => `anders gefragt: ${ours(one).join(' + ')} und ${ours(other).join(' + ')}`,
  'ends-with': ({ words }) => `nur eine endet mit ${words.map((word) => `„${word}“`).join(', ')}`,
  'another-part': ({ word, one, other }) => `„${word}“ spielt eine andere Rolle: ${one} und ${other}`,
  'one-says-by-whom': () => 'nur eine sagt, von wem oder wodurch',
  'word-order': ({ first, second }) => `andere Folge: ${first}, ${second}`,
  'one-compares': ({ words }) => `nur eine vergleicht: ${listed(words)}`,
  'last-turn-not-users': () => 'die letzte Nachricht ist nicht vom Nutzer',
  'offers-tools': () => 'bietet Werkzeuge an',
  'tool-loop': () => 'steht mitten in Werkzeugaufrufen',
  attachments: () => 'hat Anhänge',
  temperature: ({ above }) => `Temperatur über ${localDecimals(String(above))}`,
  'several-answers': () => 'will mehrere Antworten',
  'many-turns': ({ most }) => `mehr als ${most} frühere Nachrichten`,
  empty: () => 'ist leer',
  'too-long': ({ most }) => `länger als ${most} Zeichen`,
  'private-use': () => 'enthält Zeichen für privaten Gebrauch',
  'code-block': () => 'enthält einen Block Code',
  'new-each-time': ({ word }) => `will jedes Mal Neues: ${word}`,
  'changes-with-time': ({ word }) => `fragt nach etwas, das sich ändert: ${word}`,
  'refers-back': ({ word }) => `bezieht sich auf Früheres: ${word}`,
  'too-short': () => 'zu kurz, um in einem Gespräch für sich zu stehen',
  'was-wrong': ({ above }) => `diese Antwort oder eine nahe war schon einmal falsch; nötig ist jetzt eine Ähnlichkeit über ${localDecimals(above.toFixed(3))}`,
  'kind-unproved': ({ bound, accepted }) => `bis zu ${percent(bound)} solcher Treffer können falsch sein, mehr als die hingenommenen ${percent(accepted)}`,
  'answer-doubtful': ({ rate, accepted }) => `diese Antwort ist voraussichtlich zu ${percent(rate)} falsch, mehr als die hingenommenen ${percent(accepted)}`,
  shadow: () => 'wird nur beobachtet',
} satisfies InOtherWords<typeof CACHE_REASONS>

const ENGLISH: Sentences = CACHE_REASONS
const SPEAKERS: Texts<{ readonly say: (reason: CacheReason) => string }> = { en: { say: speaker(ENGLISH) }, de: { say: speaker(GERMAN) } }

/** @param english what is said where there are no data, as in rows of an earlier version */
export function cacheReason(reason: CacheReason | undefined, english: string): string
export function cacheReason(reason: CacheReason | undefined, english: string | undefined): string | undefined
export function cacheReason(reason: CacheReason | undefined, english: string | undefined): string | undefined {
  return reason === undefined ? english : textsNow(SPEAKERS).say(reason)
}

const GATE_NAMES: Texts<Readonly<Record<Gate, string>>> = {
  en: {
    eligibility: 'never compared',
    numbers: 'numbers',
    units: 'units',
    symbols: 'symbols',
    dates: 'dates',
    languages: 'languages',
    code: 'code',
    quotes: 'quotes',
    negation: 'negation',
    exceptions: 'exceptions',
    antonyms: 'opposites',
    names: 'names',
    'question frame': 'what is asked for',
    pronouns: 'pronouns',
    owner: 'owner',
    scope: 'scope',
    time: 'time',
    modality: 'can, should, will',
    direction: 'direction',
    'word order': 'word order',
    comparatives: 'comparatives',
    ending: 'ending',
    'content words': 'content words',
    'one word for another': 'one word for another',
    'unmatched words': 'unmatched words',
  },
  de: {
    eligibility: 'nie verglichen',
    numbers: 'Zahlen',
    units: 'Einheiten',
    symbols: 'Zeichen',
    dates: 'Zeitangaben',
    languages: 'Sprachen',
    code: 'Code',
    quotes: 'Zitate',
    negation: 'Verneinung',
    exceptions: 'Ausnahmen',
    antonyms: 'Gegenteile',
    names: 'Namen',
    'question frame': 'wonach gefragt ist',
    pronouns: 'Fürwörter',
    owner: 'Besitz',
    scope: 'Reichweite',
    time: 'Zeit',
    modality: 'Können, Sollen, Wollen',
    direction: 'Richtung',
    'word order': 'Wortfolge',
    comparatives: 'Vergleiche',
    ending: 'Ende',
    'content words': 'tragende Wörter',
    'one word for another': 'ein Wort statt eines anderen',
    'unmatched words': 'Wörter ohne Gegenstück',
  },
}

export function gateName(gate: Gate): string {
  return textsNow(GATE_NAMES)[gate]
}
