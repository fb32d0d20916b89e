import type { CostDimension, CostReport } from '../../../shared/api/costs.ts'
import { plural, type Texts } from '../../i18n/texts.ts'
import { formatCount } from '../../ui/figures.ts'
import type { Preset } from './ranges.ts'

type SavingName = keyof CostReport['saved']

interface CostsTexts {
  readonly title: string
  readonly lead: string
  readonly loading: string
  readonly failed: string
  readonly tryAgain: string
  readonly emptyTitle: string
  readonly empty: string
  readonly range: string
  readonly presets: Readonly<Record<Preset, string>>
  readonly first: string
  readonly last: string
  readonly daysRefused: string
  readonly by: string
  readonly dimensions: Readonly<Record<CostDimension, string>>
  readonly csv: string
  readonly spent: string
  readonly saved: string
  readonly tokens: string
  readonly requests: (count: number) => string
  readonly unpriced: (count: number) => string
  readonly savings: Readonly<Record<SavingName, string>>
  readonly how: string
  readonly hows: Readonly<Record<SavingName, string>>
  readonly leftOut: (count: number) => string
  readonly tokenKinds: { readonly input: string; readonly cacheRead: string; readonly cacheWrite: string; readonly output: string }
  readonly trend: (what: string) => string
  readonly chart: (dimension: string) => string
  readonly most: string
  readonly others: string
  readonly nobody: Readonly<Record<CostDimension, string>>
  readonly gone: string
  readonly table: string
  readonly byDay: string
  readonly day: string
  readonly name: string
  readonly requestsHead: string
  readonly inputHead: string
  readonly cachedHead: string
  readonly outputHead: string
  readonly share: string
  readonly budgets: {
    readonly title: string
    readonly hint: string
    readonly everybody: string
    readonly periods: Readonly<Record<'day' | 'month', string>>
    readonly of: (name: string) => string
    readonly none: string
    readonly refused: string
    readonly spent: (spent: string, limit: string, anew: string) => string
    readonly reserved: (sum: string) => string
    readonly unpriced: {
      readonly label: string
      readonly options: Readonly<Record<'refuse' | 'let-through', { readonly title: string; readonly note: string }>>
    }
  }
}

