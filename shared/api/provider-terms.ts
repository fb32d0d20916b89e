import { z } from 'zod'
import { writes } from '../contract.ts'
import { providerContract } from '../settings.ts'
import type { ProviderSummary } from './providers.ts'

const id = z.string().min(1).max(100)

/** What the user says of a provider: where it is, and what their contract with it holds. */
export const providerTermsApi = {
  'providers.setAddress': writes(
    z.object({
      id,
      /** undefined: the provider's own again. A provider that the user made has none besides. */
      baseUrl: z
        .url({ protocol: /^https?$/, error: 'an http or https address' })
        .max(500)
        .optional(),
      /** Yes to an address inside a private network. Without it such an address is refused, naming this field. */
      inPrivateNetwork: z.boolean().optional(),
    }),
  ).returns<ProviderSummary>(),
  /** `contract` undefined: what the provider documents holds again. */
  'providers.setContract': writes(z.object({ id, contract: providerContract.optional() })).returns<ProviderSummary>(),
}
