import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import type { LocalModelSummary } from '../local-models.ts'

const id = z.string().min(1).max(100)

/** Sentence models on this machine, which propose questions in other words to the semantic cache. */
export const embeddersApi = {
  'embedders.list': reads(z.object({})).returns<readonly LocalModelSummary[]>(),
  /**
   * Brings a model from its host, and uses it once it has come. Calling this is the agreement to that, so it names the commit that was agreed to.
   * Answers at once; `embedders.list` tells how far it is.
   */
  'embedders.download': writes(z.object({ id, revision: z.string().regex(/^[0-9a-f]{40}$/, 'is no commit') })).returns<LocalModelSummary>(),
  /** Takes away what has come so far. */
  'embedders.cancel': writes(z.object({ id })).returns<LocalModelSummary>(),
  /** Frees its disk; where it was in use, words alone are from then on. */
  'embedders.delete': writes(z.object({ id })).returns<LocalModelSummary>(),
}
