import type { Texts } from '../../i18n/texts.ts'

/** Of a provider's menu: its address and what the user's contract with it says. */
interface TermsTexts {
  readonly more: (provider: string) => string
  readonly address: string
  readonly contract: string
  readonly ownAddress: string
  readonly addressDialog: {
    readonly title: (provider: string) => string
    readonly description: (provider: string) => string
    readonly label: string
    readonly usual: (address: string) => string
    readonly noUsual: string
    readonly notAnAddress: string
    readonly unencrypted: string
    readonly private: string
    readonly privateHint: string
    readonly save: string
    readonly reset: string
    readonly saved: (provider: string) => string
    readonly wasReset: (provider: string) => string
  }
  readonly contractDialog: {
    readonly title: (provider: string) => string
    readonly description: (provider: string) => string
    readonly keepsNothing: string
    readonly keepsNothingHint: string
    readonly learnsNothing: string
    readonly learnsNothingHint: string
    readonly note: string
    readonly noteHint: string
    readonly save: string
    readonly remove: string
    readonly saved: (provider: string) => string
    readonly removed: (provider: string) => string
  }
  readonly says: {
    readonly both: string
    readonly keepsNothing: string
    readonly learnsNothing: string
    readonly neither: string
    readonly noted: (sentence: string, note: string) => string
  }
}

export const TERMS_TEXTS: Texts<TermsTexts> = {
  en: {
    more: (provider) => `More for ${provider}`,
    address: 'Address…',
    contract: 'Your contract…',
    ownAddress: 'own address',
    addressDialog: {
      title: (provider) => `Address of ${provider}`,
      description: (provider) => `Requests and keys for ${provider} go to this address: a company’s relay, a server on another port, a region of your own.`,
      label: 'Base address',
      usual: (address) => `Usually ${address}`,
      noUsual: 'This provider has no address that is everybody’s: give yours.',
      notAnAddress: 'An address begins with https:// or http:// and names a host.',
      unencrypted: 'Without https the key and every prompt cross the network in the clear.',
      private: 'It is in my own network',
      privateHint: 'Without this an address inside a private network is not called.',
      save: 'Use this address',
      reset: 'Back to the usual one',
      saved: (provider) => `${provider} is called at your address from now on.`,
      wasReset: (provider) => `${provider} is called at its usual address again.`,
    },
    contractDialog: {
      title: (provider) => `Your contract with ${provider}`,
      description: (provider) =>
        `What you state here holds in place of what ${provider} documents for everybody. Requests with zdr or data_collection: deny go by it, and so does automatic routing.`,
      keepsNothing: 'Zero retention',
      keepsNothingHint: 'It keeps nothing of what it is sent.',
      learnsNothing: 'No training',
      learnsNothingHint: 'It trains on nothing of what it is sent.',
      note: 'Note',
      noteHint: 'For yourself: which contract that is, until when it holds.',
      save: 'State this',
      remove: 'Take it back',
      saved: (provider) => `Your contract with ${provider} is stated.`,
      removed: (provider) => `For ${provider} its own document holds again.`,
    },
    says: {
      both: 'By your contract it keeps nothing of what it is sent and does not train on it.',
      keepsNothing: 'By your contract it keeps nothing of what it is sent.',
      learnsNothing: 'By your contract it does not train on what it is sent, and may keep it.',
      neither: 'By your contract it may keep what it is sent and train on it.',
      noted: (sentence, note) => `${sentence} (${note})`,
    },
  },
  de: {
    more: (provider) => `Mehr zu ${provider}`,
    address: 'Adresse …',
    contract: 'Ihr Vertrag …',
    ownAddress: 'eigene Adresse',
    addressDialog: {
      title: (provider) => `Adresse von ${provider}`,
      description: (provider) =>
        `Anfragen und Schlüssel für ${provider} gehen an diese Adresse: ein Relay der Firma, ein Server an einem anderen Port, eine eigene Region.`,
      label: 'Basisadresse',
      usual: (address) => `Sonst ${address}`,
      noUsual: 'Dieser Anbieter hat keine Adresse, die für alle gilt: geben Sie Ihre an.',
      notAnAddress: 'Eine Adresse beginnt mit https:// oder http:// und nennt einen Host.',
      unencrypted: 'Ohne https gehen Schlüssel und Prompts unverschlüsselt durchs Netz.',
      private: 'Sie liegt in meinem eigenen Netz',
      privateHint: 'Ohne dies wird eine Adresse in einem privaten Netz nicht aufgerufen.',
      save: 'Diese Adresse nehmen',
      reset: 'Zurück zur üblichen',
      saved: (provider) => `${provider} wird ab jetzt an Ihrer Adresse aufgerufen.`,
      wasReset: (provider) => `${provider} wird wieder an der üblichen Adresse aufgerufen.`,
    },
    contractDialog: {
      title: (provider) => `Ihr Vertrag mit ${provider}`,
      description: (provider) =>
        `Was Sie hier angeben, gilt anstelle dessen, was ${provider} für alle dokumentiert. Anfragen mit zdr oder data_collection: deny richten sich danach, ebenso das automatische Routing.`,
      keepsNothing: 'Keine Speicherung',
      keepsNothingHint: 'Vom Gesendeten wird nichts behalten.',
      learnsNothing: 'Kein Training',
      learnsNothingHint: 'Mit dem Gesendeten wird nicht trainiert.',
      note: 'Notiz',
      noteHint: 'Für Sie selbst: welcher Vertrag das ist, bis wann er gilt.',
      save: 'So angeben',
      remove: 'Zurücknehmen',
      saved: (provider) => `Ihr Vertrag mit ${provider} ist angegeben.`,
      removed: (provider) => `Für ${provider} gilt wieder das eigene Dokument.`,
    },
    says: {
      both: 'Nach Ihrem Vertrag wird vom Gesendeten nichts behalten und nicht damit trainiert.',
      keepsNothing: 'Nach Ihrem Vertrag wird vom Gesendeten nichts behalten.',
      learnsNothing: 'Nach Ihrem Vertrag wird mit dem Gesendeten nicht trainiert; behalten werden darf es.',
      neither: 'Nach Ihrem Vertrag darf das Gesendete behalten und damit trainiert werden.',
      noted: (sentence, note) => `${sentence} (${note})`,
    },
  },
}
