import { describe, expect, it } from 'vitest'
import { authorizationOf, signed } from '../../../../../../electron/engine/providers/bedrock/signature.ts'

/** The keys and the moment of all examples that AWS publishes. */
const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const AT = Date.UTC(2015, 7, 30, 12, 36, 0)
const DATE = { 'x-amz-date': '20150830T123600Z' }
const HOST = { host: 'example.amazonaws.com', ...DATE }

/** From AWS's signature test suite (aws-sig-v4-test-suite) and its guide "Elements of an AWS API request signature". */
const VECTORS = [
  { name: 'get-vanilla', method: 'GET', path: '/', headers: HOST, signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  {
    name: 'get-vanilla-query-order-key-case',
    method: 'GET',
    path: '/?Param2=value2&Param1=value1',
    headers: HOST,
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  { name: 'post-vanilla', method: 'POST', path: '/', headers: HOST, signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b' },
] as const

describe('AWS signatures', () => {
  it.each(VECTORS)('are those of AWS’s published example $name', ({ method, path, headers, signature }) => {
    const url = `https://example.amazonaws.com${path}`
    expect(authorizationOf({ method, url, headers, body: undefined }, KEYS, { region: 'us-east-1', service: 'service', at: AT })).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    )
  })

  it('are those of the guide’s ListUsers example', () => {
    const headers = { host: 'iam.amazonaws.com', 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...DATE }
    const url = 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08'
    expect(authorizationOf({ method: 'GET', url, headers, body: undefined }, KEYS, { region: 'us-east-1', service: 'iam', at: AT })).toMatch(
      /SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7$/,
    )
  })

  it('cover the body, the session and the model’s name, in a path that is encoded twice', () => {
    const request = {
      method: 'POST',
      url: 'https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse',
      headers: { 'content-type': 'application/json' },
      body: '{"messages":[]}',
    } as const
    const scope = { region: 'us-east-1', service: 'bedrock', at: AT }
    const whole = signed(request, { ...KEYS, sessionToken: 'made-up-session' }, scope)
    expect(whole.headers).toMatchObject({
      'content-type': 'application/json',
      host: 'bedrock-runtime.us-east-1.amazonaws.com',
      'x-amz-security-token': 'made-up-session',
      'x-amz-content-sha256': expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(whole.headers.authorization).toContain('SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,')
    const signatureOf = (changed: object): string | undefined => signed({ ...request, ...changed }, KEYS, scope).headers.authorization
    const plain = signatureOf({})
    expect(signatureOf({ body: '{"messages":[1]}' })).not.toBe(plain)
    expect(signatureOf({ url: request.url.replace('%3A', ':') })).not.toBe(plain)
    // a header that AWS does not ask for may change on the way
    expect(signatureOf({ headers: { 'content-type': 'text/plain' } })).toBe(plain)
  })
})
