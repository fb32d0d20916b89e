import type { NanoUsd } from '../../../shared/money.ts'
import { plural, type Texts } from '../../i18n/texts.ts'
import { formatMoney } from '../../ui/figures.ts'
import type { Switch } from './filter.ts'
import type { Bucket } from './price-buckets.ts'

export interface ModelsTexts {
  readonly title: string
  readonly loading: string
  readonly loadFailed: string
  readonly tryAgain: string
  readonly search: string
  readonly clearSearch: string
  readonly filterLabel: string
  readonly listLabel: string
  readonly nothingFits: string
  readonly nothingFitsWhy: string
  readonly showAll: string
  readonly count: (shown: number, all: number) => string
  readonly provider: string
  readonly allProviders: string
  readonly kind: string
  readonly allKinds: string
  readonly kinds: Readonly<Record<'chat' | 'embedding' | 'image' | 'audio' | 'rerank' | 'other', string>>
  readonly takes: string
  readonly takesAnything: string
  readonly gives: string
  readonly givesAnything: string
  readonly modalities: Readonly<Record<'text' | 'image' | 'file' | 'audio' | 'video', string>>
  readonly price: string
  readonly anyPrice: string
  readonly upToUsd: (usd: string) => string
  readonly context: string
  readonly anyContext: string
  readonly fromTokens: (tokens: string) => string
  readonly switches: Readonly<Record<Switch, string>>
  readonly switchNotes: Readonly<Record<Switch, string>>
  readonly columns: Readonly<
    Record<'model' | 'provider' | 'input' | 'output' | 'cacheRead' | 'context' | 'longest' | 'abilities' | 'cutoff' | 'usable', string>
  >
  readonly abilities: Readonly<Record<'tools' | 'reasoning' | 'json-schema' | 'image' | 'audio' | 'file', string>>
  readonly local: string
  readonly simulated: string
  readonly deprecated: string
  readonly free: string
  readonly unknown: string
  readonly usable: string
  readonly notUsable: string
  readonly catalogFrom: (day: string) => string
  readonly fetched: (ago: string) => string
  readonly sourceFailed: (name: string, day: string, why: string) => string
  readonly refresh: string
  readonly refreshing: string
  readonly progress: (done: number, total: number) => string
  readonly stopRefresh: string
  readonly sources: (count: number) => string
  readonly asking: string
  readonly cameWithApp: (day: string) => string
  readonly listed: (count: number) => string
  readonly failedLast: (why: string) => string
  readonly notAsked: (why: string) => string
  readonly refreshed: string
  readonly refreshedExcept: (count: number) => string
  readonly held: (count: number) => string
  readonly heldWhy: string
  readonly heldChange: (bucket: string, before: string, after: string) => string
  readonly accept: string
  readonly refuse: string
  readonly fileProblem: string
  readonly ownModel: string
  // details
  readonly details: string
  readonly copyName: string
  readonly gone: string
  readonly prices: string
  readonly perMillion: string
  readonly buckets: Readonly<Record<Bucket, string>>
  readonly standard: string
  readonly overTokens: (tokens: string) => string
  readonly hours: (from: string, to: string) => string
  readonly serviceTiers: Readonly<Record<'flex' | 'priority' | 'batch' | 'fast', string>>
  readonly noPrice: string
  readonly priceFrom: (source: string, day: string) => string
  readonly whose: Readonly<Record<'listed' | 'discounted' | 'yours', string>>
  readonly instead: (input: string, output: string) => string
  readonly billsAfterCancel: (does: boolean) => string
  readonly bySource: (host: string, assumed: boolean) => string
  readonly correctPrice: string
  readonly discount: string
  readonly repriceAction: string
  readonly facts: string
  readonly contextWindow: string
  readonly longestAnswer: string
  readonly tokens: (count: string) => string
  readonly input: string
  readonly output: string
  readonly can: string
  readonly cannot: string
  readonly efforts: string
  readonly cacheMinimum: string
  readonly cutoff: string
  readonly state: string
  readonly retiresOn: (day: string) => string
  readonly weights: string
  readonly openWeights: string
  readonly closedWeights: string
  readonly current: string
  readonly snapshot: string
  readonly canonical: string
  readonly factsFrom: string
  readonly moreAbilities: Readonly<Record<'parallel-tools' | 'prompt-caching' | 'streaming' | 'web-search', string>>
  readonly hosts: string
  readonly host: string
  readonly onlyHost: string
  readonly measured: string
  readonly measuredOver: (requests: number) => string
  readonly notMeasured: string
  readonly firstToken: string
  readonly slowest: string
  readonly rate: string
  readonly history: string
  readonly noHistory: string
  readonly since: (day: string) => string
  readonly until: (day: string) => string
  readonly always: string
  readonly inLists: string
  readonly charged: string
  readonly policy: string
  readonly policyUnknown: string
  readonly trains: (does: boolean) => string
  readonly keeps: (days: number | undefined) => string
  readonly residency: string
  readonly residencyUnknown: string
  readonly regions: Readonly<Record<'local' | 'eu' | 'us' | 'cn', string>>
  readonly readOn: (day: string) => string
  readonly source: string
  readonly statusPage: string
  readonly detailsFailed: string
  // tray
  readonly tray: string
  readonly addToTray: string
  readonly removeFromTray: string
  readonly trayFull: (most: number) => string
  readonly trayHint: string
  readonly compare: string
  readonly backToList: string
  readonly inPlayground: string
  readonly empty: string
  readonly comparison: string
  // forms
  readonly cancel: string
  readonly save: string
  readonly priceDialog: string
  readonly priceDialogHint: string
  readonly morePrices: string
  readonly perCallHint: string
  readonly priceSource: string
  readonly takeBack: string
  readonly notANumber: string
  readonly keepsTiers: string
  readonly discountDialog: string
  readonly discountFor: string
  readonly forModel: string
  readonly forProvider: (name: string) => string
  readonly percent: string
  readonly percentRange: string
  readonly repriceDialog: string
  readonly repriceHint: string
  readonly repriceSince: string
  readonly repriceDays: (days: number) => string
  readonly everything: string
  readonly repriced: (rows: number, before: NanoUsd, after: NanoUsd) => string
  readonly ownDialog: string
  readonly ownHint: string
  readonly ownId: string
  readonly ownName: string
  readonly add: string
  readonly removeOwn: string
  readonly removeOwnWhy: string
}

