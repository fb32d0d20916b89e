/**
 * AWS Signature Version 4 for a request whose body is known.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, createHmac } from 'node:crypto'
import type { UpstreamRequest } from '../../attempt/send.ts'

export interface AwsKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export interface SigningScope {
  readonly region: string
  readonly service: string
  /** Milliseconds since the Unix epoch. */
  readonly at: number
}

/** The request with the headers that prove it. Only what AWS demands is signed, so that a proxy may touch the rest. */
export function signed(request: UpstreamRequest, keys: AwsKeys, scope: SigningScope): UpstreamRequest {
  const proving = {
    host: new URL(request.url).host,
    'x-amz-date': timestamp(scope.at),
    'x-amz-content-sha256': sha256(request.body ?? ''),
    ...(keys.sessionToken !== undefined && { 'x-amz-security-token': keys.sessionToken }),
  }
  const authorization = authorizationOf({ ...request, headers: proving }, keys, scope)
  return { ...request, headers: { ...request.headers, ...proving, authorization } }
}

/** The `authorization` header over every header of `request`; `host` and `x-amz-date` must be among them. */
export function authorizationOf({ method, url, headers, body }: UpstreamRequest, keys: AwsKeys, { region, service, at }: SigningScope): string {
  const { pathname, searchParams } = new URL(url)
  const names = Object.keys(headers).toSorted(compare)
  const signedHeaders = names.join(';')
  const canonical = [
    method,
    // the path is encoded on the wire already, and once more here: AWS does so for every service but S3
    pathname.split('/').map(encoded).join('/'),
    canonicalQuery(searchParams),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    signedHeaders,
    sha256(body ?? ''),
  ].join('\n')

  const time = timestamp(at)
  const day = time.slice(0, 8)
  const credentialScope = `${day}/${region}/${service}/aws4_request`
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`)
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, credentialScope, sha256(canonical)].join('\n')).toString('hex')
  return `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${credentialScope}, SignedHeaders=${signedHeaders}, Signature=${signature}`
}

function canonicalQuery(query: URLSearchParams): string {
  const pairs = [...query].map(([name, value]) => [encoded(name), encoded(value)] as const)
  return pairs
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** By code unit, as AWS sorts. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** RFC 3986: everything but letters, digits, `-`, `.`, `_` and `~`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** `20150830T123600Z` */
function timestamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
