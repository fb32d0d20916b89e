/**
 * Keys in the operating system's keychain: macOS Keychain, Windows Credential Manager, or a Secret Service (GNOME Keyring, KWallet) on Linux.
 * The native module is loaded at first use, so that a machine without libsecret starts all the same and is told what is missing.
 */

import { randomBytes } from 'node:crypto'
import type { CredentialId } from '../../../shared/ids.ts'
import { SpokenError, saidBy } from '../../../shared/messages/spoken-error.ts'
import type { VaultMessage } from '../../../shared/messages/vaults.ts'
import { type ChunkPlace, chunkAccount, chunkHeader, chunksOf, otherPlace, readChunkHeader } from './keychain-chunks.ts'
import { Secret } from './secret.ts'
import { type Vault, VaultError } from './vault.ts'

export const KEYCHAIN_SERVICE = 'switchyard'

/** A keychain that waits for its unlock dialog does not answer; after this long the user is told rather than left waiting. */
const PROBE_LIMIT_MS = 5_000

export interface KeychainProbe {
  readonly works: boolean
  /** For people: 'macOS Keychain', 'Windows Credential Manager', 'Secret Service'. */
  readonly name: string
  /** Why it does not work, and what would help; only where it does not. */
  readonly reason?: VaultMessage | string
}

/** What is used of keytar. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

export async function loadKeytar(): Promise<Keytar> {
  // CommonJS: its exports are on `default` under Node and in the bundle alike.
  const module = (await import('keytar')) as Keytar & { readonly default?: Keytar }
  return module.default ?? module
}

export class KeychainVault implements Vault {
  readonly backend = 'keychain'
  readonly writable = true
  readonly #load: () => Promise<Keytar>

  constructor(load: () => Promise<Keytar> = loadKeytar) {
    this.#load = load
  }

  async get(id: CredentialId): Promise<Secret | undefined> {
    const value = await this.#read(id)
    if (value === undefined) return undefined
    const header = readChunkHeader(value)
    if (header === undefined) return new Secret(value)
    const chunks: Buffer[] = []
    for (let index = 0; index < header.count; index++) {
      const chunk = await this.#read(chunkAccount(id, header.place, index))
      if (chunk === undefined) throw new VaultError('corrupt', { code: 'keychain-part', keychain: keychainName() })
      chunks.push(Buffer.from(chunk, 'base64'))
    }
    return new Secret(Buffer.concat(chunks).toString('utf8'))
  }

  /** A long secret is written beside the old one and then put in its place by one short entry, so that a crash leaves one of the two whole. */
  async set(id: CredentialId, secret: Secret): Promise<void> {
    const before = readChunkHeader((await this.#read(id)) ?? '')
    const chunks = secret.use(chunksOf)
    if (chunks === undefined) {
      await secret.use((text) => this.#ask((keytar) => keytar.setPassword(KEYCHAIN_SERVICE, id, text)))
    } else {
      const place = before === undefined ? 'a' : otherPlace(before.place)
      await this.#deleteChunks(id, place)
      for (const [index, chunk] of chunks.entries()) {
        await this.#ask((keytar) => keytar.setPassword(KEYCHAIN_SERVICE, chunkAccount(id, place, index), chunk))
      }
      await this.#ask((keytar) => keytar.setPassword(KEYCHAIN_SERVICE, id, chunkHeader({ place, count: chunks.length })))
    }
    if (before !== undefined) await this.#deleteChunks(id, before.place)
  }

  async delete(id: CredentialId): Promise<void> {
    for (const place of ['a', 'b'] as const) await this.#deleteChunks(id, place)
    await this.#ask((keytar) => keytar.deletePassword(KEYCHAIN_SERVICE, id))
  }

  /** From the last to the first, so that what a crash leaves is found again from the first on. */
  async #deleteChunks(id: CredentialId, place: ChunkPlace): Promise<void> {
    let count = 0
    while ((await this.#read(chunkAccount(id, place, count))) !== undefined) count++
    for (let index = count - 1; index >= 0; index--) {
      await this.#ask((keytar) => keytar.deletePassword(KEYCHAIN_SERVICE, chunkAccount(id, place, index)))
    }
  }

  async #read(account: string): Promise<string | undefined> {
    return (await this.#ask((keytar) => keytar.getPassword(KEYCHAIN_SERVICE, account))) ?? undefined
  }

  async #ask<T>(question: (keytar: Keytar) => Promise<T>): Promise<T> {
    try {
      return await question(await this.#load())
    } catch (thrown) {
      throw new VaultError('unavailable', { code: 'keychain-refused', keychain: keychainName(), why: reasonOf(thrown) }, thrown)
    }
  }
}

/** Writes, reads and removes an entry of its own: a keychain that can be asked but not written is no place for keys. Never rejects. */
export async function keychainWorks(
  load: () => Promise<Keytar> = loadKeytar,
  limitMs = PROBE_LIMIT_MS,
  account = `probe-${randomBytes(6).toString('hex')}`,
): Promise<KeychainProbe> {
  const name = keychainName()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SpokenError({ code: 'keychain-late' })), limitMs)
  })
  try {
    await Promise.race([roundTrip(load, account), late])
    return { works: true, name }
  } catch (thrown) {
    return { works: false, name, reason: reasonOf(thrown) }
  } finally {
    clearTimeout(timer)
  }
}

async function roundTrip(load: () => Promise<Keytar>, account: string): Promise<void> {
  const keytar = await load()
  await keytar.setPassword(KEYCHAIN_SERVICE, account, 'works')
  const back = await keytar.getPassword(KEYCHAIN_SERVICE, account)
  await keytar.deletePassword(KEYCHAIN_SERVICE, account)
  if (back !== 'works') throw new SpokenError({ code: 'keychain-forgot' })
}

export function keychainName(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return 'macOS Keychain'
  if (platform === 'win32') return 'Windows Credential Manager'
  return 'Secret Service'
}

/** What keytar says, with what would help where it is known. Its messages name services and libraries, never a value. */
function reasonOf(thrown: unknown): VaultMessage | string {
  if (thrown instanceof SpokenError) return saidBy(thrown) as VaultMessage
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  if (/libsecret|failed to load keytar/i.test(text)) return { code: 'no-libsecret' }
  if (/org\.freedesktop\.secrets|ServiceUnknown/i.test(text)) return { code: 'no-keyring', told: text }
  if (/locked collection/i.test(text)) return { code: 'keyring-locked' }
  if (/dbus|d-bus|autolaunch|\$DISPLAY/i.test(text)) return { code: 'no-session-bus', told: text }
  return text
}
