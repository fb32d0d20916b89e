/**
 * Tells a machine that is offline from a provider that is down. Offline is what the system says so (no route, no resolver), or what every provider
 * that was called lately, two at least, agrees on: none of them could be reached at all.
 */
import type { Failure } from '../../../shared/failure.ts'
import type { Ms, ProviderId } from '../../../shared/ids.ts'

/** This machine's own fault whoever was called. */
const OWN_FAULT: ReadonlySet<string> = new Set(['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EAI_AGAIN'])
/** May be either's. */
const ON_THE_WAY: ReadonlySet<string> = new Set(['ENOTFOUND', 'EHOSTUNREACH', 'EHOSTDOWN', 'ETIMEDOUT', 'ECONNRESET', 'EPIPE', 'ECONNABORTED'])
/** What was heard longer ago says nothing about now. */
const LATELY_MS = 60_000

interface Heard {
  readonly at: Ms
  readonly reached: boolean
}

export class Network {
  readonly #heard = new Map<ProviderId, Heard>()
  readonly #onChange: () => void
  #offlineSince: Ms | undefined

  /** @param onChange the machine went offline, or came back */
  constructor(onChange: () => void = () => undefined) {
    this.#onChange = onChange
  }

  /** An answer came, whatever it said. */
  reached(provider: ProviderId, at: Ms): void {
    this.#heard.set(provider, { at, reached: true })
    this.#isBack()
  }

  /** Somebody else knows that there is a network again: what was heard without one says nothing any more. */
  forget(): void {
    this.#heard.clear()
    this.#isBack()
  }

  #isBack(): void {
    if (this.#offlineSince === undefined) return
    this.#offlineSince = undefined
    this.#onChange()
  }

  /** Whether this failure is this machine's: then it must not be held against the provider. */
  isOurs(failure: Failure, provider: ProviderId, at: Ms): boolean {
    const code = errorCode(failure)
    if (code === undefined || !(OWN_FAULT.has(code) || ON_THE_WAY.has(code))) return false
    this.#heard.set(provider, { at, reached: false })
    const lately = [...this.#heard.values()].filter((heard) => at - heard.at <= LATELY_MS)
    const isOffline = OWN_FAULT.has(code) || (lately.length >= 2 && lately.every((heard) => !heard.reached))
    if (isOffline && this.#offlineSince === undefined) {
      this.#offlineSince = at
      this.#onChange()
    }
    return isOffline
  }

  /** Since when, as far as requests have shown; undefined: online, or nobody has tried. */
  get offlineSince(): Ms | undefined {
    return this.#offlineSince
  }
}

/** The system's code behind a failure that never got as far as an answer. */
export function errorCode(failure: Failure): string | undefined {
  if (failure.kind !== 'upstream-unreachable') return undefined
  const { cause } = failure
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
}
