import type { Departure } from '../departure.ts'
import type { Reach } from './address.ts'
import type { Outbound } from './outbound.ts'

/** The one door to a provider: a request out, a response back whose body is pulled. */
export interface UpstreamRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  /** Lower-case names. Holds the key: never log it. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string | undefined
  /** Until the connection stands; absent: as the settings have it. */
  readonly connectMs?: number
  /** Where the connection may lead; absent: anywhere but to what is never called. */
  readonly within?: ReadonlySet<Reach>
}

export interface UpstreamResponse {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Pulled by one consumer; leaving the loop early closes the connection. */
  readonly body: AsyncIterable<Uint8Array>
}

/** The departure closes the connection in any phase. @throws Failure 'upstream-unreachable' | 'timeout' | 'cancelled' */
export type Send = (request: UpstreamRequest, departure: Departure) => Promise<UpstreamResponse>

export interface ClientOptions {
  /** Until the connection stands, TLS included, in ms; read at each call. */
  readonly connectMs: () => number
  /** Read at each call; another one holds from the next call on. Absent: straight, with the usual roots. */
  readonly outbound?: () => Outbound
}

/** One way to send requests. */
export interface Client {
  readonly send: Send
  /** Drops its connections. */
  readonly close: () => void
}
