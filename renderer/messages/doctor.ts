import type { DOCTOR_MESSAGES } from '../../shared/messages/doctor.ts'
import type { InOtherWords } from '../../shared/messages/message.ts'
import { number, quoted } from './german-terms.ts'

const MB = 1024 * 1024

/** What the doctor says of its findings; in German. */
export const DOCTOR_MESSAGES_DE: InOtherWords<typeof DOCTOR_MESSAGES> = {
  'doc-version': ({ version, node, platform }) => `Switchyard ${version}, Node ${node}, ${platform}.`,

  'doc-folder': ({ path, bytes }) => `${path} ist beschreibbar und enthält ${size(bytes)}.`,
  'doc-folder-not-yet': ({ path }) => `${path} gibt es noch nicht; der erste Start legt ihn an.`,
  'doc-folder-others': ({ path }) => `${path} ist für andere Benutzer dieses Rechners lesbar.`,
  'doc-folder-others-help': ({ path }) => `chmod 700 ${path}`,
  'doc-folder-none': ({ path }) => `${path} ist kein Ordner.`,
  'doc-folder-unmade': ({ path, told }) => `${path} gibt es nicht, und ${told} ist nicht beschreibbar.`,
  'doc-folder-bad': ({ path, told }) => `${path} ist nicht beschreibbar (${told}).`,
  'doc-folder-help': () => 'Rechte erteilen oder mit einem anderen Ordner starten: --data-dir.',

  'doc-disk': ({ bytes }) => `${size(bytes)} sind frei.`,
  'doc-disk-low': ({ bytes }) => `Nur ${size(bytes)} sind frei.`,
  'doc-disk-help': () => 'Platz schaffen oder weniger aufbewahren: Einstellungen, Speicher und Aufbewahrung.',

  'doc-file': () => 'Gültig, oder nicht da.',
  'doc-file-bad': ({ why }) => quoted(why, why),
  'doc-file-help': () => 'Daran hält der nächste Start an: das Feld richtigstellen oder die Datei beiseitelegen.',

  'doc-database': ({ requests, bytes, ms }) => `Heil: ${number(requests)} Anfragen, ${size(bytes)}; in ${number(ms)} ms durchgelesen.`,
  'doc-database-older': ({ format, known }) => `Heil, im Format ${format}; der nächste Start bringt sie auf ${known}.`,
  'doc-database-not-yet': () => 'Noch keine; der erste Start legt sie an.',
  'doc-database-damaged': ({ damage }) => `Beschädigt: ${quoted(damage, damage)}`,
  'doc-database-damaged-help': () =>
    'Switchyard beenden und neu starten: die Datei wird beiseitegelegt, eine neue begonnen und die Zeilen der Schlüssel gerettet.',
  'doc-database-too-new': ({ format, known }) => `Von einem neueren Switchyard (Format ${format}, dieses kennt ${known}).`,
  'doc-database-too-new-help': () => 'Dieses installieren oder mit einem anderen Ordner starten: --data-dir.',

  'doc-keys-keychain': ({ keychain }) => `Im Schlüsselbund ${keychain}.`,
  'doc-keys-file': () => 'In einer verschlüsselten Datei.',
  'doc-keys-locked': () => 'In einer verschlüsselten Datei, die verschlossen ist.',
  'doc-keys-locked-help': () => 'In der Ansicht Anbieter öffnen.',
  'doc-keys-environment': () => 'Allein aus Umgebungsvariablen.',
  'doc-keys-memory': () => 'Im Speicher, bis Switchyard endet.',
  'doc-keys-nowhere': ({ keychain, why }, say) => `Noch nirgends: der Schlüsselbund ${keychain} ist nicht zu gebrauchen: ${quoted(why, say(why))}`,
  'doc-keys-nowhere-help': () => 'Einen Ort wählen: in der Ansicht Anbieter oder mit --vault file, environment oder memory.',
  'doc-keys-unusable': ({ keychain, why }, say) => `Der Schlüsselbund ${keychain} ist nicht zu gebrauchen: ${quoted(why, say(why))}`,
  'doc-keys-unusable-help': () => 'Ihn öffnen oder einen anderen Ort wählen: in der Ansicht Anbieter oder mit --vault.',
  'doc-keys-count': ({ place, stored, variables }, say) =>
    `${say(place)} ${number(stored)} abgelegt${variables.length === 0 ? '' : `; in der Umgebung: ${variables.join(', ')}`}.`,

  'doc-endpoint-free': ({ address }) => `${address} ist frei.`,
  'doc-endpoint-listens': ({ address }) => `Lauscht auf ${address}, nur auf diesem Rechner.`,
  'doc-endpoint-lan': ({ address, lan }) => `Lauscht auf ${address}, und für das lokale Netz auf ${lan.join(', ')}.`,
  'doc-endpoint-stopped': () => 'Von Ihnen angehalten: Werkzeuge werden abgewiesen.',
  'doc-endpoint-stopped-help': () => 'Starten: oben im Fenster oder im Symbol der Leiste.',
  'doc-endpoint-next': ({ address }) => `${address} ist von einem anderen Programm belegt; der nächste freie Port wird genommen.`,
  'doc-endpoint-taken': ({ address }) => `${address} ist von einem anderen Programm belegt.`,
  'doc-endpoint-refused': ({ address, told }) => `Auf ${address} kann nicht gelauscht werden (${told}).`,
  'doc-endpoint-port-help': () => 'Das andere Programm beenden oder mit --port einen anderen Port wählen.',
  'doc-endpoint-silent': () => 'Lauscht nicht: der Port war belegt.',
  'doc-endpoint-silent-help': () => 'Das andere Programm schließen und Switchyard neu starten.',

  'doc-catalog': ({ day, fetched }) => `Stand ${day}, ${fetched ? 'geholt' : 'wie mit Switchyard gekommen'}.`,
  'doc-catalog-old': ({ day, days, fetched }) => `Stand ${day}, vor ${number(days)} Tagen, ${fetched ? 'geholt' : 'wie mit Switchyard gekommen'}.`,
  'doc-catalog-help': () => 'In der Ansicht Modelle erneuern, oder täglich: Einstellungen, Allgemein.',

  'doc-network-environment': () => 'Aufrufe gehen, wie die Umgebung es sagt.',
  'doc-network-none': () => 'Aufrufe gehen direkt.',
  'doc-network-own': () => 'Aufrufe gehen durch den eigenen Proxy.',
  'doc-network-ca-file': () => 'Die CA-Datei ist nicht mehr zu gebrauchen: in Einstellungen, Netzwerk neu wählen.',
  'doc-network-ca-expired': () => 'Ein Zertifikat der CA-Datei ist abgelaufen: nach dem neuen fragen.',
  'doc-network-password': () => 'Das Passwort des Proxys ist nicht am Ablageort, der jetzt gilt: diesen öffnen oder es neu eingeben.',
  'doc-several': ({ all }, say) => all.map(say).join(' '),

  'doc-files': ({ open, limit }) => `${number(open)} von ${number(limit)} in Gebrauch.`,
  'doc-files-few': ({ open, limit }) => `${number(open)} von ${number(limit)} in Gebrauch; viele Anfragen zugleich brauchen mehr.`,
  'doc-files-help': () => 'Die Grenze vor dem Start anheben (ulimit -n 4096).',

  'doc-clock': ({ by }) => `Geht richtig, nach ${by}.`,
  'doc-clock-off': ({ by, seconds, ahead }) => `Geht gegenüber ${by} ${number(seconds)} s ${ahead ? 'vor' : 'nach'}.`,
  'doc-clock-help': () => 'Daran scheitern Signaturen und Tokens von Clouds: die Uhr vom System stellen lassen.',
  'doc-clock-unasked': ({ by }) => `${by} ließ sich nicht nach der Zeit fragen.`,
  'doc-clock-unasked-help': () => 'Verbindung prüfen: Einstellungen, Netzwerk.',
  'doc-clock-nobody': () => 'Es gibt keinen Anbieter mit Schlüssel, der nach der Zeit gefragt werden könnte.',

  'doc-reach': ({ provider, status, ms }) => `${provider} antwortet (${status}) nach ${number(ms)} ms.`,
  'doc-reach-bad': ({ provider, why }, say) => `${provider} ist nicht zu erreichen: ${quoted(why, say(why))}`,
  'doc-reach-help': () => 'Netzwerk, Proxy und Adresse ansehen: Einstellungen, Netzwerk.',
}

function size(bytes: number): string {
  return bytes < 1024 * MB ? `${number(Math.round(bytes / MB))} MB` : `${number(Math.round((bytes / MB / 1024) * 10) / 10)} GB`
}
