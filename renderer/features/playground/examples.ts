import { type Texts, textsNow } from '../../i18n/texts.ts'

export interface Example {
  readonly title: string
  readonly prompt: string
}

type Three = readonly [Example, Example, Example]

/** Three questions on which models differ in a way one can see: length, structure, code. The demo models answer them too. */
export const EXAMPLES: Texts<Three> = {
  en: [
    {
      title: 'Explain an idea',
      prompt: 'Explain what a circuit breaker does in a service that calls other services. When does it open, and when does it close again?',
    },
    {
      title: 'Write some code',
      prompt: 'Write a TypeScript function that retries a request with exponential backoff and jitter, and stops when its AbortSignal aborts.',
    },
    {
      title: 'Decide between two',
      prompt: 'Compare SQLite and PostgreSQL for a desktop app in a table of five rows, then recommend one in a single sentence.',
    },
  ],
  de: [
    {
      title: 'Eine Idee erklären',
      prompt: 'Erkläre, was ein Circuit Breaker in einem Dienst tut, der andere Dienste aufruft. Wann öffnet er sich, und wann schließt er sich wieder?',
    },
    {
      title: 'Code schreiben',
      prompt:
        'Schreibe eine TypeScript-Funktion, die eine Anfrage mit exponentiellem Backoff und Jitter wiederholt und aufhört, wenn ihr AbortSignal abbricht.',
    },
    {
      title: 'Zwischen zweien wählen',
      prompt: 'Vergleiche SQLite und PostgreSQL für eine Desktop-App in einer Tabelle mit fünf Zeilen und empfiehl dann eines in einem einzigen Satz.',
    },
  ],
}

/** A draft that is still an example, in the language in use; any other draft as it is. */
export function exampleInLanguage(draft: string): string {
  const at = EXAMPLES.en.findIndex(({ prompt }, place) => prompt === draft || EXAMPLES.de[place]?.prompt === draft)
  return textsNow(EXAMPLES)[at]?.prompt ?? draft
}

export function isExample(draft: string): boolean {
  return [...EXAMPLES.en, ...EXAMPLES.de].some(({ prompt }) => prompt === draft)
}
