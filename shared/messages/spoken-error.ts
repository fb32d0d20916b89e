import { english, type Ours } from './english.ts'

/** An error that is told to people. `message` is English; `said` is what other languages are made from, where it is ours. */
export class SpokenError extends Error {
  readonly said: Ours | undefined

  constructor(said: string | Ours, options?: ErrorOptions) {
    super(english(said), options)
    this.said = typeof said === 'string' ? undefined : said
  }
}

/** What a thrown thing says, in the richest form there is. */
export function saidBy(thrown: unknown): string | Ours {
  if (thrown instanceof SpokenError) return thrown.said ?? thrown.message
  return thrown instanceof Error ? thrown.message : String(thrown)
}
