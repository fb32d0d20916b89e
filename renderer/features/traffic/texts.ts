import type { CacheWord, Flag, NameField, NumberField } from '../../../shared/traffic/filter.ts'
import type { ProblemKind } from '../../../shared/traffic/parse-filter.ts'
import { plural, type Texts } from '../../i18n/texts.ts'
import { formatCount } from '../../ui/figures.ts'
import type { Tab } from './store.ts'

export interface TrafficTexts {
  readonly title: string
  readonly listLabel: string
  readonly loading: string
  readonly loadingRow: (place: string) => string
  readonly loadFailed: string
  readonly partFailed: string
  readonly tryAgain: string
  readonly all: (count: number) => string
  readonly count: (count: number) => string
  readonly today: (count: number) => string
  readonly nothingFits: string
  readonly nothingFitsWhy: string
  readonly showAll: string
  readonly filter: {
    readonly label: string
    readonly field: string
    readonly placeholder: string
    readonly clear: string
    readonly suggestions: string
    readonly problems: Readonly<Record<ProblemKind, (word: string) => string>>
    readonly fields: Readonly<Record<NameField | NumberField | 'cache' | 'is', string>>
    readonly flags: Readonly<Record<Flag, string>>
    readonly cacheWords: Readonly<Record<CacheWord, string>>
    /** Words for which a filter is proposed as they are typed, and the filter. */
    readonly aliases: readonly (readonly [word: string, filter: string, note: string])[]
    readonly saved: string
    readonly savedNone: string
    readonly save: string
    readonly saveWhy: (filter: string) => string
    readonly name: string
    readonly saveDo: string
    readonly savedAs: (name: string) => string
    readonly drop: (name: string) => string
    readonly dropped: (name: string) => string
  }
  readonly columns: Readonly<Record<'time' | 'client' | 'model' | 'outcome' | 'first' | 'total' | 'speed' | 'input' | 'cached' | 'output' | 'cost', string>>
  readonly unknownClient: string
  readonly notReadable: string
  readonly servedBy: string
  readonly merged: string
  readonly cached: string
  readonly pinned: string
  readonly tries: (count: number) => string
  readonly triesWhy: string
  readonly simulated: string
  readonly simulatedWhy: string
  readonly details: string
  readonly request: string
  readonly unreadableRequest: string
  readonly loadingRequest: string
  readonly requestFailed: string
  readonly partsLabel: string
  readonly tabs: Readonly<Record<Tab, string>>
  readonly actions: {
    readonly more: string
    readonly replay: string
    readonly compare: string
    readonly pin: string
    readonly unpin: string
    readonly rule: string
    readonly diff: string
    readonly diffWith: string
    readonly remove: string
    readonly clear: string
    readonly copyCurl: string
    readonly copyTypeScript: string
    readonly copyPython: string
    readonly copyJson: string
    readonly copied: (what: string) => string
    readonly refused: string
    readonly noBody: string
    readonly noSdk: string
    readonly replayed: string
    readonly pinnedNow: string
    readonly unpinnedNow: string
    readonly removed: (count: number) => string
    readonly notRemoved: string
    readonly writtenOut: (turns: number) => string
    readonly filesLeftOut: (count: number) => string
    readonly noCheaper: string
    readonly notCached: string
    /** @param key that chooses the other one; undefined: none does */
    readonly diffHalf: (key: string | undefined) => string
    readonly open: string
  }
  readonly clear: {
    readonly title: string
    readonly counting: string
    readonly all: string
    readonly what: (filter: string) => string
    readonly count: (count: number) => string
    readonly pinned: (count: number) => string
    readonly running: (count: number) => string
    readonly kept: string
    readonly action: (count: number) => string
    readonly cancel: string
  }
  readonly first: {
    readonly title: string
    readonly off: string
    readonly listening: (address: string) => string
    readonly connecting: string
    readonly tryIt: string
    readonly code: string
    readonly connect: string
  }
}

