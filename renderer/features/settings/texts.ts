import type { Texts } from '../../i18n/texts.ts'
import type { ChoicePath, GroupId, ItemPath, PageId } from './items.ts'

interface Words {
  readonly label: string
  readonly hint?: string
}
interface OptionWords {
  readonly title: string
  readonly note?: string
}

interface SettingsTexts {
  readonly title: string
  readonly lead: string
  readonly loading: string
  readonly failed: string
  readonly tryAgain: string
  readonly pagesLabel: string
  readonly pages: Readonly<Record<PageId, string>>
  readonly search: string
  readonly nothingFound: string
  readonly groups: Readonly<Record<GroupId, string>>
  readonly items: Readonly<Record<ItemPath, Words>>
  readonly options: Readonly<Record<ChoicePath, Readonly<Record<string, OptionWords>>>>
  readonly inUnit: (label: string, unit: string) => string
  readonly days: string
  readonly changed: (label: string) => string
  readonly typeNumber: string
  readonly atLeast: (bound: string) => string
  readonly atMost: (bound: string) => string
  readonly noLimit: string
  readonly priceListRefused: string
  readonly usualPriceList: string
  readonly originsRefused: (origin: string) => string
  readonly openCache: string
  readonly openProviders: string
  readonly copyPath: string
  readonly show: string
  readonly folderFailed: string
  readonly desktop: string
  readonly headless: string
  readonly record: (action: string) => string
  readonly pressKeys: string
  readonly noKey: string
  readonly reset: (action: string) => string
  readonly remove: (action: string) => string
  readonly conflict: (others: string) => string
  readonly doctor: {
    readonly engine: string
    readonly engineOn: string
    readonly engineOff: string
    readonly prices: string
    readonly pricesAll: string
    readonly pricesMissing: (count: string) => string
  }
}

