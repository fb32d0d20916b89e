import type { CaProblem, ConnectionFault, ConnectionStep } from '../../../../shared/network.ts'
import type { Texts } from '../../../i18n/texts.ts'

type StepOf<Is extends ConnectionStep['is']> = Extract<ConnectionStep, { is: Is }>
type FaultOf<Is extends ConnectionFault['is']> = Extract<ConnectionFault, { is: Is }>

interface NetworkTexts {
  readonly loading: string
  readonly failed: string
  readonly proxy: string
  readonly proxies: Readonly<Record<'environment' | 'none' | 'own', { readonly title: string; readonly note: string }>>
  readonly nothingSet: string
  readonly address: string
  readonly addressExample: string
  readonly addressHint: string
  readonly user: string
  readonly password: string
  readonly passwordHint: string
  readonly passwordKept: string
  readonly passwordMissing: string
  readonly removePassword: string
  readonly exceptions: string
  readonly exceptionsHint: string
  readonly save: string
  readonly saved: string
  readonly caFile: string
  readonly caExample: string
  readonly caHint: string
  readonly read: string
  readonly use: string
  readonly remove: string
  readonly inUse: string
  readonly notYetInUse: string
  readonly certificates: string
  readonly issuedBy: (issuer: string) => string
  readonly selfIssued: string
  readonly validTo: (day: string) => string
  readonly expired: (day: string) => string
  readonly notAuthority: string
  readonly problems: Readonly<Record<CaProblem, string>>
  readonly inBlock: (block: number) => string
  readonly url: string
  readonly urlHint: string
  readonly notUrl: string
  readonly check: string
  readonly checking: string
  readonly works: string
  readonly way: (proxy: string | undefined) => string
  readonly resolved: (step: StepOf<'resolved'>) => string
  readonly connected: (step: StepOf<'connected'>) => string
  readonly tunnel: (step: StepOf<'tunnel'>) => string
  readonly secured: (step: StepOf<'secured'>, day: string) => string
  readonly answered: (step: StepOf<'answered'>) => string
  readonly dns: (fault: FaultOf<'dns'>) => string
  readonly connect: (fault: FaultOf<'connect'>) => string
  readonly proxyAnswer: (fault: FaultOf<'proxy'>) => string
  readonly certificate: (fault: FaultOf<'certificate'>, day: string) => string
  readonly tls: (fault: FaultOf<'tls'>) => string
  readonly answer: (fault: FaultOf<'answer'>) => string
}

