import type { ACCESS_REFUSALS } from '../../shared/messages/access.ts'
import type { InOtherWords } from '../../shared/messages/message.ts'
import { ABILITY, dollars, number, quoted } from './german-terms.ts'
import { GUARDED_DE } from './own-routing.ts'

const PERIOD = { day: 'diesen Tag', month: 'diesen Monat' }
const MOMENT = new Intl.DateTimeFormat('de', { dateStyle: 'medium', timeStyle: 'short' })

const near = (names: readonly string[], otherwise: string): string => (names.length === 0 ? otherwise : `Ähnlich heißen: ${names.join(', ')}.`)

/** Why a request gets no model; in German. */
export const ACCESS_REFUSALS_DE: InOtherWords<typeof ACCESS_REFUSALS> = {
  'wants-client-key': ({ demoKey, ollama }) =>
    `Dieser Endpunkt will einen Client-Schlüssel: als „Authorization: Bearer ...“, „x-api-key“ oder „x-goog-api-key“. Einen gibt es auf der Seite Verbinden; „${demoKey}“ öffnet die Demo-Modelle.${ollama ? ' Anders als Ollama verlangt Switchyard von jedem Werkzeug einen, da es auf Ihre Schlüssel ausgibt; die meisten Ollama-Clients senden OLLAMA_API_KEY oder nehmen Header.' : ''}`,
  'demo-key-off': () => 'Der öffentliche Demo-Schlüssel ist in den Einstellungen ausgeschaltet.',
  'unknown-client-key': () => 'Dieser Client-Schlüssel ist hier nicht bekannt. Angelegt und widerrufen werden sie auf der Seite Verbinden.',
  'demo-models-only': ({ endpoint }) =>
    `Der öffentliche Demo-Schlüssel öffnet nur die simulierten Modelle demo/*, nicht „${endpoint}“. Legen Sie auf der Seite Verbinden einen eigenen an.`,

  'no-model-named': () => 'Es wurde kein Modell genannt.',
  'names-no-model': () => 'Die Anfrage nennt kein Modell.',
  'several-serve': ({ model, endpoints }) => `„${model}“ gibt es bei mehreren Anbietern. Sagen Sie, bei welchem: ${endpoints.join(', ')}.`,
  'unknown-model': ({ model, near: names }) => `Ein Modell „${model}“ gibt es nicht. ${near(names, 'GET /v1/models nennt alle.')}`,
  'no-host-left': ({ endpoint, why }, say) => `Für diese Anfrage ist kein Ort übrig: ${endpoint} ${say(why)}.`,
  'cannot-serve': ({ endpoint, need }) => `${endpoint} kann nicht, was diese Anfrage braucht: ${ABILITY[need] ?? need}.`,
  'endpoint-is': ({ endpoint, why }, say) => `${endpoint} ${say(why)}.`,
  'ask-several-times': ({ endpoint, why }, say) => `${endpoint} ${say(why)}. Fragen Sie stattdessen mehrmals.`,
  'no-model-to-choose': () => 'Es gibt kein Modell, das gewählt werden könnte. Fügen Sie auf der Seite Anbieter einen Schlüssel hinzu.',
  'none-can': ({ reasons }, say) =>
    `Kein Modell kann diese Anfrage bedienen: ${reasons.map(({ models, why }) => `${number(models)}-mal ${say(why)}`).join('; ')}.`,

  'no-key-yet': ({ provider }) => `Für ${provider} gibt es noch keinen Schlüssel. Fügen Sie auf der Seite Anbieter einen hinzu.`,
  'no-key-usable': ({ provider, keys }, say) =>
    `Kein Schlüssel von ${provider} ist brauchbar (${keys.map(({ label, why }) => `„${label}“: ${say(why)}`).join('; ')}). Siehe die Seite Anbieter.`,
  'key-deleted': () => 'Dieser Schlüssel wurde gelöscht.',
  'key-in-other-vault': ({ label }) => `Der Schlüssel „${label}“ liegt in einem anderen Tresor als dem jetzt gewählten.`,
  'key-unreadable': ({ label, said }, say) => `Der Schlüssel „${label}“ ist nicht lesbar. ${quoted(said, say(said))}`,
  'key-not-there': ({ label }) => `Der Schlüssel „${label}“ ist nicht mehr, wo er abgelegt wurde: Geben Sie ihn erneut ein.`,

  'preset-names-none': ({ preset }) => `Das Preset „${preset}“ nennt kein Modell. Nennen Sie eines daneben: model@preset/${preset}.`,
  'unknown-preset': ({ preset, near: names }) =>
    `Ein Preset „${preset}“ gibt es nicht. ${near(names, 'Es gibt noch keine: Legen Sie auf der Seite Routing eines an.')}`,
  guarded: ({ rule, found }) => `Die Regel „${rule}“ dieses Gateways lässt ${GUARDED_DE[found]} hinaus, und die Anfrage enthält so etwas.`,

  'budget-holds': ({ client, period, limit, left, why, resetsAt }, say) => {
    const whose = client === undefined ? 'Das Budget für alle Clients' : `Das Budget des Client-Schlüssels „${client}“`
    const standing = left <= 0 ? 'ist aufgebraucht' : `hat noch ${dollars(left)}`
    return `${whose} für ${PERIOD[period]} (${dollars(limit)}) ${standing}: ${say(why)}. Es beginnt neu am ${MOMENT.format(resetsAt)}.`
  },

  'body-not-json': ({ where }) => `Der Inhalt ist kein gültiges JSON: ${where}.`,
  'body-no-object': () => 'Der Inhalt muss ein JSON-Objekt sein.',
}
