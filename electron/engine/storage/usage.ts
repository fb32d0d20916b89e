import type { Tokens } from '../../../shared/chat.ts'
import type { CallerId, CredentialId, EndpointId, Ms } from '../../../shared/ids.ts'
import type { NanoUsd } from '../../../shared/money.ts'

/** From the first moment to before the second. */
export interface UsageSpan {
  readonly from: Ms
  readonly until: Ms
}

/** Sounds and pictures are few and have no sums of their own; what they cost is in `spent`. */
export type UsageTokens = Required<Pick<Tokens, 'input' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h' | 'output' | 'reasoning'>>

/** Closed requests of one endpoint, client and key. */
export interface UsageSums {
  /** undefined: nobody answered. */
  readonly endpoint: EndpointId | undefined
  readonly caller: CallerId | undefined
  readonly callerName: string | undefined
  readonly credential: CredentialId | undefined
  readonly simulated: boolean
  readonly requests: number
  /** Those of them whose cost is unknown. */
  readonly unpriced: number
  readonly spent: NanoUsd
  /** A count that nobody told adds nothing. */
  readonly tokens: UsageTokens
  /** What answers given again would have cost from the models that gave them. */
  readonly saved: NanoUsd
  /** Answers given again of which nobody knows that. */
  readonly savedUnknown: number
}

/** '' stands for nobody. */
export interface SpentBy {
  readonly caller: CallerId
  readonly spent: NanoUsd
}
