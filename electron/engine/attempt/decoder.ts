import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'

/** We ask for identity; some providers compress all the same. undefined: the bytes are what they say. */
export function decoderFor(contentEncoding: string | readonly string[] | undefined): Transform | undefined {
  // who names several in as many headers has none that is sure
  switch (typeof contentEncoding === 'string' ? contentEncoding.toLowerCase() : undefined) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'br':
      return createBrotliDecompress()
    case 'zstd':
      return createZstdDecompress()
    case 'deflate':
      return createInflate()
    default:
      return undefined
  }
}
