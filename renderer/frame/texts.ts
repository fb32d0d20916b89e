import { plural, type Texts } from '../i18n/texts.ts'
import { formatCount } from '../ui/figures.ts'
import type { CommandGroup } from './palette/registry.ts'
import type { Section } from './route.ts'
import type { ActionId } from './shortcuts/actions.ts'
import type { ScreenKey } from './shortcuts/screen-keys.ts'

type SectionAction = Extract<ActionId, `section${number}`>

/** Shown only where no section stands at that place. */
function sectionActions(name: (place: number) => string): Readonly<Record<SectionAction, string>> {
  return Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`section${index + 1}`, name(index + 1)])) as Record<SectionAction, string>
}

interface FrameTexts {
  readonly sections: Readonly<Record<Section, string>>
  readonly sectionsLabel: string
  readonly foldSidebar: string
  readonly unfoldSidebar: string
  readonly screenFailed: string
  readonly screenFailedMore: string
  readonly tryAgain: string
  readonly offline: string
  readonly noNetwork: string
  readonly noProvider: (ago: string) => string
  readonly openWorkbench: string
  readonly codeLead: string
  readonly code: string
  readonly codePrinted: string
  readonly codeNotPrinted: string
  readonly signIn: string
  readonly printCode: string
  readonly idle: string
  readonly active: (count: number) => string
  readonly keysRest: string
  readonly vault: { readonly none: string; readonly file: string; readonly fileLocked: string; readonly environment: string; readonly memory: string }
  readonly keychain: (name: string) => string
  readonly headless: string
  readonly endpointOff: string
  readonly copyAddress: string
  readonly copyAddressOf: (address: string) => string
  readonly copied: string
  readonly today: string
  /** In front of a sum. */
  readonly saved: string
  readonly todayMore: (requests: number, unpriced: number) => string
  readonly theme: string
  readonly themes: { readonly system: string; readonly light: string; readonly dark: string }
  readonly searchField: string
  readonly welcome: {
    readonly title: string
    readonly demo: (keys: string) => string
    readonly rest: (place: string) => string
    readonly dismiss: string
    readonly chooseVault: string
    readonly environment: string
    readonly importOf: (variable: string) => string
    readonly running: (names: string) => string
  }
  readonly palette: string
  readonly palettePlaceholder: string
  readonly paletteEmpty: string
  readonly goTo: (section: string) => string
  readonly useModel: string
  readonly commandGroups: Readonly<Record<CommandGroup, string>>
  readonly actions: Readonly<Record<ActionId, string>>
  readonly shortcuts: string
  readonly changeShortcuts: string
  readonly screenKeys: Readonly<Record<ScreenKey, string>>
}

