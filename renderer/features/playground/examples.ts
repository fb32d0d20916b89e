export interface Example {
  readonly title: string
  readonly prompt: string
}

/** Three questions on which models differ in a way one can see: length, structure, code. The demo models answer them too. */
export const EXAMPLES: readonly [Example, Example, Example] = [
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
]
