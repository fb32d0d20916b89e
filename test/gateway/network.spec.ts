/** The network's settings in a whole gateway: from the next request on, without a restart, and with no password where one might look. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { findingsOf } from '../../electron/doctor/doctor.ts'
import { basicAuthorization } from '../../electron/engine/attempt/proxy.ts'
import type { NetworkSettings } from '../../shared/network.ts'
import { type MadeUpAuthority, madeUpAuthority } from '../support/authority.ts'
import { offerOf } from '../support/fake-hub.ts'
import { type FakeProxy, fakeProxy } from '../support/fake-proxy.ts'
import { freePort } from '../support/free-port.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'
import { madeModelFiles } from '../support/made-embedding-model.ts'
import { madeUpAccount } from '../support/service-account.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const PASSWORD = 'made-up-proxy-password-8c1f'
const ANSWER = {
  id: 'x',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-mini',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
}
const DEFAULTS: Omit<NetworkSettings, 'hasProxyPassword'> = { proxy: 'own', proxyUrl: '', proxyUser: '', exceptions: [], caFile: '' }

/** Whom the tests' server is; each is found through the proxy alone, and trusted by the CA file alone. */
const HOSTS = ['upstream.example', 'hub.example', 'files.hub.example', 'prices.example', 'tokens.example', 'downloads.example'] as const
const MODEL_FILES = madeModelFiles()

const files = temporaryFolder()
const caFile = join(files.path, 'authority.pem')
let authority: MadeUpAuthority
let secure: ReturnType<typeof createServer>
let securePort: number
let running: TestGateway
let proxy: FakeProxy | undefined

beforeAll(async () => {
  authority = await madeUpAuthority()
  writeFileSync(caFile, `# the authority of Example Corp\n${authority.certificate}\n`)
  secure = createServer(await authority.serverFor(HOSTS), (request, response) => {
    request.resume().once('end', () => answer(request, response))
  }).listen(0, '127.0.0.1')
  secure.on('tlsClientError', () => undefined)
  await new Promise((resolve) => secure.once('listening', resolve))
  securePort = (secure.address() as AddressInfo).port
})
afterAll(async () => {
  secure.closeAllConnections()
  await new Promise((resolve) => secure.close(resolve))
  files[Symbol.dispose]()
})
afterEach(async () => {
  await running.close()
  await proxy?.close()
  proxy = undefined
})

/** The hub hands its files on to another server, as huggingface.co does. */
function answer({ headers: { host }, url = '' }: IncomingMessage, response: ServerResponse): void {
  const json = (value: unknown): void => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  const path = url.replace(/^\/someone\/made-model\/resolve\/[0-9a-f]{40}\//, '')
  if (host === 'hub.example') response.writeHead(302, { location: `https://files.hub.example${url}` }).end()
  else if (host === 'files.hub.example') response.writeHead(200).end(MODEL_FILES.get(path))
  else if (host === 'prices.example') json([])
  else if (host === 'tokens.example') json({ access_token: 'made-up-access-token', expires_in: 3600 })
  else if (host === 'downloads.example') response.end('version: 99.0.0\n')
  else if (url === '/v1/models') json({ object: 'list', data: [{ id: 'gpt-4o-mini', object: 'model' }] })
  else json(ANSWER)
}

const started = async (wants?: string): Promise<FakeProxy> => {
  proxy = await fakeProxy({ portOf: () => securePort, ...(wants !== undefined && { wants }) })
  return proxy
}
const start = async (more: Parameters<typeof startGateway>[0] = {}): Promise<void> => {
  running = await startGateway({
    settings: { baseUrls: { openai: 'https://upstream.example/v1' }, attempts: { most: 1 }, debug: { checkStreams: true } },
    ...more,
  })
}
const ask = () =>
  raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'hello' }] }),
  })
