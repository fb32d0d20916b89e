import { plural, type Texts } from '../../i18n/texts.ts'
import { formatCount } from '../../ui/figures.ts'

interface EndpointTexts {
  readonly menu: string
  readonly stopped: string
  readonly start: string
  readonly stop: string
  readonly lan: string
  readonly copyLan: (address: string) => string
  readonly connect: string
  readonly wasStopped: string
  readonly copied: (address: string) => string
  readonly question: {
    readonly title: string
    readonly more: (serving: number) => string
    readonly finish: string
    readonly end: string
    readonly cancel: string
  }
}

export const ENDPOINT_TEXTS: Texts<EndpointTexts> = {
  en: {
    menu: 'More for the endpoint',
    stopped: 'Stopped',
    start: 'Start the endpoint',
    stop: 'Stop the endpoint',
    lan: 'Serve the local network',
    copyLan: (address) => `Copy ${address}`,
    connect: 'Open Connect',
    wasStopped: 'The endpoint is stopped: tools are turned away.',
    copied: (address) => `Copied ${address}`,
    question: {
      title: 'Stop the endpoint?',
      more: (serving) =>
        `${formatCount(serving)} ${plural(serving, { one: 'request of a tool is', other: 'requests of tools are' })} being answered. New ones are turned away either way; these can finish first.`,
      finish: 'Let them finish',
      end: 'End them now',
      cancel: 'Keep it running',
    },
  },
  de: {
    menu: 'Mehr zum Endpunkt',
    stopped: 'Angehalten',
    start: 'Endpunkt starten',
    stop: 'Endpunkt anhalten',
    lan: 'Das lokale Netz bedienen',
    copyLan: (address) => `${address} kopieren`,
    connect: 'Verbinden öffnen',
    wasStopped: 'Der Endpunkt ist angehalten: Werkzeuge werden abgewiesen.',
    copied: (address) => `${address} kopiert`,
    question: {
      title: 'Den Endpunkt anhalten?',
      more: (serving) =>
        `${formatCount(serving)} ${plural(serving, { one: 'Anfrage eines Werkzeugs wird', other: 'Anfragen von Werkzeugen werden' })} gerade beantwortet. Neue werden so oder so abgewiesen; diese können erst fertig werden.`,
      finish: 'Fertig werden lassen',
      end: 'Jetzt beenden',
      cancel: 'Weiterlaufen lassen',
    },
  },
}
