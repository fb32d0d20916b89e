import type { InOtherWords } from '../../shared/messages/message.ts'
import type { VAULT_MESSAGES } from '../../shared/messages/vaults.ts'
import { quoted } from './german-terms.ts'

/** Where keys rest, and why they cannot be had from there; in German. */
export const VAULT_MESSAGES_DE: InOtherWords<typeof VAULT_MESSAGES> = {
  'vault-locked': () => 'Der Schlüsseltresor ist verschlossen: Geben Sie seine Passphrase ein.',
  'vault-replaced': () => 'Der Schlüsseltresor wurde durch einen anderen ersetzt: Geben Sie dessen Passphrase ein.',
  'wrong-passphrase': () => 'Das ist nicht die Passphrase des Schlüsseltresors.',
  'choose-passphrase': () => 'Wählen Sie eine Passphrase für den Schlüsseltresor.',
  'no-vault-waits': () => 'Kein Schlüsseltresor wartet auf eine Passphrase.',
  'vault-exists': ({ file }) => `${file} gibt es schon; öffnen Sie den Tresor mit seiner Passphrase.`,
  'vault-gone': ({ file }) => `${file} ist nicht (mehr) da.`,
  'vault-unreadable': ({ file }) => `${file} ist nicht lesbar.`,
  'vault-unwritable': ({ file }) => `${file} ist nicht beschreibbar.`,
  'vault-damaged': ({ file }) => `${file} ist kein lesbarer Schlüsseltresor; die Datei wurde gelassen, wie sie ist.`,
  'vault-altered': ({ file }) => `${file} wurde außerhalb von Switchyard verändert: Der Inhalt passt nicht zur Passphrase.`,
  'environment-only': () => 'Schlüssel kommen hier aus Umgebungsvariablen und lassen sich nur dort ändern.',
  'environment-here': () => 'Schlüssel kommen hier aus Umgebungsvariablen. Wählen Sie einen anderen Ort, um welche abzulegen.',
  'no-place': () => 'Es gibt keinen Ort für Schlüssel.',
  'no-place-yet': ({ keychain, why }, say) =>
    `Es gibt noch keinen Ort für Schlüssel: ${keychain} ist nicht brauchbar (${quoted(why, say(why))}) Wählen Sie zuerst einen anderen Ort.`,

  'keychain-unusable': ({ keychain, why }, say) => `${keychain} ist nicht brauchbar: ${quoted(why, say(why))}`,
  'keychain-refused': ({ keychain, why }, say) => `${keychain} hat abgelehnt: ${quoted(why, say(why))}`,
  'keychain-part': ({ keychain }) => `${keychain} hat nur einen Teil dieses Schlüssels; geben Sie ihn erneut ein.`,
  'keychain-away': ({ keychain }) => `Dieser Schlüssel liegt in ${keychain}, und das ist gerade nicht erreichbar. Er wurde nicht gelöscht.`,
  'keychain-not-asked': () => 'Er wurde noch nicht gefragt.',
  'keychain-silent': () => 'Er antwortet nicht.',
  'keychain-late': () => 'Er hat nicht rechtzeitig geantwortet. Vielleicht wartet er darauf, dass Sie ihn entsperren.',
  'keychain-forgot': () => 'Er hat nicht zurückgegeben, was abgelegt wurde.',
  'no-libsecret': () => 'Die Bibliothek libsecret ist nicht installiert (Debian, Ubuntu: libsecret-1-0).',
  'no-keyring': ({ told }) => `Kein Schlüsselbund läuft (GNOME Keyring oder KWallet). „${told}“`,
  'keyring-locked': () => 'Er ist gesperrt. Entsperren Sie ihn und wählen Sie ihn dann noch einmal.',
  'no-session-bus': ({ told }) => `Es gibt keine D-Bus-Sitzung, wie auf Rechnern ohne Desktop. „${told}“`,

  'former-key-stays': () => 'Ein ersetzter Schlüssel ist abgelaufen, und sein Tresor ist nicht erreichbar, um ihn zu löschen; das wird noch einmal versucht.',
  'provider-refused-key': ({ said }, say) => `Der Anbieter hat ihn abgelehnt: ${quoted(said, say(said))}`,
  'key-out-of-credit': ({ said }, say) => `Er hat kein Guthaben mehr: ${quoted(said, say(said))}`,
  'in-other-vault': () => 'Er liegt in einem anderen Tresor als dem jetzt gewählten.',
  'secret-missing': () => 'Sein Geheimnis ist nicht mehr, wo es abgelegt wurde: Geben Sie ihn erneut ein.',
}
