/** Composition root: builds every stage of the engine and joins them to the doors it is reached by. Runs under plain Node and under Electron alike. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Tokens } from '../shared/chat.ts'
import type { Transport } from '../shared/contract.ts'
import { Failure } from '../shared/failure.ts'
import type { EndpointId } from '../shared/ids.ts'
import { asNanoUsd, type NanoUsd } from '../shared/money.ts'
import type { Endpoint, RoutePlan } from '../shared/routing.ts'
import type { Settings } from '../shared/settings.ts'
import { ANYWHERE_SAFE, PUBLIC_ONLY } from './engine/attempt/download.ts'
import { providerHeaders } from './engine/attempt/headers.ts'
import { ReasoningStore } from './engine/attempt/reasoning-store.ts'
import { RefusedFields } from './engine/attempt/refused-fields.ts'
import { createUpstream } from './engine/attempt/upstream.ts'
import { authenticator, DEMO_KEY } from './engine/authenticate.ts'
import { AutoFeeds } from './engine/auto-feeds.ts'
import { AutoRouting } from './engine/auto-routing.ts'
import { ExactCache } from './engine/cache/exact.ts'
import type { EvidenceRows } from './engine/cache/semantic/evidence.ts'
import { semanticTierOver } from './engine/cache/semantic-tier.ts'
import { CacheStore } from './engine/cache/store.ts'
import { createCatalog } from './engine/catalog/catalog.ts'
import { LocalServers } from './engine/catalog/local-servers.ts'
import { ModelsFile } from './engine/catalog/models-file.ts'
import { PriceVersions } from './engine/catalog/price-versions.ts'
import { CatalogRefresh } from './engine/catalog/refresh.ts'
import { hitChecker } from './engine/check-hits.ts'
import { converse } from './engine/converse.ts'
import { ClientKeys } from './engine/credentials/client-keys.ts'
import { Credentials } from './engine/credentials/credentials.ts'
import { VaultKeeper } from './engine/credentials/vault-keeper.ts'
import { passThroughGuardrails } from './engine/guardrails/runner.ts'
import { Account, type Priced } from './engine/ledger/account.ts'
import { MoneyBudgets } from './engine/ledger/budgets.ts'
import { type Charged, costOf } from './engine/ledger/cost.ts'
import { createLedger } from './engine/ledger/ledger.ts'
import { newRequestId } from './engine/ledger/request-id.ts'
import { routedOf } from './engine/ledger/routed.ts'
import { Live } from './engine/live.ts'
import { localMidnight } from './engine/local-midnight.ts'
import { autoModels, ownModels } from './engine/own-models.ts'
import { OwnRouting } from './engine/own-routing.ts'
import { type Stages, serveChat } from './engine/pipeline.ts'
import { PromptCacheKeeper } from './engine/prompt-cache-keeper.ts'
import type { ProviderDefinition } from './engine/providers/define.ts'
import { environmentVariables, providersWith } from './engine/providers/registry.ts'
import { replayRouting } from './engine/replay-routing.ts'
import type { Caller } from './engine/request.ts'
import { type Resent, resend } from './engine/resend.ts'
import { type Routed, Router } from './engine/router.ts'
import { askedOf, planOf } from './engine/routing/auto/plan-auto.ts'
import { type Asked, askedBy } from './engine/routing/plan.ts'
import { embedding } from './engine/semantic-embedding.ts'
import { ShadowRuns } from './engine/shadow-runs.ts'
import { questionOf } from './engine/side/questions.ts'
import { serveSideCall } from './engine/side/side-call.ts'
import { simulate } from './engine/simulate.ts'
import { RoutingFile } from './engine/storage/routing-file.ts'
import { SettingsFile } from './engine/storage/settings-file.ts'
import type { Storage } from './engine/storage/storage.ts'
import { RESTORABLE_MS } from './engine/storage/traffic-storage.ts'
import { openStorage } from './engine/storage/worker-client.ts'
import { StoredResponses } from './engine/stored-responses.ts'
import type { AdminStages } from './http/admin/stages.ts'
import { type Listener, listen } from './http/listener.ts'
import { modelsForList } from './http/models-for-list.ts'
import { Sessions } from './http/session.ts'
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
  /** When providers begin to be called by the lighter client; 0 for before anything is served. */
  readonly lightenAfterMs?: number
}