const everyFile = (): string =>
  readdirSync(running.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

it('takes a proxy with a password and an authority from the next request on', async () => {
  const through = await started(basicAuthorization(`anna:${PASSWORD}`))
  await start()
  await running.client['vault.choose']({ backend: 'memory' })
  await running.client['keys.add']({ provider: 'openai', secret: TEST_KEYS.openai })
  expect((await ask()).status).toBe(502)
  const set = await running.client['network.set']({ ...DEFAULTS, proxyUrl: through.url, proxyUser: 'anna', password: PASSWORD, caFile })
  expect(set).toMatchObject({
    ok: true,
    value: { password: 'kept', ca: { is: 'read', certificates: [{ subject: 'Made-up Test Authority', isAuthority: true }] } },
  })
  const answer = await ask()
  expect(answer.text).toContain('"hi"')
  expect(through.asked.at(-1)).toBe('CONNECT upstream.example:443')
  expect(JSON.stringify(set)).not.toContain(PASSWORD)
  expect(JSON.stringify([await running.client['network.get']({}), await running.client['settings.get']({})])).not.toContain(PASSWORD)
  for (const place of [everyFile(), running.log.join('')]) {
    expect(place).not.toContain(PASSWORD)
    expect(place).not.toContain(basicAuthorization(`anna:${PASSWORD}`))
  }
  // and away again
  expect(await running.client['network.set']({ ...DEFAULTS, proxyUrl: through.url, proxyUser: 'anna', caFile, password: '' })).toMatchObject({
    value: { password: 'none' },
  })
  expect((await ask()).text).toContain('asks for a user and a password')
})

/** None of these hosts is to be found but through the proxy, nor trusted but by the CA file: what comes has taken that way. */
it('takes the same way for everything else that it asks of the network', async () => {
  const offer = offerOf(MODEL_FILES)
  const through = await started()
  await start({
    settings: {
      baseUrls: { openai: 'https://upstream.example/v1', vertex: 'https://upstream.example/v1' },
      catalog: { priceList: 'https://prices.example/data.json' },
      updates: { feed: 'https://downloads.example/latest.yml' },
    },
    modelHub: { url: 'https://hub.example', offers: [offer] },
  })
  const { client } = running
  await client['vault.choose']({ backend: 'memory' })
  await client['network.set']({ ...DEFAULTS, proxyUrl: through.url, caFile })
  await client['keys.add']({ provider: 'openai', secret: TEST_KEYS.openai })

  await client['embedders.download']({ id: offer.id, revision: offer.revision })
  await expect.poll(() => client['embedders.list']({})).toMatchObject({ value: [{ state: { is: 'ready' } }] })
  expect(await client['catalog.refresh']({})).toMatchObject({ ok: true })
  await expect
    .poll(() => client['catalog.status']({}))
    .toMatchObject({
      value: {
        refreshing: false,
        // of the price list an empty one came, which is refused for that
        sources: [{ failure: expect.stringContaining('has no provider') }, { name: 'openai', fetchedAt: expect.any(Number), models: 1 }],
      },
    })
  // signs in first, at a place that the key names
  const account = madeUpAccount({ token_uri: 'https://tokens.example/token' }).json
  expect(await client['keys.add']({ provider: 'vertex', secret: account })).toMatchObject({ value: { validation: { is: 'valid' } } })
  expect(await client['updates.check']({})).toMatchObject({ value: { last: { is: 'newer', version: '99.0.0' } } })
  const findings = await client['doctor.check']({ thorough: true })
  expect(findings.ok && findings.value.find(({ of }) => of === 'clock')).toMatchObject({ is: 'ok', by: 'upstream.example' })

  // and the doctor of the terminal, which is a process of its own
  const { dataDir } = running
  const inTerminal = await findingsOf({
    dataDir,
    port: await freePort(),
    vault: 'environment',
    online: true,
    environment: { OPENAI_API_KEY: 'x' },
    say: () => undefined,
  })
  expect(inTerminal.filter(({ of }) => of === 'reach')).toMatchObject([{ is: 'ok', provider: 'OpenAI', status: 200 }, { is: 'ok' }])

  expect(new Set(through.asked)).toEqual(new Set(HOSTS.map((host) => `CONNECT ${host}:443`)))
})

it('finds the password again in an encrypted file after a restart', async () => {
  const through = await started(basicAuthorization(`anna:${PASSWORD}`))
  await start({ keepData: true })
  const { dataDir } = running
  const passphrase = 'made-up-passphrase-27182818'
  await running.client['vault.choose']({ backend: 'file', passphrase })
  await running.client['keys.add']({ provider: 'openai', secret: TEST_KEYS.openai })
  await running.client['network.set']({ ...DEFAULTS, proxyUrl: through.url, proxyUser: 'anna', password: PASSWORD, caFile })
  const settings = JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'))
  await running.close()
  await start({ dataDir, settings, vault: 'file' })
  expect(await running.client['network.get']({})).toMatchObject({ value: { password: 'missing' } })
  await running.client['vault.unlock']({ passphrase })
  expect(await running.client['network.get']({})).toMatchObject({ value: { password: 'kept' } })
  expect((await ask()).text).toContain('"hi"')
})

it('follows the environment at first, and shows it without its password', async () => {
  const through = await started()
  await start({ environment: { https_proxy: `http://anna:${PASSWORD}@127.0.0.1:${through.port}`, no_proxy: 'other.example' } })
  expect(await running.client['network.get']({})).toMatchObject({
    value: {
      proxy: 'environment',
      environment: [
        { name: 'https_proxy', value: `http://…@127.0.0.1:${through.port}` },
        { name: 'no_proxy', value: 'other.example' },
      ],
    },
  })
  expect((await ask()).status).toBe(502)
  expect(through.asked).toEqual(['CONNECT upstream.example:443'])
  expect(through.authorizations).toEqual([basicAuthorization(`anna:${PASSWORD}`)])
  await running.client['network.set']({ ...DEFAULTS, proxy: 'none' })
  await ask()
  expect(through.asked).toHaveLength(1)
})

it('keeps no password where keys come from the environment, and changes nothing then', async () => {
  await start()
  const refused = await running.client['network.set']({ ...DEFAULTS, proxyUrl: 'http://proxy.example:8080', proxyUser: 'anna', password: PASSWORD })
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'unavailable', field: 'password' } })
  expect(await running.client['network.get']({})).toMatchObject({ value: { proxy: 'environment', proxyUrl: '' } })
})

