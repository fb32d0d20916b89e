import type { ChatView } from './chat.ts'

const FIELD = /^n$|(?:^|[._])candidate_?[Cc]ount$/

/** How many answers a request asks for at once. */
export function answersAsked({ unmodelled }: Pick<ChatView, 'unmodelled'>): number {
  let most = 1
  for (const [name, value] of Object.entries(unmodelled)) if (typeof value === 'number' && FIELD.test(name)) most = Math.max(most, value)
  return most
}

/** The field by which a request asks for several answers at once, as its dialect names it; undefined: it asks for one. */
export function severalAnswersField({ unmodelled }: Pick<ChatView, 'unmodelled'>): string | undefined {
  return Object.entries(unmodelled).find(([name, value]) => typeof value === 'number' && value > 1 && FIELD.test(name))?.[0]
}
