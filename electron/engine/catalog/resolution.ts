/** What a model's name means. */
import type { EndpointId } from '../../../shared/ids.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import type { NameWish } from './suffix.ts'

export type Resolution =
  /** `alternatives`: other hosts of the very same model, best known first; routing may go to them where the client allows fallbacks. */
  | ({
      readonly is: 'found'
      readonly endpoint: Endpoint
      readonly alternatives: readonly Endpoint[]
      /** `sort`: by what the client wants its hosts ordered (`:floor`, `:nitro`); `onlyFree` (`:free`): hosts that charge are not among them. */
    } & NameWish)
  | { readonly is: 'ambiguous'; readonly candidates: readonly EndpointId[] }
  | { readonly is: 'unknown'; readonly near: readonly EndpointId[] }
