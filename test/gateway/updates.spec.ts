/** Looking for newer versions: nobody is asked unless somebody says so, and then nothing is told to whom. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SettingsInput } from '../../shared/settings.ts'
import { dataFolder } from '../support/data-folder.ts'
import { type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'

let server: FakeUpstream
let running: TestGateway
let version: string
beforeEach(async () => {
  version = '99.0.0'
  server = await fakeUpstream(({ url }, response) => {
    if (url === '/latest.yml') response.writeHead(302, { location: '/files/latest.yml' }).end()
    else if (url === '/files/latest.yml') response.end(`version: ${version}\nreleaseDate: '2026-11-20T10:00:00.000Z'\n`)
    else response.writeHead(404).end('version: 99.0.0')
  })
})
afterEach(async () => {
  await running.close()
  await server.close()
})

const start = async (updates: SettingsInput['updates'], dataDir = dataFolder()): Promise<void> => {
  running = await startGateway({ dataDir, keepData: true, settings: { updates } })
}
/** All headers of a request. */
const TOLD = { host: expect.any(String), connection: 'keep-alive', accept: '*/*', 'user-agent': 'Switchyard', 'accept-encoding': 'identity' }
const status = () => running.client['updates.status']({})
const check = () => running.client['updates.check']({})

it('asks nobody where the settings name no address, and says so', async () => {
  await start({ check: 'daily' })
  expect(await status()).toEqual({ ok: true, value: { running: expect.stringMatching(/^\d+\.\d+\.\d+/), isChecking: false } })
  expect(await check()).toMatchObject({ ok: false, failure: { kind: 'conflict' } })
})

it('finds a newer version when asked to, tells the server nothing, and knows it after a restart', async () => {
  const dataDir = dataFolder()
  await start({ feed: `${server.url}/latest.yml` }, dataDir)
  expect(server.seen).toEqual([])
  const found = { running: expect.any(String), last: { is: 'newer', version: '99.0.0', releasedOn: '2026-11-20', at: expect.any(Number) } }
  expect(await check()).toMatchObject({ value: found })
  for (const { headers } of server.seen) expect(headers).toEqual(TOLD)
  await running.close()
  await start({ feed: `${server.url}/latest.yml` }, dataDir)
  expect(await status()).toMatchObject({ value: found })
  expect(server.seen).toHaveLength(2)
  // what was found at another address says nothing of this one
  await running.client['settings.update']({ updates: { check: 'off', feed: `${server.url}/gone.yml` } })
  const elsewhere = await status()
  expect(elsewhere.ok && elsewhere.value.last).toBeUndefined()
  expect(await check()).toMatchObject({ value: { last: { is: 'failed', why: { code: 'list-status', status: 404 } } } })
})

it('says that there is none where the version that runs is the newest', async () => {
  version = '0.0.1'
  await start({ feed: `${server.url}/latest.yml` })
  expect(await check()).toMatchObject({ value: { last: { is: 'none-newer', version: '0.0.1' } } })
})
