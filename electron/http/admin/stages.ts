import type { ConnectStatus } from '../../../shared/api/connect.ts'
import type { RunEvent } from '../../../shared/api/playground.ts'
import type { ReplayEvent } from '../../../shared/api/routing.ts'
import type { JsonObject } from '../../../shared/chat.ts'
import type { RequestId } from '../../../shared/ids.ts'
import type { RoutingConfig } from '../../../shared/routing-config.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { Send } from '../../engine/attempt/send.ts'
import type { AutoRouting } from '../../engine/auto-routing.ts'
import type { LocalModels } from '../../engine/cache/semantic/embedders/local-models.ts'
import type { SemanticTier } from '../../engine/cache/semantic-tier.ts'
import type { CacheStore } from '../../engine/cache/store.ts'
import type { Catalog } from '../../engine/catalog/catalog.ts'
import type { LocalServers } from '../../engine/catalog/local-servers.ts'
import type { ModelsFile } from '../../engine/catalog/models-file.ts'
import type { PriceVersions } from '../../engine/catalog/price-versions.ts'
import type { CatalogRefresh } from '../../engine/catalog/refresh.ts'
import type { ClientKeys } from '../../engine/credentials/client-keys.ts'
import type { Credentials } from '../../engine/credentials/credentials.ts'
import type { VaultKeeper } from '../../engine/credentials/vault-keeper.ts'
import type { MoneyBudgets } from '../../engine/ledger/budgets.ts'
import type { Ledger } from '../../engine/ledger/ledger.ts'
import type { Live } from '../../engine/live.ts'
import type { NetworkKeeper } from '../../engine/network-keeper.ts'
import type { PromptCacheKeeper } from '../../engine/prompt-cache-keeper.ts'
import type { ProviderDefinition } from '../../engine/providers/define.ts'
import type { AskedBefore } from '../../engine/replay-routing.ts'
import type { Caller, Incoming } from '../../engine/request.ts'
import type { Health } from '../../engine/routing/health.ts'
import type { Simulation } from '../../engine/simulate.ts'
import type { RoutingFile } from '../../engine/storage/routing-file.ts'
import type { Storage } from '../../engine/storage/storage.ts'
import type { UpdateCheck } from '../../engine/updates/update-check.ts'

/** What the contract's handlers work with; the gateway builds it. */
export interface AdminStages {
  readonly now: () => number
  readonly live: Live
  readonly storage: Storage
  readonly ledger: Ledger
  readonly catalog: Catalog
  readonly cacheStore: CacheStore
  readonly semantic: Pick<SemanticTier, 'compare'>
  readonly models: LocalModels
  readonly promptCache: Pick<PromptCacheKeeper, 'list' | 'ofConversation' | 'keepWarm'>
  readonly modelsFile: ModelsFile
  readonly catalogRefresh: CatalogRefresh
  readonly priceVersions: PriceVersions
  readonly auto: AutoRouting
  readonly budgets: Pick<MoneyBudgets, 'standings' | 'load' | 'settle'>
  readonly credentials: Credentials
  readonly keeper: VaultKeeper
  readonly clientKeys: ClientKeys
  readonly providers: () => ReadonlyMap<string, ProviderDefinition>
  readonly baseUrl: (provider: ProviderDefinition) => string | undefined
  readonly localServers: LocalServers
  readonly send: Send
  readonly network: NetworkKeeper
  readonly updates: Pick<UpdateCheck, 'status' | 'check'>
  readonly settings: () => Settings
  readonly updateSettings: (changes: { readonly [N in keyof Settings]?: Settings[N] | undefined }) => Settings
  readonly converse: (body: JsonObject, signal: AbortSignal, useCache?: boolean) => AsyncGenerator<RunEvent>
  /** Sends a past request again and returns its new id at once. */
  readonly resend: (asked: AskedBefore) => RequestId
  readonly routingFile: RoutingFile
  readonly health: Health
  /** @param draft in place of the routing in force */
  readonly replay: (draft: RoutingConfig | undefined, most: number, signal: AbortSignal) => AsyncGenerator<ReplayEvent>
  /** @param draft in place of the routing in force */
  readonly simulate: (
    body: JsonObject,
    incoming: Pick<Incoming, 'dialect' | 'route' | 'headers'>,
    caller: Caller,
    draft: RoutingConfig | undefined,
  ) => Promise<Simulation>
  /** Of work that nobody waits for. */
  readonly onError: (error: unknown) => void
  /** What is to end before the database does. */
  readonly onClose: (end: () => Promise<void>) => void
  readonly status: () => ConnectStatus
  /** Tools are served again. */
  readonly startServing: () => void
  /** Tools are turned away until then. @param running what becomes of requests that are being answered */
  readonly stopServing: (running: 'finish' | 'end') => void
  readonly active: () => number
}
