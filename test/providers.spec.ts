/** What every provider has to be, built in or added by a user; a new file in electron/engine/providers is held to it without a line here. */
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ProviderDefinition } from '../electron/engine/providers/define.ts'
import { builtInProviders, environmentVariables, providersWith } from '../electron/engine/providers/registry.ts'
import { PROTOCOLS } from '../shared/chat.ts'

const folder = new URL('../electron/engine/providers/', import.meta.url)
const NOT_PROVIDERS = ['define', 'registry', 'free', 'openai-compatible']
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
  expect(builtInProviders).toHaveLength(byFile.length)
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
    // undefined: the address is the user's own
    if (provider.baseUrl === undefined) return
    const url = new URL(provider.baseUrl)
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
