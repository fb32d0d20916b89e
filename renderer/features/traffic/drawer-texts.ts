/** The words of the drawer's tabs. */
import type { Bill } from '../../../shared/api/traffic.ts'
import type { KeyPartName } from '../../../shared/cache.ts'
import type { Tokens } from '../../../shared/chat.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { plural, type Texts } from '../../i18n/texts.ts'

export interface DrawerTexts {
  readonly yes: string
  readonly no: string
  readonly simulatedNotice: string
  readonly attempts: string
  readonly noAttempts: string
  readonly responseCache: string
  readonly promptCache: string
  readonly openEntry: string
  readonly openRequest: string
  readonly tokens: string
  readonly counted: Readonly<Record<'provider' | 'estimate' | 'nobody', string>>
  readonly buckets: Readonly<Record<keyof Tokens, string>>
  readonly allIn: string
  readonly allOut: string
  readonly facts: string
  readonly fact: Readonly<
    Record<
      | 'arrived'
      | 'from'
      | 'format'
      | 'streamed'
      | 'first'
      | 'whole'
      | 'speed'
      | 'ended'
      | 'finish'
      | 'cost'
      | 'served'
      | 'asked'
      | 'status'
      | 'input'
      | 'output'
      | 'number',
      string
    >
  >
  readonly sources: Readonly<Partial<Record<UsageRecord['source'], string>>>
  readonly unknown: string
  readonly headers: string
  readonly headersNote: (count: number) => string
  readonly bodyReceived: string
  readonly bodySent: string
  readonly sentTo: string
  readonly sentToUnknown: string
  readonly nothingSent: string
  readonly answeredHere: string
  readonly endedBefore: string
  readonly dropped: (fields: string, count: number) => string
  readonly untouched: string
  readonly rendered: string
  readonly raw: string
  readonly view: string
  readonly rawTitle: string
  readonly rawNotKept: string
  readonly rawCut: string
  readonly replyHeaders: string
  readonly reasoning: string
  readonly text: string
  readonly copyText: string
  readonly toolCalls: string
  readonly argumentsOf: (name: string) => string
  readonly stillAnswering: string
  readonly stillAnsweringWhy: string
  readonly noAnswer: string
  readonly noAnswerWhy: string
  readonly empty: string
  readonly asTree: string
  readonly asText: string
  readonly cut: (limit: string | undefined) => string
  readonly changeIt: string
  readonly notKept: string
  readonly notKeptWhy: Readonly<Record<'open' | 'none' | 'errors' | 'cleared', string>>
  readonly whatIsKept: string
  readonly json: {
    readonly fold: (name: string, size: string) => string
    readonly unfold: (name: string, size: string) => string
    readonly array: string
    readonly object: string
    readonly items: (count: number) => string
    readonly fields: (count: number) => string
    readonly all: (count: string) => string
  }
  readonly why: {
    readonly noPlan: string
    readonly planNotKept: string
    readonly noPlanYet: string
    readonly asked: (model: string) => string
    readonly decidedBy: (what: string) => string
    readonly automatic: string
    readonly ownRouting: string
    readonly candidates: string
    readonly candidatesNote: string
    readonly noneLeft: string
    readonly nobodyAsked: string
    readonly served: string
    readonly tried: string
    readonly priceUnknown: string
    readonly price: (usd: string) => string
    readonly first: (span: string) => string
    readonly speed: (rate: string) => string
    readonly warm: (tokens: string, worth: string | undefined) => string
    readonly failedLately: string
    readonly onTrial: string
    readonly resting: string
    readonly restingNote: string
    readonly limit: string
    readonly failures: string
    readonly passedOver: string
  }
  readonly cost: {
    readonly title: string
    readonly open: string
    readonly unknown: string
    readonly noList: string
    readonly asOf: (day: string) => string
    readonly saved: (model: string) => string
    readonly itsModel: string
    readonly bill: string
    readonly bucket: string
    readonly count: string
    readonly per: string
    readonly amount: string
    readonly byThePiece: string
    readonly sum: string
    readonly fromWhere: Readonly<Record<Bill['from'], string>>
    readonly tiers: Readonly<Record<Bill['tier'], string>>
    readonly price: string
    readonly version: string
    readonly source: string
    readonly differs: (sum: string) => string
    readonly free: (what: string) => string
    readonly compared: string
    readonly withoutCache: string
    readonly atAsked: (model: string) => string
    readonly less: (usd: string) => string
    readonly more: (usd: string) => string
    readonly noBill: string
    readonly noBillWhy: string
  }
  readonly cache: {
    readonly none: string
    readonly noneWhy: string
    readonly key: string
    readonly entry: string
    readonly entryGone: string
    readonly entryToCome: string
    readonly question: string
    readonly hits: string
    readonly made: string
    readonly saved: string
    readonly parts: string
    readonly partsNote: string
    readonly partNames: Readonly<Record<KeyPartName, string>>
    readonly differences: string
    readonly here: string
    readonly there: string
    readonly same: string
    readonly read: (tokens: string, percent: string) => string
    readonly wrote: (tokens: string) => string
    readonly noPrompt: string
    readonly loading: string
  }
  readonly diff: {
    readonly title: string
    readonly one: string
    readonly other: string
    readonly field: string
    readonly request: string
    readonly answer: string
    readonly same: string
    readonly tooDifferent: string
    readonly notKept: string
  }
}

