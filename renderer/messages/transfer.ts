import type { InOtherWords } from '../../shared/messages/message.ts'
import type { TRANSFER_MESSAGES } from '../../shared/messages/transfer.ts'
import { number } from './german-terms.ts'

/** What is wrong with a file of somebody's whole setup; in German. */
export const TRANSFER_MESSAGES_DE: InOtherWords<typeof TRANSFER_MESSAGES> = {
  'transfer-no-json': ({ why }) => `ist kein gültiges JSON: ${why}`,
  'transfer-other-kind': ({ kind }) => `ist kein Export der Einstellungen von Switchyard: „kind“ wäre „${kind}“`,
  'transfer-newer': ({ version, known }) =>
    `stammt von einem neueren Switchyard (Version ${number(version)} der Datei; dieses liest bis ${number(known)}). Aktualisieren Sie zuerst dieses.`,
  'transfer-no-setting': () => 'ist keine Einstellung dieses Switchyard',
  'transfer-secret': () =>
    'sieht nach einem Geheimnis aus, das in so einer Datei nie steht. Nehmen Sie es heraus, und geben Sie es in seiner eigenen Ansicht ein.',
  'transfer-twice': ({ name }) => `„${name}“ steht zweimal da`,
  'transfer-no-filter': () => 'ist als Filter nicht zu verstehen',
  'transfer-ca-file': () => 'ist ein Pfad auf dem Rechner, von dem die Datei stammt',
  'transfer-goes-to': ({ provider, host }) => `Anfragen an „${provider}“ und die Schlüssel dafür gingen an ${host}`,
  'transfer-proxy': () => 'Anfragen an Anbieter verließen diesen Rechner über einen anderen Proxy',
  'transfer-origin': ({ origin }) => `Seiten von ${origin} könnten den Endpunkt aufrufen`,
  'transfer-lan': () => 'Werkzeuge auf anderen Rechnern könnten den Endpunkt erreichen',
  'transfer-fetches': () => 'Dateien, die ein Prompt nennt, würden auch aus Ihrem eigenen Netz geholt',
}
