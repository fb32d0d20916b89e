/**
 * Keys in a file under a passphrase, for machines without a keychain. The passphrase and scrypt make the key; each entry is sealed by AES-256-GCM
 * with a nonce of its own and bound to its id, so that entries cannot be swapped. Neither passphrase nor any secret rests on the disk.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { CredentialId } from '../../../shared/ids.ts'
import { writePrivately } from './private-file.ts'
import { Secret } from './secret.ts'
import { type Vault, VaultError } from './vault.ts'

export const VAULT_FILE = 'vault.json'

/** scrypt with N = 2^17, r = 8, p = 1 takes 128 MiB and about a third of a second (OWASP's advice for scrypt): once per unlock. */
export const SCRYPT_COST = 2 ** 17
/** Below this a file is not accepted: somebody may have weakened it. Above the upper bound it could exhaust our memory. */
const LEAST_SCRYPT_COST = 2 ** 15
const MOST_SCRYPT_COST = 2 ** 20
const BLOCK_SIZE = 8
const KEY_BYTES = 32
const SALT_BYTES = 16
/** 96 bits, the size GCM is made for. Random: a vault sees a few hundred writes, far from where random nonces meet. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Sealed under this name, it tells a right passphrase from a wrong one. No credential can have the name, since ids hold no space. */
const CHECK_NAME = 'switchyard passphrase check'
const CHECK_TEXT = 'right'

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/)
const sealed = z.object({ nonce: base64, data: base64 })
const vaultFile = z.object({
  version: z.literal(1),
  scrypt: z.object({
    cost: z.number().int().min(LEAST_SCRYPT_COST).max(MOST_SCRYPT_COST),
    blockSize: z.literal(BLOCK_SIZE),
    parallelization: z.literal(1),
    salt: base64,
  }),
  check: sealed,
  entries: z.record(z.string(), sealed),
})

/** AES-256-GCM: nonce, and ciphertext with its tag at the end; base64. */
type Sealed = z.infer<typeof sealed>
type VaultFile = z.infer<typeof vaultFile>

export class FileVault implements Vault {
  readonly backend = 'file'
  readonly writable = true
  readonly #file: string
  readonly #scryptCost: number
  #key: { readonly bytes: Buffer; readonly salt: string } | undefined
  /** Changes run one after another: each reads the file, changes it and writes it whole. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(dataDir: string, scryptCost: number = SCRYPT_COST) {
    this.#file = join(dataDir, VAULT_FILE)
    this.#scryptCost = scryptCost
  }

  get locked(): boolean {
    return this.#key === undefined
  }

  /** Forgets the key. */
  lock(): void {
    this.#key?.bytes.fill(0)
    this.#key = undefined
  }

  /** Whether there is a file to unlock. @throws VaultError 'corrupt' */
  async exists(): Promise<boolean> {
    return (await this.#read()) !== undefined
  }

  /** Begins an empty vault, unlocked. @throws VaultError 'unavailable' when there is one already: it would be lost. */
  create(passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      if ((await this.#read()) !== undefined) throw new VaultError('unavailable', { code: 'vault-exists', file: this.#file })
      const salt = randomBytes(SALT_BYTES).toString('base64')
      const bytes = await deriveKey(passphrase, salt, this.#scryptCost)
      const check = seal(bytes, CHECK_NAME, CHECK_TEXT)
      await this.#write({ version: 1, scrypt: { cost: this.#scryptCost, blockSize: BLOCK_SIZE, parallelization: 1, salt }, check, entries: {} })
      this.#key = { bytes, salt }
    })
  }

  /** @throws VaultError 'wrong-passphrase', 'corrupt' when the file cannot be read or was altered, 'unavailable' when there is none. */
  unlock(passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      const content = await this.#existing()
      const { salt, cost } = content.scrypt
      const bytes = await deriveKey(passphrase, salt, cost)
      const check = unseal(bytes, CHECK_NAME, content.check)
      if (check === undefined || !sameText(check, CHECK_TEXT)) {
        // The key opens an entry, so the passphrase is right and it is the check that was changed.
        const opensAny = Object.entries(content.entries).some(([id, entry]) => unseal(bytes, id, entry) !== undefined)
        throw opensAny ? this.#altered() : new VaultError('wrong-passphrase', { code: 'wrong-passphrase' })
      }
      this.#key = { bytes, salt }
    })
  }

