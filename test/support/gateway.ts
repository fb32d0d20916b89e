/**
 * The real gateway on a free port with a data folder of its own, its providers aimed at a fake upstream. Every stream it translates is held to the
 * grammar of its dialect: a breach fails whichever suite closes it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DestinationStream } from 'pino'
import type { ModelHub } from '../../electron/engine/semantic-embedding.ts'
import { createGateway, type Gateway } from '../../electron/gateway.ts'
import { createLog } from '../../electron/log.ts'
import type { Api, api } from '../../shared/api/api.ts'
import { kinds } from '../../shared/api/kinds.ts'
import { type Client, clientOf, type Kinds } from '../../shared/contract.ts'
import type { UsageRecord } from '../../shared/ledger.ts'
import type { SettingsInput } from '../../shared/settings.ts'

/** Made up; every one is looked for in files, logs and answers after the suite. */
export const TEST_KEYS = {
  openai: 'made-up-openai-key-7f3a91c2d4e5',
  openaiSecond: 'made-up-openai-second-key-0b1c2d3e4f',
  anthropic: 'made-up-anthropic-key-5d6e7f8091a2',
  google: 'made-up-google-key-a1b2c3d4e5f607',
  cohere: 'made-up-cohere-key-0a1b2c3d4e5f',
  client: 'made-up-client-key-99aabbccddeeff00',
} as const

export interface TestGateway {
  readonly gateway: Gateway
  readonly address: string
  readonly dataDir: string
  readonly client: Client<Api>
  readonly log: string[]
  /** Waits until `count` rows are closed and returns all rows, newest first. */
  rows(count: number): Promise<readonly UsageRecord[]>
  close(): Promise<void>
}

/** Where each provider is, all of them at a fake upstream. Local servers are left out: they are asked for their models now and then. */
export function placesAt(upstream: string): Record<string, string> {
  return { openai: `${upstream}/v1`, anthropic: `${upstream}/v1`, google: `${upstream}/v1beta`, openrouter: `${upstream}/api/v1`, cohere: upstream }
}

export async function startGateway(
  options: {
    settings?: SettingsInput
    environment?: Record<string, string>
    upstream?: string
    dataDir?: string
    keepData?: boolean
    mayBreakGrammar?: boolean
    vault?: string
    /** The built workbench, served at the address. */
    rendererDir?: string
    now?: () => number
    lanAddresses?: () => readonly string[]
    /** The one wanted; any free one unless told. */
    port?: number
    modelHub?: ModelHub
  } = {},
): Promise<TestGateway> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'switchyard-test-'))
  const { upstream } = options
  const settings: SettingsInput = {
    debug: { checkStreams: true },
    // so that second tries of one place do not take their time here
    attempts: { backoffMs: 10, waitMs: 300 },
    ...(upstream !== undefined && {
      baseUrls: placesAt(upstream),
    }),
    ...options.settings,
  }
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings))
  const log: string[] = []
  const sink: DestinationStream = { write: (line) => void log.push(line) }
  const gateway = await createGateway({
    dataDir,
    mode: 'headless',
    log: createLog(dataDir, sink),
    vault: options.vault ?? 'environment',
    rendererDir: options.rendererDir,
    // nearly all requests of a run that lasts go this way
    lightenAfterMs: 0,
    ...(options.now !== undefined && { now: options.now }),
    ...(options.lanAddresses !== undefined && { lanAddresses: options.lanAddresses }),
    modelHub: options.modelHub,
    environment: {
      SWITCHYARD_CLIENT_KEY: TEST_KEYS.client,
      OPENAI_API_KEY: TEST_KEYS.openai,
      ANTHROPIC_API_KEY: TEST_KEYS.anthropic,
      GEMINI_API_KEY: TEST_KEYS.google,
      COHERE_API_KEY: TEST_KEYS.cohere,
      ...options.environment,
    },
  })
  const { address } = await gateway.listen({ port: options.port ?? 0 })
  const client = clientOf<Api>(kinds satisfies Kinds<typeof api>, (request) => gateway.handleApp(request), 'app://switchyard/api/')
  return {
    gateway,
    address,
    dataDir,
    client,
    log,
    async rows(count) {
      for (let tries = 0; ; tries++) {
        const page = await client['traffic.list']({ limit: 500 })
        if (!page.ok) throw new Error(page.failure.message)
        const closed = page.value.rows.filter((row) => row.outcome !== 'open')
        if (closed.length >= count || tries > 400) return page.value.rows
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    async close() {
      await gateway.close()
      if (options.keepData !== true) rmSync(dataDir, { recursive: true, force: true })
      const breaches = log.filter((line) => line.includes('broke the grammar'))
      if (breaches.length > 0 && options.mayBreakGrammar !== true) throw new Error(breaches.join(''))
    },
  }
}