it.each([
  [{ proxyUrl: '' }, 'proxyUrl'],
  [{ proxyUrl: 'http://anna:secret@proxy.example' }, 'proxyUrl'],
  [{ proxyUrl: 'socks5://proxy.example' }, 'proxyUrl'],
  [{ proxyUrl: 'http://proxy.example', proxyUser: 'a:b' }, 'proxyUser'],
  [{ proxyUrl: 'http://proxy.example', exceptions: ['ok.example', 'no such thing'] }, 'exceptions.1'],
  [{ proxyUrl: 'http://proxy.example', caFile: '/nowhere/ca.pem' }, 'caFile'],
])('names the field at fault of %o', async (wrong, field) => {
  await start()
  expect(await running.client['network.set']({ ...DEFAULTS, ...wrong })).toMatchObject({ ok: false, failure: { field } })
})

it('says what is wrong with a CA file', async () => {
  await start()
  const write = (name: string, text: string): string => {
    writeFileSync(join(files.path, name), text)
    return join(files.path, name)
  }
  const key = '-----BEGIN PRIVATE KEY-----\nbWFkZSB1cA==\n-----END PRIVATE KEY-----\n'
  const broken = authority.certificate.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA')
  const cases: readonly (readonly [string, object])[] = [
    ['ca.pem', { why: 'not-absolute' }],
    [join(files.path, 'nowhere.pem'), { why: 'not-found' }],
    [files.path, { why: 'not-readable' }],
    [write('text.pem', 'no certificate at all'), { why: 'no-pem' }],
    [write('big.pem', 'x'.repeat(1024 * 1024 + 1)), { why: 'too-large' }],
    [write('key.pem', authority.certificate + key), { why: 'private-key', block: 2 }],
    [write('broken.pem', `${authority.certificate}\n${broken}`), { why: 'broken', block: 2 }],
    [write('crl.pem', '-----BEGIN X509 CRL-----\nbWFkZSB1cA==\n-----END X509 CRL-----\n'), { why: 'none' }],
  ]
  for (const [path, expected] of cases) expect(await running.client['network.readCa']({ path })).toMatchObject({ value: { is: 'refused', ...expected } })
  expect(await running.client['network.readCa']({ path: write('two.pem', authority.certificate + authority.certificate) })).toMatchObject({
    value: { is: 'read', certificates: [{ subject: 'Made-up Test Authority' }, { issuer: 'Made-up Test Authority' }] },
  })
})

