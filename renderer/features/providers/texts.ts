import { plural, type Texts } from '../../i18n/texts.ts'
import { formatCount } from '../../ui/figures.ts'
import type { KeyLimitName } from './limits.ts'

type Named = (name: string) => string

interface ProvidersTexts {
  readonly title: string
  readonly leadLoading: string
  readonly leadNoVault: string
  readonly lead: (place: string) => string
  readonly loading: string
  readonly failed: string
  readonly tryAgain: string
  readonly cancel: string
  readonly addAddress: string
  readonly yourKeys: string
  readonly yourKeysHint: string
  readonly here: string
  readonly hereHint: string
  readonly notRunningHere: (count: number) => string
  readonly checking: string
  readonly checkAgain: string
  readonly own: string
  readonly ownHint: string
  readonly add: string
  readonly more: string
  readonly withoutKey: (count: number) => string
  readonly findProvider: string
  readonly find: string
  readonly noneCalledThat: string
  readonly form: {
    readonly label: string
    readonly environmentOnly: string
    readonly paste: string
    readonly sent: string
    readonly pasteHint: string
    readonly provider: string
    readonly recognised: string
    readonly name: string
    readonly optional: string
    readonly save: string
    readonly pasteFirst: string
    readonly chooseFirst: string
    readonly trying: Named
    readonly slow: Named
    readonly looksLike: Named
    readonly unknown: string
    readonly howRecognised: string
    readonly several: string
    readonly dismiss: string
    readonly stored: { readonly saved: Named; readonly replaced: Named; readonly imported: Named }
  }
  readonly custom: {
    readonly description: string
    readonly base: string
    readonly baseHint: string
    readonly name: string
    readonly nameExample: string
    readonly short: string
    readonly shortHint: (id: string) => string
    readonly shortExample: string
    readonly needsKey: string
    readonly needsKeyHint: string
    readonly private: string
    readonly privateHint: string
    readonly added: (name: string, id: string) => string
    readonly removed: Named
  }
  readonly environment: { readonly title: string; readonly importOf: Named; readonly import: string; readonly note: string }
  readonly key: {
    readonly renameTitle: string
    readonly name: string
    readonly rename: string
    readonly renamed: Named
    readonly replaceTitle: Named
    readonly replaceMore: Named
    readonly newKey: string
    readonly former: {
      readonly rests: (mask: string, minutes: number) => string
      readonly standsIn: (mask: string, minutes: number) => string
      readonly remove: string
      readonly removeOf: Named
      readonly removed: Named
    }
    readonly replace: string
    readonly deleteTitle: Named
    readonly delete: string
    readonly deleteKey: string
    readonly deleteMore: Named
    readonly deleted: Named
    readonly trying: string
    readonly fromEnvironment: string
    readonly environment: string
    readonly lastUsed: string
    readonly neverUsed: string
    readonly used: (ago: string) => string
    readonly up: Named
    readonly down: Named
    readonly check: Named
    readonly more: Named
  }
  readonly limits: {
    readonly open: string
    readonly title: Named
    readonly description: string
    readonly none: string
    readonly save: string
    readonly fields: Readonly<Record<KeyLimitName, { readonly label: string; readonly hint: string }>>
    readonly refused: Readonly<Record<KeyLimitName, string>>
    readonly chip: Readonly<Record<KeyLimitName, (value: number) => string>>
  }
  readonly box: {
    readonly simulated: string
    readonly keyPage: Named
    readonly addKeyFor: Named
    readonly addKey: string
    readonly getKey: Named
    readonly removeOf: Named
    readonly removeTitle: Named
    readonly remove: string
    readonly removeMore: (id: string) => string
    readonly removeWithKeys: (count: number) => string
    readonly keysOf: Named
    readonly saysSo: Named
    readonly simulatedNote: string
    readonly models: (count: number) => string
    readonly alwaysThere: string
    readonly running: string
    readonly notRunning: string
    readonly needsKey: string
    readonly notChecked: string
  }
  readonly unlock: { readonly label: string; readonly words: string; readonly passphrase: string; readonly opening: string; readonly unlock: string }
  readonly vault: {
    readonly question: string
    readonly unusable: (name: string, reason: string | undefined) => string
    readonly title: string
    readonly passphrase: string
    readonly passphraseHint: (least: number) => string
    readonly again: string
    readonly differ: string
    readonly keep: string
    readonly risk: string
    readonly lockedSuffix: string
    readonly noKeychain: (reason: string) => string
    readonly change: string
    readonly changeMore: string
    readonly names: { readonly file: string; readonly environment: string; readonly memory: string; readonly none: string }
    readonly places: { readonly keychain: Named; readonly file: string; readonly environment: string; readonly memory: string; readonly none: string }
    readonly meanings: { readonly keychain: string; readonly file: string; readonly environment: string; readonly memory: string; readonly none: string }
    readonly gains: { readonly keychain: string; readonly file: string; readonly environment: string; readonly memory: string }
    readonly risks: { readonly keychain: string; readonly file: string; readonly environment: string; readonly memory: string }
    readonly memoryTitle: string
  }
  readonly state: {
    readonly unchecked: Named
    readonly ready: (name: string, ago: string) => string
    readonly refused: (name: string, ago: string) => string
    readonly outOfCredit: Named
    readonly limited: (name: string, until: string) => string
    readonly limitOver: Named
    readonly missing: string
    readonly short: {
      readonly unchecked: string
      readonly ready: string
      readonly refused: string
      readonly outOfCredit: string
      readonly limited: (until: string) => string
      readonly missing: string
    }
  }
  readonly check: {
    readonly short: {
      readonly valid: string
      readonly unproven: string
      readonly refused: string
      readonly outOfCredit: string
      readonly forbidden: string
      readonly rateLimited: string
      readonly unreachable: string
      readonly unexpected: string
    }
    readonly valid: (name: string, span: string, models: number | undefined) => string
    readonly unproven: Named
    readonly refused: Named
    readonly outOfCredit: Named
    readonly forbidden: Named
    readonly rateLimited: Named
    readonly unreachable: Named
    readonly unexpected: Named
  }
  readonly policy: {
    readonly regions: { readonly local: string; readonly eu: string; readonly us: string; readonly cn: string }
    readonly processes: (regions: readonly string[]) => string
    readonly unknown: string
    readonly trains: string
    readonly doesNotTrain: string
    readonly keepsUnnamed: string
    readonly keepsNone: string
    readonly keepsDays: (days: number) => string
    readonly and: (training: string, keeping: string, asOf: string) => string
  }
}

