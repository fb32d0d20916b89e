import type { InOtherWords } from '../../shared/messages/message.ts'
import type { REFUSALS } from '../../shared/messages/refusals.ts'
import { number } from './german-terms.ts'

/** Why the workbench's own calls are refused; in German. */
export const REFUSALS_DE: InOtherWords<typeof REFUSALS> = {
  'no-route': ({ route }) => `Einen Weg „${route}“ gibt es nicht.`,
  'takes-post': ({ route }) => `„${route}“ nimmt POST.`,
  'send-json': () => 'Senden Sie application/json.',
  'no-json': () => 'Der Inhalt ist kein gültiges JSON.',
  'could-not': () => 'Switchyard konnte das nicht tun. Sein Protokoll sagt, warum.',
  'no-engine': () => 'Switchyard antwortet nicht. Läuft es noch?',

  'no-request': () => 'Diese Anfrage steht nicht (mehr) im Verzeichnis.',
  'bodies-gone': () => 'Ihre Inhalte sind seither gelöscht; sie lassen sich nicht zurückholen.',
  'no-filter': () => 'Einen Filter dieses Namens gibt es nicht mehr.',
  'no-update-address': () => 'Die Einstellungen nennen keine Adresse, an der nach neueren Versionen zu sehen wäre.',
  'no-page': () => 'Das ist keine Seitenmarke der Verkehrsliste.',
  'no-cache-page': () => 'Das ist keine Seitenmarke des Caches.',
  'no-vote': () => 'Diese Stimme gibt es nicht mehr.',
  'no-library-entry': () => 'Diesen Eintrag gibt es nicht mehr.',
  'no-comparison': () => 'Dieser Vergleich ist nicht (mehr) aufbewahrt.',
  'no-matrix': () => 'Diese Matrix gibt es nicht mehr.',
  'no-key-there': () => 'Diesen Schlüssel gibt es nicht mehr.',
  'no-such-key': () => 'Einen solchen Schlüssel gibt es nicht (mehr).',
  'no-provider': ({ provider }) => `Einen Anbieter „${provider}“ gibt es nicht.`,
  'provider-gone': ({ provider }) => `Den Anbieter „${provider}“ gibt es nicht mehr.`,
  'no-cache-entry': () => 'Dieser Eintrag ist nicht (mehr) im Antwort-Cache.',
  'not-from-entry': () => 'Diese Anfrage wurde nicht aus diesem Eintrag beantwortet.',
  'body-not-kept': () => 'Der Inhalt dieser Anfrage wurde nicht behalten oder ist gelöscht.',
  'beginning-kept': () => 'Von dieser Anfrage wurde nur der Anfang behalten.',

  'cannot-resend': () => 'Ihr Inhalt wurde nicht ganz behalten, oder sie ist kein Gespräch; darum kann sie nicht noch einmal gesendet werden.',
  'cannot-compare': () => 'Ihr Inhalt wurde nicht ganz behalten, oder sie ist kein Gespräch; darum kann sie nicht verglichen werden.',
  'filter-unclear': ({ from, to, word, problem }) => `Der Filter ist an den Zeichen ${from} bis ${to} nicht zu verstehen: „${word}“ (${problem}).`,

  'none-held': ({ endpoint }) => `Von ${endpoint} ist kein Preis zurückgehalten.`,
  'own-models-only': ({ provider }) => `${provider} nimmt nur eigene Modelle.`,
  'not-your-model': ({ endpoint }) => `${endpoint} ist kein Modell von Ihnen.`,
  'nobody-knows-price': ({ endpoint }) => `Niemand kennt einen Preis von ${endpoint}. Geben Sie zuerst einen an.`,

  'provider-exists': ({ provider }) => `Einen Anbieter „${provider}“ gibt es schon.`,
  'provider-lost': () => 'Der Anbieter wurde gespeichert, ist aber nicht da.',
  'not-your-provider': () => 'Nur Anbieter, die Sie selbst hinzugefügt haben, lassen sich entfernen.',
  'in-private-network': ({ host }) => `${host} führt in ein privates Netz. Sagen Sie, dass das so gemeint ist, dann wird er hinzugefügt.`,
  'password-in-address': () => 'Eine Adresse enthält weder Benutzer noch Passwort: Sie lägen unverschlüsselt da. Geben Sie den Schlüssel für sich an.',
  'takes-no-key': ({ provider }) => `${provider} nimmt keinen Schlüssel.`,
  'name-each-key': () => 'Nennen Sie jeden Schlüssel dieses Anbieters einmal.',
  'environment-empty': ({ variable }) => `Die Umgebung hat keinen Schlüssel in ${variable}.`,
  'change-in-environment': () => 'Dieser Schlüssel kommt aus einer Umgebungsvariablen: Ändern Sie ihn dort.',
  'stored-already': ({ label }) => `Dieser Schlüssel ist schon gespeichert, als „${label}“.`,

  'run-is-running': () => 'Dieser Lauf ist im Gange.',
  'run-is-done': () => 'Jede Zelle dieses Laufs ist beantwortet.',
  'no-row-for': ({ variable }) => `Keine Zeile hat einen Wert für {{${variable}}}.`,
  'row-lacks': ({ row, variable }) => `Zeile ${row} hat keinen Wert für {{${variable}}}.`,

  'routing-changed': () => 'routing.json wurde geändert, seit es geladen wurde. Laden Sie es neu; Ihre Änderungen bleiben hier.',
  'problem-at': ({ at, problem }, say) => `${at}: ${say(problem)}`,
  'nobody-serves': ({ model }) => `Soweit hier bekannt, hat niemand „${model}“.`,
  'none-cheaper': () => 'Keines Ihrer Modelle ist hierfür deutlich billiger als das beste.',
  'question-not-kept': () => 'Was diese Anfrage fragte, wurde nicht behalten; darum kann daraus nicht gelernt werden.',
  'answered-by-none': () => 'Diese Anfrage wurde von keinem Modell beantwortet.',
  'replay-empty': () => 'Das Nachspielen ergab nichts.',

  'import-not-written': () => 'Es konnte nicht geschrieben werden, darum wurde nichts geändert. Das Protokoll sagt, warum.',
  'backup-gone': () => 'Diese Sicherung gibt es nicht mehr.',
  'export-too-long': ({ days, most }) =>
    `Der Export umfasst ${number(days)} Tage. Höchstens ${number(most)} werden auf einmal verglichen; wählen Sie einen kürzeren Zeitraum.`,

  'no-address-there': () => 'Einen solchen Anbieter mit einer Adresse gibt es nicht.',
  'no-other-address': () => 'Dieser Anbieter hat keine Adresse außer der Ihren.',
  'nothing-leaves-to': () => 'Einen solchen Anbieter, zu dem etwas hinausgeht, gibt es nicht.',
  'no-local-model': ({ id }) => `Ein Modell ${id} ist nicht zu haben.`,
  'other-commit': ({ repository, revision }) => `Von ${repository} wird der Stand ${revision} angeboten und kein anderer.`,
}
