import type { Protocol } from '../../../shared/chat.ts'
import type { Send } from '../attempt/send.ts'

/** How a key is shown to the provider. 'optional-bearer' suits local servers that may ask for one. */
export type Authorization =
  | { readonly kind: 'bearer' }
  | { readonly kind: 'optional-bearer' }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'none' }

/** A place that serves models, declared. What is common to a wire format lives in protocols/; this states only where it departs. */
export interface ProviderDefinition {
  readonly id: string
  readonly name: string
  readonly protocol: Protocol
  /** Without a trailing slash; the protocol's path follows. undefined: the user gives it. */
  readonly baseUrl: string | undefined
  readonly authorization: Authorization
  /** Sent with every call, such as `anthropic-version`; a client's own header of that name wins on a relay. */
  readonly headers?: Readonly<Record<string, string>>
  /** Client headers that go on to the provider, lower case, such as `anthropic-beta`. */
  readonly forwardedHeaders?: readonly string[]
  /** Beginnings by which a pasted key is recognised; the longest match over all providers wins. */
  readonly keyPrefixes: readonly string[]
  /** Variables in which people keep a key for it. */
  readonly environment: readonly string[]
  /** The cheapest call that proves a key, below the base URL. */
  readonly validatePath: string
  /** Where people make a key. */
  readonly keyPage?: string
  readonly runsLocally: boolean
  /** Answers are made up here; the engine marks them everywhere. */
  readonly simulated?: boolean
  /** Departures from the format, each with where it is written. */
  readonly quirks?: readonly { readonly what: string; readonly source: string }[]
  /** Takes the place of the network (simulated providers). */
  readonly send?: Send
}

/** Type-checks a declaration where it stands. */
export function defineProvider(definition: ProviderDefinition): ProviderDefinition {
  return definition
}
