import type { TransferChange, TransferPart } from '../../../../shared/transfer.ts'
import { plural, type Texts } from '../../../i18n/texts.ts'

interface TransferTexts {
  readonly exportLead: string
  readonly parts: string
  readonly partNames: Readonly<Record<TransferPart, string>>
  readonly export: string
  readonly leftOut: (places: string) => string
  readonly importLead: string
  readonly choose: string
  readonly notRead: string
  readonly file: (name: string) => string
  readonly refused: string
  readonly atWhole: string
  readonly warnings: string
  readonly take: string
  readonly removesMissing: string
  readonly removesHint: string
  readonly nothing: string
  readonly would: (count: number) => string
  readonly is: Readonly<Record<TransferChange['is'], string>>
  readonly more: (count: number) => string
  readonly keys: (names: string) => string
  readonly import: string
  readonly cancel: string
  readonly imported: (count: number) => string
  readonly backupsLead: string
  readonly noBackups: string
  readonly undo: string
  readonly undoOf: (moment: string) => string
  readonly undone: string
}

export const TRANSFER_TEXTS: Texts<TransferTexts> = {
  en: {
    exportLead: 'One JSON file, for another machine or to keep. It never holds a key or a password; client keys are named in it, for information.',
    parts: 'What to export',
    partNames: {
      settings: 'Settings',
      shortcuts: 'Shortcuts',
      routing: 'Routing: aliases, presets, rules, fallbacks, splits, shadow runs',
      models: 'Own models, prices, discounts',
      library: 'Prompts and presets of the playground',
      filters: 'Saved filters of Traffic',
    },
    export: 'Export to a file',
    leftOut: (places) => `Left out, since it holds or seems to hold a secret: ${places}.`,
    importLead: 'Shows first what would change. All of it is taken or nothing, and what is replaced is kept below.',
    choose: 'Choose a file',
    notRead: 'The file could not be read.',
    file: (name) => `In ${name}`,
    refused: 'Nothing of this file is taken:',
    atWhole: 'the file',
    warnings: 'Works, but look at it:',
    take: 'What to take',
    removesMissing: 'Take away prompts, presets and filters that are not in the file',
    removesHint: 'Settings, routing and models are replaced as a whole in any case.',
    nothing: 'Nothing would change.',
    would: (count) => `${count} ${plural(count, { one: 'change', other: 'changes' })}:`,
    is: { added: 'new', changed: 'changed', removed: 'removed' },
    more: (count) => `and ${count} more`,
    keys: (names) => `The file names client keys (${names}). They are not in it: make new ones on the Connect screen.`,
    import: 'Import',
    cancel: 'Cancel',
    imported: (count) => `Imported: ${count} ${plural(count, { one: 'change', other: 'changes' })}.`,
    backupsLead: 'What the last ten imports have replaced.',
    noBackups: 'Nothing has been imported yet.',
    undo: 'Undo',
    undoOf: (moment) => `Bring back what was there before the import of ${moment}`,
    undone: 'What was there before is back.',
  },
  de: {
    exportLead:
      'Eine JSON-Datei, für einen anderen Rechner oder zum Aufheben. Sie enthält nie einen Schlüssel oder ein Passwort; Client-Schlüssel werden nur genannt.',
    parts: 'Was exportiert wird',
    partNames: {
      settings: 'Einstellungen',
      shortcuts: 'Tastenkürzel',
      routing: 'Routing: Aliase, Voreinstellungen, Regeln, Ausweichmodelle, Aufteilungen, Schattenläufe',
      models: 'Eigene Modelle, Preise, Rabatte',
      library: 'Prompts und Voreinstellungen des Playgrounds',
      filters: 'Gespeicherte Filter von Traffic',
    },
    export: 'In eine Datei exportieren',
    leftOut: (places) => `Ausgelassen, weil ein Geheimnis darin ist oder zu sein scheint: ${places}.`,
    importLead: 'Zeigt erst, was sich ändern würde. Übernommen wird alles oder nichts, und was ersetzt wird, bleibt unten erhalten.',
    choose: 'Datei wählen',
    notRead: 'Die Datei ließ sich nicht lesen.',
    file: (name) => `In ${name}`,
    refused: 'Aus dieser Datei wird nichts übernommen:',
    atWhole: 'die Datei',
    warnings: 'Geht, sollte aber geprüft werden:',
    take: 'Was übernommen wird',
    removesMissing: 'Prompts, Voreinstellungen und Filter entfernen, die nicht in der Datei sind',
    removesHint: 'Einstellungen, Routing und Modelle werden in jedem Fall als Ganzes ersetzt.',
    nothing: 'Es würde sich nichts ändern.',
    would: (count) => `${count} ${plural(count, { one: 'Änderung', other: 'Änderungen' })}:`,
    is: { added: 'neu', changed: 'geändert', removed: 'entfernt' },
    more: (count) => `und ${count} weitere`,
    keys: (names) => `Die Datei nennt Client-Schlüssel (${names}). Enthalten sind sie nicht: neue gibt es in der Ansicht Verbinden.`,
    import: 'Importieren',
    cancel: 'Abbrechen',
    imported: (count) => `Importiert: ${count} ${plural(count, { one: 'Änderung', other: 'Änderungen' })}.`,
    backupsLead: 'Was die letzten zehn Importe ersetzt haben.',
    noBackups: 'Es wurde noch nichts importiert.',
    undo: 'Rückgängig',
    undoOf: (moment) => `Zurückbringen, was vor dem Import vom ${moment} da war`,
    undone: 'Was vorher da war, ist wieder da.',
  },
}
