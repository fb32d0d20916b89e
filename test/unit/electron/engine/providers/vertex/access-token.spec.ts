import { verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Send, UpstreamRequest } from '../../../../../../electron/engine/attempt/send.ts'
import { AccessTokens } from '../../../../../../electron/engine/providers/vertex/access-token.ts'
import { readServiceAccount } from '../../../../../../electron/engine/providers/vertex/service-account.ts'
import { madeUpAccount } from '../../../../../support/service-account.ts'

const made = madeUpAccount()
const account = readServiceAccount(made.json)
const HOUR_MS = 3_600_000

/** A token endpoint that hands out numbered tokens, or what `answer` says. */
function tokenEndpoint(answer?: { status: number; body: string }): { send: Send; asked: UpstreamRequest[] } {
  const asked: UpstreamRequest[] = []
  const send: Send = async (request) => {
    asked.push(request)
    const number = asked.length
    await new Promise((resolve) => setImmediate(resolve))
    const { status, body } = answer ?? { status: 200, body: JSON.stringify({ access_token: `token-${number}`, expires_in: 3599, token_type: 'Bearer' }) }
    return { status, headers: {}, body: piecewise([Buffer.from(body)]) }
  }
  return { send, asked }
}

async function* piecewise(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

describe('access tokens of service accounts', () => {
  it('are asked for with an assertion that the account’s key signed', async () => {
    const { send, asked } = tokenEndpoint()
    const at = Date.UTC(2026, 10, 22, 12)
    expect(await new AccessTokens().of(account, { now: () => at, send })).toBe('token-1')
    expect(asked[0]).toMatchObject({ method: 'POST', url: 'https://oauth2.googleapis.com/token' })
    const form = new URLSearchParams(String(asked[0]?.body))
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
    const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.')
    expect(verify('sha256', Buffer.from(`${header}.${claims}`), made.publicKey, Buffer.from(signature, 'base64url'))).toBe(true)
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(read(header)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' })
    expect(read(claims)).toEqual({
      iss: 'robot@made-up-project.example',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      aud: 'https://oauth2.googleapis.com/token',
      iat: at / 1000,
      exp: at / 1000 + 3600,
    })
  })

  it('serve until shortly before they expire', async () => {
    const { send, asked } = tokenEndpoint()
    const tokens = new AccessTokens()
    let at = 0
    const facts = { now: () => at, send }
    expect(await tokens.of(account, facts)).toBe('token-1')
    at = HOUR_MS - 6 * 60_000
    expect(await tokens.of(account, facts)).toBe('token-1')
    at = HOUR_MS - 4 * 60_000
    expect(await tokens.of(account, facts)).toBe('token-2')
    expect(asked).toHaveLength(2)
  })

  it('are asked for once by requests that come together, and apart for each account', async () => {
    const { send, asked } = tokenEndpoint()
    const tokens = new AccessTokens()
    const facts = { now: () => 0, send }
    const other = readServiceAccount(madeUpAccount().json)
    expect(await Promise.all([tokens.of(account, facts), tokens.of(account, facts), tokens.of(other, facts)])).toEqual(['token-1', 'token-1', 'token-2'])
    expect(asked).toHaveLength(2)
  })

  it('that Google refuses are told with its reason and asked for anew', async () => {
    const tokens = new AccessTokens()
    const denied = tokenEndpoint({ status: 400, body: JSON.stringify({ error: 'invalid_grant', error_description: 'Invalid JWT Signature.' }) })
    await expect(tokens.of(account, { now: () => 0, send: denied.send })).rejects.toMatchObject({
      kind: 'credential-refused',
      message: 'Google gave no access token for this service account: Invalid JWT Signature.',
    })
    expect(await tokens.of(account, { now: () => 0, send: tokenEndpoint().send })).toBe('token-1')
  })

  it.each([
    [503, '<html>down</html>'],
    [200, '{}'],
  ])('that fail for no fault of the account (%i) let another candidate be tried', async (status, body) => {
    const { send } = tokenEndpoint({ status, body })
    await expect(new AccessTokens().of(account, { now: () => 0, send })).rejects.toMatchObject({ kind: 'upstream-error' })
  })

  it('are not asked for with a damaged key', async () => {
    const damaged = readServiceAccount(madeUpAccount({ private_key: '-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n' }).json)
    const { send, asked } = tokenEndpoint()
    await expect(new AccessTokens().of(damaged, { now: () => 0, send })).rejects.toMatchObject({ kind: 'credential-refused' })
    expect(asked).toHaveLength(0)
  })
})

describe('a key for Vertex AI', () => {
  it.each([
    ['the key file alone', made.json, 'global'],
    ['with a location in it', madeUpAccount({ location: 'europe-west4' }).json, 'europe-west4'],
    ['with a location behind it', `${made.json}\n@us-east5`, 'us-east5'],
    ['with a multi-region', `${made.json}@eu`, 'eu'],
  ])('may be %s', (_what, pasted, location) => {
    expect(readServiceAccount(pasted)).toMatchObject({ project: 'made-up-project', location })
  })

  it.each([
    ['an API key', 'made-up-key'],
    ['broken JSON', made.json.slice(0, -5)],
    ['a person’s own credentials', JSON.stringify({ type: 'authorized_user', refresh_token: 'made-up' })],
    ['without a private key', madeUpAccount({ private_key: '' }).json],
    ['with a project that leads elsewhere', madeUpAccount({ project_id: '../../evil' }).json],
    ['with a location that leads elsewhere', `${made.json}@evil.example/`],
    ['that asks for tokens in the open', madeUpAccount({ token_uri: 'http://evil.example/token' }).json],
  ])('that is %s is refused in words that hold nothing of it', (_what, pasted) => {
    expect(() => readServiceAccount(pasted)).toThrow(expect.objectContaining({ kind: 'credential-refused' }))
    expect(() => readServiceAccount(pasted)).not.toThrow(/PRIVATE KEY|evil|made-up|robot/)
  })
})
