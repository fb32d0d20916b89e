/** Composition root: builds every stage of the engine and joins them to the doors it is reached by. Runs under plain Node and under Electron alike. */
import { randomUUID } from 'node:crypto'
import { Failure } from '../shared/failure.ts'
import { asNanoUsd, type NanoUsd } from '../shared/money.ts'
import type { Settings } from '../shared/settings.ts'
import { ANYWHERE_SAFE, PUBLIC_ONLY } from './engine/attempt/download.ts'
import { ReasoningStore } from './engine/attempt/reasoning-store.ts'
import { RefusedFields } from './engine/attempt/refused-fields.ts'
import { RefusedThoughts } from './engine/attempt/refused-thoughts.ts'
import { createUpstream } from './engine/attempt/upstream.ts'
import { authenticator, DEMO_KEY } from './engine/authenticate.ts'
import { autoEmbedding } from './engine/auto-embedding.ts'
import { AutoFeeds } from './engine/auto-feeds.ts'
import { AutoRouting } from './engine/auto-routing.ts'
import { ClientKeys } from './engine/credentials/client-keys.ts'
import { Credentials } from './engine/credentials/credentials.ts'
import { VaultKeeper } from './engine/credentials/vault-keeper.ts'
import { passThroughGuardrails } from './engine/guardrails/runner.ts'
import { Account } from './engine/ledger/account.ts'
import { MoneyBudgets } from './engine/ledger/budgets.ts'
import { createLedger } from './engine/ledger/ledger.ts'
import { newRequestId } from './engine/ledger/request-id.ts'
import { routedOf } from './engine/ledger/routed.ts'
import { Live } from './engine/live.ts'
import { localMidnight } from './engine/local-midnight.ts'
import { NetworkKeeper } from './engine/network-keeper.ts'
import { autoModels, ownModels } from './engine/own-models.ts'
import { OwnRouting } from './engine/own-routing.ts'
import { pastTurn } from './engine/past-turn.ts'
import { type Stages, serveChat } from './engine/pipeline.ts'
import { PromptCacheKeeper } from './engine/prompt-cache-keeper.ts'
import { environmentVariables } from './engine/providers/registry.ts'
import { Router } from './engine/router.ts'
import type { ModelHub } from './engine/semantic-embedding.ts'
import { ShadowRuns } from './engine/shadow-runs.ts'
import { questionOf } from './engine/side/questions.ts'
import { serveSideCall } from './engine/side/side-call.ts'
import { RoutingFile } from './engine/storage/routing-file.ts'
import { SettingsFile } from './engine/storage/settings-file.ts'
import type { Storage } from './engine/storage/storage.ts'
import { openStorage } from './engine/storage/worker-client.ts'
import { StoredResponses } from './engine/stored-responses.ts'
import { UpdateCheck } from './engine/updates/update-check.ts'
import { workByHand } from './gateway/by-hand.ts'
import { startChores } from './gateway/chores.ts'
import { createModels } from './gateway/models.ts'
import { planner } from './gateway/planner.ts'
import { readinessOf } from './gateway/readiness.ts'
import { createResponseCache } from './gateway/response-cache.ts'
import { workbenchOver } from './gateway/workbench.ts'
import type { AdminStages } from './http/admin/stages.ts'
import { type Listener, listen } from './http/listener.ts'
import { modelsForList } from './http/models-for-list.ts'
import { Sessions } from './http/session.ts'
import { recordedInBounds } from './http/turned-away.ts'
import type { Log } from './log.ts'
import { VERSION } from './version.ts'

