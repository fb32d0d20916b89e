import type { ProviderDefinition } from '../define.ts'
import { AccessTokens } from './access-token.ts'
import { readServiceAccount } from './service-account.ts'

/** One project at one place; the account names both. */
export const VERTEX_BASE_URL = 'https://{host}/v1/projects/{project}/locations/{location}'

const tokens = new AccessTokens()

/** Shows an access token of the service account; its project and location become part of the address. */
export const authorizeVertex: NonNullable<ProviderDefinition['authorize']> = async (request, secret, facts) => {
  const account = secret.use(readServiceAccount)
  const token = await tokens.of(account, facts)
  const { project, location } = account
  const host = hostOf(location)
  const places: Readonly<Record<string, string>> = { host, project, location }
  const url = request.url.replace(/\{(host|project|location)\}/g, (_name, place: string) => places[place] ?? '')
  return { ...request, url, headers: { ...request.headers, authorization: `Bearer ${token}` } }
}

/** https://cloud.google.com/vertex-ai/docs/reference/rest#service-endpoint */
function hostOf(location: string): string {
  if (location === 'global') return 'aiplatform.googleapis.com'
  // the multi-regions have a form of their own
  return location === 'us' || location === 'eu' ? `aiplatform.${location}.rep.googleapis.com` : `${location}-aiplatform.googleapis.com`
}
