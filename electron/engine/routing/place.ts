/** Where an attempt goes: an endpoint, with one of its provider's keys. */
import type { CredentialId, EndpointId } from '../../../shared/ids.ts'

export interface Place {
  readonly endpoint: EndpointId
  readonly credential: CredentialId | undefined
}

/** Keys that were made before. Each attempt asks some five times, and a text joined anew is hashed and compared each time. */
const keys = new Map<EndpointId, Map<CredentialId, string>>()
let keysMade = 0
/** More than anybody has. */
const MOST_KEYS = 2_000

/** No id holds a line break. */
export function keyOf(endpoint: EndpointId, credential: CredentialId | undefined): string {
  if (credential === undefined) return endpoint
  const known = keys.get(endpoint)?.get(credential)
  if (known !== undefined) return known
  if (keysMade++ >= MOST_KEYS) {
    keys.clear()
    keysMade = 1
  }
  const key = `${endpoint}\n${credential}`
  const ofEndpoint = keys.get(endpoint)
  if (ofEndpoint === undefined) keys.set(endpoint, new Map([[credential, key]]))
  else ofEndpoint.set(credential, key)
  return key
}

export function placeOf(key: string): Place {
  const [endpoint = '', credential] = key.split('\n')
  return { endpoint, credential }
}
