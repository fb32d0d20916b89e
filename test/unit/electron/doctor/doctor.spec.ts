import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { checkCatalog, checkDatabaseState, checkPort, checkVault } from '../../../../electron/doctor/checks.ts'
import { examine, runDoctor } from '../../../../electron/doctor/doctor.ts'
import { exitCodeOf, type Finding, printed } from '../../../../electron/doctor/finding.ts'
import { VaultKeeper } from '../../../../electron/engine/credentials/vault-keeper.ts'
import { checkDatabase } from '../../../../electron/engine/storage/check-database.ts'
import { openDatabase } from '../../../../electron/engine/storage/open.ts'
import { english } from '../../../../shared/messages/english.ts'
import { answerJson, fakeUpstream } from '../../../support/fake-upstream.ts'
import { freePort } from '../../../support/free-port.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const KEY = 'made-up-openai-key-5a6b7c8d'
const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function optionsFor(dataDir: string, more: Partial<Parameters<typeof examine>[0]> = {}): Promise<Parameters<typeof examine>[0]> {
  return { dataDir, port: await freePort(), vault: 'environment', online: false, environment: {}, say: () => undefined, ...more }
}

const of = (findings: readonly Finding[], name: string): Finding | undefined => findings.find((finding) => finding.of === name)

describe('the doctor', () => {
  it('finds a fresh machine well, and leaves it as it was', async () => {
    using folder = temporaryFolder()
    const dataDir = join(folder.path, 'not', 'there')
    const lines: string[] = []
    expect(await runDoctor(await optionsFor(dataDir, { say: (line) => lines.push(line) }))).toBe(0)
    expect(existsSync(dataDir)).toBe(false)
    expect(lines.join('\n')).toContain('does not exist yet')
    expect(lines.at(-1)).toMatch(/^\d+ checks: \d+ ok, \d+ to note, 0 failed$/)
  })

  it('finds a folder in use well, counts what is in it, and names no key', async () => {
    using folder = temporaryFolder()
    chmodSync(folder.path, 0o700)
    openDatabase(folder.path).close()
    const files = readdirSync(folder.path)
    const findings = await examine(await optionsFor(folder.path, { environment: { OPENAI_API_KEY: KEY } }))
    expect(findings.map(({ of: name, is }) => [name, is])).toEqual(
      ['version', 'data folder', 'settings.json', 'routing.json', 'database', 'keys', 'port', 'catalog'].map((name) => [
        name,
        expect.stringMatching('ok|note'),
      ]),
    )
    expect(of(findings, 'database')).toMatchObject({ is: 'ok', says: expect.stringContaining('0 requests') })
    expect(of(findings, 'keys')?.says).toContain('OPENAI_API_KEY')
    expect(JSON.stringify(findings)).not.toContain(KEY)
    // SQLite leaves its empty log and index beside a database that was only read
    expect(readdirSync(folder.path).filter((name) => !/-(wal|shm)$/.test(name))).toEqual(files)
  })

  it.each([
    ['settings.json', '{"bodyLimitBytes": "much"}', 'bodyLimitBytes'],
    ['settings.json', '{', 'not valid JSON'],
    ['routing.json', '{"version": 1, "rules": 3}', 'rules'],
  ])('fails with a %s that holds %s', async (file, text, named) => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, file), text)
    const findings = await examine(await optionsFor(folder.path))
    expect(of(findings, file)).toMatchObject({ is: 'bad', says: expect.stringContaining(named) })
    expect(exitCodeOf(findings)).toBe(1)
  })

  it('fails with a damaged database, and one of a newer Switchyard, without touching either', () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'switchyard.db'), 'this is no database, though it is long enough to be looked at by SQLite as one'.repeat(20))
    const damaged = checkDatabase(folder.path)
    expect(damaged).toMatchObject({ is: 'damaged', why: expect.stringContaining('not a database') })
    expect(checkDatabaseState(damaged).is).toBe('bad')

    using other = temporaryFolder()
    const database = openDatabase(other.path)
    database.pragma('user_version = 9999')
    database.close()
    expect(checkDatabase(other.path)).toMatchObject({ is: 'too-new', version: 9999 })
  })

  it('says in words why the keychain does not work', async () => {
    using folder = temporaryFolder()
    const keeperOf = (setting: 'auto' | 'keychain') =>
      new VaultKeeper({
        ...{ dataDir: folder.path, setting, environment: {}, environmentVariables: new Map(), onChosen: () => undefined },
        probeKeychain: async () => ({ works: false, name: 'Secret Service', reason: { code: 'keychain-silent' } }),
      })
    const why = english({ code: 'keychain-silent' })
    expect(await checkVault(keeperOf('auto'), 'auto', 0)).toMatchObject({ is: 'note', says: expect.stringContaining(why) })
    expect(await checkVault(keeperOf('keychain'), 'keychain', 0)).toMatchObject({ is: 'bad', says: expect.stringContaining(why) })
  })

  it('goes on where keys rest in memory alone', async () => {
    using folder = temporaryFolder()
    const findings = await examine(await optionsFor(folder.path, { vault: 'memory' }))
    expect(of(findings, 'keys')).toMatchObject({ is: 'note', says: expect.stringContaining('in memory') })
    expect(of(findings, 'catalog')).toBeDefined()
  })

  it('tells a port that is free from one that Switchyard or somebody else has', async () => {
    expect(await checkPort(await freePort())).toMatchObject({ is: 'ok', says: expect.stringContaining('is free') })
    const server = createServer((_request, response) => response.end('{"status":"ok","version":"9.9.9"}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    ends.push(() => new Promise((resolve) => server.close(resolve)))
    const { port } = server.address() as AddressInfo
    expect(await checkPort(port)).toMatchObject({ is: 'ok', says: expect.stringContaining('Switchyard 9.9.9 listens') })
    expect(await checkPort(port, async () => undefined)).toMatchObject({ is: 'bad', todo: expect.stringContaining('--port') })
  })

  it('notes a catalog that has become old', () => {
    expect(checkCatalog(Date.parse('2026-11-01T10:00:00Z'), Date.parse('2026-11-25T00:00:00Z'))).toMatchObject({
      is: 'ok',
      says: 'prices of 2026-11-01, fetched',
    })
    expect(checkCatalog(Date.parse('2026-01-01T10:00:00Z'), Date.parse('2026-11-25T00:00:00Z'))).toMatchObject({
      is: 'note',
      says: expect.stringContaining('328 days old'),
    })
    expect(checkCatalog(undefined, Date.parse('2026-09-24T00:00:00Z')).says).toContain('as they came with Switchyard')
  })

  it('asks providers only when told to, sends no key, and takes a refusal for an answer', async () => {
    using folder = temporaryFolder()
    const upstream = await fakeUpstream(answerJson({ error: 'no key' }, 401))
    ends.push(() => upstream.close())
    writeFileSync(join(folder.path, 'settings.json'), JSON.stringify({ baseUrls: { openai: `${upstream.url}/v1`, anthropic: 'http://127.0.0.1:9/v1' } }))
    const environment = { OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: KEY }
    await examine(await optionsFor(folder.path, { environment }))
    expect(upstream.seen).toEqual([])
    const findings = await examine(await optionsFor(folder.path, { environment, online: true }))
    expect(findings.filter(({ of: name }) => name === 'reach')).toMatchObject([
      { is: 'ok', says: expect.stringMatching(/^OpenAI answers \(401\)/) },
      { is: 'bad', says: expect.stringMatching(/^Anthropic cannot be reached/) },
    ])
    expect(upstream.seen).toHaveLength(1)
    expect(JSON.stringify(upstream.seen)).not.toContain(KEY)
  })

  it('prints nothing that steers a terminal', () => {
    const [line] = printed([{ of: 'reach', is: 'bad', says: 'Lab\u001b[2J\u009b31m\r\nok    keychain' }])
    expect(line).toBe('FAIL  reach         Lab [2J 31m ok    keychain')
  })

  it('prints one line for each finding, what helps below it, and the count', () => {
    expect(
      printed([
        { of: 'port', is: 'ok', says: 'free' },
        { of: 'keys', is: 'bad', says: 'locked', todo: 'unlock' },
      ]),
    ).toEqual(['ok    port          free', 'FAIL  keys          locked', '                    -> unlock', '2 checks: 1 ok, 0 to note, 1 failed'])
  })
})
