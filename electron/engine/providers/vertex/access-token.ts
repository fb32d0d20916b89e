/**
 * Access tokens of service accounts: an assertion signed with the account's key is exchanged for a token that holds an hour.
 * Source: https://developers.google.com/identity/protocols/oauth2/service-account#httprest (RFC 7523)
 */
import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { Failure } from '../../../../shared/failure.ts'
import type { Send } from '../../attempt/send.ts'
import { Departure } from '../../departure.ts'
import { isObject, numberOf, parseJson, textOf } from '../../protocols/json.ts'
import { presentable } from '../../protocols/upstream-message.ts'
import { refused, type ServiceAccount } from './service-account.ts'

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform'
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
/** Google refuses longer assertions. */
const ASSERTION_SECONDS = 3600
/** A token is not used in its last minutes, so that none dies under a request on its way. */
const RENEW_BEFORE_MS = 5 * 60 * 1000
const EXCHANGE_LIMIT_MS = 15_000
const ANSWER_LIMIT_BYTES = 64 * 1024

interface Held {
  readonly token: Promise<{ readonly text: string; readonly expiresAt: number }>
  /** Milliseconds since the Unix epoch; until the exchange is done, when it is surely dead. */
  expiresAt: number
}

export interface TokenFacts {
  readonly now: () => number
  readonly send: Send
}

/** Remembers tokens by account and key. Requests that come together wait for one exchange. */
export class AccessTokens {
  readonly #held = new Map<string, Held>()

  /** @throws Failure 'credential-refused' when Google refuses the account, or what kept us from asking */
  async of(account: ServiceAccount, facts: TokenFacts): Promise<string> {
    const id = createHash('sha256').update(`${account.tokenUri}\n${account.email}\n${account.privateKey}`).digest('base64')
    const known = this.#held.get(id)
    if (known !== undefined && facts.now() < known.expiresAt - RENEW_BEFORE_MS) return (await known.token).text
    const held: Held = { token: exchange(account, facts), expiresAt: facts.now() + EXCHANGE_LIMIT_MS + RENEW_BEFORE_MS }
    this.#held.set(id, held)
    try {
      const { text, expiresAt } = await held.token
      held.expiresAt = expiresAt
      return text
    } catch (thrown) {
      if (this.#held.get(id) === held) this.#held.delete(id)
      throw thrown
    }
  }
}

async function exchange(account: ServiceAccount, { now, send }: TokenFacts): Promise<{ text: string; expiresAt: number }> {
  const at = now()
  const body = new URLSearchParams({ grant_type: GRANT, assertion: assertion(account, at) }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', 'user-agent': 'Switchyard' }
  // not bound to the request that came first: others wait for the same token
  const departure = Departure.of(AbortSignal.timeout(EXCHANGE_LIMIT_MS))
  const response = await send({ method: 'POST', url: account.tokenUri, headers, body }, departure).catch((thrown: unknown) => {
    throw departure.isGone ? new Failure('timeout', `Google gave no access token within ${EXCHANGE_LIMIT_MS} ms.`) : thrown
  })
  const answer = parseJson(await textWithin(response.body))
  const fields = isObject(answer) ? answer : {}
  const token = textOf(fields.access_token)
  if (response.status < 300 && token !== undefined) return { text: token, expiresAt: at + (numberOf(fields.expires_in) ?? ASSERTION_SECONDS) * 1000 }
  const said = presentable(textOf(fields.error_description) ?? textOf(fields.error) ?? '')
  const message = `Google gave no access token for this service account${said === '' ? '' : `: ${said}`}`
  const isRefused = response.status >= 400 && response.status < 500 && response.status !== 429
  throw new Failure(isRefused ? 'credential-refused' : 'upstream-error', message, { upstreamStatus: response.status })
}

/** A JWT (RFC 7519), signed with RS256. */
export function assertion(account: ServiceAccount, now: number): string {
  const issuedAt = Math.floor(now / 1000)
  const header = { alg: 'RS256', typ: 'JWT', ...(account.privateKeyId !== undefined && { kid: account.privateKeyId }) }
  const claims = { iss: account.email, scope: SCOPE, aud: account.tokenUri, iat: issuedAt, exp: issuedAt + ASSERTION_SECONDS }
  const text = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`
  return `${text}.${sign('sha256', Buffer.from(text), keyOf(account.privateKey)).toString('base64url')}`
}

function keyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    // OpenSSL's complaint says nothing that a person could use
    throw refused('has a private_key that is damaged')
  }
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}

async function textWithin(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > ANSWER_LIMIT_BYTES) throw new Failure('upstream-unreadable', 'Google answered a request for an access token with more than a token.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size).toString('utf8')
}
