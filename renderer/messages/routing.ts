import type { InOtherWords } from '../../shared/messages/message.ts'
import type { ROUTE_REASONS } from '../../shared/messages/routing.ts'
import { ABILITY, afterCauses, dollars, dollarsOf, number, seconds } from './german-terms.ts'

const PER = { prompt: 'Million Token Prompt', completion: 'Million Token Antwort', audio: 'Million Token Ton', request: 'Anfrage', image: 'Bild' }
const PERIOD = { day: 'diesen Tag', month: 'diesen Monat' }

/** Why a place is a candidate or is passed over, and how it is doing; in German. */
export const ROUTE_REASONS_DE: InOtherWords<typeof ROUTE_REASONS> = {
  'asked-for': () => 'das verlangte Modell',
  fallback: ({ place }) => `Ausweichmodell ${place}`,
  'fallback-after': ({ causes }) => `Ausweichmodell nach ${afterCauses(causes)}`,
  'asked-again': () => 'noch einmal gefragt',
  'keep-warm': () => 'hält den Anfang eines Gesprächs in seinem Prompt-Cache',
  'one-of-keys': ({ why, key, of, label }, say) => `${say(why)}, Schlüssel ${key} von ${of} (${label})`,
  reasons: ({ all }, say) => all.map(say).join('; '),
  forfeits: ({ why, worth, tokens, endpoint }, say) =>
    `${say(why)}; verschenkt ${dollars(worth)}: ${number(tokens)} Token dieses Gesprächs sind im Prompt-Cache von ${endpoint}`,
  'in-its-cache': () => 'dieses Gespräch ist in seinem Cache',
  'slower-than-asked': () => 'langsamer als gewünscht',

  'of-key': ({ label, why }, say) => `Schlüssel „${label}“: ${say(why)}`,
  'key-rests': ({ label, why }, say) => `Schlüssel „${label}“: ${say(why)}`,
  'no-key': () => 'kein Schlüssel',
  'no-such-model': () => 'kein solches Modell',
  'demo-key': () => 'dieser Schlüssel öffnet nur die simulierten Modelle demo/*',
  cannot: ({ need }) => `kann nicht: ${ABILITY[need] ?? need}`,
  'cannot-carry': ({ fields }) => `kann ${fields.join(', ')} nicht weitergeben, und provider.require_parameters ist gesetzt`,
  'one-answer': ({ field }) => `gibt in diesem Format nur eine Antwort, und ${field} verlangt mehr`,
  'not-free': () => 'ist nicht als kostenlos bekannt, und :free war verlangt',
  'no-service-tier': ({ tier }) => `hat, soweit bekannt, die Dienstklasse ${tier} nicht, und provider.require_parameters ist gesetzt`,
  ignored: () => 'steht in provider.ignore',
  'not-in-only': () => 'steht nicht in provider.only',
  'not-in-order': () => 'steht nicht in provider.order, und provider.allow_fallbacks ist false',
  region: ({ region, rule }) => {
    const place = region === undefined ? 'die Region ist nicht bekannt, und eine' : `liegt in ${region}, und das`
    if (rule === 'only') return `${place} steht nicht in provider.only`
    return rule === 'ignore' ? `${place} steht in provider.ignore` : `${place} steht nicht in provider.order; provider.allow_fallbacks ist false`
  },
  precision: ({ quantization }) => `hat das Modell in einer Genauigkeit (${quantization}), die nicht verlangt ist`,
  'no-price': ({ bound }) => `hat keinen bekannten Preis, und provider.max_price.${bound} ist gesetzt`,
  'too-dear': ({ usd, bound }) => `kostet ${dollarsOf(usd)} je ${PER[bound]}, mehr als provider.max_price.${bound} erlaubt`,
  'may-keep-data': () => 'behält vielleicht Daten (siehe Anbieter, Ihr Vertrag)',
  'may-learn': () => 'lernt vielleicht aus Prompts (siehe Anbieter, Ihr Vertrag)',
  'reads-less': ({ context, tokens }) => `liest ${context === undefined ? 'weniger' : number(context)} Token, und dies sind etwa ${number(tokens)}`,
  'other-host-first': () => 'ein anderer Ort kommt zuerst, und provider.allow_fallbacks ist false',

  'rate-limited': ({ ms }) => `noch ${seconds(ms)} begrenzt`,
  'failed-in-a-row': ({ times, ms }) => `${times}-mal hintereinander fehlgeschlagen, ruht noch ${seconds(ms)}`,
  'tried-by-another': () => 'wird gerade von einer anderen Anfrage wieder versucht',
  'tried-after-rest': () => 'wird nach einer Ruhe wieder versucht',
  'failed-ago': ({ ms }) => `vor ${seconds(ms)} fehlgeschlagen`,
  'failed-lately': () => 'in letzter Zeit mehrmals fehlgeschlagen',
  'key-concurrency': ({ running }) => `hat ${running} Anfragen zugleich, so viele wie erlaubt`,
  'key-requests': ({ rpm }) => `hatte seine ${number(rpm)} Anfragen dieser Minute`,
  'key-tokens': ({ tpm }) => `hatte seine ${number(tpm)} Token dieser Minute`,

  'budget-needs-price': () => 'der Preis ist nicht bekannt, also ließe sich kein Budget einhalten; geben Sie ihn auf der Seite Modelle an',
  'over-budget': ({ cost, everybodys, period, left }) =>
    `kann bis zu ${dollars(cost)} kosten, und ${everybodys ? 'das Budget für alle Clients' : 'das Budget des Client-Schlüssels'} für ${PERIOD[period]} hat noch ${dollars(left)}`,
}
