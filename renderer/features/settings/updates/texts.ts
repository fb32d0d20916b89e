import type { Texts } from '../../../i18n/texts.ts'

interface UpdateTexts {
  readonly running: (version: string, how: string) => string
  readonly nowhere: string
  readonly never: string
  readonly newest: (when: string) => string
  readonly newer: (version: string, day: string | undefined) => string
  readonly failed: (when: string, why: string) => string
  readonly page: (version: string) => string
  readonly check: string
  readonly checking: string
  readonly example: string
}

export const UPDATE_TEXTS: Texts<UpdateTexts> = {
  en: {
    running: (version, how) => `Switchyard ${version}, ${how}, runs.`,
    nowhere: 'Nobody looks for newer ones: there is no address to look at.',
    never: 'Nobody has looked for a newer one yet.',
    newest: (when) => `There was no newer one ${when}.`,
    newer: (version, day) =>
      `${version} is there${day === undefined ? '' : `, of ${day}`}. Quit Switchyard and install it over this one; the data folder stays as it is.`,
    failed: (when, why) => `The last look, ${when}, failed: ${why}`,
    page: (version) => `Where ${version} is`,
    check: 'Check now',
    checking: 'Checking …',
    example: 'https://downloads.example/latest.yml',
  },
  de: {
    running: (version, how) => `Es läuft Switchyard ${version}, ${how}.`,
    nowhere: 'Nach neueren sieht niemand: es fehlt die Adresse.',
    never: 'Nach einer neueren hat noch niemand gesehen.',
    newest: (when) => `Eine neuere gab es ${when} nicht.`,
    newer: (version, day) =>
      `${version} ist da${day === undefined ? '' : `, vom ${day}`}. Switchyard beenden und sie darüber installieren; der Datenordner bleibt, wie er ist.`,
    failed: (when, why) => `Der letzte Versuch, ${when}, schlug fehl: ${why}`,
    page: (version) => `Wo ${version} liegt`,
    check: 'Jetzt nachsehen',
    checking: 'Wird nachgesehen …',
    example: 'https://downloads.example/latest.yml',
  },
}