export interface Gateway {
  readonly dataDir: string
  /** `http://127.0.0.1:4747`, or undefined while it does not listen. */
  readonly address: string | undefined
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

/** The workbench waits this long for the keychain at its first call. */
const KEYCHAIN_PATIENCE_MS = 2_000
/** Running streams get this long to end by themselves when Switchyard is asked to quit. */
const GRACE_MS = 500
/** The price list is large; it waits until the first requests have had their turn. */
const PRICES_AFTER_MS = 1_500
/** So does the lighter client, see attempt/upstream.ts. */
const LIGHTEN_AFTER_MS = 1_000
/** Ollama and LM Studio are looked for at the start, and this often while the workbench is open. */
const LOCAL_SERVERS_AFTER_MS = 300
const LOCAL_SERVERS_EVERY_MS = 30_000
/** What earlier runs have fetched comes after the list that came with the app; whether a day has passed is looked at this often. */
const REFRESH_AFTER_MS = 2_500
const REFRESH_EVERY_MS = 3_600_000
/** Which request went to which arm: as far back as the Routing screen looks, and no more than a database holds lightly. */
const ROUTING_MARKS_KEPT_MS = 366 * 86_400_000
const ROUTING_MARKS_KEPT = 200_000
/** Exchanges beyond the limit are let go this often. */
const TRIM_EVERY_MS = 10 * 60_000

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
    },
    isWatched: () => live.isWatched,
  })

  let providers = providersWith(settings().customProviders, settings())
  const baseUrl = (provider: ProviderDefinition): string | undefined => {
    const own = settings().baseUrls[provider.id]?.replace(/\/+$/, '')
    return own === undefined ? provider.baseUrl : (provider.baseOf?.(own) ?? own)
  }
  const catalog = createCatalog({
    providers,
    now,
    loadPrices: async () => {
      const { loadModelBook } = await import('./engine/catalog/model-book.ts')
      return loadModelBook()
    },
    // a key that rests for a while is a key: the plan knows when it is back
    isUsable: ({ provider }) => {
      const { needsKey, ready: usable, notReady } = router.keyFacts(provider)
      return !needsKey || usable.length + notReady.length > 0
    },
  })
  const upstream = createUpstream({ connectMs: () => settings().timeouts.connectMs })

  const keeper = new VaultKeeper({
    dataDir,
    setting: options.vault === undefined ? settings().vault : vaultNamed(options.vault),
    environment,
    environmentVariables: environmentVariables(providers.values()),
    onChosen: (backend) => void settingsFile.update({ vault: backend }),
  })
  const keysChanged = (): void => {
    catalog.keysChanged()
    live.changed('keys')
  }
  const onError = (error: Error): void => log.error({ err: error }, 'something in the background went wrong')
  const credentials = new Credentials({ storage, marks: storage, keeper, now, newId: () => newId('key'), onChange: keysChanged, onError })
  const clientKeys = new ClientKeys({ storage, now, newId: () => newId('client'), onChange: () => live.changed('clients'), onError })
  const responses = new StoredResponses({ storage, settings: () => settings().responses, now, onError })
  const priceVersions = new PriceVersions(storage, now, onError)
  const modelsFile = new ModelsFile(dataDir)
  const catalogRefresh = new CatalogRefresh({
    dataDir,
    catalog,
    send: upstream.send,
    now,
    providers: () => providers.values(),
    baseUrl,
    hasKey: (provider) => provider.authorization.kind !== 'none' && credentials.forProvider(provider.id).length > 0,
    opened: async (provider, url) => {
      const [key] = credentials.forProvider(provider.id)
      if (key === undefined) return undefined
      const secret = credentials.cached(key.id) ?? (await credentials.open(key.id))
      const { within } = provider
      const plain = { method: 'GET' as const, url, headers: providerHeaders(provider, secret, {}), body: undefined, ...(within !== undefined && { within }) }
      return provider.authorize === undefined ? plain : provider.authorize(plain, secret, { now, send: upstream.send })
    },
    priceListUrl: () => settings().catalog.priceList,
    bookFrom: async (list) => (await import('./engine/catalog/model-book.ts')).loadModelBook(list),
    onProgress: () => live.changed('catalog'),
  })
  const auto = new AutoRouting({
    storage,
    settings,
    endpoints: () => catalog.endpoints(),
    hasKey: (provider) => !router.keyFacts(provider).needsKey || credentials.forProvider(provider).length > 0,
    saysOf: (provider) => providers.get(provider),
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
  const localServers = new LocalServers(catalog, upstream.send, baseUrl)

  const refusedFields = new RefusedFields(now)
  const router = new Router({
    catalog,
    credentials,
    loadingKeys: () => (keysKnown ? undefined : knowingKeys),
    provider: (id) => providers.get(id),
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
  let callersKnown = false
  let keysKnown = false
  const knowingCallers = clientKeys.load().then(() => {
    callersKnown = true
  })
  // asks the keychain, which may take seconds; only requests that need a provider's key wait for it
  const knowingKeys = credentials.load().then(() => {
    keysKnown = true
  })
  const ready = Promise.all([closingCrashed, knowingCallers, knowingKeys, learned])
  // A keychain may ask its user for a password first; the workbench opens without waiting for that, and hears of the keys when they are there.
  const settled = Promise.race([
    ready.then(
      () => undefined,
      () => undefined,
    ),
    delay(KEYCHAIN_PATIENCE_MS, undefined, { ref: false }),
  ])
  const keysArrived = (): void => {
    for (const topic of ['keys', 'models', 'providers'] as const) live.changed(topic)
  }
  void knowingKeys.then(keysArrived, () => undefined)
  ready.catch((error: unknown) => log.error({ err: error }, 'the data folder could not be read'))

  const authenticate = authenticator({
    clientKeys,
    demoKeyAllowed: () => settings().demoKey,
    environmentKey: environment.SWITCHYARD_CLIENT_KEY,
    loading: () => (callersKnown ? undefined : knowingCallers),
  })

  /** Automatic routing chooses where its name comes first, whoever wrote that: the client, a preset or a rule. */
  const planBy =
    (choose: 'choose' | 'foresee') =>
    (request: Routed, caller: Caller): RoutePlan | Promise<RoutePlan> => {
      const asked = request.own ?? askedBy(request.view)
      const [first] = asked.names
      return first !== undefined && auto.isAuto(first.name) ? planAuto(choose, request, caller, asked, first) : router.plan(request, caller, asked)
    }
  const planAuto = async (
    choose: 'choose' | 'foresee',
    request: Routed,
    caller: Caller,
    asked: Asked,
    { name: model, among }: Asked['names'][number],
  ): Promise<RoutePlan> => {
    if (!auto.isReady || !catalog.isReady() || !keysKnown) await Promise.all([auto.ready(), catalog.ready(), knowingKeys])
    const decision = auto[choose]({ ...request.view, model }, caller, router.refusals(request, caller), among?.flatMap(endpointsOf))
    return planOf(await router.plan(request, caller, askedOf(decision, asked)), decision)
  }
  const endpointsOf = (model: string): readonly EndpointId[] => {
    const found = catalog.resolve(model)
    return found.is === 'found' ? [found.endpoint, ...found.alternatives].map(({ id }) => id) : []
  }
  const plan = planBy('choose')
  /** For simulations and replays: a conversation is not held to what was only asked about. */
  const foresee = planBy('foresee')
  const price = (endpoint: Endpoint, tokens: Tokens, charged: Charged): Priced | Promise<Priced> => {
    const { reportedCost } = charged.extras ?? {}
    if (reportedCost !== undefined) return { cost: reportedCost, pricesAsOf: undefined }
    const priced = (): Priced => {
      const prices = catalog.priceOf(endpoint.id)
      return { cost: costOf(tokens, prices, charged), pricesAsOf: prices?.asOf, priceVersion: prices && priceVersions.versionOf(endpoint.id, prices) }
    }
    if (catalog.isReady()) return priced()
    return catalog.ready().then(priced, () => ({ cost: undefined, pricesAsOf: undefined }))
  }

  const embedders = embedding({
    dataDir,
    stages: () => stages,
    now,
    onFailure: (error) => log.warn({ err: error }, 'the embedder of the semantic cache failed'),
  })
  const semantic = semanticTierOver({
    targetErrorRate: () => settings().cache.targetErrorRate,
    checkOneIn: () => settings().cache.checkOneIn,
    embedding: () => embedders.of(settings().cache.embedder),
    onVector: (key, embedder, vector) => void storage.cache.cacheVector(key, embedder, vector).catch(onError),
    vectors: async (embedder) => new Map((await storage.cache.cacheVectors(embedder)).map(({ key, vector }) => [key, vector])),
    evidence: async () => {
      const text = await storage.cache.cacheFact(EVIDENCE)
      return text === undefined ? undefined : (JSON.parse(text) as EvidenceRows)
    },
    onLearned: (evidence) => void storage.cache.cacheSetFact(EVIDENCE, JSON.stringify(evidence)).catch(onError),
  })
  const cacheStore = new CacheStore({
    storage: storage.cache,
    settings: () => settings().cache,
    now,
    onError,
    onChange: () => live.changed('cache'),
    onAdded: ({ key, question: text, scope, fingerprint }) => {
      if (text !== '') semantic.added(key, { text, scope, fingerprint })
    },
    onRemoved: semantic.removed,
    onLearned: semantic.learn,
  })
  const cache = new ExactCache({
    store: cacheStore,
    settings,
    resolve: (model) => {
      const resolution = catalog.resolve(model)
      return resolution.is === 'found' ? resolution.endpoint : undefined
    },
    price,
    semantic,
    now,
    onHit: hitChecker({ stages: () => stages, settings: () => settings().cache, store: cacheStore, semantic, random: Math.random }),
    onError,
  })
  void cacheStore.load()
  budgets.start()

  const resent = new Set<Resent>()
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
    cache,
    plan,
    budgets,
    reasoning: new ReasoningStore(),
    refusedFields,
    log,
    checkStreams: () => settings().debug.checkStreams,
    keepAliveMs: () => settings().keepAliveMs,
    provider: (id) => providers.get(id),
    send: upstream.send,
    baseUrl,
    openCredential: (id) => credentials.cached(id) ?? credentials.open(id),
    ...router.stages(),
    automaticMarks: () => settings().promptCache,
    downloads: () => ({ allowed: settings().fetchFromPrivateNetworks ? ANYWHERE_SAFE : PUBLIC_ONLY }),
    now,
    ledger,
    newId: () => newRequestId(now()),
    capture: () => ({ what: settings().capture, limitBytes: settings().captureLimitBytes }),
    price,
    settled: (record, more) => budgets.settle(record, more),
    routed: (record, plan) =>
      routedOf(record, plan, {
        endpointOf(name) {
          const found = catalog.resolve(name)
          return found.is === 'found' ? found.endpoint.id : undefined
        },
        priceOf: (id) => catalog.priceOf(id),
      }),
  }

  const promptCache = new PromptCacheKeeper({
    stages: () => stages,
    stickiness: router.stickiness,
    endpoint: (id) => {
      const resolution = catalog.resolve(id)
      return resolution.is === 'found' ? { ...resolution.endpoint, price: catalog.priceOf(id) } : undefined
    },
    keyLabel: (provider, id) => credentials.forProvider(provider).find((key) => key.id === id)?.label,
    settings,
    onChange: () => live.changed('cache'),
  })

  let listener: Listener | undefined
  const endings: (() => Promise<void>)[] = []
  const adminStages: AdminStages = {
    now,
    live,
    storage,
    ledger,
    catalog,
    cacheStore,
    semantic,
    promptCache,
    modelsFile,
    catalogRefresh,
    priceVersions,
    auto,
    budgets,
    credentials,
    keeper,
    clientKeys,
    providers: () => providers,
    baseUrl,
    localServers,
    send: upstream.send,
    settings,
    updateSettings: (changes) => {
      const updated = settingsFile.update(changes)
      if (changes.customProviders !== undefined) {
        providers = providersWith(updated.customProviders, updated)
        catalog.setProviders(providers)
      }
      return updated
    },
    converse: (body, signal, useCache) => converse(body, stages, signal, useCache),
    resend: (asked) => {
      const sent = resend(asked, stages)
      resent.add(sent)
      void sent.ended.catch(onError).finally(() => resent.delete(sent))
      return sent.id
    },
    routingFile,
    health: router.health,
    replay: (draft, most, signal) =>
      replayRouting(
        most,
        {
          storage,
          simulate: (body, incoming, caller) =>
            simulate(
              body,
              incoming,
              { ...caller, opens: 'everything' },
              { own: own.with(draft ?? routingFile.current.config), plan: foresee, reckon: router.stages().reckon },
            ),
          costAt: async (endpoint, tokens, { at }) => {
            await catalog.ready()
            return costOf(tokens, catalog.priceOf(endpoint.id), { at })
          },
        },
        signal,
      ),
    simulate: (body, incoming, caller, draft) =>
      simulate(body, incoming, caller, { own: draft === undefined ? own : own.with(draft), plan: foresee, reckon: router.stages().reckon }),
    onError: (error) => log.error({ err: error }, 'work for the playground failed'),
    onClose: (end) => void endings.push(end),
    status: () => ({
      version: VERSION,
      address: listener?.address,
      startedAt,
      mode: options.mode,
      dataDir,
      demoKey: DEMO_KEY,
      offlineSince: router.health.offlineSince,
    }),
    active: () => ledger.active().length,
  }
  const onInternal = (thrown: unknown): void => log.error({ err: thrown }, 'internal error')
  // The admin API with its schemas is not needed until the workbench is opened.
  let admin: Promise<Transport> | undefined
  const adminTransport: Transport = async (request) => {
    admin ??= import('./http/admin/admin.ts').then(({ adminApi }) =>
      adminApi(adminStages, (route, thrown) => log.error({ err: thrown, route }, 'a route of the workbench failed')),
    )
    await settled
    return (await admin)(request)
  }

  const sessions = new Sessions(now)
  const say = options.say ?? (() => undefined)
  let door: Promise<(request: IncomingMessage, response: ServerResponse) => void | Promise<void>> | undefined
  const workbenchDoor = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    door ??= import('./http/workbench.ts').then(({ workbench }) =>
      workbench({
        api: adminTransport,
        sessions,
        rendererDir: options.rendererDir,
        port: () => listener?.port ?? 0,
        printCode: () => say(`New sign-in code: ${sessions.newCode()}`),
      }),
    )
    await (await door)(request, response)
  }

  const lookForLocalServers = (): void =>
    void localServers.probe(providers.values()).then((changed) => {
      if (changed) for (const topic of ['providers', 'models'] as const) live.changed(topic)
    })
  const loadPrices = (): void => void catalog.ready().catch((error: unknown) => log.error({ err: error }, 'the price list could not be loaded'))
  const loadOwnModels = async (): Promise<void> => {
    if (await modelsFile.load()) catalog.setCorrections(modelsFile.corrections(new Date(now()).toISOString().slice(0, 10)))
  }
  const refreshIfDue = async (): Promise<void> => {
    await catalog.ready()
    await catalogRefresh.load()
    if (settings().catalog.refresh === 'daily' && catalogRefresh.isDue()) {
      await catalogRefresh.refresh()
      live.changed('models')
    }
  }
  const tryTo = (what: () => Promise<void>, failing: string) => (): void => void what().catch((error: unknown) => log.error({ err: error }, failing))
  const trim = (): void =>
    void Promise.all([
      storage.trimExchanges(settings().captureKeep),
      storage.traffic.forgetRemoved(now() - RESTORABLE_MS),
      responses.trim(),
      cacheStore.trim(),
      storage.trimRoutingMarks(now() - ROUTING_MARKS_KEPT_MS, ROUTING_MARKS_KEPT),
    ]).catch((error: unknown) => log.error({ err: error }, 'old exchanges could not be let go'))
  const lighten = (): void => void upstream.lighten().catch((error: unknown) => log.error({ err: error }, 'providers are still called by node:http'))
  const chores = [
    setTimeout(lighten, options.lightenAfterMs ?? LIGHTEN_AFTER_MS),
    setTimeout(loadPrices, PRICES_AFTER_MS),
    setTimeout(tryTo(loadOwnModels, 'models.json could not be read'), LOCAL_SERVERS_AFTER_MS),
    setTimeout(tryTo(refreshIfDue, 'what was fetched of models earlier is of no use'), REFRESH_AFTER_MS),
    setInterval(tryTo(refreshIfDue, 'models and prices could not be refreshed'), REFRESH_EVERY_MS),
    setTimeout(lookForLocalServers, LOCAL_SERVERS_AFTER_MS),
    setInterval(() => live.isWatched && lookForLocalServers(), LOCAL_SERVERS_EVERY_MS),
    setInterval(trim, TRIM_EVERY_MS),
  ]
  for (const chore of chores) chore.unref()
  if (options.lightenAfterMs === 0) await upstream.lighten()

  let closed: Promise<void> | undefined
  return {
    dataDir,
    get address() {
      return listener?.address
    },
    handleApp: adminTransport,
    async listen({ port, fixedPort = false }) {
      listener = await listen(
        {
          serveChat: (incoming) => serveChat(incoming, stages),
          serveSideCall: (incoming) => serveSideCall(incoming, stages, questionOf(incoming.dialect)),
          turnedAway: ({ dialect, headers }, failure) =>
            void new Account(stages, { dialect, source: 'proxy', headers, body: new Uint8Array(0) }).fail(failure, failure.rule.status),
          authenticate,
          responses,
          models: async () => {
            await catalog.ready()
            return modelsForList(catalog, providers, [...ownModels(routingFile.current.config, catalog.resolve), ...autoModels(settings().auto)])
          },
          limits: settings,
          workbench: options.mode === 'headless' ? workbenchDoor : noWorkbench,
          version: VERSION,
          onInternal,
        },
        { port, fixedPort },
      )
      return { address: listener.address, portWasTaken: listener.portWasTaken }
    },
    ready: () => ready.then(() => undefined),
    newCode: () => sessions.newCode(),
    async totals() {
      const { spent } = await storage.totalsSince(localMidnight(now()))
      return { active: ledger.active().length, spentToday: spent }
    },
    newClientKey: async (name) => {
      await knowingCallers
      return (await clientKeys.create(name)).secret
    },
    close() {
      closed ??= (async () => {
        for (const chore of chores) clearTimeout(chore)
        await listener?.close(GRACE_MS)
        shadows.stop()
        for (const sent of resent) sent.leave()
        await Promise.allSettled([...resent].map(({ ended }) => ended))
        await Promise.all(endings.map((end) => end()))
        cache.close()
        await embedders.close()
        await ledger.stop()
        await router.stop()
        await cacheStore.close()
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

/** Under which what the semantic tier has learned is kept. */
const EVIDENCE = 'evidence'

function noWorkbench(): never {
  throw new Failure('unknown-route', 'The workbench is in the Switchyard window. This address serves the API for tools.')
}