export const COSTS_TEXTS: Texts<CostsTexts> = {
  en: {
    title: 'Costs',
    lead: 'What requests cost by the prices of their providers, and what was saved. Simulated answers are left out.',
    loading: 'Loading costs',
    failed: 'Costs could not be loaded',
    tryAgain: 'Try again',
    emptyTitle: 'Nothing was spent in these days',
    empty: 'As soon as a request is answered by a real model, its cost stands here.',
    range: 'Days',
    presets: { today: 'Today', week: '7 days', month: '30 days', custom: 'Custom' },
    first: 'First day',
    last: 'Last day',
    daysRefused: 'The last day must not be before the first.',
    by: 'Split by',
    dimensions: { model: 'Model', provider: 'Provider', client: 'Client', key: 'Key' },
    csv: 'Export CSV',
    spent: 'Spent',
    saved: 'Saved',
    tokens: 'Tokens',
    requests: (count) => `${formatCount(count)} ${plural(count, { one: 'request', other: 'requests' })}`,
    unpriced: (count) =>
      `Cost of ${formatCount(count)} ${plural(count, { one: 'request', other: 'requests' })} n/a: no price is known, so this is a lower bound.`,
    savings: { responseCache: 'Response cache', promptCache: 'Prompt cache', routing: 'Routing', fee: 'Fee not paid' },
    how: 'how',
    hows: {
      responseCache: 'What the answers given again from the response cache would have cost from the models that first gave them.',
      promptCache:
        'Cached input tokens times the difference between the prices of fresh and of cached input, less what writing to the prompt cache cost above fresh input. At the prices of today; below zero where more was written than read.',
      routing:
        'What the same tokens would have cost at the model that was asked for, or at the best within reach where the choice was left to switchyard/auto, less what was paid. Below zero where the choice was dearer; going elsewhere after a failure is no choice.',
      fee: 'Assumption: the same spending through a credit reseller with a fee of 5.5 %, at least $0.80 a purchase, one purchase for each month. What went through OpenRouter is left out, for there it is paid.',
    },
    leftOut: (count) => `${formatCount(count)} ${plural(count, { one: 'request', other: 'requests' })} without a known price left out`,
    tokenKinds: { input: 'in, fresh', cacheRead: 'in, cached', cacheWrite: 'in, written to cache', output: 'out' },
    trend: (what) => `${what} by day`,
    chart: (dimension) => `Spent by day and ${dimension.toLowerCase()}. The same figures are in the tables below.`,
    most: 'Most in a day',
    others: 'All others',
    nobody: { model: 'No model answered', provider: 'No provider answered', client: 'Nobody recognised', key: 'Without a key' },
    gone: 'deleted',
    table: 'Costs by group',
    byDay: 'Day by day',
    day: 'Day',
    name: 'Name',
    requestsHead: 'Requests',
    inputHead: 'In',
    cachedHead: 'Cached',
    outputHead: 'Out',
    share: 'Share',
    budgets: {
      title: 'Budgets',
      hint: 'What goes beyond is refused. What a request may cost at most is set aside before it is sent.',
      everybody: 'All clients',
      periods: { day: 'Per day', month: 'Per month' },
      of: (name) => `Budgets of ${name}`,
      none: 'no limit',
      refused: 'Type an amount in dollars.',
      spent: (spent, limit, anew) => `${spent} of ${limit}, anew ${anew}`,
      reserved: (sum) => `(${sum} set aside)`,
      unpriced: {
        label: 'Models without a known price, under a budget',
        options: {
          refuse: { title: 'Refuse them', note: 'No budget can be held over what has no price. A price of your own, on the Models screen, lets them in.' },
          'let-through': { title: 'Let them through', note: 'They count nothing, so a budget may be spent beyond its limit without a word.' },
        },
      },
    },
  },
  de: {
    title: 'Kosten',
    lead: 'Was Anfragen nach den Preisen ihrer Anbieter gekostet haben und was gespart wurde. Simulierte Antworten zählen nicht mit.',
    loading: 'Kosten werden geladen',
    failed: 'Die Kosten lassen sich nicht laden',
    tryAgain: 'Erneut versuchen',
    emptyTitle: 'In diesen Tagen wurde nichts ausgegeben',
    empty: 'Sobald ein echtes Modell eine Anfrage beantwortet, stehen ihre Kosten hier.',
    range: 'Tage',
    presets: { today: 'Heute', week: '7 Tage', month: '30 Tage', custom: 'Eigene' },
    first: 'Erster Tag',
    last: 'Letzter Tag',
    daysRefused: 'Der letzte Tag darf nicht vor dem ersten liegen.',
    by: 'Aufgeteilt nach',
    dimensions: { model: 'Modell', provider: 'Anbieter', client: 'Client', key: 'Schlüssel' },
    csv: 'Als CSV exportieren',
    spent: 'Ausgegeben',
    saved: 'Gespart',
    tokens: 'Token',
    requests: (count) => `${formatCount(count)} ${plural(count, { one: 'Anfrage', other: 'Anfragen' })}`,
    unpriced: (count) =>
      `Kosten von ${formatCount(count)} ${plural(count, { one: 'Anfrage', other: 'Anfragen' })} n/a: ohne bekannten Preis; der Betrag ist daher eine Untergrenze.`,
    savings: { responseCache: 'Antwort-Cache', promptCache: 'Prompt-Cache', routing: 'Routing', fee: 'Vermiedene Gebühr' },
    how: 'wie',
    hows: {
      responseCache: 'Was die aus dem Antwort-Cache erneut gegebenen Antworten bei den Modellen gekostet hätten, von denen sie zuerst kamen.',
      promptCache:
        'Eingabe-Token aus dem Cache mal dem Preisunterschied zwischen frischer und gecachter Eingabe, abzüglich dessen, was das Schreiben in den Prompt-Cache über frische Eingabe hinaus gekostet hat. Zu heutigen Preisen; unter null, wo mehr geschrieben als gelesen wurde.',
      routing:
        'Was dieselben Token beim angefragten Modell gekostet hätten, oder beim besten erreichbaren, wo die Wahl switchyard/auto überlassen war, abzüglich des Bezahlten. Unter null, wo die Wahl teurer war; ein Ausweichen nach einem Fehler ist keine Wahl.',
      fee: 'Annahme: dieselben Ausgaben über einen Guthaben-Wiederverkäufer mit 5,5 % Gebühr, mindestens 0,80 $ je Kauf, ein Kauf je Monat. Was über OpenRouter lief, zählt nicht mit, denn dort wird sie bezahlt.',
    },
    leftOut: (count) => `${formatCount(count)} ${plural(count, { one: 'Anfrage', other: 'Anfragen' })} ohne bekannten Preis nicht mitgezählt`,
    tokenKinds: { input: 'Eingabe, frisch', cacheRead: 'Eingabe, aus dem Cache', cacheWrite: 'Eingabe, in den Cache', output: 'Ausgabe' },
    trend: (what) => `${what} nach Tagen`,
    chart: (dimension) => `Ausgaben nach Tagen und ${dimension}. Dieselben Zahlen stehen in den Tabellen darunter.`,
    most: 'Höchster Tageswert',
    others: 'Alle übrigen',
    nobody: { model: 'Kein Modell hat geantwortet', provider: 'Kein Anbieter hat geantwortet', client: 'Niemand erkannt', key: 'Ohne Schlüssel' },
    gone: 'gelöscht',
    table: 'Kosten nach Gruppen',
    byDay: 'Tag für Tag',
    day: 'Tag',
    name: 'Name',
    requestsHead: 'Anfragen',
    inputHead: 'Eingabe',
    cachedHead: 'Aus Cache',
    outputHead: 'Ausgabe',
    share: 'Anteil',
    budgets: {
      title: 'Budgets',
      hint: 'Was darüber hinausgeht, wird abgelehnt. Was eine Anfrage höchstens kosten kann, wird vor dem Senden zurückgelegt.',
      everybody: 'Alle Clients',
      periods: { day: 'Pro Tag', month: 'Pro Monat' },
      of: (name) => `Budgets von ${name}`,
      none: 'kein Limit',
      refused: 'Ein Betrag in Dollar.',
      spent: (spent, limit, anew) => `${spent} von ${limit}, neu ab ${anew}`,
      reserved: (sum) => `(${sum} zurückgelegt)`,
      unpriced: {
        label: 'Modelle ohne bekannten Preis, unter einem Budget',
        options: {
          refuse: {
            title: 'Ablehnen',
            note: 'Was keinen Preis hat, lässt sich an kein Budget halten. Ein eigener Preis, in der Ansicht Modelle, lässt sie zu.',
          },
          'let-through': { title: 'Durchlassen', note: 'Sie zählen nichts; ein Budget kann so unbemerkt überschritten werden.' },
        },
      },
    },
  },
}
