import { z } from 'zod'
import type { Need, Protocol } from '../chat.ts'
import { reads, writes } from '../contract.ts'
import type { EndpointId, ProviderId } from '../ids.ts'
import { INPUT_HINTS } from '../messages/input.ts'
import type { Said, Translated } from '../messages/message.ts'
import type { ModelFacts } from '../models.ts'
import type { Prices } from '../routing.ts'
import { PROVIDER_ID, type ProviderContract } from '../settings.ts'

export interface ProviderSummary {
  readonly id: ProviderId
  readonly name: string
  readonly protocol: Protocol
  readonly baseUrl: string
  /** Where it is unless the user says otherwise; undefined: it has no address that is everybody's, or the user made it. */
  readonly usualBaseUrl?: string | undefined
  /** The user's own address as typed, in place of the usual one. */
  readonly ownAddress?: { readonly baseUrl: string; readonly inPrivateNetwork: boolean }
  /** What the user's contract with it says, in place of what it documents. */
  readonly contract?: ProviderContract
  readonly needsKey: boolean
  readonly takesKey: boolean
  /** Beginnings by which a pasted key is recognised. */
  readonly keyPrefixes: readonly string[]
  readonly keyPage: string | undefined
  readonly runsLocally: boolean
  readonly simulated: boolean
  /** Made by the user and so may be removed. */
  readonly custom: boolean
  /** For local servers: whether one answered. undefined: not asked, or not local. */
  readonly running: boolean | undefined
  readonly modelCount: number
  readonly docs: string | undefined
  readonly statusPage: string | undefined
  /** Where it processes requests; undefined: it does not say. */
  readonly residency: { readonly regions: readonly ('local' | 'eu' | 'us' | 'cn')[]; readonly source: string | undefined } | undefined
  /** What it does with what it is sent; undefined: nothing documented was found. */
  readonly dataPolicy:
    | {
        readonly trains: boolean
        /** Days; 0 for not at all, undefined where no number is named. */
        readonly retentionDays: number | undefined
        readonly note?: Translated
        readonly source: string
        readonly asOf: string
      }
    | undefined
}

export interface ModelRow {
  readonly id: EndpointId
  readonly name: string
  readonly provider: ProviderId
  readonly providerName: string
  readonly context: number | undefined
  readonly price: Prices | undefined
  readonly can: readonly Need[] | undefined
  /** Longest answer in tokens. */
  readonly output?: number
  /** What sources tell of it. Absent: nothing. */
  readonly facts?: ModelFacts
  /** `author/model`, the same for all hosts of one model. */
  readonly canonical?: string
  /** What is charged beside the price, or why there is none. */
  readonly priceNotes?: readonly Said[]
  /** Whose price it is. */
  readonly priceIs?: 'listed' | 'discounted' | 'yours'
  /** Whether the provider goes on charging when a client leaves, and by whose word; `assumed` where that is not its own. Absent: nobody tells. */
  readonly cancelRule?: { readonly bills: boolean; readonly source: string; readonly assumed: boolean }
  readonly runsLocally: boolean
  readonly simulated: boolean
  /** A key is there, or none is needed and the server runs. */
  readonly usable: boolean
  /** Why not, in a sentence; undefined when usable. */
  readonly unusableBecause: Said | undefined
}

export const providersApi = {
  'providers.list': reads(z.object({})).returns<readonly ProviderSummary[]>(),
  'providers.addCustom': writes(
    z.object({
      id: z.string().trim().regex(PROVIDER_ID, INPUT_HINTS['lower-case']),
      name: z.string().trim().min(1, INPUT_HINTS.name).max(60),
      baseUrl: z.url({ protocol: /^https?$/, error: INPUT_HINTS['web-address'] }).max(500),
      needsKey: z.boolean(),
      /** Yes to an address inside a private network. Without it such an address is refused, naming this field. */
      inPrivateNetwork: z.boolean().optional(),
    }),
  ).returns<ProviderSummary>(),
  'providers.removeCustom': writes(z.object({ id: z.string().min(1).max(100) })).returns<null>(),
  /** Asks local servers whether they run and which models they hold. */
  'providers.probeLocal': writes(z.object({})).returns<readonly ProviderSummary[]>(),
  'models.list': reads(z.object({})).returns<readonly ModelRow[]>(),
}
