import type { Evidence } from '../../../shared/auto.ts'
import type { JsonObject } from '../../../shared/chat.ts'
import type { CallerId, CredentialId, EndpointId, Ms, RequestId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import type { NanoUsd } from '../../../shared/money.ts'
import type { HealthRow } from '../routing/health.ts'
import type { CacheCalls } from './cache-storage.ts'
import type { DatabaseState } from './check-database.ts'
import type { LedgerBatch } from './ledger-json.ts'
import type { PlaygroundCalls } from './playground-storage.ts'
import type {
  ClientKeyRow,
  CredentialMark,
  CredentialRow,
  EvidenceVector,
  FormerSecretRow,
  KeptWeights,
  LedgerQuery,
  PriceVersionRow,
  ResponsesKept,
  RoutingMark,
  RoutingResults,
  RowCost,
  Storage,
  StoredResponse,
  StoredTurn,
} from './storage.ts'
import type { StorageLog } from './storage-log.ts'
import type { TrafficCalls } from './traffic-storage.ts'
import type { SpentBy, UsageSpan, UsageSums } from './usage.ts'

/** What crosses between the engine and the database's thread. */

/** What the thread does, by the name of the Storage method, with arguments as they travel. */
export interface Calls extends CacheCalls, PlaygroundCalls, TrafficCalls {
  writeLedger: (batch: LedgerBatch) => void
  listLedger: (query: LedgerQuery) => Awaited<ReturnType<Storage['listLedger']>>
  getLedger: (id: RequestId) => Awaited<ReturnType<Storage['getLedger']>>
  closeCrashed: (at: Ms) => number
  totalsSince: (since: Ms) => Awaited<ReturnType<Storage['totalsSince']>>
  usageSums: (spans: readonly UsageSpan[]) => readonly (readonly UsageSums[])[]
  spentBefore: (since: Ms, until: Ms) => readonly SpentBy[]
  routingSaved: (spans: readonly UsageSpan[]) => readonly NanoUsd[]
  ledgerServedBy: (endpoint: EndpointId, since: Ms, after: RequestId | undefined, limit: number) => readonly UsageRecord[]
  setCosts: (costs: readonly RowCost[]) => void
  trimExchanges: (keep: number) => void
  listCredentials: () => readonly CredentialRow[]
  putCredential: (row: CredentialRow) => void
  touchCredential: (id: CredentialId, lastUsedAt: Ms) => boolean
  removeCredential: (id: CredentialId) => void
  listClientKeys: () => readonly ClientKeyRow[]
  putClientKey: (row: ClientKeyRow) => void
  touchClientKey: (id: CallerId, lastUsedAt: Ms) => boolean
  removeClientKey: (id: CallerId) => void
  putResponse: (response: StoredResponse) => void
  getResponse: (id: string, caller: CallerId) => JsonObject | undefined
  responseTurns: (id: string, caller: CallerId) => readonly StoredTurn[] | undefined
  responseItem: (id: string, caller: CallerId) => JsonObject | undefined
  removeResponse: (id: string, caller: CallerId) => boolean
  trimResponses: (olderThan: Ms, keep: ResponsesKept) => void
  listEvidence: () => readonly Evidence[]
  putEvidence: (evidence: Evidence) => void
  removeEvidence: (id: string) => void
  embedEvidence: (embedder: string, vectors: readonly EvidenceVector[]) => void
  latestWeights: () => KeptWeights | undefined
  putWeights: (weights: KeptWeights) => void
  dropWeights: () => boolean
  listHealth: () => readonly HealthRow[]
  databaseState: () => DatabaseState
  putHealth: (rows: readonly HealthRow[]) => void
  listCredentialMarks: () => readonly CredentialMark[]
  putCredentialMark: (mark: CredentialMark) => void
  removeCredentialMark: (id: CredentialId) => void
  listFormerSecrets: () => readonly FormerSecretRow[]
  putFormerSecret: (row: FormerSecretRow) => void
  removeFormerSecret: (id: CredentialId) => void
  putRoutingMark: (mark: RoutingMark) => void
  routingResults: (since: Ms) => RoutingResults
  trimRoutingMarks: (olderThan: Ms, keep: number) => void
  shadowSpent: (name: string, since: Ms) => NanoUsd
  putPriceVersion: (row: PriceVersionRow) => void
  listPriceVersions: (endpoint: EndpointId) => readonly PriceVersionRow[]
  /** The thread ends after its answer. */
  close: () => void
}

export type CallName = keyof Calls

export interface CallMessage {
  readonly call: number
  readonly name: CallName
  readonly values: readonly unknown[]
}

export type ThreadMessage =
  | { readonly is: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly is: 'refusal'; readonly call: number; readonly message: string }
  | { readonly is: 'log'; readonly level: Parameters<StorageLog>[0]; readonly message: string }
  /** The database cannot be opened; starting another thread would not help. */
  | { readonly is: 'unusable'; readonly message: string }