export const TRAFFIC_TEXTS: Texts<TrafficTexts> = {
  en: {
    title: 'Traffic',
    listLabel: 'Requests, newest first',
    loading: 'Loading requests',
    loadingRow: (place) => `Request ${place} is loading`,
    loadFailed: 'The log could not be loaded',
    partFailed: 'A part of the log could not be loaded.',
    tryAgain: 'Try again',
    all: (count) => `That is all: ${formatCount(count)} ${plural(count, { one: 'request', other: 'requests' })}.`,
    count: (count) => `${count.toLocaleString('en')} ${plural(count, { one: 'request', other: 'requests' })}`,
    today: (count) => `${formatCount(count)} ${plural(count, { one: 'request', other: 'requests' })} today`,
    nothingFits: 'No request fits',
    nothingFitsWhy: 'Every word of the filter has to hold.',
    showAll: 'Show all',
    filter: {
      label: 'Filter requests',
      field: 'Filter by words, model:, client:, status>=, cost>, is:failed and others',
      placeholder: 'Filter: status>=400 model:claude* -client:cursor',
      clear: 'Clear the filter',
      suggestions: 'Suggestions',
      problems: {
        'unknown-field': (word) => `There is no field “${word}”. To search for the text itself, put it in quotes.`,
        'no-value': (word) => `“${word}” needs a value after it.`,
        'bad-number': (word) => `“${word}” is no amount here.`,
        'no-unit': (word) => `“${word}” needs a unit, such as ${word}s or ${word}ms.`,
        'bad-comparison': (word) => `Words are not compared with “${word}”; use : or =.`,
        'unknown-word': (word) => `“${word}” is not one of the words that can stand here.`,
        'open-quote': () => 'A quote is not closed.',
      },
      fields: {
        model: 'asked for or answering',
        requested: 'model asked for',
        served: 'model that answered',
        provider: 'who hosts it',
        client: 'client key',
        source: 'proxy, playground, …',
        dialect: 'format of the client',
        outcome: 'how it ended',
        finish: 'why the answer ended',
        message: 'what the client was told',
        id: 'number of the request',
        status: 'HTTP status, also 4xx',
        cost: 'in dollars',
        saved: 'in dollars',
        tokens: 'in and out',
        in: 'tokens in',
        out: 'tokens out',
        cached: 'tokens read from a prompt cache',
        ttft: 'until the first content, such as 2s',
        total: 'until the end, such as 30s',
        speed: 'tokens per second',
        tries: 'attempts',
        age: 'such as 1h or 2d',
        cache: 'response cache',
        is: 'a property',
      },
      flags: {
        ok: 'answered',
        failed: 'did not work',
        open: 'still running',
        cancelled: 'the client left',
        streamed: 'as a stream',
        simulated: 'made up by Switchyard',
        cached: 'answered from the response cache',
        pinned: 'kept by you',
        retried: 'more than one attempt',
        moved: 'another model answered',
        unpriced: 'cost not known',
      },
      cacheWords: {
        hit: 'answered from it',
        miss: 'not in it',
        exact: 'the same request',
        semantic: 'other words',
        merged: 'shared a call',
        refresh: 'asked anew',
        none: 'had no part',
      },
      aliases: [
        ['err', 'is:failed', 'did not work'],
        ['error', 'is:failed', 'did not work'],
        ['errors', 'is:failed', 'did not work'],
        ['fail', 'is:failed', 'did not work'],
        ['slow', 'ttft>5s', 'first content after more than 5 s'],
        ['running', 'is:open', 'still running'],
        ['expensive', 'cost>0.05', 'more than 5 cents'],
        ['retry', 'is:retried', 'more than one attempt'],
      ],
      saved: 'Saved filters',
      savedNone: 'None yet',
      save: 'Save this filter…',
      saveWhy: (filter) => `Keeps “${filter}” under a name.`,
      name: 'Name',
      saveDo: 'Save',
      savedAs: (name) => `Saved as “${name}”.`,
      drop: (name) => `Forget the filter “${name}”`,
      dropped: (name) => `“${name}” is forgotten.`,
    },
    columns: {
      time: 'Time',
      client: 'Client',
      model: 'Model',
      outcome: 'Outcome',
      first: 'First',
      total: 'Total',
      speed: 'tok/s',
      input: 'In',
      cached: 'Cached',
      output: 'Out',
      cost: 'Cost',
    },
    unknownClient: 'unknown',
    notReadable: 'not readable',
    servedBy: 'served by',
    merged: 'merged',
    cached: 'cached',
    pinned: 'pinned',
    tries: (count) => `${count} tries`,
    triesWhy: 'How many times an endpoint was tried',
    simulated: 'simulated',
    simulatedWhy: 'Simulated: made up by Switchyard itself',
    details: 'Request details',
    request: 'Request',
    unreadableRequest: 'Unreadable request',
    loadingRequest: 'Loading the request',
    requestFailed: 'The request could not be loaded',
    partsLabel: 'Parts of the request',
    tabs: { summary: 'Summary', request: 'Request', response: 'Response', translated: 'Translated', why: 'Why', cost: 'Cost', cache: 'Cache' },
    actions: {
      more: 'More actions',
      replay: 'Send again',
      compare: 'Compare with cheaper models',
      pin: 'Pin',
      unpin: 'Unpin',
      rule: 'Make a rule',
      diff: 'Compare with another request',
      diffWith: 'Compare with the chosen request',
      remove: 'Delete',
      clear: 'Delete what is shown…',
      copyCurl: 'Copy as curl',
      copyTypeScript: 'Copy as SDK call (TypeScript)',
      copyPython: 'Copy as SDK call (Python)',
      copyJson: 'Copy everything as JSON',
      copied: (what) => `Copied: ${what}`,
      refused: 'The clipboard is not allowed here.',
      noBody: 'Its body was not kept, so there is nothing to copy.',
      noSdk: 'Its format has no SDK that fits; copy it as curl.',
      replayed: 'Sent again.',
      pinnedNow: 'Pinned: it stays when others are deleted.',
      unpinnedNow: 'No longer pinned.',
      removed: (count) =>
        `${formatCount(count)} ${plural(count, { one: 'request', other: 'requests' })} deleted. What ${plural(count, { one: 'it', other: 'they' })} cost stays counted.`,
      notRemoved: 'A running request cannot be deleted.',
      writtenOut: (turns) => `The conversation of ${turns} turns stands in one prompt.`,
      filesLeftOut: (count) => `${count} ${plural(count, { one: 'file was', other: 'files were' })} left out.`,
      notCached: 'No cached answer was given to this request.',
      noCheaper: 'No cheaper model that you can use fits this request.',
      diffHalf: (key) => (key === undefined ? 'Now choose the other request.' : `Now press ${key} on the other request.`),
      open: 'Open',
    },
    clear: {
      title: 'Delete requests',
      counting: 'Counting',
      all: 'All requests are shown, so all are meant.',
      what: (filter) => `Those that fit “${filter}”.`,
      count: (count) => `${count.toLocaleString('en')} ${plural(count, { one: 'request', other: 'requests' })} would be deleted.`,
      pinned: (count) => `${count.toLocaleString('en')} pinned ${plural(count, { one: 'one stays', other: 'ones stay' })}.`,
      running: (count) => `${count.toLocaleString('en')} running ${plural(count, { one: 'one stays', other: 'ones stay' })}.`,
      kept: 'What they cost stays counted. You can bring them back for ten minutes.',
      action: (count) => `Delete ${count.toLocaleString('en')}`,
      cancel: 'Cancel',
    },
    first: {
      title: 'Waiting for the first request',
      off: 'The endpoint is off, so nothing can arrive.',
      listening: (address) => `Listening on ${address}`,
      connecting: 'Connecting',
      tryIt: 'Try it with the demo key. It opens only the simulated models.',
      code: 'first request',
      connect: 'Connect a tool',
    },
  },
  de: {
    title: 'Verkehr',
    listLabel: 'Anfragen, die neuesten zuerst',
    loading: 'Anfragen werden geladen',
    loadingRow: (place) => `Anfrage ${place} wird geladen`,
    loadFailed: 'Das Protokoll konnte nicht geladen werden',
    partFailed: 'Ein Teil des Protokolls konnte nicht geladen werden.',
    tryAgain: 'Noch einmal',
    all: (count) => `Das sind alle: ${formatCount(count)} ${plural(count, { one: 'Anfrage', other: 'Anfragen' })}.`,
    count: (count) => `${count.toLocaleString('de')} ${plural(count, { one: 'Anfrage', other: 'Anfragen' })}`,
    today: (count) => `heute ${formatCount(count)} ${plural(count, { one: 'Anfrage', other: 'Anfragen' })}`,
    nothingFits: 'Keine Anfrage passt',
    nothingFitsWhy: 'Jedes Wort des Filters muss zutreffen.',
    showAll: 'Alle zeigen',
    filter: {
      label: 'Anfragen filtern',
      field: 'Filtern nach Wörtern, model:, client:, status>=, cost>, is:failed und anderem',
      placeholder: 'Filter: status>=400 model:claude* -client:cursor',
      clear: 'Filter leeren',
      suggestions: 'Vorschläge',
      problems: {
        'unknown-field': (word) => `Ein Feld „${word}“ gibt es nicht. Um nach dem Text selbst zu suchen, setzen Sie ihn in Anführungszeichen.`,
        'no-value': (word) => `Nach „${word}“ fehlt ein Wert.`,
        'bad-number': (word) => `„${word}“ ist hier keine Menge.`,
        'no-unit': (word) => `„${word}“ braucht eine Einheit, etwa ${word}s oder ${word}ms.`,
        'bad-comparison': (word) => `Wörter werden nicht mit „${word}“ verglichen; nehmen Sie : oder =.`,
        'unknown-word': (word) => `„${word}“ ist keines der Wörter, die hier stehen können.`,
        'open-quote': () => 'Ein Anführungszeichen ist nicht geschlossen.',
      },
      fields: {
        model: 'verlangtes oder antwortendes',
        requested: 'verlangtes Modell',
        served: 'antwortendes Modell',
        provider: 'wer es betreibt',
        client: 'Client-Schlüssel',
        source: 'proxy, playground, …',
        dialect: 'Format des Clients',
        outcome: 'wie sie endete',
        finish: 'warum die Antwort endete',
        message: 'was dem Client gesagt wurde',
        id: 'Nummer der Anfrage',
        status: 'HTTP-Status, auch 4xx',
        cost: 'in Dollar',
        saved: 'in Dollar',
        tokens: 'hinein und heraus',
        in: 'Token hinein',
        out: 'Token heraus',
        cached: 'Token aus einem Prompt-Cache',
        ttft: 'bis zum ersten Inhalt, etwa 2s',
        total: 'bis zum Ende, etwa 30s',
        speed: 'Token je Sekunde',
        tries: 'Versuche',
        age: 'etwa 1h oder 2d',
        cache: 'Antwort-Cache',
        is: 'eine Eigenschaft',
      },
      flags: {
        ok: 'beantwortet',
        failed: 'fehlgeschlagen',
        open: 'läuft noch',
        cancelled: 'der Client ging',
        streamed: 'als Strom',
        simulated: 'von Switchyard erdacht',
        cached: 'aus dem Antwort-Cache beantwortet',
        pinned: 'von Ihnen behalten',
        retried: 'mehr als ein Versuch',
        moved: 'ein anderes Modell antwortete',
        unpriced: 'Kosten unbekannt',
      },
      cacheWords: {
        hit: 'daraus beantwortet',
        miss: 'nicht darin',
        exact: 'gleiche Anfrage',
        semantic: 'andere Worte',
        merged: 'teilte einen Aufruf',
        refresh: 'neu gefragt',
        none: 'nicht beteiligt',
      },
      aliases: [
        ['err', 'is:failed', 'fehlgeschlagen'],
        ['error', 'is:failed', 'fehlgeschlagen'],
        ['fehler', 'is:failed', 'fehlgeschlagen'],
        ['langsam', 'ttft>5s', 'erster Inhalt nach mehr als 5 s'],
        ['slow', 'ttft>5s', 'erster Inhalt nach mehr als 5 s'],
        ['läuft', 'is:open', 'läuft noch'],
        ['teuer', 'cost>0.05', 'mehr als 5 Cent'],
        ['wiederholt', 'is:retried', 'mehr als ein Versuch'],
      ],
      saved: 'Gespeicherte Filter',
      savedNone: 'Noch keine',
      save: 'Diesen Filter speichern …',
      saveWhy: (filter) => `Behält „${filter}“ unter einem Namen.`,
      name: 'Name',
      saveDo: 'Speichern',
      savedAs: (name) => `Als „${name}“ gespeichert.`,
      drop: (name) => `Filter „${name}“ vergessen`,
      dropped: (name) => `„${name}“ ist vergessen.`,
    },
    columns: {
      time: 'Zeit',
      client: 'Client',
      model: 'Modell',
      outcome: 'Ausgang',
      first: 'Erstes',
      total: 'Gesamt',
      speed: 'Tok/s',
      input: 'Ein',
      cached: 'Cache',
      output: 'Aus',
      cost: 'Kosten',
    },
    unknownClient: 'unbekannt',
    notReadable: 'nicht lesbar',
    servedBy: 'beantwortet von',
    merged: 'geteilt',
    cached: 'aus Cache',
    pinned: 'angeheftet',
    tries: (count) => `${count} Versuche`,
    triesWhy: 'Wie oft ein Endpunkt versucht wurde',
    simulated: 'simuliert',
    simulatedWhy: 'Simuliert: von Switchyard selbst erdacht',
    details: 'Einzelheiten der Anfrage',
    request: 'Anfrage',
    unreadableRequest: 'Unlesbare Anfrage',
    loadingRequest: 'Die Anfrage wird geladen',
    requestFailed: 'Die Anfrage konnte nicht geladen werden',
    partsLabel: 'Teile der Anfrage',
    tabs: { summary: 'Überblick', request: 'Anfrage', response: 'Antwort', translated: 'Übersetzt', why: 'Warum', cost: 'Kosten', cache: 'Cache' },
    actions: {
      more: 'Weitere Aktionen',
      replay: 'Noch einmal senden',
      compare: 'Mit günstigeren Modellen vergleichen',
      pin: 'Anheften',
      unpin: 'Lösen',
      rule: 'Eine Regel machen',
      diff: 'Mit einer anderen Anfrage vergleichen',
      diffWith: 'Mit der gewählten Anfrage vergleichen',
      remove: 'Löschen',
      clear: 'Gezeigte löschen …',
      copyCurl: 'Als curl kopieren',
      copyTypeScript: 'Als SDK-Aufruf kopieren (TypeScript)',
      copyPython: 'Als SDK-Aufruf kopieren (Python)',
      copyJson: 'Alles als JSON kopieren',
      copied: (what) => `Kopiert: ${what}`,
      refused: 'Die Zwischenablage ist hier nicht erlaubt.',
      noBody: 'Ihr Inhalt wurde nicht behalten, darum gibt es nichts zu kopieren.',
      noSdk: 'Zu ihrem Format passt kein SDK; kopieren Sie sie als curl.',
      replayed: 'Noch einmal gesendet.',
      pinnedNow: 'Angeheftet: Sie bleibt, wenn andere gelöscht werden.',
      unpinnedNow: 'Nicht mehr angeheftet.',
      removed: (count) =>
        `${formatCount(count)} ${plural(count, { one: 'Anfrage', other: 'Anfragen' })} gelöscht. Was ${plural(count, { one: 'sie kostete, bleibt', other: 'sie kosteten, bleibt' })} gezählt.`,
      notRemoved: 'Eine laufende Anfrage lässt sich nicht löschen.',
      writtenOut: (turns) => `Das Gespräch aus ${turns} Beiträgen steht in einem Prompt.`,
      filesLeftOut: (count) => `${count} ${plural(count, { one: 'Datei wurde', other: 'Dateien wurden' })} weggelassen.`,
      notCached: 'Auf diese Anfrage wurde keine Antwort aus dem Cache gegeben.',
      noCheaper: 'Kein günstigeres Modell, das Sie nutzen können, passt zu dieser Anfrage.',
      diffHalf: (key) => (key === undefined ? 'Wählen Sie nun die andere Anfrage.' : `Drücken Sie nun ${key} auf der anderen Anfrage.`),
      open: 'Öffnen',
    },
    clear: {
      title: 'Anfragen löschen',
      counting: 'Wird gezählt',
      all: 'Alle Anfragen werden gezeigt, also sind alle gemeint.',
      what: (filter) => `Die, auf die „${filter}“ zutrifft.`,
      count: (count) => `${count.toLocaleString('de')} ${plural(count, { one: 'Anfrage würde', other: 'Anfragen würden' })} gelöscht.`,
      pinned: (count) => `${count.toLocaleString('de')} angeheftete ${plural(count, { one: 'bleibt', other: 'bleiben' })}.`,
      running: (count) => `${count.toLocaleString('de')} laufende ${plural(count, { one: 'bleibt', other: 'bleiben' })}.`,
      kept: 'Was sie kosteten, bleibt gezählt. Zehn Minuten lang können Sie sie zurückholen.',
      action: (count) => `${count.toLocaleString('de')} löschen`,
      cancel: 'Abbrechen',
    },
    first: {
      title: 'Wartet auf die erste Anfrage',
      off: 'Der Endpunkt ist aus, darum kann nichts ankommen.',
      listening: (address) => `Hört auf ${address}`,
      connecting: 'Verbindet',
      tryIt: 'Versuchen Sie es mit dem Demo-Schlüssel. Er öffnet nur die simulierten Modelle.',
      code: 'erste Anfrage',
      connect: 'Ein Werkzeug verbinden',
    },
  },
}
