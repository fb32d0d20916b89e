/** What every provider has to be, built in or added by a user; a new file in electron/engine/providers is held to it without a line here. */
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Send } from '../electron/engine/attempt/send.ts'
import { Secret } from '../electron/engine/credentials/secret.ts'
import { hostedRows, localRows } from '../electron/engine/providers/compatible.ts'
import type { ProviderDefinition } from '../electron/engine/providers/define.ts'
import { builtInProviders, environmentVariables, providersWith } from '../electron/engine/providers/registry.ts'
import { PROTOCOLS } from '../shared/chat.ts'
import type { Failure } from '../shared/failure.ts'
import { madeUpAccount } from './support/service-account.ts'

/** For providers that sign, a made-up key of the kind they take. */
const KEYS_OF_THEIR_KIND: Readonly<Record<string, string>> = {
  azure: 'madeup@our-resource',
  'bedrock-mantle': 'madeup@us-east-1',
  cloudflare: 'madeup@our-account',
  databricks: 'madeup@our-workspace',
  snowflake: 'madeup@our-account',
  bedrock: 'AKIDMADEUP:made-up-secret@us-east-1',
  'bedrock-anthropic': 'ABSKmadeup@us-east-1',
  vertex: madeUpAccount().json,
  'vertex-anthropic': madeUpAccount({ location: 'us-east5' }).json,
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

const folder = new URL('../electron/engine/providers/', import.meta.url)
const NOT_PROVIDERS = ['define', 'registry', 'free', 'openai-compatible', 'compatible', 'key-place']
const declared = readdirSync(folder, { withFileTypes: true }).map((entry) => (entry.isDirectory() ? `${entry.name}/provider.ts` : entry.name))

const custom = [
  { id: 'acme', name: 'Acme', baseUrl: 'https://llm.acme.example/v1', needsKey: true },
  { id: 'attic', name: 'Attic', baseUrl: 'http://127.0.0.1:8080/v1', needsKey: false },
]

it('every file is in the registry, under the id of its name', async () => {
  const files = declared.filter((file) => !NOT_PROVIDERS.includes(file.replace('.ts', '')))
  const byFile = await Promise.all(
    files.map(
      async (file) =>
        [file.replace(/(\/provider)?\.ts$/, ''), ((await import(new URL(file, folder).href)) as { default: ProviderDefinition }).default] as const,
    ),
  )
  for (const [id, provider] of byFile) {
    expect(provider.id).toBe(id)
    expect(builtInProviders).toContain(provider)
  }
  // the others are rows of one table
  expect(builtInProviders).toHaveLength(byFile.length + hostedRows.length + localRows.length)
})

describe.each([...providersWith(custom)])('%s', (id, provider) => {
  it('has an id that can stand before a slash, and a name', () => {
    expect(provider.id).toBe(id)
    expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,38}$/)
    // the router's own names
    expect(id).not.toBe('switchyard')
    expect(provider.name.trim()).not.toBe('')
    expect(PROTOCOLS).toContain(provider.protocol)
  })

  it('is called by https, unless it is on this machine', () => {
    const url = new URL(provider.baseUrl ?? '')
    expect(provider.baseUrl).not.toMatch(/\/$/)
    expect(url.search + url.hash + url.username + url.password).toBe('')
    if (!provider.runsLocally) expect(url.protocol).toBe('https:')
  })

  it('says how a key is shown and proved', () => {
    expect(provider.validatePath).toMatch(/^\/[^/]/)
    if (provider.authorization.kind === 'header') expect(provider.authorization.name).toBe(provider.authorization.name.toLowerCase())
    if (provider.authorization.kind === 'none') expect(provider.keyPrefixes).toEqual([])
    if (provider.keyPage !== undefined) expect(new URL(provider.keyPage).protocol).toBe('https:')
    if (provider.keyPrefixes.length > 0) expect(provider.keyPage).toBeDefined()
  })

  it('signs what it is given, or refuses a key of the wrong kind without a word of it', async () => {
    const { authorize, baseUrl = '' } = provider
    // only a signature can fill in what stands in braces
    if (authorize === undefined) return expect(baseUrl).not.toMatch(/[{}]/)
    const url = `${baseUrl}${provider.validatePath}`
    const request = { method: 'GET', url, headers: { accept: '*/*' }, body: undefined } as const
    const send: Send = async () => ({ status: 200, headers: {}, body: oneChunk('{"access_token":"made-up-token","expires_in":3600}') })
    const facts = { now: () => Date.UTC(2026, 0, 1), send }
    for (const wrong of ['a-key-of-another-kind', '{"half":"made-up-half"', '']) {
      const refused = await Promise.resolve()
        .then(() => authorize(request, new Secret(wrong), facts))
        .catch((thrown: unknown) => thrown)
      expect(refused).toMatchObject({ kind: 'credential-refused' })
      expect((refused as Failure).message).not.toMatch(/another-kind|made-up-half/)
    }
    const right = KEYS_OF_THEIR_KIND[id]
    if (right === undefined) throw new Error(`give a made-up key for ${id} here`)
    const signed = await authorize(request, new Secret(right), facts)
    expect(signed.headers).toMatchObject(request.headers)
    expect(signed.headers.authorization ?? signed.headers['api-key']).toMatch(/made-?up/i)
    expect(signed.url).not.toMatch(/[{}]/)
    expect(new URL(signed.url).protocol).toBe('https:')
    expect(request.headers).toEqual({ accept: '*/*' })
  })

  it('forwards no header that could carry a key or a cookie', () => {
    const forwarded = provider.forwardedHeaders ?? []
    for (const name of [...forwarded, ...Object.keys(provider.headers ?? {})]) expect(name).toBe(name.toLowerCase())
    for (const secret of ['authorization', 'x-api-key', 'x-goog-api-key', 'api-key', 'cookie', 'proxy-authorization', 'host', 'content-length'])
      expect(forwarded).not.toContain(secret)
  })

  it('names the source of each quirk', () => {
    for (const { what, source } of provider.quirks ?? []) {
      expect(what).toMatch(/\.$/)
      expect(new URL(source).protocol).toBe('https:')
    }
  })

  it('says of where and how it keeps things only what is written somewhere', () => {
    const { residency, dataPolicy, statusPage, docs } = provider
    for (const link of [residency?.source, dataPolicy?.source, statusPage, docs]) if (link !== undefined) expect(new URL(link).protocol).toBe('https:')
    if (residency !== undefined) expect(residency.regions).not.toEqual([])
    if (dataPolicy !== undefined) {
      expect(dataPolicy.asOf).toMatch(/^20\d\d-\d\d-\d\d$/)
      for (const note of Object.values(dataPolicy.note ?? {})) expect(note).toMatch(/\.$/)
      if (dataPolicy.retentionDays !== undefined) expect(dataPolicy.retentionDays).toBeGreaterThanOrEqual(0)
    }
    if (!custom.some((own) => own.id === id) && provider.simulated !== true) expect(docs).toBeDefined()
  })

  it('charges nothing only where nobody is paid', () => {
    if (provider.flatPrice !== undefined) expect(provider.runsLocally).toBe(true)
    for (const { price, name } of provider.models ?? []) {
      expect(Object.values(price.microUsdPerMillion)).toHaveLength(5)
      if (provider.simulated) expect(name).toMatch(/\(simulated\)$/)
    }
  })

  it('takes the place of the network only to simulate', () => {
    expect(provider.send !== undefined).toBe(provider.simulated === true)
  })
})

describe('all of them together', () => {
  it('are more than sixty, with the clouds and the local servers', () => {
    expect(builtInProviders.length).toBeGreaterThanOrEqual(60)
    const ids = builtInProviders.map(({ id }) => id)
    for (const id of ['azure', 'bedrock', 'vertex', 'ollama', 'lmstudio', 'llamacpp', 'vllm']) expect(ids).toContain(id)
  })

  it('have ids and variables of their own', () => {
    expect(new Set(builtInProviders.map(({ id }) => id)).size).toBe(builtInProviders.length)
    const variables = builtInProviders.flatMap(({ environment }) => environment)
    expect(environmentVariables(builtInProviders).size).toBe(variables.length)
    for (const variable of variables) expect(variable).toMatch(/^[A-Z][A-Z0-9_]+$/)
  })

  it('share no beginning of a key', () => {
    const prefixes = builtInProviders.flatMap(({ keyPrefixes }) => keyPrefixes)
    expect(new Set(prefixes).size).toBe(prefixes.length)
    // shorter ones would claim passwords and words
    for (const prefix of prefixes) expect(prefix.length).toBeGreaterThanOrEqual(3)
  })
})