export const FRAME_TEXTS: Texts<FrameTexts> = {
  en: {
    sections: {
      playground: 'Playground',
      traffic: 'Traffic',
      costs: 'Costs',
      cache: 'Cache',
      models: 'Models',
      providers: 'Providers',
      routing: 'Routing',
      connect: 'Connect',
      settings: 'Settings',
    },
    sectionsLabel: 'Sections',
    foldSidebar: 'Fold the sidebar',
    unfoldSidebar: 'Unfold the sidebar',
    screenFailed: 'This screen could not be drawn',
    screenFailedMore: 'The rest of Switchyard goes on working. The developer console says what went wrong.',
    tryAgain: 'Try again',
    offline: 'Switchyard’s engine does not answer. What you see may be old; reconnecting by itself.',
    noNetwork: 'This machine is offline. Models on it and answers from the cache still work, and everything recorded can be looked at.',
    noProvider: (ago) =>
      `No provider can be reached: this machine seems to be offline (noticed ${ago}). Models on it and answers from the cache still work; the next request tries again.`,
    openWorkbench: 'Open the workbench',
    codeLead:
      'Switchyard printed a one-time code in the terminal where it was started. Type it here; this browser then stays signed in until Switchyard stops.',
    code: 'One-time code',
    codePrinted: 'A new code is in the terminal.',
    codeNotPrinted: 'Switchyard did not print a code. Is it still running in the terminal?',
    signIn: 'Sign in',
    printCode: 'Print a new code in the terminal',
    idle: 'Idle',
    active: (count) => `${formatCount(count)} active ${plural(count, { one: 'request', other: 'requests' })}`,
    keysRest: 'Where your provider keys rest',
    vault: {
      none: 'Keys: not chosen yet',
      file: 'Keys: encrypted file',
      fileLocked: 'Keys: encrypted file, locked',
      environment: 'Keys: environment',
      memory: 'Keys: memory only',
    },
    keychain: (name) => `Keys: ${name}`,
    headless: 'Headless',
    endpointOff: 'Endpoint is off',
    copyAddress: 'Copy the endpoint’s address',
    copyAddressOf: (address) => `Copy the endpoint’s address, ${address}`,
    copied: 'Copied',
    today: 'Today',
    saved: 'saved',
    todayMore: (requests, unpriced) =>
      `${formatCount(requests)} ${plural(requests, { one: 'request', other: 'requests' })} since midnight${unpriced === 0 ? '' : `; the cost of ${formatCount(unpriced)} is not known`}`,
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    searchField: 'Go to anything',
    welcome: {
      title: 'First steps.',
      demo: (keys) => `The models below are simulated and need no key: ${keys} answers. For real ones paste a key.`,
      rest: (place) => `It is kept ${place} and never comes back to this window.`,
      dismiss: 'Put the first steps away',
      chooseVault: 'This machine has no keychain that can be used: first choose where keys may rest',
      environment: 'Found in the environment, not used until imported:',
      importOf: (variable) => `Import ${variable}`,
      running: (names) => `Running on this machine, no key needed: ${names}. Their models are in the list already.`,
    },
    palette: 'Command palette',
    palettePlaceholder: 'Go to a section, do something, find a model or a request',
    paletteEmpty: 'Nothing fits.',
    goTo: (section) => `Go to ${section}`,
    useModel: 'try in the Playground',
    commandGroups: { sections: 'Sections', actions: 'Actions', models: 'Models', requests: 'Requests', cache: 'Cache entries' },
    actions: {
      palette: 'Command palette',
      shortcuts: 'Show shortcuts',
      settings: 'Open settings',
      sidebar: 'Fold or unfold the sidebar',
      theme: 'Next theme: light, dark, system',
      addKey: 'Add a provider key',
      connectTool: 'Connect a tool',
      startStop: 'Start or stop the endpoint',
      copyEndpoint: 'Copy the endpoint’s address',
      ...sectionActions((place) => `Section ${place}`),
    },
    shortcuts: 'Shortcuts',
    changeShortcuts: 'Change shortcuts in Settings',
    screenKeys: {
      runAll: 'Playground: run all panes',
      runPane: 'Playground: run one pane',
      stopAll: 'Playground: stop all',
      regenerate: 'Playground: answer again',
      addPane: 'Playground: add a pane',
      newTab: 'Playground: new tab',
      closeTab: 'Playground: close the tab',
      pickModel: 'Playground: choose models, or the one of the pane in focus',
      parameters: 'Playground: parameters',
      onePane: 'Playground: one pane alone',
      diff: 'Playground: differences',
      syncScroll: 'Playground: scroll together',
      blind: 'Playground: hide the names',
      voteTie: 'Playground: vote for a tie',
      voteBothBad: 'Playground: vote against all',
      votePane: 'Playground: vote for a pane (1 to 6)',
      focusPane: 'Playground: go to a pane (1 to 6)',
      filter: 'Lists: filter',
      nextRow: 'Lists: next row',
      previousRow: 'Lists: previous row',
      openRow: 'Lists: open the row',
      close: 'Close what is in front',
      explain: 'Traffic: why this model',
      openCached: 'Traffic: the cached answer that was given',
      replay: 'Traffic: send again',
      compareCheaper: 'Traffic: compare with cheaper models',
      makeRule: 'Traffic: make a rule',
      chooseForDiff: 'Traffic: compare two requests',
      pin: 'Traffic: pin',
      copyCurl: 'Traffic: copy as curl',
      remove: 'Traffic: delete',
      focusList: 'Traffic: to the list',
      focusDetail: 'Traffic: to the details',
    },
  },
  de: {
    sections: {
      playground: 'Playground',
      traffic: 'Traffic',
      costs: 'Kosten',
      cache: 'Cache',
      models: 'Modelle',
      providers: 'Anbieter',
      routing: 'Routing',
      connect: 'Verbinden',
      settings: 'Einstellungen',
    },
    sectionsLabel: 'Bereiche',
    foldSidebar: 'Seitenleiste einklappen',
    unfoldSidebar: 'Seitenleiste ausklappen',
    screenFailed: 'Diese Ansicht lässt sich nicht darstellen',
    screenFailedMore: 'Der Rest von Switchyard arbeitet weiter. Was schiefging, steht in der Entwicklerkonsole.',
    tryAgain: 'Erneut versuchen',
    offline: 'Der Dienst von Switchyard antwortet nicht. Das Angezeigte kann veraltet sein; die Verbindung wird selbsttätig wiederhergestellt.',
    noNetwork: 'Dieser Rechner ist offline. Modelle auf ihm und Antworten aus dem Cache gehen weiter, und alles Aufgezeichnete lässt sich ansehen.',
    noProvider: (ago) =>
      `Kein Anbieter ist zu erreichen: dieser Rechner ist wohl offline (bemerkt ${ago}). Modelle auf ihm und Antworten aus dem Cache gehen weiter; die nächste Anfrage versucht es wieder.`,
    openWorkbench: 'Oberfläche öffnen',
    codeLead:
      'Switchyard hat in dem Terminal, in dem es gestartet wurde, einen Einmalcode ausgegeben. Hier eingegeben, bleibt dieser Browser angemeldet, bis Switchyard endet.',
    code: 'Einmalcode',
    codePrinted: 'Im Terminal steht ein neuer Code.',
    codeNotPrinted: 'Switchyard hat keinen Code ausgegeben. Läuft es noch im Terminal?',
    signIn: 'Anmelden',
    printCode: 'Neuen Code im Terminal ausgeben',
    idle: 'Ruhend',
    active: (count) => `${formatCount(count)} ${plural(count, { one: 'laufende Anfrage', other: 'laufende Anfragen' })}`,
    keysRest: 'Ablageort der Anbieterschlüssel',
    vault: {
      none: 'Schlüssel: noch nicht gewählt',
      file: 'Schlüssel: verschlüsselte Datei',
      fileLocked: 'Schlüssel: verschlüsselte Datei, gesperrt',
      environment: 'Schlüssel: Umgebung',
      memory: 'Schlüssel: nur im Speicher',
    },
    keychain: (name) => `Schlüssel: ${name}`,
    headless: 'Ohne Fenster',
    endpointOff: 'Endpunkt ist aus',
    copyAddress: 'Adresse des Endpunkts kopieren',
    copyAddressOf: (address) => `Adresse des Endpunkts kopieren, ${address}`,
    copied: 'Kopiert',
    today: 'Heute',
    saved: 'gespart',
    todayMore: (requests, unpriced) =>
      `${formatCount(requests)} ${plural(requests, { one: 'Anfrage', other: 'Anfragen' })} seit Mitternacht${unpriced === 0 ? '' : `; die Kosten von ${formatCount(unpriced)} sind nicht bekannt`}`,
    theme: 'Farbschema',
    themes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
    searchField: 'Alles durchsuchen',
    welcome: {
      title: 'Erste Schritte.',
      demo: (keys) => `Die Modelle unten sind simuliert und brauchen keinen Schlüssel: ${keys} antwortet. Für echte einen Schlüssel einfügen.`,
      rest: (place) => `Aufbewahrt wird er ${place}; in dieses Fenster kommt er nie zurück.`,
      dismiss: 'Erste Schritte ausblenden',
      chooseVault: 'Dieser Rechner hat keinen nutzbaren Schlüsselbund: zuerst wählen, wo Schlüssel liegen dürfen',
      environment: 'In der Umgebung gefunden, bis zum Import unbenutzt:',
      importOf: (variable) => `${variable} importieren`,
      running: (names) => `Läuft auf diesem Rechner, ohne Schlüssel: ${names}. Die Modelle stehen schon in der Liste.`,
    },
    palette: 'Befehlspalette',
    palettePlaceholder: 'Bereich öffnen, etwas tun, Modell oder Anfrage suchen',
    paletteEmpty: 'Nichts gefunden.',
    goTo: (section) => `${section} öffnen`,
    useModel: 'im Playground ausprobieren',
    commandGroups: { sections: 'Bereiche', actions: 'Aktionen', models: 'Modelle', requests: 'Anfragen', cache: 'Cache-Einträge' },
    actions: {
      palette: 'Befehlspalette',
      shortcuts: 'Tastenkürzel anzeigen',
      settings: 'Einstellungen öffnen',
      sidebar: 'Seitenleiste ein- oder ausklappen',
      theme: 'Nächstes Farbschema: hell, dunkel, System',
      addKey: 'Anbieterschlüssel hinzufügen',
      connectTool: 'Werkzeug verbinden',
      startStop: 'Endpunkt starten oder anhalten',
      copyEndpoint: 'Adresse des Endpunkts kopieren',
      ...sectionActions((place) => `Bereich ${place}`),
    },
    shortcuts: 'Tastenkürzel',
    changeShortcuts: 'Tastenkürzel in den Einstellungen ändern',
    screenKeys: {
      runAll: 'Playground: alle Spalten starten',
      runPane: 'Playground: eine Spalte starten',
      stopAll: 'Playground: alles anhalten',
      regenerate: 'Playground: neu antworten',
      addPane: 'Playground: Spalte hinzufügen',
      newTab: 'Playground: neuer Reiter',
      closeTab: 'Playground: Reiter schließen',
      pickModel: 'Playground: Modelle wählen, oder das der Spalte im Fokus',
      parameters: 'Playground: Parameter',
      onePane: 'Playground: eine Spalte allein',
      diff: 'Playground: Unterschiede',
      syncScroll: 'Playground: gemeinsam rollen',
      blind: 'Playground: Namen verbergen',
      voteTie: 'Playground: unentschieden',
      voteBothBad: 'Playground: gegen alle stimmen',
      votePane: 'Playground: für eine Spalte stimmen (1 bis 6)',
      focusPane: 'Playground: zu einer Spalte (1 bis 6)',
      filter: 'Listen: filtern',
      nextRow: 'Listen: nächste Zeile',
      previousRow: 'Listen: vorige Zeile',
      openRow: 'Listen: Zeile öffnen',
      close: 'Vorderstes schließen',
      explain: 'Verkehr: warum dieses Modell',
      openCached: 'Verkehr: die gegebene Antwort im Cache',
      replay: 'Verkehr: noch einmal senden',
      compareCheaper: 'Verkehr: mit günstigeren Modellen vergleichen',
      makeRule: 'Verkehr: eine Regel machen',
      chooseForDiff: 'Verkehr: zwei Anfragen vergleichen',
      pin: 'Verkehr: anheften',
      copyCurl: 'Verkehr: als curl kopieren',
      remove: 'Verkehr: löschen',
      focusList: 'Verkehr: zur Liste',
      focusDetail: 'Verkehr: zu den Einzelheiten',
    },
  },
}
