import type { Texts } from '../../../i18n/texts.ts'
import type { Options } from '../texts.ts'
import type { ForClient, ForName } from './scopes.ts'

interface CacheSettingsTexts {
  readonly title: string
  readonly lead: string
  readonly whoTitle: string
  readonly requests: string
  readonly use: Options<'asked' | 'everyone'>
  readonly share: string
  readonly shares: Options<'client' | 'everyone'>
  readonly clients: string
  readonly environmentKey: string
  readonly demoKey: string
  readonly forClient: Readonly<Record<ForClient | 'default', string>>
  readonly names: string
  readonly namesHint: string
  readonly alias: (name: string) => string
  readonly preset: (name: string) => string
  readonly forName: Readonly<Record<ForName, string>>
  readonly namesRefused: string
  readonly keptTitle: string
  readonly neverKept: string
  readonly temperature: string
  readonly temperatures: Options<'any' | 'zero'>
  readonly seed: string
  readonly seeds: Options<'any' | 'none'>
  readonly tools: string
  readonly toolsKept: Options<'never' | 'no-calls' | 'all'>
  readonly life: string
  readonly mostEntries: string
  readonly mostBytes: string
  readonly paceTitle: string
  readonly pace: string
  readonly paces: Options<'at-once' | 'recorded' | 'typed'>
  readonly typed: string
  readonly mergeTitle: string
  readonly merge: string
  readonly merges: Options<'temperature-0' | 'always' | 'never'>
  readonly rejoin: string
  readonly keepRunning: string
  readonly wordsTitle: string
  readonly by: string
  readonly models: Options<'exact' | 'family'>
  readonly found: string
  readonly embedders: Options<'words' | 'all-minilm-l6-v2' | 'bge-small-en-v1.5' | 'own'>
  readonly embedder: string
  readonly errorsTitle: string
  readonly errorRate: string
  readonly checks: string
  readonly checksNote: string
  readonly range: (least: string, most: string) => string
}

