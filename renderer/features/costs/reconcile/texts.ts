import type { ReconcileKind } from '../../../../shared/api/reconcile.ts'
import { MOST_RECONCILED_DAYS } from '../../../../shared/reconcile-limits.ts'
import { plural, type Texts } from '../../../i18n/texts.ts'
import { formatBytes, formatCount } from '../../../ui/figures.ts'
import type { ReconcileFailure } from './store.ts'

export interface ReconcileTexts {
  readonly title: string
  readonly hint: string
  readonly choose: string
  readonly again: string
  readonly exports: (names: string) => string
  readonly written: string
  readonly reading: (file: string, percent: number) => string
  readonly comparing: (file: string) => string
  readonly cancel: string
  readonly failed: (file: string) => string
  readonly why: (failure: Exclude<ReconcileFailure, { readonly why: 'engine' }>) => string
  readonly columns: {
    readonly lead: (file: string) => string
    readonly provider: string
    readonly none: string
    readonly pick: string
    readonly names: Readonly<Record<'day' | 'model' | 'input' | 'output' | 'cost', string>>
    readonly sample: string
    readonly compare: string
    readonly notEnough: string
  }
  readonly summary: (file: string, lines: number, provider: string, from: string, to: string) => string
  readonly byDayOnly: string
  readonly agree: string
  readonly kinds: Readonly<Record<ReconcileKind, string>>
  readonly all: string
  readonly show: string
  readonly total: string
  readonly totals: string
  readonly rows: string
  readonly theirs: string
  readonly ours: string
  readonly difference: string
  readonly measures: Readonly<Record<'input' | 'output' | 'cost', string>>
  readonly head: Readonly<Record<'day' | 'model' | 'kind', string>>
  readonly allModels: string
  readonly unpriced: (count: number) => string
  readonly more: (count: number) => string
  readonly save: string
  readonly close: string
  readonly whyTitle: string
  readonly whys: readonly string[]
}

const ONE_TEXT = formatBytes(200 * 1024 * 1024)

