import type { Texts } from '../../../i18n/texts.ts'

interface WhereTexts {
  readonly title: string
  readonly policy: string
  readonly policies: Readonly<Record<'any' | 'not-kept' | 'this-machine', { readonly title: string; readonly note: string }>>
  readonly regions: string
  readonly regionsHint: string
  readonly region: Readonly<Record<'eu' | 'us' | 'cn', string>>
}

export const WHERE_TEXTS: Texts<WhereTexts> = {
  en: {
    title: 'Where requests may go',
    policy: 'What may become of requests',
    policies: {
      any: { title: 'Anything', note: 'Every provider there is a key for.' },
      'not-kept': {
        title: 'Neither kept nor trained on',
        note: 'Only providers that say so, or whose contract with you says so (on the Providers screen), and servers on this machine.',
      },
      'this-machine': { title: 'Not to leave this machine', note: 'Only servers that run here.' },
    },
    regions: 'Where they may be processed',
    regionsHint: 'While one is off, providers that do not say where they process are out too; servers on this machine are always in.',
    region: { eu: 'European Union', us: 'United States', cn: 'China' },
  },
  de: {
    title: 'Wohin Anfragen dürfen',
    policy: 'Was mit Anfragen geschehen darf',
    policies: {
      any: { title: 'Alles', note: 'Jeder Anbieter, für den es einen Schlüssel gibt.' },
      'not-kept': {
        title: 'Weder behalten noch zum Training genutzt',
        note: 'Nur Anbieter, die das zusagen oder deren Vertrag mit Ihnen es sagt (in der Ansicht Anbieter), und Server auf diesem Rechner.',
      },
      'this-machine': { title: 'Diesen Rechner nicht verlassen', note: 'Nur Server, die hier laufen.' },
    },
    regions: 'Wo sie verarbeitet werden dürfen',
    regionsHint: 'Ist eine aus, scheiden auch Anbieter aus, die nicht sagen, wo sie verarbeiten; Server auf diesem Rechner sind immer dabei.',
    region: { eu: 'Europäische Union', us: 'USA', cn: 'China' },
  },
}