export const CACHE_SETTINGS_TEXTS: Texts<CacheSettingsTexts> = {
  en: {
    title: 'Response cache',
    lead: 'Whole answers given again. Changes hold from the next request on.',
    whoTitle: 'Who uses it',
    requests: 'Requests',
    use: {
      asked: { title: 'Those that ask', note: 'By the header X-OpenRouter-Cache: true.' },
      everyone: { title: 'All', note: 'But for those that say X-OpenRouter-Cache: false or Cache-Control: no-store.' },
    },
    share: 'Answers are given',
    shares: {
      client: { title: 'To the client key that asked first', note: 'No tool learns what another has asked.' },
      everyone: { title: 'To every client key' },
    },
    clients: 'Client keys that differ',
    environmentKey: 'Environment key',
    demoKey: 'Demo key',
    forClient: { default: 'As above', off: 'Never', asked: 'When it asks', exact: 'Exact', semantic: 'Exact and semantic' },
    names: 'Aliases and presets that differ',
    namesHint: 'They count more than the client key, unless that says never; a preset counts more than an alias.',
    alias: (name) => `Alias ${name}`,
    preset: (name) => `Preset ${name}`,
    forName: { default: 'As the client key', off: 'Never', exact: 'Exact', semantic: 'Exact and semantic' },
    namesRefused: 'The routing was changed meanwhile; choose again.',
    keptTitle: 'What is kept',
    neverKept: 'Never: answers that failed, were refused, filtered, cut off or left in the middle.',
    temperature: 'Temperature',
    temperatures: {
      any: { title: 'Any', note: 'An answer that would come out differently each time is given again as it was.' },
      zero: { title: '0 alone' },
    },
    seed: 'Requests with a seed',
    seeds: { any: { title: 'Keep' }, none: { title: 'Leave out' } },
    tools: 'Requests with tools',
    toolsKept: {
      never: { title: 'Leave out' },
      'no-calls': { title: 'Answers without a call', note: 'A call made again might do again what it did.' },
      all: { title: 'All answers' },
    },
    life: 'Life',
    mostEntries: 'Answers at most',
    mostBytes: 'Size at most',
    paceTitle: 'How a hit is streamed',
    pace: 'Pace',
    paces: {
      'at-once': { title: 'At once' },
      recorded: { title: 'As long as it took', note: 'A minute at most.' },
      typed: { title: 'Like typing' },
    },
    typed: 'Characters a second',
    mergeTitle: 'Equal requests at the same time',
    merge: 'Become one call of the provider',
    merges: {
      'temperature-0': { title: 'At temperature 0', note: 'And those that use the response cache.' },
      always: { title: 'Always' },
      never: { title: 'Never' },
    },
    rejoin: 'Rejoin within',
    keepRunning: 'Run on when left',
    wordsTitle: 'Questions in other words',
    by: 'Answered by',
    models: {
      exact: { title: 'The very same model' },
      family: { title: 'Any snapshot of it', note: 'Such as gpt-4o-2024-08-06 for gpt-4o; never another size or version.' },
    },
    found: 'Found by',
    embedders: {
      words: { title: 'Their words', note: 'Built in, in a millisecond or two.' },
      'all-minilm-l6-v2': {
        title: 'MiniLM on this machine',
        note: 'About 23 MB, loaded from huggingface.co once you have agreed. English.',
      },
      'bge-small-en-v1.5': { title: 'BGE small on this machine', note: 'About 33 MB, loaded in the same way. English.' },
      own: {
        title: 'An embedding model of yours',
        note: 'Any provider’s, such as openai/text-embedding-3-small. Each question is sent to it once, and paid for.',
      },
    },
    embedder: 'Model',
    errorsTitle: 'Errors',
    errorRate: 'Wrong semantic hits borne',
    checks: 'Ask again one hit in',
    checksNote: 'A hit that is asked again costs what the call costs; 0 for never.',
    range: (least, most) => `From ${least} to ${most}.`,
  },
  de: {
    title: 'Antwort-Cache',
    lead: 'Ganze Antworten, noch einmal gegeben. Änderungen gelten ab der nächsten Anfrage.',
    whoTitle: 'Wer ihn nutzt',
    requests: 'Anfragen',
    use: {
      asked: { title: 'Die darum bitten', note: 'Mit dem Header X-OpenRouter-Cache: true.' },
      everyone: { title: 'Alle', note: 'Außer denen mit X-OpenRouter-Cache: false oder Cache-Control: no-store.' },
    },
    share: 'Antworten bekommt',
    shares: {
      client: { title: 'Der Client-Schlüssel, der zuerst gefragt hat', note: 'Kein Werkzeug erfährt, was ein anderes gefragt hat.' },
      everyone: { title: 'Jeder Client-Schlüssel' },
    },
    clients: 'Client-Schlüssel, die abweichen',
    environmentKey: 'Schlüssel der Umgebung',
    demoKey: 'Demo-Schlüssel',
    forClient: { default: 'Wie oben', off: 'Nie', asked: 'Wenn er darum bittet', exact: 'Exakt', semantic: 'Exakt und semantisch' },
    names: 'Aliase und Presets, die abweichen',
    namesHint: 'Sie zählen mehr als der Client-Schlüssel, außer der sagt nie; ein Preset zählt mehr als ein Alias.',
    alias: (name) => `Alias ${name}`,
    preset: (name) => `Preset ${name}`,
    forName: { default: 'Wie der Client-Schlüssel', off: 'Nie', exact: 'Exakt', semantic: 'Exakt und semantisch' },
    namesRefused: 'Das Routing wurde inzwischen geändert; wählen Sie noch einmal.',
    keptTitle: 'Was aufbewahrt wird',
    neverKept: 'Nie: Antworten, die gescheitert, verweigert, gefiltert, abgeschnitten oder mittendrin verlassen wurden.',
    temperature: 'Temperatur',
    temperatures: {
      any: { title: 'Jede', note: 'Eine Antwort, die jedes Mal anders ausfiele, wird gegeben, wie sie war.' },
      zero: { title: 'Nur 0' },
    },
    seed: 'Anfragen mit Seed',
    seeds: { any: { title: 'Aufbewahren' }, none: { title: 'Auslassen' } },
    tools: 'Anfragen mit Werkzeugen',
    toolsKept: {
      never: { title: 'Auslassen' },
      'no-calls': { title: 'Antworten ohne Aufruf', note: 'Ein wiederholter Aufruf täte vielleicht noch einmal, was er tat.' },
      all: { title: 'Alle Antworten' },
    },
    life: 'Lebensdauer',
    mostEntries: 'Höchstens Antworten',
    mostBytes: 'Höchstens groß',
    paceTitle: 'Wie ein Treffer gestreamt wird',
    pace: 'Tempo',
    paces: {
      'at-once': { title: 'Sofort' },
      recorded: { title: 'So lange, wie es dauerte', note: 'Höchstens eine Minute.' },
      typed: { title: 'Wie getippt' },
    },
    typed: 'Zeichen je Sekunde',
    mergeTitle: 'Gleiche Anfragen zur selben Zeit',
    merge: 'Werden ein Aufruf des Anbieters',
    merges: {
      'temperature-0': { title: 'Bei Temperatur 0', note: 'Und die, die den Antwort-Cache nutzen.' },
      always: { title: 'Immer' },
      never: { title: 'Nie' },
    },
    rejoin: 'Wiederkommen binnen',
    keepRunning: 'Verlassen weiterlaufen',
    wordsTitle: 'Fragen in anderen Worten',
    by: 'Beantwortet von',
    models: {
      exact: { title: 'Genau demselben Modell' },
      family: { title: 'Jedem Stand davon', note: 'Etwa gpt-4o-2024-08-06 für gpt-4o; nie von einer anderen Größe oder Version.' },
    },
    found: 'Gefunden durch',
    embedders: {
      words: { title: 'Ihre Wörter', note: 'Eingebaut, in ein bis zwei Millisekunden.' },
      'all-minilm-l6-v2': {
        title: 'MiniLM auf diesem Rechner',
        note: 'Etwa 23 MB, von huggingface.co geladen, sobald Sie zugestimmt haben. Englisch.',
      },
      'bge-small-en-v1.5': { title: 'BGE small auf diesem Rechner', note: 'Etwa 33 MB, ebenso geladen. Englisch.' },
      own: {
        title: 'Ein eigenes Embedding-Modell',
        note: 'Von jedem Anbieter, etwa openai/text-embedding-3-small. Jede Frage wird ihm einmal gesandt und bezahlt.',
      },
    },
    embedder: 'Modell',
    errorsTitle: 'Fehler',
    errorRate: 'Hingenommene falsche Treffer',
    checks: 'Nachfragen bei einem Treffer von',
    checksNote: 'Ein Treffer, bei dem nachgefragt wird, kostet, was der Aufruf kostet; 0 für nie.',
    range: (least, most) => `Von ${least} bis ${most}.`,
  },
}
