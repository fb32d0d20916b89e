import type { promptCacheApi } from '../../../shared/api/prompt-cache.ts'
import type { Message } from '../../../shared/chat.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import { Failure } from '../../../shared/failure.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import { PLAYGROUND_CALLER } from '../../engine/converse.ts'
import type { AdminStages } from './stages.ts'

export function promptCacheHandlers({ promptCache, catalog }: Pick<AdminStages, 'promptCache' | 'catalog'>): Handlers<typeof promptCacheApi> {
  return {
    'promptCache.list': async () => {
      await catalog.ready()
      return promptCache.list()
    },
    'promptCache.ofConversation': async ({ system, question, client = PLAYGROUND_CALLER.id }) => {
      await catalog.ready()
      const said = (role: 'system' | 'user', text: string): readonly Message[] => (text === '' ? [] : [{ role, parts: [{ type: 'text', text }] }])
      return (await promptCache.ofConversation(client, [...said('system', system), ...said('user', question)])) ?? null
    },
    'promptCache.keepWarm': async ({ id }) => {
      await catalog.ready()
      try {
        return await promptCache.keepWarm(id)
      } catch (thrown) {
        // the user asked for this call, and what the provider says of it is the answer
        if (thrown instanceof Failure && thrown.kind !== 'internal') throw new ApiError('bad-input', saidBy(thrown))
        throw thrown
      }
    },
  }
}
