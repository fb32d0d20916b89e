import type { ATTEMPT_FAILURES, Unreachable } from '../../shared/messages/attempts.ts'
import type { InOtherWords } from '../../shared/messages/message.ts'
import { STORY_TEXTS } from '../features/traffic/story-texts.ts'
import { plural } from '../i18n/texts.ts'
import { dollars, dollarsOf, number, quoted, seconds } from './german-terms.ts'

const UNREACHABLE: Readonly<Record<Exclude<Unreachable, 'other'>, string>> = {
  refused: 'hat die Verbindung abgelehnt; läuft der Server?',
  'not-found': 'wurde nicht gefunden; ist dieser Rechner online?',
  'no-lookup': 'ließ sich nicht nachschlagen; ist dieser Rechner online?',
  closed: 'hat die Verbindung geschlossen, bevor eine Antwort kam.',
  late: 'hat nicht rechtzeitig geantwortet.',
  expired: 'zeigt ein abgelaufenes Zertifikat. Geht die Uhr dieses Rechners richtig?',
  'other-name': 'zeigt ein Zertifikat auf einen anderen Namen.',
  untrusted:
    'zeigt ein Zertifikat, dessen Ausstellerin hier nicht vertraut wird. Wo eine Firma oder ein Virenscanner in Verbindungen hineinsieht, nennen Sie deren CA-Datei unter Einstellungen, Netzwerk.',
}

/** What went wrong at a provider or on the way there; in German. */
export const ATTEMPT_FAILURES_DE: InOtherWords<typeof ATTEMPT_FAILURES> = {
  'at-provider': ({ provider, said }, say) => `${provider}: ${quoted(said, say(said))}`,
  'of-several': ({ said, count, others }, say) =>
    `${quoted(said, say(said))} (${number(count)} Versuche schlugen fehl; ${others.length === 1 ? 'der andere' : 'die anderen'}: ${others.map((kind) => STORY_TEXTS.de.failures[kind]).join(', ')})`,
  'all-rest': ({ model, why }, say) =>
    `Nichts, was ${model} bedienen könnte, darf gerade gefragt werden${why.length === 0 ? '' : ` (${why.map((each) => `${each.endpoint}: ${say(each.why)}`).join('; ')})`}.`,
  'plan-empty': () => 'Der Plan hatte keinen Kandidaten.',
  'costs-too-much': ({ endpoint, cost, most }) =>
    `${endpoint} ${cost === undefined ? 'hat keinen bekannten Preis' : `kann nach Schätzung bis zu ${dollars(cost)} kosten`}, und diese Anfrage darf nicht mehr als ${dollarsOf(most)} kosten.`,

  'sent-nothing': ({ who, ms }) => `${who} hat innerhalb von ${seconds(ms)} nichts gesendet.`,
  'still-answering': ({ who, ms }) => `${who} antwortete nach ${seconds(ms)} immer noch.`,
  'fell-silent': ({ who, ms }) => `${who} schwieg mitten in der Antwort ${seconds(ms)} lang.`,
  'caller-gone': () => 'Der Client ging weg.',
  'caller-gone-midway': () => 'Der Client ging mitten in der Antwort weg.',
  'nobody-reads': () => 'Niemand liest weiter.',
  unreachable: ({ host, because, system }) =>
    `${host} ${because === 'other' ? `war nicht erreichbar (${system ?? 'keine Verbindung'}).` : UNREACHABLE[because]}`,
  'not-connected': ({ host, ms }) => `${host} hat innerhalb von ${seconds(ms)} keine Verbindung angenommen.`,
  'broke-off-midway': ({ host, system }) => `${host} brach mitten in der Antwort ab${system === undefined ? '' : ` (${system})`}.`,
  'leads-to': ({ host, reach }) => {
    const what =
      reach === 'forbidden'
        ? 'führt zu einer lokalen, Metadaten- oder unbrauchbaren Adresse, von der kein Modell kommt'
        : reach === 'this-machine'
          ? 'führt zu diesem Rechner'
          : 'führt in ein privates Netz'
    const remedy = ' ohne ein Ja: inPrivateNetwork eines eigenen Anbieters, privateBaseUrls für einen anderen, in den Einstellungen'
    return `${host} ${what}. Dorthin wird nichts gesendet${reach === 'private-network' ? remedy : ''}.`
  },
  redirects: ({ name, status }) => `${name} leitet zu einer anderen Adresse um (${status}); dem wird nicht gefolgt. Geben Sie die jetzige Basisadresse an.`,
  'answer-too-large': ({ bytes }) => `Die Antwort des Anbieters ist größer als ${number(bytes)} Bytes.`,
  'answer-not-json': () => 'Der Anbieter antwortete mit 200 und etwas, das kein JSON ist.',
  'answer-no-object': () => 'Der Anbieter antwortete mit 200 und JSON, das kein Objekt ist.',
  'provider-removed': ({ provider }) => `Der Anbieter „${provider}“ wurde entfernt.`,
  'no-address': ({ name }) => `${name} hat noch keine Adresse: Geben Sie die Basisadresse in den Einstellungen an.`,
  'shutting-down': () => 'Switchyard wird gerade beendet.',
  'failed-inside': () => 'Switchyard konnte diese Anfrage nicht bearbeiten. Sein Protokoll sagt mehr.',
  'answer-broke-off': () => 'Die Antwort brach ab, ohne zu sagen, warum.',
  'answer-unreadable': () => 'Die Antwort war nicht lesbar.',
  'no-answer-within': ({ name, seconds: limit }) =>
    `${name} antwortete nicht innerhalb von ${number(limit)} ${plural(limit, { one: 'Sekunde', other: 'Sekunden' })}.`,
}