export const SETTINGS_TEXTS: Texts<SettingsTexts> = {
  en: {
    title: 'Settings',
    lead: 'Changes hold from the next request on. Everything here is kept in one file in the data folder; keys never are.',
    loading: 'Loading settings',
    failed: 'Settings could not be loaded',
    tryAgain: 'Try again',
    pagesLabel: 'Pages of settings',
    pages: {
      general: 'General',
      appearance: 'Appearance',
      shortcuts: 'Shortcuts',
      storage: 'Storage & retention',
      network: 'Network',
      security: 'Security',
      updates: 'Updates',
      transfer: 'Import & export',
      about: 'About & doctor',
    },
    search: 'Find a setting',
    nothingFound: 'No setting is called that.',
    groups: {
      routing: 'Routing',
      prices: 'Prices and models',
      caching: 'Caches',
      merging: 'Equal requests at the same time',
      debugging: 'Debugging',
      appearance: 'Appearance',
      shortcuts: 'Shortcuts',
      capture: 'What Traffic keeps',
      responses: 'Responses that clients go on from',
      dataFolder: 'Data folder',
      proxy: 'Way out',
      authorities: 'Certificate authorities of your own',
      connection: 'Connection',
      timeouts: 'Timeouts',
      attempts: 'Failover and limits',
      access: 'Who may call',
      keys: 'Provider keys',
      updates: 'Newer versions',
      export: 'Export',
      import: 'Import',
      backups: 'Before earlier imports',
      doctor: 'Doctor',
      about: 'About',
    },
    items: {
      'routing.localFirst': { label: 'Local models first', hint: 'Servers on this machine come before all others that can serve a request.' },
      'routing.afterContentPolicy': {
        label: 'Go on after a refusal for content',
        hint: 'A request that one provider refuses for its content goes to the next.',
      },
      'routing.hedge': {
        label: 'Start a second model when the first is slow',
        hint: 'When it is slower than it is 19 times out of 20. The loser is cancelled, and may cost.',
      },
      'routing.failuresInARow': { label: 'Rest after failures', hint: 'So many in a row, or half of its calls, and a place gets a rest; 0: none ever rests.' },
      'routing.stickyMs': { label: 'Stay with a host', hint: 'So long after its last turn a conversation stays where the provider’s cache may know it.' },
      'catalog.refresh': {
        label: 'Fetch fresher prices',
        hint: 'From a public list and from the providers there is a key for. By hand it is always possible.',
      },
      'catalog.priceList': {
        label: 'Address of the price list',
        hint: 'In the format of pydantic/genai-prices. A list that cannot be read changes no price, and the Models screen says so.',
      },
      'promptCache.anthropic': { label: 'Mark prompts for Claude whose client has not' },
      'promptCache.openai': { label: 'Mark prompts for GPT-5.6 and later whose client has not' },
      cache: { label: 'Response cache', hint: 'Who uses it, how long and how much is kept: on the Cache screen.' },
      'merging.when': { label: 'Become one call of the provider' },
      'merging.rejoinMs': { label: 'Rejoin within', hint: 'A client that was cut off gets the running or just finished answer when it asks again.' },
      'merging.keepRunningMs': { label: 'Keep running', hint: 'After the last client has left, so that it can rejoin. It is paid for.' },
      'debug.checkStreams': {
        label: 'Check streams',
        hint: 'Holds every translated stream to its dialect’s grammar. A breach goes into the log and changes no answer.',
      },
      theme: { label: 'Theme' },
      contrast: { label: 'Contrast', hint: 'Motion follows the system’s own setting for reduced motion.' },
      language: { label: 'Language' },
      shortcuts: { label: 'Shortcuts', hint: 'Press a key’s button, then the new keys. Esc leaves it as it was.' },
      capture: { label: 'Requests and answers' },
      captureLimitBytes: { label: 'Cut each body at', hint: 'What is longer is cut, and says so.' },
      captureKeep: { label: 'Keep the last', hint: 'Requests with bodies. The rows of the log stay.' },
      'responses.store': {
        label: 'Store responses',
        hint: 'Clients of OpenAI’s Responses go on from an earlier answer by its id. Off: they have to send the whole conversation, and those that do not are told so.',
      },
      'responses.keepDays': { label: 'Keep for', hint: 'Older ones are deleted, and so is what exceeds 10,000 answers or 512 MB.' },
      dataFolder: { label: 'Data folder', hint: 'Settings, the ledger and the caches. Deleting it forgets everything but keys in a keychain.' },
      'timeouts.connectMs': { label: 'To connect', hint: 'Until the provider’s server takes the connection.' },
      'timeouts.firstEventMs': { label: 'To first content', hint: 'Of models that answer at once.' },
      'timeouts.silenceMs': { label: 'Silence', hint: 'Between two pieces of an answer.' },
      'timeouts.reasoningFirstEventMs': { label: 'To first content, reasoning', hint: 'Models that think before they speak take minutes.' },
      'timeouts.reasoningSilenceMs': { label: 'Silence, reasoning', hint: 'Between two pieces, of such models.' },
      'timeouts.wholeMs': { label: 'Whole request', hint: 'From first byte to last, all attempts together.' },
      keepAliveMs: { label: 'Keep-alive', hint: 'A silent translated stream shows that it lives; 0 for never.' },
      'attempts.most': { label: 'Attempts', hint: 'Provider calls that one request may cause.' },
      'attempts.startWithinMs': { label: 'Start within', hint: 'No new attempt begins later than this.' },
      'attempts.waitMs': { label: 'Wait for places that rest', hint: 'In all, for one request.' },
      'attempts.backoffMs': { label: 'First wait before another try', hint: 'Of the same place; each further one is twice as long.' },
      'attempts.mostUsd': { label: 'Most that a request may cost', hint: 'In dollars, with all its attempts, reckoned before each. Empty: no limit.' },
      bodyLimitBytes: { label: 'Largest request', hint: 'Larger bodies are refused with 413.' },
      lan: {
        label: 'Serve the local network',
        hint: 'Tools on other machines of your network reach the endpoint, each by a client key of its own; the demo key and this window stay here. It is plain HTTP: who shares the network can read along.',
      },
      demoKey: {
        label: 'Demo key',
        hint: 'A public key that opens the simulated demo models and nothing else. Off: only your own client keys are let in.',
      },
      allowedOrigins: {
        label: 'Web pages that may call the endpoint',
        hint: 'One origin a line, such as https://app.example.com. Tools outside a browser need none.',
      },
      fetchFromPrivateNetworks: {
        label: 'Fetch files from private networks',
        hint: 'Files that a prompt names by an address on this machine or its network. A prompt may come from anywhere: leave it off where such addresses hold anything of value.',
      },
      keys: { label: 'Where provider keys rest', hint: 'The place, and own addresses of providers: on the Providers screen.' },
      'network.proxy': {
        label: 'Proxy',
        hint: 'Outbound proxy for calls to providers: as the environment says (http_proxy, no_proxy), none, or your own with user and password.',
      },
      'network.caFile': { label: 'CA file', hint: 'Extra certificate authorities in a PEM file, for companies and virus scanners that look into TLS.' },
      'network.check': { label: 'Check connection', hint: 'DNS, connection, proxy, TLS and certificate, one after the other.' },
      'updates.status': { label: 'Version', hint: 'Which one runs, and whether a newer one was found.' },
      'updates.check': {
        label: 'Look for newer versions',
        hint: 'The request tells nobody which version runs. Nothing is loaded or installed by itself.',
      },
      'updates.feed': {
        label: 'Address to look at',
        hint: 'The latest.yml beside published installers, or GitHub’s releases/latest of a repository. Empty: nowhere.',
      },
      export: { label: 'Export', hint: 'Settings, routing, own models and prices, prompt library and saved filters in one JSON file without secrets.' },
      import: { label: 'Import', hint: 'Shows first what would change; takes all or nothing.' },
      backups: { label: 'Backups', hint: 'What imports have replaced, to undo them.' },
      doctor: { label: 'Doctor', hint: 'What works just now.' },
      version: { label: 'Version' },
    },
    options: {
      theme: { system: { title: 'System' }, light: { title: 'Light' }, dark: { title: 'Dark' } },
      contrast: { system: { title: 'System' }, more: { title: 'High' } },
      language: { system: { title: 'System' }, en: { title: 'English' }, de: { title: 'Deutsch' } },
      'catalog.refresh': { off: { title: 'By hand' }, daily: { title: 'Once a day' } },
      'updates.check': { off: { title: 'By hand' }, daily: { title: 'Once a day' } },
      capture: {
        all: { title: 'All', note: 'Every request can be opened and read again. Stays on this machine.' },
        errors: { title: 'Failed ones', note: 'Enough to find out what went wrong.' },
        none: { title: 'None', note: 'Only the row: time, model, tokens, cost, outcome.' },
      },
      'promptCache.anthropic': {
        off: { title: 'Never', note: 'Clients that set marks of their own keep them in any case.' },
        safe: { title: 'Where another turn is likely', note: 'Later turns and prompts with tools. Writing costs a quarter more, reading a tenth.' },
        aggressive: { title: 'Wherever it is long enough' },
      },
      'promptCache.openai': {
        off: { title: 'Never', note: 'OpenAI keeps the newest message of each request by itself.' },
        safe: { title: 'Behind the system prompt, where another turn is likely', note: 'So that other conversations read it too.' },
        aggressive: { title: 'Behind system prompt and question, wherever it is long enough' },
      },
      'merging.when': {
        never: { title: 'Never' },
        'temperature-0': { title: 'With temperature 0', note: 'And those that use the response cache.' },
        always: { title: 'Always', note: 'Also where each answer would have come out differently.' },
      },
    },
    inUnit: (label, unit) => `${label}, in ${unit}`,
    days: 'days',
    changed: (label) => `${label} changed.`,
    typeNumber: 'Type a number.',
    atLeast: (bound) => `At least ${bound}.`,
    atMost: (bound) => `At most ${bound}.`,
    noLimit: 'no limit',
    priceListRefused: 'An address begins with https:// or http:// and names a host.',
    usualPriceList: 'Usual list',
    originsRefused: (origin) => `“${origin}” is no origin: it takes https:// or http://, a host, and a port where there is one.`,
    openCache: 'Open Cache',
    openProviders: 'Open Providers',
    copyPath: 'Copy the path',
    show: 'Show',
    folderFailed: 'The folder could not be opened.',
    desktop: 'desktop',
    headless: 'headless',
    record: (action) => `Change the keys of: ${action}`,
    pressKeys: 'Press keys',
    noKey: 'none',
    reset: (action) => `Back to the first keys of: ${action}`,
    remove: (action) => `Remove the keys of: ${action}`,
    conflict: (others) => `Also: ${others}. The first in this list wins; keys of a screen go before.`,
    doctor: {
      engine: 'Engine',
      engineOn: 'Answers, and tells of every change.',
      engineOff: 'Does not answer just now; reconnecting.',
      prices: 'Prices',
      pricesAll: 'Every request of today has one.',
      pricesMissing: (count) => `${count} of today’s requests have none, so sums are lower bounds.`,
    },
  },
  de: {
    title: 'Einstellungen',
    lead: 'Änderungen gelten ab der nächsten Anfrage. Alles hier steht in einer Datei im Datenordner; Schlüssel nie.',
    loading: 'Einstellungen werden geladen',
    failed: 'Die Einstellungen lassen sich nicht laden',
    tryAgain: 'Erneut versuchen',
    pagesLabel: 'Seiten der Einstellungen',
    pages: {
      general: 'Allgemein',
      appearance: 'Darstellung',
      shortcuts: 'Tastenkürzel',
      storage: 'Speicher & Aufbewahrung',
      network: 'Netzwerk',
      security: 'Sicherheit',
      updates: 'Updates',
      transfer: 'Import & Export',
      about: 'Über & Diagnose',
    },
    search: 'Einstellung suchen',
    nothingFound: 'So heißt keine Einstellung.',
    groups: {
      routing: 'Routing',
      prices: 'Preise und Modelle',
      caching: 'Caches',
      merging: 'Gleiche Anfragen zur selben Zeit',
      debugging: 'Fehlersuche',
      appearance: 'Darstellung',
      shortcuts: 'Tastenkürzel',
      capture: 'Was Traffic aufbewahrt',
      responses: 'Antworten, an die Clients anknüpfen',
      dataFolder: 'Datenordner',
      proxy: 'Weg nach draußen',
      authorities: 'Eigene Zertifizierungsstellen',
      connection: 'Verbindung',
      timeouts: 'Zeitgrenzen',
      attempts: 'Ausweichen und Grenzen',
      access: 'Wer zugreifen darf',
      keys: 'Anbieterschlüssel',
      updates: 'Neuere Versionen',
      export: 'Export',
      import: 'Import',
      backups: 'Vor früheren Importen',
      doctor: 'Diagnose',
      about: 'Über Switchyard',
    },
    items: {
      'routing.localFirst': { label: 'Lokale Modelle zuerst', hint: 'Server auf diesem Rechner kommen vor allen anderen, die eine Anfrage bedienen können.' },
      'routing.afterContentPolicy': {
        label: 'Nach Ablehnung wegen Inhalts weiterreichen',
        hint: 'Eine Anfrage, die ein Anbieter wegen ihres Inhalts ablehnt, geht an den nächsten.',
      },
      'routing.hedge': {
        label: 'Zweites Modell starten, wenn das erste langsam ist',
        hint: 'Wenn es langsamer ist als in 19 von 20 Fällen. Das unterlegene wird abgebrochen und kostet womöglich.',
      },
      'routing.failuresInARow': {
        label: 'Pause nach Fehlern',
        hint: 'So viele in Folge, oder die Hälfte der Aufrufe, und ein Endpunkt pausiert; 0: keiner pausiert je.',
      },
      'routing.stickyMs': {
        label: 'Beim Host bleiben',
        hint: 'So lange nach ihrer letzten Runde bleibt eine Unterhaltung dort, wo der Cache des Anbieters sie kennen könnte.',
      },
      'catalog.refresh': {
        label: 'Neuere Preise holen',
        hint: 'Aus einer öffentlichen Liste und von den Anbietern, für die es einen Schlüssel gibt. Von Hand geht es immer.',
      },
      'catalog.priceList': {
        label: 'Adresse der Preisliste',
        hint: 'Im Format von pydantic/genai-prices. Eine unlesbare Liste ändert keinen Preis; die Ansicht Modelle sagt es dann.',
      },
      'promptCache.anthropic': { label: 'Prompts für Claude markieren, deren Client es nicht tut' },
      'promptCache.openai': { label: 'Prompts für GPT-5.6 und neuere markieren, deren Client es nicht tut' },
      cache: { label: 'Antwort-Cache', hint: 'Wer ihn nutzt, wie lange und wie viel aufbewahrt wird: in der Ansicht Cache.' },
      'merging.when': { label: 'Zu einem Aufruf des Anbieters zusammenfassen' },
      'merging.rejoinMs': {
        label: 'Wieder anknüpfen binnen',
        hint: 'Ein getrennter Client bekommt die laufende oder eben fertige Antwort, wenn er erneut fragt.',
      },
      'merging.keepRunningMs': { label: 'Weiterlaufen lassen', hint: 'Nachdem der letzte Client gegangen ist, damit er anknüpfen kann. Das kostet.' },
      'debug.checkStreams': {
        label: 'Ströme prüfen',
        hint: 'Misst jeden übersetzten Strom an der Grammatik seines Dialekts. Ein Verstoß wird protokolliert und ändert keine Antwort.',
      },
      theme: { label: 'Farbschema' },
      contrast: { label: 'Kontrast', hint: 'Bewegung richtet sich nach der Systemeinstellung für reduzierte Bewegung.' },
      language: { label: 'Sprache' },
      shortcuts: { label: 'Tastenkürzel', hint: 'Schaltfläche eines Kürzels drücken, dann die neuen Tasten. Esc lässt es, wie es war.' },
      capture: { label: 'Anfragen und Antworten' },
      captureLimitBytes: { label: 'Jeden Inhalt kürzen ab', hint: 'Längeres wird gekürzt und als gekürzt gezeigt.' },
      captureKeep: { label: 'Die letzten behalten', hint: 'Anfragen mit Inhalt. Die Zeilen des Protokolls bleiben.' },
      'responses.store': {
        label: 'Antworten speichern',
        hint: 'Clients von OpenAIs Responses knüpfen mit der ID an eine frühere Antwort an. Aus: sie müssen die ganze Unterhaltung senden; wer das nicht tut, erfährt es.',
      },
      'responses.keepDays': { label: 'Behalten für', hint: 'Ältere werden gelöscht, ebenso was 10.000 Antworten oder 512 MB übersteigt.' },
      dataFolder: {
        label: 'Datenordner',
        hint: 'Einstellungen, Protokoll und Caches. Wer ihn löscht, vergisst alles außer Schlüsseln in einem Schlüsselbund.',
      },
      'timeouts.connectMs': { label: 'Bis zur Verbindung', hint: 'Bis der Server des Anbieters die Verbindung annimmt.' },
      'timeouts.firstEventMs': { label: 'Bis zum ersten Inhalt', hint: 'Bei Modellen, die sofort antworten.' },
      'timeouts.silenceMs': { label: 'Stille', hint: 'Zwischen zwei Stücken einer Antwort.' },
      'timeouts.reasoningFirstEventMs': { label: 'Bis zum ersten Inhalt, Reasoning', hint: 'Modelle, die vor dem Antworten nachdenken, brauchen Minuten.' },
      'timeouts.reasoningSilenceMs': { label: 'Stille, Reasoning', hint: 'Zwischen zwei Stücken, bei solchen Modellen.' },
      'timeouts.wholeMs': { label: 'Ganze Anfrage', hint: 'Vom ersten bis zum letzten Byte, alle Versuche zusammen.' },
      keepAliveMs: { label: 'Lebenszeichen', hint: 'Ein stiller übersetzter Strom zeigt, dass er lebt; 0 für nie.' },
      'attempts.most': { label: 'Versuche', hint: 'Aufrufe von Anbietern, die eine Anfrage auslösen darf.' },
      'attempts.startWithinMs': { label: 'Beginn binnen', hint: 'Später beginnt kein neuer Versuch.' },
      'attempts.waitMs': { label: 'Auf pausierende Endpunkte warten', hint: 'Insgesamt, für eine Anfrage.' },
      'attempts.backoffMs': { label: 'Erste Wartezeit vor erneutem Versuch', hint: 'Beim selben Endpunkt; jede weitere ist doppelt so lang.' },
      'attempts.mostUsd': { label: 'Höchstkosten einer Anfrage', hint: 'In Dollar, mit allen Versuchen, vor jedem berechnet. Leer: keine Grenze.' },
      bodyLimitBytes: { label: 'Größte Anfrage', hint: 'Größere werden mit 413 abgewiesen.' },
      lan: {
        label: 'Das lokale Netz bedienen',
        hint: 'Werkzeuge auf anderen Rechnern Ihres Netzes erreichen den Endpunkt, jedes mit einem eigenen Client-Schlüssel; der Demo-Schlüssel und dieses Fenster bleiben hier. Es ist einfaches HTTP: wer im selben Netz ist, kann mitlesen.',
      },
      demoKey: {
        label: 'Demo-Schlüssel',
        hint: 'Ein öffentlicher Schlüssel, der die simulierten Demo-Modelle öffnet und sonst nichts. Aus: nur eigene Client-Schlüssel werden eingelassen.',
      },
      allowedOrigins: {
        label: 'Webseiten, die den Endpunkt aufrufen dürfen',
        hint: 'Ein Origin je Zeile, etwa https://app.example.com. Werkzeuge außerhalb eines Browsers brauchen keinen.',
      },
      fetchFromPrivateNetworks: {
        label: 'Dateien aus privaten Netzen holen',
        hint: 'Dateien, die ein Prompt mit einer Adresse auf diesem Rechner oder in seinem Netz nennt. Ein Prompt kann von überall kommen: besser aus, wo solche Adressen etwas von Wert bergen.',
      },
      keys: { label: 'Ablageort der Anbieterschlüssel', hint: 'Der Ort, und eigene Adressen von Anbietern: in der Ansicht Anbieter.' },
      'network.proxy': {
        label: 'Proxy',
        hint: 'Proxy für Aufrufe an Anbieter: wie die Umgebung es sagt (http_proxy, no_proxy), keiner, oder ein eigener mit Benutzer und Passwort.',
      },
      'network.caFile': { label: 'CA-Datei', hint: 'Weitere Zertifizierungsstellen in einer PEM-Datei, für Firmen und Virenscanner, die in TLS hineinsehen.' },
      'network.check': { label: 'Verbindung prüfen', hint: 'DNS, Verbindung, Proxy, TLS und Zertifikat, eins nach dem anderen.' },
      'updates.status': { label: 'Version', hint: 'Welche läuft, und ob eine neuere gefunden wurde.' },
      'updates.check': {
        label: 'Nach neueren Versionen sehen',
        hint: 'Die Anfrage verrät nicht, welche Version läuft. Nichts wird von selbst geladen oder installiert.',
      },
      'updates.feed': {
        label: 'Adresse dafür',
        hint: 'Die latest.yml neben veröffentlichten Installern oder GitHubs releases/latest eines Repositorys. Leer: nirgends.',
      },
      export: {
        label: 'Export',
        hint: 'Einstellungen, Routing, eigene Modelle und Preise, Prompt-Bibliothek und gespeicherte Filter in einer JSON-Datei ohne Geheimnisse.',
      },
      import: { label: 'Import', hint: 'Zeigt erst, was sich ändern würde; nimmt alles oder nichts.' },
      backups: { label: 'Sicherungen', hint: 'Was Importe ersetzt haben, um sie rückgängig zu machen.' },
      doctor: { label: 'Diagnose', hint: 'Was gerade funktioniert.' },
      version: { label: 'Version' },
    },
    options: {
      theme: { system: { title: 'System' }, light: { title: 'Hell' }, dark: { title: 'Dunkel' } },
      contrast: { system: { title: 'System' }, more: { title: 'Hoch' } },
      language: { system: { title: 'System' }, en: { title: 'English' }, de: { title: 'Deutsch' } },
      'catalog.refresh': { off: { title: 'Von Hand' }, daily: { title: 'Einmal am Tag' } },
      'updates.check': { off: { title: 'Von Hand' }, daily: { title: 'Einmal am Tag' } },
      capture: {
        all: { title: 'Alle', note: 'Jede Anfrage lässt sich öffnen und nachlesen. Bleibt auf diesem Rechner.' },
        errors: { title: 'Fehlgeschlagene', note: 'Genug, um die Ursache zu finden.' },
        none: { title: 'Keine', note: 'Nur die Zeile: Zeit, Modell, Token, Kosten, Ausgang.' },
      },
      'promptCache.anthropic': {
        off: { title: 'Nie', note: 'Clients, die selbst markieren, behalten ihre Marken in jedem Fall.' },
        safe: {
          title: 'Wo eine weitere Runde wahrscheinlich ist',
          note: 'Spätere Runden und Prompts mit Tools. Schreiben kostet ein Viertel mehr, Lesen ein Zehntel.',
        },
        aggressive: { title: 'Überall, wo er lang genug ist' },
      },
      'promptCache.openai': {
        off: { title: 'Nie', note: 'OpenAI behält die jeweils neueste Nachricht von selbst.' },
        safe: { title: 'Hinter dem Systemprompt, wo eine weitere Runde wahrscheinlich ist', note: 'So lesen ihn auch andere Gespräche.' },
        aggressive: { title: 'Hinter Systemprompt und Frage, wo es lang genug ist' },
      },
      'merging.when': {
        never: { title: 'Nie' },
        'temperature-0': { title: 'Bei Temperatur 0', note: 'Und jene, die den Antwort-Cache nutzen.' },
        always: { title: 'Immer', note: 'Auch wo jede Antwort anders ausgefallen wäre.' },
      },
    },
    inUnit: (label, unit) => `${label}, in ${unit}`,
    days: 'Tagen',
    changed: (label) => `${label} geändert.`,
    typeNumber: 'Bitte eine Zahl eingeben.',
    atLeast: (bound) => `Mindestens ${bound}.`,
    atMost: (bound) => `Höchstens ${bound}.`,
    noLimit: 'keine Grenze',
    priceListRefused: 'Eine Adresse beginnt mit https:// oder http:// und nennt einen Host.',
    usualPriceList: 'Übliche Liste',
    originsRefused: (origin) => `„${origin}“ ist kein Origin: er besteht aus https:// oder http://, einem Host und gegebenenfalls einem Port.`,
    openCache: 'Cache öffnen',
    openProviders: 'Anbieter öffnen',
    copyPath: 'Pfad kopieren',
    show: 'Anzeigen',
    folderFailed: 'Der Ordner lässt sich nicht öffnen.',
    desktop: 'Desktop',
    headless: 'ohne Fenster',
    record: (action) => `Tasten ändern für: ${action}`,
    pressKeys: 'Tasten drücken',
    noKey: 'keine',
    reset: (action) => `Zurück zu den ersten Tasten von: ${action}`,
    remove: (action) => `Tasten entfernen von: ${action}`,
    conflict: (others) => `Auch: ${others}. Das erste in dieser Liste gilt; Tasten einer Ansicht gehen vor.`,
    doctor: {
      engine: 'Dienst',
      engineOn: 'Antwortet und meldet jede Änderung.',
      engineOff: 'Antwortet gerade nicht; Verbindung wird wiederhergestellt.',
      prices: 'Preise',
      pricesAll: 'Jede Anfrage von heute hat einen.',
      pricesMissing: (count) => `${count} der heutigen Anfragen haben keinen, Summen sind daher Untergrenzen.`,
    },
  },
}
