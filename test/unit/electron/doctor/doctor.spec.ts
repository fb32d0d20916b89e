import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findingsOf, runDoctor } from '../../../../electron/doctor/doctor.ts'
import { exitCodeOf, printed } from '../../../../electron/doctor/printed.ts'
import { openDatabase } from '../../../../electron/engine/storage/open.ts'
import type { DoctorFinding } from '../../../../shared/doctor.ts'
import { answerJson, fakeUpstream } from '../../../support/fake-upstream.ts'
import { freePort } from '../../../support/free-port.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const KEY = 'made-up-openai-key-5a6b7c8d'

async function optionsFor(dataDir: string, more: Partial<Parameters<typeof findingsOf>[0]> = {}): Promise<Parameters<typeof findingsOf>[0]> {
  return { dataDir, port: await freePort(), vault: 'environment', online: false, environment: {}, say: () => undefined, ...more }
}

const of = (findings: readonly DoctorFinding[], name: DoctorFinding['of']): DoctorFinding | undefined => findings.find((finding) => finding.of === name)
const QUICK = ['version', 'data-folder', 'disk', 'settings.json', 'routing.json', 'database', 'keys', 'endpoint', 'catalog', 'network']

describe('the doctor of the terminal', () => {
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
    const findings = await findingsOf(await optionsFor(folder.path, { environment: { OPENAI_API_KEY: KEY } }))
    expect(findings.filter(({ of: name }) => name !== 'open-files').map(({ of: name, is }) => [name, is])).toEqual(
      QUICK.map((name) => [name, expect.stringMatching('ok|warn')]),
    )
    expect(of(findings, 'database')).toMatchObject({ is: 'ok', requests: 0 })
    expect(of(findings, 'keys')).toMatchObject({ variables: ['OPENAI_API_KEY'] })
    expect(JSON.stringify([findings, printed(findings)])).not.toContain(KEY)
    // SQLite leaves its empty log and index beside a database that was only read
    expect(readdirSync(folder.path).filter((name) => !/-(wal|shm)$/.test(name))).toEqual(files)
  })

  it.each([
    ['settings.json', '{"bodyLimitBytes": "much"}', 'bodyLimitBytes'],
    ['settings.json', '{', 'not valid JSON'],
    ['routing.json', '{"version": 1, "rules": 3}', 'rules'],
  ] as const)('fails with a %s that holds %s', async (file, text, named) => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, file), text)
    const findings = await findingsOf(await optionsFor(folder.path))
    expect(of(findings, file)).toMatchObject({ is: 'bad', why: expect.stringContaining(named) })
    expect(exitCodeOf(findings)).toBe(1)
  })

  it('goes on where keys rest in memory alone', async () => {
    using folder = temporaryFolder()
    expect(of(await findingsOf(await optionsFor(folder.path, { vault: 'memory' })), 'keys')).toMatchObject({ is: 'warn', backend: 'memory' })
  })

  it('takes fetched prices for as old as they are', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'catalog.json'), JSON.stringify({ priceList: { fetchedAt: Date.parse('2026-01-01T10:00:00Z') } }))
    const catalogOn = async (day: string) => of(await findingsOf(await optionsFor(folder.path, { now: () => Date.parse(day) })), 'catalog')
    expect(await catalogOn('2026-11-25')).toEqual({ of: 'catalog', is: 'warn', asOf: '2026-01-01', days: 328, fetched: true })
    writeFileSync(join(folder.path, 'catalog.json'), '{')
    expect(await catalogOn('2026-09-24')).toMatchObject({ is: 'ok', fetched: false })
  })

  it('asks providers only when told to, sends no key, and takes a refusal for an answer', async () => {
    using folder = temporaryFolder()
    const upstream = await fakeUpstream(answerJson({ error: 'no key' }, 401))
    onTestFinished(() => upstream.close())
    writeFileSync(join(folder.path, 'settings.json'), JSON.stringify({ baseUrls: { openai: `${upstream.url}/v1`, anthropic: 'http://127.0.0.1:9/v1' } }))
    const environment = { OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: KEY }
    await findingsOf(await optionsFor(folder.path, { environment }))
    expect(upstream.seen).toEqual([])
    const findings = await findingsOf(await optionsFor(folder.path, { environment, online: true }))
    expect(findings.filter(({ of: name }) => name === 'reach')).toMatchObject([
      { is: 'ok', provider: 'OpenAI', status: 401 },
      { is: 'bad', provider: 'Anthropic' },
    ])
    expect(of(findings, 'clock')).toMatchObject({ is: 'ok', by: new URL(upstream.url).host })
    expect(JSON.stringify(upstream.seen)).not.toContain(KEY)
  })

  it('prints nothing that steers a terminal', () => {
    const [line] = printed([{ of: 'reach', is: 'ok', provider: 'Lab\u001b[2J\u009b31m\r\nok    keychain', status: 200, ms: 12 }])
    expect(line).toContain('Lab [2J 31m ok    keychain')
    expect(line).not.toMatch(/\p{Cc}/u)
  })

  it('prints one line for each finding, what helps below it, and the count', () => {
    expect(
      printed([
        { of: 'endpoint', is: 'ok', state: 'free', address: '127.0.0.1:4747' },
        { of: 'disk', is: 'warn', freeBytes: 10 * 1024 * 1024 },
      ]),
    ).toEqual([
      'ok    endpoint       127.0.0.1:4747 is free.',
      'note  disk           Only 10 MB are free.',
      '                     -> Make room, or keep less: Settings, Storage & retention.',
      '2 checks: 1 ok, 1 to note, 0 failed',
    ])
  })
})
