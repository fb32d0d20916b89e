import type { KeyPartName } from '../../../shared/cache.ts'
import { KEEP_WARM_REFUSALS, type KeepWarmRefusal } from '../../../shared/prompt-cache-rules.ts'
import { plural, type Texts } from '../../i18n/texts.ts'
import { formatCount } from '../../ui/figures.ts'
import type { CacheFilter, CacheSort, Tab } from './store.ts'

export interface Option {
  readonly title: string
  readonly note?: string
}

/** One sentence to every value of a setting. */
export type Options<Value extends string> = Readonly<Record<Value, Option>>

export interface CacheTexts {
  readonly title: string
  readonly cancel: string
  readonly close: string
  readonly tryAgain: string
  readonly moreThanText: string
  readonly strip: {
    readonly label: string
    readonly answers: string
    readonly answersNote: (most: string, pinned: string) => string
    readonly size: string
    readonly sizeNote: (most: string) => string
    readonly hits: string
    readonly hitsNote: (semantic: string) => string
    readonly saved: string
    readonly savedNote: string
    readonly nearMisses: string
    readonly nearMissesNote: string
    readonly wrong: string
    readonly wrongNote: string
    readonly checked: string
    readonly differ: (differed: string, checked: string) => string
    readonly checkedNote: (cost: string) => string
  }
  readonly bar: {
    readonly label: string
    readonly search: string
    readonly clearSearch: string
    readonly kind: string
    readonly kinds: Readonly<Record<CacheFilter['kind'], string>>
    readonly model: string
    readonly allModels: string
    readonly order: string
    readonly sorts: Readonly<Record<CacheSort, string>>
    readonly tester: string
    readonly explain: string
    readonly never: string
    readonly clear: string
    readonly transfer: string
    readonly settings: string
  }
  readonly list: {
    readonly label: string
    readonly loading: string
    readonly failed: string
    readonly nothingFits: string
    readonly nothingFitsWhy: string
    readonly showAll: string
    readonly moreFailed: string
    readonly loadingMore: string
    readonly all: (count: number) => string
    readonly columns: Readonly<Record<'question' | 'model' | 'kind' | 'hits' | 'last' | 'made' | 'expires' | 'size' | 'saved', string>>
    readonly semantic: string
    readonly semanticNote: string
    readonly exact: string
    readonly pinned: string
  }
  readonly first: {
    readonly title: string
    readonly exact: string
    readonly exactWhat: string
    readonly semantic: string
    readonly semanticWhat: string
    readonly toggle: string
    readonly toggleHint: string
    readonly promptCache: string
    readonly settings: string
  }
  readonly life: {
    readonly never: string
    readonly expired: string
    readonly days: (days: number) => string
    readonly pinned: string
    readonly expiresIn: (span: string) => string
    readonly in: (span: string) => string
    readonly neverPinned: string
  }
  readonly drawer: {
    readonly label: string
    readonly loading: string
    readonly failed: string
    readonly pin: string
    readonly unpin: string
    readonly delete: string
    readonly tabs: Readonly<Record<Tab, string>>
    readonly question: string
    readonly questionHolds: string
    readonly answer: string
    readonly copyAnswer: string
    readonly changeLife: string
    readonly wrong: string
    readonly never: string
    readonly facts: Readonly<Record<'made' | 'by' | 'for' | 'expires' | 'size' | 'hits' | 'last' | 'saved', string>>
    readonly nothingYet: string
    readonly noHits: string
    readonly olderHits: (count: string) => string
    readonly similarity: (value: string) => string
    readonly exact: string
    readonly askedAgain: Readonly<Record<'agrees' | 'differs', string>>
    readonly nearMisses: string
    readonly noNearMisses: string
    readonly neighbours: string
    readonly noNeighbours: string
    readonly nothingApart: string
    readonly keyLead: string
    readonly nothing: string
    readonly copyKey: string
    readonly compareKey: string
  }
  readonly parts: Readonly<Record<KeyPartName, string>>
  readonly scopes: Readonly<Record<'everyone' | 'environment' | 'demo' | 'playground' | 'gone', string>>
  readonly lifeDialog: {
    readonly title: string
    readonly pinned: string
    readonly fromNow: string
    readonly hours: string
    readonly refused: (most: number) => string
    readonly change: string
  }
  readonly clear: {
    readonly title: string
    readonly lead: string
    readonly which: string
    readonly what: Options<'shown' | 'unused' | 'old' | 'all'>
    readonly counting: string
    readonly removes: (count: number) => string
    readonly remove: string
  }
  readonly transfer: { readonly title: string; readonly lead: string; readonly export: string; readonly import: string }
  readonly tester: {
    readonly title: string
    readonly lead: string
    readonly answered: string
    readonly asked: string
    readonly compare: string
    readonly same: string
    readonly hit: string
    readonly miss: string
    readonly silent: (gates: string) => string
  }
  readonly explain: {
    readonly title: string
    readonly lead: string
    readonly one: string
    readonly other: string
    readonly hint: string
    readonly compare: string
    readonly same: string
    readonly differs: (count: number) => string
    readonly refused: string
    readonly nothing: string
  }
  readonly nevers: {
    readonly title: string
    readonly lead: string
    readonly none: string
    readonly loading: string
    readonly allow: string
    readonly allowThis: (question: string) => string
    readonly add: string
    readonly addHint: string
    readonly forbid: string
    readonly refused: string
  }
  readonly toasts: {
    readonly pinned: string
    readonly unpinned: string
    readonly deleted: string
    readonly never: string
    readonly allowed: string
    readonly removed: string
    readonly learned: string
    readonly cleared: (count: number) => string
    readonly imported: (count: number) => string
    readonly refused: (count: number, first: string) => string
    readonly cold: (cost: string) => string
    readonly kept: (cost: string) => string
  }
  readonly warm: {
    readonly title: string
    readonly summary: (count: number, worth: string) => string
    readonly none: string
    readonly failed: string
    readonly tokens: (count: number) => string
    readonly left: (span: string) => string
    readonly untilNote: string
    readonly worthNote: string
    readonly keep: (cost: string) => string
    readonly keepNote: (share: number) => string
    readonly refusals: Readonly<Record<KeepWarmRefusal, string>>
  }
}

