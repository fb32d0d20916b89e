import type { ChatView, Dialect, JsonValue, Need, Protocol } from '../../../shared/chat.ts'
import type { IsoDate } from '../../../shared/ids.ts'
import type { Translated } from '../../../shared/messages/message.ts'
import type { Prices } from '../../../shared/routing.ts'
import type { Reach } from '../attempt/address.ts'
import type { Send, UpstreamRequest } from '../attempt/send.ts'
import type { Secret } from '../credentials/secret.ts'
import type { FrameSplitter, UpstreamFormat, WriteTarget } from '../protocols/protocol.ts'

/** How a key is shown to the provider. 'optional-bearer' suits local servers that may ask for one. */
export type Authorization =
  | { readonly kind: 'bearer' }
  | { readonly kind: 'optional-bearer' }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'none' }

/** A model that stands in the declaration itself. Limits in tokens. */
export interface DeclaredModel {
  readonly id: string
  readonly name: string
  readonly context: number
  readonly output: number
  readonly can: readonly Need[]
  readonly price: Prices
}

export interface Adaptation {
  /** Top-level fields of the body to set, or with undefined to remove. */
  readonly edits: Readonly<Record<string, JsonValue | undefined>>
  /** What the client asked for and the place does not know. */
  readonly dropped?: readonly string[]
}

export interface AskedProtocol {
  readonly upstreamModel: string
  readonly view: ChatView
  /** What the client speaks: where the provider does too, its bytes can pass untouched. */
  readonly dialect: Dialect
}

/** Where requests are processed. 'local' is this machine, 'eu' the European Union. */
export type Region = 'local' | 'eu' | 'us' | 'cn'

/** What a provider says it does with what it is sent, in its own documents. */
export interface DataPolicy {
  /** Whether inputs may be used for training by default, for paying users of the API. */
  readonly trains: boolean
  /** How long prompts and answers are kept by default; 0 for not at all, undefined where the document names no number of days. */
  readonly retentionDays: number | undefined
  /** Beginnings of the names of models that it does not hold for, because they run elsewhere; 'all': a router, which runs none itself. */
  readonly exceptModels?: 'all' | readonly string[]
  /** What the two figures leave out. */
  readonly note?: Translated
  readonly source: string
  /** The day on which the document was read. */
  readonly asOf: IsoDate
}

/** A place that serves models, declared. What is common to a wire format lives in protocols/; this states only where it departs. */
export interface ProviderDefinition {
  readonly id: string
  readonly name: string
  readonly protocol: Protocol
  /** For providers that speak several formats: the one for this request. Absent: `protocol`, always. */
  readonly protocolFor?: (asked: AskedProtocol) => Protocol
  /**
   * Without a trailing slash; the protocol's path follows. undefined: the user gives it. `{names}` in it stand for what only the key tells (a
   * region, a project) and are filled in by `authorize`.
   */
  readonly baseUrl: string | undefined
  /** The base that an address given by the user means, where people know it under more than one. */
  readonly baseOf?: (address: string) => string
  readonly authorization: Authorization
  /** Where a key's requests are processed, in the provider's own word (`us-east-1`). @throws Failure for a key that cannot be read */
  readonly regionOf?: (key: string) => string | undefined
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
  /** A closed list: no other name is taken. Absent: any name is passed on, since the provider knows its models best. */
  readonly models?: readonly DeclaredModel[]
  /** Holds for every model that no price list knows. Absent: such a price is unknown. */
  readonly flatPrice?: Prices
  /** Serves other vendors' models as `vendor/model`; for a bare name the vendor itself is preferred. */
  readonly aggregates?: boolean
  /** The provider's own spelling of a model name that clients may know from elsewhere. */
  readonly spelling?: (model: string) => string
  /** Whether a local server hands this model's requests on to another machine. */
  readonly leavesMachine?: (model: string) => boolean
  /** Pictures and documents have to come as bytes here, though others of its format fetch them from their addresses. */
  readonly refusesAddresses?: boolean
  /** Path and query below the base URL, where it is not the format's. */
  readonly path?: (target: WriteTarget) => string
  /** What differs in every body; `headers` are those that go out with it, lower case, and hold no key. */
  readonly adapt?: (headers: Readonly<Record<string, string>>) => Adaptation
  /** What an error status means, where the place answers in other words than its format. */
  readonly classify?: UpstreamFormat['classify']
  /** How streams are framed here, where not as the format has it. The wire bytes of its frames are the format's own, as a client expects them. */
  readonly splitter?: () => FrameSplitter
  /** Where its address may lead when it is called; absent: anywhere but to what is never called. */
  readonly within?: ReadonlySet<Reach>
  /** The provider's own documentation of its API. */
  readonly docs?: string
  /** Where it processes requests, where it says so; undefined is unknown, which no residency rule takes for an answer. */
  readonly residency?: { readonly regions: readonly Region[]; readonly source: string }
  /** undefined: nothing documented was found, which is not the same as harmless. */
  readonly dataPolicy?: DataPolicy
  /** Where it tells of its outages. */
  readonly statusPage?: string
  /**
   * Where its models are listed, where that is not below the base URL: addresses made from it, whose `{names}` `authorize` fills in. Several lists are
   * joined.
   */
  readonly lists?: (baseUrl: string) => readonly string[]
  /** Why it is not asked for its list, in a sentence for people. */
  readonly noList?: Translated
  /** Its list of models answers without a key, so that only a first request proves one. */
  readonly listIsPublic?: boolean
  /** Departures from the format, each with where it is written. */
  readonly quirks?: readonly { readonly what: string; readonly source: string }[]
  /**
   * Signs a request where a header with the key is not enough (AWS signatures, Google service accounts). The request comes without the key.
   * @throws Failure 'credential-refused' when the secret is not of the kind this provider takes
   */
  readonly authorize?: (
    request: UpstreamRequest,
    secret: Secret,
    facts: { readonly now: () => number; readonly send: Send },
  ) => UpstreamRequest | Promise<UpstreamRequest>
  /** Takes the place of the network (simulated providers). */
  readonly send?: Send
}

/** Type-checks a declaration where it stands. */
export function defineProvider(definition: ProviderDefinition): ProviderDefinition {
  return definition
}
