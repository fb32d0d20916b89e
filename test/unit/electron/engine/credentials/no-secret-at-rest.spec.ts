import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { ClientKeys } from '../../../../../electron/engine/credentials/client-keys.ts'
import { Credentials } from '../../../../../electron/engine/credentials/credentials.ts'
import { FileVault } from '../../../../../electron/engine/credentials/file-vault.ts'
import { KeychainVault } from '../../../../../electron/engine/credentials/keychain-vault.ts'
import { Secret } from '../../../../../electron/engine/credentials/secret.ts'
import type { VaultBackend } from '../../../../../electron/engine/credentials/vault.ts'
import { VaultKeeper } from '../../../../../electron/engine/credentials/vault-keeper.ts'
import { createLedger } from '../../../../../electron/engine/ledger/ledger.ts'
import { openStorage } from '../../../../../electron/engine/storage/worker-client.ts'
import { bytesOf, dataFolder } from '../../../../support/data-folder.ts'
import { FakeKeychain } from '../../../../support/fake-keychain.ts'
import { closedRow, exchangeOf, opening } from '../../../../support/ledger-rows.ts'

const PASSPHRASE = 'a made-up passphrase'

/** How a text may stand in a file: as it is, in two bytes a character, and in the usual encodings (base64 at each of its three offsets). */
function shapesOf(text: string): readonly Buffer[] {
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.from('x'.repeat(offset) + text)
      .toString('base64')
      .slice(4, -4),
  )
  return [text, ...base64, Buffer.from(text).toString('hex'), encodeURIComponent(text), JSON.stringify(text).slice(1, -1)]
    .flatMap((shape) => [Buffer.from(shape, 'utf8'), Buffer.from(shape, 'utf16le')])
    .filter((shape) => shape.length > 0)
}

it('leaves no secret in the data folder or the log after all that can be done with keys', async () => {
  const dataDir = dataFolder()
  const said: string[] = []
  const note = (thing: unknown) => void said.push(thing instanceof Error ? `${thing.stack} ${String(thing.cause)}` : JSON.stringify(thing))
  const secrets = Array.from({ length: 8 }, (_, index) => `made-up/secret+${index}-${randomUUID()}`)
  const secretAt = (index: number) => new Secret(secrets[index] ?? '')

  const storage = await openStorage({ dataDir, log: (_, message) => note(message) })
  const keychain = new FakeKeychain()
  const keeper = new VaultKeeper({
    dataDir,
    setting: 'auto',
    environment: { MADE_UP_KEY: secrets[0] },
    environmentVariables: new Map([['MADE_UP_KEY', 'openai']]),
    onChosen: note,
    probeKeychain: async () => ({ works: true, name: 'Test Keychain' }),
    keychain: new KeychainVault(async () => keychain),
    file: new FileVault(dataDir, 2 ** 15),
  })
  const common = { storage, now: Date.now, newId: randomUUID, onError: note }
  const credentials = new Credentials({ ...common, keeper })
  await credentials.load()
  const clientKeys = new ClientKeys(common)

  note(await credentials.environment())
  note(await credentials.import('MADE_UP_KEY'))
  for (const [index, [backend, passphrase]] of ([['keychain'], ['file', PASSPHRASE], ['memory']] as [VaultBackend, string?][]).entries()) {
    note(await keeper.choose(backend, passphrase))
    const added = await credentials.add({ provider: 'openai', label: `in ${backend}`, secret: secretAt(2 * index + 1) })
    note(await credentials.open(added.id))
    note(await credentials.replace(added.id, secretAt(2 * index + 2)))
    note(await credentials.add({ provider: 'openai', secret: secretAt(2 * index + 2) }).catch((error: unknown) => error))
    credentials.mark(added.id, { is: 'refused', message: 'no', at: 1 })
    credentials.used(added.id)
    const doomed = await credentials.add({ provider: 'anthropic', secret: secretAt(7) })
    await credentials.delete(doomed.id)
  }
  note(await keeper.choose('file', PASSPHRASE))
  note(await keeper.choose('file', 'another passphrase').catch((error: unknown) => error))
  keychain.writesLeft = 0
  note(await new KeychainVault(async () => keychain).set('x', secretAt(7)).catch((error: unknown) => error))

  const { client, secret } = await clientKeys.create('Cursor')
  const revoked = await clientKeys.create('Revoked')
  clientKeys.verify(secret)
  await clientKeys.verifySlow('sk-switchyard-wrong')
  await clientKeys.revoke(revoked.client.id)
  const ledger = createLedger({ storage, onError: note, onChange: note })
  const row = ledger.open(opening('a', { caller: client.id }))
  ledger.close(closedRow('a', { caller: client.id }), exchangeOf('a'), row)
  await ledger.stop()
  note([credentials.list(), credentials.whyNot('openai'), keeper.status(), clientKeys.list(), secretAt(0)])

  const look = () => {
    const files = bytesOf(dataDir)
    const found: string[] = []
    for (const text of [...secrets, secret, revoked.secret, PASSPHRASE]) {
      for (const shape of shapesOf(text)) {
        for (const [file, bytes] of files) if (bytes.includes(shape)) found.push(`${text} in ${file}`)
        if (Buffer.from(said.join('\n')).includes(shape)) found.push(`${text} in what was said`)
      }
    }
    return { files: [...files.keys()].map((file) => file.slice(dataDir.length + 1)).sort((one, other) => one.localeCompare(other)), found }
  }

  // Once with the write-ahead log beside the database, and once after it was folded in.
  const during = look()
  expect(during.files).toEqual(['switchyard.db', 'switchyard.db-shm', 'switchyard.db-wal', 'vault.json'])
  expect(during.found).toEqual([])
  await storage.close()
  expect(look()).toEqual({ files: ['switchyard.db', 'vault.json'], found: [] })
  // The search itself works: what may stand there is found.
  expect(bytesOf(dataDir).get(`${dataDir}/switchyard.db`)?.includes('Cursor')).toBe(true)
})