export interface GatewayOptions {
  readonly dataDir: string
  readonly mode: 'desktop' | 'headless'
  readonly log: Log
  /** The database of `dataDir`, for who has opened it ahead of the rest. */
  readonly storage?: Storage | undefined
  /** Overrides the setting for this run. */
  readonly vault?: string | undefined
  /** The built renderer, for headless mode. */
  readonly rendererDir?: string | undefined
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Prints for the person at the terminal (one-time codes). */
  readonly say?: (line: string) => void
  readonly now?: () => number
  /** 0 to below 1: draws among hosts that share the load, and waits that must not fall together. */
  readonly random?: () => number
  /** Where doors to the user's own network are opened, in place of this machine's private addresses. */
  readonly lanAddresses?: () => readonly string[]
  /** When providers begin to be called by the lighter client; 0 for before anything is served. */
  readonly lightenAfterMs?: number
  /** In place of huggingface.co and the models known there. */
  readonly modelHub?: ModelHub | undefined
}

export interface Gateway {
  readonly dataDir: string
  /** `http://127.0.0.1:4747`, or undefined while it does not listen. */
  readonly address: string | undefined
  /** By the user: requests of tools are turned away. */
  readonly stopped: boolean
  startServing(): void
  /** Takes no more requests of tools; those that run go on to their ends. */
  stopServing(): void
  /** The contract's routes for the window, in process: no port, no cookie. */
  handleApp(request: Request): Promise<Response>
  listen(options: { port: number; fixedPort?: boolean }): Promise<{ address: string; portWasTaken: boolean }>
  /** Resolves when data and keys of earlier runs are at hand. @throws Error for people, such as for a database of a newer version */
  ready(): Promise<void>
  /** A one-time code that opens the workbench in a browser; the one before is void. */
  newCode(): string
  totals(): Promise<{ active: number; spentToday: NanoUsd }>
  /** A client key for tools; its text is returned once. */
  newClientKey(name: string): Promise<string>
  /** Tells running streams, closes every row, ends the database. Safe to call twice. */
  close(): Promise<void>
}

/** Running streams get this long to end by themselves when Switchyard is asked to quit. */
const GRACE_MS = 500

