/**
 * Windows keeps at most 2,560 bytes in an entry (CRED_MAX_CREDENTIAL_BLOB_SIZE), and a service account's JSON is about as long. Longer secrets are
 * cut into entries of their own, and the credential's entry says where they are. The same everywhere, so that one path is tested.
 */

/** As bytes of UTF-8, and as characters of base64: below the limit with room to spare. */
const ENTRY_BYTES = 2_400
const HEADER = 'switchyard-chunks:'

/** A secret's chunks stand in one of two places; its successor's go to the other. */
export type ChunkPlace = 'a' | 'b'

export interface ChunkHeader {
  readonly place: ChunkPlace
  readonly count: number
}

/** undefined for a secret that fits into one entry. */
export function chunksOf(text: string): readonly string[] | undefined {
  // A secret that reads like our own header must not be taken for one.
  if (Buffer.byteLength(text) <= ENTRY_BYTES && !text.startsWith(HEADER)) return undefined
  const whole = Buffer.from(text, 'utf8')
  // base64, because a cut may fall inside a character
  const step = (ENTRY_BYTES / 4) * 3
  return Array.from({ length: Math.ceil(whole.length / step) }, (_, index) => whole.subarray(index * step, (index + 1) * step).toString('base64'))
}

export function chunkAccount(id: string, place: ChunkPlace, index: number): string {
  return `${id}/${place}${index}`
}

export function chunkHeader({ place, count }: ChunkHeader): string {
  return `${HEADER}${place}:${count}`
}

export function readChunkHeader(value: string): ChunkHeader | undefined {
  const [, place, count] = /^switchyard-chunks:([ab]):(\d{1,4})$/.exec(value) ?? []
  return place === undefined ? undefined : { place: place as ChunkPlace, count: Number(count) }
}

export function otherPlace(place: ChunkPlace): ChunkPlace {
  return place === 'a' ? 'b' : 'a'
}
