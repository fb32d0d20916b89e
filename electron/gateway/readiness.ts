/** What earlier runs have left, and how far it is at hand: requests wait for no more of it than they need. */
import { setTimeout as delay } from 'node:timers/promises'

/** The workbench waits this long for the keychain at its first call. */
const KEYCHAIN_PATIENCE_MS = 2_000

export interface Loading {
  /** Client keys. */
  readonly callers: Promise<void>
  /** Providers' keys: asks the keychain, which may take seconds or ask its user for a password. */
  readonly keys: Promise<void>
  /** What no request waits for. */
  readonly rest: readonly Promise<unknown>[]
}

export interface Readiness {
  /** Everything is at hand. @throws Error for people, such as for a database of a newer version */
  readonly ready: Promise<void>
  /** When the workbench may open: what is there, or patience is at its end. */
  readonly settled: Promise<void>
  /** Undefined once client keys are at hand. */
  loadingCallers(): Promise<void> | undefined
  /** Undefined once providers' keys are at hand. */
  loadingKeys(): Promise<void> | undefined
}

export function readinessOf({ callers, keys, rest }: Loading): Readiness {
  const callersAre = untilDone(callers)
  const keysAre = untilDone(keys)
  const ready = Promise.all([callers, keys, ...rest]).then(() => undefined)
  const ended = ready.catch(() => undefined)
  return {
    ready,
    settled: Promise.race([ended, delay(KEYCHAIN_PATIENCE_MS, undefined, { ref: false })]),
    loadingCallers: callersAre,
    loadingKeys: keysAre,
  }
}

/** A failure leaves it undone: whoever needs it hears of the failure by waiting. */
function untilDone(loading: Promise<void>): () => Promise<void> | undefined {
  let waiting: Promise<void> | undefined = loading
  loading.then(
    () => {
      waiting = undefined
    },
    () => undefined,
  )
  return () => waiting
}