const answers = (count: number): string => `${formatCount(count)} ${plural(count, { one: 'answer', other: 'answers' })}`
const antworten = (count: number): string => `${formatCount(count)} ${plural(count, { one: 'Antwort', other: 'Antworten' })}`

export const CACHE_TEXTS: Texts<CacheTexts> = {
  en: {
    title: 'Response cache',
    cancel: 'Cancel',
    close: 'Close',
    tryAgain: 'Try again',
    moreThanText: 'more than text',
    strip: {
      label: 'The response cache in figures',
      answers: 'Answers',
      answersNote: (most, pinned) => `At most ${most}; ${pinned} pinned`,
      size: 'Size',
      sizeNote: (most) => `At most ${most}`,
      hits: 'Hits, 30 days',
      hitsNote: (semantic) => `${semantic} of them in other words`,
      saved: 'Saved',
      savedNote: 'What these hits would have cost from the models that gave the answers',
      nearMisses: 'Near misses',
      nearMissesNote: 'Questions in other words that a gate refused',
      wrong: 'Wrong',
      wrongNote: 'Hits that you said were wrong',
      checked: 'Checked',
      differ: (differed, checked) => `${differed} of ${checked} differ`,
      checkedNote: (cost) => `Asking again has cost ${cost}`,
    },
    bar: {
      label: 'Filter cached answers',
      search: 'Search questions and answers',
      clearSearch: 'Clear the search',
      kind: 'Kind',
      kinds: { all: 'All', exact: 'Exact', semantic: 'Semantic' },
      model: 'Model',
      allModels: 'All models',
      order: 'Order',
      sorts: { newest: 'Newest', hits: 'Most hits', saved: 'Most saved', largest: 'Largest' },
      tester: 'Compare two questions',
      explain: 'Why two requests are not the same',
      never: 'Never cached',
      clear: 'Remove answers',
      transfer: 'Export and import',
      settings: 'Settings of the response cache',
    },
    list: {
      label: 'Cached answers',
      loading: 'Loading cached answers',
      failed: 'The response cache could not be loaded',
      nothingFits: 'No answer fits',
      nothingFitsWhy: 'The search looks at whole words, and their beginnings, of questions and answers.',
      showAll: 'Show all',
      moreFailed: 'More answers could not be loaded.',
      loadingMore: 'Loading more answers',
      all: (count) => `That is all: ${answers(count)}.`,
      columns: {
        question: 'Question',
        model: 'Model',
        kind: 'Kind',
        hits: 'Hits',
        last: 'Last hit',
        made: 'Made',
        expires: 'Expires',
        size: 'Size',
        saved: 'Saved',
      },
      semantic: 'semantic',
      semanticNote: 'Also answered questions in other words',
      exact: 'exact',
      pinned: 'pinned',
    },
    first: {
      title: 'No answers kept yet',
      exact: 'Exact:',
      exactWhat: 'a request that is equal in everything that can change its answer gets the answer that was given before, at once and at no cost.',
      semantic: 'Semantic:',
      semanticWhat:
        'for the client keys, aliases and presets that you choose, also a question in other words, where numbers, names, negations and the rest agree.',
      toggle: 'Use the response cache for every request',
      toggleHint: 'Off: only for requests that ask for it with the header X-OpenRouter-Cache: true.',
      promptCache: 'The prompt cache, which providers keep for the beginning of a conversation, is something else.',
      settings: 'All settings',
    },
    life: {
      never: 'never',
      expired: 'expired',
      days: (days) => `${days} days`,
      pinned: 'pinned',
      expiresIn: (span) => `expires in ${span}`,
      in: (span) => `in ${span}`,
      neverPinned: 'never: pinned',
    },
    drawer: {
      label: 'Cached answer',
      loading: 'Loading the answer',
      failed: 'This answer could not be loaded',
      pin: 'Pin: keep until deleted',
      unpin: 'Unpin',
      delete: 'Delete (Delete)',
      tabs: { answer: 'Answer', hits: 'Hits', near: 'Near', key: 'Key' },
      question: 'Question',
      questionHolds: 'It holds more than text: see the request that made it.',
      answer: 'Answer',
      copyAnswer: 'Copy the answer',
      changeLife: 'Change life',
      wrong: 'This was wrong',
      never: 'Never cache this',
      facts: { made: 'Made', by: 'By request', for: 'For', expires: 'Expires', size: 'Size', hits: 'Hits', last: 'Last hit', saved: 'Saved' },
      nothingYet: 'nothing yet',
      noHits: 'Nobody has been answered from it yet.',
      olderHits: (count) => `${count} older hits are counted but not shown.`,
      similarity: (value) => `similarity ${value}`,
      exact: 'exact',
      askedAgain: { agrees: 'asked again: agrees', differs: 'asked again: differs' },
      nearMisses: 'Near misses',
      noNearMisses: 'No question has come near without being taken for this one.',
      neighbours: 'Near neighbours',
      noNeighbours: 'No other answer stands beside it: equal in all but the question.',
      nothingApart: 'Nothing keeps the two apart.',
      keyLead: 'A request is answered from here when all of these are equal. Whether it streams, and in which dialect it is asked, is no part of it.',
      nothing: 'nothing',
      copyKey: 'Copy the key',
      compareKey: 'Why was a request not answered from here?',
    },
    parts: {
      scope: 'Who may use it',
      model: 'Model',
      system: 'System prompt',
      turns: 'Earlier turns',
      question: 'Question',
      tools: 'Tools',
      parameters: 'Parameters',
      format: 'Output format',
      routing: 'Fallbacks',
      rest: 'Everything else',
    },
    scopes: {
      everyone: 'every client key',
      environment: 'the environment key',
      demo: 'the demo key',
      playground: 'the playground',
      gone: 'a client key that is gone',
    },
    lifeDialog: {
      title: 'Change life',
      pinned: 'It is pinned, and stays as long as it is; this counts once it is unpinned.',
      fromNow: 'Counted from now.',
      hours: 'Hours',
      refused: (most) => `A number of hours, up to ${most}.`,
      change: 'Change',
    },
    clear: {
      title: 'Remove answers',
      lead: 'They are not given again from then on. You can take it back for ten minutes.',
      which: 'Which',
      what: {
        shown: { title: 'Those that the filter shows' },
        unused: { title: 'Those never used', note: 'Without pinned ones.' },
        old: { title: 'Those older than a week', note: 'Without pinned ones.' },
        all: { title: 'All', note: 'Pinned ones too.' },
      },
      counting: 'Counting',
      removes: (count) => `This removes ${answers(count)}.`,
      remove: 'Remove',
    },
    transfer: {
      title: 'Export and import',
      lead: 'One file of JSON lines with every question and answer in it, readable by whoever has it. Import only what you trust: its answers are given as if a model had said them.',
      export: 'Export all',
      import: 'Import a file',
    },
    tester: {
      title: 'Compare two questions',
      lead: 'Whether one would be answered with what was said to the other, and what each gate says.',
      answered: 'Question that was answered',
      asked: 'Question that is asked',
      compare: 'Compare',
      same: 'The same to the last character: an exact hit.',
      hit: 'A semantic hit.',
      miss: 'Not the same question.',
      silent: (gates) => `Nothing against it: ${gates}.`,
    },
    explain: {
      title: 'Why two requests are not the same',
      lead: 'Each part of a key has to be equal. Name two requests, or a request and a cached answer, and see the parts in which they differ.',
      one: 'One',
      other: 'The other',
      hint: 'The id of a request, as Traffic shows it, or the key of a cached answer.',
      compare: 'Compare',
      same: 'Their keys are equal: one answers the other.',
      differs: (count) => `They differ in ${formatCount(count)} ${plural(count, { one: 'part', other: 'parts' })}.`,
      refused: 'This is no id of a request and no key.',
      nothing: 'nothing',
    },
    nevers: {
      title: 'Never cached',
      lead: 'Requests equal to these always go to the provider, and their answers are not kept.',
      none: 'Nothing yet. “Never cache this” stands with every cached answer.',
      loading: 'Loading what is never cached',
      allow: 'Allow again',
      allowThis: (question) => `Allow again: ${question}`,
      add: 'Another request',
      addHint: 'Its id, as Traffic shows it. Its body has to be kept.',
      forbid: 'Never cache it',
      refused: 'This is no id of a request.',
    },
    toasts: {
      pinned: 'Pinned: it stays until you delete it.',
      unpinned: 'Unpinned.',
      deleted: 'Deleted from the response cache.',
      never: 'Equal requests always go to the provider from now on.',
      allowed: 'Allowed again.',
      removed: 'Removed: this answer is not given again.',
      learned: 'Learned: these two questions never share an answer again.',
      cleared: (count) => `${answers(count)} removed.`,
      imported: (count) => `${answers(count)} imported.`,
      refused: (count, first) => `${formatCount(count)} ${plural(count, { one: 'line', other: 'lines' })} could not be taken: ${first}.`,
      cold: (cost) => `It was not warm any more: the call wrote it anew, for ${cost}.`,
      kept: (cost) => `Kept warm for ${cost}.`,
    },
    warm: {
      title: 'Prompt cache',
      summary: (count, worth) =>
        `${formatCount(count)} warm ${plural(count, { one: 'prefix', other: 'prefixes' })} at providers, worth ${worth} at the next turns`,
      none: 'no warm prefixes at providers',
      failed: 'What is warm at providers could not be loaded',
      tokens: (count) => `${formatCount(count)} ${plural(count, { one: 'token', other: 'tokens' })}`,
      left: (span) => `${span} left`,
      untilNote: 'As far as the provider’s rules tell',
      worthNote: 'What reading it saves at the next turn',
      keep: (cost) => `Keep warm for ${cost}`,
      keepNote: (share) =>
        `Sends the last turn once more with the shortest answer. It pays when another turn within the time gained is likelier than ${share} %.`,
      refusals: KEEP_WARM_REFUSALS,
    },
  },
  de: {
    title: 'Antwort-Cache',
    cancel: 'Abbrechen',
    close: 'Schließen',
    tryAgain: 'Noch einmal',
    moreThanText: 'mehr als Text',
    strip: {
      label: 'Der Antwort-Cache in Zahlen',
      answers: 'Antworten',
      answersNote: (most, pinned) => `Höchstens ${most}; ${pinned} angeheftet`,
      size: 'Größe',
      sizeNote: (most) => `Höchstens ${most}`,
      hits: 'Treffer, 30 Tage',
      hitsNote: (semantic) => `${semantic} davon in anderen Worten`,
      saved: 'Gespart',
      savedNote: 'Was diese Treffer bei den Modellen gekostet hätten, die geantwortet haben',
      nearMisses: 'Beinahetreffer',
      nearMissesNote: 'Fragen in anderen Worten, die ein Wächter abgelehnt hat',
      wrong: 'Falsch',
      wrongNote: 'Treffer, die Sie falsch genannt haben',
      checked: 'Geprüft',
      differ: (differed, checked) => `${differed} von ${checked} weichen ab`,
      checkedNote: (cost) => `Das Nachfragen hat ${cost} gekostet`,
    },
    bar: {
      label: 'Aufbewahrte Antworten filtern',
      search: 'Fragen und Antworten durchsuchen',
      clearSearch: 'Suche leeren',
      kind: 'Art',
      kinds: { all: 'Alle', exact: 'Exakt', semantic: 'Semantisch' },
      model: 'Modell',
      allModels: 'Alle Modelle',
      order: 'Reihenfolge',
      sorts: { newest: 'Neueste', hits: 'Meiste Treffer', saved: 'Am meisten gespart', largest: 'Größte' },
      tester: 'Zwei Fragen vergleichen',
      explain: 'Warum zwei Anfragen nicht gleich sind',
      never: 'Nie aufbewahrt',
      clear: 'Antworten entfernen',
      transfer: 'Export und Import',
      settings: 'Einstellungen des Antwort-Caches',
    },
    list: {
      label: 'Aufbewahrte Antworten',
      loading: 'Aufbewahrte Antworten werden geladen',
      failed: 'Der Antwort-Cache konnte nicht geladen werden',
      nothingFits: 'Keine Antwort passt',
      nothingFitsWhy: 'Gesucht wird nach ganzen Wörtern und Wortanfängen in Fragen und Antworten.',
      showAll: 'Alle zeigen',
      moreFailed: 'Weitere Antworten konnten nicht geladen werden.',
      loadingMore: 'Weitere Antworten werden geladen',
      all: (count) => `Das ist alles: ${antworten(count)}.`,
      columns: {
        question: 'Frage',
        model: 'Modell',
        kind: 'Art',
        hits: 'Treffer',
        last: 'Letzter',
        made: 'Entstanden',
        expires: 'Läuft ab',
        size: 'Größe',
        saved: 'Gespart',
      },
      semantic: 'semantisch',
      semanticNote: 'Hat auch Fragen in anderen Worten beantwortet',
      exact: 'exakt',
      pinned: 'angeheftet',
    },
    first: {
      title: 'Noch keine Antworten aufbewahrt',
      exact: 'Exakt:',
      exactWhat: 'eine Anfrage, die in allem gleich ist, was ihre Antwort ändern kann, bekommt die Antwort von vorher, sofort und ohne Kosten.',
      semantic: 'Semantisch:',
      semanticWhat:
        'für die Client-Schlüssel, Aliase und Presets, die Sie wählen, auch eine Frage in anderen Worten, wenn Zahlen, Namen, Verneinungen und alles Übrige übereinstimmen.',
      toggle: 'Den Antwort-Cache für jede Anfrage nutzen',
      toggleHint: 'Aus: nur für Anfragen, die mit dem Header X-OpenRouter-Cache: true darum bitten.',
      promptCache: 'Der Prompt-Cache, den Anbieter für den Anfang einer Unterhaltung führen, ist etwas anderes.',
      settings: 'Alle Einstellungen',
    },
    life: {
      never: 'nie',
      expired: 'abgelaufen',
      days: (days) => `${days} Tage`,
      pinned: 'angeheftet',
      expiresIn: (span) => `läuft in ${span} ab`,
      in: (span) => `in ${span}`,
      neverPinned: 'nie: angeheftet',
    },
    drawer: {
      label: 'Aufbewahrte Antwort',
      loading: 'Die Antwort wird geladen',
      failed: 'Diese Antwort konnte nicht geladen werden',
      pin: 'Anheften: bleibt, bis sie gelöscht wird',
      unpin: 'Lösen',
      delete: 'Löschen (Entf)',
      tabs: { answer: 'Antwort', hits: 'Treffer', near: 'Nahe', key: 'Schlüssel' },
      question: 'Frage',
      questionHolds: 'Sie enthält mehr als Text: siehe die Anfrage, die sie gestellt hat.',
      answer: 'Antwort',
      copyAnswer: 'Antwort kopieren',
      changeLife: 'Lebensdauer ändern',
      wrong: 'Das war falsch',
      never: 'Nie aufbewahren',
      facts: {
        made: 'Entstanden',
        by: 'Durch Anfrage',
        for: 'Für',
        expires: 'Läuft ab',
        size: 'Größe',
        hits: 'Treffer',
        last: 'Letzter Treffer',
        saved: 'Gespart',
      },
      nothingYet: 'noch nichts',
      noHits: 'Noch niemand hat daraus eine Antwort bekommen.',
      olderHits: (count) => `${count} ältere Treffer sind gezählt, aber nicht gezeigt.`,
      similarity: (value) => `Ähnlichkeit ${value}`,
      exact: 'exakt',
      askedAgain: { agrees: 'nachgefragt: stimmt überein', differs: 'nachgefragt: weicht ab' },
      nearMisses: 'Beinahetreffer',
      noNearMisses: 'Keine Frage kam nahe, ohne für diese gehalten zu werden.',
      neighbours: 'Nahe Nachbarn',
      noNeighbours: 'Keine andere Antwort steht daneben: gleich in allem außer der Frage.',
      nothingApart: 'Nichts hält die beiden auseinander.',
      keyLead: 'Eine Anfrage wird hieraus beantwortet, wenn all das gleich ist. Ob sie streamt und in welchem Dialekt sie gestellt wird, gehört nicht dazu.',
      nothing: 'nichts',
      copyKey: 'Schlüssel kopieren',
      compareKey: 'Warum wurde eine Anfrage nicht hieraus beantwortet?',
    },
    parts: {
      scope: 'Wer sie nutzen darf',
      model: 'Modell',
      system: 'System-Prompt',
      turns: 'Frühere Beiträge',
      question: 'Frage',
      tools: 'Werkzeuge',
      parameters: 'Parameter',
      format: 'Ausgabeformat',
      routing: 'Ausweichmodelle',
      rest: 'Alles Übrige',
    },
    scopes: {
      everyone: 'jeden Client-Schlüssel',
      environment: 'den Schlüssel der Umgebung',
      demo: 'den Demo-Schlüssel',
      playground: 'den Playground',
      gone: 'einen Client-Schlüssel, den es nicht mehr gibt',
    },
    lifeDialog: {
      title: 'Lebensdauer ändern',
      pinned: 'Sie ist angeheftet und bleibt so lange; dies zählt, sobald sie gelöst wird.',
      fromNow: 'Von jetzt an gezählt.',
      hours: 'Stunden',
      refused: (most) => `Eine Zahl von Stunden, höchstens ${most}.`,
      change: 'Ändern',
    },
    clear: {
      title: 'Antworten entfernen',
      lead: 'Sie werden von da an nicht mehr gegeben. Zehn Minuten lang lässt sich das zurücknehmen.',
      which: 'Welche',
      what: {
        shown: { title: 'Die der Filter zeigt' },
        unused: { title: 'Nie genutzte', note: 'Ohne angeheftete.' },
        old: { title: 'Die älter als eine Woche sind', note: 'Ohne angeheftete.' },
        all: { title: 'Alle', note: 'Auch angeheftete.' },
      },
      counting: 'Wird gezählt',
      removes: (count) => `Das entfernt ${antworten(count)}.`,
      remove: 'Entfernen',
    },
    transfer: {
      title: 'Export und Import',
      lead: 'Eine Datei aus JSON-Zeilen mit jeder Frage und Antwort, lesbar für alle, die sie haben. Importieren Sie nur, wem Sie trauen: Die Antworten werden gegeben, als hätte sie ein Modell gesagt.',
      export: 'Alle exportieren',
      import: 'Datei importieren',
    },
    tester: {
      title: 'Zwei Fragen vergleichen',
      lead: 'Ob die eine mit dem beantwortet würde, was auf die andere gesagt wurde, und was jeder Wächter sagt.',
      answered: 'Frage, die beantwortet wurde',
      asked: 'Frage, die gestellt wird',
      compare: 'Vergleichen',
      same: 'Gleich bis aufs letzte Zeichen: ein exakter Treffer.',
      hit: 'Ein semantischer Treffer.',
      miss: 'Nicht dieselbe Frage.',
      silent: (gates) => `Nichts dagegen: ${gates}.`,
    },
    explain: {
      title: 'Warum zwei Anfragen nicht gleich sind',
      lead: 'Jeder Teil eines Schlüssels muss gleich sein. Nennen Sie zwei Anfragen, oder eine Anfrage und eine aufbewahrte Antwort, und sehen Sie, worin sie sich unterscheiden.',
      one: 'Die eine',
      other: 'Die andere',
      hint: 'Die Kennung einer Anfrage, wie Traffic sie zeigt, oder der Schlüssel einer aufbewahrten Antwort.',
      compare: 'Vergleichen',
      same: 'Ihre Schlüssel sind gleich: die eine beantwortet die andere.',
      differs: (count) => `Sie unterscheiden sich in ${formatCount(count)} ${plural(count, { one: 'Teil', other: 'Teilen' })}.`,
      refused: 'Das ist keine Kennung einer Anfrage und kein Schlüssel.',
      nothing: 'nichts',
    },
    nevers: {
      title: 'Nie aufbewahrt',
      lead: 'Anfragen, die diesen gleich sind, gehen immer zum Anbieter, und ihre Antworten werden nicht aufbewahrt.',
      none: 'Noch nichts. „Nie aufbewahren“ steht bei jeder aufbewahrten Antwort.',
      loading: 'Was nie aufbewahrt wird, wird geladen',
      allow: 'Wieder erlauben',
      allowThis: (question) => `Wieder erlauben: ${question}`,
      add: 'Eine weitere Anfrage',
      addHint: 'Ihre Kennung, wie Traffic sie zeigt. Ihr Inhalt muss aufbewahrt sein.',
      forbid: 'Nie aufbewahren',
      refused: 'Das ist keine Kennung einer Anfrage.',
    },
    toasts: {
      pinned: 'Angeheftet: sie bleibt, bis Sie sie löschen.',
      unpinned: 'Gelöst.',
      deleted: 'Aus dem Antwort-Cache gelöscht.',
      never: 'Gleiche Anfragen gehen von nun an immer zum Anbieter.',
      allowed: 'Wieder erlaubt.',
      removed: 'Entfernt: diese Antwort wird nicht mehr gegeben.',
      learned: 'Gelernt: diese beiden Fragen teilen nie wieder eine Antwort.',
      cleared: (count) => `${antworten(count)} entfernt.`,
      imported: (count) => `${antworten(count)} importiert.`,
      refused: (count, first) => `${formatCount(count)} ${plural(count, { one: 'Zeile konnte', other: 'Zeilen konnten' })} nicht übernommen werden: ${first}.`,
      cold: (cost) => `Er war nicht mehr warm: der Aufruf hat ihn neu geschrieben, für ${cost}.`,
      kept: (cost) => `Warm gehalten für ${cost}.`,
    },
    warm: {
      title: 'Prompt-Cache',
      summary: (count, worth) =>
        `${formatCount(count)} ${plural(count, { one: 'warmer Anfang', other: 'warme Anfänge' })} bei Anbietern, ${worth} wert bei den nächsten Beiträgen`,
      none: 'keine warmen Anfänge bei Anbietern',
      failed: 'Was bei Anbietern warm ist, konnte nicht geladen werden',
      tokens: (count) => `${formatCount(count)} Token`,
      left: (span) => `noch ${span}`,
      untilNote: 'Soweit die Regeln des Anbieters es sagen',
      worthNote: 'Was das Lesen beim nächsten Beitrag spart',
      keep: (cost) => `Für ${cost} warm halten`,
      keepNote: (share) =>
        `Sendet den letzten Beitrag noch einmal mit der kürzesten Antwort. Es lohnt sich, wenn ein weiterer Beitrag in der gewonnenen Zeit wahrscheinlicher ist als ${share} %.`,
      refusals: {
        'model-gone': 'Sein Modell steht nicht mehr im Katalog.',
        'this-machine': 'Er liegt im Speicher dieses Rechners.',
        'not-renewed': 'Sein Anbieter sagt nicht, dass Lesen einen Anfang erhält.',
        'no-prices': 'Seine Preise sind nicht bekannt.',
        'not-held':
          'Sein letzter Beitrag, den der Aufruf wiederholte, ist weder im Speicher noch ganz in Traffic: er wurde losgelassen, war zu lang, oder Inhalte werden nicht aufbewahrt.',
        thinks: 'Es denkt innerhalb eines Budgets, das der Aufruf bezahlen müsste.',
        dialect: 'Sein Client spricht einen Dialekt, in dem so ein Aufruf nicht gemacht wird.',
        'does-not-pay': 'Der Aufruf würde mehr kosten, als er wahrscheinlich spart.',
      },
    },
  },
}