  async get(id: CredentialId): Promise<Secret | undefined> {
    this.#opened()
    const content = await this.#existing()
    const entry = Object.hasOwn(content.entries, id) ? content.entries[id] : undefined
    if (entry === undefined) return undefined
    const text = unseal(this.#keyOf(content), id, entry)
    if (text === undefined) throw this.#altered()
    return new Secret(text)
  }

  set(id: CredentialId, secret: Secret): Promise<void> {
    return this.#inTurn(async () => {
      this.#opened()
      const content = await this.#existing()
      const entry = secret.use((text) => seal(this.#keyOf(content), id, text))
      await this.#write({ ...content, entries: { ...content.entries, [id]: entry } })
    })
  }

  /** Works while locked too: to throw a key away nobody needs to be able to read it. */
  delete(id: CredentialId): Promise<void> {
    return this.#inTurn(async () => {
      const content = await this.#read()
      if (content === undefined || !Object.hasOwn(content.entries, id)) return
      const { [id]: _removed, ...entries } = content.entries
      await this.#write({ ...content, entries })
    })
  }

  #opened(): Buffer {
    if (this.#key === undefined) throw new VaultError('locked', { code: 'vault-locked' })
    return this.#key.bytes
  }

  /** The key, if it belongs to this content: another process may have put a new file in its place. */
  #keyOf(content: VaultFile): Buffer {
    const bytes = this.#opened()
    if (this.#key?.salt === content.scrypt.salt) return bytes
    this.lock()
    throw new VaultError('locked', { code: 'vault-replaced' })
  }

  async #existing(): Promise<VaultFile> {
    const content = await this.#read()
    if (content === undefined) throw new VaultError('unavailable', { code: 'vault-gone', file: this.#file })
    return content
  }

  async #read(): Promise<VaultFile | undefined> {
    let text: string
    try {
      text = await readFile(this.#file, 'utf8')
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw new VaultError('unavailable', { code: 'vault-unreadable', file: this.#file }, thrown)
    }
    try {
      return vaultFile.parse(JSON.parse(text))
    } catch (thrown) {
      throw new VaultError('corrupt', { code: 'vault-damaged', file: this.#file }, thrown)
    }
  }

  async #write(content: VaultFile): Promise<void> {
    try {
      await writePrivately(this.#file, `${JSON.stringify(content, null, 2)}\n`)
    } catch (thrown) {
      throw new VaultError('unavailable', { code: 'vault-unwritable', file: this.#file }, thrown)
    }
  }

  #altered(): VaultError {
    return new VaultError('corrupt', { code: 'vault-altered', file: this.#file })
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(change)
    // The next change must not fail because this one did.
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}

/** On libuv's pool: nothing else stops while it computes. */
function deriveKey(passphrase: string, salt: string, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: cost, r: BLOCK_SIZE, p: 1, maxmem: 256 * cost * BLOCK_SIZE }
    // NFC: the same passphrase typed on another keyboard may arrive in other code points.
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), KEY_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}

function seal(key: Buffer, name: string, text: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(name, 'utf8'))
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { nonce: nonce.toString('base64'), data: data.toString('base64') }
}

/** undefined when key, name and data do not belong together. */
function unseal(key: Buffer, name: string, { nonce, data }: Sealed): string | undefined {
  const bytes = Buffer.from(data, 'base64')
  const nonceBytes = Buffer.from(nonce, 'base64')
  if (bytes.length < TAG_BYTES || nonceBytes.length !== NONCE_BYTES) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, nonceBytes, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(name, 'utf8')).setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    // The tag does not fit; which of the reasons it is, is for the caller to find out.
    return undefined
  }
}

function sameText(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