it('says at which step a connection ends', async () => {
  const through = await started()
  await start()
  const { client } = running
  const url = 'https://upstream.example/v1/models'
  const check = async () => {
    const report = await client['network.check']({ url })
    return report.ok ? { ...report.value, fault: report.value.fault ?? 'none' } : undefined
  }
  await client['network.set']({ ...DEFAULTS, proxyUrl: through.url })
  expect(await check()).toMatchObject({ fault: { is: 'certificate', subject: 'upstream.example', issuer: 'Made-up Test Authority' } })
  await client['network.set']({ ...DEFAULTS, proxyUrl: through.url, caFile })
  expect(await check()).toMatchObject({
    steps: [
      { is: 'way', proxy: `127.0.0.1:${through.port}` },
      { is: 'connected' },
      { is: 'tunnel' },
      { is: 'secured', issuer: 'Made-up Test Authority', byOwnAuthority: true },
      { is: 'answered', status: 200 },
    ],
    fault: 'none',
  })
  const down = await freePort()
  await client['network.set']({ ...DEFAULTS, proxyUrl: `http://127.0.0.1:${down}`, caFile })
  expect(await check()).toMatchObject({ fault: { is: 'connect', host: `127.0.0.1:${down}`, code: 'ECONNREFUSED' } })
  await client['network.set']({ ...DEFAULTS, proxy: 'none' })
  expect(await check()).toMatchObject({ steps: [{ is: 'way' }], fault: { is: 'dns', host: 'upstream.example' } })
  expect(await client['network.check']({ url: 'http://169.254.169.254/latest' })).toMatchObject({ value: { fault: { is: 'refused-address' } } })
})

it('tells a proxy that wants a password from one that is silent, when checked', async () => {
  const through = await started('Basic something')
  await start()
  await running.client['network.set']({ ...DEFAULTS, proxyUrl: through.url, caFile })
  for (const url of ['https://upstream.example/v1', 'http://upstream.example/v1'])
    expect(await running.client['network.check']({ url })).toMatchObject({ value: { fault: { is: 'proxy', proxy: `127.0.0.1:${through.port}`, status: 407 } } })
})

it('lets the doctor look at the same things in the window as in a terminal, at what takes time only when told to', async () => {
  const through = await started()
  await start()
  await running.client['network.set']({ ...DEFAULTS, proxyUrl: through.url, caFile })
  const subjects = async (thorough: boolean) => {
    const found = await running.client['doctor.check']({ thorough })
    return found.ok ? found.value.map(({ of }) => of) : []
  }
  const environment = { OPENAI_API_KEY: 'x', ANTHROPIC_API_KEY: 'x', GEMINI_API_KEY: 'x', COHERE_API_KEY: 'x' }
  const { dataDir } = running
  const inTerminal = await findingsOf({ dataDir, port: await freePort(), vault: 'environment', online: true, environment, say: () => undefined })
  expect(await subjects(true)).toEqual(inTerminal.map(({ of }) => of))
  const slow = new Set(['database', 'clock', 'reach'])
  expect(await subjects(false)).toEqual(inTerminal.map(({ of }) => of).filter((of) => !slow.has(of)))
})
