import type { CATALOG_MESSAGES } from '../../shared/messages/catalog.ts'
import type { InOtherWords } from '../../shared/messages/message.ts'
import { number } from './german-terms.ts'

/** What is said of models, their prices and where those come from; in German. */
export const CATALOG_MESSAGES_DE: InOtherWords<typeof CATALOG_MESSAGES> = {
  'not-running': ({ provider }) => `${provider} läuft nicht.`,
  'no-key-for': ({ provider }) => `Noch kein Schlüssel für ${provider}.`,
  'key-says': ({ label, why }, say) => `${label}: ${say(why)}`,

  'no-price-yet': () => 'noch ist kein Preis in Kraft',
  'unlisted-model': () => 'keine unserer Preislisten nennt dieses Modell',
  'unpriced-model': () => 'keine unserer Preislisten hat einen Preis für dieses Modell',
  'named-without-price': () => 'die Quelle nennt das Modell ohne einen Preis',
  'charged-otherwise': ({ key }) => `wird auf eine Weise berechnet, die Token allein nicht sagen (${key})`,
  'taken-from-openrouter': () => 'die Quelle hat diesen Preis von OpenRouter übernommen',
  'not-whole': ({ key, usd, unit }) => `der Preis ${key} von $${number(usd)} ist keine ganze Zahl von ${unit}`,
  'file-searches-apart': () => 'Dateisuchen des Anbieters werden gesondert berechnet',
  'cached-pictures-apart': () => 'Bilder aus dem Cache haben einen eigenen Preis',
  'fee-untold': () => 'dazu kommt eine Gebühr je Anfrage, und erst die Antwort sagt, wie viel',
  'free-offer': () => 'kostenlos, mit den Grenzen eines kostenlosen Angebots',

  'runs-here': () => 'läuft auf diesem Rechner',
  'simulated-here': () => 'von Switchyard selbst simuliert',
  'made-up': () => 'für Tests erdacht',
  'less-percent': ({ source, percent }, say) => `${say(source)}, abzüglich ${number(percent)} %`,

  'list-is-none': ({ provider }) => `${provider} antwortete mit etwas, das keine Liste von Modellen ist.`,
  'list-empty': ({ provider }) => `${provider} antwortete mit einer leeren Liste von Modellen.`,
  'list-status': ({ status }) => `antwortete mit Status ${status}`,
  'list-not-json': () => 'antwortete mit etwas, das kein JSON ist',
  'names-no-version': () => 'antwortete mit etwas, das keine Version nennt',
}
