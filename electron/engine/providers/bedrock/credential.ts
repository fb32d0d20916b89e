/** What people paste as their key for Bedrock: an AWS key pair or a Bedrock API key, each with its region. */
import { Failure } from '../../../../shared/failure.ts'
import type { AwsKeys } from './signature.ts'

export type BedrockCredential =
  | { readonly kind: 'signing'; readonly region: string; readonly keys: AwsKeys }
  | { readonly kind: 'bearer'; readonly region: string; readonly apiKey: string }

const FORMS =
  'Paste ACCESS_KEY_ID:SECRET_ACCESS_KEY@region (with :SESSION_TOKEN before the @ where there is one), the same as JSON with accessKeyId, secretAccessKey, sessionToken and region, or a Bedrock API key as KEY@region.'

/** The region becomes part of an address, so nothing else may pass. */
const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/

/** @throws Failure 'credential-refused' that says what is missing and holds nothing of the secret */
export function readCredential(secret: string): BedrockCredential {
  const pasted = secret.trim()
  return pasted.startsWith('{') ? fromJson(pasted) : fromLine(pasted)
}

function fromLine(pasted: string): BedrockCredential {
  const at = pasted.lastIndexOf('@')
  if (at < 0) throw refused('has no region')
  const region = regionOf(pasted.slice(at + 1))
  const [accessKeyId = '', secretAccessKey, sessionToken, ...more] = pasted.slice(0, at).split(':')
  if (accessKeyId === '') throw refused('is empty')
  if (secretAccessKey === undefined) return { kind: 'bearer', region, apiKey: accessKeyId }
  if (secretAccessKey === '' || sessionToken === '' || more.length > 0) throw refused('is not of a form that can be read')
  return { kind: 'signing', region, keys: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) } }
}

function fromJson(pasted: string): BedrockCredential {
  let fields: Readonly<Record<string, unknown>>
  try {
    fields = JSON.parse(pasted) as Record<string, unknown>
  } catch {
    // the parser's own message quotes the secret
    throw refused('looks like JSON but is not valid')
  }
  // the AWS command line writes them with a capital
  const field = (name: string): string | undefined => {
    const value = fields[name] ?? fields[name.charAt(0).toUpperCase() + name.slice(1)]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const region = regionOf(field('region') ?? '')
  const [accessKeyId, secretAccessKey, sessionToken] = [field('accessKeyId'), field('secretAccessKey'), field('sessionToken')]
  if (accessKeyId === undefined || secretAccessKey === undefined) throw refused('has no accessKeyId or no secretAccessKey')
  return { kind: 'signing', region, keys: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) } }
}

function regionOf(text: string): string {
  const region = text.trim()
  if (region === '') throw refused('has no region')
  if (!REGION.test(region)) throw refused('has a region that is not of the form us-east-1')
  return region
}

function refused(what: string): Failure {
  return new Failure('credential-refused', `The key for Amazon Bedrock ${what}. ${FORMS}`)
}