export const PROVIDERS_TEXTS: Texts<ProvidersTexts> = {
  en: {
    title: 'Providers',
    leadLoading: 'Your keys, and the servers on this machine.',
    leadNoVault: 'Every provider is called with your own key. First say where keys may be kept.',
    lead: (place) => `Every provider is called with your own key, kept ${place}. A key goes in once and never comes back to this window.`,
    loading: 'Loading providers',
    failed: 'Providers could not be loaded',
    tryAgain: 'Try again',
    cancel: 'Cancel',
    addAddress: 'Add an address',
    yourKeys: 'Your keys',
    yourKeysHint: 'Tried from top to bottom; the next takes over when one is refused or limited.',
    here: 'On this machine',
    hereHint: 'No key, no cost, nothing leaves.',
    notRunningHere: (count) => (count === 1 ? '1 does not run' : `${count} do not run`),
    checking: 'Checking',
    checkAgain: 'Check again',
    own: 'Your own addresses',
    ownHint: 'Anything that speaks the OpenAI format.',
    add: 'Add',
    more: 'More providers',
    withoutKey: (count) => `${formatCount(count)} without a key`,
    findProvider: 'Find a provider',
    find: 'Find',
    noneCalledThat: 'No provider is called that. Add its address instead, if it speaks the OpenAI format.',
    form: {
      label: 'Add a key',
      environmentOnly: 'Keys come from environment variables. Set one and start Switchyard again, or choose another place for keys.',
      paste: 'Paste a key',
      sent: 'Sent',
      pasteHint: 'Paste, then Enter',
      provider: 'Provider',
      recognised: 'Recognised',
      name: 'Name',
      optional: 'Optional',
      save: 'Save key',
      pasteFirst: 'Paste a key first.',
      chooseFirst: 'Choose whose key this is.',
      trying: (name) => `Trying the key with ${name}.`,
      slow: (name) => `${name} is slow to answer. Still trying.`,
      looksLike: (name) => `Looks like a key for ${name}. Press Enter.`,
      unknown: 'No provider is known by this beginning. Choose one.',
      howRecognised: 'The provider is recognised by how the key begins. The key is tried with its cheapest call.',
      several: 'Several providers use this beginning:',
      dismiss: 'Dismiss',
      stored: { saved: (label) => `Saved “${label}”.`, replaced: (label) => `Replaced “${label}”.`, imported: (label) => `Imported “${label}”.` },
    },
    custom: {
      description: 'Any server that speaks the OpenAI format: vLLM, llama.cpp, LiteLLM, your company’s gateway.',
      base: 'Base address',
      baseHint: 'As for the OpenAI SDK: what comes before /chat/completions.',
      name: 'Name',
      nameExample: 'vLLM in the lab',
      short: 'Short name',
      shortHint: (id) => `Its models are called ${id}/model.`,
      shortExample: 'short-name',
      needsKey: 'Needs a key',
      needsKeyHint: 'You add it in the next step.',
      private: 'It is in my own network',
      privateHint: 'Without this an address inside a private network is not called.',
      added: (name, id) => `Added ${name}. Its models are called ${id}/…`,
      removed: (name) => `Removed ${name}.`,
    },
    environment: { title: 'Found in the environment', importOf: (variable) => `Import ${variable}`, import: 'Import', note: 'Not used until you import them.' },
    limits: {
      open: 'Share and limits',
      title: (label) => `Share and limits of “${label}”`,
      description: 'Keys are tried in their order, unless they have weights: then requests are shared out. A key at its limit gives way to the next.',
      none: 'none',
      save: 'Save',
      fields: {
        weight: { label: 'Weight', hint: 'Among the keys of this provider: 3 beside 1 gets three requests in four.' },
        rpm: { label: 'Requests a minute', hint: 'In any minute, counted here.' },
        tpm: { label: 'Tokens a minute', hint: 'In and out together.' },
        concurrency: { label: 'Requests at once', hint: 'More go to the next key, or wait.' },
      },
      refused: {
        weight: 'A number above 0, at most 1000.',
        rpm: 'A whole number above 0.',
        tpm: 'A whole number above 0.',
        concurrency: 'A whole number above 0.',
      },
      chip: {
        weight: (value) => `weight ${value}`,
        rpm: (value) => `${formatCount(value)} requests/min`,
        tpm: (value) => `${formatCount(value)} tokens/min`,
        concurrency: (value) => `${formatCount(value)} at once`,
      },
    },
    key: {
      renameTitle: 'Rename key',
      name: 'Name',
      rename: 'Rename',
      renamed: (label) => `Renamed to “${label}”.`,
      replaceTitle: (label) => `Replace “${label}”`,
      replaceMore: (provider) =>
        `The new key is tried with ${provider} and takes this one’s place in the order. The old one is kept for ten minutes and stands in while the new one is refused.`,
      newKey: 'New key',
      former: {
        rests: (mask, minutes) =>
          `The key before, ${mask}, stands in where this one is refused, for ${minutes} more ${plural(minutes, { one: 'minute', other: 'minutes' })}.`,
        standsIn: (mask, minutes) => `The key before, ${mask}, stands in for it for ${minutes} more ${plural(minutes, { one: 'minute', other: 'minutes' })}.`,
        remove: 'Remove it now',
        removeOf: (label) => `Remove the key before “${label}” now`,
        removed: (label) => `The key before “${label}” is deleted.`,
      },
      replace: 'Replace key',
      deleteTitle: (label) => `Delete “${label}”?`,
      delete: 'Delete',
      deleteKey: 'Delete key',
      deleteMore: (provider) =>
        `Switchyard forgets this key for ${provider}; it cannot be brought back from here. At ${provider} it stays valid until you revoke it there.`,
      deleted: (label) => `Deleted “${label}”.`,
      trying: 'Trying the key',
      fromEnvironment: 'Read from an environment variable; it cannot be changed here.',
      environment: 'environment',
      lastUsed: 'Last used',
      neverUsed: 'never used',
      used: (ago) => `used ${ago}`,
      up: (label) => `Move “${label}” up`,
      down: (label) => `Move “${label}” down`,
      check: (label) => `Check “${label}” again`,
      more: (label) => `More for “${label}”`,
    },
    box: {
      simulated: 'simulated',
      keyPage: (name) => `Open the key page of ${name}`,
      addKeyFor: (name) => `Add a key for ${name}`,
      addKey: 'Add key',
      getKey: (name) => `Get a key at ${name}`,
      removeOf: (name) => `Remove ${name}`,
      removeTitle: (name) => `Remove ${name}?`,
      remove: 'Remove',
      removeMore: (id) => `Models called ${id}/… are no longer found. Past requests stay in Traffic.`,
      removeWithKeys: (count) =>
        `Its ${formatCount(count)} ${plural(count, { one: 'key', other: 'keys' })} will be deleted and cannot be brought back. Past requests stay in Traffic.`,
      keysOf: (name) => `Keys for ${name}`,
      saysSo: (name) => `Where ${name} says so`,
      simulatedNote: 'Answers made up by Switchyard itself: no key, no network, price 0. For trying things out; marked as simulated everywhere.',
      models: (count) => `${formatCount(count)} ${plural(count, { one: 'model', other: 'models' })}`,
      alwaysThere: 'Always there',
      running: 'Running',
      notRunning: 'Not running',
      needsKey: 'Needs a key',
      notChecked: 'Not checked',
    },
    unlock: {
      label: 'Unlock the keys',
      words: 'The file with your keys is locked. Until it is opened only local and simulated models answer.',
      passphrase: 'Passphrase',
      opening: 'Opening',
      unlock: 'Unlock',
    },
    vault: {
      question: 'Where may keys be kept?',
      unusable: (name, reason) => `${name} cannot be used${reason === undefined ? '' : `: ${reason}`}. Choose one of these instead; you can change it later.`,
      title: 'Where keys are kept',
      passphrase: 'Passphrase',
      passphraseHint: (least) => `At least ${least} characters.`,
      again: 'Once more',
      differ: 'The two differ.',
      keep: 'Keep keys here',
      risk: 'Risk:',
      lockedSuffix: ', locked',
      noKeychain: (reason) => `No system keychain: ${reason}`,
      change: 'Change',
      changeMore: 'Keys that are stored elsewhere stay there; paste or import them again to move them.',
      names: { file: 'Encrypted file', environment: 'Environment variables', memory: 'Memory, until you quit', none: 'Not chosen yet' },
      places: {
        keychain: (name) => `by ${name}`,
        file: 'in an encrypted file',
        environment: 'in environment variables',
        memory: 'in memory until you quit',
        none: 'nowhere yet',
      },
      meanings: {
        keychain: 'The keychain of your operating system. Switchyard’s own files hold no key.',
        file: 'A file in the data folder, sealed with your passphrase.',
        environment: 'Read when Switchyard starts. They cannot be changed here.',
        memory: 'Written nowhere. Paste them again after a restart.',
        none: 'Keys cannot be stored until you have chosen.',
      },
      gains: {
        keychain: 'Kept by your operating system and opened with your login.',
        file: 'Kept in the data folder, sealed with a passphrase (scrypt, AES-256-GCM).',
        environment: 'Read where you already keep them, such as OPENAI_API_KEY. Nothing is stored.',
        memory: 'Never written anywhere.',
      },
      risks: {
        keychain: 'Programs that run as you may ask it for them too.',
        file: 'Forget the passphrase and the keys are gone; whoever learns it and has the file has the keys.',
        environment: 'Every program you start from the same shell can read them, and they cannot be changed here.',
        memory: 'They are gone when Switchyard quits or crashes, and you paste them again.',
      },
      memoryTitle: 'Memory only',
    },
    state: {
      unchecked: (name) => `Not tried with ${name} yet.`,
      ready: (name, ago) => `${name} accepted this key ${ago}.`,
      refused: (name, ago) => `${name} refused this key ${ago}. Requests skip it; replace it or check it again.`,
      outOfCredit: (name) => `The account behind this key has no credit left. Top it up at ${name}, then check again.`,
      limited: (name, until) => `${name} limits this key. It is used again in ${until}.`,
      limitOver: (name) => `The limit of ${name} is over. This key is used again.`,
      missing: 'The vault does not hold this key any more, or is locked. Paste the key again or delete this entry.',
      short: {
        unchecked: 'Not checked',
        ready: 'Ready',
        refused: 'Refused',
        outOfCredit: 'Out of credit',
        limited: (until) => `Limited, ${until}`,
        missing: 'Missing',
      },
    },
    check: {
      short: {
        valid: 'Valid',
        unproven: 'Not proven',
        refused: 'Refused',
        outOfCredit: 'Out of credit',
        forbidden: 'Forbidden',
        rateLimited: 'Rate limited',
        unreachable: 'Unreachable',
        unexpected: 'Unclear',
      },
      valid: (name, span, models) =>
        `${name} accepted the key in ${span}.${models === undefined ? '' : ` It opens ${formatCount(models)} ${plural(models, { one: 'model', other: 'models' })}.`}`,
      unproven: (name) => `${name} lists its models to everyone, so only a first request tells whether the key is right.`,
      refused: (name) => `${name} does not know this key. Was it copied whole, and is it still active there?`,
      outOfCredit: (name) => `The key is right, but its account has no credit. Top it up at ${name}, then check again.`,
      forbidden: (name) => `${name} knows the key but forbids what was tried. Check its project, permissions and region there.`,
      rateLimited: (name) => `${name} limits this key just now, so it could not be tried. Check it again in a minute.`,
      unreachable: (name) => `${name} could not be reached, so the key was not tried. Look at the connection, then check again.`,
      unexpected: (name) => `${name} answered in a way that says nothing about the key. Check it again later.`,
    },
    policy: {
      regions: { local: 'on this machine', eu: 'in the EU', us: 'in the USA', cn: 'in China' },
      processes: (regions) => `Processes ${regions.join(' or ')}`,
      unknown: 'No documented data policy is known to us.',
      trains: 'may train on what it is sent',
      doesNotTrain: 'does not train on what it is sent',
      keepsUnnamed: 'keeps it for a time that is not named',
      keepsNone: 'keeps none of it',
      keepsDays: (days) => `keeps it for ${formatCount(days)} ${plural(days, { one: 'day', other: 'days' })}`,
      and: (training, keeping, asOf) => `${training} and ${keeping} (${asOf}).`,
    },
  },
  de: {
    title: 'Anbieter',
    leadLoading: 'Eigene Schlüssel und die Server auf diesem Rechner.',
    leadNoVault: 'Jeder Anbieter wird mit einem eigenen Schlüssel aufgerufen. Zuerst ist zu wählen, wo Schlüssel liegen dürfen.',
    lead: (place) =>
      `Jeder Anbieter wird mit einem eigenen Schlüssel aufgerufen, aufbewahrt ${place}. Ein Schlüssel geht einmal hinein und kommt nie in dieses Fenster zurück.`,
    loading: 'Anbieter werden geladen',
    failed: 'Die Anbieter lassen sich nicht laden',
    tryAgain: 'Erneut versuchen',
    cancel: 'Abbrechen',
    addAddress: 'Adresse hinzufügen',
    yourKeys: 'Eigene Schlüssel',
    yourKeysHint: 'Von oben nach unten versucht; der nächste übernimmt, wenn einer abgelehnt oder begrenzt wird.',
    here: 'Auf diesem Rechner',
    hereHint: 'Kein Schlüssel, keine Kosten, nichts geht hinaus.',
    notRunningHere: (count) => (count === 1 ? '1 läuft nicht' : `${count} laufen nicht`),
    checking: 'Wird geprüft',
    checkAgain: 'Erneut prüfen',
    own: 'Eigene Adressen',
    ownHint: 'Alles, was das OpenAI-Format spricht.',
    add: 'Hinzufügen',
    more: 'Weitere Anbieter',
    withoutKey: (count) => `${formatCount(count)} ohne Schlüssel`,
    findProvider: 'Anbieter suchen',
    find: 'Suchen',
    noneCalledThat: 'So heißt kein Anbieter. Spricht er das OpenAI-Format, lässt sich stattdessen seine Adresse hinzufügen.',
    form: {
      label: 'Schlüssel hinzufügen',
      environmentOnly: 'Schlüssel kommen aus Umgebungsvariablen. Eine setzen und Switchyard neu starten, oder einen anderen Ort für Schlüssel wählen.',
      paste: 'Schlüssel einfügen',
      sent: 'Gesendet',
      pasteHint: 'Einfügen, dann Enter',
      provider: 'Anbieter',
      recognised: 'Wird erkannt',
      name: 'Name',
      optional: 'Optional',
      save: 'Schlüssel speichern',
      pasteFirst: 'Bitte zuerst einen Schlüssel einfügen.',
      chooseFirst: 'Bitte wählen, zu wem dieser Schlüssel gehört.',
      trying: (name) => `Der Schlüssel wird bei ${name} ausprobiert.`,
      slow: (name) => `${name} antwortet langsam. Der Versuch läuft noch.`,
      looksLike: (name) => `Sieht aus wie ein Schlüssel für ${name}. Enter drücken.`,
      unknown: 'Zu diesem Anfang ist kein Anbieter bekannt. Bitte einen wählen.',
      howRecognised: 'Der Anbieter wird am Anfang des Schlüssels erkannt. Der Schlüssel wird mit dem billigsten Aufruf ausprobiert.',
      several: 'Mehrere Anbieter verwenden diesen Anfang:',
      dismiss: 'Ausblenden',
      stored: {
        saved: (label) => `„${label}“ gespeichert.`,
        replaced: (label) => `„${label}“ ersetzt.`,
        imported: (label) => `„${label}“ importiert.`,
      },
    },
    custom: {
      description: 'Jeder Server, der das OpenAI-Format spricht: vLLM, llama.cpp, LiteLLM, das Gateway der Firma.',
      base: 'Basisadresse',
      baseHint: 'Wie beim OpenAI-SDK: was vor /chat/completions steht.',
      name: 'Name',
      nameExample: 'vLLM im Labor',
      short: 'Kurzname',
      shortHint: (id) => `Seine Modelle heißen ${id}/modell.`,
      shortExample: 'kurzname',
      needsKey: 'Braucht einen Schlüssel',
      needsKeyHint: 'Er wird im nächsten Schritt hinzugefügt.',
      private: 'Liegt im eigenen Netz',
      privateHint: 'Ohne dies wird eine Adresse in einem privaten Netz nicht aufgerufen.',
      added: (name, id) => `${name} hinzugefügt. Die Modelle heißen ${id}/…`,
      removed: (name) => `${name} entfernt.`,
    },
    environment: {
      title: 'In der Umgebung gefunden',
      importOf: (variable) => `${variable} importieren`,
      import: 'Importieren',
      note: 'Bis zum Import werden sie nicht benutzt.',
    },
    limits: {
      open: 'Anteil und Grenzen',
      title: (label) => `Anteil und Grenzen von „${label}“`,
      description:
        'Schlüssel kommen der Reihe nach dran, außer sie haben Gewichte: dann werden Anfragen aufgeteilt. Ein Schlüssel an seiner Grenze lässt dem nächsten den Vortritt.',
      none: 'keine',
      save: 'Speichern',
      fields: {
        weight: { label: 'Gewicht', hint: 'Unter den Schlüsseln dieses Anbieters: 3 neben 1 bekommt drei von vier Anfragen.' },
        rpm: { label: 'Anfragen je Minute', hint: 'In jeder Minute, hier gezählt.' },
        tpm: { label: 'Token je Minute', hint: 'Eingabe und Ausgabe zusammen.' },
        concurrency: { label: 'Anfragen zugleich', hint: 'Weitere gehen an den nächsten Schlüssel oder warten.' },
      },
      refused: {
        weight: 'Eine Zahl über 0, höchstens 1000.',
        rpm: 'Eine ganze Zahl über 0.',
        tpm: 'Eine ganze Zahl über 0.',
        concurrency: 'Eine ganze Zahl über 0.',
      },
      chip: {
        weight: (value) => `Gewicht ${value}`,
        rpm: (value) => `${formatCount(value)} Anfragen/min`,
        tpm: (value) => `${formatCount(value)} Token/min`,
        concurrency: (value) => `${formatCount(value)} zugleich`,
      },
    },
    key: {
      renameTitle: 'Schlüssel umbenennen',
      name: 'Name',
      rename: 'Umbenennen',
      renamed: (label) => `In „${label}“ umbenannt.`,
      replaceTitle: (label) => `„${label}“ ersetzen`,
      replaceMore: (provider) =>
        `Der neue Schlüssel wird bei ${provider} ausprobiert und nimmt den Platz des bisherigen ein. Der bisherige wird zehn Minuten behalten und springt ein, solange der neue abgelehnt wird.`,
      newKey: 'Neuer Schlüssel',
      former: {
        rests: (mask, minutes) =>
          `Der vorige Schlüssel, ${mask}, springt noch ${minutes} ${plural(minutes, { one: 'Minute', other: 'Minuten' })} ein, wo dieser abgelehnt wird.`,
        standsIn: (mask, minutes) =>
          `Der vorige Schlüssel, ${mask}, springt noch ${minutes} ${plural(minutes, { one: 'Minute', other: 'Minuten' })} für ihn ein.`,
        remove: 'Jetzt entfernen',
        removeOf: (label) => `Den Schlüssel vor „${label}“ jetzt entfernen`,
        removed: (label) => `Der Schlüssel vor „${label}“ ist gelöscht.`,
      },
      replace: 'Schlüssel ersetzen',
      deleteTitle: (label) => `„${label}“ löschen?`,
      delete: 'Löschen',
      deleteKey: 'Schlüssel löschen',
      deleteMore: (provider) =>
        `Switchyard vergisst diesen Schlüssel für ${provider}; von hier aus lässt er sich nicht zurückholen. Bei ${provider} bleibt er gültig, bis er dort widerrufen wird.`,
      deleted: (label) => `„${label}“ gelöscht.`,
      trying: 'Schlüssel wird ausprobiert',
      fromEnvironment: 'Aus einer Umgebungsvariablen gelesen; hier nicht zu ändern.',
      environment: 'Umgebung',
      lastUsed: 'Zuletzt benutzt',
      neverUsed: 'nie benutzt',
      used: (ago) => `benutzt ${ago}`,
      up: (label) => `„${label}“ nach oben`,
      down: (label) => `„${label}“ nach unten`,
      check: (label) => `„${label}“ erneut prüfen`,
      more: (label) => `Mehr zu „${label}“`,
    },
    box: {
      simulated: 'simuliert',
      keyPage: (name) => `Schlüsselseite von ${name} öffnen`,
      addKeyFor: (name) => `Schlüssel für ${name} hinzufügen`,
      addKey: 'Hinzufügen',
      getKey: (name) => `Schlüssel bei ${name} besorgen`,
      removeOf: (name) => `${name} entfernen`,
      removeTitle: (name) => `${name} entfernen?`,
      remove: 'Entfernen',
      removeMore: (id) => `Modelle namens ${id}/… werden nicht mehr gefunden. Bisherige Anfragen bleiben unter Traffic.`,
      removeWithKeys: (count) =>
        `${plural(count, { one: 'Der Schlüssel wird', other: `Die ${formatCount(count)} Schlüssel werden` })} gelöscht und lassen sich nicht zurückholen. Bisherige Anfragen bleiben unter Traffic.`,
      keysOf: (name) => `Schlüssel für ${name}`,
      saysSo: (name) => `Wo ${name} das sagt`,
      simulatedNote: 'Von Switchyard selbst erdachte Antworten: kein Schlüssel, kein Netz, Preis 0. Zum Ausprobieren; überall als simuliert gekennzeichnet.',
      models: (count) => `${formatCount(count)} ${plural(count, { one: 'Modell', other: 'Modelle' })}`,
      alwaysThere: 'Immer da',
      running: 'Läuft',
      notRunning: 'Läuft nicht',
      needsKey: 'Braucht einen Schlüssel',
      notChecked: 'Nicht geprüft',
    },
    unlock: {
      label: 'Schlüssel entsperren',
      words: 'Die Datei mit den Schlüsseln ist gesperrt. Bis sie geöffnet ist, antworten nur lokale und simulierte Modelle.',
      passphrase: 'Passphrase',
      opening: 'Wird geöffnet',
      unlock: 'Entsperren',
    },
    vault: {
      question: 'Wo dürfen Schlüssel liegen?',
      unusable: (name, reason) =>
        `${name} lässt sich nicht nutzen${reason === undefined ? '' : `: ${reason}`}. Bitte stattdessen einen dieser Orte wählen; er lässt sich später ändern.`,
      title: 'Ablageort der Schlüssel',
      passphrase: 'Passphrase',
      passphraseHint: (least) => `Mindestens ${least} Zeichen.`,
      again: 'Noch einmal',
      differ: 'Die beiden unterscheiden sich.',
      keep: 'Schlüssel hier ablegen',
      risk: 'Risiko:',
      lockedSuffix: ', gesperrt',
      noKeychain: (reason) => `Kein Schlüsselbund des Systems: ${reason}`,
      change: 'Ändern',
      changeMore: 'Anderswo abgelegte Schlüssel bleiben dort; zum Umziehen erneut einfügen oder importieren.',
      names: { file: 'Verschlüsselte Datei', environment: 'Umgebungsvariablen', memory: 'Arbeitsspeicher, bis zum Beenden', none: 'Noch nicht gewählt' },
      places: {
        keychain: (name) => `von ${name}`,
        file: 'in einer verschlüsselten Datei',
        environment: 'in Umgebungsvariablen',
        memory: 'im Arbeitsspeicher bis zum Beenden',
        none: 'noch nirgends',
      },
      meanings: {
        keychain: 'Der Schlüsselbund des Betriebssystems. Die Dateien von Switchyard enthalten keinen Schlüssel.',
        file: 'Eine Datei im Datenordner, versiegelt mit der Passphrase.',
        environment: 'Beim Start von Switchyard gelesen. Hier nicht zu ändern.',
        memory: 'Nirgends geschrieben. Nach einem Neustart erneut einzufügen.',
        none: 'Bis zur Wahl lassen sich keine Schlüssel ablegen.',
      },
      gains: {
        keychain: 'Vom Betriebssystem aufbewahrt und mit der Anmeldung geöffnet.',
        file: 'Im Datenordner, versiegelt mit einer Passphrase (scrypt, AES-256-GCM).',
        environment: 'Dort gelesen, wo sie schon liegen, etwa OPENAI_API_KEY. Nichts wird gespeichert.',
        memory: 'Nie irgendwo geschrieben.',
      },
      risks: {
        keychain: 'Programme desselben Benutzers können ihn ebenfalls danach fragen.',
        file: 'Ohne Passphrase sind die Schlüssel verloren; wer sie kennt und die Datei hat, hat die Schlüssel.',
        environment: 'Jedes Programm aus derselben Shell kann sie lesen, und sie lassen sich hier nicht ändern.',
        memory: 'Sie sind weg, wenn Switchyard endet oder abstürzt, und müssen erneut eingefügt werden.',
      },
      memoryTitle: 'Nur Arbeitsspeicher',
    },
    state: {
      unchecked: (name) => `Bei ${name} noch nicht ausprobiert.`,
      ready: (name, ago) => `${name} hat diesen Schlüssel angenommen (${ago}).`,
      refused: (name, ago) => `${name} hat diesen Schlüssel abgelehnt (${ago}). Anfragen übergehen ihn; ersetzen oder erneut prüfen.`,
      outOfCredit: (name) => `Das Konto hinter diesem Schlüssel hat kein Guthaben mehr. Bei ${name} aufladen, dann erneut prüfen.`,
      limited: (name, until) => `${name} begrenzt diesen Schlüssel. Er wird in ${until} wieder benutzt.`,
      limitOver: (name) => `Die Begrenzung durch ${name} ist vorbei. Der Schlüssel wird wieder benutzt.`,
      missing: 'Der Ablageort enthält diesen Schlüssel nicht mehr oder ist gesperrt. Schlüssel erneut einfügen oder den Eintrag löschen.',
      short: {
        unchecked: 'Nicht geprüft',
        ready: 'Bereit',
        refused: 'Abgelehnt',
        outOfCredit: 'Kein Guthaben',
        limited: (until) => `Begrenzt, ${until}`,
        missing: 'Fehlt',
      },
    },
    check: {
      short: {
        valid: 'Gültig',
        unproven: 'Unbewiesen',
        refused: 'Abgelehnt',
        outOfCredit: 'Kein Guthaben',
        forbidden: 'Verboten',
        rateLimited: 'Begrenzt',
        unreachable: 'Nicht erreichbar',
        unexpected: 'Unklar',
      },
      valid: (name, span, models) =>
        `${name} hat den Schlüssel in ${span} angenommen.${models === undefined ? '' : ` Er öffnet ${formatCount(models)} ${plural(models, { one: 'Modell', other: 'Modelle' })}.`}`,
      unproven: (name) => `${name} zeigt die Modelle allen, daher sagt erst eine Anfrage, ob der Schlüssel stimmt.`,
      refused: (name) => `${name} kennt diesen Schlüssel nicht. Wurde er ganz kopiert, und ist er dort noch aktiv?`,
      outOfCredit: (name) => `Der Schlüssel stimmt, aber das Konto hat kein Guthaben. Bei ${name} aufladen, dann erneut prüfen.`,
      forbidden: (name) => `${name} kennt den Schlüssel, verbietet aber den Versuch. Projekt, Rechte und Region dort prüfen.`,
      rateLimited: (name) => `${name} begrenzt diesen Schlüssel gerade, daher ließ er sich nicht ausprobieren. In einer Minute erneut prüfen.`,
      unreachable: (name) => `${name} war nicht erreichbar, daher wurde der Schlüssel nicht ausprobiert. Verbindung ansehen, dann erneut prüfen.`,
      unexpected: (name) => `${name} hat so geantwortet, dass es nichts über den Schlüssel sagt. Später erneut prüfen.`,
    },
    policy: {
      regions: { local: 'auf diesem Rechner', eu: 'in der EU', us: 'in den USA', cn: 'in China' },
      processes: (regions) => `Verarbeitet ${regions.join(' oder ')}`,
      unknown: 'Uns ist keine dokumentierte Datenrichtlinie bekannt.',
      trains: 'trainiert womöglich mit dem Gesendeten',
      doesNotTrain: 'trainiert nicht mit dem Gesendeten',
      keepsUnnamed: 'behält es für eine nicht genannte Zeit',
      keepsNone: 'behält nichts davon',
      keepsDays: (days) => `behält es ${formatCount(days)} ${plural(days, { one: 'Tag', other: 'Tage' })}`,
      and: (training, keeping, asOf) => `${training} und ${keeping} (${asOf}).`,
    },
  },
}
