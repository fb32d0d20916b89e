/**
 * Keys that tools use towards the local endpoint. A key is shown once and kept as its SHA-256: it is 32 random characters, so there is nothing
 * to guess and a slow hash would only slow every request. All hashes are in memory, so that a request is let in without waiting.
 */
import { hash, randomInt, timingSafeEqual } from 'node:crypto'
import type { ClientKey } from '../../../shared/api/connect.ts'
import { ApiError } from '../../../shared/contract.ts'
import type { CallerId, Ms } from '../../../shared/ids.ts'
import type { ClientKeyRow, Storage } from '../storage/storage.ts'

export const CLIENT_KEY_PREFIX = 'sk-switchyard-'
const RANDOM_CHARACTERS = 32
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A key in steady use writes its row no oftener than this. */
const USED_EVERY_MS = 60_000

/** However many wrong keys come in: the database is asked about unknown ones no oftener than this, */
const REREAD_EVERY_MS = 1_000
/** and about the same one not again for this long. A key made by another process works at once, unless it was tried before it existed. */
const UNKNOWN_FOR_MS = 10_000
/** Wrong keys remembered; beyond that the oldest are forgotten. */
const UNKNOWN_KEPT = 1_000

export interface Caller {
  readonly id: CallerId
  readonly name: string
}

export interface ClientKeysOptions {
  readonly storage: Pick<Storage, 'listClientKeys' | 'putClientKey' | 'touchClientKey' | 'removeClientKey'>
  readonly now: () => Ms
  readonly newId: () => CallerId
  readonly onChange?: () => void
  /** Something that nobody waits for went wrong. */
  readonly onError?: (error: Error) => void
}

interface Known {
  readonly row: ClientKeyRow
  readonly digest: Buffer
}

export class ClientKeys {
  readonly #options: ClientKeysOptions
  /** By hash, hex. */
  #known = new Map<string, Known>()
  readonly #unknownUntil = new Map<string, Ms>()
  #rereadAt: Ms = Number.NEGATIVE_INFINITY
  #rereading: Promise<void> | undefined

  constructor(options: ClientKeysOptions) {
    this.#options = options
  }

  /** Reads the keys of the database; also takes away those that another process revoked. @throws StorageError */
  async load(): Promise<void> {
    const rows = await this.#options.storage.listClientKeys()
    this.#known = new Map(rows.map((row) => [row.hash, { row, digest: Buffer.from(row.hash, 'hex') }]))
  }

  /** Oldest first. */
  list(): readonly ClientKey[] {
    return [...this.#known.values()].map(({ row }) => publicOf(row))
  }

  /** `secret` is returned this once and kept nowhere. @throws StorageError */
  async create(name: string): Promise<{ readonly client: ClientKey; readonly secret: string }> {
    const secret = CLIENT_KEY_PREFIX + Array.from({ length: RANDOM_CHARACTERS }, () => BASE62.charAt(randomInt(BASE62.length))).join('')
    const digest = digestOf(secret)
    const row: ClientKeyRow = {
      id: this.#options.newId(),
      name,
      last4: secret.slice(-4),
      hash: digest.toString('hex'),
      createdAt: this.#options.now(),
      lastUsedAt: undefined,
    }
    await this.#options.storage.putClientKey(row)
    this.#known.set(row.hash, { row, digest })
    this.#options.onChange?.()
    return { client: publicOf(row), secret }
  }

  /** Who presents this key, without waiting; undefined when it is not known in this process. */
  verify(secret: string): Caller | undefined {
    const digest = digestOf(secret)
    const known = this.#known.get(digest.toString('hex'))
    // The look-up compares hashes, of which an attacker cannot choose the beginning; the equality in constant time is the one that counts.
    if (known === undefined || !timingSafeEqual(known.digest, digest)) return undefined
    this.#used(known)
    return { id: known.row.id, name: known.row.name }
  }

  /** As `verify`, and asks the database for keys that another process made. Never rejects: a database that is gone knows no further keys. */
  async verifySlow(secret: string): Promise<Caller | undefined> {
    const caller = this.verify(secret)
    if (caller !== undefined) return caller
    const digest = digestOf(secret).toString('hex')
    const now = this.#options.now()
    if ((this.#unknownUntil.get(digest) ?? Number.NEGATIVE_INFINITY) > now) return undefined
    if (this.#rereading === undefined) {
      if (now - this.#rereadAt < REREAD_EVERY_MS) return undefined
      this.#rereadAt = now
      this.#rereading = this.#reread()
    }
    await this.#rereading
    const found = this.verify(secret)
    if (found === undefined) this.#rememberUnknown(digest, now + UNKNOWN_FOR_MS)
    return found
  }

  /** Takes effect at once. @throws ApiError 'not-found', StorageError when the database does not take it: then the key still holds. */
  async revoke(id: CallerId): Promise<void> {
    const known = [...this.#known.values()].find(({ row }) => row.id === id)
    if (known === undefined) throw new ApiError('not-found', { code: 'no-such-key' })
    await this.#options.storage.removeClientKey(id)
    this.#known.delete(known.row.hash)
    this.#options.onChange?.()
  }

  async #reread(): Promise<void> {
    try {
      await this.load()
    } catch (thrown) {
      this.#options.onError?.(thrown instanceof Error ? thrown : new Error(String(thrown)))
    } finally {
      this.#rereading = undefined
    }
  }

  #rememberUnknown(hash: string, until: Ms): void {
    this.#unknownUntil.delete(hash)
    this.#unknownUntil.set(hash, until)
    for (const oldest of this.#unknownUntil.keys()) {
      if (this.#unknownUntil.size <= UNKNOWN_KEPT) break
      this.#unknownUntil.delete(oldest)
    }
  }

  #used({ row, digest }: Known): void {
    const now = this.#options.now()
    if (row.lastUsedAt !== undefined && now - row.lastUsedAt < USED_EVERY_MS) return
    this.#known.set(row.hash, { row: { ...row, lastUsedAt: now }, digest })
    this.#noteUse(row, now).catch((error: Error) => this.#options.onError?.(error))
  }

  async #noteUse(row: ClientKeyRow, at: Ms): Promise<void> {
    const stillThere = await this.#options.storage.touchClientKey(row.id, at)
    // Revoked by another process: this is how a running one learns of it, within a minute of use.
    if (!stillThere) this.#known.delete(row.hash)
    this.#options.onChange?.()
  }
}

function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

function publicOf({ id, name, last4, createdAt, lastUsedAt }: ClientKeyRow): ClientKey {
  return { id, name, last4, createdAt, lastUsedAt }
}
