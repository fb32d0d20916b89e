/**
 * The beginning of what a client was told, for whoever looks at it later. Pieces are only held while the answer passes, and become text when its row is
 * closed: a long stream costs as much as its first pieces.
 */

/** Streams repeat much: more than this of each would fill the database with it. */
export const TOLD_LIMIT_BYTES = 16_384

export class ToldBytes {
  readonly #pieces: (Uint8Array | string)[] = []
  #room: number
  #isCut: boolean = false
  #headers: Readonly<Record<string, string>> = {}

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
    if (this.#pieces.length === 0) return undefined
    const bytes = Buffer.concat(this.#pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
    return { headers: this.#headers, text: bytes.toString('utf8', 0, TOLD_LIMIT_BYTES) }
  }
}
