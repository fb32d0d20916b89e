import { describe, expect, it } from 'vitest'
import { Secret } from '../../electron/engine/credentials/secret.ts'
import type { Vault } from '../../electron/engine/credentials/vault.ts'

/** A vault under test. `id` is one that nothing else uses, and `holds` puts a secret there before the test where the vault itself cannot. */
export interface VaultUnderTest {
  readonly vault: Vault
  readonly id: string
  readonly holds?: string
}

const read = async (vault: Vault, id: string) => (await vault.get(id))?.use((text) => text)

/** What every vault does, whether it can be written or not. */
export function readsAsAVault(name: string, make: (holds: string) => VaultUnderTest | Promise<VaultUnderTest>): void {
  describe(`${name}, as a vault to read`, () => {
    it('gives back the secret it holds', async () => {
      const { vault, id } = await make('made-up-secret-1')
      expect(await read(vault, id)).toBe('made-up-secret-1')
    })

    it('says undefined for what it does not hold', async () => {
      const { vault } = await make('made-up-secret-2')
      expect(await vault.get('nothing-here')).toBeUndefined()
      expect(await vault.get('__proto__')).toBeUndefined()
    })

    it('shows nothing of a secret when it is printed', async () => {
      const { vault, id } = await make('made-up-secret-3')
      const secret = await vault.get(id)
      expect(`${secret} ${JSON.stringify({ secret })}`).not.toContain('made-up')
    })
  })
}

/** What every vault does that keys can be stored in. */
export function writesAsAVault(name: string, make: () => VaultUnderTest | Promise<VaultUnderTest>): void {
  describe(`${name}, as a vault to write`, () => {
    it('gives back exactly what was stored', async () => {
      const { vault, id } = await make()
      for (const text of ['short', 'with "quotes" and \\ and line\nbreaks', 'Schlüssel 鍵 🔑', 'x'.repeat(2_400), '{"private_key":"'.padEnd(20_000, 'é')]) {
        await vault.set(id, new Secret(text))
        expect(await read(vault, id)).toBe(text)
      }
      await vault.delete(id)
    })

    it('replaces a secret, long by short and short by long', async () => {
      const { vault, id } = await make()
      for (const length of [10, 9_000, 5_000, 9_000, 10]) {
        const text = `${length}`.padEnd(length, '.')
        await vault.set(id, new Secret(text))
        expect(await read(vault, id)).toBe(text)
      }
      await vault.delete(id)
    })

    it('forgets what is deleted, and deleting it again is no error', async () => {
      const { vault, id } = await make()
      await vault.set(id, new Secret('y'.repeat(6_000)))
      await vault.delete(id)
      expect(await vault.get(id)).toBeUndefined()
      await vault.delete(id)
    })

    it('keeps secrets apart', async () => {
      const { vault, id } = await make()
      await vault.set(id, new Secret('one'))
      await vault.set(`${id}-other`, new Secret('two'))
      await vault.delete(id)
      expect(await read(vault, `${id}-other`)).toBe('two')
      await vault.delete(`${id}-other`)
    })

    it('takes many changes at once', async () => {
      const { vault, id } = await make()
      const ids = Array.from({ length: 8 }, (_, index) => `${id}-${index}`)
      await Promise.all(ids.map((each) => vault.set(each, new Secret(`secret of ${each}`))))
      expect(await Promise.all(ids.map((each) => read(vault, each)))).toEqual(ids.map((each) => `secret of ${each}`))
      await Promise.all(ids.map((each) => vault.delete(each)))
      expect(await Promise.all(ids.map((each) => read(vault, each)))).toEqual(ids.map(() => undefined))
    })
  })
}
