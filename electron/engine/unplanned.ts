/** The plan of a request that nobody had to be asked for: what the user's own routing did, and why no place was looked for. */
import type { CacheUse } from '../../shared/cache.ts'
import type { RoutePlan } from '../../shared/routing.ts'
import type { ChatRequest } from './request.ts'

export function unplanned({ view, own }: Pick<ChatRequest, 'view' | 'own'>, use: CacheUse | undefined): RoutePlan {
  const trail = [...(own?.trail ?? []), sentenceOf(use)]
  return { requested: view.model, decidedBy: own?.decidedBy ?? 'the response cache', candidates: [], passedOver: [], trail }
}

function sentenceOf(use: CacheUse | undefined): string {
  switch (use?.kind) {
    case 'exact':
      return `The response cache had the answer to this very question, given to ${use.source}.`
    case 'semantic':
      return `The response cache had the answer to a question that means the same, given to ${use.source}.`
    case 'merged':
      return `It was answered together with ${use.with}, which asked the same; its plan is there.`
    default:
      return 'Nobody had to be asked.'
  }
}
