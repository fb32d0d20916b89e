import type { InOtherWords } from '../../shared/messages/message.ts'
import type { Measured, OWN_ROUTING } from '../../shared/messages/own-routing.ts'
import type { GuardPattern } from '../../shared/routing-config.ts'
import { plural } from '../i18n/texts.ts'
import { ABILITY, afterCauses, number } from './german-terms.ts'

/** In the accusative with their article's ending: `lässt keine E-Mail-Adresse hinaus`. */
export const GUARDED_DE: Readonly<Record<GuardPattern, string>> = {
  email: 'keine E-Mail-Adresse',
  phone: 'keine Telefonnummer',
  secret: 'keinen Schlüssel und kein anderes Geheimnis',
}
const FOUND: Readonly<Record<GuardPattern, string>> = { email: 'eine E-Mail-Adresse', phone: 'eine Telefonnummer', secret: 'ein Geheimnis' }
const SOUGHT: Readonly<Record<GuardPattern, string>> = { email: 'E-Mail-Adressen', phone: 'Telefonnummern', secret: 'Geheimnissen' }

const MEASURED: Readonly<Record<Measured, string>> = {
  'input-tokens': 'geschätzte Token der Eingabe',
  usd: 'geschätzte USD',
  'usd-today': 'heute ausgegebene USD',
  'usd-left': 'übrige USD des Budgets',
}

const inTurn = (models: readonly string[]): string => models.join(', dann ')

/** What the user's own routing did, step by step; in German. */
export const OWN_ROUTING_DE: InOtherWords<typeof OWN_ROUTING> = {
  pinned: ({ fallbacks }) =>
    fallbacks === 0
      ? 'die Wahl der Anfrage selbst'
      : `die Wahl der Anfrage selbst, mit ${fallbacks} ${plural(fallbacks, { one: 'Ausweichmodell', other: 'Ausweichmodellen' })}`,
  'by-rule': ({ rule }) => `Regel „${rule}“`,
  'by-split': ({ split, arm }) => `Aufteilung „${split}“, Arm ${arm}`,
  'by-alias': ({ alias }) => `Alias „${alias}“`,
  'by-preset': ({ preset }) => `Preset „${preset}“`,
  'by-shadow': ({ shadow }) => `Schattenlauf „${shadow}“`,
  'by-cache': () => 'der Antwort-Cache',
  'by-keep-warm': () => 'Anruf zum Warmhalten',

  'rule-fallback': ({ rule, place }) => `Regel „${rule}“, Ausweichmodell ${place}`,
  'arm-of-split': ({ split, arm }) => `Arm ${arm} der Aufteilung „${split}“`,
  'through-alias': ({ why, alias }, say) => `${say(why)}, Alias „${alias}“`,
  'alias-choice': ({ alias, choice }) => `Alias „${alias}“, ${choice}. Wahl`,

  'split-step': ({ split, arm, model }) => `Aufteilung „${split}“: Arm ${arm}, ${model}.`,
  'rule-skipped': ({ rule, why }, say) => `Regel „${rule}“ gilt nicht: ${say(why)}.`,
  'rule-denies': ({ rule }) => `Regel „${rule}“ gilt: Sie lehnt ab.`,
  'rule-routes': ({ rule, models }) => `Regel „${rule}“ gilt: ${inTurn(models)}.`,
  'rule-prefers': ({ rule, fields }) => `Regel „${rule}“ gilt: Sie setzt ${fields.join(', ')}.`,
  'rule-caches': ({ rule, on }) => `Regel „${rule}“ gilt: Antwort-Cache ${on ? 'an' : 'aus'}.`,
  'rule-found-none': ({ rule, block }) => `Regel „${rule}“ gilt: Sie suchte nach ${block.map((each) => SOUGHT[each]).join(', ')} und fand nichts.`,
  'rule-found': ({ rule, found }) => `Regel „${rule}“ gilt: Sie fand ${FOUND[found]} und hielt die Anfrage an.`,
  'alias-auto': ({ alias, among }) => `Alias „${alias}“ lässt das automatische Routing unter ${among.join(', ')} wählen.`,
  'alias-step': ({ alias, models }) => `Alias „${alias}“ steht für ${inTurn(models)}.`,
  'fallback-step': ({ causes, models }) => `Nach ${afterCauses(causes)}: ${inTurn(models)}.`,
  'preset-step': ({ preset, models, sets, system }) => {
    const said = [...sets, ...(system ? ['den System-Prompt'] : [])]
    return `Preset „${preset}“: ${inTurn(models)}${said.length === 0 ? '' : `; es setzt ${said.join(', ')}`}.`
  },
  'preset-unsaid': ({ preset, fields }) => `Das Format des Clients hat kein Feld für ${fields.join(', ')} des Presets „${preset}“.`,
  'cache-had-it': ({ source }) => `Der Antwort-Cache hatte die Antwort auf genau diese Frage, gegeben von ${source}.`,
  'cache-had-its-like': ({ source }) => `Der Antwort-Cache hatte die Antwort auf eine Frage, die dasselbe meint, gegeben von ${source}.`,
  'answered-together': ({ request }) => `Sie wurde zusammen mit ${request} beantwortet, die dasselbe fragte; der Plan steht dort.`,
  'nobody-asked': () => 'Niemand musste gefragt werden.',

  'another-client': () => 'ein anderer Client',
  'another-model': () => 'ein anderes Modell',
  'another-dialect': () => 'ein anderer Dialekt',
  streams: ({ streams }) => (streams ? 'sie streamt' : 'sie streamt nicht'),
  'has-tools': ({ tools }) => (tools ? 'sie hat Werkzeuge' : 'sie hat keine Werkzeuge'),
  'needs-not': ({ need }) => `sie braucht nicht: ${ABILITY[need] ?? need}`,
  'tag-is': ({ tag, value }) => (value === undefined ? `Merkmal ${tag} ist nicht da` : `Merkmal ${tag} ist ${value}`),
  'another-hour': () => 'eine andere Stunde',
  'another-day': () => 'ein anderer Tag',
  unmeasured: ({ what }) => `nicht bekannt: ${MEASURED[what]}`,
  fewer: ({ what, value, bound }) => `${number(value)} ${MEASURED[what]} sind weniger als ${number(bound)}`,
  more: ({ what, value, bound }) => `${number(value)} ${MEASURED[what]} sind mehr als ${number(bound)}`,
  'its-exception': () => 'ihre Ausnahme trifft zu',
}
