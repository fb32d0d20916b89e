import type { DoctorFinding } from '../../../../shared/doctor.ts'
import type { Texts } from '../../../i18n/texts.ts'

interface DoctorTexts {
  readonly names: Readonly<Record<DoctorFinding['of'], string>>
  readonly thorough: string
  readonly thoroughHint: string
  readonly check: string
  readonly running: string
}

/** What the findings say is in messages/doctor.ts, for the terminal too. */
export const DOCTOR_TEXTS: Texts<DoctorTexts> = {
  en: {
    names: {
      version: 'Version',
      'data-folder': 'Data folder',
      disk: 'Disk',
      'settings.json': 'settings.json',
      'routing.json': 'routing.json',
      database: 'Database',
      keys: 'Keys',
      endpoint: 'Endpoint',
      catalog: 'Price list',
      network: 'Network',
      'open-files': 'Open files',
      clock: 'Clock',
      reach: 'Provider',
    },
    thorough: 'Database, clock and providers',
    thoroughHint: 'Reads the whole database, and asks the providers that you have keys for whether they answer, without the keys.',
    check: 'Check',
    running: 'Checking …',
  },
  de: {
    names: {
      version: 'Version',
      'data-folder': 'Datenordner',
      disk: 'Laufwerk',
      'settings.json': 'settings.json',
      'routing.json': 'routing.json',
      database: 'Datenbank',
      keys: 'Schlüssel',
      endpoint: 'Endpunkt',
      catalog: 'Preisliste',
      network: 'Netzwerk',
      'open-files': 'Offene Dateien',
      clock: 'Uhr',
      reach: 'Anbieter',
    },
    thorough: 'Datenbank, Uhr und Anbieter',
    thoroughHint: 'Liest die ganze Datenbank und fragt die Anbieter, für die es Schlüssel gibt, ob sie antworten, ohne die Schlüssel.',
    check: 'Prüfen',
    running: 'Wird geprüft …',
  },
}
