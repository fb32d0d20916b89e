import type { ArmResult, ShadowPair } from '../../../shared/api/routing.ts'
import type { Evidence } from '../../../shared/auto.ts'
import type { JsonObject, JsonValue } from '../../../shared/chat.ts'
import type { CallerId, CredentialId, EndpointId, IsoDate, Ms, ProviderId, RequestId } from '../../../shared/ids.ts'
import type { Exchange, UsageRecord } from '../../../shared/ledger.ts'
import type { NanoUsd } from '../../../shared/money.ts'
import type { Prices } from '../../../shared/routing.ts'
import type { TrafficFilter } from '../../../shared/traffic/filter.ts'
import type { VaultBackend } from '../credentials/vault.ts'
import type { WeightsFile } from '../routing/auto/weights.ts'
import type { HealthRow } from '../routing/health.ts'
import type { CacheStorage } from './cache-storage.ts'
import type { DatabaseState } from './check-database.ts'
import type { PlaygroundStorage } from './playground-storage.ts'
import type { TrafficStorage } from './traffic-storage.ts'
import type { SpentBy, UsageSpan, UsageSums } from './usage.ts'

/**
 * What the engine asks of its database. Everything is asynchronous: the database lives in a worker thread, so that no request ever
 * waits for SQLite. Methods reject (StorageError) only when the database is gone or full; then the engine goes on without it and says so.
 */
export interface Storage extends PlaygroundStorage {
  /** Inserts or replaces rows and exchanges in one transaction. */
  writeLedger(rows: readonly LedgerWrite[]): Promise<void>
  /** Newest first, without those that were removed. @throws ApiError 'bad-input' for a place that is no cursor of ours. */
  listLedger(query: LedgerQuery): Promise<{ readonly rows: readonly UsageRecord[]; readonly cursor: string | undefined }>
  getLedger(id: RequestId): Promise<{ readonly record: UsageRecord; readonly exchange: Exchange | undefined } | undefined>
  /** Closes rows left open by a crash, opened at `at` or before, with outcome 'crashed'. Returns how many. */
  closeCrashed(at: Ms): Promise<number>
  totalsSince(since: Ms): Promise<{ readonly requests: number; readonly spent: NanoUsd; readonly unpriced: number }>
  /** What was used within each span, by endpoint, client and key; spans begin and end on quarters of an hour. */
  usageSums(spans: readonly UsageSpan[]): Promise<readonly (readonly UsageSums[])[]>
  /** What each caller has spent from then (a quarter of an hour's beginning) to before a moment. */
  spentBefore(since: Ms, until: Ms): Promise<readonly SpentBy[]>
  /** What routing saved within each span. */
  routingSaved(spans: readonly UsageSpan[]): Promise<readonly NanoUsd[]>
  /** Closed rows that an endpoint served since then, by id, after `after`: for charging them anew. */
  ledgerServedBy(endpoint: EndpointId, since: Ms, after: RequestId | undefined, limit: number): Promise<readonly UsageRecord[]>
  setCosts(costs: readonly RowCost[]): Promise<void>
  /** Keeps the `keep` exchanges that were kept last. */
  trimExchanges(keep: number): Promise<void>

  listCredentials(): Promise<readonly CredentialRow[]>
  putCredential(row: CredentialRow): Promise<void>
  /** Notes its use. false: there is no such row (any more), and none is made. */
  touchCredential(id: CredentialId, lastUsedAt: Ms): Promise<boolean>
  removeCredential(id: CredentialId): Promise<void>

  listClientKeys(): Promise<readonly ClientKeyRow[]>
  putClientKey(row: ClientKeyRow): Promise<void>
  /** Notes its use. false: there is no such row (any more), and none is made: a key revoked by another process must not come back. */
  touchClientKey(id: CallerId, lastUsedAt: Ms): Promise<boolean>
  removeClientKey(id: CallerId): Promise<void>

  /** Keeps one answer and the items it was given for; one of the same id is replaced. */
  putResponse(response: StoredResponse): Promise<void>
  getResponse(id: string, caller: CallerId): Promise<JsonObject | undefined>
  /** The conversation up to and with this answer, oldest turn first; undefined when a turn of it is not here (any more). */
  responseTurns(id: string, caller: CallerId): Promise<readonly StoredTurn[] | undefined>
  /** One item of an answer. */
  responseItem(id: string, caller: CallerId): Promise<JsonObject | undefined>
  /** false: there is no such answer of this caller. */
  removeResponse(id: string, caller: CallerId): Promise<boolean>
  /** Removes what was kept before `olderThan`, and of the rest the oldest beyond `keep`. */
  trimResponses(olderThan: Ms, keep: ResponsesKept): Promise<void>
  /** The newest 2,000 judgements for automatic routing, newest first. */
  listEvidence(): Promise<readonly Evidence[]>
  /** One of the same id is replaced. */
  putEvidence(evidence: Evidence): Promise<void>
  removeEvidence(id: string): Promise<void>
  /** Vectors of judgements that are still there, by one embedder. */
  embedEvidence(embedder: string, vectors: readonly EvidenceVector[]): Promise<void>
  /** The weights of the last retraining; undefined: there has been none, or it was undone. */
  latestWeights(): Promise<KeptWeights | undefined>
  putWeights(weights: KeptWeights): Promise<void>
  /** Takes the last retraining back. false: there was none. */
  dropWeights(): Promise<boolean>
  /** How places were doing when it was last written. */
  listHealth(): Promise<readonly HealthRow[]>
  /** Reads the whole database and says what is damaged, or what it holds; everything else waits meanwhile. */
  databaseState(): Promise<DatabaseState>
  /** A row whose state is '' is dropped. */
  putHealth(rows: readonly HealthRow[]): Promise<void>
  listCredentialMarks(): Promise<readonly CredentialMark[]>
  putCredentialMark(mark: CredentialMark): Promise<void>
  removeCredentialMark(id: CredentialId): Promise<void>
  listFormerSecrets(): Promise<readonly FormerSecretRow[]>
  putFormerSecret(row: FormerSecretRow): Promise<void>
  removeFormerSecret(id: CredentialId): Promise<void>