export const MODELS_TEXTS: Texts<ModelsTexts> = {
  en: {
    title: 'Models',
    loading: 'Loading models',
    loadFailed: 'The models could not be loaded',
    tryAgain: 'Try again',
    search: 'Search models and providers',
    clearSearch: 'Clear the search',
    filterLabel: 'Filter models',
    listLabel: 'Models',
    nothingFits: 'No model fits',
    nothingFitsWhy: 'What nobody has told of a model counts as not there.',
    showAll: 'Show all',
    count: (shown, all) =>
      shown === all
        ? `${all.toLocaleString('en')} ${plural(all, { one: 'model', other: 'models' })}`
        : `${shown.toLocaleString('en')} of ${all.toLocaleString('en')}`,
    provider: 'Provider',
    allProviders: 'All providers',
    kind: 'Kind',
    allKinds: 'All kinds',
    kinds: { chat: 'Chat', embedding: 'Embedding', image: 'Image', audio: 'Audio', rerank: 'Rerank', other: 'Other' },
    takes: 'Takes',
    takesAnything: 'Any input',
    gives: 'Answers with',
    givesAnything: 'Any output',
    modalities: { text: 'Text', image: 'Images', file: 'Documents', audio: 'Audio', video: 'Video' },
    price: 'Price of input',
    anyPrice: 'Any price',
    upToUsd: (usd) => `up to $${usd} in`,
    context: 'Context',
    anyContext: 'Any context',
    fromTokens: (tokens) => `${tokens} and more`,
    switches: {
      usable: 'My keys',
      free: 'Free',
      local: 'Local',
      'open-weights': 'Open weights',
      tools: 'Tools',
      reasoning: 'Reasoning',
      'json-schema': 'JSON schema',
    },
    switchNotes: {
      usable: 'Can be called now: there is a key, or none is needed',
      free: 'Input and output cost nothing',
      local: 'Runs on this machine',
      'open-weights': 'Only models whose weights are published',
      tools: 'Known to call tools',
      reasoning: 'Known to think before it answers',
      'json-schema': 'Known to hold to a JSON schema',
    },
    columns: {
      model: 'Model',
      provider: 'Provider',
      input: 'In $/M',
      output: 'Out $/M',
      cacheRead: 'Cached',
      context: 'Context',
      longest: 'Answer',
      abilities: 'Can',
      cutoff: 'Cutoff',
      usable: 'Usable',
    },
    abilities: { tools: 'tools', reasoning: 'reasoning', 'json-schema': 'JSON', image: 'images', audio: 'audio', file: 'documents' },
    local: 'local',
    simulated: 'simulated',
    deprecated: 'deprecated',
    free: 'free',
    unknown: 'n/a',
    usable: 'yes',
    notUsable: 'no',
    catalogFrom: (day) => `Catalog from ${day}`,
    fetched: (ago) => `fetched ${ago}`,
    sourceFailed: (name, day, why) => `${name} is from ${day}; the last refresh failed: ${why}`,
    refresh: 'Refresh',
    refreshing: 'Refreshing',
    progress: (done, total) => `${done} of ${total} lists`,
    stopRefresh: 'Stop refresh',
    sources: (count) => (count === 1 ? '1 source' : `${count} sources`),
    asking: 'being asked',
    cameWithApp: (day) => `came with the app, of ${day}`,
    listed: (count) => (count === 1 ? '1 model' : `${count.toLocaleString('en')} models`),
    failedLast: (why) => `the last refresh failed: ${why}`,
    notAsked: (why) => `not asked: ${why}`,
    refreshed: 'The catalog is refreshed.',
    refreshedExcept: (count) => `Refreshed, except for ${count} ${plural(count, { one: 'source', other: 'sources' })}; what was known stays.`,
    held: (count) =>
      `${count} ${plural(count, { one: 'price', other: 'prices' })} moved more than tenfold and ${plural(count, { one: 'waits', other: 'wait' })} for your word`,
    heldWhy: 'Until then the price before it holds.',
    heldChange: (bucket, before, after) => `${bucket} ${before} → ${after}`,
    accept: 'Accept',
    refuse: 'Refuse',
    fileProblem: 'models.json is not used:',
    ownModel: 'Own model',
    details: 'Model details',
    copyName: 'Copy name',
    gone: 'This model is not in the catalog any more.',
    prices: 'Prices',
    perMillion: 'US dollars per million tokens',
    buckets: {
      input: 'Input',
      cacheRead: 'Cache read',
      cacheWrite5m: 'Cache write, 5 min',
      cacheWrite1h: 'Cache write, 1 h',
      output: 'Output',
      reasoning: 'Reasoning',
      audioInput: 'Audio in',
      audioCacheRead: 'Audio cache read',
      audioOutput: 'Audio out',
      imageInput: 'Image in',
      imageOutput: 'Image out',
      request: 'Per request',
      webSearch: 'Per web search',
    },
    standard: 'Standard',
    overTokens: (tokens) => `over ${tokens} in`,
    hours: (from, to) => `${from}–${to} UTC`,
    serviceTiers: { flex: 'Flex', priority: 'Priority', batch: 'Batch', fast: 'Fast' },
    noPrice: 'Nobody tells a price. Requests are counted as unpriced until you set one.',
    priceFrom: (source, day) => `From ${source}, ${day}`,
    whose: { listed: 'list price', discounted: 'with your discount', yours: 'set by you' },
    instead: (input, output) => `Sources say ${input} in, ${output} out.`,
    billsAfterCancel: (does) => (does ? 'Goes on charging when a client leaves.' : 'Stops charging when a client leaves.'),
    bySource: (host, assumed) => (assumed ? `Assumed, by the word of ${host}.` : `By its own documentation, ${host}.`),
    correctPrice: 'Correct price',
    discount: 'Discount',
    repriceAction: 'Re-price past requests',
    facts: 'Facts',
    contextWindow: 'Context',
    longestAnswer: 'Longest answer',
    tokens: (count) => `${count} tokens`,
    input: 'Takes',
    output: 'Gives',
    can: 'Can',
    cannot: 'Cannot',
    efforts: 'Reasoning efforts',
    cacheMinimum: 'Shortest cached prompt',
    cutoff: 'Knowledge until',
    state: 'State',
    retiresOn: (day) => `gone on ${day}`,
    weights: 'Weights',
    openWeights: 'published',
    closedWeights: 'not published',
    current: 'current',
    snapshot: 'Stands for',
    canonical: 'Canonical name',
    factsFrom: 'Told by',
    moreAbilities: { 'parallel-tools': 'parallel tools', 'prompt-caching': 'prompt caching', streaming: 'streaming', 'web-search': 'web search' },
    hosts: 'Hosts of this model',
    host: 'Host',
    onlyHost: 'No other host of the same model is known.',
    measured: 'Measured',
    measuredOver: (requests) => `Over ${requests} of your requests of the last 7 days`,
    notMeasured: 'None of your requests of the last 7 days was answered here.',
    firstToken: 'First token, median',
    slowest: 'First token, 95 %',
    rate: 'Tokens per second, median',
    history: 'Price history',
    noHistory: 'No request has been charged here yet.',
    since: (day) => `since ${day}`,
    until: (day) => `until ${day}`,
    always: 'at first',
    inLists: 'In price lists',
    charged: 'Charged to requests',
    policy: 'Data',
    policyUnknown: 'No documented data policy is known to us.',
    trains: (does) => (does ? 'May train on what it is sent' : 'Does not train on what it is sent'),
    keeps: (days) =>
      days === undefined
        ? 'does not say for how long it keeps it'
        : days === 0
          ? 'keeps nothing'
          : `keeps it for ${days} ${plural(days, { one: 'day', other: 'days' })}`,
    residency: 'Processes in',
    residencyUnknown: 'it does not say',
    regions: { local: 'this machine', eu: 'the EU', us: 'the US', cn: 'China' },
    readOn: (day) => `read ${day}`,
    source: 'Source',
    statusPage: 'Status page',
    detailsFailed: 'This could not be loaded.',
    tray: 'To compare',
    addToTray: 'Put aside to compare',
    removeFromTray: 'Take out of the comparison',
    trayFull: (most) => `${most} are the most. Take one out first.`,
    trayHint: 'One more to compare: C on a row.',
    compare: 'Compare',
    backToList: 'Back to the list',
    inPlayground: 'Open in Playground',
    empty: 'Empty',
    comparison: 'Models side by side',
    cancel: 'Cancel',
    save: 'Save',
    priceDialog: 'Correct price',
    priceDialogHint: 'US dollars per million tokens. What is left empty is unknown.',
    morePrices: 'Sound, pictures, by the piece',
    perCallHint: 'US dollars a piece',
    priceSource: 'Where it is from',
    takeBack: 'Take back',
    notANumber: 'A number from 0, with at most six decimals.',
    keepsTiers: 'Tiers by prompt length stay as they are.',
    discountDialog: 'Discount',
    discountFor: 'For',
    forModel: 'This model',
    forProvider: (name) => `All of ${name}`,
    percent: 'Discount',
    percentRange: 'A number from 0 to 100.',
    repriceDialog: 'Re-price past requests',
    repriceHint: 'Charges them at the price of now. What they were charged at stays in the price history.',
    repriceSince: 'Requests of',
    repriceDays: (days) => `the last ${days} days`,
    everything: 'all time',
    repriced: (rows, before, after) =>
      `${rows} ${plural(rows, { one: 'request', other: 'requests' })} re-priced: ${formatMoney(before)} → ${formatMoney(after)}.`,
    ownDialog: 'Own model',
    ownHint: 'A model that the catalog does not know, at a provider that you use.',
    ownId: 'Name at the provider',
    ownName: 'Name for people',
    add: 'Add',
    removeOwn: 'Remove model',
    removeOwnWhy: 'It is gone from the list; past requests stay.',
  },
  de: {
    title: 'Modelle',
    loading: 'Modelle werden geladen',
    loadFailed: 'Die Modelle konnten nicht geladen werden',
    tryAgain: 'Erneut versuchen',
    search: 'Modelle und Anbieter suchen',
    clearSearch: 'Suche leeren',
    filterLabel: 'Modelle filtern',
    listLabel: 'Modelle',
    nothingFits: 'Kein Modell passt',
    nothingFitsWhy: 'Was niemand über ein Modell sagt, gilt als nicht vorhanden.',
    showAll: 'Alle zeigen',
    count: (shown, all) =>
      shown === all
        ? `${all.toLocaleString('de')} ${plural(all, { one: 'Modell', other: 'Modelle' })}`
        : `${shown.toLocaleString('de')} von ${all.toLocaleString('de')}`,
    provider: 'Anbieter',
    allProviders: 'Alle Anbieter',
    kind: 'Art',
    allKinds: 'Alle Arten',
    kinds: { chat: 'Chat', embedding: 'Embedding', image: 'Bild', audio: 'Ton', rerank: 'Rerank', other: 'Sonstige' },
    takes: 'Nimmt',
    takesAnything: 'Jede Eingabe',
    gives: 'Antwortet mit',
    givesAnything: 'Jede Ausgabe',
    modalities: { text: 'Text', image: 'Bilder', file: 'Dokumente', audio: 'Ton', video: 'Video' },
    price: 'Preis der Eingabe',
    anyPrice: 'Jeder Preis',
    upToUsd: (usd) => `bis ${usd} $ Eingabe`,
    context: 'Kontext',
    anyContext: 'Jeder Kontext',
    fromTokens: (tokens) => `ab ${tokens}`,
    switches: {
      usable: 'Meine Schlüssel',
      free: 'Kostenlos',
      local: 'Lokal',
      'open-weights': 'Offene Gewichte',
      tools: 'Werkzeuge',
      reasoning: 'Denken',
      'json-schema': 'JSON-Schema',
    },
    switchNotes: {
      usable: 'Jetzt aufrufbar: ein Schlüssel ist da, oder es braucht keinen',
      free: 'Ein- und Ausgabe kosten nichts',
      local: 'Läuft auf diesem Rechner',
      'open-weights': 'Nur Modelle, deren Gewichte veröffentlicht sind',
      tools: 'Ruft bekanntlich Werkzeuge auf',
      reasoning: 'Denkt bekanntlich vor der Antwort',
      'json-schema': 'Hält sich bekanntlich an ein JSON-Schema',
    },
    columns: {
      model: 'Modell',
      provider: 'Anbieter',
      input: 'Ein $/M',
      output: 'Aus $/M',
      cacheRead: 'Cache',
      context: 'Kontext',
      longest: 'Antwort',
      abilities: 'Kann',
      cutoff: 'Stand',
      usable: 'Nutzbar',
    },
    abilities: { tools: 'Werkzeuge', reasoning: 'Denken', 'json-schema': 'JSON', image: 'Bilder', audio: 'Ton', file: 'Dokumente' },
    local: 'lokal',
    simulated: 'simuliert',
    deprecated: 'veraltet',
    free: 'kostenlos',
    unknown: 'n/a',
    usable: 'ja',
    notUsable: 'nein',
    catalogFrom: (day) => `Katalog vom ${day}`,
    fetched: (ago) => `geholt ${ago}`,
    sourceFailed: (name, day, why) => `${name} ist vom ${day}; die letzte Aktualisierung schlug fehl: ${why}`,
    refresh: 'Aktualisieren',
    refreshing: 'Wird aktualisiert',
    progress: (done, total) => `${done} von ${total} Listen`,
    stopRefresh: 'Aktualisieren abbrechen',
    sources: (count) => (count === 1 ? '1 Quelle' : `${count} Quellen`),
    asking: 'wird gefragt',
    cameWithApp: (day) => `kam mit der App, vom ${day}`,
    listed: (count) => (count === 1 ? '1 Modell' : `${count.toLocaleString('de')} Modelle`),
    failedLast: (why) => `die letzte Aktualisierung schlug fehl: ${why}`,
    notAsked: (why) => `wird nicht gefragt: ${why}`,
    refreshed: 'Der Katalog ist aktualisiert.',
    refreshedExcept: (count) => `Aktualisiert, außer ${count} ${plural(count, { one: 'Quelle', other: 'Quellen' })}; das Bekannte bleibt.`,
    held: (count) =>
      `${count} ${plural(count, { one: 'Preis hat', other: 'Preise haben' })} sich mehr als verzehnfacht oder gezehntelt und ${plural(count, { one: 'wartet', other: 'warten' })} auf Ihr Wort`,
    heldWhy: 'Bis dahin gilt der Preis davor.',
    heldChange: (bucket, before, after) => `${bucket} ${before} → ${after}`,
    accept: 'Annehmen',
    refuse: 'Ablehnen',
    fileProblem: 'models.json wird nicht benutzt:',
    ownModel: 'Eigenes Modell',
    details: 'Einzelheiten zum Modell',
    copyName: 'Namen kopieren',
    gone: 'Dieses Modell ist nicht mehr im Katalog.',
    prices: 'Preise',
    perMillion: 'US-Dollar je Million Tokens',
    buckets: {
      input: 'Eingabe',
      cacheRead: 'Aus dem Cache',
      cacheWrite5m: 'In den Cache, 5 min',
      cacheWrite1h: 'In den Cache, 1 h',
      output: 'Ausgabe',
      reasoning: 'Denken',
      audioInput: 'Ton ein',
      audioCacheRead: 'Ton aus dem Cache',
      audioOutput: 'Ton aus',
      imageInput: 'Bild ein',
      imageOutput: 'Bild aus',
      request: 'Je Anfrage',
      webSearch: 'Je Websuche',
    },
    standard: 'Normal',
    overTokens: (tokens) => `über ${tokens} Eingabe`,
    hours: (from, to) => `${from}–${to} UTC`,
    serviceTiers: { flex: 'Flex', priority: 'Vorrang', batch: 'Stapel', fast: 'Schnell' },
    noPrice: 'Niemand nennt einen Preis. Anfragen gelten als unbepreist, bis Sie einen setzen.',
    priceFrom: (source, day) => `Aus ${source}, ${day}`,
    whose: { listed: 'Listenpreis', discounted: 'mit Ihrem Rabatt', yours: 'von Ihnen gesetzt' },
    instead: (input, output) => `Die Quellen sagen ${input} ein, ${output} aus.`,
    billsAfterCancel: (does) => (does ? 'Berechnet weiter, wenn ein Client geht.' : 'Berechnet nichts mehr, wenn ein Client geht.'),
    bySource: (host, assumed) => (assumed ? `Angenommen, nach ${host}.` : `Nach der eigenen Dokumentation, ${host}.`),
    correctPrice: 'Preis berichtigen',
    discount: 'Rabatt',
    repriceAction: 'Frühere Anfragen neu bepreisen',
    facts: 'Fakten',
    contextWindow: 'Kontext',
    longestAnswer: 'Längste Antwort',
    tokens: (count) => `${count} Tokens`,
    input: 'Nimmt',
    output: 'Gibt',
    can: 'Kann',
    cannot: 'Kann nicht',
    efforts: 'Denkstufen',
    cacheMinimum: 'Kürzester Prompt im Cache',
    cutoff: 'Wissen bis',
    state: 'Zustand',
    retiresOn: (day) => `endet am ${day}`,
    weights: 'Gewichte',
    openWeights: 'veröffentlicht',
    closedWeights: 'nicht veröffentlicht',
    current: 'aktuell',
    snapshot: 'Steht für',
    canonical: 'Kanonischer Name',
    factsFrom: 'Gesagt von',
    moreAbilities: { 'parallel-tools': 'parallele Werkzeuge', 'prompt-caching': 'Prompt-Cache', streaming: 'Streaming', 'web-search': 'Websuche' },
    hosts: 'Wer dieses Modell anbietet',
    host: 'Anbieter',
    onlyHost: 'Kein anderer Anbieter desselben Modells ist bekannt.',
    measured: 'Gemessen',
    measuredOver: (requests) => `Über ${requests} Ihrer Anfragen der letzten 7 Tage`,
    notMeasured: 'Keine Ihrer Anfragen der letzten 7 Tage wurde hier beantwortet.',
    firstToken: 'Erstes Token, Median',
    slowest: 'Erstes Token, 95 %',
    rate: 'Tokens je Sekunde, Median',
    history: 'Preisverlauf',
    noHistory: 'Hier wurde noch keine Anfrage berechnet.',
    since: (day) => `seit ${day}`,
    until: (day) => `bis ${day}`,
    always: 'zuerst',
    inLists: 'In Preislisten',
    charged: 'Anfragen berechnet',
    policy: 'Daten',
    policyUnknown: 'Uns ist keine dokumentierte Datenrichtlinie bekannt.',
    trains: (does) => (does ? 'Trainiert möglicherweise mit dem Gesendeten' : 'Trainiert nicht mit dem Gesendeten'),
    keeps: (days) =>
      days === undefined
        ? 'sagt nicht, wie lange es bleibt'
        : days === 0
          ? 'behält nichts'
          : `behält es ${days} ${plural(days, { one: 'Tag', other: 'Tage' })}`,
    residency: 'Verarbeitet in',
    residencyUnknown: 'keine Angabe',
    regions: { local: 'diesem Rechner', eu: 'der EU', us: 'den USA', cn: 'China' },
    readOn: (day) => `gelesen ${day}`,
    source: 'Quelle',
    statusPage: 'Statusseite',
    detailsFailed: 'Das konnte nicht geladen werden.',
    tray: 'Zum Vergleichen',
    addToTray: 'Zum Vergleichen beiseitelegen',
    removeFromTray: 'Aus dem Vergleich nehmen',
    trayFull: (most) => `Mehr als ${most} gehen nicht. Nimm erst eines heraus.`,
    trayHint: 'Noch eines zum Vergleichen: C auf einer Zeile.',
    compare: 'Vergleichen',
    backToList: 'Zurück zur Liste',
    inPlayground: 'Im Playground öffnen',
    empty: 'Leeren',
    comparison: 'Modelle nebeneinander',
    cancel: 'Abbrechen',
    save: 'Speichern',
    priceDialog: 'Preis berichtigen',
    priceDialogHint: 'US-Dollar je Million Tokens. Was leer bleibt, ist unbekannt.',
    morePrices: 'Ton, Bilder, je Stück',
    perCallHint: 'US-Dollar je Stück',
    priceSource: 'Woher er ist',
    takeBack: 'Zurücknehmen',
    notANumber: 'Eine Zahl ab 0 mit höchstens sechs Nachkommastellen.',
    keepsTiers: 'Staffeln nach Länge des Prompts bleiben, wie sie sind.',
    discountDialog: 'Rabatt',
    discountFor: 'Für',
    forModel: 'Dieses Modell',
    forProvider: (name) => `Alles von ${name}`,
    percent: 'Rabatt',
    percentRange: 'Eine Zahl von 0 bis 100.',
    repriceDialog: 'Frühere Anfragen neu bepreisen',
    repriceHint: 'Berechnet sie zum jetzigen Preis. Der frühere bleibt im Preisverlauf.',
    repriceSince: 'Anfragen',
    repriceDays: (days) => `der letzten ${days} Tage`,
    everything: 'aller Zeit',
    repriced: (rows, before, after) =>
      `${rows} ${plural(rows, { one: 'Anfrage', other: 'Anfragen' })} neu bepreist: ${formatMoney(before)} → ${formatMoney(after)}.`,
    ownDialog: 'Eigenes Modell',
    ownHint: 'Ein Modell, das der Katalog nicht kennt, bei einem Anbieter, den Sie benutzen.',
    ownId: 'Name beim Anbieter',
    ownName: 'Name für Menschen',
    add: 'Hinzufügen',
    removeOwn: 'Modell entfernen',
    removeOwnWhy: 'Es verschwindet aus der Liste; frühere Anfragen bleiben.',
  },
}
