import type { DoctorFinding } from '../../../../shared/doctor.ts'
import type { Texts } from '../../../i18n/texts.ts'

interface DoctorTexts {
  readonly names: Readonly<Record<DoctorFinding['of'], string>>
  readonly folder: (path: string, size: string) => string
  readonly folderBad: (path: string, code: string) => string
  readonly disk: (free: string) => string
  readonly diskLow: (free: string) => string
  readonly database: (ms: number) => string
  readonly databaseBad: (damage: string) => string
  readonly catalog: (day: string) => string
  readonly catalogOld: (day: string, days: number) => string
  readonly clock: (by: string) => string
  readonly clockOff: (seconds: number, ahead: boolean, by: string) => string
  readonly clockUnknown: (by: string) => string
  readonly clockNobody: string
  readonly files: (open: string, limit: string) => string
  readonly filesFew: (open: string, limit: string) => string
  readonly network: Readonly<Record<'environment' | 'none' | 'own', string>>
  readonly networkWrong: Readonly<Record<'ca-file' | 'ca-expired' | 'password', string>>
  readonly thorough: string
  readonly thoroughHint: string
  readonly check: string
  readonly running: string
}

export const DOCTOR_TEXTS: Texts<DoctorTexts> = {
  en: {
    names: {
      'data-folder': 'Data folder',
      disk: 'Disk',
      database: 'Database',
      catalog: 'Price list',
      clock: 'Clock',
      'open-files': 'Open files',
      network: 'Network',
    },
    folder: (path, size) => `${path} can be written, and holds ${size}.`,
    folderBad: (path, code) => `${path} cannot be written (${code}). Give yourself the right to, or start with another folder: --data-dir.`,
    disk: (free) => `${free} are free.`,
    diskLow: (free) => `Only ${free} are free. Make room, or keep less: Settings, Storage & retention.`,
    database: (ms) => `Whole; read through in ${ms} ms.`,
    databaseBad: (damage) => `Damaged: ${damage}. Quit Switchyard and start it again: it moves the file aside, begins a new one and saves the keys’ rows.`,
    catalog: (day) => `As of ${day}.`,
    catalogOld: (day, days) => `As of ${day}, ${days} days ago. Refresh it on the Models screen, or daily: Settings, General.`,
    clock: (by) => `Right, going by ${by}.`,
    clockOff: (seconds, ahead, by) =>
      `${seconds} s ${ahead ? 'ahead of' : 'behind'} ${by}. Signatures and tokens of clouds fail by that: let the system set its clock.`,
    clockUnknown: (by) => `${by} could not be asked for the time. Check the connection: Settings, Network.`,
    clockNobody: 'There is no provider with a key to ask for the time.',
    files: (open, limit) => `${open} of ${limit} in use.`,
    filesFew: (open, limit) => `${open} of ${limit} in use; many requests at once need more. Raise the limit (ulimit -n 4096) before the start.`,
    network: {
      environment: 'Calls go as the environment says.',
      none: 'Calls go straight.',
      own: 'Calls go through your proxy.',
    },
    networkWrong: {
      'ca-file': 'The CA file cannot be used any more: choose it anew in Settings, Network.',
      'ca-expired': 'A certificate of the CA file has expired: ask for the new one.',
      password: 'The proxy’s password is not in the place for keys in use: open that place, or enter it again.',
    },
    thorough: 'Database and clock',
    thoroughHint: 'Reads the whole database, and asks a provider that you have a key for what time it is, without the key.',
    check: 'Check',
    running: 'Checking …',
  },
  de: {
    names: {
      'data-folder': 'Datenordner',
      disk: 'Laufwerk',
      database: 'Datenbank',
      catalog: 'Preisliste',
      clock: 'Uhr',
      'open-files': 'Offene Dateien',
      network: 'Netzwerk',
    },
    folder: (path, size) => `${path} ist beschreibbar und enthält ${size}.`,
    folderBad: (path, code) => `${path} ist nicht beschreibbar (${code}). Rechte erteilen oder mit einem anderen Ordner starten: --data-dir.`,
    disk: (free) => `${free} sind frei.`,
    diskLow: (free) => `Nur ${free} sind frei. Platz schaffen oder weniger aufbewahren: Einstellungen, Speicher und Aufbewahrung.`,
    database: (ms) => `Heil; in ${ms} ms durchgelesen.`,
    databaseBad: (damage) =>
      `Beschädigt: ${damage}. Switchyard beenden und neu starten: die Datei wird beiseitegelegt, eine neue begonnen und die Zeilen der Schlüssel gerettet.`,
    catalog: (day) => `Stand ${day}.`,
    catalogOld: (day, days) => `Stand ${day}, vor ${days} Tagen. In der Ansicht Modelle erneuern, oder täglich: Einstellungen, Allgemein.`,
    clock: (by) => `Geht richtig, nach ${by}.`,
    clockOff: (seconds, ahead, by) =>
      `Geht gegenüber ${by} ${seconds} s ${ahead ? 'vor' : 'nach'}. Daran scheitern Signaturen und Tokens von Clouds: die Uhr vom System stellen lassen.`,
    clockUnknown: (by) => `${by} ließ sich nicht nach der Zeit fragen. Verbindung prüfen: Einstellungen, Netzwerk.`,
    clockNobody: 'Es gibt keinen Anbieter mit Schlüssel, der nach der Zeit gefragt werden könnte.',
    files: (open, limit) => `${open} von ${limit} in Gebrauch.`,
    filesFew: (open, limit) => `${open} von ${limit} in Gebrauch; viele Anfragen zugleich brauchen mehr. Die Grenze vor dem Start anheben (ulimit -n 4096).`,
    network: {
      environment: 'Aufrufe gehen, wie die Umgebung es sagt.',
      none: 'Aufrufe gehen direkt.',
      own: 'Aufrufe gehen durch den eigenen Proxy.',
    },
    networkWrong: {
      'ca-file': 'Die CA-Datei ist nicht mehr zu gebrauchen: in Einstellungen, Netzwerk neu wählen.',
      'ca-expired': 'Ein Zertifikat der CA-Datei ist abgelaufen: nach dem neuen fragen.',
      password: 'Das Passwort des Proxys ist nicht am Ablageort, der jetzt gilt: diesen öffnen oder es neu eingeben.',
    },
    thorough: 'Datenbank und Uhr',
    thoroughHint: 'Liest die ganze Datenbank und fragt einen Anbieter, für den es einen Schlüssel gibt, nach der Uhrzeit, ohne den Schlüssel.',
    check: 'Prüfen',
    running: 'Wird geprüft …',
  },
}