  putRoutingMark(mark: RoutingMark): Promise<void>
  /** What became of splits and shadow runs since then. */
  routingResults(since: Ms): Promise<RoutingResults>
  /** Removes marks older than that, and of the rest the oldest beyond `keep`. */
  trimRoutingMarks(olderThan: Ms, keep: number): Promise<void>
  /** What the shadow runs of this name have cost since then. */
  shadowSpent(name: string, since: Ms): Promise<NanoUsd>

  readonly cache: CacheStorage
  readonly traffic: TrafficStorage
  /** Keeps a price that requests are charged at; one of the same id stays as it is. */
  putPriceVersion(row: PriceVersionRow): Promise<void>
  /** Newest first. */
  listPriceVersions(endpoint: EndpointId): Promise<readonly PriceVersionRow[]>
  /** Ends the worker after its queue is written. */
  close(): Promise<void>
}

export interface RowCost {
  readonly id: RequestId
  readonly cost: NanoUsd
  readonly pricesAsOf: IsoDate
  readonly priceVersion: string
}

export interface PriceVersionRow {
  readonly id: string
  readonly endpoint: EndpointId
  /** When a request was first charged at it. */
  readonly since: Ms
  readonly prices: Prices
}

/** What an embedder made of the prompt of a judgement. */
export interface EvidenceVector {
  readonly id: string
  readonly vector: Float32Array
}

/** Weights of automatic routing that a retraining made. */
export interface KeptWeights {
  readonly at: Ms
  readonly file: WeightsFile
  readonly note: string
}

/** A row of the ledger in an arm of a split, or as the shadow of another row. */
export interface RoutingMark {
  readonly request: RequestId
  readonly kind: 'split' | 'shadow'
  /** Of the split or the shadow run. */
  readonly name: string
  /** Of a shadow: the model it went to. */
  readonly arm: string
  readonly original?: RequestId
  readonly at: Ms
}

export interface RoutingResults {
  readonly splits: readonly ArmResult[]
  /** For each name a row for the shadows and one for the requests that they are shadows of. */
  readonly shadows: readonly ArmResult[]
  /** Newest first. */
  readonly pairs: readonly ShadowPair[]
}

export interface LedgerWrite {
  readonly record: UsageRecord
  /** As it is stored, see `writeExchange`. */
  readonly exchange: string | undefined
}

export interface LedgerQuery {
  readonly limit: number
  /** Rows that are older than this place, not newer than it, or newer: for pages downwards, anywhere, and upwards. */
  readonly before?: string | undefined
  readonly from?: string | undefined
  readonly after?: string | undefined
  readonly filter?: TrafficFilter | undefined
  /** For filters by age. */
  readonly now?: Ms | undefined
  readonly text?: string | undefined
  readonly outcome?: 'ok' | 'failed' | 'open' | undefined
}

/** What is known of a provider key besides its secret, which never comes here. */
export interface CredentialRow {
  readonly id: CredentialId
  readonly provider: ProviderId
  readonly label: string
  readonly last4: string
  /** Where its secret rests, so that it can be found and deleted after the user has chosen another vault. */
  readonly vault: VaultBackend
  readonly order: number
  readonly createdAt: Ms
  readonly lastUsedAt: Ms | undefined
}

/** What a provider said of a key, as JSON, with the end of the secret it was about. */
export interface CredentialMark {
  readonly id: CredentialId
  readonly last4: string
  readonly state: string
}

/** A replaced provider key that stands in for a while. Its secret never comes here. */
export interface FormerSecretRow {
  /** Of the key that took its place. */
  readonly id: CredentialId
  readonly last4: string
  /** Where its secret rests. */
  readonly vault: VaultBackend
  readonly until: Ms
}

export interface ClientKeyRow {
  readonly id: CallerId
  readonly name: string
  readonly last4: string
  /** SHA-256 of the key, hex. */
  readonly hash: string
  readonly createdAt: Ms
  readonly lastUsedAt: Ms | undefined
}

/** An answer in OpenAI's Responses format that its client may go on from. */
export interface StoredResponse {
  readonly id: string
  readonly caller: CallerId
  readonly at: Ms
  /** The answer that this one goes on from. */
  readonly previous: string | undefined
  /** The request's own items. */
  readonly input: readonly JsonValue[]
  /** The `response` object, as its client received it. */
  readonly response: JsonObject
}

export interface StoredTurn {
  readonly input: readonly JsonValue[]
  readonly output: readonly JsonObject[]
}

export interface ResponsesKept {
  readonly count: number
  /** Of requests and answers together. */
  readonly bytes: number
}