/** @throws Error when settings or data folder cannot be used; the message is for people */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { dataDir, log } = options
  const now = options.now ?? Date.now
  const environment = options.environment ?? process.env
  const startedAt = now()
  const settingsFile = new SettingsFile(dataDir)
  const settings = () => settingsFile.current
  const routingFile = new RoutingFile(dataDir)

  const storage = options.storage ?? (await openStorage({ dataDir, log: (level, message) => log[level](message) }))
  const live = new Live()
  const ledger = createLedger({
    storage,
    onError: (error) => log.error({ err: error }, 'the ledger could not be written'),
    onChange: (record) => {
      live.row(record)
      feeds.seen(record)
      auto.served(record)
    },
    isWatched: () => live.isWatched,
  })

  const onError = (error: Error): void => log.error({ err: error }, 'something in the background went wrong')
  const network = new NetworkKeeper({
    settings: () => settings().network,
    save: (changed) => void settingsFile.update({ network: changed }),
    keeper: () => keeper,
    environment,
    onError,
  })
  const upstream = createUpstream({ connectMs: () => settings().timeouts.connectMs, outbound: () => network.current() })
  const models = createModels({
    dataDir,
    settings,
    storage,
    upstream,
    credentials: () => credentials,
    keyFacts: (provider) => router.keyFacts(provider),
    onProgress: () => live.changed('catalog'),
    now,
    onError,
  })
  const { catalog, modelsFile, catalogRefresh, localServers, priceVersions, baseUrl, endpointOf, price } = models

  const keeper = new VaultKeeper({
    dataDir,
    setting: options.vault === undefined ? settings().vault : vaultNamed(options.vault),
    environment,
    environmentVariables: environmentVariables(models.providers().values()),
    onChosen: (backend) => void settingsFile.update({ vault: backend }),
  })
  const keysChanged = (): void => {
    catalog.keysChanged()
    live.changed('keys')
  }
  const credentials = new Credentials({ storage, marks: storage, formers: storage, keeper, now, newId: () => newId('key'), onChange: keysChanged, onError })
  const clientKeys = new ClientKeys({ storage, now, newId: () => newId('client'), onChange: () => live.changed('clients'), onError })
  const responses = new StoredResponses({ storage, settings: () => settings().responses, now, onError })
  const auto = new AutoRouting({
    storage,
    settings,
    endpoints: () => catalog.endpoints(),
    hasKey: (provider) => !router.keyFacts(provider).needsKey || credentials.forProvider(provider).length > 0,
    contractWith: (provider) => settings().routing.dataPolicies[provider],
    saysOf: (provider) => models.providers().get(provider),
    embedding: () => autoEmbedding(responseCache.embedders, settings().cache.embedder, endpointOf),
    // the router never sends to a place at rest; here it comes behind the others
    health: (endpoint) => (router.health.standing(endpoint, undefined).is === 'well' ? 'well' : 'unwell'),
    budgetLeft: (caller) => {
      const left = budgets.left(caller)
      return left === undefined ? undefined : asNanoUsd(left)
    },
    now,
    onError,
  })
  const feeds = new AutoFeeds({ settings, addEvidence: (evidence) => auto.addEvidence(evidence), now, onError })

  const refusedFields = new RefusedFields(now)
  const router = new Router({
    catalog,
    credentials,
    loadingKeys: () => readiness.loadingKeys(),
    provider: (id) => models.providers().get(id),
    settings,
    storage,
    refusedFields,
    now,
    random: options.random ?? Math.random,
    onError,
    onNetwork: () => live.changed('network'),
    onWarm: (session, request) => promptCache.warmed(session, request),
  })
  const own = new OwnRouting({
    config: () => routingFile.current.config,
    resolve: (model) => catalog.resolve(model),
    priceOf: (endpoint) => catalog.priceOf(endpoint.id),
    budgetLeft: (caller) => budgets.left(caller),
    spentToday: async () => (await storage.totalsSince(localMidnight(now()))).spent / 1e9,
    now,
    random: options.random ?? Math.random,
    onError,
  })
  const budgets = new MoneyBudgets({
    settings: () => settings().budgets,
    storage,
    atMost: (endpoint, view) => router.stages().reckon(endpoint, view).whole,
    loadingPrices: () => (catalog.isReady() ? undefined : catalog.ready()),
    now,
    onError,
  })
  // no request waits for it: what is not known yet is learned anew
  const learned = router.load().catch(onError)

  const closingCrashed = storage.closeCrashed(startedAt).then((count) => {
    if (count > 0) log.warn({ count }, 'requests of an earlier run had been left open and are closed as crashed')
  })
  // a proxy's password rests with the keys, and whoever needs one of them waits for both
  const keys = credentials.load().then(() => network.load())
  const readiness = readinessOf({ callers: clientKeys.load(), keys, rest: [closingCrashed, learned] })
  // A keychain may ask its user for a password first; the workbench opens without waiting for that, and hears of the keys when they are there.
  const keysArrived = (): void => {
    for (const topic of ['keys', 'models', 'providers'] as const) live.changed(topic)
  }
  void keys.then(keysArrived, () => undefined)
  readiness.ready.catch((error: unknown) => log.error({ err: error }, 'the data folder could not be read'))

  const authenticate = authenticator({
    clientKeys,
    demoKeyAllowed: () => settings().demoKey,
    environmentKey: environment.SWITCHYARD_CLIENT_KEY,
    loading: () => readiness.loadingCallers(),
  })

  const { plan, foresee } = planner({ router, auto, catalog, endpointsOf: models.endpointsOf, loadingKeys: readiness.loadingKeys })
  const responseCache = createResponseCache({
    dataDir,
    storage,
    settings,
    stages: () => stages,
    resolve: endpointOf,
    price,
    onChange: () => live.changed('cache'),
    modelHub: options.modelHub,
    onModels: () => live.changed('embedders'),
    onModelReady: (embedder) => {
      settingsFile.update({ cache: { ...settings().cache, embedder } })
      live.changed('settings')
    },
    log,
    now,
    onError,
  })
  budgets.start()

  const shadows = new ShadowRuns({ stages: () => stages, own, storage, pricesKnown: () => catalog.ready(), midnight: () => localMidnight(now()), now, onError })
  const stages: Stages = {
    authenticate: (incoming) => authenticate(incoming.presentedKey, incoming.dialect),
    responses,
    guardrails: passThroughGuardrails,
    own,
    shadows,
    feeds,
    escalation: () => settings().auto.escalation,
    foundWanting: (request, model) => feeds.foundWanting(request, model),
    cache: responseCache.cache,
    plan,
    budgets,
    reasoning: new ReasoningStore(),
    refusedFields,
    refusedThoughts: new RefusedThoughts(now),
    log,
    checkStreams: () => settings().debug.checkStreams,
    keepAliveMs: () => settings().keepAliveMs,
    provider: (id) => models.providers().get(id),
    send: upstream.send,
    baseUrl,
    openCredential: (id, former) => (former ? credentials.openFormer(id) : (credentials.cached(id) ?? credentials.open(id))),
    ...router.stages(),
    automaticMarks: () => settings().promptCache,
    downloads: () => ({ allowed: settings().fetchFromPrivateNetworks ? ANYWHERE_SAFE : PUBLIC_ONLY, secureContext: network.current().secureContext }),
    now,
    ledger,
    newId: () => newRequestId(now()),
    capture: () => ({ what: settings().capture, limitBytes: settings().captureLimitBytes }),
    price,
    settled: (record, more, isOver) => budgets.settle(record, more, isOver),
    routed: (record, plan) =>
      routedOf(record, plan, {
        endpointOf: (name) => endpointOf(name)?.id,
        priceOf: (id) => catalog.priceOf(id),
      }),
  }

  const promptCache = new PromptCacheKeeper({
    stages: () => stages,
    stickiness: router.stickiness,
    endpoint: (id) => {
      const endpoint = endpointOf(id)
      return endpoint && { ...endpoint, price: catalog.priceOf(id) }
    },
    pastTurn: (id) => pastTurn(id, storage, stages),
    keyLabel: (provider, id) => credentials.forProvider(provider).find((key) => key.id === id)?.label,
    settings,
    onChange: () => live.changed('cache'),
  })

  const updates = new UpdateCheck({
    ...{ running: VERSION, settings: () => settings().updates, send: upstream.send, storage: storage.cache, now },
    onChange: () => live.changed('updates'),
  })

  const byHand = workByHand({ stages, own, routingFile, foresee, storage, models, onError })
  let listener: Listener | undefined
  /** By the user, until they start it again or Switchyard does. */
  let stopped = false
  const startServing = (): void => {
    stopped = false
    live.changed('settings')
  }
  const stopServing = (running: 'finish' | 'end'): void => {
    stopped = true
    if (running === 'end') listener?.endServing(new Failure('stopped', 'Switchyard’s endpoint was stopped.'))
    live.changed('settings')
  }
  let portTaken: number | undefined
  const endings: (() => Promise<void>)[] = []
  const adminStages: AdminStages = {
    now,
    live,
    storage,
    ledger,
    catalog,
    cacheStore: responseCache.store,
    semantic: responseCache.semantic,
    models: responseCache.embedders.models,
    promptCache,
    modelsFile,
    catalogRefresh,
    priceVersions,
    auto,
    budgets,
    credentials,
    keeper,
    clientKeys,
    providers: models.providers,
    baseUrl,
    localServers,
    send: upstream.send,
    network,
    updates,
    settings,
    updateSettings: (changes) => {
      const updated = settingsFile.update(changes)
      if (changes.customProviders !== undefined || changes.baseUrls !== undefined || changes.privateBaseUrls !== undefined) models.setProviders()
      if (changes.lan !== undefined) void listener?.setLan(updated.lan).catch(onError)
      return updated
    },
    ...byHand.stages,
    routingFile,
    health: router.health,
    onError: (error) => log.error({ err: error }, 'work for the playground failed'),
    onClose: (end) => void endings.push(end),
    status: () => ({
      ...{ version: VERSION, address: listener?.address, startedAt, mode: options.mode, dataDir, demoKey: DEMO_KEY },
      ...{ stopped, serving: listener?.serving() ?? 0, lanAddresses: listener?.lanAddresses() ?? [], portTaken, offlineSince: router.health.offlineSince },
    }),
    startServing,
    stopServing,
    active: () => ledger.active().length,
  }

  const sessions = new Sessions(now)
  const workbench = workbenchOver({
    stages: adminStages,
    settled: readiness.settled,
    onFailed: (route, thrown) => log.error({ err: thrown, route }, 'a route of the workbench failed'),
    sessions,
    rendererDir: options.rendererDir,
    port: () => listener?.port ?? 0,
    say: options.say ?? (() => undefined),
  })
  const stopChores = startChores({
    ...{ upstream, catalog, modelsFile, catalogRefresh, storage, responses, cacheStore: responseCache.store, settings, live, log, now, updates },
    probeLocalServers: () => localServers.probe(models.providers().values()),
    lightenAfterMs: options.lightenAfterMs,
  })
  if (options.lightenAfterMs === 0) await upstream.lighten()

  let closed: Promise<void> | undefined
  return {
    dataDir,
    get address() {
      return listener?.address
    },
    get stopped() {
      return stopped
    },
    startServing,
    stopServing: () => stopServing('finish'),
    handleApp: workbench.api,
    async listen({ port, fixedPort = false }) {
      listener = await listen(
        {
          serveChat: (incoming) => serveChat(incoming, stages),
          serveSideCall: (incoming) => serveSideCall(incoming, stages, questionOf(incoming.dialect)),
          turnedAway: recordedInBounds(
            ({ dialect, headers }, failure) =>
              void new Account(stages, { dialect, source: 'proxy', headers, body: new Uint8Array(0) }).fail(failure, failure.rule.status),
            (count) => log.warn({ count }, 'strangers were turned away at the door without a row each'),
            now,
          ),
          authenticate,
          responses,
          models: async () => {
            await catalog.ready()
            return modelsForList(catalog, models.providers(), [...ownModels(routingFile.current.config, catalog.resolve), ...autoModels(settings().auto)])
          },
          limits: settings,
          workbench: options.mode === 'headless' ? workbench.door : noWorkbench,
          isStopped: () => stopped,
          demoKey: DEMO_KEY,
          lanAddresses: options.lanAddresses,
          onLan: () => live.changed('settings'),
          version: VERSION,
          onInternal: (thrown) => log.error({ err: thrown }, 'internal error'),
        },
        { port, fixedPort },
      )
      if (listener.portWasTaken) portTaken = port
      if (settings().lan) void listener.setLan(true).catch(onError)
      return { address: listener.address, portWasTaken: listener.portWasTaken }
    },
    ready: () => readiness.ready,
    newCode: () => sessions.newCode(),
    async totals() {
      const { spent } = await storage.totalsSince(localMidnight(now()))
      return { active: ledger.active().length, spentToday: spent }
    },
    newClientKey: async (name) => {
      await readiness.loadingCallers()
      return (await clientKeys.create(name)).secret
    },
    close() {
      closed ??= (async () => {
        stopChores()
        await listener?.close(GRACE_MS)
        shadows.stop()
        await byHand.stop()
        await Promise.all(endings.map((end) => end()))
        await responseCache.close()
        await ledger.stop()
        await router.stop()
        credentials.close()
        await responseCache.store.close()
        await storage.close()
        upstream.close()
        log.flush()
      })()
      return closed
    },
  }
}

/** @throws Error naming the choices */
function vaultNamed(name: string): Settings['vault'] {
  const choices = ['auto', 'keychain', 'file', 'environment', 'memory'] as const
  const found = choices.find((choice) => choice === name)
  if (found === undefined) throw new Error(`There is no vault '${name}'. The choices are ${choices.join(', ')}.`)
  return found
}

function newId(kind: string): string {
  return `${kind}-${randomUUID().replaceAll('-', '')}`
}

function noWorkbench(): never {
  throw new Failure('unknown-route', 'The workbench is in the Switchyard window. This address serves the API for tools.')
}
