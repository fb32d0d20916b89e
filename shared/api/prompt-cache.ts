import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import type { CallerId, CredentialId, EndpointId, Ms } from '../ids.ts'
import type { NanoUsd } from '../money.ts'
import type { KeepWarmRefusal } from '../prompt-cache-rules.ts'

/** The beginning of a conversation that is in a provider's prompt cache, as far as the provider's rules tell. */
export interface WarmPrefixSummary {
  readonly id: string
  readonly client: CallerId
  /** How its first question begins. */
  readonly title: string
  /** The model as its client asked for it. */
  readonly model: string
  readonly endpoint: EndpointId
  readonly key: { readonly id: CredentialId; readonly label: string } | undefined
  readonly tokens: number
  readonly until: Ms
  /** What reading it at the next turn saves; undefined: the prices are not known. */
  readonly worth: NanoUsd | undefined
  readonly keepWarm: KeepWarm
}

/** Whether a call that does nothing but begin the prefix's life anew makes sense. */
export type KeepWarm =
  /** `paysFrom`: 0 to 1, how likely another turn must be for the call to pay; `keptForMs`: for so long from the call on. */
  | { readonly is: 'offered'; readonly cost: NanoUsd; readonly paysFrom: number; readonly keptForMs: Ms }
  /** `why` in English, for whoever asks by HTTP. */
  | { readonly is: 'not-offered'; readonly reason: KeepWarmRefusal; readonly why: string }

/** What a keep-warm call has done. */
export interface KeptWarm {
  readonly cost: NanoUsd | undefined
  /** The provider read the prefix from its cache; undefined: it did not say. */
  readonly wasWarm: boolean | undefined
  readonly until: Ms | undefined
}

export const promptCacheApi = {
  /** Dearest first. */
  'promptCache.list': reads(z.object({})).returns<readonly WarmPrefixSummary[]>(),
  /**
   * What is warm of the conversation that begins with this system prompt and question, wherever it was asked last: another model forfeits it. The
   * playground's conversations, unless another client key is named; one that its client has named itself is not found by its beginning.
   */
  'promptCache.ofConversation': reads(
    z.object({ system: z.string().max(2_000_000), question: z.string().max(2_000_000), client: z.string().max(100).optional() }),
  ).returns<WarmPrefixSummary | null>(),
  /** Sends the last turn once more with the shortest answer there is. It costs what `keepWarm.cost` says and has a ledger row of its own. */
  'promptCache.keepWarm': writes(z.object({ id: z.string().min(1).max(100) })).returns<KeptWarm>(),
}
