import type { ChatView } from './chat.ts'

const FIELD = /^n$|(?:^|[._])candidate_?[Cc]ount$/

/** The field by which a request asks for several answers at once, as its dialect names it; undefined: it asks for one. */
export function severalAnswersField({ unmodelled }: Pick<ChatView, 'unmodelled'>): string | undefined {
  return Object.entries(unmodelled).find(([name, value]) => typeof value === 'number' && value > 1 && FIELD.test(name))?.[0]
}
