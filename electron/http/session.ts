/**
 * Who may use the workbench over HTTP. A one-time code printed where the engine was started is exchanged for an HttpOnly cookie; a client key never
 * opens the admin API, and the code is worthless after its first use.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** No letters or digits that are read wrongly from a terminal: no 0/O, 1/I/L, U/V. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ'
const CODE_LIFE_MS = 15 * 60_000
const SESSION_LIFE_MS = 30 * 24 * 3_600_000
/** Wrong codes before the present one is void: 29^8 codes leave nobody a chance. */
const TRIES = 10

export class Sessions {
  readonly #now: () => number
  readonly #sessions = new Map<string, number>()
  #code: { hash: Buffer; until: number; tries: number } | undefined

  constructor(now: () => number) {
    this.#now = now
  }

  /** A new one-time code, `XXXX-XXXX`; the one before is void. */
  newCode(): string {
    let text = ''
    while (text.length < 8) {
      for (const byte of randomBytes(16)) {
        // reject the tail so that every letter is equally likely
        if (byte < Math.floor(256 / ALPHABET.length) * ALPHABET.length && text.length < 8) text += ALPHABET[byte % ALPHABET.length]
      }
    }
    this.#code = { hash: sha256(text), until: this.#now() + CODE_LIFE_MS, tries: 0 }
    return `${text.slice(0, 4)}-${text.slice(4)}`
  }

  /** The new session's token for a right code, which is used up; undefined otherwise. */
  exchange(presented: string): string | undefined {
    const code = this.#code
    if (code === undefined || this.#now() > code.until || code.tries >= TRIES) return undefined
    code.tries++
    if (!timingSafeEqual(sha256(presented.toUpperCase().replace(/[^A-Z0-9]/g, '')), code.hash)) return undefined
    this.#code = undefined
    const token = randomBytes(32).toString('base64url')
    this.#sessions.set(sha256(token).toString('hex'), this.#now() + SESSION_LIFE_MS)
    return token
  }

  isOpen(token: string | undefined): boolean {
    if (token === undefined) return false
    const until = this.#sessions.get(sha256(token).toString('hex'))
    return until !== undefined && this.#now() < until
  }

  close(token: string): void {
    this.#sessions.delete(sha256(token).toString('hex'))
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
