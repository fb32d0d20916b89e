/** What breaks on the way to a provider, in words for people. */
import { Failure } from '../../../shared/failure.ts'

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection; is the server running?',
  ENOTFOUND: 'could not be found; is this machine online?',
  EAI_AGAIN: 'could not be looked up; is this machine online?',
  ECONNRESET: 'closed the connection before it answered.',
  // undici's word for a connection that ends where an answer should have begun
  UND_ERR_SOCKET: 'closed the connection before it answered.',
  ETIMEDOUT: 'did not answer in time.',
  CERT_HAS_EXPIRED: 'shows a certificate that has expired. Is the clock of this machine right?',
  ERR_TLS_CERT_ALTNAME_INVALID: 'shows a certificate for another name.',
}
/** What OpenSSL and BoringSSL call a chain that ends in nobody known. */
const UNTRUSTED = /^(UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|(DEPTH_ZERO_)?SELF_SIGNED_CERT(_IN_CHAIN)?)$/
const UNTRUSTED_REASON =
  'shows a certificate of an issuer that is not trusted here. Where a company or a virus scanner looks into connections, name its CA file in Settings, Network.'

export function unreachable(hostname: string, error: NodeJS.ErrnoException): Failure {
  // a look-up that was refused says why itself
  if (error instanceof Failure) return error
  const { code = '' } = error
  const reason = UNTRUSTED.test(code) ? UNTRUSTED_REASON : REASONS[code]
  return new Failure('upstream-unreachable', `${hostname} ${reason ?? `could not be reached (${error.code ?? 'connection failed'}).`}`, { cause: error })
}

export function notConnected(hostname: string, connectMs: number): Failure {
  return new Failure('timeout', `${hostname} did not accept a connection within ${connectMs} ms.`)
}

export function brokenOff(hostname: string, error: NodeJS.ErrnoException | undefined): Failure {
  const code = error?.code === undefined ? '' : ` (${error.code})`
  return new Failure('stream-broken', `${hostname} broke off in the middle of its answer${code}.`, { cause: error })
}

export function callerGone(): Failure {
  return new Failure('cancelled', 'The caller went away.')
}
