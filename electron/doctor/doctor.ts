/** `--doctor`: has a data folder looked at that nobody need use, says what is found in one line each, and starts nothing. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DoctorFinding } from '../../shared/doctor.ts'
import { type Settings, settingsSchema } from '../../shared/settings.ts'
import { createUpstream } from '../engine/attempt/upstream.ts'
import { GENAI_PRICES } from '../engine/catalog/genai-prices.ts'
import { VaultKeeper } from '../engine/credentials/vault-keeper.ts'
import { examine } from '../engine/doctor/examine.ts'
import { checkPort } from '../engine/doctor/machine.ts'
import { NetworkKeeper } from '../engine/network-keeper.ts'
import { environmentVariables, providersWith } from '../engine/providers/registry.ts'
import { checkDatabase } from '../engine/storage/check-database.ts'
import { SettingsFile } from '../engine/storage/settings-file.ts'
import { DEFAULT_PORT } from '../flags.ts'
import { VERSION } from '../version.ts'
import { exitCodeOf, printed } from './printed.ts'

export interface DoctorOptions {
  readonly dataDir: string
  /** undefined: the usual one. */
  readonly port: number | undefined
  readonly vault: string | undefined
  readonly online: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly say: (line: string) => void
  readonly now?: () => number
}

/** Returns the exit code: 0, or 1 as soon as anything failed. */
export async function runDoctor(options: DoctorOptions): Promise<0 | 1> {
  const findings = await findingsOf(options)
  for (const line of printed(findings)) options.say(line)
  return exitCodeOf(findings)
}

export async function findingsOf({ dataDir, port, vault, online, environment, now = Date.now }: DoctorOptions): Promise<readonly DoctorFinding[]> {
  const isThere = await stat(dataDir).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const settings = isThere ? settingsIn(dataDir) : settingsSchema.parse({})
  const database = isThere ? checkDatabase(dataDir) : ({ is: 'none' } as const)
  const providers = providersWith(settings.customProviders, settings)
  // nothing is chosen or kept here
  const keeper = new VaultKeeper({
    ...{ dataDir, setting: isVault(vault) ? vault : settings.vault, environment, environmentVariables: environmentVariables(providers.values()) },
    onChosen: () => undefined,
  })
  const network = new NetworkKeeper({ settings: () => settings.network, save: () => undefined, keeper: () => keeper, environment, onError: () => undefined })
  if (settings.network.hasProxyPassword) await keeper.ready()
  await network.load()
  const upstream = createUpstream({ connectMs: () => settings.timeouts.connectMs, outbound: () => network.current() })
  const withKeys = new Set([...keeper.environment.secrets().map(({ provider }) => provider), ...(database.is === 'whole' ? database.providers : [])])
  const fetchedAt = await pricesFetchedAt(dataDir)
  const findings = await examine(
    {
      ...{ version: VERSION, dataDir, keeper, send: upstream.send, now },
      network: network.status(),
      storedKeys: database.is === 'whole' ? database.keys : 0,
      database: () => database,
      endpoint: () => checkPort(port ?? DEFAULT_PORT, port !== undefined),
      prices: { asOf: fetchedAt === undefined ? GENAI_PRICES.publishedOn : new Date(fetchedAt).toISOString().slice(0, 10), fetched: fetchedAt !== undefined },
      reached: [...providers.values()].flatMap((provider) => {
        const baseUrl = settings.baseUrls[provider.id]?.replace(/\/+$/, '') ?? provider.baseUrl
        return withKeys.has(provider.id) && baseUrl !== undefined ? [{ provider, baseUrl }] : []
      }),
    },
    { database: true, online },
  )
  upstream.close()
  return findings
}

/** The defaults where they cannot be read; the finding on the file says why. */
function settingsIn(dataDir: string): Settings {
  try {
    return new SettingsFile(dataDir).current
  } catch {
    return settingsSchema.parse({})
  }
}

/** See catalog/refresh.ts; undefined: never, or what was kept cannot be read, which counts as nothing there too. */
async function pricesFetchedAt(dataDir: string): Promise<number | undefined> {
  try {
    const kept = JSON.parse(await readFile(join(dataDir, 'catalog.json'), 'utf8')) as { readonly priceList?: { readonly fetchedAt?: unknown } }
    return typeof kept.priceList?.fetchedAt === 'number' ? kept.priceList.fetchedAt : undefined
  } catch {
    return undefined
  }
}

function isVault(name: string | undefined): name is Settings['vault'] {
  return name === 'auto' || name === 'keychain' || name === 'file' || name === 'environment' || name === 'memory'
}
