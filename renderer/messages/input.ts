import { FILE_LIMIT_BYTES, FILES_LIMIT_BYTES } from '../../shared/attachments.ts'
import { type INPUT_MESSAGES, type InputHint, type InputRule, MOST_CELLS } from '../../shared/messages/input.ts'
import type { InOtherWords } from '../../shared/messages/message.ts'
import { number } from './german-terms.ts'

const megabytes = (bytes: number): string => `${number(bytes / 1024 / 1024)} MB`

const HINTS: Readonly<Record<InputHint, string>> = {
  name: 'geben Sie einen Namen an',
  'paste-key': 'fügen Sie einen Schlüssel ein',
  passphrase: 'mindestens 8 Zeichen',
  prompt: 'schreiben Sie den Prompt',
  'a-prompt': 'schreiben Sie einen Prompt',
  'choose-model': 'wählen Sie ein Modell',
  'name-model': 'nennen Sie ein Modell',
  'one-model': 'geben Sie mindestens ein Modell an',
  'endpoint-id': 'ein Anbieter, ein Schrägstrich und ein Modell',
  'lower-case': 'Kleinbuchstaben, Ziffern und Bindestriche',
  slug: 'Kleinbuchstaben, Ziffern, Punkte, Binde- und Unterstriche',
  'function-name': 'Buchstaben, Ziffern, Binde- und Unterstriche, höchstens 64',
  'web-address': 'eine http- oder https-Adresse',
  task: 'nennen Sie die Art der Aufgabe',
  'no-such-answer': 'nennt eine Antwort, die es nicht gibt',
  'cache-key': 'ist kein Schlüssel eines Eintrags',
  'must-contain': 'sagen Sie, was sie enthalten muss',
  pattern: 'schreiben Sie ein Muster',
  schema: 'schreiben Sie ein JSON-Schema',
  criterion: 'sagen Sie, wonach zu urteilen ist',
  'says-nothing': 'sagen Sie, was sie tut',
  'two-arms': 'eine Aufteilung hat mindestens zwei Arme',
  'empty-file': 'die Datei ist leer',
  'file-size': `eine Datei darf ${megabytes(FILE_LIMIT_BYTES)} haben`,
  'files-size': `die Dateien eines Gesprächs dürfen zusammen ${megabytes(FILES_LIMIT_BYTES)} haben`,
  'file-kinds': 'gesendet werden können Bilder (PNG, JPEG, WebP, GIF), PDF und Textdateien',
  'not-base64': 'kein Base64',
  'json-object': 'muss ein JSON-Objekt sein',
  'most-cells': `Prompts × Modelle × Zeilen dürfen höchstens ${number(MOST_CELLS)} ergeben`,
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'Text',
  number: 'eine Zahl',
  int: 'eine ganze Zahl',
  boolean: 'true oder false',
  array: 'eine Liste',
  object: 'ein Objekt',
  record: 'ein Objekt',
}
const UNITS: Readonly<Record<string, string>> = { string: ' Zeichen', array: ' Einträge', set: ' Einträge', file: ' Bytes' }

function wanted(rule: InputRule): string {
  switch (rule.is) {
    case 'hint':
      return HINTS[rule.hint]
    case 'least':
      return `${rule.inclusive ? 'mindestens' : 'mehr als'} ${number(rule.bound)}${UNITS[rule.of] ?? ''}`
    case 'most':
      return `${rule.inclusive ? 'höchstens' : 'weniger als'} ${number(rule.bound)}${UNITS[rule.of] ?? ''}`
    case 'type':
      return `erwartet wird ${TYPES[rule.expected] ?? rule.expected}`
    case 'one-of':
      return `eines von ${rule.values.join(', ')}`
    case 'unknown-fields':
      return `nicht bekannt: ${rule.fields.join(', ')}`
    case 'loop':
      return `führt zu sich selbst zurück: ${rule.names.join(' -> ')}`
    case 'other':
      return 'nicht gültig'
  }
}

/** What is wrong with a value that somebody entered; in German. */
export const INPUT_MESSAGES_DE: InOtherWords<typeof INPUT_MESSAGES> = {
  input: ({ at, rule }) => `${at === '' ? 'Eingabe' : at}: ${wanted(rule)}`,
  'input-there': ({ rule }) => wanted(rule),
}