export const NETWORK_TEXTS: Texts<NetworkTexts> = {
  en: {
    loading: 'Loading the network’s settings',
    failed: 'The network’s settings could not be loaded.',
    proxy: 'Calls to providers go',
    proxies: {
      environment: { title: 'As the environment says', note: 'http_proxy, https_proxy and no_proxy, as Switchyard was started with.' },
      none: { title: 'Straight', note: 'Whatever the environment says.' },
      own: { title: 'Through a proxy of your own', note: 'This machine is always called straight.' },
    },
    nothingSet: 'None of these variables is set, so calls go straight.',
    address: 'Address of the proxy',
    addressExample: 'http://proxy.example:8080',
    addressHint: 'http:// or https://, with its port.',
    user: 'User, if it wants one',
    password: 'Password',
    passwordHint: 'Kept where your provider keys rest, never in the settings.',
    passwordKept: 'kept; type to replace it',
    passwordMissing: 'There is a password, but not in the place for keys that is in use now. Open that place, or enter it again.',
    removePassword: 'Remove the password',
    exceptions: 'Not through the proxy',
    exceptionsHint: 'One a line: a host, .company.example for all below it, an address, or a range such as 10.0.0.0/8.',
    save: 'Save',
    saved: 'The network’s settings hold from the next request on.',
    caFile: 'CA file',
    caExample: '/etc/ssl/company-ca.pem',
    caHint:
      'A PEM file, on the machine that Switchyard runs on. For companies and virus scanners that look into connections; trusted besides the usual authorities.',
    read: 'Read it',
    use: 'Trust these',
    remove: 'Trust them no more',
    inUse: 'Trusted from this file:',
    notYetInUse: 'This file holds:',
    certificates: 'Certificates',
    issuedBy: (issuer) => `issued by ${issuer}`,
    selfIssued: 'issued by itself',
    validTo: (day) => `valid until ${day}`,
    expired: (day) => `expired on ${day}`,
    notAuthority: 'is no authority: trusted by itself alone',
    problems: {
      'not-absolute': 'Give the whole path, from the root on.',
      'not-found': 'There is no such file.',
      'not-readable': 'This file cannot be read.',
      'too-large': 'This file is larger than 1 MB, so it is hardly one of certificates.',
      'no-pem': 'This is no PEM file: it holds no “-----BEGIN CERTIFICATE-----”.',
      'private-key': 'This file holds a private key, which belongs in no file that is handed around. Choose the one with certificates alone.',
      broken: 'One of its certificates cannot be read.',
      none: 'This file holds no certificate.',
    },
    inBlock: (block) => `(part ${block} of the file)`,
    url: 'Address to try',
    urlHint: 'Goes the way that calls to providers go, without any key.',
    notUrl: 'Type an address that begins with https:// or http://.',
    check: 'Check connection',
    checking: 'Checking …',
    works: 'The way is clear.',
    way: (proxy) => (proxy === undefined ? 'Straight, without a proxy.' : `Through the proxy ${proxy}.`),
    resolved: ({ host, addresses }) => `${host} is at ${addresses.join(', ')}.`,
    connected: ({ host, ms }) => `${host} took the connection after ${ms} ms.`,
    tunnel: ({ proxy }) => `The proxy ${proxy} opened a tunnel.`,
    secured: ({ subject, issuer, byOwnAuthority }, day) =>
      `TLS: certificate for ${subject}, issued by ${issuer}, valid until ${day}${byOwnAuthority ? '; trusted by your CA file' : ''}.`,
    answered: ({ status }) => `It answered with status ${status}${status === 401 || status === 403 ? ', as it does to whoever shows no key' : ''}.`,
    dns: ({ host, code }) => `DNS: ${host} could not be found (${code}). Is the name right, and this machine online?`,
    connect: ({ host, code }) => `Connection: ${host} did not take it (${code}). Is the port right, and does a firewall stand between?`,
    proxyAnswer: ({ proxy, status }) =>
      status === 407
        ? `Proxy: ${proxy} asks for a user and a password, or other ones (407).`
        : `Proxy: ${proxy} refused to connect (status ${status}). It may allow other hosts only.`,
    certificate: ({ code, subject, issuer }, day) =>
      code === 'CERT_HAS_EXPIRED'
        ? `TLS: the certificate for ${subject}, issued by ${issuer}, expired on ${day}. Is the clock of this machine right?`
        : `TLS: the certificate for ${subject}, issued by ${issuer}, is not trusted (${code}). If that issuer is your company’s, name its CA file above.`,
    tls: ({ host, code }) => `TLS: no agreement with ${host} (${code}). Is it a port for TLS?`,
    answer: ({ host, code }) => `${host} did not answer (${code}).`,
  },
  de: {
    loading: 'Netzwerkeinstellungen werden geladen',
    failed: 'Die Netzwerkeinstellungen ließen sich nicht laden.',
    proxy: 'Aufrufe an Anbieter gehen',
    proxies: {
      environment: { title: 'Wie die Umgebung es sagt', note: 'http_proxy, https_proxy und no_proxy, mit denen Switchyard gestartet wurde.' },
      none: { title: 'Direkt', note: 'Was auch immer die Umgebung sagt.' },
      own: { title: 'Durch einen eigenen Proxy', note: 'Dieser Rechner wird immer direkt angesprochen.' },
    },
    nothingSet: 'Keine dieser Variablen ist gesetzt, also gehen Aufrufe direkt.',
    address: 'Adresse des Proxys',
    addressExample: 'http://proxy.example:8080',
    addressHint: 'http:// oder https://, mit Port.',
    user: 'Benutzer, falls er einen verlangt',
    password: 'Passwort',
    passwordHint: 'Liegt bei den Anbieterschlüsseln, nie in den Einstellungen.',
    passwordKept: 'vorhanden; tippen, um es zu ersetzen',
    passwordMissing: 'Es gibt ein Passwort, aber nicht am Ablageort, der jetzt gilt. Diesen öffnen oder das Passwort neu eingeben.',
    removePassword: 'Passwort entfernen',
    exceptions: 'Nicht durch den Proxy',
    exceptionsHint: 'Je Zeile: ein Host, .firma.example für alles darunter, eine Adresse oder ein Bereich wie 10.0.0.0/8.',
    save: 'Speichern',
    saved: 'Die Netzwerkeinstellungen gelten ab der nächsten Anfrage.',
    caFile: 'CA-Datei',
    caExample: '/etc/ssl/firma-ca.pem',
    caHint:
      'Eine PEM-Datei auf dem Rechner, auf dem Switchyard läuft. Für Firmen und Virenscanner, die in Verbindungen hineinsehen; ihr wird zusätzlich zu den üblichen Stellen vertraut.',
    read: 'Lesen',
    use: 'Diesen vertrauen',
    remove: 'Nicht mehr vertrauen',
    inUse: 'Vertraut wird aus dieser Datei:',
    notYetInUse: 'Diese Datei enthält:',
    certificates: 'Zertifikate',
    issuedBy: (issuer) => `ausgestellt von ${issuer}`,
    selfIssued: 'von sich selbst ausgestellt',
    validTo: (day) => `gültig bis ${day}`,
    expired: (day) => `abgelaufen am ${day}`,
    notAuthority: 'ist keine Zertifizierungsstelle: nur ihm selbst wird vertraut',
    problems: {
      'not-absolute': 'Bitte den ganzen Pfad angeben, von der Wurzel an.',
      'not-found': 'Diese Datei gibt es nicht.',
      'not-readable': 'Diese Datei lässt sich nicht lesen.',
      'too-large': 'Diese Datei ist größer als 1 MB und enthält kaum nur Zertifikate.',
      'no-pem': 'Das ist keine PEM-Datei: sie enthält kein „-----BEGIN CERTIFICATE-----“.',
      'private-key':
        'Diese Datei enthält einen privaten Schlüssel; der gehört in keine Datei, die man weitergibt. Bitte die wählen, die nur Zertifikate enthält.',
      broken: 'Eines ihrer Zertifikate ist nicht lesbar.',
      none: 'Diese Datei enthält kein Zertifikat.',
    },
    inBlock: (block) => `(Teil ${block} der Datei)`,
    url: 'Zu prüfende Adresse',
    urlHint: 'Geht den Weg, den Aufrufe an Anbieter gehen, ohne jeden Schlüssel.',
    notUrl: 'Bitte eine Adresse eingeben, die mit https:// oder http:// beginnt.',
    check: 'Verbindung prüfen',
    checking: 'Wird geprüft …',
    works: 'Der Weg ist frei.',
    way: (proxy) => (proxy === undefined ? 'Direkt, ohne Proxy.' : `Durch den Proxy ${proxy}.`),
    resolved: ({ host, addresses }) => `${host} liegt unter ${addresses.join(', ')}.`,
    connected: ({ host, ms }) => `${host} hat die Verbindung nach ${ms} ms angenommen.`,
    tunnel: ({ proxy }) => `Der Proxy ${proxy} hat einen Tunnel geöffnet.`,
    secured: ({ subject, issuer, byOwnAuthority }, day) =>
      `TLS: Zertifikat für ${subject}, ausgestellt von ${issuer}, gültig bis ${day}${byOwnAuthority ? '; vertraut durch die eigene CA-Datei' : ''}.`,
    answered: ({ status }) => `Antwort mit Status ${status}${status === 401 || status === 403 ? ', wie an alle, die keinen Schlüssel zeigen' : ''}.`,
    dns: ({ host, code }) => `DNS: ${host} wurde nicht gefunden (${code}). Stimmt der Name, und ist dieser Rechner online?`,
    connect: ({ host, code }) => `Verbindung: ${host} hat sie nicht angenommen (${code}). Stimmt der Port, und steht eine Firewall dazwischen?`,
    proxyAnswer: ({ proxy, status }) =>
      status === 407
        ? `Proxy: ${proxy} verlangt Benutzer und Passwort, oder andere (407).`
        : `Proxy: ${proxy} verweigert die Verbindung (Status ${status}). Vielleicht erlaubt er nur andere Hosts.`,
    certificate: ({ code, subject, issuer }, day) =>
      code === 'CERT_HAS_EXPIRED'
        ? `TLS: das Zertifikat für ${subject}, ausgestellt von ${issuer}, ist am ${day} abgelaufen. Geht die Uhr dieses Rechners richtig?`
        : `TLS: dem Zertifikat für ${subject}, ausgestellt von ${issuer}, wird nicht vertraut (${code}). Gehört der Aussteller zur eigenen Firma, oben deren CA-Datei angeben.`,
    tls: ({ host, code }) => `TLS: keine Einigung mit ${host} (${code}). Ist das ein Port für TLS?`,
    answer: ({ host, code }) => `${host} hat nicht geantwortet (${code}).`,
  },
}
