import type { ProviderDefinition } from '../define.ts'
import { readCredential } from './credential.ts'
import { signed } from './signature.ts'

/** Signs for AWS, or shows a Bedrock API key. The region of the key becomes part of the address. */
export const authorizeBedrock: NonNullable<ProviderDefinition['authorize']> = (request, secret, { now }) =>
  secret.use((text) => {
    const credential = readCredential(text)
    const placed = { ...request, url: request.url.replace('{region}', credential.region) }
    return credential.kind === 'bearer'
      ? { ...placed, headers: { ...placed.headers, authorization: `Bearer ${credential.apiKey}` } }
      : signed(placed, credential.keys, { region: credential.region, service: 'bedrock', at: now() })
  })
