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
}

export function unreachable(hostname: string, error: NodeJS.ErrnoException): Failure {
  // a look-up that was refused says why itself
  if (error instanceof Failure) return error
  const reason = error.code === undefined ? undefined : REASONS[error.code]
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
