import type { Answer, Caller, ChatRequest } from '../request.ts'

/** The response cache's place in the pipeline. */
export interface ResponseCache {
  find(request: ChatRequest, caller: Caller): Promise<Answer | undefined>
}

/** Not built yet: every request goes on to a provider. Listed as a pass-through in the README. */
export const passThroughCache: ResponseCache = { find: async () => undefined }
