/** The plan of a request that nobody had to be asked for: what the user's own routing did, and why no place was looked for. */

import type { CacheUse } from '../../shared/cache.ts'
import type { OwnRoutingMessage } from '../../shared/messages/own-routing.ts'
import type { RoutePlan } from '../../shared/routing.ts'
import type { ChatRequest } from './request.ts'

export function unplanned({ view, own }: Pick<ChatRequest, 'view' | 'own'>, use: CacheUse | undefined): RoutePlan {
  const trail = [...(own?.trail ?? []), sentenceOf(use)]
  return { requested: view.model, decidedBy: own?.decidedBy ?? said({ code: 'by-cache' }), candidates: [], passedOver: [], trail }
}

const said = (message: OwnRoutingMessage): OwnRoutingMessage => message

function sentenceOf(use: CacheUse | undefined): OwnRoutingMessage {
  switch (use?.kind) {
    case 'exact':
      return { code: 'cache-had-it', source: use.source }
    case 'semantic':
      return { code: 'cache-had-its-like', source: use.source }
    case 'merged':
      return { code: 'answered-together', request: use.with }
    default:
      return { code: 'nobody-asked' }
  }
}
