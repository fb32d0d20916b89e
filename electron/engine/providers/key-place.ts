/** Keys that say where they open a door: `KEY@PLACE`, where the place fills a gap in the provider's address. */
import { Failure } from '../../../shared/failure.ts'
import type { ProviderDefinition } from './define.ts'

/** A place becomes part of a host name or a path, so nothing that could lead elsewhere may pass. */
const PLACE = /^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/i

export interface PlaceInKey {
  /** The provider's name, for the person who pasted half a key. */
  readonly provider: string
  /** The gap in the base URL, without its braces. */
  readonly gap: string
  /** What the place is called there, such as `account id`. */
  readonly what: string
  readonly header: 'authorization' | 'api-key'
  /** Where the place is found by people: the end of a sentence. */
  readonly hint: string
}

/** The place that a key says it opens; undefined: it says none. */
export function placeOfKey(pasted: string): string | undefined {
  const key = pasted.trim()
  const at = key.lastIndexOf('@')
  return at < 0 ? undefined : key.slice(at + 1)
}

/** Fills the gap and shows the key. A base URL of the user's own names the place already, and then the key may stand alone. */
export function placeInKey({ provider, gap, what, header, hint }: PlaceInKey): NonNullable<ProviderDefinition['authorize']> {
  return (request, secret) =>
    secret.use((pasted) => {
      const place = placeOfKey(pasted) ?? ''
      const key = pasted.trim().replace(/@[^@]*$/, '')
      const marker = `{${gap}}`
      if (key === '' || (request.url.includes(marker) && !PLACE.test(place))) {
        throw new Failure('credential-refused', `The key for ${provider} does not say which ${what} it opens. Paste it as KEY@${gap.toUpperCase()}${hint}`)
      }
      const value = header === 'authorization' ? `Bearer ${key}` : key
      return { ...request, url: request.url.replace(marker, place), headers: { ...request.headers, [header]: value } }
    })
}
