import type { ConnectStatus } from '../../../shared/api/connect.ts'
import type { RunEvent } from '../../../shared/api/playground.ts'
import type { JsonObject } from '../../../shared/chat.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { Send } from '../../engine/attempt/send.ts'
import type { Catalog } from '../../engine/catalog/catalog.ts'
import type { LocalServers } from '../../engine/catalog/local-servers.ts'
import type { ClientKeys } from '../../engine/credentials/client-keys.ts'
import type { Credentials } from '../../engine/credentials/credentials.ts'
import type { VaultKeeper } from '../../engine/credentials/vault-keeper.ts'
import type { Ledger } from '../../engine/ledger/ledger.ts'
import type { Live } from '../../engine/live.ts'
import type { ProviderDefinition } from '../../engine/providers/define.ts'
import type { Storage } from '../../engine/storage/storage.ts'

/** What the contract's handlers work with; the gateway builds it. */
export interface AdminStages {
  readonly now: () => number
  readonly live: Live
  readonly storage: Storage
  readonly ledger: Ledger
  readonly catalog: Catalog
  readonly credentials: Credentials
  readonly keeper: VaultKeeper
  readonly clientKeys: ClientKeys
  readonly providers: () => ReadonlyMap<string, ProviderDefinition>
  readonly baseUrl: (provider: ProviderDefinition) => string | undefined
  readonly localServers: LocalServers
  readonly send: Send
  readonly settings: () => Settings
  readonly updateSettings: (changes: { readonly [N in keyof Settings]?: Settings[N] | undefined }) => Settings
  readonly converse: (body: JsonObject, signal: AbortSignal) => AsyncGenerator<RunEvent>
  /** Of work that nobody waits for. */
  readonly onError: (error: unknown) => void
  /** What is to end before the database does. */
  readonly onClose: (end: () => Promise<void>) => void
  readonly status: () => ConnectStatus
  readonly active: () => number
}
