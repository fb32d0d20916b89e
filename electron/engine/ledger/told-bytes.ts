/**
 * The beginning of what a client was told, for whoever looks at it later. Pieces are only held while the answer passes, and become text when its row is
 * closed: a long stream costs as much as its first pieces.
 */
import { asBuffer } from '../as-buffer.ts'

/** Streams repeat much: more than this of each would fill the database with it. */
export const TOLD_LIMIT_BYTES = 16_384

const NO_HEADERS: Readonly<Record<string, string>> = {}

export class ToldBytes {
  readonly #pieces: (Uint8Array | string)[] = []
  #room: number
  #isCut: boolean = false
  #headers = NO_HEADERS

  /** @param limitBytes 0 keeps nothing */
  constructor(limitBytes: number) {
    this.#room = Math.min(limitBytes, TOLD_LIMIT_BYTES)
  }

  headers(headers: Readonly<Record<string, string>>): void {
    this.#headers = headers
  }

  add(piece: Uint8Array | string): void {
    if (this.#room <= 0) {
      this.#isCut ||= piece.length > 0
      return
    }
    this.#pieces.push(piece)
    this.#room -= piece.length
    if (this.#room < 0) this.#isCut = true
  }

  get isCut(): boolean {
    return this.#isCut
  }

  /** undefined: nothing was told. */
  get record(): { readonly headers: Readonly<Record<string, string>>; readonly text: string } | undefined {
    const [first] = this.#pieces
    if (first === undefined) return undefined
    const bytes = this.#pieces.length === 1 ? bytesOf(first) : Buffer.concat(this.#pieces.map(bytesOf))
    return { headers: this.#headers, text: utf8(bytes, TOLD_LIMIT_BYTES) }
  }
}

function bytesOf(piece: Uint8Array | string): Uint8Array {
  return typeof piece === 'string' ? Buffer.from(piece) : piece
}

/** The text of as many bytes; a character that is cut there becomes the replacement character. */
export function utf8(bytes: Uint8Array, limitBytes: number): string {
  const buffer = asBuffer(bytes)
  return buffer.length <= limitBytes ? buffer.toString() : buffer.toString('utf8', 0, limitBytes)
}
