import type { Texts } from '../i18n/texts.ts'

interface UiTexts {
  readonly cancel: string
  readonly close: string
  readonly closeByEsc: string
  readonly dismiss: string
  readonly undo: string
  readonly tryAgain: string
  readonly copied: string
  readonly copyRefused: string
  readonly copy: (what: string) => string
  readonly find: string
  readonly findIn: (what: string) => string
  readonly nothingFits: string
  readonly drawerWidth: string
  readonly never: string
  readonly justNow: string
  readonly minutesAgo: (minutes: string) => string
  readonly hoursAgo: (hours: string) => string
  readonly yesterday: string
  readonly daysAgo: (days: string) => string
}

export const UI_TEXTS: Texts<UiTexts> = {
  en: {
    cancel: 'Cancel',
    close: 'Close',
    closeByEsc: 'Close (Esc)',
    dismiss: 'Dismiss',
    undo: 'Undo',
    tryAgain: 'Try again',
    copied: 'Copied',
    copyRefused: 'Not allowed: select and copy by hand',
    copy: (what) => `Copy ${what}`,
    find: 'Find',
    findIn: (what) => `Find: ${what}`,
    nothingFits: 'Nothing fits.',
    drawerWidth: 'Width of the details',
    never: 'never',
    justNow: 'just now',
    minutesAgo: (minutes) => `${minutes} min ago`,
    hoursAgo: (hours) => `${hours} h ago`,
    yesterday: 'yesterday',
    daysAgo: (days) => `${days} days ago`,
  },
  de: {
    cancel: 'Abbrechen',
    close: 'Schließen',
    closeByEsc: 'Schließen (Esc)',
    dismiss: 'Ausblenden',
    undo: 'Rückgängig',
    tryAgain: 'Erneut versuchen',
    copied: 'Kopiert',
    copyRefused: 'Nicht erlaubt: bitte markieren und von Hand kopieren',
    copy: (what) => `${what} kopieren`,
    find: 'Suchen',
    findIn: (what) => `Suchen: ${what}`,
    nothingFits: 'Nichts gefunden.',
    drawerWidth: 'Breite der Details',
    never: 'nie',
    justNow: 'gerade eben',
    minutesAgo: (minutes) => `vor ${minutes} min`,
    hoursAgo: (hours) => `vor ${hours} h`,
    yesterday: 'gestern',
    daysAgo: (days) => `vor ${days} Tagen`,
  },
}
