/** Names that must not be mixed up. Each is a plain string at run time. */
export type RequestId = string & { readonly __id?: 'request' }
/** `provider/upstream-model`, such as `openai/gpt-5-mini`. */
export type EndpointId = string & { readonly __id?: 'endpoint' }
export type ProviderId = string & { readonly __id?: 'provider' }
export type CredentialId = string & { readonly __id?: 'credential' }
export type CallerId = string & { readonly __id?: 'caller' }
/** Milliseconds: a moment since the Unix epoch, or a span where the name says so. */
export type Ms = number
/** `2026-11-22` */
export type IsoDate = string