export const DRAWER_TEXTS: Texts<DrawerTexts> = {
  en: {
    yes: 'yes',
    no: 'no',
    simulatedNotice: 'Simulated: this model is made up by Switchyard itself and costs nothing.',
    attempts: 'Attempts',
    noAttempts: 'No provider was called.',
    responseCache: 'Response cache',
    promptCache: 'Prompt cache',
    openEntry: 'Open the cached answer',
    openRequest: 'Open that request',
    tokens: 'Tokens',
    counted: { provider: 'as the provider counted', estimate: 'estimated by Switchyard', nobody: 'nobody counted' },
    buckets: {
      input: 'Input, not cached',
      cacheRead: 'Read from cache',
      cacheWrite5m: 'Cached for 5 min',
      cacheWrite1h: 'Cached for 1 h',
      output: 'Output',
      reasoning: 'Reasoning',
      audioInput: 'Sound in',
      audioCacheRead: 'Sound from cache',
      audioOutput: 'Sound out',
      imageInput: 'Pictures in',
      imageOutput: 'Pictures out',
    },
    allIn: 'All in',
    allOut: 'All out',
    facts: 'Facts',
    fact: {
      arrived: 'Arrived',
      from: 'From',
      format: 'Format',
      streamed: 'Streamed',
      first: 'First content',
      whole: 'Whole',
      speed: 'Speed',
      ended: 'Ended by',
      finish: 'Ended by',
      cost: 'Cost',
      served: 'Answered by',
      asked: 'Asked for',
      status: 'Outcome',
      input: 'Tokens in',
      output: 'Tokens out',
      number: 'Number',
    },
    sources: { playground: 'Playground', 'cache-check': 'Cache check', shadow: 'Shadow run', 'keep-warm': 'Keep-warm call' },
    unknown: 'unknown',
    headers: 'Headers',
    headersNote: (count) => `${count}, without credentials`,
    bodyReceived: 'Body as received',
    bodySent: 'Body as sent',
    sentTo: 'Sent to',
    sentToUnknown: 'not known',
    nothingSent: 'Nothing was sent',
    answeredHere: 'Switchyard answered by itself.',
    endedBefore: 'The request ended before any provider was called.',
    dropped: (fields, count) => `The provider’s format cannot carry ${fields}; ${count === 1 ? 'it was' : 'they were'} left out.`,
    untouched: 'Client and provider speak the same format: the body went on as it came, but for the name of the model.',
    rendered: 'Rendered',
    raw: 'Raw',
    view: 'How the answer is shown',
    rawTitle: 'What the client got',
    rawNotKept: 'The bytes of this answer were not kept.',
    rawCut: 'Only the beginning is kept.',
    replyHeaders: 'Headers of the reply',
    reasoning: 'Reasoning',
    text: 'Text',
    copyText: 'Copy the text',
    toolCalls: 'Tool calls',
    argumentsOf: (name) => `arguments of ${name}`,
    stillAnswering: 'Still answering',
    stillAnsweringWhy: 'The answer is kept when it has ended.',
    noAnswer: 'No answer',
    noAnswerWhy: 'Nothing came before the end.',
    empty: '(empty)',
    asTree: 'Show as tree',
    asText: 'Show as text',
    cut: (limit) => `Cut at the capture limit${limit === undefined ? '' : ` of ${limit}`}. `,
    changeIt: 'Change it',
    notKept: 'Bodies were not kept',
    notKeptWhy: {
      open: 'They are there when the request has ended.',
      none: 'Settings say to keep none.',
      errors: 'Settings say to keep those of failed requests only.',
      cleared: 'They were cleared to make room for newer ones, or the request came before they were kept.',
    },
    whatIsKept: 'What is kept',
    json: {
      fold: (name, size) => `Fold ${name}, ${size}`,
      unfold: (name, size) => `Unfold ${name}, ${size}`,
      array: 'array',
      object: 'object',
      items: (count) => `${count} ${plural(count, { one: 'item', other: 'items' })}`,
      fields: (count) => `${count} ${plural(count, { one: 'field', other: 'fields' })}`,
      all: (count) => `all ${count} characters`,
    },
    why: {
      noPlan: 'No plan',
      planNotKept: 'The plan of this request was not kept.',
      noPlanYet: 'The request ended before a model was chosen.',
      asked: (model) => `Asked for ${model}.`,
      decidedBy: (what) => `Decided by: ${what}.`,
      automatic: 'automatic routing',
      ownRouting: 'Your own routing',
      candidates: 'Candidates',
      candidatesNote: 'in the order in which they would be tried',
      noneLeft: 'None was left.',
      nobodyAsked: 'Nobody was asked.',
      served: 'served',
      tried: 'tried',
      priceUnknown: 'price not known',
      price: (usd) => `$${usd} a million tokens`,
      first: (span) => `first content ${span}`,
      speed: (rate) => `${rate} tok/s`,
      warm: (tokens, worth) => `up to ${tokens} tokens in its cache${worth === undefined ? '' : `, worth ${worth}`}`,
      failedLately: 'failed lately',
      onTrial: 'on trial',
      resting: 'Resting',
      restingNote: 'waited for when nobody else is left',
      limit: 'a limit was reached',
      failures: 'it failed too often',
      passedOver: 'Passed over',
    },
    cost: {
      title: 'Cost',
      open: 'Known when the request has ended.',
      unknown: 'Not known: there is no price for this model, or nobody counted its tokens.',
      noList: 'No price list was needed.',
      asOf: (day) => `With prices as of ${day}.`,
      saved: (model) => `saved: what the answer would have cost from ${model}.`,
      itsModel: 'its model',
      bill: 'How it came about',
      bucket: 'Tokens',
      count: 'Count',
      per: '$ a million',
      amount: 'Cost',
      byThePiece: 'By the piece',
      sum: 'Sum',
      fromWhere: {
        version: 'The price that it was charged at, kept since.',
        plan: 'The price that the plan of the request holds.',
        now: 'The price of now; that of then was not kept.',
        stated: 'The provider stated the sum itself; the lines are by its price list.',
      },
      tiers: { usual: 'usual price', long: 'price for long inputs', hours: 'price of that hour', service: 'price of its class of service' },
      price: 'Price',
      version: 'Version of the price',
      source: 'Source',
      differs: (sum) => `The lines come to ${sum}, which is not what was charged.`,
      free: (what) => `It was charged nothing: ${what}`,
      compared: 'Against other ways',
      withoutCache: 'Without a prompt cache',
      atAsked: (model) => `From ${model}, which was asked for`,
      less: (usd) => `${usd} saved`,
      more: (usd) => `${usd} more was paid`,
      noBill: 'No bill',
      noBillWhy: 'No model answered, nobody counted its tokens, or no price is known.',
    },
    cache: {
      none: 'The response cache had no part in this request',
      noneWhy: 'It was not asked for, or this kind of request is not kept.',
      key: 'Key',
      entry: 'Entry',
      entryGone: 'There is no entry: none was kept, or it is not there any more.',
      entryToCome: 'The answer is kept once it is complete.',
      question: 'Question',
      hits: 'Used',
      made: 'Made',
      saved: 'Saved so far',
      parts: 'What the key is made of',
      partsNote: 'equal requests have equal parts',
      partNames: {
        scope: 'Whose',
        model: 'Model',
        system: 'System prompt',
        turns: 'Turns before',
        question: 'Question',
        tools: 'Tools',
        parameters: 'Parameters',
        format: 'Form of the answer',
        routing: 'Routing',
        rest: 'The rest',
      },
      differences: 'Against the request whose answer it was',
      here: 'here',
      there: 'there',
      same: 'Equal in every part.',
      read: (tokens, percent) => `${tokens} tokens were read from the provider’s cache, ${percent} of what went in.`,
      wrote: (tokens) => `${tokens} tokens were written into it.`,
      noPrompt: 'The provider read nothing from a cache of its own.',
      loading: 'Loading the entry',
    },
    diff: {
      title: 'Two requests',
      one: 'First',
      other: 'Second',
      field: 'What',
      request: 'Request bodies',
      answer: 'Answers',
      same: 'They are the same.',
      tooDifferent: 'They have too little in common to be compared.',
      notKept: 'One of them was not kept.',
    },
  },
  de: {
    yes: 'ja',
    no: 'nein',
    simulatedNotice: 'Simuliert: Dieses Modell hat Switchyard selbst erdacht, und es kostet nichts.',
    attempts: 'Versuche',
    noAttempts: 'Kein Anbieter wurde gefragt.',
    responseCache: 'Antwort-Cache',
    promptCache: 'Prompt-Cache',
    openEntry: 'Gespeicherte Antwort öffnen',
    openRequest: 'Jene Anfrage öffnen',
    tokens: 'Token',
    counted: { provider: 'wie der Anbieter zählte', estimate: 'von Switchyard geschätzt', nobody: 'niemand hat gezählt' },
    buckets: {
      input: 'Eingabe, nicht aus Cache',
      cacheRead: 'Aus Cache gelesen',
      cacheWrite5m: 'Für 5 min gespeichert',
      cacheWrite1h: 'Für 1 h gespeichert',
      output: 'Ausgabe',
      reasoning: 'Nachdenken',
      audioInput: 'Ton hinein',
      audioCacheRead: 'Ton aus Cache',
      audioOutput: 'Ton heraus',
      imageInput: 'Bilder hinein',
      imageOutput: 'Bilder heraus',
    },
    allIn: 'Alles hinein',
    allOut: 'Alles heraus',
    facts: 'Daten',
    fact: {
      arrived: 'Eingang',
      from: 'Von',
      format: 'Format',
      streamed: 'Als Strom',
      first: 'Erster Inhalt',
      whole: 'Gesamt',
      speed: 'Tempo',
      ended: 'Ende durch',
      finish: 'Ende durch',
      cost: 'Kosten',
      served: 'Beantwortet von',
      asked: 'Gefragt nach',
      status: 'Ausgang',
      input: 'Token hinein',
      output: 'Token heraus',
      number: 'Nummer',
    },
    sources: { playground: 'Playground', 'cache-check': 'Cache-Prüfung', shadow: 'Schattenlauf', 'keep-warm': 'Warmhalten' },
    unknown: 'unbekannt',
    headers: 'Kopfzeilen',
    headersNote: (count) => `${count}, ohne Zugangsdaten`,
    bodyReceived: 'Inhalt, wie er kam',
    bodySent: 'Inhalt, wie er ging',
    sentTo: 'Gesendet an',
    sentToUnknown: 'nicht bekannt',
    nothingSent: 'Nichts wurde gesendet',
    answeredHere: 'Switchyard hat selbst geantwortet.',
    endedBefore: 'Die Anfrage endete, bevor ein Anbieter gefragt wurde.',
    dropped: (fields, count) => `Das Format des Anbieters kann ${fields} nicht tragen; ${count === 1 ? 'es wurde' : 'sie wurden'} weggelassen.`,
    untouched: 'Client und Anbieter sprechen dasselbe Format: Der Inhalt ging weiter, wie er kam, bis auf den Namen des Modells.',
    rendered: 'Gesetzt',
    raw: 'Roh',
    view: 'Wie die Antwort gezeigt wird',
    rawTitle: 'Was der Client bekam',
    rawNotKept: 'Die Bytes dieser Antwort wurden nicht behalten.',
    rawCut: 'Nur der Anfang ist behalten.',
    replyHeaders: 'Kopfzeilen der Antwort',
    reasoning: 'Nachdenken',
    text: 'Text',
    copyText: 'Text kopieren',
    toolCalls: 'Werkzeugaufrufe',
    argumentsOf: (name) => `Argumente von ${name}`,
    stillAnswering: 'Antwortet noch',
    stillAnsweringWhy: 'Die Antwort ist da, wenn sie zu Ende ist.',
    noAnswer: 'Keine Antwort',
    noAnswerWhy: 'Vor dem Ende kam nichts.',
    empty: '(leer)',
    asTree: 'Als Baum zeigen',
    asText: 'Als Text zeigen',
    cut: (limit) => `An der Aufnahmegrenze${limit === undefined ? '' : ` von ${limit}`} abgeschnitten. `,
    changeIt: 'Ändern',
    notKept: 'Inhalte wurden nicht behalten',
    notKeptWhy: {
      open: 'Sie sind da, wenn die Anfrage zu Ende ist.',
      none: 'Die Einstellungen sagen, dass keine behalten werden.',
      errors: 'Die Einstellungen sagen, dass nur die von fehlgeschlagenen Anfragen behalten werden.',
      cleared: 'Sie mussten neueren weichen, oder die Anfrage kam, bevor sie behalten wurden.',
    },
    whatIsKept: 'Was behalten wird',
    json: {
      fold: (name, size) => `${name} zuklappen, ${size}`,
      unfold: (name, size) => `${name} aufklappen, ${size}`,
      array: 'Liste',
      object: 'Objekt',
      items: (count) => `${count} ${plural(count, { one: 'Eintrag', other: 'Einträge' })}`,
      fields: (count) => `${count} ${plural(count, { one: 'Feld', other: 'Felder' })}`,
      all: (count) => `alle ${count} Zeichen`,
    },
    why: {
      noPlan: 'Kein Plan',
      planNotKept: 'Der Plan dieser Anfrage wurde nicht behalten.',
      noPlanYet: 'Die Anfrage endete, bevor ein Modell gewählt war.',
      asked: (model) => `Gefragt nach ${model}.`,
      decidedBy: (what) => `Entschieden durch: ${what}.`,
      automatic: 'das automatische Routing',
      ownRouting: 'Ihr eigenes Routing',
      candidates: 'Kandidaten',
      candidatesNote: 'in der Reihenfolge, in der sie versucht würden',
      noneLeft: 'Keiner blieb übrig.',
      nobodyAsked: 'Niemand wurde gefragt.',
      served: 'hat geantwortet',
      tried: 'versucht',
      priceUnknown: 'Preis nicht bekannt',
      price: (usd) => `$${usd} je Million Token`,
      first: (span) => `erster Inhalt ${span}`,
      speed: (rate) => `${rate} Tok/s`,
      warm: (tokens, worth) => `bis zu ${tokens} Token in seinem Cache${worth === undefined ? '' : `, wert ${worth}`}`,
      failedLately: 'neulich fehlgeschlagen',
      onTrial: 'auf Probe',
      resting: 'Ruhen',
      restingNote: 'auf sie wird gewartet, wenn sonst keiner übrig ist',
      limit: 'eine Grenze war erreicht',
      failures: 'zu oft fehlgeschlagen',
      passedOver: 'Übergangen',
    },
    cost: {
      title: 'Kosten',
      open: 'Bekannt, wenn die Anfrage zu Ende ist.',
      unknown: 'Nicht bekannt: Für dieses Modell gibt es keinen Preis, oder niemand hat seine Token gezählt.',
      noList: 'Eine Preisliste war nicht nötig.',
      asOf: (day) => `Mit Preisen vom ${day}.`,
      saved: (model) => `gespart: was die Antwort von ${model} gekostet hätte.`,
      itsModel: 'ihrem Modell',
      bill: 'Wie sie zustande kamen',
      bucket: 'Token',
      count: 'Anzahl',
      per: '$ je Million',
      amount: 'Kosten',
      byThePiece: 'Je Stück',
      sum: 'Summe',
      fromWhere: {
        version: 'Der Preis, zu dem berechnet wurde; er ist seither aufbewahrt.',
        plan: 'Der Preis, der im Plan der Anfrage steht.',
        now: 'Der Preis von jetzt; der von damals wurde nicht aufbewahrt.',
        stated: 'Der Anbieter nannte die Summe selbst; die Zeilen sind nach seiner Preisliste.',
      },
      tiers: { usual: 'üblicher Preis', long: 'Preis für lange Eingaben', hours: 'Preis jener Stunde', service: 'Preis seiner Dienstklasse' },
      price: 'Preis',
      version: 'Fassung des Preises',
      source: 'Quelle',
      differs: (sum) => `Die Zeilen ergeben ${sum}; berechnet wurde etwas anderes.`,
      free: (what) => `Es wurde nichts berechnet: ${what}`,
      compared: 'Gegenüber anderen Wegen',
      withoutCache: 'Ohne Prompt-Cache',
      atAsked: (model) => `Von ${model}, nach dem gefragt wurde`,
      less: (usd) => `${usd} gespart`,
      more: (usd) => `${usd} mehr bezahlt`,
      noBill: 'Keine Rechnung',
      noBillWhy: 'Kein Modell hat geantwortet, niemand hat seine Token gezählt, oder kein Preis ist bekannt.',
    },
    cache: {
      none: 'Der Antwort-Cache war an dieser Anfrage nicht beteiligt',
      noneWhy: 'Er wurde nicht verlangt, oder Anfragen dieser Art werden nicht aufbewahrt.',
      key: 'Schlüssel',
      entry: 'Eintrag',
      entryGone: 'Es gibt keinen Eintrag: keiner wurde behalten, oder es gibt ihn nicht mehr.',
      entryToCome: 'Die Antwort wird behalten, sobald sie vollständig ist.',
      question: 'Frage',
      hits: 'Verwendet',
      made: 'Entstanden',
      saved: 'Bisher gespart',
      parts: 'Woraus der Schlüssel besteht',
      partsNote: 'gleiche Anfragen haben gleiche Teile',
      partNames: {
        scope: 'Wessen',
        model: 'Modell',
        system: 'System-Prompt',
        turns: 'Beiträge davor',
        question: 'Frage',
        tools: 'Werkzeuge',
        parameters: 'Parameter',
        format: 'Form der Antwort',
        routing: 'Wege',
        rest: 'Der Rest',
      },
      differences: 'Gegenüber der Anfrage, deren Antwort es war',
      here: 'hier',
      there: 'dort',
      same: 'In jedem Teil gleich.',
      read: (tokens, percent) => `${tokens} Token wurden aus dem Cache des Anbieters gelesen, ${percent} der Eingabe.`,
      wrote: (tokens) => `${tokens} Token wurden hineingeschrieben.`,
      noPrompt: 'Der Anbieter hat nichts aus einem eigenen Cache gelesen.',
      loading: 'Der Eintrag wird geladen',
    },
    diff: {
      title: 'Zwei Anfragen',
      one: 'Erste',
      other: 'Zweite',
      field: 'Was',
      request: 'Inhalte der Anfragen',
      answer: 'Antworten',
      same: 'Sie sind gleich.',
      tooDifferent: 'Sie haben zu wenig gemeinsam, um verglichen zu werden.',
      notKept: 'Eine von ihnen wurde nicht behalten.',
    },
  },
}
