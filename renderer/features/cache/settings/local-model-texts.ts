import type { LocalModelProblem, LocalModelProblemCode } from '../../../../shared/local-models.ts'
import type { Texts } from '../../../i18n/texts.ts'

type Worded = { readonly [Code in LocalModelProblemCode]: (problem: LocalModelProblem & { readonly code: Code }) => string }

interface LocalModelTexts {
  readonly title: string
  readonly lead: string
  readonly facts: Readonly<Record<'model' | 'size' | 'licence' | 'from' | 'commit' | 'folder' | 'checks', string>>
  readonly checked: string
  readonly leaves: string
  readonly refuse: string
  readonly agree: (size: string) => string
  readonly models: string
  readonly loading: (name: string) => string
  readonly received: (received: string, total: string) => string
  readonly cancel: string
  readonly absent: string
  readonly get: string
  readonly goOn: string
  readonly kept: (received: string, total: string) => string
  readonly tryAgain: string
  readonly failed: (why: string) => string
  readonly ready: (size: string) => string
  readonly delete: string
  readonly deleted: (size: string) => string
  readonly problems: Worded
}

export const LOCAL_MODEL_TEXTS: Texts<LocalModelTexts> = {
  en: {
    title: 'Load this model?',
    lead: 'It finds questions in other words, on this machine. How well was never measured by us: only a made-up model has been run. The gates decide in any case.',
    facts: { model: 'Model', size: 'Size', licence: 'Licence', from: 'From', commit: 'Commit', folder: 'Kept in', checks: 'Checked' },
    checked: 'Each file by its SHA-256, before it is used',
    leaves: 'The host learns your address and what is loaded. Your questions stay on this machine.',
    refuse: 'Not now',
    agree: (size) => `Load ${size}`,
    models: 'Models on this machine',
    loading: (name) => `Loading ${name}`,
    received: (received, total) => `${received} of ${total}`,
    cancel: 'Cancel',
    absent: 'Chosen, and not on this machine: words alone are used.',
    get: 'Load it',
    goOn: 'Go on',
    kept: (received, total) => `${received} of ${total} came before it broke off.`,
    tryAgain: 'Try again',
    failed: (why) => `Not usable: ${why}.`,
    ready: (size) => `On this machine, ${size}.`,
    delete: 'Delete',
    deleted: (size) => `Deleted; ${size} are free.`,
    problems: {
      'wrong-file': ({ file }) => `${file} is not the right file and was deleted`,
      refused: ({ file, status }) => `the host answered ${status} for ${file}`,
      'broken-off': ({ file, why }) => `${file} broke off (${why})`,
      unusable: ({ why }) => `it could not be started (${why})`,
    },
  },
  de: {
    title: 'Dieses Modell laden?',
    lead: 'Es findet Fragen in anderen Worten, auf diesem Rechner. Wie gut, haben wir nie gemessen: gelaufen ist nur ein erfundenes Modell. Die Prüfungen entscheiden in jedem Fall.',
    facts: { model: 'Modell', size: 'Größe', licence: 'Lizenz', from: 'Von', commit: 'Commit', folder: 'Liegt in', checks: 'Geprüft' },
    checked: 'Jede Datei mit ihrem SHA-256, bevor sie benutzt wird',
    leaves: 'Der Host erfährt Ihre Adresse und was geladen wird. Ihre Fragen bleiben auf diesem Rechner.',
    refuse: 'Jetzt nicht',
    agree: (size) => `${size} laden`,
    models: 'Modelle auf diesem Rechner',
    loading: (name) => `${name} wird geladen`,
    received: (received, total) => `${received} von ${total}`,
    cancel: 'Abbrechen',
    absent: 'Gewählt, aber nicht auf diesem Rechner: es werden nur Wörter genutzt.',
    get: 'Laden',
    goOn: 'Weiter laden',
    kept: (received, total) => `${received} von ${total} kamen, bevor es abbrach.`,
    tryAgain: 'Noch einmal',
    failed: (why) => `Nicht brauchbar: ${why}.`,
    ready: (size) => `Auf diesem Rechner, ${size}.`,
    delete: 'Löschen',
    deleted: (size) => `Gelöscht; ${size} sind frei.`,
    problems: {
      'wrong-file': ({ file }) => `${file} ist nicht die richtige Datei und wurde gelöscht`,
      refused: ({ file, status }) => `der Host antwortete ${status} auf ${file}`,
      'broken-off': ({ file, why }) => `${file} brach ab (${why})`,
      unusable: ({ why }) => `es ließ sich nicht starten (${why})`,
    },
  },
}

/** Why a model cannot be used, in the language in use. */
export function problemIn({ problems }: Pick<LocalModelTexts, 'problems'>, problem: LocalModelProblem): string {
  // each code has the sentence of its own parameters; the compiler cannot follow that through an index
  return (problems[problem.code] as (problem: LocalModelProblem) => string)(problem)
}