export const RECONCILE_TEXTS: Texts<ReconcileTexts> = {
  en: {
    title: 'Compare with a provider’s export',
    hint: 'The usage or cost CSV that a provider offers for download, held against the ledger by day and model. The file stays in this window: nothing is sent to anybody, and nothing is kept.',
    choose: 'Choose a CSV file',
    again: 'Choose another file',
    exports: (names) => `Known by their columns: ${names}. Any other CSV works too: you say which column is which.`,
    written: 'Column names as of November 2026, from documentation and published examples.',
    reading: (file, percent) => `Reading ${file}: ${percent} %`,
    comparing: (file) => `Comparing ${file} with the ledger`,
    cancel: 'Cancel',
    failed: (file) => `${file} could not be compared`,
    why: (failure) => {
      switch (failure.why) {
        case 'too-large':
          return `It is larger than ${ONE_TEXT}. Export a shorter period.`
        case 'empty':
          return 'It holds no line of data.'
        case 'no-usage':
          return 'It names periods and no usage. Export it again for a period with requests, grouped by model.'
        case 'nothing-measured':
          return 'None of its lines says how many tokens were used or what they cost.'
        case 'too-many-groups':
          return 'It names too many days and models. Export a shorter period.'
        case 'too-many-days':
          return `It covers ${formatCount(failure.days)} days; at most ${MOST_RECONCILED_DAYS} are compared at once. Export a shorter period.`
        case 'column-missing':
          return `It has no column “${failure.column}”.`
        case 'cells':
          return `Line ${failure.line} has ${plural(failure.found, { one: '1 cell', other: `${failure.found} cells` })} where the header has ${failure.expected}.`
        case 'quotes':
          return `Line ${failure.line}: a quotation mark is not closed, or stands where none may.`
        case 'date':
          return `Line ${failure.line}, column “${failure.column}”: “${failure.value}” is not a date that can be read for certain. Write it like 2026-11-25.`
        case 'number':
          return `Line ${failure.line}, column “${failure.column}”: “${failure.value}” is not an amount.`
        case 'tokens':
          return `Line ${failure.line}, column “${failure.column}”: “${failure.value}” is not a number of tokens.`
        case 'currency':
          return `Line ${failure.line}, column “${failure.column}”: amounts in “${failure.value}” cannot be compared, for the ledger counts in USD.`
      }
    },
    columns: {
      lead: (file) => `The columns of ${file} are none that are known. Which is which?`,
      provider: 'Provider',
      none: 'not in the file',
      pick: 'Choose',
      names: { day: 'Day', model: 'Model', input: 'Input tokens, cached included', output: 'Output tokens', cost: 'Cost in USD' },
      sample: 'The first lines of the file',
      compare: 'Compare',
      notEnough: 'A provider, the day, and at least one of tokens and cost are needed.',
    },
    summary: (file, lines, provider, from, to) =>
      `${file}: ${plural(lines, { one: '1 line', other: `${formatCount(lines)} lines` })} of ${provider}, ${from === to ? from : `${from} to ${to}`} (days in UTC).`,
    byDayOnly: 'The file does not name a model everywhere, so whole days are compared.',
    agree: 'Everything agrees.',
    kinds: { matched: 'Matches', differs: 'Differs', 'missing-here': 'Missing here', 'missing-there': 'Missing there' },
    all: 'All',
    show: 'Show',
    total: 'Total',
    totals: 'Totals of both sides',
    rows: 'Days and models of both sides',
    theirs: 'Provider',
    ours: 'Switchyard',
    difference: 'Difference',
    measures: { input: 'Input tokens', output: 'Output tokens', cost: 'Cost' },
    head: { day: 'Day', model: 'Model', kind: 'Result' },
    allModels: 'All models',
    unpriced: (count) => plural(count, { one: '1 request of an unknown price', other: `${formatCount(count)} requests of an unknown price` }),
    more: (count) => `Show ${formatCount(count)} more`,
    save: 'Save differences as CSV',
    close: 'Close',
    whyTitle: 'Where differences come from',
    whys: [
      'Missing here: another tool used the same account without Switchyard, or requests were made before it was installed.',
      'Missing there: the export ends earlier, leaves out a key or a project, or the provider bills the request on another day.',
      'Differing tokens: a client left in the middle of an answer, and the provider counted on.',
      'Differing cost: discounts, credits or prices that Switchyard does not know. Models screen, Own price.',
      'Up to half a percent of tokens, and one percent or one cent of cost, count as equal.',
    ],
  },
  de: {
    title: 'Mit dem Export eines Anbieters vergleichen',
    hint: 'Die CSV-Datei über Nutzung oder Kosten, die ein Anbieter zum Herunterladen anbietet, verglichen mit dem eigenen Buch nach Tag und Modell. Die Datei bleibt in diesem Fenster: nichts wird irgendwohin geschickt, nichts behalten.',
    choose: 'CSV-Datei wählen',
    again: 'Andere Datei wählen',
    exports: (names) => `An ihren Spalten erkannt werden: ${names}. Jede andere CSV-Datei geht auch: dann ist zu sagen, welche Spalte welche ist.`,
    written: 'Spaltennamen mit Stand November 2026, nach Dokumentation und veröffentlichten Beispielen.',
    reading: (file, percent) => `${file} wird gelesen: ${percent} %`,
    comparing: (file) => `${file} wird mit dem Buch verglichen`,
    cancel: 'Abbrechen',
    failed: (file) => `${file} lässt sich nicht vergleichen`,
    why: (failure) => {
      switch (failure.why) {
        case 'too-large':
          return `Sie ist größer als ${ONE_TEXT}. Bitte einen kürzeren Zeitraum exportieren.`
        case 'empty':
          return 'Sie enthält keine Datenzeile.'
        case 'no-usage':
          return 'Sie nennt Zeiträume und keine Nutzung. Bitte für einen Zeitraum mit Anfragen und nach Modell gruppiert neu exportieren.'
        case 'nothing-measured':
          return 'Keine ihrer Zeilen sagt, wie viele Tokens verbraucht wurden oder was sie gekostet haben.'
        case 'too-many-groups':
          return 'Sie nennt zu viele Tage und Modelle. Bitte einen kürzeren Zeitraum exportieren.'
        case 'too-many-days':
          return `Sie umfasst ${formatCount(failure.days)} Tage; höchstens ${MOST_RECONCILED_DAYS} werden auf einmal verglichen. Bitte einen kürzeren Zeitraum exportieren.`
        case 'column-missing':
          return `Sie hat keine Spalte „${failure.column}“.`
        case 'cells':
          return `Zeile ${failure.line} hat ${plural(failure.found, { one: '1 Zelle', other: `${failure.found} Zellen` })}, die Kopfzeile hat ${failure.expected}.`
        case 'quotes':
          return `Zeile ${failure.line}: ein Anführungszeichen ist nicht geschlossen oder steht, wo keines stehen darf.`
        case 'date':
          return `Zeile ${failure.line}, Spalte „${failure.column}“: „${failure.value}“ ist kein Datum, das sich sicher lesen lässt. Gemeint ist eine Form wie 2026-11-25.`
        case 'number':
          return `Zeile ${failure.line}, Spalte „${failure.column}“: „${failure.value}“ ist kein Betrag.`
        case 'tokens':
          return `Zeile ${failure.line}, Spalte „${failure.column}“: „${failure.value}“ ist keine Anzahl von Tokens.`
        case 'currency':
          return `Zeile ${failure.line}, Spalte „${failure.column}“: Beträge in „${failure.value}“ sind nicht vergleichbar, denn das Buch rechnet in USD.`
      }
    },
    columns: {
      lead: (file) => `Die Spalten von ${file} sind keine bekannten. Welche ist welche?`,
      provider: 'Anbieter',
      none: 'nicht in der Datei',
      pick: 'Auswählen',
      names: { day: 'Tag', model: 'Modell', input: 'Eingabe-Tokens samt Cache', output: 'Ausgabe-Tokens', cost: 'Kosten in USD' },
      sample: 'Die ersten Zeilen der Datei',
      compare: 'Vergleichen',
      notEnough: 'Nötig sind ein Anbieter, der Tag und mindestens eines von Tokens und Kosten.',
    },
    summary: (file, lines, provider, from, to) =>
      `${file}: ${plural(lines, { one: '1 Zeile', other: `${formatCount(lines)} Zeilen` })} von ${provider}, ${from === to ? from : `${from} bis ${to}`} (Tage in UTC).`,
    byDayOnly: 'Die Datei nennt nicht überall ein Modell, deshalb werden ganze Tage verglichen.',
    agree: 'Alles stimmt überein.',
    kinds: { matched: 'Stimmt', differs: 'Weicht ab', 'missing-here': 'Fehlt hier', 'missing-there': 'Fehlt dort' },
    all: 'Alle',
    show: 'Anzeigen',
    total: 'Summe',
    totals: 'Summen beider Seiten',
    rows: 'Tage und Modelle beider Seiten',
    theirs: 'Anbieter',
    ours: 'Switchyard',
    difference: 'Abweichung',
    measures: { input: 'Eingabe-Tokens', output: 'Ausgabe-Tokens', cost: 'Kosten' },
    head: { day: 'Tag', model: 'Modell', kind: 'Ergebnis' },
    allModels: 'Alle Modelle',
    unpriced: (count) => plural(count, { one: '1 Anfrage mit unbekanntem Preis', other: `${formatCount(count)} Anfragen mit unbekanntem Preis` }),
    more: (count) => `${formatCount(count)} weitere anzeigen`,
    save: 'Abweichungen als CSV sichern',
    close: 'Schließen',
    whyTitle: 'Woher Abweichungen kommen',
    whys: [
      'Fehlt hier: ein anderes Werkzeug nutzte dasselbe Konto ohne Switchyard, oder die Anfragen sind älter als die Installation.',
      'Fehlt dort: der Export endet früher, lässt einen Schlüssel oder ein Projekt aus, oder der Anbieter rechnet die Anfrage an einem anderen Tag ab.',
      'Andere Tokens: ein Client ging mitten in der Antwort, und der Anbieter zählte weiter.',
      'Andere Kosten: Rabatte, Guthaben oder Preise, die Switchyard nicht kennt. Modelle, Eigener Preis.',
      'Bis zu ein halbes Prozent der Tokens und ein Prozent oder ein Cent der Kosten gelten als gleich.',
    ],
  },
}
