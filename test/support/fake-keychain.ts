import type { Keytar } from '../../electron/engine/credentials/keychain-vault.ts'

/** Windows' limit for one entry, the tightest of the three systems. */
const ENTRY_LIMIT_BYTES = 2_560

/** A keychain in memory, as strict as the strictest system, which can be made to stop working after a number of further writes. */
export class FakeKeychain implements Keytar {
  readonly entries = new Map<string, string>()
  writesLeft = Number.POSITIVE_INFINITY

  async getPassword(service: string, account: string): Promise<string | null> {
    return this.entries.get(`${service} ${account}`) ?? null
  }

  async setPassword(service: string, account: string, password: string): Promise<void> {
    this.#write()
    if (password === '' || Buffer.byteLength(password) > ENTRY_LIMIT_BYTES) throw new Error('The stub received bad data.')
    this.entries.set(`${service} ${account}`, password)
  }

  async deletePassword(service: string, account: string): Promise<boolean> {
    this.#write()
    return this.entries.delete(`${service} ${account}`)
  }

  #write(): void {
    if (this.writesLeft-- <= 0) throw new Error('The keychain is gone.')
  }
}
