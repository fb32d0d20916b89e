import type { Texts } from '../../i18n/texts.ts'

/** Of an endpoint that is stopped, that moved to another port, or that serves the local network too. */
interface EndpointStateTexts {
  readonly stopped: string
  readonly stoppedMore: string
  readonly start: string
  readonly portTaken: (wanted: number, address: string) => string
  readonly here: (since: string) => string
  readonly alsoLan: (since: string) => string
  readonly fromOthers: string
  readonly noNetwork: string
}

export const ENDPOINT_STATE_TEXTS: Texts<EndpointStateTexts> = {
  en: {
    stopped: 'The endpoint is stopped',
    stoppedMore: 'Tools are turned away with 503 in their own format, and told why. The address stays yours, and this window works on.',
    start: 'Start',
    portTaken: (wanted, address) =>
      `Port ${wanted} belongs to another program, so the endpoint uses ${address}. Tools that were set up for port ${wanted} want the new address; once that program is closed, the next start takes ${wanted} again.`,
    here: (since) => `Listening since ${since}, on this machine only`,
    alsoLan: (since) => `Listening since ${since}, for your local network too`,
    fromOthers: 'From other machines',
    noNetwork: 'The local network is to be served, but this machine has no address in one just now.',
  },
  de: {
    stopped: 'Der Endpunkt ist angehalten',
    stoppedMore:
      'Werkzeuge werden mit 503 in ihrem eigenen Format abgewiesen und erfahren, warum. Die Adresse bleibt belegt, und dieses Fenster arbeitet weiter.',
    start: 'Starten',
    portTaken: (wanted, address) =>
      `Port ${wanted} gehört einem anderen Programm, darum nutzt der Endpunkt ${address}. Werkzeuge, die für Port ${wanted} eingerichtet sind, brauchen die neue Adresse; ist das andere Programm beendet, nimmt der nächste Start wieder ${wanted}.`,
    here: (since) => `Lauscht seit ${since}, nur auf diesem Rechner`,
    alsoLan: (since) => `Lauscht seit ${since}, auch für Ihr lokales Netz`,
    fromOthers: 'Von anderen Rechnern',
    noNetwork: 'Das lokale Netz soll bedient werden, aber dieser Rechner hat gerade keine Adresse darin.',
  },
}
