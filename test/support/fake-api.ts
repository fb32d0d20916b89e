/**
 * An engine in memory that speaks the whole contract, for drawing and testing screens. Its answers are invented; nothing outside test/ may import it.
 */

import type { PlaygroundRun } from '../../electron/engine/playground-body.ts'
import { api } from '../../shared/api/api.ts'
import type { ClientKey, ConnectStatus } from '../../shared/api/connect.ts'
import type { CredentialSummary, EnvironmentKey, VaultStatus } from '../../shared/api/keys.ts'
import type { RunEvent, RunSummary } from '../../shared/api/playground.ts'
import type { ProviderSummary } from '../../shared/api/providers.ts'
import type { LiveEvent } from '../../shared/api/traffic.ts'
import { ApiError, type Handlers, serverOf, type Transport } from '../../shared/contract.ts'
import type { UsageRecord } from '../../shared/ledger.ts'
import { type Settings, settingsSchema } from '../../shared/settings.ts'
import { pieces, scriptOf } from './fake-answers.ts'
import { fakeAuto } from './fake-auto.ts'
import { fakeBudgets } from './fake-budgets.ts'
import { fakeCache } from './fake-cache.ts'
import { fakeCatalog } from './fake-catalog.ts'
import { fakeCosts, fakeReconciliation } from './fake-costs.ts'
import { type DownloadEnd, fakeEmbedders } from './fake-embedders.ts'
import { stateAfter, validationOf } from './fake-keys.ts'
import { MODELS, manyModels, PROVIDERS } from './fake-models.ts'
import { fakeNetwork } from './fake-network.ts'
import { fakePlayground } from './fake-playground.ts'
import { fakePromptCache } from './fake-prompt-cache.ts'
import { fakeRouting } from './fake-routing.ts'
import { costOf, history, openRecord } from './fake-traffic.ts'
import { fakeTraffic } from './fake-traffic-api.ts'
import { fakeTransfer } from './fake-transfer.ts'
import { fakeUpdates } from './fake-updates.ts'

export interface FakeOptions {
  /** Multiplies every wait; 0 answers at once. */
  readonly pace?: number
  readonly mode?: 'desktop' | 'headless'
  readonly address?: string
  /** Closed requests in the ledger at the start; 60 unless told. */
  readonly past?: number
  /** Of the user's own, for automatic routing to learn from; 60 unless told. */
  readonly judgements?: number
  /** Made-up models besides the usual ones. */
  readonly models?: number
  readonly vault?: VaultStatus
  /** How long a provider takes to list its models. */
  readonly slowListMs?: number
  /** How bringing a local model ends. */
  readonly modelDownload?: DownloadEnd
  /** Starts without provider keys, as the first run does. */
  readonly keyless?: boolean
  /** Requests of tools that are being answered. */
  readonly serving?: number
  /** The port that was wanted and belongs to another program. */
  readonly portTaken?: number
  /** Answers in the playground in place of the usual ones. */
  readonly answer?: (model: string, signal: AbortSignal) => AsyncGenerator<RunEvent>
}

export interface FakeEngine {
  readonly fetch: Transport
  /** Inputs of every playground run so far, in order. */
  readonly runs: readonly PlaygroundRun[]
  /** A request of a tool: opened, changed or closed, and told to everyone who listens. */
  record(record: UsageRecord): void
  /** As far as the engine's requests have shown; undefined: online again. */
  offline(since: number | undefined): void
  /** Breaks every open stream of changes, as a lost connection would. */
  dropStreams(): void
  close(): void
}

type Change = LiveEvent extends infer E ? (E extends { seq: number } ? Omit<E, 'seq'> : never) : never

const KEYCHAIN: VaultStatus = { backend: 'keychain', writable: true, locked: false, keychain: { works: true, name: 'GNOME Keyring' } }
/** Opens the fake engine's encrypted file. */
export const PASSPHRASE = 'correct horse'

