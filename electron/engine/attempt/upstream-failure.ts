/** What breaks on the way to a provider, in words for people. */
import { Failure } from '../../../shared/failure.ts'
import type { Unreachable } from '../../../shared/messages/attempts.ts'

const REASONS: Readonly<Record<string, Unreachable>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'not-found',
  EAI_AGAIN: 'no-lookup',
  ECONNRESET: 'closed',
  // undici's word for a connection that ends where an answer should have begun
  UND_ERR_SOCKET: 'closed',
  ETIMEDOUT: 'late',
  CERT_HAS_EXPIRED: 'expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other-name',
}
/** What OpenSSL and BoringSSL call a chain that ends in nobody known. */
const UNTRUSTED = /^(UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|(DEPTH_ZERO_)?SELF_SIGNED_CERT(_IN_CHAIN)?)$/

export function unreachable(hostname: string, error: NodeJS.ErrnoException): Failure {
  // a look-up that was refused says why itself
  if (error instanceof Failure) return error
  const { code } = error
  const because = code === undefined ? undefined : UNTRUSTED.test(code) ? 'untrusted' : REASONS[code]
  return new Failure('upstream-unreachable', { code: 'unreachable', host: hostname, because: because ?? 'other', system: code }, { cause: error })
}

export function notConnected(hostname: string, connectMs: number): Failure {
  return new Failure('timeout', { code: 'not-connected', host: hostname, ms: connectMs })
}

export function brokenOff(hostname: string, error: NodeJS.ErrnoException | undefined): Failure {
  return new Failure('stream-broken', { code: 'broke-off-midway', host: hostname, system: error?.code }, { cause: error })
}

export function callerGone(): Failure {
  return new Failure('cancelled', { code: 'caller-gone' })
}
