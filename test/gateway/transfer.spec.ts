/** Import and export of a whole setup, gateway to gateway. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { settingsSchema } from '../../shared/settings.ts'
import { TRANSFER_PARTS } from '../../shared/transfer.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'

const ALL = [...TRANSFER_PARTS]
const gateways: TestGateway[] = []
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((each) => each.close()))
})

async function start(): Promise<TestGateway> {
  const gateway = await startGateway({ settings: {} })
  gateways.push(gateway)
  return gateway
}

async function furnished(): Promise<TestGateway> {
  const gateway = await start()
  const { client } = gateway
  await client['settings.update']({ demoKey: false, shortcuts: { palette: 'Mod+P' }, auto: { ...settingsSchema.parse({}).auto, slider: 0.9, regions: ['eu'] } })
  const routing = await client['routing.get']({})
  const config = {
    version: 1,
    aliases: { fast: { models: [{ model: 'demo/quick' }] } },
    rules: [{ name: 'none', when: {}, actions: [{ do: 'deny', message: 'no' }] }],
  }
  expect(await client['routing.save']({ config, revision: routing.ok ? routing.value.revision : '' })).toMatchObject({ ok: true, value: { saved: true } })
  expect(await client['models.addOwn']({ provider: 'openai', id: 'house-model', price: { input: 1.5, output: 3 } })).toMatchObject({ ok: true })
  await client['library.put']({ entry: { kind: 'prompt', name: 'Greeting', text: 'Say hello to {{name}}.' } })
  await client['library.put']({ entry: { kind: 'preset', name: 'Terse', system: 'Be short.', parameters: { temperature: 0.2 } } })
  await client['traffic.saveFilter']({ name: 'dear', filter: 'cost>0.01' })
  await client['clients.create']({ name: 'my editor' })
  return gateway
}

async function exported({ client }: TestGateway): Promise<string> {
  const answer = await client['transfer.export']({ parts: ALL })
  if (!answer.ok) throw new Error(answer.failure.message)
  return answer.value.text
}
const setup = (text: string): object => {
  const { madeAt: _, clientKeys: _keys, ...rest } = JSON.parse(text) as Record<string, unknown>
  return rest
}

it('carries everything into an empty data folder, and gives the same file there', async () => {
  const old = await furnished()
  const text = await exported(old)
  expect(JSON.parse(text).clientKeys).toMatchObject([{ name: 'my editor' }])
  const fresh = await start()
  const plan = await fresh.client['transfer.plan']({ text, parts: ALL, removesMissing: false })
  expect(plan).toMatchObject({ ok: true, value: { holds: ALL, problems: [], clientKeys: ['my editor'] } })
  const changes = plan.ok ? plan.value.changes : []
  for (const expected of [
    { part: 'settings', name: 'demoKey', is: 'changed' },
    { part: 'settings', name: 'auto.regions', is: 'added' },
    { part: 'shortcuts', name: 'palette', is: 'added' },
    { part: 'routing', name: 'aliases.fast', is: 'added' },
    { part: 'models', name: 'models.openai/house-model', is: 'added' },
    { part: 'library', name: 'prompt: Greeting', is: 'added' },
    { part: 'filters', name: 'dear', is: 'added' },
  ])
    expect(changes).toContainEqual(expected)
  // so far it was talk
  expect(await fresh.client['routing.get']({})).toMatchObject({ value: { config: { aliases: {} } } })
  expect(await fresh.client['transfer.import']({ text, parts: ALL, removesMissing: false })).toMatchObject({ ok: true, value: { backup: { parts: ALL } } })
  expect(setup(await exported(fresh))).toEqual(setup(text))
  const models = await fresh.client['models.list']({})
  expect(models.ok && models.value.some(({ id }) => id === 'openai/house-model')).toBe(true)
})

it('says beforehand where keys and prompts would go, and who would be let in', async () => {
  const fresh = await start()
  await fresh.client['providers.addCustom']({ id: 'lab', name: 'Lab', baseUrl: 'https://lab.example/v1', needsKey: true })
  const file = JSON.parse(await exported(fresh))
  const planOf = (changes: object) =>
    fresh.client['transfer.plan']({ text: JSON.stringify({ ...file, settings: { ...file.settings, ...changes } }), parts: ALL, removesMissing: false })
  expect(await planOf({})).toMatchObject({ ok: true, value: { warnings: [] } })
  const plan = await planOf({
    baseUrls: { openai: 'https://other.example:8443/v1' },
    customProviders: [{ ...file.settings.customProviders[0], baseUrl: 'https://moved.example/v1' }],
    network: { ...file.settings.network, proxy: 'own', proxyUrl: 'http://proxy.example:8080' },
    allowedOrigins: ['https://page.example'],
    lan: true,
    fetchFromPrivateNetworks: true,
  })
  const told = plan.ok ? plan.value.warnings.map(({ at, message }) => `${at}: ${JSON.stringify(message)}`).join('\n') : ''
  for (const at of ['baseUrls.openai', 'customProviders.0.baseUrl', 'network.proxyUrl', 'allowedOrigins.0', 'lan', 'fetchFromPrivateNetworks'])
    expect(told).toContain(`settings.${at}: `)
  for (const host of ['other.example:8443', 'moved.example', 'https://page.example']) expect(told).toContain(host)
  // what is in force already is nothing new
  await fresh.client['providers.setAddress']({ id: 'openai', baseUrl: 'https://other.example:8443/v1' })
  expect(await planOf({ baseUrls: { openai: 'https://other.example:8443/v1' } })).toMatchObject({ ok: true, value: { warnings: [] } })
})

it('says so too of a provider that was gone, and whose key is still kept', async () => {
  const fresh = await start()
  await fresh.client['vault.choose']({ backend: 'memory' })
  const without = await exported(fresh)
  await fresh.client['providers.addCustom']({ id: 'lab', name: 'Lab', baseUrl: 'http://127.0.0.1:9/v1', needsKey: true })
  await fresh.client['keys.add']({ provider: 'lab', secret: 'made-up-lab-key-1234567890' })
  await fresh.client['transfer.import']({ text: without, parts: ALL, removesMissing: false })
  expect(await fresh.client['providers.list']({})).toMatchObject({ ok: true, value: expect.not.arrayContaining([expect.objectContaining({ id: 'lab' })]) })
  const file = JSON.parse(without)
  const lab = { id: 'lab', name: 'Lab', baseUrl: 'https://evil.example/v1', needsKey: true }
  const text = JSON.stringify({ ...file, settings: { ...file.settings, customProviders: [lab] } })
  expect(await fresh.client['transfer.plan']({ text, parts: ALL, removesMissing: false })).toMatchObject({
    value: { warnings: [{ at: 'settings.customProviders.0.baseUrl', message: { code: 'transfer-goes-to', host: 'evil.example' } }] },
  })
})

it('undoes an import, and that as well', async () => {
  const old = await furnished()
  const text = await exported(old)
  const fresh = await start()
  await fresh.client['library.put']({ entry: { kind: 'prompt', name: 'Greeting', text: 'My own.' } })
  const before = setup(await exported(fresh))
  const imported = await fresh.client['transfer.import']({ text, parts: ALL, removesMissing: false })
  const after = setup(await exported(fresh))
  expect(after).not.toEqual(before)
  const undone = await fresh.client['transfer.undo']({ name: imported.ok ? (imported.value.backup?.name ?? '') : '' })
  expect(setup(await exported(fresh))).toEqual(before)
  await fresh.client['transfer.undo']({ name: undone.ok ? (undone.value.backup?.name ?? '') : '' })
  expect(setup(await exported(fresh))).toEqual(after)
})

it('takes the chosen parts alone', async () => {
  const text = await exported(await furnished())
  const fresh = await start()
  await fresh.client['transfer.import']({ text, parts: ['shortcuts'], removesMissing: true })
  expect(await fresh.client['settings.get']({})).toMatchObject({ value: { demoKey: true, shortcuts: { palette: 'Mod+P' } } })
  expect(await fresh.client['library.list']({})).toMatchObject({ value: [] })
})

it('takes nothing of a file with one mistake, and names it', async () => {
  const text = await exported(await furnished())
  const file = JSON.parse(text)
  file.routing.rules[0].actions = [{ do: 'route', models: [] }]
  const fresh = await start()
  const before = await exported(fresh)
  const answer = await fresh.client['transfer.import']({ text: JSON.stringify(file), parts: ALL, removesMissing: false })
  expect(answer).toMatchObject({ ok: true, value: { plan: { problems: [{ at: 'routing.rules.0.actions.0.models' }] } } })
  expect(setup(await exported(fresh))).toEqual(setup(before))
  expect(await fresh.client['transfer.backups']({})).toMatchObject({ value: [] })
})

it('puts everything back when one of the files cannot be written', async () => {
  const text = await exported(await furnished())
  const fresh = await start()
  const before = setup(await exported(fresh))
  // a folder stands where routing.json is to be written
  mkdirSync(join(fresh.dataDir, 'routing.json.new', 'in-the-way'), { recursive: true })
  expect(await fresh.client['transfer.import']({ text, parts: ALL, removesMissing: false })).toMatchObject({ ok: false, failure: { kind: 'unavailable' } })
  rmSync(join(fresh.dataDir, 'routing.json.new'), { recursive: true })
  expect(setup(await exported(fresh))).toEqual(before)
})

it('keeps the last ten backups, for their owner alone', async () => {
  const fresh = await start()
  for (let count = 0; count < 12; count++) {
    const text = JSON.stringify({ kind: 'switchyard-setup', version: 1, filters: [{ name: `f${count}`, filter: 'cost>1' }] })
    await fresh.client['transfer.import']({ text, parts: ALL, removesMissing: false })
  }
  const folder = join(fresh.dataDir, 'before-imports')
  expect(readdirSync(folder)).toHaveLength(10)
  const kept = await fresh.client['transfer.backups']({})
  expect(kept.ok && kept.value).toHaveLength(10)
  // the newest holds what was there before the last import
  const [newest = ''] = readdirSync(folder).sort().reverse()
  expect(JSON.parse(readFileSync(join(folder, newest), 'utf8')).filters).toHaveLength(11)
  expect(await fresh.client['transfer.undo']({ name: '../settings.json' })).toMatchObject({ ok: false, failure: { kind: 'not-found' } })
})

it('works over HTTP as well', async () => {
  const fresh = await start()
  const signIn = await fetch(`${fresh.address}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: fresh.gateway.newCode() }),
  })
  const [cookie = ''] = (signIn.headers.get('set-cookie') ?? '').split(';')
  const ask = async (route: string, input: object): Promise<unknown> =>
    (
      await fetch(`${fresh.address}/api/${route}`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(input) })
    ).json()
  const text = JSON.stringify({ kind: 'switchyard-setup', version: 1, shortcuts: { palette: 'Mod+J' } })
  expect(await ask('transfer.import', { text, parts: ALL })).toMatchObject({ ok: true, value: { plan: { changes: [{ name: 'palette', is: 'added' }] } } })
  expect(await ask('transfer.export', { parts: ['shortcuts'] })).toMatchObject({ ok: true, value: { text: expect.stringContaining('Mod+J') } })
})