export function fakeEngine({
  pace = 1,
  mode = 'desktop',
  address = 'http://127.0.0.1:4747',
  past = 60,
  judgements = 60,
  models: more = 0,
  vault: kept = KEYCHAIN,
  keyless = false,
  answer,
  slowListMs = 0,
  serving = 0,
  portTaken,
  modelDownload = 'ready',
}: FakeOptions = {}): FakeEngine {
  const startedAt = Date.now()
  const rows: UsageRecord[] = history(past, startedAt)
  const runs: PlaygroundRun[] = []
  const listeners = new Set<{ push(change: Change): void; end(): void }>()
  let settings: Settings = settingsSchema.parse({})
  let vault = kept
  let providers: ProviderSummary[] = PROVIDERS.map((provider) => (provider.custom ? provider : { ...provider, usualBaseUrl: provider.baseUrl }))
  let credentials: CredentialSummary[] = [
    credential('cred-1', 'openai', 'Work', '7Qd2', 0, { is: 'ready', checkedAt: startedAt - 3_600_000 }),
    credential('cred-2', 'openai', 'Private', 'x0Fa', 1, { is: 'limited', until: startedAt + 45_000 }),
    credential('cred-3', 'anthropic', 'Team', 'k1Pz', 0, {
      is: 'refused',
      message: 'Anthropic refused this key: “invalid x-api-key”.',
      at: startedAt - 60_000,
    }),
  ]
  if (keyless) credentials = []
  let clients: ClientKey[] = [
    { id: 'client-0', name: 'Claude Code', last4: 'aP3x', createdAt: startedAt - 86_400_000 * 3, lastUsedAt: startedAt - 97_000 },
    { id: 'client-1', name: 'Cursor', last4: 'Zz81', createdAt: startedAt - 86_400_000, lastUsedAt: undefined },
  ]
  let environment: EnvironmentKey[] = [
    { variable: 'GROQ_API_KEY', provider: 'groq', last4: 'h8Wq', imported: false },
    { variable: 'MISTRAL_API_KEY', provider: 'mistral', last4: 'b2Lk', imported: false },
  ]
  let offlineSince: number | undefined
  let serial = 0
  const nextId = (kind: string) => `${kind}-${Date.now().toString(36)}-${++serial}`

  const tell = (change: Change) => {
    for (const listener of listeners) listener.push(change)
  }
  const wait = (ms: number, signal: AbortSignal) => pause(ms * pace, signal)

  function setOffline(since: number | undefined): void {
    offlineSince = since
    tell({ topic: 'network' })
  }

  function write(record: UsageRecord): void {
    const index = rows.findIndex((row) => row.id === record.id)
    if (index === -1) rows.unshift(record)
    else rows[index] = record
    tell({ topic: 'traffic', record })
  }

  async function* run(model: string, messages: readonly { text: string }[], signal: AbortSignal): AsyncGenerator<RunEvent> {
    const script = scriptOf(model)
    const begun = Date.now()
    const id = nextId('run')
    let record = openRecord(id, begun, model)
    let firstEventMs: number | undefined
    let said = ''
    write(record)
    const close = (outcome: RunSummary['outcome'], message?: string): RunSummary => {
      const reasoning = script.reasoning === undefined ? {} : { reasoning: Math.ceil(script.reasoning.length / 4) }
      const tokens =
        said === ''
          ? {}
          : { input: Math.ceil(messages.reduce((sum, each) => sum + each.text.length, 0) / 4) + 7, output: Math.ceil(said.length / 4), ...reasoning }
      const totalMs = Date.now() - begun
      const cost = said === '' ? undefined : costOf(model, tokens)
      const finish = outcome === 'ok' ? (script.tool === undefined ? 'stop' : 'tool-calls') : undefined
      record = {
        ...record,
        servedBy: said === '' ? undefined : model,
        tokens,
        countedBy: 'provider',
        cost,
        outcome,
        message,
        firstEventMs,
        totalMs,
        finish,
        status: outcome === 'ok' ? 200 : 502,
      }
      write(record)
      return { outcome, message, retryAfterSeconds: script.fails?.retryAfterSeconds, finish, firstEventMs, totalMs, tokens, cost }
    }
    try {
      yield { type: 'started', id }
      if (!MODELS.some((row) => row.id === model)) return void (yield { type: 'ended', summary: close('unknown-model', `There is no model ‘${model}’.`) })
      await wait(script.firstAfterMs, signal)
      if (script.fails !== undefined && script.fails.afterCharacters === undefined)
        return void (yield { type: 'ended', summary: close(script.fails.outcome, script.fails.message) })
      firstEventMs = Date.now() - begun
      yield { type: 'answering', servedBy: model, simulated: model.startsWith('demo/'), attempts: 1 }
      for (const text of pieces(script.reasoning ?? '')) {
        yield { type: 'reasoning', text }
        await wait(script.everyMs, signal)
      }
      for (const text of pieces(script.text)) {
        said += text
        yield { type: 'text', text }
        if (said.length >= (script.fails?.afterCharacters ?? Number.POSITIVE_INFINITY)) {
          return void (yield { type: 'ended', summary: close(script.fails?.outcome ?? 'internal', script.fails?.message) })
        }
        await wait(script.everyMs, signal)
      }
      if (script.tool !== undefined) yield { type: 'tool-call', index: 0, ...script.tool }
      yield { type: 'ended', summary: close('ok') }
    } finally {
      if (record.outcome === 'open') close('cancelled')
    }
  }

  async function* changes(signal: AbortSignal): AsyncGenerator<LiveEvent> {
    const queue: Change[] = [{ topic: 'hello' }]
    let wake = () => {}
    let ended = false
    const listener = {
      push(change: Change) {
        queue.push(change)
        wake()
      },
      end() {
        ended = true
        wake()
      },
    }
    listeners.add(listener)
    signal.addEventListener('abort', listener.end, { once: true })
    try {
      for (let seq = 1; ; ) {
        for (let change = queue.shift(); change !== undefined; change = queue.shift()) yield { seq: seq++, ...change } as LiveEvent
        if (ended) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    } finally {
      listeners.delete(listener)
    }
  }

  const find = (id: string) => {
    const found = credentials.find((each) => each.id === id)
    if (found === undefined) throw new ApiError('not-found', 'There is no such key.')
    return found
  }
  const change = (id: string, fields: Partial<CredentialSummary>) => {
    const changed = { ...find(id), ...fields }
    credentials = credentials.map((each) => (each.id === id ? changed : each))
    tell({ topic: 'keys' })
    return changed
  }
  const add = (provider: string, label: string, secret: string) => {
    const validation = validationOf(secret)
    const state = stateAfter(validation, Date.now())
    const added = credential(nextId('cred'), provider, label, secret.slice(-4), credentials.filter((each) => each.provider === provider).length, state)
    credentials = [...credentials, added]
    tell({ topic: 'keys' })
    tell({ topic: 'models' })
    return { credential: added, validation }
  }

  let stopped = false
  const connectStatus = (): ConnectStatus => ({
    ...{ version: '0.1.0', address, startedAt, mode, dataDir: '/home/you/.local/share/switchyard', demoKey: 'switchyard-demo' },
    ...{ stopped, serving, lanAddresses: settings.lan ? ['http://192.168.1.20:4747'] : [], portTaken, offlineSince },
  })
  const changeProvider = (id: string, change: (provider: ProviderSummary) => ProviderSummary) => {
    const found = providers.find((each) => each.id === id)
    if (found === undefined) throw new ApiError('not-found', 'There is no such provider.')
    const changed = change(found)
    providers = providers.map((each) => (each === found ? changed : each))
    tell({ topic: 'providers' })
    return changed
  }

  const handlers: Handlers<typeof api> = {
    ...fakeAuto({ past, judgements, fitMs: 300 * pace }),
    ...fakeBudgets((topic) => tell({ topic })),
    'vault.status': () => vault,
    'vault.choose': ({ backend }) => {
      vault = { ...vault, backend, writable: backend !== 'environment', locked: false }
      tell({ topic: 'keys' })
      return vault
    },
    'vault.unlock': ({ passphrase }) => {
      if (passphrase !== PASSPHRASE) throw new ApiError('refused', 'This passphrase does not open the file.', 'passphrase')
      vault = { ...vault, locked: false, writable: true }
      return vault
    },
    'keys.list': () => credentials,
    'keys.add': async ({ provider, label, secret }, signal) => {
      await wait(600, signal)
      return add(provider, label ?? `Key ${credentials.filter((each) => each.provider === provider).length + 1}`, secret)
    },
    'keys.validate': async ({ id }, signal) => {
      await wait(600, signal)
      change(find(id).id, { state: { is: 'ready', checkedAt: Date.now() } })
      return { is: 'valid', models: 12, tookMs: 310 }
    },
    'keys.rename': ({ id, label }) => change(id, { label }),
    'keys.replace': ({ id, secret }) => {
      const validation = validationOf(secret)
      const former = { last4: find(id).last4, until: Date.now() + 10 * 60_000 }
      return { credential: change(id, { last4: secret.slice(-4), state: stateAfter(validation, Date.now()), former }), validation }
    },
    'keys.removeFormer': ({ id }) => {
      const { former: _, ...without } = find(id)
      credentials = credentials.map((each) => (each.id === id ? without : each))
      tell({ topic: 'keys' })
      return null
    },
    'keys.reorder': ({ ids }) => {
      credentials = credentials.map((each) => (ids.includes(each.id) ? { ...each, order: ids.indexOf(each.id) } : each))
      tell({ topic: 'keys' })
      return credentials
    },
    'keys.delete': ({ id }) => {
      find(id)
      credentials = credentials.filter((each) => each.id !== id)
      tell({ topic: 'keys' })
      return null
    },
    'keys.environment': () => environment,
    'keys.import': ({ variable }) => {
      const found = environment.find((each) => each.variable === variable)
      if (found === undefined) throw new ApiError('not-found', `${variable} is not set.`)
      environment = environment.map((each) => (each === found ? { ...each, imported: true } : each))
      return add(found.provider, variable, `made-up-${found.last4}`)
    },
    'providers.list': () => providers,
    'providers.addCustom': ({ id, name, baseUrl, needsKey }) => {
      if (providers.some((each) => each.id === id)) throw new ApiError('conflict', `There is already a provider ‘${id}’.`, 'id')
      const base = providers.find((each) => each.id === 'bench')
      if (base === undefined) throw new Error('the bench provider is always there')
      const added = { ...base, id, name, baseUrl, needsKey, modelCount: 0 }
      providers = [...providers, added]
      tell({ topic: 'providers' })
      return added
    },
    'providers.removeCustom': ({ id }) => {
      providers = providers.filter((each) => each.id !== id)
      tell({ topic: 'providers' })
      return null
    },
    'providers.probeLocal': () => providers,
    'providers.setAddress': ({ id, baseUrl, inPrivateNetwork = false }) => {
      if (baseUrl !== undefined && /\/\/(?:10|192)\./.test(baseUrl) && !inPrivateNetwork) {
        throw new ApiError(
          'bad-input',
          `${new URL(baseUrl).hostname} leads into a private network. Say that this is meant, then it is added.`,
          'inPrivateNetwork',
        )
      }
      return changeProvider(id, ({ ownAddress: _, ...provider }) => {
        const usualBaseUrl = provider.usualBaseUrl ?? provider.baseUrl
        const own = baseUrl === undefined ? {} : { ownAddress: { baseUrl, inPrivateNetwork } }
        return { ...provider, usualBaseUrl, baseUrl: baseUrl ?? usualBaseUrl, ...own }
      })
    },
    'providers.setContract': ({ id, contract }) =>
      changeProvider(id, ({ contract: _, ...provider }) => ({ ...provider, ...(contract !== undefined && { contract }) })),
    ...fakeCatalog(Date.now, [...MODELS, ...manyModels(more)], () => tell({ topic: 'models' }), slowListMs),
    ...fakePlayground({
      models: MODELS,
      settings: () => settings,
      onChange: (topic) => tell({ topic }),
      converse: (body, signal) => run(String(body.model), [{ text: JSON.stringify(body.messages) }], signal),
    }),
    'playground.run': (input, signal) => {
      runs.push(input)
      return answer?.(input.model, signal) ?? run(input.model, input.messages, signal)
    },
    ...fakeTraffic({ rows, write, tell: () => tell({ topic: 'traffic-list' }), models: MODELS }),
    'live.changes': (_input, signal) => changes(signal),
    'connect.status': () => connectStatus(),
    'connect.start': () => {
      stopped = false
      tell({ topic: 'settings' })
      return connectStatus()
    },
    'connect.stop': () => {
      stopped = true
      tell({ topic: 'settings' })
      return connectStatus()
    },
    'connect.networkIsBack': () => {
      setOffline(undefined)
      return null
    },
    'clients.list': () => clients,
    'clients.create': ({ name }) => {
      const client: ClientKey = { id: nextId('client'), name, last4: 'n3w0', createdAt: Date.now(), lastUsedAt: undefined }
      clients = [...clients, client]
      tell({ topic: 'clients' })
      return { client, secret: 'switchyard-made-up-n3w0' }
    },
    'clients.revoke': ({ id }) => {
      clients = clients.filter((each) => each.id !== id)
      tell({ topic: 'clients' })
      return null
    },
    'costs.report': ({ from, until, by }) => fakeCosts(from, until, by),
    'costs.reconcile': ({ provider, groups }) => fakeReconciliation(provider, groups),
    ...fakeRouting(() => tell({ topic: 'routing' })),
    ...fakeCache(startedAt, () => tell({ topic: 'cache' })),
    ...fakePromptCache(startedAt, () => tell({ topic: 'cache' })),
    ...fakeNetwork(
      () => settings.network,
      (network) => {
        settings = { ...settings, network }
        tell({ topic: 'settings' })
      },
    ),
    ...fakeUpdates(
      () => settings.updates.feed,
      () => tell({ topic: 'updates' }),
    ),
    ...fakeTransfer(() => tell({ topic: 'settings' })),
    ...fakeEmbedders({
      ends: modelDownload,
      stepMs: 300 * pace,
      changed: () => tell({ topic: 'embedders' }),
      chosen: (embedder) => {
        settings = { ...settings, cache: { ...settings.cache, embedder } }
        tell({ topic: 'settings' })
      },
    }),
    'settings.get': () => settings,
    'settings.update': (changed) => {
      const given = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined))
      settings = settingsSchema.parse({ ...settings, ...given })
      tell({ topic: 'settings' })
      return settings
    },
  }

  return {
    fetch: serverOf(api, handlers, '/api/', (route, thrown) => console.error(`fake ${route}:`, thrown)),
    runs,
    record: write,
    offline: setOffline,
    dropStreams() {
      for (const listener of listeners) listener.end()
    },
    close() {
      for (const listener of listeners) listener.end()
    },
  }
}

function credential(id: string, provider: string, label: string, last4: string, order: number, state: CredentialSummary['state']): CredentialSummary {
  return { id, provider, label, last4, order, state, readOnly: false, lastUsedAt: undefined }
}

/** Waits, or throws when `signal` aborts: the caller's `finally` then closes the row. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(new Error('the caller left'))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
